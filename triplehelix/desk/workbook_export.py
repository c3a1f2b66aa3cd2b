"""The workbook of the desk: what an office fills in, as a spreadsheet that it could have made.

Cells that may be filled in are white; grey ones come from the documents. A hidden sheet keeps what
was shown, so that a later import can tell what people changed from what changed meanwhile.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.coverings import STATES
from graph.dates import parse_lexical
from graph.namespaces import slug
from triplehelix.desk.workbook_columns import (
    LAST_ROW,
    SHEETS,
    Column,
    SheetKey,
    heading,
    note,
    tell,
)
from triplehelix.desk.workbook_rows import Desk, Row, Rows
from triplehelix.desk.workbook_styles import add_colours, add_styles, style_of
from triplehelix.desk.workbook_values import Values, tidy
from triplehelix.spreadsheets.workbook import save_workbook, text_cell
from triplehelix.terminal.desk_listing import state_label

if TYPE_CHECKING:
    from openpyxl import Workbook

BASE = "_export"
"""The hidden sheet with what was shown."""
VERSION = 1
EMPTY_ROWS = 50
"""How many rows are kept free for new agreements and renewals."""
A4 = "9"
"""The paper size A4 in a workbook (ECMA-376, 18.3.1.63)."""
GUIDE_CELL = (4, 2)
"""Where the department that fills in the workbook is written: row and column."""


def write_desk(desk: Desk, path: Path) -> Rows:
    """Write the workbook of a host, and return its rows; the same desk gives the same bytes."""
    from openpyxl import Workbook

    rows = desk.read_rows()
    values = Values(desk.holdings, desk.schema, desk.language)
    book = Workbook(write_only=True)
    add_styles(book)
    lists = _Lists(desk, values)
    _add_guide(book, desk, lists)
    for key in SHEETS:
        _add_sheet(book, key, rows[key], values, lists)
    lists.add_sheet(book)
    _add_base(book, desk, rows)
    save_workbook(book, path)
    return rows


class _Lists:
    """The sheet of values that drop-downs offer, one column for each list."""

    def __init__(self, desk: Desk, values: Values) -> None:
        self.language = desk.language
        states = [state_label(state, self.language) for state in STATES]
        self.columns: dict[str, list[str]] = {
            "department": values.departments.all(),
            "organization": values.organizations.all(),
            "agreement": values.agreements.all(),
            "decision": values.choices("code"),
            "type": values.choices("type"),
            "state": states,
        }

    def range_of(self, key: str) -> str:
        """Return the cells that hold a list."""
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(list(self.columns).index(key) + 1)
        last = max(2, len(self.columns[key]) + 1)
        return f"'{tell('sheet_values', self.language)}'!${letter}$2:${letter}${last}"

    def add_sheet(self, book: Workbook) -> None:
        """Add the sheet."""
        from openpyxl.utils import get_column_letter

        sheet = book.create_sheet(tell("sheet_values", self.language))
        sheet.freeze_panes = "A2"
        for number in range(1, len(self.columns) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = 36
        titles = [tell(f"value_{key}", self.language) for key in self.columns]
        sheet.append([text_cell(sheet, title, "head_shown") for title in titles])
        for number in range(max(map(len, self.columns.values()))):
            cells = [
                found[number] if number < len(found) else "" for found in self.columns.values()
            ]
            sheet.append([text_cell(sheet, cell) if cell else None for cell in cells])


def _add_guide(book: Workbook, desk: Desk, lists: _Lists) -> None:
    sheet = book.create_sheet(tell("sheet_guide", desk.language))
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 70
    title = tell("guide_title", desk.language, host=desk.label(desk.host))
    sheet.append([text_cell(sheet, title, "title")])
    sheet.append([text_cell(sheet, tell("guide_as_of", desk.language, date=desk.on))])
    sheet.append([])
    asked = tell("guide_department", desk.language)
    sheet.append([text_cell(sheet, asked, "head_open"), text_cell(sheet, "", "open")])
    _offer(sheet, "B4", lists.range_of("department"))
    sheet.append([])
    for number in range(1, 9):
        sheet.append([text_cell(sheet, tell(f"guide_{number}", desk.language))])


def _add_sheet(
    book: Workbook, key: SheetKey, rows: dict[str, Row], values: Values, lists: _Lists
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    columns, language = SHEETS[key], lists.language
    sheet = book.create_sheet(tell(f"sheet_{key}", language))
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    empty = 0 if key == "work" else EMPTY_ROWS
    letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
    sheet.auto_filter.ref = f"A1:{letters[-1]}{len(rows) + empty + 1}"
    heads = []
    for letter, column in zip(letters, columns, strict=True):
        sheet.column_dimensions[letter].width = column.width
        style = "head_open" if column.editable else "head_shown"
        head = text_cell(sheet, heading(key, column.key, language), style)
        head.comment = Comment(note(key, column.key, language), "Triple Helix", 120, 320)
        heads.append(head)
        _add_drop_down(sheet, letter, column, lists)
    sheet.append(heads)
    for row in rows.values():
        sheet.append([_draw(sheet, column, row, values) for column in columns])
    blank = frozenset(column.key for column in columns if column.editable)
    for _ in range(empty):
        sheet.append([_draw(sheet, c, Row("", "", {}, blank), values) for c in columns])
    states = next((at for at, column in enumerate(columns) if column.key == "state"), None)
    if states is not None:
        add_colours(sheet, f"{letters[states]}2:{letters[states]}{LAST_ROW}", language)


def _draw(sheet: Any, column: Column, row: Row, values: Values) -> Any:
    """Return a cell: full dates as dates, partial ones as text, counts as numbers."""
    from openpyxl.cell import WriteOnlyCell

    shown = values.show(column, row.cells.get(column.key, ""))
    is_open = column.key in row.editable
    found: Any = shown
    if column.kind == "date" and len(shown) == len("2023-12-31"):
        found = parse_lexical(shown).earliest
    elif column.kind in ("number", "days") and shown:
        found = int(shown)
    if isinstance(found, str) and found:
        return text_cell(sheet, found, style_of(column, is_open, ""))
    cell = WriteOnlyCell(sheet)
    cell.value = found or None
    cell.style = style_of(column, is_open, found)
    return cell


def _add_drop_down(sheet: Any, letter: str, column: Column, lists: _Lists) -> None:
    """Offer the values of a column; only where no other may stand is another one refused."""
    offered = {
        "code": "decision",
        "type": "type",
        "department": "department",
        "organizations": "organization",
        "agreement": "agreement",
    }
    if column.kind not in offered or not column.editable:
        return
    values = lists.range_of(offered[column.kind])
    only = column.kind in ("code", "type")
    _offer(sheet, f"{letter}2:{letter}{LAST_ROW}", values, only=only)


def _offer(sheet: Any, cells: str, values: str, *, only: bool = False) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    made = DataValidation(type="list", formula1=values, allow_blank=True, showErrorMessage=only)
    made.add(cells)
    sheet.data_validations.append(made)


def _add_base(book: Workbook, desk: Desk, rows: Rows) -> None:
    """Keep what was shown: recorded values of cells to fill in, a mark for each of the others."""
    sheet = book.create_sheet(BASE)
    sheet.sheet_state = "hidden"
    about = {
        "version": VERSION,
        "host": slug(desk.host),
        "on": desk.on.isoformat(),
        "language": desk.language,
    }
    sheet.append([text_cell(sheet, text) for text in ("", "", json.dumps(about))])
    values = Values(desk.holdings, desk.schema, desk.language)
    for key, found in rows.items():
        for row in found.values():
            kept = json.dumps(_keep(SHEETS[key], row, values), ensure_ascii=False)
            sheet.append([text_cell(sheet, text) for text in (key, row.key, kept)])


def _keep(columns: tuple[Column, ...], row: Row, values: Values) -> dict[str, dict[str, str]]:
    editable = {c.key: row.cells.get(c.key, "") for c in columns if c.key in row.editable}
    shown = {
        column.key: mark(values.show(column, row.cells.get(column.key, "")))
        for column in columns
        if column.key not in row.editable
    }
    return {"cells": editable, "shown": shown}


def mark(text: str) -> str:
    """Return a short mark of a text, by which a change of it is noticed.

    >>> mark(" a  b") == mark("a b") != mark("")
    True
    """
    line = " ".join(tidy(text).split())
    return hashlib.sha256(line.encode()).hexdigest()[:8] if line else ""
