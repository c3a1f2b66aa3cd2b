"""The agreement desk on the command line, on the fictional town."""

import csv
import io

import pytest

ROW = {
    "host", "host_label", "rank", "partner", "actual", "rung", "initiatives", "money", "since",
    "last", "departments", "themes", "unit", "parent", "gap", "waived", "states", "decision",
    "step", "evidence",
}  # fmt: skip


def names(told):
    return [row["partner"]["id"] for row in told["partners"]]


def test_the_work_list_of_a_host(run, store):
    told = run("desk", "--host", "가온시", "--store", store).json
    assert (told["on"], told["level"], told["within_days"]) == ("2023-12-31", "unit", 180)
    assert {row["host"] for row in told["partners"]} == {"gaon"}
    assert [row["rank"] for row in told["partners"]] == sorted(
        row["rank"] for row in told["partners"]
    )
    for row in told["partners"]:
        assert row.keys() == ROW
        assert row["step"]["reasons"]
        assert row["evidence"]
        assert {"state", "agreement", "party", "own_unit", "covers"} <= row["unit"].keys()
    (lab,) = (row for row in told["partners"] if row["partner"]["id"] == "test-lab")
    assert lab["unit"]["state"] == "expired"
    assert lab["unit"]["agreement"] == "agr-lab"
    assert lab["step"]["code"] == "renew"
    assert [reason["code"] for reason in lab["step"]["reasons"]] == ["expired", "works_together"]
    assert (lab["since"], lab["last"]) == ("2022-06", "2023-06-07")
    phases = {(money["phase"], money["amount"]) for money in lab["money"]}
    assert {("phase-planned", 1_000_000_000), ("executed", 450_000_000)} <= phases


def test_totals_tell_both_levels(run, store):
    unit, parent = (
        run("desk", "--host", "gaon", "--level", level, "--store", store).json
        for level in ("unit", "parent")
    )
    assert unit["totals"]["gaps"] == parent["totals"]["gaps"]
    assert unit["totals"]["gaps"]["unit"] == 18
    # The incubator is covered by the university's agreement.
    assert unit["totals"]["gaps"]["parent"] == 17
    assert unit["totals"]["waived"] == 1
    assert unit["totals"]["partners"] == len(unit["partners"]) == 23
    assert sum(unit["totals"]["steps"].values()) == 23
    for told, code in ((unit, "sign"), (parent, "confirm_party")):
        (row,) = (r for r in told["partners"] if r["partner"]["id"] == "gaon-univ-incubator")
        assert row["step"]["code"] == code
        assert (row["unit"]["state"], row["parent"]["state"]) == ("none", "without_end")
        assert row["parent"]["party"] == "gaon-univ"


def test_without_a_host_every_government_is_listed(run, store):
    told = run("desk", "--store", store).json
    assert list(dict.fromkeys(row["host"] for row in told["partners"])) == ["gaon", "narae"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--state", "expired"), ["test-lab", "dal-robot"]),
        (("--state", "끝남", "--state", "in-notice"), ["test-lab", "dal-robot", "gaon-promotion"]),
        (("--state", "waived"), ["isle-agency"]),
        (("--state", "Under review"), ["mirae-institute"]),
        (("--sector", "연구계"), ["mirae-institute"]),
        (("--host", "narae", "--theme", "드론", "--sector", "government"), [
            "test-lab", "gaon", "grp-neighbours", "isle-agency",
        ]),
        (("--department", "산업지원과", "--state", "renewed"), ["byeol-soft"]),
    ],
)  # fmt: skip
def test_filters(run, store, options, expected):
    told = run("desk", *options, "--store", store).json
    assert names(told) == expected
    assert told["totals"]["partners"] == len(expected)


def test_a_filter_leaves_only_what_meets_it(run, store):
    whole = run("desk", "--host", "gaon", "--store", store).json
    gaps = run("desk", "--host", "gaon", "--state", "gap", "--store", store).json
    assert names(gaps) == [r["partner"]["id"] for r in whole["partners"] if "gap" in r["states"]]
    assert len(gaps["partners"]) == whole["totals"]["gaps"]["unit"]
    maker = run("desk", "--host", "gaon", "--theme", "maker", "--store", store).json
    assert set(names(maker)) == {
        "dal-robot", "gaon-univ-iacf", "grp-tenants", "saebyeok-univ",
    }  # fmt: skip


def test_within_and_top(run, store):
    for within, state in (("59d", "in_force"), ("60d", "expiring"), ("9주", "expiring")):
        told = run("desk", "--host", "gaon", "--within", within, "--store", store).json
        (row,) = (r for r in told["partners"] if r["partner"]["id"] == "gaon-univ-iacf")
        assert row["unit"]["state"] == state
    top = run("desk", "--host", "gaon", "--top", 2, "--store", store).json
    assert names(top) == ["ministry", "mirae-institute"]
    assert top["totals"]["partners"] == 23


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("form", ["table", "md", "csv"])
def test_the_list_for_people(run, store, lang, form):
    told = run("desk", "--host", "gaon", "--lang", lang, "--format", form, "--store", store).out
    label = {"ko": "당사자 확인", "en": "confirm the party"}[lang]
    flat = "".join(told.split())
    assert "".join(label.split()) in flat
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(told)))
        assert len(rows) == 23
        assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]
    else:
        assert {"ko": "유효한협약이없는곳18", "en": "Withoutanagreementinforce:18"}[lang] in flat


