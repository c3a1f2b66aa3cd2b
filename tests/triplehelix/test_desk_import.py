"""The way back of a workbook: what it changes, what is refused, and what the register then says."""

import csv
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from graph.agreements import status
from graph.gaps import find_gaps
from graph.namespaces import ID
from tests.triplehelix.desk_workbooks import (
    ON,
    SCHEMA,
    STAMP,
    fill,
    make_desk,
    plan,
    record,
)
from triplehelix.desk.journal import FILE_NAME, add_entries
from triplehelix.desk.newer_documents import find_newer
from triplehelix.desk.recording import Stamp, record_plan
from triplehelix.desk.register import Register, read_register, write_register
from triplehelix.desk.workbook_export import write_desk


@pytest.fixture(scope="module")
def desk(town):
    return make_desk(town.dataset)


@pytest.fixture
def path(desk, tmp_path):
    """A workbook of the town as it was exported."""
    path = tmp_path / "desk.xlsx"
    write_desk(desk, path)
    return path


def problems(found):
    return {(p.diagnostic.code, p.place): p.diagnostic for p in found.problems}


def told(found):
    return {(c.sheet, c.name, c.column): (c.before, c.after) for c in found.changes}


def test_a_workbook_that_nobody_edited_changes_nothing(desk, path):
    found = plan(path, desk)
    assert (found.edits, found.conflicts, found.problems) == ([], [], [])


def test_an_edit_is_told_with_sheet_cell_old_and_new(desk, path):
    fill(path, "work", "saebyeok-univ", decision="협약 불필요", reason="기관 협약으로 충분",
         department="산업지원과", due=datetime(2024, 3, 31))  # fmt: skip
    fill(path, "agreements", "agr-univ", until="2025. 10.")
    found = plan(path, desk)
    assert found.problems == []
    assert told(found) == {
        ("할 일", "새벽대학교", "판단"): ("", "협약 불필요"),
        ("할 일", "새벽대학교", "판단 이유"): ("", "기관 협약으로 충분"),
        ("할 일", "새벽대학교", "담당부서"): ("", "산업지원과"),
        ("할 일", "새벽대학교", "기한"): ("", "2024-03-31"),
        ("협약", "가온시–가온대학교 업무협약", "종료일"): ("", "2025-10"),
    }
    assert {c.place[0] for c in found.changes if c.sheet == "할 일"} == set("HIJK")


