"""Workbooks of the desk in tests: desks of the fictional town, and cells filled in as people do."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from rdflib import Dataset

from graph.assembly import assemble
from graph.budgets import read_budget_cells
from graph.gaps import read_holdings
from graph.namespaces import ID
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.layering import load_layers
from triplehelix.desk.recording import Stamp, record_plan
from triplehelix.desk.register import Register, read_register, write_register
from triplehelix.desk.workbook_changes import compare
from triplehelix.desk.workbook_columns import heading, tell
from triplehelix.desk.workbook_plan import Plan
from triplehelix.desk.workbook_reading import read_desk
from triplehelix.desk.workbook_rows import Desk

SCHEMA = read_schema()
ON = date(2023, 12, 31)
STAMP = Stamp("산업지원과", "gaon-industry", date(2024, 1, 5))


def make_desk(dataset: Dataset, register: Register | None = None, language: str = "ko") -> Desk:
    """Return the desk of the town's city."""
    holdings, budgets = read_holdings(dataset), read_budget_cells(dataset)
    return Desk(holdings, budgets, register or Register(), SCHEMA, str(ID["gaon"]), ON, language)


def lay_over_town(town_folder: Path, office: Path) -> Desk:
    """Return the desk of the town with a register laid over it, as a build would show it."""
    layers = load_layers(town_folder, office, SCHEMA)
    assembly = assemble(layers.records, layers.identity)
    assert layers.faults == []
    assert assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return make_desk(dataset, read_register(office, SCHEMA))


def plan(path: Path, desk: Desk) -> Plan:
    """Return what a workbook would change."""
    return compare(read_desk(path), desk)


def record(path: Path, desk: Desk, office: Path, town_folder: Path, stamp: Stamp = STAMP) -> Desk:
    """Record a workbook in a register, and return the desk that it leads to."""
    found = plan(path, desk)
    assert not found.is_forbidden
    office.mkdir(exist_ok=True)
    register = deepcopy(desk.register)
    record_plan(register, found, "gaon", stamp)
    write_register(register, office, SCHEMA)
    return lay_over_town(town_folder, office)


def with_language(desk: Desk, language: str) -> Desk:
    """Return the same desk in another language."""
    return replace(desk, language=language)


def fill(path: Path, sheet: str, key: str, language: str = "ko", **cells: Any) -> None:
    """Write cells of the row of a key; without a key of the first row that is empty."""
    book = load_workbook(path)
    page = book[tell(f"sheet_{sheet}", language)]
    columns = {cell.value: cell.column for cell in page[1]}
    place = columns[heading(sheet, "id", language)]
    wanted = key or None
    row = next(
        n
        for n in range(2, page.max_row + 1)
        if page.cell(n, place).value == wanted
        and (key or page.cell(n, 1).value is None)
        and (key or page.cell(n, 2).value is None)
    )
    for name, value in cells.items():
        cell = page.cell(row, columns[heading(sheet, name.rstrip("_"), language)])
        cell.value = value
    book.save(path)


def read_cell(path: Path, sheet: str, key: str, column: str, language: str = "ko") -> Any:
    """Return a cell of the row of a key."""
    page = load_workbook(path)[tell(f"sheet_{sheet}", language)]
    columns = {cell.value: cell.column for cell in page[1]}
    place = columns[heading(sheet, "id", language)]
    row = next(n for n in range(2, page.max_row + 1) if page.cell(n, place).value == key)
    return page.cell(row, columns[heading(sheet, column, language)])
