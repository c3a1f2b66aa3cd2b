"""The workbook of the desk as it came back: rows by key, and what was shown when it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location
from loaders.spreadsheet import Cell, read_spreadsheet
from loaders.spreadsheet import Row as CellRow
from triplehelix.desk.workbook_columns import SHEETS, SheetKey, find_column, heading, tell
from triplehelix.desk.workbook_export import BASE, GUIDE_CELL, VERSION
from triplehelix.desk.workbook_values import tidy

LANGUAGES = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a cell, and where the cell is."""

    diagnostic: Diagnostic
    place: str = ""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row as people left it: its number, its key (empty in a new row), its cells by column."""

    number: int
    key: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row showed: recorded values of cells to fill in, marks of the others."""

    cells: Mapping[str, str]
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook that people filled in.

    ``titles`` are the names of its sheets, ``columns`` the letters of the columns that are
    there, ``base`` is what each row showed when it was made.
    """

    file: str
    host: str
    on: date
    language: str
    department: str
    titles: Mapping[SheetKey, str]
    columns: Mapping[SheetKey, Mapping[str, str]]
    rows: Mapping[SheetKey, list[FilledRow]]
    base: Mapping[SheetKey, Mapping[str, Shown]]
    problems: list[Problem]

    def locate(self, sheet: SheetKey, row: int) -> Location:
        """Return the place of a row."""
        return Location(self.file, row, self.titles[sheet])


def read_desk(path: Path) -> Filled:
    """Return a workbook that :func:`triplehelix.desk.workbook_export.write_desk` made.

    Columns go by their headings, in either language and any order; rows by their keys.

    Raises:
        InputError: the file cannot be read, or is not the desk's.
    """
    guides = {tell("sheet_guide", language) for language in LANGUAGES}
    sheets = read_spreadsheet(path, lambda title: title in {BASE, *guides} or bool(_names(title)))
    titles = {key: title for title in sheets for key in _names(title)}
    missing = [key for key in SHEETS if key not in titles]
    if BASE not in sheets or missing:
        raise InputError([Diagnostic("no_desk_workbook", Location(path.name))])
    about, base = _read_base(path, sheets[BASE])
    problems: list[Problem] = []
    columns: dict[SheetKey, dict[str, str]] = {}
    rows: dict[SheetKey, list[FilledRow]] = {}
    for key in SHEETS:
        where = Location(path.name, 1, titles[key])
        columns[key], rows[key] = _read_sheet(key, sheets[titles[key]], where, problems)
    return Filled(
        file=path.name,
        host=about["host"],
        on=date.fromisoformat(about["on"]),
        language=about["language"],
        department=_find_department(sheets),
        titles={key: titles[key] for key in SHEETS},
        columns=columns,
        rows=rows,
        base=base,
        problems=problems,
    )


def _names(title: str) -> list[SheetKey]:
    return [key for key in SHEETS if title in {tell(f"sheet_{key}", lang) for lang in LANGUAGES}]


def _find_department(sheets: Mapping[str, list[CellRow]]) -> str:
    row, column = GUIDE_CELL
    for language in LANGUAGES:
        for number, cells in sheets.get(tell("sheet_guide", language), ()):
            if number == row and column - 1 in cells:
                return tidy(cells[column - 1].text)
    return ""


def _read_base(
    path: Path, rows: list[CellRow]
) -> tuple[dict[str, str], dict[SheetKey, dict[str, Shown]]]:
    base: dict[SheetKey, dict[str, Shown]] = {key: {} for key in SHEETS}
    about: dict[str, str] = {}
    try:
        for _, cells in rows:
            sheet, key, kept = (cells[at].text if at in cells else "" for at in range(3))
            told = json.loads(kept)
            if sheet:
                shown = Shown(_texts(told["cells"]), _texts(told["shown"]))
                next(rows for name, rows in base.items() if name == sheet)[key] = shown
            elif told.pop("version") == VERSION:
                about = {name: str(told[name]) for name in ("host", "on", "language")}
        date.fromisoformat(about["on"])
        if about["language"] not in LANGUAGES:
            raise ValueError(about["language"])
    except (AttributeError, KeyError, StopIteration, TypeError, ValueError) as error:
        raise InputError([Diagnostic("no_desk_workbook", Location(path.name))]) from error
    return about, base


def _texts(told: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in told.items()}


def _read_sheet(
    key: SheetKey, rows: list[CellRow], where: Location, problems: list[Problem]
) -> tuple[dict[str, str], list[FilledRow]]:
    from openpyxl.utils import get_column_letter

    if not rows or rows[0][0] != 1:
        raise InputError([Diagnostic("no_desk_workbook", where)])
    columns: dict[int, str] = {}
    for at, cell in rows[0][1].items():
        column = find_column(key, tidy(cell.text))
        if column is None or column.key in columns.values():
            code = "duplicate_column" if column else "own_column"
            fault = Diagnostic(code, where, value=cell.text, severity="warning")
            problems.append(Problem(fault, cell.place))
        else:
            columns[at] = column.key
    lost = [
        c for c in SHEETS[key] if (c.editable or c.key == "id") and c.key not in {*columns.values()}
    ]
    for column in lost:
        names = {language: heading(key, column.key, language) for language in LANGUAGES}
        problems.append(Problem(Diagnostic("missing_column", where, names)))
    found = []
    for number, cells in rows[1:]:
        named = {columns[at]: cell for at, cell in cells.items() if at in columns}
        known = named.get("id")
        found.append(FilledRow(number, tidy(known.text) if known else "", named))
    return {name: get_column_letter(at + 1) for at, name in columns.items()}, found
