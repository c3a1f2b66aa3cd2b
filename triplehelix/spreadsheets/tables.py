"""The tables for people: CSV files that Excel opens, and one workbook with all of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.formulas import guard
from triplehelix.pages.texts import say, title
from triplehelix.replacement import write_aside
from triplehelix.report import Report
from triplehelix.spreadsheets.table_rows import Cell, Sheet, tabulate
from triplehelix.spreadsheets.workbook import refill_cell, save_workbook, text_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

WORKBOOK = "ecosystem.xlsx"


def write_tables(report: Report, folder: Path) -> None:
    """Write organisations, agreements, programmes, hubs, gaps and findings to a folder.

    One CSV file each (UTF-8 with a byte-order mark, by which Excel knows it), and all in one
    workbook. The same report gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sheets = tabulate(report)
    for sheet in sheets:
        write_aside(folder / f"{sheet.key}.csv", encode_csv(sheet.headings, sheet.rows))
    save_workbook(_workbook(report, sheets), folder / WORKBOOK)


def encode_csv(headings: Iterable[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    r"""Return rows as CSV for spreadsheets; text that begins like a formula gets an apostrophe.

    >>> encode_csv(["이름"], [["=1"], [-1]]).decode("utf-8-sig")
    "이름\r\n'=1\r\n-1\r\n"
    """
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    return made.getvalue().encode("utf-8-sig")


def _workbook(report: Report, sheets: Iterable[Sheet]) -> Workbook:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

    book = Workbook(write_only=True)
    top = Alignment(vertical="top", wrap_text=True)
    fill = PatternFill("solid", fgColor="E8EDF3")
    book.add_named_style(NamedStyle("heading", Font(bold=True), fill, alignment=top))
    book.add_named_style(NamedStyle("text", alignment=Alignment(vertical="top"), number_format="@"))
    _add_about(book, report)
    for sheet in sheets:
        _add_sheet(book, sheet)
    return book


def _add_about(book: Workbook, report: Report) -> None:
    """Add the first sheet: what the workbook is, and for which date it speaks."""
    page = book.create_sheet(say("sheet_about").both)
    page.column_dimensions["A"].width = 100
    for text in (
        title(report),
        say("as_of", date=report.on),
        say("about_evidence"),
        say("about_blank"),
    ):
        for line in dict.fromkeys(text):
            page.append([text_cell(page, line)])


def _add_sheet(book: Workbook, sheet: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(say(f"sheet_{sheet.key}").both)
    page.freeze_panes = "C2"
    last = get_column_letter(len(sheet.headings))
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([text_cell(page, heading, "heading") for heading in sheet.headings])
    texts = [text_cell(page, "", "text") for _ in sheet.headings]
    for row in sheet.rows:
        page.append(
            [
                (refill_cell(shown, cell) if cell else None)
                if isinstance(cell, str)
                else WriteOnlyCell(page, cell)
                for shown, cell in zip(texts, row, strict=True)
            ]
        )