def test_order_and_steps_are_explained(run, store):
    told = run("desk", "--explain", "--store", store).json
    assert told.keys() == {"order", "precedence"}
    assert "rung" in told["order"]
    assert "renew" in told["precedence"]


def test_nothing_that_meets_it_is_told(run, store):
    told = run("desk", "--host", "gaon", "--state", "superseded", "--store", store)
    assert told.json["partners"] == []
    table = run(
        "desk", "--host", "gaon", "--state", "superseded", "--store", store, "--format", "table"
    )
    assert "No partner meets these conditions." in table.out


@pytest.mark.parametrize(
    ("arguments", "code", "en", "ko"),
    [
        (("--host", "없는시"), 1, "없는시", "없는시"),
        (("--level", "both"), 2, "unit, parent", "unit, parent"),
        (("--within", "soon"), 2, "Write it like 180d", "180d(일)나 26w(주)처럼 적습니다"),
        (("--within", "99999d"), 2, "Write it like 180d", "180d(일)나 26w(주)처럼 적습니다"),
        (("--within", "-5d"), 2, "Write it like 180d", "180d(일)나 26w(주)처럼 적습니다"),
        (("--state", "fine"), 1, "There is no state 'fine'. States: gap", "'fine' 상태가 없습니다"),
        (("--sector", "moon"), 1, "There is no sector 'moon'", "'moon' 부문이 없습니다"),
        (("--theme", "moon"), 1, "moon", "moon"),
        (("--department", "moon"), 1, "moon", "moon"),
        (("--host", "gaon", "due"), 2, "after the command: triplehelix desk due", "명령 뒤에"),
        (("nothing",), 2, "There is no command 'nothing'", "'nothing' 명령이 없습니다"),
        (("follow-up", "gaon"), 2, "Too many arguments: gaon", "쓰지 않는 인자가 있습니다: gaon"),
    ],
)
def test_faults_are_told_with_a_remedy(run, store, arguments, code, en, ko):
    for lang, words in (("en", en), ("ko", ko)):
        opened = ("--store", store) if code == 1 else ()
        told = run("desk", "--lang", lang, *arguments, *opened)
        assert (told.code, told.out) == (code, "")
        assert words in told.err


def test_follow_up(run, store):
    told = run("desk", "follow-up", "--host", "gaon", "--store", store).json
    found = {each["agreement"]["id"]: each for each in told["agreements"]}
    assert told["counts"] == {"nothing": 1, "not_known": 2, "by_units": 0, "realised": 6}
    assert next(iter(found)) == "agr-assoc-old"
    entrust = found["agr-entrust"]
    assert [i["id"] for i in entrust["initiatives"]] == ["drone-course", "task-maker"]
    assert all(i["certain"] for i in entrust["initiatives"])
    assert entrust["outputs"][0]["value"] == 100
    assert found["agr-maker"]["signer"]["id"] == "gaon-library"
    assert found["agr-univ"]["initiatives"][1]["units"][0]["id"] == "gaon-univ-incubator"
    for lang, words in (("ko", "이행 기록 없음"), ("en", "nothing recorded")):
        table = run("desk", "follow-up", "--store", store, "--lang", lang, "--format", "md").out
        assert words in table


def test_due(run, store):
    told = run("desk", "due", "--store", store).json
    assert told["within_days"] == 180
    found = {each["id"]: each for each in told["deadlines"]}
    assert found["agr-lab-end"]["overdue"] is True
    assert found["agr-narae-promotion-notice"]["kind"] == "notice"
    rough = found["agr-narae-univ-end"]
    assert (rough["earliest"], rough["latest"], rough["certain"]) == (
        "2024-06-01",
        "2024-06-30",
        False,
    )
    later = run("desk", "due", "--within", "0d", "--host", "gaon", "--store", store).json
    assert [each["id"] for each in later["deadlines"]] == ["agr-lab-end"]
    for lang, words in (("ko", "365일 지남"), ("en", "365 days past")):
        table = run("desk", "due", "--store", store, "--lang", lang, "--format", "md").out
        assert words in table


def test_due_as_a_calendar(run, store, tmp_path):
    icalendar = pytest.importorskip("icalendar")
    path = tmp_path / "desk.ics"
    told = run("desk", "due", "--ics", path, "--store", store)
    assert told.json == {"file": str(path)}
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    listed = run("desk", "due", "--store", store).json["deadlines"]
    assert len(calendar.walk("VEVENT")) == len(listed)
    again = run("desk", "due", "--ics", path, "--store", store)
    assert (again.code, again.out) == (1, "")
    assert run("desk", "due", "--ics", path, "--force", "--store", store).code == 0
    missing = run("desk", "due", "--ics", tmp_path / "no" / "desk.ics", "--store", store)
    assert missing.code == 1


def test_help_tells_the_commands_of_the_desk(run):
    for lang, words in (("ko", "이행점검"), ("en", "Show what realises each agreement")):
        told = run("desk", "--lang", lang, "--help")
        assert words in told.out
        assert "follow-up" in told.out
        assert "due" in told.out
    assert "triplehelix desk due" in run("desk", "due", "--help").out
