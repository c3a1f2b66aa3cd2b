"""A workbook that people sent back: measured, searched for active content, then read cell by cell.

Nothing in it is run or followed: a workbook with macros, links to other files, connections or
embedded objects is refused by its list of parts, before any part is parsed. How much there is to
parse is counted first, so that a hostile file costs little time and memory.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location
from loaders.archives import check_archive
from loaders.tables import CELL_LIMIT
from loaders.workbook import cell_text

SIZE_LIMIT = 32 * 1024 * 1024
"""The most bytes that the parts of a workbook may unpack to."""
ELEMENT_LIMIT = 300_000
"""The most pieces of markup in sheets and texts: some two thousand rows of twenty cells."""
CELL_WEIGHT = 3
"""What a cell counts for beside its markup: it costs the parser more, also when it is empty."""
OTHER_LIMIT = 20_000
"""The most pieces of markup in other parts, such as styles and names."""
ROW_LIMIT = 20_000
COLUMN_LIMIT = 100
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|externallinks?/|connections\.xml|querytables?/|macrosheets/"
    r"|dialogsheets/|embeddings/|customui|ctrlprops/|oleobject",
    re.IGNORECASE,
)
_CONTENT = re.compile(r"worksheets/[^/]*\.xml$|sharedstrings\.xml$", re.IGNORECASE)
_UNREADABLE = (
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    OverflowError,
    ParseError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl raises when the markup is not that of a workbook."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, what it shows as text, and whether it is a formula."""

    place: str
    text: str
    is_formula: bool = False


Row = tuple[int, dict[int, Cell]]
"""The number of a row, and its cells by the position of their column."""


def read_spreadsheet(path: Path, wanted: Callable[[str], bool]) -> dict[str, list[Row]]:
    """Return those sheets of a workbook whose title is wanted; empty rows and cells are left out.

    Raises:
        InputError: the file does not exist, is no workbook, is too large to be read, or holds
            macros, links or objects.
    """
    from openpyxl import load_workbook

    check_spreadsheet(path)
    try:
        with path.open("rb") as stream:
            book = load_workbook(stream, read_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if wanted(sheet.title)]
            found = {sheet.title: list(_read_rows(sheet, path.name)) for sheet in sheets}
    except _UNREADABLE as error:
        raise InputError([Diagnostic("broken_archive", Location(path.name))]) from error
    return found


def check_spreadsheet(path: Path) -> None:
    """Return when a workbook is safe to parse.

    Raises:
        InputError: as in :func:`read_spreadsheet`.
    """
    where = Location(path.name)
    if not path.is_file():
        raise InputError([Diagnostic("missing_file", Location(str(path)))])
    with path.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:
            raise InputError([Diagnostic("closed_workbook", where)])
    check_archive(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive, where)
            _count_elements(archive, where)
    except _UNREADABLE as error:
        raise InputError([Diagnostic("broken_archive", where)]) from error


def _check_parts(archive: zipfile.ZipFile, where: Location) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    active = sorted(name for name in names if _ACTIVE.search(name))
    size = sum(member.file_size for member in members)
    if size > SIZE_LIMIT:
        reason = f"{size / 2**20:,.0f} MB > {SIZE_LIMIT >> 20} MB"
        raise InputError([Diagnostic("unsafe_archive", where, arguments={"reason": reason})])
    if not active and "[Content_Types].xml" in names:
        types = archive.read("[Content_Types].xml")
        active = ["[Content_Types].xml"] if b"macroenabled" in types.lower() else []
    if active:
        arguments = {"parts": ", ".join(active[:3])}
        raise InputError([Diagnostic("active_workbook", where, arguments=arguments)])


def _count_elements(archive: zipfile.ZipFile, where: Location) -> None:
    """Count markup without parsing it: one tag or cell costs the parser far more than one byte."""
    counts = {True: 0, False: 0}
    for member in archive.infolist():
        is_content = bool(_CONTENT.search(member.filename))
        with archive.open(member) as stream:
            while chunk := stream.read(1 << 20):
                counts[is_content] += chunk.count(b"<") + CELL_WEIGHT * chunk.count(b"<c ")
                if counts[True] > ELEMENT_LIMIT or counts[False] > OTHER_LIMIT:
                    raise InputError([_too_large(where)])


def _too_large(where: Location) -> Diagnostic:
    return Diagnostic("large_workbook", where, arguments={"rows": f"{ROW_LIMIT:,}"})


def _read_rows(sheet: Any, name: str) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(), start=1):
        where = Location(name, number, sheet.title)
        if number > ROW_LIMIT or len(row) > COLUMN_LIMIT:
            raise InputError([_too_large(where)])
        cells = {at: _read_cell(c, where) for at, c in enumerate(row) if c.value is not None}
        if any(cell.text for cell in cells.values()):
            yield number, cells


def _read_cell(cell: Any, where: Location) -> Cell:
    is_formula = cell.data_type == "f"
    text = str(getattr(cell.value, "text", cell.value)) if is_formula else cell_text(cell.value)
    if len(text) > CELL_LIMIT:
        limit = {"limit": f"{CELL_LIMIT:,}"}
        raise InputError([Diagnostic("cell_too_long", where, arguments=limit)])
    return Cell(cell.coordinate, text, is_formula)
