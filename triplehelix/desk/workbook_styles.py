"""How cells of the workbook look: white to fill in, grey to read, colours by state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.coverings import STATES, CoveringState
from triplehelix.desk.workbook_columns import Column
from triplehelix.terminal.desk_listing import state_label

if TYPE_CHECKING:
    from openpyxl import Workbook

DATE_FORMAT = "yyyy-mm-dd"
_GOOD, _WATCH, _OPEN, _NONE = "C6E7D0", "FCE8A6", "D6E4F5", "F6C7C3"
COLOURS: dict[CoveringState, str] = {
    "in_force": _GOOD,
    "renewed": _GOOD,
    "without_end": _GOOD,
    "expiring": _WATCH,
    "in_notice": _WATCH,
    "unknown": _WATCH,
    "signed": _OPEN,
    "planned": _OPEN,
    "under_review": _OPEN,
    "expired": _NONE,
    "terminated": _NONE,
    "superseded": _NONE,
    "none": _NONE,
}


def add_styles(book: Workbook) -> None:
    """Add the named styles of the workbook."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    top = Alignment(vertical="top", wrap_text=True)
    line = Side(style="thin", color="C3CAD3")
    frame = Border(line, line, line, line)
    grey = PatternFill("solid", fgColor="EDEFF2")
    white = PatternFill("solid", fgColor="FFFFFF")
    blue = PatternFill("solid", fgColor="0B4F9E")
    silver = PatternFill("solid", fgColor="D5DAE1")
    faint, strong = Font(color="4A5260"), Font(bold=True, color="FFFFFF")
    for name, font, fill, form in (
        ("head_open", strong, blue, "@"),
        ("head_shown", Font(bold=True, color="1B1F24"), silver, "@"),
        ("open", Font(), white, "@"),
        ("open_date", Font(), white, DATE_FORMAT),
        ("open_number", Font(), white, "0"),
        ("shown", faint, grey, "@"),
        ("shown_date", faint, grey, DATE_FORMAT),
        ("shown_number", faint, grey, "#,##0"),
    ):
        style = NamedStyle(name, font, fill, frame, top, form)
        book.add_named_style(style)
    book.add_named_style(NamedStyle("title", Font(bold=True, size=14)))


def style_of(column: Column, is_open: bool, value: object) -> str:
    """Return the style of a cell.

    Empty cells for the dates of agreements are text: a spreadsheet would make the first of the
    month of a month that is typed into a cell of dates. A day for something to be done is a day.
    """
    kind = "open" if is_open else "shown"
    if column.kind == "date" and (value or column.key == "due"):
        return f"{kind}_date"
    if column.kind in ("number", "days"):
        return f"{kind}_number"
    return kind


def add_colours(sheet: Any, cells: str, language: str) -> None:
    """Colour cells by the state that they name."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill

    for state in STATES:
        label = state_label(state, language).replace('"', '""')
        fill = PatternFill(bgColor=COLOURS[state], fill_type="solid")
        rule = CellIsRule("equal", [f'"{label}"'], fill=fill)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(cells, rule)
