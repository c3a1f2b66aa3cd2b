"""The schema of the tables, read from the SHACL shapes: nothing about a column stands elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.names import match_key

Kind = Literal[
    "identifier", "type", "code", "reference", "number", "integer", "year", "date", "text"
]
RESOURCE_KINDS: tuple[Kind, ...] = ("type", "code", "reference")


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value of a column: a concept or a class."""

    iri: str
    notation: str
    labels: Mapping[str, str]
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a property shape with a name."""

    key: str
    names: Mapping[str, str]
    path: str
    kind: Kind
    order: float
    language: str = ""
    choices: tuple[Choice, ...] = ()
    lookup: Mapping[str, Choice] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    required: bool = False
    multiple: bool = False
    separator: str = ""
    default: str = ""
    pattern: str = ""
    printed_as: str = ""
    scaled_by: str = ""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    example: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a node shape with a table name, and the columns written in each row."""

    name: str
    labels: Mapping[str, str]
    classes: tuple[str, ...]
    columns: tuple[Column, ...]
    minted_from: tuple[str, ...] = ()
    inlined: str = ""
    owner: str = ""

    def column(self, key: str) -> Column | None:
        """Return the column of a key, or nothing."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """All tables by name."""

    tables: Mapping[str, Table]

    def inlined(self, table: Table) -> tuple[Column, ...]:
        """Return the columns of another table that stand in the rows of this one."""
        if not table.inlined:
            return ()
        other = self.tables[table.inlined]
        return tuple(c for c in other.columns if c.kind != "identifier" and c.key != other.owner)

    def header(self, table: Table) -> tuple[Column, ...]:
        """Return all columns of a sheet in their order: its own, then the inlined ones."""
        return table.columns + self.inlined(table)

    def find_table(self, name: str) -> Table | None:
        """Return the table of a name, or of a label in any language."""
        wanted = fold_header(name)
        for table in self.tables.values():
            if wanted in {fold_header(n) for n in (table.name, *table.labels.values())}:
                return table
        return None


def fold_header(text: str) -> str:
    """Return the form in which column and table names are compared.

    >>> fold_header(" Label EN ") == fold_header("label_en")
    True
    """
    return match_key(text).replace("_", "").replace("-", "")
