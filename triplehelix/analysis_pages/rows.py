"""How pieces, evidence and rows are written: each piece once by its template, rows by joining.

As on the pages of records: names and quotes are escaped in the templates and come from there as
markup; there are thousands of cells, so their rows are joined here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from graph.evidence import Evidence
from triplehelix.analysis_pages.blocks import Cell, Row, Table
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.addresses import page_address
from triplehelix.pages.site import list_places
from triplehelix.record_pages.sections import Column, lines_anchor

TEMPLATES = Path(__file__).parent / "templates"
SHOWN = 6
"""Of longer evidence so many pieces are shown; all of it stands on the page of the record."""
_PLACES = 2


class Writer:
    """Writes the parts of pages; what stands in several places is written once."""

    def __init__(self, environment: Environment) -> None:
        """Take the templates of the parts, those of the pages of records among them."""
        parts: Any = environment.get_template("parts.html.j2").module
        own: Any = environment.get_template("blocks.html.j2").module
        self.piece = cache(parts.piece)
        self._head = parts.head
        self._place, self._more = cache(own.place), cache(own.more)
        self._item, self._left = cache(lambda item: own.item(item, _address(item))), own.left

    def evidence(self, items: Sequence[Evidence], more: str = "") -> Markup:
        """Return evidence folded up; ``more`` is the page that tells what is left out.

        A piece of evidence stands behind many rows, so each is written once, and joined.
        """
        if not items:
            return Markup("")
        shown = items[:SHOWN] if more else items
        places = list_places(items)
        heading = [self._place(place) for place in places[:_PLACES]]
        if len(places) > _PLACES:
            heading.append(self._more(len(places) - _PLACES))
        listed = [self._item(item) for item in shown]
        if len(items) > len(shown):
            listed.append(self._left(len(items) - len(shown), more))
        return Markup(
            f'<details class="ev"><summary>{" ".join(heading)}</summary>'
            f"<ul>{''.join(listed)}</ul></details>"
        )

    def cell(self, cell: Cell) -> Markup:
        """Return the pieces of a cell, several of them below each other."""
        if isinstance(cell, Markup):
            return cell
        if len(cell) == 1:
            return Markup(self.piece(cell[0]))
        return Markup("".join(f"<div>{self.piece(piece)}</div>" for piece in cell))

    def head(self, table: Table) -> Markup:
        """Return the headings of a table."""
        last = [Column(say("col_evidence"))] if table.has_evidence else []
        return Markup(self._head((*table.columns, *last)))

    def rows(self, table: Table, rows: Sequence[Row]) -> Markup:
        """Return rows of a table, the cell that names each as its heading."""
        styles = [f' class="{escape(c.style)}"' if c.style else "" for c in table.columns]
        return Markup("\n".join(self._row(table, row, styles) for row in rows))

    def _row(self, table: Table, row: Row, styles: Sequence[str]) -> str:
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        facts = "".join(f' data-{key}="{escape(value)}"' for key, value in row.facts.items())
        style = f"row {escape(row.style)}" if row.style else "row"
        cells = "".join(
            f'<th scope="row"{style}>{self.cell(cell)}</th>'
            if place == table.named
            else f"<td{style}>{self.cell(cell)}</td>"
            for place, (style, cell) in enumerate(zip(styles, row.cells, strict=True))
        )
        last = f"<td>{self.evidence(row.evidence, row.more)}</td>" if table.has_evidence else ""
        return f'<tr class="{style}"{anchor}{facts}>{cells}{last}</tr>'


def _address(item: Evidence) -> str:
    """Return where a piece of evidence stands on the page of its document."""
    return f"records/{page_address(item.document)}#{lines_anchor(item.lines)}".rstrip("#")
