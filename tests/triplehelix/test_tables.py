"""The tables for people: complete, inert, and the same bytes for the same report."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from loaders.formulas import DANGEROUS
from triplehelix.report import Report
from triplehelix.spreadsheets.tables import encode_csv, write_tables
from triplehelix.spreadsheets.workbook import CELL_LIMIT, printable

NAMES = ("organizations", "agreements", "programmes", "hubs", "gaps", "findings")


@pytest.fixture(scope="module")
def folder(town_report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    write_tables(town_report, folder)
    return folder


@pytest.fixture(scope="module")
def hostile(hostile_report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile-tables")
    write_tables(hostile_report, folder)
    return folder


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_all_files_are_there(folder: Path) -> None:
    wanted = {"ecosystem.xlsx", *(f"{name}.csv" for name in NAMES)}
    assert {path.name for path in folder.iterdir()} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_excel_knows_the_encoding_by_the_mark(folder: Path, name: str) -> None:
    assert (folder / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_there_is_a_row_for_everything(folder: Path, town_report: Report) -> None:
    holdings = town_report.holdings
    initiatives = [i for i in holdings.initiatives.values() if not i.is_event]
    counts = {name: len(read(folder / f"{name}.csv")) for name in NAMES}
    assert counts == {
        "organizations": len(holdings.organizations),
        "agreements": len(holdings.agreements),
        "programmes": len(initiatives),
        "hubs": len(town_report.hubs),
        "gaps": len(town_report.gaps),
        "findings": len(town_report.findings),
    }


def test_an_agreement_with_five_parties(folder: Path) -> None:
    rows = {row["식별자 (id)"]: row for row in read(folder / "agreements.csv")}
    row = rows["agr-maker"]
    assert row["유형 (type)"] == "기관 협약 (institutional agreement)"
    assert row["체결 (signed)"] == "2023-07-12"
    assert row["종료 (until)"] == "2025-07-11"
    assert len(row["당사자 (parties)"].split("; ")) == 5
    assert row["근거 (evidence)"] == "gaon-plan:51; gaon-report:51"
    assert rows["agr-nuri"]["상태 (state)"] == "예정 (planned)"
    assert rows["agr-nuri"]["당사자 (parties)"] == ""


def test_a_gap_tells_the_answer_with_parents(folder: Path) -> None:
    covered = {
        row["상대식별자 (partner id)"]: row["상위·소속기관협약 (covered through parent or unit)"]
        for row in read(folder / "gaps.csv")
        if row["주관기관 (host)"].startswith("가온시")
    }
    assert covered["gaon-univ-incubator"].startswith("상위기관 협약 있음: 가온대학교,")
    assert covered["saebyeok-univ"].startswith("소속기관이 맺음")
    assert covered["test-lab"] == "없음 (none)"
    assert covered["nuri-drone"].startswith("협약 준비 중 · 없음")
    assert covered["isle-agency"].startswith("협약이 필요 없다고 판단: 심사만")


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_its_place(folder: Path, name: str) -> None:
    rows = read(folder / f"{name}.csv")
    assert [row for row in rows if ":" not in row["근거 (evidence)"]] == []


def test_the_workbook_holds_the_same(folder: Path) -> None:
    book = load_workbook(folder / "ecosystem.xlsx")
    sheets = book.worksheets[1:]
    assert [s.title.split("(")[1][:-1] for s in sheets] == [
        "organisations", "agreements", "programmes", "hubs", "gaps", "findings"
    ]  # fmt: skip
    for sheet, name in zip(sheets, NAMES, strict=True):
        rows = read(folder / f"{name}.csv")
        assert sheet.max_row == len(rows) + 1
        assert [cell.value for cell in sheet[1]] == list(rows[0])
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_measures_are_numbers(folder: Path) -> None:
    hubs = load_workbook(folder / "ecosystem.xlsx")["허브 (hubs)"]
    kinds = {hubs.cell(1, n).value: hubs.cell(2, n).data_type for n in range(1, 13)}
    figures = [name for name, kind in kinds.items() if kind == "n"]
    assert figures == [
        "순위 (rank)", "함께한기관수 (degree)", "사업수 (initiatives)", "행사수 (events)",
        "매개중심성 (betweenness)", "이어진부문수 (sectors reached)",
    ]  # fmt: skip


def test_the_same_report_gives_the_same_bytes(
    folder: Path, town_report: Report, tmp_path: Path
) -> None:
    write_tables(town_report, tmp_path)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_no_time_is_kept(folder: Path) -> None:
    with zipfile.ZipFile(folder / "ecosystem.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


def test_a_formula_stays_text(hostile: Path) -> None:
    rows = {row["식별자 (id)"]: row for row in read(hostile / "organizations.csv")}
    assert rows["evil-formula"]["이름 (name)"].startswith("'=HYPERLINK(")
    book = load_workbook(hostile / "ecosystem.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    formulas = [c for c in cells if isinstance(c.value, str) and c.value.startswith("=")]
    assert formulas
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in formulas)


@given(st.lists(st.lists(st.text() | st.integers() | st.floats(allow_nan=False)), min_size=1))
def test_no_text_begins_like_a_formula(rows: list[list[str | int | float]]) -> None:
    text = encode_csv(["a"], rows).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(text, newline="")))[1:]
    for row, read_back in zip(rows, back, strict=True):
        for cell, found in zip(row, read_back, strict=False):
            if isinstance(cell, str):
                assert not found.startswith(DANGEROUS)
                assert found.removeprefix("'") == cell.removeprefix("'")


@given(st.text())
def test_what_xml_cannot_hold_is_replaced(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert "\x00" not in shown
    assert "\ufffe" not in shown


def test_a_long_text_is_cut_visibly() -> None:
    shown = printable("가" * (CELL_LIMIT + 1))
    assert len(shown) == CELL_LIMIT
    assert shown.endswith("…")
