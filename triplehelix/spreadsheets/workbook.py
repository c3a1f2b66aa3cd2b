"""Workbooks that are the same bytes for the same content, with cells that are never formulas.

The only door to openpyxl's writer, which takes a quarter of a second to import and so is imported
where it is needed.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.diagnostics import shorten
from loaders.formulas import DANGEROUS
from triplehelix.replacement import write_aside

if TYPE_CHECKING:
    from openpyxl import Workbook

CELL_LIMIT = 32_767
_EPOCH = datetime(1980, 1, 1)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold, cut to the size of a cell."""
    clean = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= CELL_LIMIT else shorten(clean, CELL_LIMIT)


def text_cell(sheet: Any, text: str, style: str = "") -> Any:
    """Return a cell of a write-only sheet that holds a text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    if style:
        cell.style = style
    cell.value = printable(text)
    cell.data_type = "s"
    if text.startswith(DANGEROUS):
        cell.quotePrefix = True
    return cell


def refill_cell(cell: Any, text: str) -> Any:
    """Return a text cell for a later row: the same, but for a text that begins like a formula.

    A write-only sheet writes a cell as soon as its row is added, so that one serves the whole
    column: to give a cell its style takes as long as to write it.
    """
    if text.startswith(DANGEROUS):
        return text_cell(cell.parent, text, cell.style)
    cell.value = printable(text)
    cell.data_type = "s"
    return cell


def save_workbook(book: Workbook, path: Path) -> None:
    """Write a workbook; the same content gives the same bytes."""
    write_aside(path, pack_workbook(book))


def pack_workbook(book: Workbook) -> bytes:
    """Return a workbook; times inside are fixed, so that the same content gives the same bytes."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "Triple Helix"
    book.properties.created = book.properties.modified = _EPOCH
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        writer = ExcelWriter(book, archive)
        writer.write_data()
    return fix_times(made)


def fix_times(archive: io.BytesIO) -> bytes:
    """Return an archive whose files bear no time of their own, so that it can be compared."""
    packed = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.namelist():
            entry = zipfile.ZipInfo(member, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(member), compresslevel=6)
    return packed.getvalue()
