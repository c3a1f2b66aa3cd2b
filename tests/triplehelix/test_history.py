"""What changed from build to build: kept in the folder of the build, and told by ``changes``."""

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from graph.diagnostics import Diagnostic, InputError
from graph.history import Change, Entry, History
from graph.shapes import read_schema
from triplehelix.history import FILE, read_changes
from triplehelix.pipeline import build

SECOND_OF_JANUARY_2024 = "1704153600"
LATER = date(2024, 3, 31)


def change_cell(folder: Path, table: str, record: str, column: str, value: str) -> None:
    """Write another value into a cell of a table."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    (row,) = (row for row in rows if row[0] == record)
    row[header.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def add_row(folder: Path, table: str, **cells: str) -> None:
    """Add a row to a table, with a place in the city's report as its evidence."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    cells |= {"document": "gaon-report", "lines": "98"}
    schema = read_schema()
    columns = schema.header(schema.tables[table])
    keys = {name: column.key for column in columns for name in column.names.values()}
    names = [keys.get(name, name) for name in header]
    assert cells.keys() <= {*names}
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow([cells.get(name, "") for name in names])


@dataclass(frozen=True, slots=True)
class Stage:
    """What a build left: its history, as bytes too, its warnings, and the files beside."""

    history: History
    data: bytes
    warnings: tuple[Diagnostic, ...]
    aside: tuple[str, ...]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that is built into again and again."""
    return tmp_path_factory.mktemp("history") / "build"


@pytest.fixture(scope="module")
def stages(out: Path, town_folder: Path) -> dict[str, Stage]:
    """Builds of a town that changes, one after another, into one folder."""
    town = out.parent / "town"
    shutil.copytree(town_folder, town)
    found: dict[str, Stage] = {}

    def make(name: str, folder: Path, on: date | None = None) -> None:
        warnings = build(folder, out, on=on).warnings
        aside = tuple(sorted(path.name for path in out.glob("history.aside-*")))
        found[name] = Stage(read_changes(out), (out / FILE).read_bytes(), warnings, aside)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", SECOND_OF_JANUARY_2024)
        make("first", town)
        make("again", town)
        change_cell(town, "agreements", "agr-lab", "종료", "2024-12-31")
        work = {"organization": "gaon-high", "in": "drone-test", "role": "partner"}
        add_row(town, "participations", **work)
        make("changed", town)
        make("moved", town, LATER)
        change_cell(town, "agreements", "agr-lab", "종료", "2022-12-31")
        make("both", town)
        _decide_and_renew(town)
        make("decided", town)
        (out / FILE).write_bytes(b"{")
        make("damaged", town)
        make("other", _bare(out.parent / "bare"))
    return found


def _decide_and_renew(town: Path) -> None:
    """The city needs no agreement with an agency, and renews that with the laboratory."""
    decision = {"host": "gaon", "partner": "gaon-promotion", "decision": "not-needed"}
    add_row(town, "decisions", **decision, reason="한 번의 자문", decided="2023-12-01")
    renewal = {"kind": "renewal", "signed": "2022-12-20", "from": "2023-01-01"}
    add_row(town, "terms", agreement="agr-lab", until="2025-12-31", **renewal)


def _bare(folder: Path) -> Path:
    """Write an ecosystem of another town, in which two work together."""
    folder.mkdir()
    (folder / "ecosystem.yml").write_text(
        "title: {ko: 다른 시, en: Another}\npublisher: Triple Helix\nlicence: Apache-2.0\n"
        'date: "2023-12-31"\nlanguage: ko\n'
        "tables: [documents, other_organizations, companies, programmes, participations]\n",
        encoding="utf-8",
    )
    for table, text in {
        "documents": "id,type,label,issued\nnote,Document,기록,2023-01-01\n",
        "other_organizations": "id,type,label,document,lines\nhere,LocalGovernment,여기시,note,1\n",
        "companies": "id,type,label,document,lines\nnuri,Company,누리,note,1\n",
        "programmes": "id,type,label,host,document,lines\nwork,Programme,일,here,note,2\n",
        "participations": "organization,in,role,document,lines\nnuri,work,partner,note,2\n",
    }.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


def told(entry: Entry, cause: str) -> set[tuple[str, str, str]]:
    """What an entry tells for a cause."""
    changes = [change for change in entry.changes if change.cause == cause]
    return {(c.subject, c.kind, c.iri.rpartition("/")[2]) for c in changes}


def find(entry: Entry, subject: str, end: str) -> Change:
    """The one change of something."""
    (found,) = (c for c in entry.changes if c.subject == subject and c.iri.endswith(f"/{end}"))
    return found


def test_the_first_build_has_nothing_to_tell(stages: dict[str, Stage]) -> None:
    history = stages["first"].history
    assert history.entries == ()
    assert (history.build.on, history.build.built) == (date(2023, 12, 31), date(2024, 1, 2))


def test_where_nothing_changed_nothing_is_added(stages: dict[str, Stage]) -> None:
    assert stages["again"].data == stages["first"].data


def test_changed_rows_are_told_as_changed_data(stages: dict[str, Stage]) -> None:
    (entry,) = stages["changed"].history.entries
    assert {change.cause for change in entry.changes} == {"data"}
    assert {t for t in told(entry, "data") if t[0] != "finding"} == {
        ("gap", "closed", "test-lab"),
        ("gap", "opened", "gaon-high"),
        ("agreement", "changed", "agr-lab"),
        ("partner", "came", "gaon-high"),
    }
    mended = find(entry, "agreement", "agr-lab")
    assert (mended.until_before, mended.until_after) == ("2022-12-31", "2024-12-31")
    assert (mended.before, mended.after) == ("expired", "in_force")
    closed = find(entry, "gap", "test-lab")
    assert (closed.before, closed.after, closed.levels) == ("open", "covered", ("unit", "parent"))
    assert [entry.name(host, "en") for host in closed.hosts] == ["Gaon City"]
    # The agreement that ended without a successor now ends later.
    findings = [change for change in entry.changes if change.subject == "finding"]
    assert {("opened", True), ("closed", True)} <= {
        (change.kind, "한빛시험원" in entry.name(change.iri, "ko")) for change in findings
    }


def test_what_only_the_date_changed_is_told_so(stages: dict[str, Stage]) -> None:
    first, second = stages["moved"].history.entries
    assert first == stages["changed"].history.entries[0]
    assert (second.number, second.before.on, second.after.on) == (2, date(2023, 12, 31), LATER)
    assert told(second, "data") == set()
    assert {
        ("agreement", "begun", "agr-academy"),
        ("gap", "closed", "gaon-academy"),
        ("agreement", "ended", "agr-entrust"),
        ("gap", "opened", "gaon-univ-iacf"),
    } <= told(second, "date")


def test_both_causes_are_told_apart_in_one_build(stages: dict[str, Stage]) -> None:
    entry = stages["both"].history.entries[-1]
    assert ("gap", "opened", "test-lab") in told(entry, "data")
    assert ("gap", "opened", "gaon-academy") in told(entry, "date")
    assert ("gap", "closed", "gaon-univ-iacf") in told(entry, "date")
    assert not told(entry, "data") & told(entry, "date")


def test_a_decision_waives_a_gap_and_a_renewal_closes_one(stages: dict[str, Stage]) -> None:
    entry = stages["decided"].history.entries[-1]
    waived = find(entry, "gap", "gaon-promotion")
    assert (waived.kind, waived.cause, waived.before, waived.after) == (
        *("waived", "data"),
        *("open", "waived"),
    )
    renewed = find(entry, "agreement", "agr-lab")
    assert (renewed.kind, renewed.cause) == ("renewed", "data")
    assert (renewed.until_before, renewed.until_after) == ("2022-12-31", "2025-12-31")
    assert find(entry, "gap", "test-lab").kind == "closed"


def test_a_damaged_history_is_kept_aside_and_told(stages: dict[str, Stage], out: Path) -> None:
    damaged = stages["damaged"]
    (warning,) = damaged.warnings
    assert (warning.code, warning.severity) == ("unread_history", "warning")
    assert damaged.aside == ("history.aside-1.json",)
    assert (out / "history.aside-1.json").read_bytes() == b"{"
    assert damaged.history.entries == ()
    assert stages["first"].warnings == stages["both"].warnings == ()


def test_the_history_of_another_town_is_kept_aside_and_told(
    stages: dict[str, Stage], out: Path
) -> None:
    other = stages["other"]
    (warning,) = other.warnings
    assert warning.code == "foreign_history"
    assert warning.arguments["kept"] == "history.aside-2.json"
    assert other.aside == ("history.aside-1.json", "history.aside-2.json")
    assert (out / "history.aside-2.json").read_bytes() == stages["damaged"].data
    assert other.history.entries == ()


@pytest.fixture
def kept(stages: dict[str, Stage], tmp_path: Path) -> Path:
    """A folder with the history of three changes."""
    (tmp_path / FILE).write_bytes(stages["both"].data)
    return tmp_path


def test_the_command_tells_the_newest_first(run: Callable, kept: Path) -> None:
    result = run("changes", kept, "--json")
    assert (result.code, result.err) == (0, "")
    assert result.json["total"] == 3
    assert [entry["number"] for entry in result.json["entries"]] == [3, 2, 1]
    assert result.json["build"] == result.json["entries"][0]["after"]
    change = next(c for c in result.json["entries"][1]["changes"] if c["id"] == "agr-entrust")
    assert change == {
        "subject": "agreement",
        "kind": "ended",
        "cause": "date",
        "id": "agr-entrust",
        "label": "Contract for the start-up centre",
        "hosts": [{"id": "gaon", "label": "Gaon City"}],
        "levels": [],
        "before": "expiring",
        "after": "expired",
        "until_before": "2024-02-29",
        "until_after": "2024-02-29",
    }
    only = run("changes", kept, "--last", 1, "--json").json
    assert [entry["number"] for entry in only["entries"]] == [3]
    assert only["total"] == 3


def test_the_changes_of_one_host(run: Callable, kept: Path) -> None:
    whole = run("changes", kept, "--json").json["entries"]
    hosts = {host["id"] for e in whole for change in e["changes"] for host in change["hosts"]}
    assert hosts == {"gaon", "narae"}
    for name in ("나래군", "narae", "Narae County"):
        told = run("changes", kept, "--host", name, "--json").json["entries"]
        changes = [change for entry in told for change in entry["changes"]]
        assert changes
        assert all("narae" in {host["id"] for host in change["hosts"]} for change in changes)
        assert all(entry["changes"] for entry in told)
    unknown = run("changes", kept, "--host", "서울", "--lang", "ko")
    assert (unknown.code, unknown.out) == (1, "")
    assert "가온시, 나래군" in unknown.err


@pytest.mark.parametrize("form", ["table", "csv", "md"])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ("공백 해소", "협약 끝남", "새 상대", "기준일 이동", "자료 바뀜", "가온시")),
        ("en", ("gap closed", "agreement ended", "new partner", "date moved", "data changed")),
    ],
)
def test_the_command_in_every_form_and_language(
    run: Callable, kept: Path, form: str, language: str, words: tuple[str, ...]
) -> None:
    result = run("changes", kept, "--format", form, "--lang", language)
    assert (result.code, result.err) == (0, "")
    for word in words:
        assert word in result.out
    assert any("가" <= sign <= "힣" for sign in result.out) == (language == "ko")


def test_another_version_of_the_program_is_told(run: Callable, kept: Path) -> None:
    path = kept / FILE
    loaded = json.loads(path.read_bytes())
    loaded["entries"][1]["before"]["version"] = "0.0.9"
    path.write_text(json.dumps(loaded), encoding="utf-8")
    assert "0.0.9" in run("changes", kept, "--format", "table").out
    assert "0.0.9" not in run("changes", kept, "--format", "table", "--last", 1).out


def test_no_history_and_a_broken_one_are_told(run: Callable, tmp_path: Path) -> None:
    missing = run("changes", tmp_path)
    assert (missing.code, missing.out) == (1, "")
    assert "Run triplehelix build first" in missing.err
    (tmp_path / FILE).write_bytes(b"[]")
    broken = run("changes", tmp_path, "--lang", "ko")
    assert broken.code == 1
    assert "읽을 수 없습니다" in broken.err
    with pytest.raises(InputError):
        read_changes(tmp_path)


def test_a_history_without_changes_says_so(
    run: Callable, stages: dict[str, Stage], tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(stages["first"].data)
    result = run("changes", tmp_path, "--format", "table")
    assert result.code == 0
    assert "Nothing has changed" in result.out
    assert "2023-12-31" in result.out
