"""What does not go together in a row of the workbook, whatever its single cells say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.dates import parse_lexical
from triplehelix.desk.workbook_columns import SheetKey
from triplehelix.desk.workbook_rows import DATES
from triplehelix.desk.workbook_values import split

MEMORANDUM, INTENDED = "MemorandumOfUnderstanding", "IntendedAgreement"
"""The type of a new agreement that names none, and that of one which is not signed yet."""


def find_faults(
    sheet: SheetKey, cells: Mapping[str, str], host: str, is_new: bool
) -> Iterable[tuple[str, str]]:
    """Return the code and column of what does not go together in a row."""
    if not any(cells.values()):
        return  # The row is taken back as a whole.
    if sheet == "work":
        if cells.get("decision") == "not-needed" and not cells.get("reason"):
            yield "reason_needed", "reason"
        return
    if sheet == "renewals":
        if not cells.get("agreement", "known"):
            yield "missing_value", "agreement"
        if not any(cells.get(column) for column in DATES):
            yield "date_needed", "from"
    elif "partners" in cells:
        if not cells["partners"]:
            yield "missing_value", "partners"
        if host in split(cells["partners"]):
            yield "host_as_partner", "partners"
        dated = cells.get("signed") or cells.get("from")
        if is_new and not dated and cells.get("type") != INTENDED:
            yield "date_needed", "signed"
    yield from _find_disorder(cells)


def _find_disorder(cells: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return dates that come before a date that they must follow, whatever is left open."""
    start = cells.get("from") or cells.get("signed", "")
    for column in ("until", "terminated"):
        end = cells.get(column, "")
        if start and end and parse_lexical(end).latest < parse_lexical(start).earliest:
            yield "dates_out_of_order", column
