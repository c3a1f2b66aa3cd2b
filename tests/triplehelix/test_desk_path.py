"""The whole way of a staff member: list, export, edit, rehearse, record, closed gap."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from graph.diagnostics import InputError
from tests.triplehelix.desk_workbooks import fill
from triplehelix.desk.register_lock import hold_register
from triplehelix.desk.workbook_import import plan_import, record_import
from triplehelix.manifest import read_manifest


@pytest.fixture(scope="module")
def build(town_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the town that the tests here may change."""
    folder = tmp_path_factory.mktemp("office") / "build"
    shutil.copytree(town_build, folder)
    return folder


@pytest.fixture
def at(build):
    """Arguments that name the build and the language of workbooks."""
    return ("--build", build, "--lang", "ko")


def read_folder(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def open_gaps(run, build):
    told = run("gaps", "--host", "gaon", "--store", build / "store").json
    return {gap["partner"] for gap in told if not gap["waived"]}


def test_a_host_must_be_named_where_there_are_several(run, at, tmp_path):
    result = run("desk", "export", tmp_path / "desk.xlsx", *at)
    assert result.code == 1
    assert "가온시, 나래군" in result.err
    assert not (tmp_path / "desk.xlsx").exists()


def test_from_the_work_list_to_the_closed_gap(run, build, at, tmp_path):
    file = tmp_path / "desk.xlsx"
    listed = run("desk", "--host", "가온시", "--store", build / "store").json["partners"]
    steps = {row["partner"]["id"]: row["step"]["code"] for row in listed}
    assert steps["saebyeok-univ"] == steps["ministry"] == "sign"
    assert {"saebyeok-univ", "ministry"} <= open_gaps(run, build)
    assert run("desk", "export", file, "--host", "가온시", *at).code == 0
    fill(file, "work", "ministry", decision="협약 불필요", reason="공모로 지원받음")
    fill(file, "agreements", "", partners="새벽대학교", subject="메이커",
         signed=datetime(2023, 12, 1))  # fmt: skip
    before = read_folder(build)
    unsigned = run("desk", "import", file, "--dry-run", *at)
    assert unsigned.code == 1
    assert [p["code"] for p in unsigned.json["problems"]] == ["department_needed"]
    who = ("--department", "산업지원과", "--date", "2023-12-20")
    rehearsed = run("desk", "import", file, "--dry-run", *who, *at)
    assert rehearsed.code == 0
    assert [(c["sheet"], c["column"], c["after"]) for c in rehearsed.json["changes"]] == [
        ("할 일", "판단", "협약 불필요"),
        ("할 일", "판단 이유", "공모로 지원받음"),
        ("협약", "협약 이름", "가온시–새벽대학교 업무협약"),
        ("협약", "상대기관", "새벽대학교"),
        ("협약", "협약 내용", "메이커"),
        ("협약", "유형", "업무협약"),
        ("협약", "체결일", "2023-12-01"),
    ]
    assert all(change["cell"] for change in rehearsed.json["changes"])
    assert (rehearsed.json["recorded"], rehearsed.json["gaps"]) == (False, None)
    assert read_folder(build) == before
    assert not (build.parent / "office").exists()
    recorded = run("desk", "import", file, *who, *at)
    assert recorded.code == 0
    assert recorded.json["gaps"] == {
        "closed": ["새벽대학교"], "waived": ["산학진흥부"], "opened": [],
    }  # fmt: skip
    assert not {"saebyeok-univ", "ministry"} & open_gaps(run, build)
    listed = run("desk", "--host", "가온시", "--store", build / "store").json["partners"]
    rows = {row["partner"]["id"]: row for row in listed}
    assert rows["ministry"]["waived"]
    assert rows["saebyeok-univ"]["unit"]["state"] == "without_end"
    assert read_manifest(build).office == build.parent / "office"
    # The same file again changes nothing.
    recorded_once = read_folder(build), read_folder(build.parent / "office")
    again = run("desk", "import", file, *who, *at)
    assert (again.code, again.json["changes"], again.json["recorded"]) == (0, [], False)
    assert (read_folder(build), read_folder(build.parent / "office")) == recorded_once


def test_a_rebuild_that_fails_leaves_register_and_build_as_they_were(run, build, at, tmp_path):
    file = tmp_path / "desk.xlsx"
    office = build.parent / "office"
    assert run("desk", "export", file, "--host", "가온시", *at).code == 0
    fill(file, "work", "test-lab", due=datetime(2024, 3, 1))
    terms = office / "terms.csv"
    sound = terms.read_bytes()
    header = "식별자,협약,구분,종료,문서,등록번호\n"
    terms.write_text(header + "t-1,no-such,termination,2023,gaon-plan,1\n", encoding="utf-8")
    before = read_folder(build), read_folder(office)
    failed = run("desk", "import", file, "--department", "x", *at)
    assert failed.code == 1
    assert "office/terms.csv" in failed.err
    assert (read_folder(build), read_folder(office)) == before
    assert {path.name for path in build.parent.iterdir()} == {"build", "office", ".office.lock"}
    terms.write_bytes(sound)


def test_two_imports_at_once_do_not_lose_what_either_records(build, at, tmp_path, run):
    file = tmp_path / "desk.xlsx"
    assert run("desk", "export", file, "--host", "가온시", *at).code == 0
    fill(file, "work", "test-lab", reason="둘이 함께")
    asked = plan_import(file, build, "산업지원과", date(2024, 1, 9), "ko")
    home = build.parent / "office"
    before = read_folder(build), read_folder(home)
    with (
        hold_register(home, asked.desk.register, asked.desk.schema),
        pytest.raises(InputError) as busy,
    ):
        record_import(asked, print)
    assert [d.code for d in busy.value.diagnostics] == ["register_busy"]
    terms = home / "terms.csv"
    sound = terms.read_bytes() if terms.exists() else None
    header = "식별자,협약,구분,종료,문서,등록번호\n"
    terms.write_text(header + "t-1,agr-univ,termination,2023,gaon-plan,1\n", encoding="utf-8")
    with pytest.raises(InputError) as changed:
        record_import(asked, print)
    assert [d.code for d in changed.value.diagnostics] == ["register_changed"]
    terms.unlink() if sound is None else terms.write_bytes(sound)
    assert (read_folder(build), read_folder(home)) == before


def test_a_conflict_is_shown_and_not_overwritten(run, build, at, tmp_path):
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    assert run("desk", "export", first, "--host", "가온시", *at).code == 0
    shutil.copy(first, second)
    fill(first, "work", "ministry", reason="법령에 따라 지원받음")
    fill(second, "work", "ministry", reason="해마다 공모함")
    fill(second, "work", "test-lab", department="산업지원과")
    who = ("--department", "산업지원과")
    assert run("desk", "import", first, *who, *at).json["recorded"]
    journal = build.parent / "office" / "journal.tsv"
    assert "공모로 지원받음\t법령에 따라 지원받음" in journal.read_text(encoding="utf-8")
    before = read_folder(build)
    refused = run("desk", "import", second, *who, *at, "--format", "table")
    assert refused.code == 1
    assert "--skip-conflicts" in refused.out
    assert read_folder(build) == before
    skipped = run("desk", "import", second, *who, *at, "--skip-conflicts").json
    assert [c["recorded"] for c in skipped["conflicts"]] == ["법령에 따라 지원받음"]
    assert [c["column"] for c in skipped["changes"]] == ["담당부서"]
    assert skipped["recorded"]


def test_without_a_build_or_its_manifest_the_remedy_is_told(run, build, tmp_path):
    none = run("desk", "export", tmp_path / "desk.xlsx", "--build", tmp_path / "none")
    assert none.code == 1
    assert "triplehelix build" in none.err
    bare = tmp_path / "bare"
    shutil.copytree(build, bare)
    (bare / "build.json").unlink()
    old = run("desk", "export", tmp_path / "desk.xlsx", "--build", bare)
    assert old.code == 1
    assert "build.json" in old.err
