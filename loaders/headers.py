"""The header of a table: names of columns in Korean or English, matched to the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.diagnostics import Diagnostic
from graph.record import Location, Record
from graph.schema import Column, Schema, Table, fold_header


@dataclass(frozen=True, slots=True)
class Header:
    """Which cell of a row belongs to which column; own columns apart from inlined ones."""

    table: str
    own: tuple[tuple[int, str], ...]
    inlined: tuple[tuple[int, str], ...]
    width: int

    def read_row(self, cells: Sequence[str], location: Location) -> Record:
        """Return the record of a row."""
        return Record(
            self.table,
            {key: cells[i] for i, key in self.own if i < len(cells)},
            {key: cells[i] for i, key in self.inlined if i < len(cells)},
            location,
        )


def read_header(
    cells: Sequence[str],
    table: Table,
    schema: Schema,
    location: Location,
    renamed: Mapping[str, str],
    faults: list[Diagnostic],
) -> Header:
    """Match the cells of a header row; unknown, doubled and missing columns become faults.

    ``renamed`` maps names that a source uses to names of the schema.
    """
    columns = schema.header(table)
    known = {fold_header(name): column for column in columns for name in column.names.values()}
    aliases = {fold_header(source): fold_header(target) for source, target in renamed.items()}
    own_keys = {column.key for column in table.columns}
    own: list[tuple[int, str]] = []
    inlined: list[tuple[int, str]] = []
    used: set[str] = set()
    for index, cell in enumerate(cells):
        name = fold_header(cell)
        if not name:
            continue
        column = known.get(aliases.get(name, name))
        if column is None:
            names = ", ".join(c.names["en"] for c in columns)
            faults.append(_fault("unknown_column", location, cell, columns=names))
        elif column.key in used:
            faults.append(_fault("duplicate_column", location, cell))
        else:
            used.add(column.key)
            (own if column.key in own_keys else inlined).append((index, column.key))
    faults += _missing(table, used, location)
    return Header(table.name, tuple(own), tuple(inlined), len(cells))


def _fault(code: str, location: Location, name: str, **arguments: str) -> Diagnostic:
    return Diagnostic(code, location, {"ko": name, "en": name}, arguments=arguments)


def _missing(table: Table, used: set[str], location: Location) -> list[Diagnostic]:
    absent = [c for c in table.columns if c.key not in used and _is_needed(c, table)]
    return [Diagnostic("missing_column", location, column.names) for column in absent]


def _is_needed(column: Column, table: Table) -> bool:
    if column.kind == "identifier":
        return not table.minted_from
    return column.required and not column.default
