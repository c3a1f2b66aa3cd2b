"""Listings on a terminal: tables as wide as it is, in which no text is taken for markup."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from triplehelix.terminal.output import Listing, clean, group_rows

NARROW = 130
"""Below this many columns the wide columns of a listing move under another one."""
WIDEST = 160
LEAST = 8
"""The least width of a column that shares the width with others."""
GAP = 2
"""The blank columns between two columns."""
EDGES = 2
PIPE = 120
"""How wide a table is in a pipe or file."""


def make_console(*, stderr: bool = False) -> Console:
    """Return a console that takes no text for markup; a pipe is 120 columns wide."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else PIPE
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def show_table(listing: Listing) -> None:
    """Write the rows as a table for a terminal."""
    console = make_console()
    console.print(Text(clean(listing.title), "bold"))
    if listing.lead:
        console.print(Text(clean(listing.lead)))
    layout = _lay_out(listing, min(console.width, WIDEST))
    for group, rows in group_rows(listing):
        console.print()
        if group:
            console.print(Text(clean(group), "bold cyan"))
        console.print(_draw(listing, rows, layout))
    told = listing.note if listing.rows else listing.empty
    if told:
        console.print()
        console.print(Text(clean(told), "dim" if listing.rows else ""))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns are shown and how wide, and which of them has which others under it."""

    widths: dict[int, int]
    host: int
    under: tuple[int, ...]


def _lay_out(listing: Listing, width: int) -> _Layout:
    headings = listing.headings
    first = 1 if listing.groups is not None else 0
    shown = [n for n in range(first, len(headings)) if not headings[n].hidden]
    under = [n for n in shown if width < NARROW and headings[n].wide]
    shown = [n for n in shown if n not in under]
    host = max(shown, key=lambda n: headings[n].share)
    widths = {n: headings[n].least or _measure(listing, n) for n in shown if not headings[n].share}
    free = width - EDGES - GAP * (len(shown) - 1) - sum(widths.values())
    shared = sorted(set(shown) - widths.keys(), key=lambda n: -(headings[n].least or 0))
    for number in shared:
        # Those with a least width take it first; the others share what is left.
        shares = sum(headings[n].share for n in shared if n not in widths)
        fair = free * headings[number].share // shares
        widths[number] = max(fair, headings[number].least or LEAST)
        free -= widths[number]
    return _Layout({number: widths[number] for number in shown}, host, tuple(under))


def _measure(listing: Listing, number: int) -> int:
    cells = (listing.headings[number].title, *(row[number] for row in listing.rows))
    return max(cell_len(line) for cell in cells for line in [*clean(cell).splitlines(), ""])


def _draw(listing: Listing, rows: Sequence[tuple[str, ...]], layout: _Layout) -> Table:
    table = Table(
        box=SIMPLE_HEAD, padding=(0, GAP - 1, 0, 0), pad_edge=False, show_header=not listing.plain
    )
    for number, width in layout.widths.items():
        heading = listing.headings[number]
        table.add_column(
            heading.title,
            width=width,
            justify="right" if heading.right else "left",
            overflow="fold",
        )
    for row in rows:
        below = [row[number] for number in layout.under]
        table.add_row(*(_cell(row[n], below if n == layout.host else []) for n in layout.widths))
    return table


def _cell(text: str, below: Sequence[str]) -> Text:
    cell = Text(clean(text))
    for line in filter(None, below):
        cell.append("\n" + clean(line), "dim")
    return cell
