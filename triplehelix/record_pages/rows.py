"""How pieces, evidence and rows are written: each piece once by its template, rows by joining.

Names and quotes are escaped in the templates of pieces and evidence, and come from there as
markup. There are tens of thousands of cells, so their rows are joined here: by Jinja, a build would
take twice as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from graph.evidence import Evidence
from triplehelix.pages.addresses import page_address
from triplehelix.pages.site import list_places
from triplehelix.pages.texts import Text
from triplehelix.record_pages.sections import (
    Cell,
    Column,
    Fact,
    Piece,
    Row,
    Section,
    lines_anchor,
)
from triplehelix.record_pages.texts import say


class Writer:
    """Writes the parts of pages; what stands on many pages is written once."""

    def __init__(self, environment: Environment) -> None:
        """Take the templates of the parts."""
        self._bilingual: Any = environment.globals["t"]
        self._parts: Any = environment.get_template("parts.html.j2").module
        self._piece = cache(self._write_piece)
        self._linked_evidence = cache(self._write_evidence)
        self._columns = cache(self._write_columns)
        self._opening = cache(self._write_opening)

    def _write_piece(self, piece: Piece) -> str:
        if not (piece.href or piece.style or piece.language):
            return str(self._bilingual(piece.text))
        return str(self._parts.piece(piece))

    def _write_evidence(self, items: tuple[Evidence, ...]) -> str:
        linked = [
            (item, f"{page_address(item.document)}#{lines_anchor(item.lines)}".rstrip("#"))
            for item in items
        ]
        return str(self._parts.evidence(linked, list_places(items)))

    def _write_columns(self, columns: tuple[Column, ...]) -> Markup:
        return Markup(self._parts.head(columns))

    def _write_opening(self, id_: str, heading: Text, note: Text | None, count: int) -> str:
        return str(self._parts.opening(id_, heading, note, count))

    def piece(self, piece: Piece) -> Markup:
        """Return a piece."""
        return Markup(self._piece(piece))

    def _cell(self, cell: Cell) -> str:
        """Return the pieces of a cell, several of them below each other."""
        if len(cell) == 1:
            return self._piece(cell[0])
        return "".join(f"<div>{self._piece(piece)}</div>" for piece in cell)

    def facts(self, facts: Iterable[Fact]) -> Markup:
        """Return facts, each a heading and what it says."""
        return Markup(
            "".join(
                f"<div><dt>{self._bilingual(fact.heading)}</dt>"
                f"<dd>{self._cell(fact.values)}</dd></div>"
                for fact in facts
            )
        )

    def section(self, section: Section) -> Markup:
        """Return a table under its heading."""
        opening = self._opening(section.id, section.heading, section.note, len(section.rows))
        return Markup(
            f"{opening}{self.head(section)}\n<tbody>\n{self.rows(section)}\n</tbody>\n"
            "</table>\n</div>\n</section>\n"
        )

    def head(self, section: Section) -> Markup:
        """Return the headings of a section."""
        last = [Column(say("col_evidence"))] if section.has_evidence else []
        return self._columns((*section.columns, *last))

    def rows(self, section: Section) -> Markup:
        """Return the rows of a section, the first cell of each as its heading."""
        evident = section.has_evidence
        styles = [f' class="{escape(c.style)}"' if c.style else "" for c in section.columns]
        return Markup("\n".join(self._row(row, styles, evident) for row in section.rows))

    def _row(self, row: Row, styles: Sequence[str], evident: bool) -> str:
        first, *others = row.cells
        anchor = f' id="{escape(row.anchor)}"' if row.anchor else ""
        cells = [
            f"<td{style}>{self._cell(cell)}</td>"
            for style, cell in zip(styles[1:], others, strict=True)
        ]
        if evident:
            # That of a tie stands on the pages of both its ends.
            folded = self._linked_evidence(tuple(row.evidence)) if row.evidence else ""
            cells.append(f"<td>{folded}</td>")
        style = f"row {escape(row.style)}" if row.style else "row"
        return (
            f'<tr class="{style}"{anchor}><th scope="row">{self._cell(first)}</th>'
            f"{''.join(cells)}</tr>"
        )
