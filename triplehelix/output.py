"""What a command shows, in one of four forms: table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from triplehelix.spreadsheet import guard

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

NARROW = 100
"""Below this many columns a terminal shows the wide columns under another one."""
WIDEST = 160
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Format(StrEnum):
    """The forms of an output."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its share of a terminal's width (0: as wide as its words), and how it is set.

    On a narrow terminal a ``wide`` column moves under the widest other one. A ``hidden`` one is
    for CSV and Markdown alone.
    """

    title: str
    share: int = 0
    right: bool = False
    wide: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows for people, and the contract that stands for them in JSON.

    Where there are ``groups``, the first column stands as a heading over its rows; they map its
    cells to the words of the heading.
    """

    title: str
    headings: tuple[Heading, ...]
    rows: Sequence[tuple[str, ...]]
    contract: object
    groups: Mapping[str, str] | None = None
    empty: str = ""
    note: str = ""


def default_format() -> Format:
    """Return table for a terminal, JSON for a pipe or file."""
    return Format.TABLE if sys.stdout.isatty() else Format.JSON


def show(listing: Listing, form: Format | None = None) -> None:
    """Write a listing to the standard output."""
    form = form or default_format()
    if form is Format.TABLE:
        show_table(listing)
        return
    write = {Format.JSON: to_json, Format.CSV: to_csv, Format.MD: to_markdown}[form]
    sys.stdout.write(write(listing))


def to_json(listing: Listing) -> str:
    """Return the contract as JSON."""
    return json.dumps(listing.contract, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_csv(listing: Listing) -> str:
    """Return the rows as CSV that a spreadsheet will not run."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(guard(heading.title) for heading in listing.headings)
    writer.writerows([guard(cell) for cell in row] for row in listing.rows)
    return stream.getvalue()


def to_markdown(listing: Listing) -> str:
    """Return the rows as a Markdown table, or as one for each group."""
    lines = [f"## {_escape(listing.title)}"]
    skipped = 1 if listing.groups is not None else 0
    headings = listing.headings[skipped:]
    for group, rows in _groups(listing):
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


def _groups(listing: Listing) -> Iterable[tuple[str, list[tuple[str, ...]]]]:
    if listing.groups is None:
        return [("", list(listing.rows))] if listing.rows else []
    grouped = groupby(listing.rows, key=lambda row: row[0])
    return [(listing.groups.get(name, name), list(rows)) for name, rows in grouped]


def make_console(*, stderr: bool = False) -> Console:
    """Return a console that takes no text for markup; a pipe is 120 columns wide."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else 120
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def show_table(listing: Listing) -> None:
    """Write the rows as a table for a terminal."""
    from rich.text import Text

    console = make_console()
    console.print(Text(clean(listing.title), "bold"))
    for group, rows in _groups(listing):
        console.print()
        if group:
            console.print(Text(clean(group), "bold cyan"))
        console.print(_draw(listing, rows, console.width))
    told = listing.note if listing.rows else listing.empty
    if told:
        console.print()
        console.print(Text(clean(told), "dim" if listing.rows else ""))


def _draw(listing: Listing, rows: Sequence[tuple[str, ...]], width: int) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    narrow = width < NARROW
    first = 1 if listing.groups is not None else 0
    headings = listing.headings
    shown = [n for n in range(first, len(headings)) if not headings[n].hidden]
    under = [n for n in shown if narrow and headings[n].wide]
    shown = [n for n in shown if n not in under]
    host = max(shown, key=lambda n: headings[n].share)
    table = Table(
        box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, width=min(width, WIDEST)
    )
    for number in shown:
        heading = headings[number]
        table.add_column(
            heading.title,
            ratio=heading.share or None,
            no_wrap=not heading.share,
            justify="right" if heading.right else "left",
            overflow="fold",
        )
    for row in rows:
        below = [row[n] for n in under] if under else []
        table.add_row(*(_cell(row[n], below if n == host else []) for n in shown))
    return table


def _cell(text: str, below: Sequence[str]) -> object:
    from rich.text import Text

    cell = Text(clean(text))
    for line in filter(None, below):
        cell.append("\n" + clean(line), "dim")
    return cell


def clean(text: str) -> str:
    r"""Return text without control characters: a name must not move the cursor or ring.

    >>> clean("고양\x1b[2J시")
    '고양[2J시'
    """
    return _CONTROLS.sub("", text)
