"""Records from CSV files, one file per table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location, Record
from graph.schema import Schema, Table
from loaders.encoding import detect_encoding
from loaders.formulas import unguard
from loaders.headers import read_header

CELL_LIMIT = 32_767
"""The most characters a cell may hold: what spreadsheets allow."""


def read_table(
    path: Path,
    table: Table,
    schema: Schema,
    faults: list[Diagnostic],
    renamed: Mapping[str, str] | None = None,
) -> Iterator[Record]:
    """Yield the records of a CSV file; what is wrong with it is added to the faults."""
    csv.field_size_limit(CELL_LIMIT)
    try:
        encoding = detect_encoding(path)
    except InputError as error:
        faults += error.diagnostics
        return
    with path.open(encoding=encoding, newline="") as stream:
        rows = _read_rows(stream, path.name, faults)
        first = next(rows, None)
        if first is None:
            if not faults:
                faults.append(Diagnostic("empty_table", Location(path.name)))
            return
        number, cells = first
        location = Location(path.name, number)
        header = read_header(cells, table, schema, location, renamed or {}, faults)
        for number, cells in rows:
            location = Location(path.name, number)
            if any(cell.strip() for cell in cells[header.width :]):
                sizes = {"found": str(len(cells)), "expected": str(header.width)}
                faults.append(Diagnostic("too_many_cells", location, arguments=sizes))
            if any(cell.strip() for cell in cells):
                yield header.read_row([unguard(cell) for cell in cells], location)


def _read_rows(
    stream: Iterator[str], name: str, faults: list[Diagnostic]
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(stream, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            faults.append(_csv_fault(str(error), Location(name, number)))
            return
        if row is None:
            return
        yield number, row


def _csv_fault(reason: str, location: Location) -> Diagnostic:
    if "field larger" in reason:
        return Diagnostic("cell_too_long", location, arguments={"limit": f"{CELL_LIMIT:,}"})
    return Diagnostic("broken_csv", location, arguments={"reason": reason})
