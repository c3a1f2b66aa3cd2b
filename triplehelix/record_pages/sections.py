"""What a page consists of: sections of rows, rows of cells, cells of pieces; texts, no markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.evidence import Evidence
from triplehelix.pages.texts import Text, concept, plain
from triplehelix.record_pages.catalogue import Catalogue
from triplehelix.record_pages.texts import say


class Piece(NamedTuple):
    """A text in a cell, with where it leads, how it looks, and its language if it is but one."""

    text: Text
    href: str = ""
    style: str = ""
    language: str = ""


Cell = list[Piece]


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column; figures stand to the right."""

    heading: Text
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, the first of which names it, and the evidence."""

    cells: list[Cell]
    evidence: list[Evidence] = field(default_factory=list)
    anchor: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a heading; the column of the evidence is added where a row has any."""

    id: str
    heading: Text
    columns: list[Column]
    rows: list[Row]
    note: Text | None = None

    @property
    def has_evidence(self) -> bool:
        """Whether any row tells where it stands."""
        return any(row.evidence for row in self.rows)


@dataclass(frozen=True, slots=True)
class Fact:
    """A heading and what it says."""

    heading: Text
    values: Cell


def link(catalogue: Catalogue, iri: str) -> Piece:
    """Return the name of a record, leading to its page where it has one."""
    entry = catalogue.entries.get(iri)
    if entry is None:
        return Piece(catalogue.describe(iri))
    return Piece(entry.name, entry.address)


def code(catalogue: Catalogue, value: str) -> Cell:
    """Return the label of a concept of the vocabulary; nothing for no code."""
    return [Piece(concept(catalogue.report, value))] if value else []


def period(start: str, end: str) -> Cell:
    """Return dates as stated.

    >>> period("2019-01", "")[0].text.ko, period("2019", "2019")[0].text.ko, period("", "")
    ('2019-01 ~', '2019', [])
    """
    if not start and not end:
        return []
    shown = start if start == end else f"{start} ~ {end}".strip()
    return [Piece(plain(shown), style="dates")]


def lines_anchor(lines: str) -> str:
    """Return where lines stand on the page of their document.

    >>> lines_anchor("72-73,118")
    'l72-73_118'
    """
    return f"l{lines.replace(',', '_')}" if lines else ""


def capital(text: Text) -> Text:
    """Return a text that begins with a capital in English.

    >>> capital(Text("계획", "planned"))
    Text(ko='계획', en='Planned')
    """
    return Text(text.ko, text.en[:1].upper() + text.en[1:])


def columns(*headings: str | Text) -> list[Column]:
    """Return columns by the keys of their headings."""
    return [Column(h if isinstance(h, Text) else say(h)) for h in headings]


def only(sections: Iterable[Section | None]) -> Iterator[Section]:
    """Yield the sections that have rows."""
    return (section for section in sections if section is not None and section.rows)
