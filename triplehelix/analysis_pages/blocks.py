"""What a page of measures consists of: parts of blocks; tables of rows, rows of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from graph.evidence import Evidence
from graph.namespaces import slug
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.addresses import page_address
from triplehelix.pages.texts import Text, name, plain
from triplehelix.record_pages.sections import Column, Piece, capital
from triplehelix.report import Report

Cell = list[Piece] | Markup
_TALL = 18
"""Longer tables are scrolled by themselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, of which one names it, its evidence, and what filters look at.

    ``more``: the page on which evidence stands that a long list leaves out.
    """

    cells: Sequence[Cell]
    evidence: Sequence[Evidence] = ()
    style: str = ""
    anchor: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    more: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading of their own, or under none."""

    rows: Sequence[Row]
    heading: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that rows are filtered by: their fact of that name."""

    key: str
    label: Text
    options: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``named`` is the number of the column whose cells name the rows.

    One with ``folded`` stands folded under that line. ``sortable``: by its columns, by a reader.
    """

    kind: ClassVar[str] = "table"
    id: str
    caption: Text
    columns: Sequence[Column]
    groups: Sequence[Group]
    filters: Sequence[Filter] = ()
    named: int = 0
    sortable: bool = False
    folded: Text | None = None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def is_tall(self) -> bool:
        """Whether it would take much of the page, and so is scrolled by itself."""
        return self.count > _TALL or any(column.style == "listed" for column in self.columns)

    @property
    def has_evidence(self) -> bool:
        """Whether any row tells where it stands."""
        return any(row.evidence for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a part."""

    kind: ClassVar[str] = "heading"
    cell: Cell


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph; ``style`` is ``note``, or ``verdict`` for what must not be overlooked."""

    kind: ClassVar[str] = "note"
    text: Text
    style: str = "note"


@dataclass(frozen=True, slots=True)
class Facts:
    """Headings with what they say, in a grid."""

    kind: ClassVar[str] = "facts"
    items: Sequence[tuple[Text, Cell]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A measure with what a reader needs to understand and to cite it."""

    label: Text
    definition: Text
    formula: str
    reference: str
    doi: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """Explanations folded under a line."""

    kind: ClassVar[str] = "explained"
    heading: Text
    items: Sequence[Explanation]


@dataclass(frozen=True, slots=True)
class Picture:
    """Markup from a template of this package: a chart, or a legend."""

    kind: ClassVar[str] = "picture"
    markup: Markup


Block = Table | Heading | Note | Facts | Explained | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page under a heading."""

    id: str
    heading: Text
    blocks: Sequence[Block]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the name of its file, what it is called, what it is about, and its parts."""

    name: str
    title: Text
    lead: Text
    parts: Sequence[Part]


def record_address(iri: str) -> str:
    """Return where the page of a record lies, as seen from these pages."""
    return f"records/{page_address(slug(iri))}"


def link(report: Report, iri: str) -> Piece:
    """Return the name of a record, leading to its page."""
    return Piece(name(report, iri), record_address(iri), "record")


def words(text: Text | str, style: str = "") -> Cell:
    """Return a cell with one text; an empty cell for none."""
    shown = plain(text) if isinstance(text, str) else text
    return [Piece(shown, style=style)] if shown.ko else []


def figure(value: float, digits: int = 0) -> Cell:
    """Return a cell with a number.

    >>> figure(1234)[0].text.ko, figure(-0.00001, 3)[0].text.ko
    ('1,234', '0.000')
    """
    return [Piece(plain(number(value, digits)))]


def number(value: float, digits: int = 0) -> str:
    """Return a number as it is shown; nothing is below zero that is shown as zero.

    >>> number(-31.3, 1), number(-0.001, 2)
    ('-31.3', '0.00')
    """
    shown = f"{value:,.{digits}f}"
    return shown.removeprefix("-") if not shown.strip("-0.,") else shown


def headings(*keys: str | Text) -> list[Column]:
    """Return columns by the keys of their headings: # before one of figures.

    * stands before one of lists, ~ before one of sentences.
    """
    found = []
    for key in keys:
        if isinstance(key, Text):
            found.append(Column(key))
        else:
            style = {"#": "figure", "*": "listed", "~": "why"}.get(key[0], "")
            found.append(Column(capital(say(key.strip("#*~"))), style))
    return found
