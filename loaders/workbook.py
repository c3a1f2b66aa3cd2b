"""Records from a workbook (XLSX), one sheet per table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location, Record
from graph.schema import Schema
from loaders.archives import check_archive
from loaders.headers import read_header
from loaders.tables import CELL_LIMIT


def read_workbook(
    path: Path,
    schema: Schema,
    faults: list[Diagnostic],
    renamed: Mapping[str, str] | None = None,
) -> Iterator[Record]:
    """Yield the records of all sheets; what is wrong with the workbook is added to the faults."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        check_archive(path)
        book = load_workbook(path, read_only=True, data_only=True)
        yield from _read_sheets(book, path.name, schema, faults, renamed or {})
        book.close()
    except InputError as error:
        faults += error.diagnostics
    except (InvalidFileException, KeyError, ValueError, ParseError, zipfile.BadZipFile):
        faults.append(Diagnostic("broken_archive", Location(path.name)))


def _read_sheets(
    book: Any, name: str, schema: Schema, faults: list[Diagnostic], renamed: Mapping[str, str]
) -> Iterator[Record]:
    missing = dict(schema.tables)
    for sheet in book.worksheets:
        table = schema.find_table(sheet.title)
        if table is None:
            if sheet.title not in REFERENCE_SHEETS:
                names = ", ".join(schema.tables)
                where = Location(name, sheet=sheet.title)
                faults.append(Diagnostic("unknown_table", where, arguments={"tables": names}))
            continue
        missing.pop(table.name, None)
        rows = _read_cells(sheet)
        _, cells = next(rows, (1, []))
        location = Location(name, 1, sheet.title)
        header = read_header(cells, table, schema, location, renamed, faults)
        for number, cells in rows:
            location = Location(name, number, sheet.title)
            faults += _find_long_cells(cells, location)
            if any(cells):
                yield header.read_row(cells, location)
    for table in missing.values():
        faults.append(Diagnostic("missing_sheet", Location(name), value=table.name))


REFERENCE_SHEETS = frozenset({"값 목록", "Allowed values"})
"""Sheets of the template that hold the values of drop-downs, not records."""


def _find_long_cells(cells: list[str], location: Location) -> list[Diagnostic]:
    limit = {"limit": f"{CELL_LIMIT:,}"}
    return [
        Diagnostic("cell_too_long", location, value=cell, arguments=limit)
        for cell in cells
        if len(cell) > CELL_LIMIT
    ]


def _read_cells(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, [cell_text(value) for value in row]


def cell_text(value: object) -> str:
    """Return a cell as text: dates in ISO form, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
