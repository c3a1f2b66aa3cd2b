"""Workbooks: the town as one file is the town; files that would harm or mislead are refused."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from graph.assembly import assemble
from graph.diagnostics import Diagnostic, render
from graph.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH
from graph.record import Record
from graph.schema import Schema
from graph.shapes import read_schema
from loaders.archives import MEMBER_LIMIT
from loaders.ecosystem import load_ecosystem
from loaders.tables import CELL_LIMIT
from loaders.workbook import REFERENCE_SHEETS, read_workbook

SCHEMA = read_schema()


def whole(schema: Schema = SCHEMA) -> Workbook:
    """A workbook with every sheet and nothing in it but headers."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in schema.tables.values():
        book.create_sheet(table.name).append([c.key for c in schema.header(table)])
    return book


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "town.xlsx"


def read(path: Path) -> tuple[list[Record], list[Diagnostic]]:
    faults: list[Diagnostic] = []
    return list(read_workbook(path, SCHEMA, faults)), faults


def codes(path: Path) -> list[str]:
    _, faults = read(path)
    assert {fault.location.file for fault in faults} <= {path.name}
    return [fault.code for fault in faults]


def repack(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Rewrite the members of a container."""
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(packed.getvalue())


class TestRoundTrip:
    @pytest.fixture
    def town_book(self, town_folder: Path, file: Path) -> Path:
        """The tables of the town as sheets, under the labels of the tables."""
        book = Workbook()
        book.remove(book.worksheets[0])
        for number, table in enumerate(SCHEMA.tables.values()):
            sheet = book.create_sheet(table.labels["ko" if number % 2 else "en"])
            path = town_folder / f"{table.name}.csv"
            with path.open(encoding="utf-8-sig", newline="") as stream:
                for row in csv.reader(stream):
                    sheet.append([cell or None for cell in row])
        book.save(file)
        return file

    def test_the_town_as_a_workbook_is_the_town(self, town_book: Path, town_folder: Path) -> None:
        from_tables = load_ecosystem(town_folder, SCHEMA)
        from_book = load_ecosystem(town_book, SCHEMA)
        assert from_book.faults == []
        bare = [
            [
                (r.table, _filled(r.values), _filled(r.evidence), r.location.row)
                for r in sorted(e.records, key=lambda r: (r.table, r.location.row or 0))
            ]
            for e in (from_tables, from_book)
        ]
        assert bare[0] == bare[1]
        graphs = [
            assemble(e.records, from_tables.identity, namespace=from_tables.sidecar.namespace)
            for e in (from_tables, from_book)
        ]
        assert graphs[0].graphs == graphs[1].graphs
        assert {str(ONTOLOGY_GRAPH), str(INFERRED_GRAPH)} < set(graphs[0].graphs)

    def test_records_know_their_sheet(self, town_book: Path) -> None:
        record = load_ecosystem(town_book, SCHEMA).records[0]
        where = record.location
        assert (where.file, where.row) == ("town.xlsx", 2)
        assert SCHEMA.find_table(where.sheet or "") == SCHEMA.tables[record.table]


def _filled(cells: object) -> dict[str, str]:
    assert isinstance(cells, dict)
    return {key: value for key, value in cells.items() if value}


class TestCells:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("001", "001"),
            (12.0, "12"),
            (12.5, "12.5"),
            (2023, "2023"),
            (date(2023, 8, 29), "2023-08-29"),
            (datetime(2023, 8, 29, 13, 30), "2023-08-29"),
            ("'22. 10.", "'22. 10."),
            (True, "True"),
        ],
    )
    def test_are_text_whatever_the_spreadsheet_made_of_them(
        self, file: Path, value: object, text: str
    ) -> None:
        book = whole()
        book["places"].append(["kr-1", value])
        book.save(file)
        (record,), faults = read(file)
        assert (faults, record.values["label"]) == ([], text)

    def test_a_formula_counts_as_its_last_value(self, file: Path) -> None:
        book = whole()
        book["places"].append(["kr-1", "=1+1", "Seoul"])
        book.save(file)
        (record,), faults = read(file)
        assert (faults, record.values["label"], record.values["label_en"]) == ([], "", "Seoul")

    def test_blank_rows_are_passed_over(self, file: Path) -> None:
        book = whole()
        book["places"].append([None, None])
        book["places"].append(["kr-1"])
        book.save(file)
        (record,), _ = read(file)
        assert record.location.row == 3

    def test_a_cell_over_the_limit_is_told(self, file: Path) -> None:
        book = whole()
        book["places"].append(["kr-1", "MARK"])
        book.save(file)
        long = ("가" * (CELL_LIMIT + 1)).encode()
        repack(file, lambda name, content: content.replace(b"MARK", long))
        _, (fault,) = read(file)
        assert (fault.code, fault.location.row, fault.location.sheet) == (
            "cell_too_long", 2, "places",
        )  # fmt: skip
        assert len(render(fault, "ko")) < 300


class TestSheets:
    def test_a_missing_sheet_is_told(self, file: Path) -> None:
        book = whole()
        book.remove(book["universities"])
        book.save(file)
        _, (fault,) = read(file)
        assert (fault.code, fault.value, fault.severity) == (
            "missing_sheet", "universities", "violation",
        )  # fmt: skip

    def test_a_sheet_that_is_no_table_is_told(self, file: Path) -> None:
        book = whole()
        book.create_sheet("메모").append(["x"])
        book.save(file)
        _, (fault,) = read(file)
        assert (fault.code, fault.location.sheet) == ("unknown_table", "메모")

    def test_the_values_of_drop_downs_are_no_table(self, file: Path) -> None:
        book = whole()
        for title in REFERENCE_SHEETS:
            book.create_sheet(title).append(["x"])
        book.save(file)
        assert codes(file) == []

    def test_a_sheet_without_header_lacks_its_columns(self, file: Path) -> None:
        book = whole()
        book["places"].delete_rows(1)
        book.save(file)
        _, faults = read(file)
        assert {(f.code, f.location.sheet, f.location.row) for f in faults} == {
            ("missing_column", "places", 1)
        }

    def test_an_unknown_column_is_told_with_its_sheet(self, file: Path) -> None:
        book = whole()
        book["places"]["K1"] = "이웃"
        book.save(file)
        _, (fault,) = read(file)
        told = render(fault, "ko")
        assert all(part in told for part in ("town.xlsx", "시트 places", "1행", "이웃"))


class TestRefused:
    @pytest.mark.parametrize(
        "content", [b"", b"not a workbook", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]
    )
    def test_what_is_no_workbook(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        assert codes(file) == ["broken_archive"]

    def test_a_container_that_is_no_workbook(self, file: Path) -> None:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", "x")
        assert codes(file) == ["broken_archive"]

    def test_a_container_cut_short(self, file: Path) -> None:
        whole().save(file)
        file.write_bytes(file.read_bytes()[:-100])
        assert codes(file) == ["broken_archive"]

    def test_a_sheet_that_is_no_xml(self, file: Path) -> None:
        whole().save(file)
        repack(file, lambda name, text: text[:-50] if "sheet2" in name else text)
        assert "broken_archive" in codes(file)

    def test_entities_are_never_expanded(self, file: Path) -> None:
        """A few hundred bytes that would unfold to gigabytes."""
        whole().save(file)
        laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
            f'<!ENTITY {x} "{f"&{y};" * 10}">'.encode()
            for y, x in zip("abcdefgh", "bcdefghi", strict=True)
        )
        repack(
            file,
            lambda name, text: (
                laughs + b"]>" + text.replace(b"id</t>", b"&i;</t>") if "sheet2" in name else text
            ),
        )
        assert "broken_archive" in codes(file)

    def test_a_bomb_is_not_unpacked(self, file: Path) -> None:
        """Measured by the directory of the container: 300 MB of zeros packed to 1.3 MB."""
        with (
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open("xl/worksheets/sheet1.xml", "w") as member,
        ):
            for _ in range(300):
                member.write(bytes(1 << 20))
        assert file.stat().st_size < 2 << 20
        _, (fault,) = read(file)
        assert fault.code == "unsafe_archive"
        assert "300 MB > 200 MB" in render(fault, "en")
        assert ":1 > 100:1" in render(fault, "ko")

    def test_too_many_members(self, file: Path) -> None:
        with zipfile.ZipFile(file, "w") as archive:
            for number in range(MEMBER_LIMIT + 1):
                archive.writestr(f"{number}", b"")
        assert codes(file) == ["unsafe_archive"]

    def test_an_honest_workbook_is_let_through(self, file: Path) -> None:
        book = whole()
        for number in range(2000):
            book["places"].append([f"kr-{number}", f"지역 {number}", f"Place {number}"])
        book.save(file)
        assert codes(file) == []
        assert len(load_workbook(file, read_only=True).sheetnames) == len(SCHEMA.tables)
