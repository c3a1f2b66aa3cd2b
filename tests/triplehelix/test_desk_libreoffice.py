"""LibreOffice opens and saves the workbook, and what people change in it there is read as such."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.triplehelix.desk_workbooks import fill, make_desk, plan, read_cell
from triplehelix.desk.workbook_export import write_desk


@pytest.fixture(scope="module")
def desk(town):
    return make_desk(town.dataset)


@pytest.fixture
def exported(desk, tmp_path) -> Path:
    path = tmp_path / "desk.xlsx"
    write_desk(desk, path)
    return path


def test_a_workbook_that_libreoffice_saved_changes_nothing(desk, exported, convert):
    saved = convert(exported, "xlsx")
    assert saved.read_bytes() != exported.read_bytes()
    found = plan(saved, desk)
    assert (found.edits, found.conflicts, found.problems) == ([], [], [])
    assert read_cell(saved, "agreements", "agr-lab", "until").is_date
    assert read_cell(saved, "agreements", "agr-univ", "signed").value == "2022-10"


def test_an_edit_in_libreoffice_is_the_edit_that_it_is_in_a_workbook(desk, exported, convert):
    flat = convert(exported, "fods")
    text = flat.read_text(encoding="utf-8")
    reason = "실증 결과를 보고 맺기로 함"
    assert text.count(f">{reason}<") == 1
    text = text.replace(f">{reason}<", ">다시 살피기로 함<")
    # A date of the sheet of agreements, as LibreOffice keeps what is typed into a cell of dates.
    start = text.index('<table:table table:name="협약"')
    before, sheet = text[:start], text[start:]
    old = re.search(r'office:date-value="2026-02-28"[^>]*>\s*<text:p>[^<]*</text:p>', sheet)
    assert old is not None
    new = 'office:date-value="2027-02-28" calcext:value-type="date"><text:p>2027-02-28</text:p>'
    flat.write_text(before + sheet.replace(old[0], new, 1), encoding="utf-8")
    edited = plan(convert(flat, "xlsx"), desk)
    fill(exported, "work", "nuri-drone", reason="다시 살피기로 함")
    fill(exported, "agreements", "agr-academy", until=datetime(2027, 2, 28))
    assert edited.problems == []
    assert edited.changes == plan(exported, desk).changes
    assert [(c.before, c.after) for c in edited.changes] == [
        (reason, "다시 살피기로 함"),
        ("2026-02-28", "2027-02-28"),
    ]


def test_a_workbook_filled_in_and_saved_by_libreoffice_is_read_alike(desk, exported, convert):
    fill(exported, "work", "ministry", decision="협약 불필요", reason="=공모로 지원\n받음",
         due=datetime(2024, 5, 31))  # fmt: skip
    fill(exported, "agreements", "", partners="누리 | 새벽대학교", signed="2023-12", notice_days=30)
    fill(exported, "renewals", "", agreement="창업지원센터 위탁계약", from_="2024. 3. 1.")
    book = load_workbook(exported)
    for row in book["할 일"].iter_rows():
        for cell in row:
            if str(cell.value).startswith("="):
                cell.data_type, cell.quotePrefix = "s", True
    book.save(exported)
    ours, theirs = plan(exported, desk), plan(convert(exported, "xlsx"), desk)
    assert ours.problems == theirs.problems == []
    assert ours.changes == theirs.changes
    assert len(ours.changes) >= 8
