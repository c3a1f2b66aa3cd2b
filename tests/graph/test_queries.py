"""The question files: well-formed, right on the town, safe to ask."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Dataset

from graph.diagnostics import InputError
from graph.gaps import find_gaps, local_governments, read_holdings
from graph.measures import find_hubs
from graph.namespaces import slug
from graph.questions import Question, find_question, read_questions
from graph.sparql import ask, tell_reason
from graph.store import load_graphs, memory_store

if TYPE_CHECKING:
    from tests.conftest import Loaded

EXPECTED = Path(__file__).parent.parent / "expected"
QUESTIONS = read_questions()
EVERY = list(QUESTIONS.values())
CASES = [
    pytest.param(name, case, id=f"{name}-{number}")
    for name in QUESTIONS
    if (EXPECTED / f"{name}.json").is_file()
    for number, case in enumerate(json.loads((EXPECTED / f"{name}.json").read_text("utf-8")))
]
BY_TYPE = {
    "organization": "고양시",
    "theme": "창업",
    "initiative": "tv-pledge",
    "document": "goyang-technovalley",
    "place": "고양시",
    "date": "2023-12-31",
    "year": "2022",
    "text": "창업",
}
ON_SHIPPED = {
    "agreements_expiring": {"host": "서울", "date": "2019-01-01", "by": "2019-06-30"},
    "agreements_lapsed": {"host": "서울", "date": "2019-06-30"},
    "agreements_of_theme": {"theme": "스마트모빌리티"},
    "agreements_to_conclude": {"host": "서울", "date": "2019-06-30"},
    "agreements_uncertain": {"host": "고양시", "date": "2023-10-15"},
    "connection_evidence": {"a": "고양시", "b": "항공대"},
    "events_by_half_year": {"host": "고양시", "year": "2024"},
    "initiatives_ending": {"host": "서울", "year": "2019"},
    "members_of": {"group": "sp-grp-nearby-univs"},
    "operators_of": {"facility": "중부기술교육원"},
    "organizations_by_sector": {"sector": "연구계"},
    "organizations_in_documents_of_both": {"a": "고양시", "b": "서울"},
    "tenants_of": {"facility": "고양드론앵커센터"},
    "agreements_ending": {"year": "2019"},
    "connections": {"a": "고양시", "b": "서울특별시"},
    "documents_of": {"organization": "항공대"},
    "evidence_of": {"organization": "항공대"},
}
"""Arguments for the shipped ecosystem where those of the type say nothing."""


def rows(dataset: Dataset, question: Question, arguments: dict[str, str]) -> list[list[str]]:
    """The answer without the columns of the parameters; IRIs by their last part."""
    asked = {parameter.name for parameter in question.parameters}
    result = ask(dataset, question, arguments)
    kept = [i for i, name in enumerate(result.vars or []) if str(name) not in asked]
    return [["" if row[i] is None else slug(row[i]) for i in kept] for row in result]


def test_every_question_has_an_expected_result() -> None:
    names = {path.stem for path in EXPECTED.glob("*.json")} - {"findings", "gaps", "gaps_shipped"}
    assert names == set(QUESTIONS)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_answer_on_the_town(town: Loaded, name: str, case: dict[str, Any]) -> None:
    question = find_question(name)
    columns = [str(variable) for variable in ask(town.dataset, question, case["arguments"]).vars]
    asked = [parameter.name for parameter in question.parameters]
    assert [column for column in columns if column not in asked] == case["columns"]
    assert rows(town.dataset, question, case["arguments"]) == case["rows"]


def test_answers_do_not_depend_on_the_order_of_loading(town: Loaded) -> None:
    other = memory_store()
    shuffled = [(name, sorted(triples)) for name, triples in sorted(town.assembly.graphs.items())]
    for _, triples in shuffled:
        random.Random(7).shuffle(triples)
    load_graphs(other, dict(reversed(shuffled)))
    for parameter in CASES:
        name, case = parameter.values
        assert rows(other, find_question(name), case["arguments"]) == case["rows"], name


@pytest.mark.parametrize("question", EVERY, ids=lambda q: q.name)
def test_runs_on_the_shipped_ecosystem(shipped: Loaded, question: Question) -> None:
    asked = [p for p in question.parameters if p.default is None]
    arguments = ON_SHIPPED.get(question.name) or {p.name: BY_TYPE[p.type] for p in asked}
    answer = rows(shipped.dataset, question, arguments)
    assert len({tuple(row) for row in answer}) == len(answer)
    assert answer or tell_reason(shipped.dataset, question, arguments)


def test_ambiguous_names_list_their_candidates(town: Loaded) -> None:
    with pytest.raises(InputError) as caught:
        ask(town.dataset, find_question("evidence_of"), {"organization": "가온센터"})
    assert caught.value.diagnostics[0].code == "ambiguous_organization"
    told = caught.value.diagnostics[0].arguments["candidates"]
    assert "gaon-startup-centre" in told
    assert "gaon-univ-drone-centre" in told


@pytest.mark.parametrize("name", ["evidence-of", "evidence_of"])
def test_hyphens_and_underscores_are_alike(name: str) -> None:
    assert find_question(name).name == "evidence_of"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "missing_parameter"),
        ({"host": "gaon", "day": "2023"}, "unknown_parameter"),
        ({"host": "gaon", "date": "2023-02-30"}, "wrong_parameter"),
        ({"host": "없는 곳", "date": "2023"}, "unknown_organization"),
    ],
)
def test_wrong_arguments_are_told(town: Loaded, arguments: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(town.dataset, find_question("partners_without_agreement"), arguments)
    assert caught.value.diagnostics[0].code == code


def test_unknown_questions_are_told_with_similar_names() -> None:
    with pytest.raises(InputError) as caught:
        find_question("agrements")
    assert "agreements" in caught.value.diagnostics[0].arguments["hint"]


@pytest.mark.parametrize("ecosystem", ["town", "shipped"])
@pytest.mark.parametrize("day", ["2019-06-15", "2022-10-15", "2023-12-15"])
def test_partners_without_agreement_are_the_actual_gaps_at_unit_level(
    ecosystem: str, day: str, request: pytest.FixtureRequest
) -> None:
    dataset = request.getfixturevalue(ecosystem).dataset
    holdings = read_holdings(dataset)
    question = find_question("partners_without_agreement")
    for host in local_governments(holdings):
        gaps = find_gaps(holdings, date.fromisoformat(day), host=host)
        computed = {gap.partner.id: len(gap.initiatives) for gap in gaps if gap.actual}
        answer = rows(dataset, question, {"host": slug(host), "date": day})
        assert {row[0]: int(row[2]) for row in answer} == computed


@pytest.mark.parametrize("ecosystem", ["town", "shipped"])
def test_hubs_by_programmes_are_the_hubs(ecosystem: str, request: pytest.FixtureRequest) -> None:
    dataset = request.getfixturevalue(ecosystem).dataset
    hubs = {h.organization.id: (h.strength, h.events) for h in find_hubs(read_holdings(dataset))}
    answer = rows(dataset, find_question("hubs_by_programmes"), {})
    assert {row[0]: (int(row[2]), int(row[3])) for row in answer} == hubs
