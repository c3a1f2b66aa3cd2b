"""Workbooks that people sent back, hostile ones among them: refused with a message, never run."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.diagnostics import InputError
from loaders import spreadsheet
from loaders.spreadsheet import read_spreadsheet

SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    b'<?xml version="1.0"?>%s<worksheet xmlns='
    b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
END = b"</sheetData></worksheet>"


def write(path: Path, parts: dict[str, bytes]) -> Path:
    """Write a workbook with one sheet, with parts put in the place of its own or beside them."""
    book = Workbook()
    book.active.append(["이름", 3, "=1+1"])
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return path


def sheet(body: bytes, before: bytes = b"") -> dict[str, bytes]:
    return {SHEET: HEAD % before + body + END}


def entity(value: str) -> dict[str, bytes]:
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row>'
    return sheet(cell, f"<!DOCTYPE x [<!ENTITY a {value}>]>".encode())


ROWS = b"".join(b'<row r="%d"/>' % n for n in range(1, 1_048_577))
LAST = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
WIDE = b'<row r="1"><c r="XFD1"><v>1</v></c></row>'
NAMES = b"".join(b"<n%d/>" % (n * 7919 % 10**6) for n in range(20_001))
HOSTILE = {
    "a bomb": ({"xl/media/a.bin": b"\0" * (1 << 27)}, "unsafe_archive"),
    "a million empty rows": (sheet(ROWS), "large_workbook"),
    "a cell in the last row": (sheet(LAST), "large_workbook"),
    "a cell in the last column": (sheet(WIDE), "large_workbook"),
    "a part with too much in it": ({"xl/styles.xml": NAMES}, "large_workbook"),
    "macros": ({"xl/vbaProject.bin": b"x"}, "active_workbook"),
    "macros by type": ({"[Content_Types].xml": b"<x>macroEnabled.main+xml</x>"}, "active_workbook"),
    "old macros": ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "active_workbook"),
    "links": ({"xl/externalLinks/externalLink1.xml": b"<ddeLink/>"}, "active_workbook"),
    "connections": ({"xl/connections.xml": b"<x/>"}, "active_workbook"),
    "objects": ({"xl/embeddings/oleObject1.bin": b"x"}, "active_workbook"),
    "controls": ({"xl/activeX/activeX1.xml": b"<x/>"}, "active_workbook"),
    "an entity": (entity('"aaaa"'), "broken_archive"),
    "an entity from a file": (entity('SYSTEM "file:///etc/hostname"'), "broken_archive"),
    "no markup": (sheet(b"<row"), "broken_archive"),
    "no workbook": ({"xl/workbook.xml": b"<x"}, "broken_archive"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_with_a_message(name, tmp_path):
    parts, code = HOSTILE[name]
    path = write(tmp_path / "desk.xlsx", parts)
    with pytest.raises(InputError) as refused:
        read_spreadsheet(path, lambda title: True)
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.code == code
    assert str(refused.value).startswith("desk.xlsx")


@pytest.mark.parametrize(
    ("start", "code"),
    [(b"", "broken_archive"), (b"text", "broken_archive"), (spreadsheet._OLE, "closed_workbook")],
)
def test_a_file_that_is_no_workbook_is_refused(start, code, tmp_path):
    path = tmp_path / "desk.xlsx"
    path.write_bytes(start + b"x" * len(start) * 100)
    with pytest.raises(InputError) as refused:
        read_spreadsheet(path, lambda title: True)
    assert [d.code for d in refused.value.diagnostics] == [code]


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_spreadsheet(tmp_path / "none.xlsx", lambda title: True)


def test_what_is_large_is_counted_before_anything_is_parsed(tmp_path, monkeypatch):
    """A file one piece of markup over the limit is refused, one at the limit is read."""
    path = write(tmp_path / "desk.xlsx", {})
    with zipfile.ZipFile(path) as archive:
        texts = [n for n in archive.namelist() if "worksheets/" in n or "sharedStrings" in n]
        parts = [archive.read(name) for name in texts if name.endswith(".xml")]
    count = sum(part.count(b"<") + 3 * part.count(b"<c ") for part in parts)
    monkeypatch.setattr(spreadsheet, "ELEMENT_LIMIT", count)
    assert read_spreadsheet(path, lambda title: True)
    monkeypatch.setattr(spreadsheet, "ELEMENT_LIMIT", count - 1)
    with pytest.raises(InputError, match="Too many rows"):
        read_spreadsheet(path, lambda title: True)


def test_cells_are_read_with_their_places_and_formulas_are_known(tmp_path):
    dde = b'<row r="2"><c r="B2"><f>cmd|\'/c calc\'!A0</f><v>1</v></c><c r="C2"/></row>'
    path = write(tmp_path / "desk.xlsx", sheet(dde))
    ((number, cells),) = read_spreadsheet(path, lambda title: True)["Sheet"]
    assert number == 2
    assert {at: (c.place, c.is_formula) for at, c in cells.items()} == {1: ("B2", True)}
    plain = read_spreadsheet(write(tmp_path / "plain.xlsx", {}), lambda title: True)["Sheet"]
    assert [(c.text, c.is_formula) for c in plain[0][1].values()] == [
        ("이름", False), ("3", False), ("=1+1", True),
    ]  # fmt: skip


def test_sheets_that_are_not_wanted_are_not_read(tmp_path):
    assert read_spreadsheet(write(tmp_path / "desk.xlsx", {}), lambda title: False) == {}
