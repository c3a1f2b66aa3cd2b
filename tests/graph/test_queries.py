"""The question files: well-formed, right on the town, alike on two engines, safe to ask."""

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
from graph.namespaces import PREFIXES, slug
from graph.questions import Question, find_question, parse_question, read_questions
from graph.sparql import ask
from graph.store import load_graphs, memory_store, write_trig

if TYPE_CHECKING:
    from tests.conftest import Loaded

EXPECTED = Path(__file__).parent.parent / "expected"
QUESTIONS = read_questions()
QUALITY = read_questions("quality")
EVERY = [*QUESTIONS.values(), *QUALITY.values()]
CASES = [
    pytest.param(name, case, id=f"{name}-{number}")
    for name in QUESTIONS
    for number, case in enumerate(json.loads((EXPECTED / f"{name}.json").read_text("utf-8")))
]
ON_SHIPPED = {
    "agreements_ending": {"year": "2019"},
    "partners_without_agreement": {"host": "고양시", "date": "2023-12-31"},
    "connections": {"a": "고양시", "b": "서울특별시"},
    "documents_of": {"organization": "항공대"},
    "evidence_of": {"organization": "항공대"},
    "search": {"text": "창업"},
}
ON_TOWN = {p.values[0]: p.values[1]["arguments"] for p in CASES if p.values[1]["arguments"]}
HOSTILE = (
    '"} UNION { ?s ?p ?o } #',
    '" . } ; DROP ALL #',
    "> } DELETE WHERE { ?s ?p ?o } #",
    "?name",
    "{}",
    "\\",
    '"""',
    "‮\n\t\x00",
    "SERVICE <http://example.org/> { ?s ?p ?o }",
)


def rows(dataset: Dataset, question: Question, arguments: dict[str, str]) -> list[list[str]]:
    """The answer without the columns of the parameters; IRIs by their last part."""
    asked = {parameter.name for parameter in question.parameters}
    result = ask(dataset, question, arguments)
    kept = [i for i, name in enumerate(result.vars or []) if str(name) not in asked]
    return [["" if row[i] is None else slug(row[i]) for i in kept] for row in result]


@pytest.fixture(scope="module")
def plain(town: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The town in rdflib's own memory store, by way of a file that Oxigraph wrote."""
    path = tmp_path_factory.mktemp("plain") / "town.trig"
    write_trig(dict(town.assembly.graphs), path)
    dataset = Dataset(default_union=True)
    dataset.parse(data=path.read_text(encoding="utf-8"), format="trig")
    return dataset


@pytest.mark.parametrize("question", EVERY, ids=lambda q: q.name)
def test_header_is_complete(question: Question) -> None:
    texts = [question.summary, question.description]
    texts += [parameter.description for parameter in question.parameters]
    for text in texts:
        assert set(text) == {"ko", "en"}
        assert all(value.strip() for value in text.values())
    assert question.tags
    assert "\nORDER BY " in question.text
    assert "SERVICE" not in question.text


@pytest.mark.parametrize("question", EVERY, ids=lambda q: q.name)
def test_parameters_stand_in_the_projection(question: Question) -> None:
    head = question.text.partition("\nSELECT")[2].partition("WHERE")[0].split()
    assert [p.name for p in question.parameters if f"?{p.name}" not in head] == []


@pytest.mark.parametrize("question", EVERY, ids=lambda q: q.name)
def test_prefixes_are_those_of_the_project(question: Question) -> None:
    declared = dict(
        line.removeprefix("PREFIX ").rstrip(">").split(": <")
        for line in question.text.splitlines()
        if line.startswith("PREFIX ")
    )
    assert declared.items() <= PREFIXES.items()


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


# rdflib's own parsers and evaluator still use names that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@pytest.mark.parametrize(("name", "case"), CASES)
def test_answer_is_the_same_in_rdflib(plain: Dataset, name: str, case: dict[str, Any]) -> None:
    assert rows(plain, find_question(name), case["arguments"]) == case["rows"]


def test_answers_do_not_depend_on_the_order_of_loading(town: Loaded) -> None:
    other = memory_store()
    shuffled = [(name, sorted(triples)) for name, triples in sorted(town.assembly.graphs.items())]
    for _, triples in shuffled:
        random.Random(7).shuffle(triples)
    load_graphs(other, dict(reversed(shuffled)))
    for parameter in CASES:
        name, case = parameter.values
        assert rows(other, find_question(name), case["arguments"]) == case["rows"], name


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda q: q.name)
def test_runs_on_the_shipped_ecosystem(shipped: Loaded, question: Question) -> None:
    answer = rows(shipped.dataset, question, ON_SHIPPED.get(question.name, {}))
    assert len(answer) > 0 or question.name == "connections"
    assert len({tuple(row) for row in answer}) == len(answer)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(town: Loaded, text: str) -> None:
    search = find_question("search")
    before, size = rows(town.dataset, search, {"text": "드론"}), len(town.dataset)
    assert rows(town.dataset, search, {"text": text}) == []
    assert rows(town.dataset, search, {"text": "드론"}) == before
    assert len(town.dataset) == size


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_arguments_are_refused_where_a_type_is_asked(town: Loaded, text: str) -> None:
    for question in QUESTIONS.values():
        for parameter in question.parameters:
            if parameter.type == "text":
                continue
            good = {**ON_TOWN.get(question.name, {}), parameter.name: text}
            with pytest.raises(InputError) as caught:
                ask(town.dataset, question, good)
            assert caught.value.diagnostics[0].arguments["name"] in (parameter.name, text)


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


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o }",
        "#+ tags: [a]\nSELECT * { ?s ?p ?o }",
        "#+ summary: {ko: 가, en: a}\n"
        "#+ parameters: {x: {type: anything, description: {ko: 가, en: a}}}\n"
        "SELECT ?x { ?x ?p ?o }",
    ],
)
def test_incomplete_headers_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no header|unknown type"):
        parse_question("broken", text)


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