AGREEMENTS, DISORDER = "agreements", "dates_out_of_order"
UNKNOWN, SHARED = "unknown_reference", "ambiguous_reference"
WRONG = {
    "a day that does not exist": ("work", "test-lab", {"due": "2024-02-30"}, "wrong_date"),
    "a value not in the list": ("work", "test-lab", {"decision": "글쎄"}, "wrong_code"),
    "no reason": ("work", "test-lab", {"decision": "협약 불필요"}, "reason_needed"),
    "a formula": ("work", "test-lab", {"reason": "=1+1"}, "formula_cell"),
    "a shared department": ("work", "test-lab", {"department": "별소프트"}, SHARED),
    "no number": (AGREEMENTS, "agr-lab", {"notice_days": "한 달"}, "wrong_integer"),
    "an end before the beginning": (AGREEMENTS, "agr-lab", {"until": "2019"}, DISORDER),
    "an end before the signing": (AGREEMENTS, "agr-lab", {"terminated": "2019"}, DISORDER),
    "a stated date taken away": (AGREEMENTS, "agr-lab", {"until": None}, "stated_value"),
    "a stated decision taken away": ("work", "nuri-drone", {"due": None}, "stated_value"),
    "an unknown partner": (AGREEMENTS, "", {"partners": "없는 대학", "signed": "2024"}, UNKNOWN),
    "a shared name": (AGREEMENTS, "", {"partners": "별소프트", "signed": "2024"}, SHARED),
    "the host": (AGREEMENTS, "", {"partners": "가온시", "signed": "2024"}, "host_as_partner"),
    "no partner": (AGREEMENTS, "", {"subject": "드론", "signed": "2024"}, "missing_value"),
    "no date": (AGREEMENTS, "", {"partners": "누리"}, "date_needed"),
    "a renewal of nothing": ("renewals", "", {"from_": "2024"}, "missing_value"),
    "a renewal without dates": ("renewals", "", {"agreement": "agr-lab"}, "date_needed"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_is_told_with_sheet_cell_value_and_remedy(desk, path, name):
    sheet, key, cells, code = WRONG[name]
    fill(path, sheet, key, **cells)
    found = plan(path, desk)
    assert found.is_forbidden
    assert [p.diagnostic.code for p in found.problems] == [code]
    (problem,) = found.problems
    where = problem.diagnostic.location
    assert (where.file, where.sheet) == (
        "desk.xlsx", {"work": "할 일", "agreements": "협약", "renewals": "갱신"}[sheet],
    )  # fmt: skip
    assert problem.place.endswith(str(where.row))
    assert problem.diagnostic.column["ko"]


def test_a_change_of_what_is_only_shown_is_told_and_not_recorded(desk, path):
    fill(path, "work", "test-lab", partner="다른 이름", state="유효")
    found = plan(path, desk)
    assert [p.diagnostic.code for p in found.problems] == ["shown_cell"] * 2
    assert not found.is_forbidden
    assert found.edits == []


def test_rows_that_were_copied_or_made_up_are_told(desk, path):
    book = load_workbook(path)
    sheet = book["할 일"]
    sheet.append([cell.value for cell in sheet[3]])
    sheet.append([None] * 18 + ["no-such"])
    sheet.append(["새 기관"])
    book.save(path)
    codes = [p.diagnostic.code for p in plan(path, desk).problems]
    assert codes == ["duplicate_row", "unknown_row", "unknown_row"]


def test_columns_may_be_moved_and_added_but_not_lost(desk, path):
    fill(path, "work", "test-lab", due=date(2024, 5, 1))
    book = load_workbook(path)
    book["할 일"].insert_cols(1)
    book["할 일"]["A1"] = "메모"
    book.save(path)
    found = plan(path, desk)
    assert [p.diagnostic.code for p in found.problems] == ["own_column"]
    assert list(told(found).values()) == [("", "2024-05-01")]
    book["할 일"].delete_cols(12)
    book.save(path)
    assert [p.diagnostic.code for p in plan(path, desk).problems] == [
        "own_column",
        "missing_column",
    ]


def test_what_is_recorded_is_stated_by_the_office_and_closes_the_gap(
    desk, path, tmp_path, town_folder
):
    fill(path, "work", "ministry", decision="협약 불필요", reason="공모로 지원받음")
    fill(path, "agreements", "", partners="새벽대학교 | 누리", subject="메이커",
         signed=datetime(2023, 12, 1), until="2025")  # fmt: skip
    fill(path, "agreements", "agr-lab", terminated="2022-06-30", notice_days=30)
    fill(path, "agreements", "agr-univ", until="2025-10")
    fill(
        path, "renewals", "", agreement="창업지원센터 위탁계약", from_="2024-03-01", until="2026-02"
    )
    after = record(path, desk, tmp_path / "office", town_folder)
    agreements = after.holdings.agreements
    assert agreements[str(ID["agr-univ"])].end == "2025-10"
    assert agreements[str(ID["agr-lab"])].notice_days == 30
    assert status(agreements[str(ID["agr-lab"])], ON) == "terminated"
    assert agreements[str(ID["agr-entrust"])].end == "2026-02"
    gaps = {g.partner.id: g for g in find_gaps(after.holdings, ON, host=str(ID["gaon"]))}
    assert gaps["ministry"].waived
    assert gaps["ministry"].decision.reason == "공모로 지원받음"
    assert not {"saebyeok-univ", "nuri"} & gaps.keys()
    (made,) = (a for iri, a in agreements.items() if "office-agreement" in iri)
    assert made.label("ko") == "가온시–누리–새벽대학교 업무협약"
    assert {e.document for e in after.holdings.evidence[made.iri]} == {STAMP.document}
    # The same workbook again changes nothing, and neither does one that is exported anew.
    again = plan(path, after)
    assert (again.edits, again.conflicts, again.problems) == ([], [], [])
    write_desk(after, path)
    assert plan(path, after).edits == []


def test_what_the_office_wrote_it_may_change_and_take_back(desk, path, tmp_path, town_folder):
    office = tmp_path / "office"
    fill(path, "work", "ministry", decision="협약 불필요", reason="공모로 지원받음")
    fill(path, "agreements", "", partners="누리", subject="드론", signed="2023-12")
    fill(path, "agreements", "agr-lab", until="2023-12-31", terminated="2023-06-30")
    fill(path, "renewals", "", agreement="agr-entrust", from_="2024-03", until="2026-02")
    first = record(path, desk, office, town_folder)
    write_desk(first, path)
    (own,) = (k for k in first.read_rows()["agreements"] if k.startswith("office-agreement"))
    (renewal,) = (k for k in first.read_rows()["renewals"] if k.startswith("office-"))
    blank = dict.fromkeys(("label", "partners", "subject", "type", "signed"))
    fill(path, "work", "ministry", reason="법령에 따라 지원받음")
    fill(path, "agreements", own, **blank)
    fill(path, "agreements", "agr-lab", until=None, terminated=None)
    fill(path, "renewals", renewal, from_=None, until=None)
    later = Stamp("산업지원과", "gaon-industry", date(2024, 2, 1))
    second = record(path, first, office, town_folder, later)
    register = second.register
    assert register.rows["agreements"] == register.rows["parties"] == register.rows["terms"] == {}
    (decision,) = register.rows["decisions"].values()
    assert decision["reason"] == "법령에 따라 지원받음"
    # The row rests on the later document; nothing rests on the first one any more.
    assert set(register.rows["documents"]) == {later.document}
    assert second.holdings.agreements[str(ID["agr-lab"])].end == "2022-12-31"
    assert plan(path, second).edits == []
    write_desk(second, path)
    fill(path, "work", "ministry", decision=None, reason=None)
    third = record(path, second, office, town_folder, later)
    assert third.register == Register()


def test_a_department_that_no_document_names_is_recorded_and_told(
    desk, path, tmp_path, town_folder
):
    fill(path, "work", "ministry", department="기획담당관")
    found = plan(path, desk)
    assert [(p.diagnostic.code, p.diagnostic.severity) for p in found.problems] == [
        ("new_department", "warning")
    ]
    after = record(path, desk, tmp_path / "office", town_folder)
    (made,) = (o for o in after.holdings.organizations.values() if o.names["ko"] == "기획담당관")
    assert (made.type, made.parents) == ("Department", {str(ID["gaon"])})
    decision = after.holdings.decisions[str(ID["gaon"]), str(ID["ministry"])]
    assert decision.department == made.iri
    again = plan(path, after)
    assert (again.edits, again.problems) == ([], [])


def test_a_row_that_was_changed_in_two_copies_is_a_conflict(desk, path, tmp_path, town_folder):
    other = tmp_path / "other.xlsx"
    other.write_bytes(path.read_bytes())
    fill(path, "work", "ministry", decision="협약 불필요", reason="공모로 지원받음")
    fill(path, "agreements", "", partners="누리", subject="드론", signed="2023-11")
    fill(other, "work", "ministry", due=date(2024, 6, 30))
    fill(other, "work", "test-lab", due=date(2024, 7, 31))
    fill(other, "agreements", "", partners="누리", subject="드론", signed="2023-12")
    after = record(path, desk, tmp_path / "office", town_folder)
    found = plan(other, after)
    assert [edit.key for edit in found.edits] == ["test-lab"]
    rows = {(c.column, c.shown, c.here, c.recorded) for c in found.conflicts}
    assert rows == {
        ("판단", "", "", "협약 불필요"),
        ("판단 이유", "", "", "공모로 지원받음"),
        ("기한", "", "2024-06-30", ""),
        ("체결일", "", "2023-12", "2023-11"),
    }


def test_one_copy_may_be_filled_in_further_after_it_was_imported(desk, path, tmp_path, town_folder):
    fill(path, "work", "ministry", decision="협약 준비 중")
    after = record(path, desk, tmp_path / "office", town_folder)
    fill(path, "work", "ministry", due=date(2024, 6, 30))
    found = plan(path, after)
    assert found.conflicts == []
    assert list(told(found).values()) == [("", "2024-06-30")]


def test_an_office_may_state_another_date_than_a_document_and_both_are_kept(
    desk, path, tmp_path, town_folder
):
    fill(path, "agreements", "agr-lab", until="2024-12-31")
    after = record(path, desk, tmp_path / "office", town_folder)
    lab = after.holdings.agreements[str(ID["agr-lab"])]
    assert lab.end == "2024-12-31"
    assert {statement.end for statement in lab.statements} == {"2022-12-31", "2024-12-31"}
    assert after.read_rows()["agreements"]["agr-lab"].stated["until"] == "2022-12-31"


def test_what_a_newer_document_contradicts_is_kept_and_told(desk, path):
    fill(path, "work", "nuri-drone", due=date(2024, 6, 30))
    fill(path, "work", "ministry", due=date(2024, 6, 30))
    fill(path, "agreements", "agr-lab", until="2024-12-31")
    found = plan(path, desk)
    newer = find_newer(found, desk, date(2023, 12, 20), "desk.xlsx")
    told = {(p.diagnostic.location.sheet, p.diagnostic.arguments["documents"]) for p in newer}
    assert told == {("할 일", "gaon-report"), ("협약", "gaon-report")}
    assert {p.diagnostic.severity for p in newer} == {"warning"}
    assert find_newer(found, desk, date(2023, 12, 29), "desk.xlsx") == []


def test_a_register_is_read_as_it_was_written(tmp_path):
    register = Register()
    text = '=HYPERLINK("http://192.0.2.1")'
    register.put("decisions", "office-decision-1", {"host": "a", "partner": "b", "reason": text})
    write_register(register, tmp_path, SCHEMA)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert read_register(tmp_path, SCHEMA) == register
    with (tmp_path / "decisions.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert f"'{text}" in {cell for row in csv.reader(stream) for cell in row}
    write_register(read_register(tmp_path, SCHEMA), tmp_path, SCHEMA)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_what_people_keep_beside_in_a_register_stays(tmp_path):
    (tmp_path / "ecosystem.yml").write_text(
        "title: {ko: 우리 장부, en: Ours}\ntables: [themes]\n", encoding="utf-8"
    )
    (tmp_path / "themes.csv").write_text("id,label\n", encoding="utf-8")
    register = read_register(tmp_path, SCHEMA)
    register.put("documents", "our-letter", {"type": "Document", "label": "공문"})
    write_register(register, tmp_path, SCHEMA)
    assert (tmp_path / "themes.csv").read_text(encoding="utf-8") == "id,label\n"
    told = (tmp_path / "ecosystem.yml").read_text(encoding="utf-8")
    assert "우리 장부" in told
    assert "themes" in told
    # A document that the desk did not write is kept, though no row rests on it.
    assert set(read_register(tmp_path, SCHEMA).rows["documents"]) == {"our-letter"}


def test_the_journal_keeps_what_was_there(desk, path, tmp_path):
    fill(path, "work", "nuri-drone", reason="=다시 봄")
    path_text = path.read_bytes()
    book = load_workbook(path)
    row = next(r for r in book["할 일"].iter_rows() if r[-1].value == "nuri-drone")
    row[8].data_type = "s"
    book.save(path)
    assert path.read_bytes() != path_text
    entries = record_plan(Register(), plan(path, desk), "gaon", STAMP)
    add_entries(tmp_path, entries)
    add_entries(tmp_path, entries)
    with (tmp_path / FILE_NAME).open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream, delimiter="\t")
    assert head[:3] == ["date", "department", "document"]
    assert rows == 2 * [
        ["2024-01-05", "산업지원과", STAMP.document, f"할 일!{row[8].coordinate}", "nuri-drone",
         "판단 이유", "실증 결과를 보고 맺기로 함", "'=다시 봄"]
    ]  # fmt: skip


def test_a_department_that_is_no_record_has_documents_of_its_own():
    stamp = replace(STAMP, department="기획 담당관", record="")
    assert stamp.document.startswith("office-department-")
    assert stamp.document.endswith("-2024-01-05")
    assert stamp.document != replace(stamp, department="산업 담당관").document
