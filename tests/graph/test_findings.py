"""The findings: every planted fault of the town, and what contradicts itself in the documents."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Dataset

from graph.assembly import assemble
from graph.diagnostics import SEVERITIES
from graph.findings import Finding, encode_findings, find_findings, read_findings
from graph.namespaces import FINDINGS_GRAPH, slug
from graph.questions import Question, read_questions
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem

if TYPE_CHECKING:
    from tests.conftest import Loaded

EXPECTED = Path(__file__).parent.parent / "expected" / "findings.json"
QUALITY = read_questions("quality")


@pytest.fixture(scope="module")
def findings(town: Loaded) -> list[Finding]:
    return find_findings(town.dataset)


@pytest.fixture(scope="module")
def shipped_findings(shipped: Loaded) -> list[Finding]:
    return find_findings(shipped.dataset)


def reload(folder: Path) -> Dataset:
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity)
    assert ecosystem.faults == []
    assert assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return dataset


def change(folder: Path, table: str, old: str, new: str) -> Dataset:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return reload(folder)


def messages(found: list[Finding], kind: str) -> set[str]:
    return {finding.messages["en"] for finding in found if finding.kind == kind}


def test_the_town_has_exactly_the_planted_faults(findings: list[Finding]) -> None:
    found = [
        [f.severity, f.kind, f.messages["en"], [e.place for e in f.evidence]] for f in findings
    ]
    assert found == json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_every_question_finds_something_in_the_town(findings: list[Finding]) -> None:
    assert {finding.kind for finding in findings} == set(QUALITY)


@pytest.mark.parametrize("question", QUALITY.values(), ids=lambda q: q.name)
def test_header_names_severity_and_messages(question: Question) -> None:
    assert question.severity in SEVERITIES
    assert set(question.message) == {"ko", "en"}
    projected = re.findall(r"\?(\w+)", question.text.partition("\nSELECT")[2].partition("WHERE")[0])
    assert "focus" in projected
    for message in question.message.values():
        assert set(re.findall(r"\{(\w+)\}", message)) <= set(projected)


@pytest.mark.parametrize("ecosystem", ["findings", "shipped_findings"])
def test_findings_speak_both_languages_and_rest_on_evidence(
    ecosystem: str, request: pytest.FixtureRequest
) -> None:
    for finding in request.getfixturevalue(ecosystem):
        assert re.search("[가-힣]", finding.messages["ko"])
        assert not re.search("[{}]|None", finding.messages["ko"] + finding.messages["en"])
        assert finding.messages["ko"] != finding.messages["en"]
        assert finding.evidence
        assert finding.focus in finding.records


def test_identifiers_are_unique_and_stay_the_same(town: Loaded, findings: list[Finding]) -> None:
    identifiers = [finding.id for finding in findings]
    assert len(set(identifiers)) == len(identifiers)
    assert [finding.id for finding in find_findings(town.dataset)] == identifiers


def test_the_severe_stand_first(findings: list[Finding]) -> None:
    ranks = [SEVERITIES.index(finding.severity) for finding in findings]
    assert ranks == sorted(ranks)
    assert set(ranks) == {1, 2}


def test_the_contradictions_of_the_documents(shipped_findings: list[Finding]) -> None:
    warnings = {
        (f.kind, f.stated, f.computed, tuple(e.place for e in f.evidence))
        for f in shipped_findings
        if f.severity == "warning"
    }
    plan = "seoul-plan-2019"
    assert warnings == {
        (
            "budget_in_conflict",
            "20,792",
            "22,393",
            (f"{plan}:141", f"{plan}:1114-1121,1125"),
        ),
        ("budget_in_conflict", "53,873", "54,873", (f"{plan}:1093-1098", f"{plan}:1298")),
        (
            "budget_parts",
            "225",
            "255",
            (
                f"{plan}:1114-1121,1137",
                f"{plan}:1114-1121,1139",
                f"{plan}:1114-1121,1141-1142",
            ),
        ),
    }


def test_what_the_documents_leave_out(shipped_findings: list[Finding]) -> None:
    ending = {f.stated for f in shipped_findings if f.kind == "agreement_without_successor"}
    assert ending == {"2019-02-28", "2020-02-29"}
    unchanged = {
        f.messages["ko"] for f in shipped_findings if f.kind == "indicator_target_unchanged"
    }
    assert "교육생수: 2019년 목표 3,000명은(는) 전년도 실적과 같습니다." in unchanged
    documents = [slug(f.focus) for f in shipped_findings if f.kind == "evidence_ambiguous"]
    assert sorted(documents) == [
        "goyang-consortium",
        "goyang-technovalley",
        "seoul-jobs-342",
        "seoul-plan-2019",
    ]


@pytest.mark.parametrize(
    ("kind", "table", "old", "new"),
    [
        ("budget_in_conflict", "budgets", "local,planned,75", "local,planned,70"),
        ("budget_parts", "budgets", "planned,1,hundred", "planned,0.9,hundred"),
        ("budget_periods", "budgets", "city,planned,25,", "city,planned,20,"),
        ("budget_sources", "budgets", "total,planned,60,million_won,,gaon-report",
         "total,planned,55,million_won,,gaon-report"),
        ("event_occurrences", "events", "held,,2,", "held,,3,"),
        ("group_members_too_many", "other_organizations", "2곳,Two universities,,,,2",
         "2곳,Two universities,,,,3"),
        ("group_members_not_named", "other_organizations", "5개사,Five tenant firms,,,,5",
         "5개사,Five tenant firms,,,,1"),
        ("indicator_in_conflict", "indicator_values", '"1,250",요약', '"1,200",요약'),
        ("indicator_target_missed", "indicator_values", "actual,2023,35", "actual,2023,40"),
        ("indicator_target_unchanged", "indicator_values", "target,2023,40", "target,2023,41"),
        ("output_parts", "outputs", "Trainees,100", "Trainees,95"),
        ("organization_without_ties", "centres", "가온메이커스페이스,Gaon Makerspace,,",
         "가온메이커스페이스,Gaon Makerspace,,hollo-works"),
    ],
)  # fmt: skip
def test_a_mended_fault_is_found_no_more(
    findings: list[Finding], town_copy: Path, kind: str, table: str, old: str, new: str
) -> None:
    mended = find_findings(change(town_copy, table, old, new))
    assert len(messages(findings, kind)) == 1
    assert messages(mended, kind) == set()


@pytest.mark.parametrize(
    ("kind", "old"),
    [
        # A blank cell is not zero: what is left of its column and row need not add up.
        ("budget_sources", ",drone-test,2022,'22,year,national,planned,150,"),
        ("budget_periods", ",drone-test,2022,'22,year,national,planned,150,"),
        ("budget_parts", ",task-startup,2023,'23,year,total,planned,30,"),
    ],
)
def test_a_blank_cell_is_no_fault(
    findings: list[Finding], town_copy: Path, kind: str, old: str
) -> None:
    path = town_copy / "budgets.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(old)]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8")
    assert messages(find_findings(reload(town_copy)), kind) <= messages(findings, kind)


def test_parts_beyond_the_total_are_a_fault_even_with_blank_cells(town_copy: Path) -> None:
    dataset = change(
        town_copy,
        "budgets",
        ",drone-test,2022,'22,year,national,planned,150,",
        ",drone-test,,?1,,national,planned,350,",
    )
    found = messages(find_findings(dataset), "budget_periods")
    assert any(text.startswith("Drone trials: the total of national funds") for text in found)


def test_accounts_of_one_table_are_no_conflict(findings: list[Finding], town_copy: Path) -> None:
    path = town_copy / "budgets.csv"
    with path.open("a", encoding="utf-8") as stream:
        for detail, amount in (("일반회계", 3), ("특별회계", 4)):
            stream.write(
                f",pledge,2023,'23,year,city,planned,{amount},million_won,{detail},"
                "gaon-report,98,3,,\n"
            )
    kind = "budget_in_conflict"
    assert messages(find_findings(reload(town_copy)), kind) == messages(findings, kind)


@pytest.mark.parametrize(
    ("until", "signed", "told"),
    [
        ("2023-04", "2023-04-05", False),
        ("2023", "2023-04-05", False),
        ("2023-04-05", "2023-04-05", False),
        ("2023-04-05", "2023", False),
        ("2023-03", "2023-04-05", True),
        ("2022", "2023-01", True),
        ("2023-04-04", "2023-05", True),
    ],
)
def test_partial_dates_are_compared_as_far_as_both_are_stated(
    town_copy: Path, until: str, signed: str, told: bool
) -> None:
    dataset = change(town_copy, "agreements", "2023-04-05,,2023-03-31", f"{signed},,{until}")
    found = messages(find_findings(dataset), "dates_out_of_order")
    assert any("MOU of Narae and Dal" in text for text in found) is told


def test_a_record_of_two_documents_counts_once(town_copy: Path) -> None:
    """A record that two documents support stands in two graphs; its value must not be doubled."""
    with (town_copy / "evidence.csv").open("a", encoding="utf-8") as stream:
        stream.write("out-flights-day,gaon-plan,111,주간 6회,,\n")
        stream.write("out-flights,gaon-plan,111,실증 비행 10회,,\n")
    found = messages(find_findings(reload(town_copy)), "output_parts")
    assert found == {"Drone pilot course: Trainees is 100 명, its parts add up to 95."}


def test_findings_come_back_from_the_store(town: Loaded, findings: list[Finding]) -> None:
    dataset = memory_store()
    graphs = dict(town.assembly.graphs)
    load_graphs(dataset, {**graphs, str(FINDINGS_GRAPH): encode_findings(findings)})
    stored = read_findings(dataset)
    shown = [
        [(f.id, f.kind, f.severity, f.messages, f.stated, f.computed, f.records, f.evidence)
         for f in some]
        for some in (stored, findings)
    ]  # fmt: skip
    assert shown[0] == shown[1]
