"""What a command shows, in one of four forms: table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from loaders.formulas import guard

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Format(StrEnum):
    """The forms of an output."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class ResultForm(StrEnum):
    """The forms of the result of a query."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    MD = "md"
    TTL = "ttl"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its share of a terminal's width (0: as wide as its words), and how it is set.

    ``least`` is the least width of one with a share, and the width of one without. On a narrow
    terminal a ``wide`` column moves under the widest other one. A ``hidden`` one is for CSV and
    Markdown alone.
    """

    title: str
    share: int = 0
    least: int | None = None
    right: bool = False
    wide: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows for people, and the contract that stands for them in JSON.

    Where there are ``groups``, the first column stands as a heading over its rows; they map its
    cells to the words of the heading. A ``plain`` one has no header on a terminal. The ``lead``
    is told before the rows, also where there are none.
    """

    title: str
    headings: tuple[Heading, ...]
    rows: Sequence[tuple[str, ...]]
    contract: object
    groups: Mapping[str, str] | None = None
    empty: str = ""
    note: str = ""
    plain: bool = False
    lead: str = ""


def default_format() -> Format:
    """Return table for a terminal, JSON for a pipe or file."""
    return Format.TABLE if sys.stdout.isatty() else Format.JSON


def show(listing: Listing, form: Format | None = None) -> None:
    """Write a listing to the standard output."""
    form = form or default_format()
    if form is Format.TABLE:
        from triplehelix.terminal.screen import show_table

        show_table(listing)
        return
    write = {Format.JSON: to_json, Format.CSV: to_csv, Format.MD: to_markdown}[form]
    sys.stdout.write(write(listing))


def to_json(listing: Listing) -> str:
    """Return the contract as JSON."""
    return json.dumps(listing.contract, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(listing: Listing) -> str:
    """Return the rows as CSV that a spreadsheet will not run."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(guard(heading.title) for heading in listing.headings)
    writer.writerows([guard(cell) for cell in row] for row in listing.rows)
    return stream.getvalue()


def to_markdown(listing: Listing) -> str:
    """Return the rows as a Markdown table, or as one for each group."""
    lines = [f"## {_escape(listing.title)}"]
    lines += ["", _escape(listing.lead)] if listing.lead else []
    skipped = 1 if listing.groups is not None else 0
    headings = listing.headings[skipped:]
    for group, rows in group_rows(listing):
        lines += ["", f"### {_escape(group)}"] if group else []
        lines += ["", _line(h.title for h in headings)]
        lines.append(_line("--:" if h.right else "---" for h in headings))
        lines += [_line(row[skipped:]) for row in rows]
    told = listing.note if listing.rows else listing.empty
    return "\n".join([*lines, "", _escape(told), ""] if told else [*lines, ""])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_escape(cell) for cell in cells)} |"


def _escape(text: str) -> str:
    """Return text that Markdown neither takes for a cell's end nor for markup of HTML."""
    text = text.replace("\\", "\\\\").replace("|", "\\|")
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return "<br>".join(text.splitlines())


def group_rows(listing: Listing) -> Iterable[tuple[str, list[tuple[str, ...]]]]:
    """Yield the rows with the heading over them, nothing where there are no groups."""
    if listing.groups is None:
        return [("", list(listing.rows))] if listing.rows else []
    grouped = groupby(listing.rows, key=lambda row: row[0])
    return [(listing.groups.get(name, name), list(rows)) for name, rows in grouped]


def clean(text: str) -> str:
    r"""Return text without control characters: a name must not move the cursor or ring.

    >>> clean("고양\x1b[2J시")
    '고양[2J시'
    """
    return _CONTROLS.sub("", text)
