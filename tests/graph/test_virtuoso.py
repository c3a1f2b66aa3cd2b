"""The library on Debian's Virtuoso gives the same answers as on Oxigraph.

Each question is asked with the first of its expected arguments, and with all of them where
``TRIPLEHELIX_THOROUGH=1``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Dataset, Literal

from graph.diagnostics import InputError
from graph.findings import encode_findings, find_findings, read_findings
from graph.gaps import find_gaps, read_holdings
from graph.namespaces import FINDINGS_GRAPH, slug
from graph.protocol import Endpoint
from graph.publication import count_graphs, plan_changes, publish
from graph.questions import Question, find_question, read_questions
from graph.remote import RemoteStore, open_endpoint
from graph.sparql import ask
from graph.store import load_graphs, memory_store, open_store, read_triples, select
from tests.virtuoso import Virtuoso, find_virtuoso, run_virtuoso

if TYPE_CHECKING:
    from tests.conftest import Loaded

EXPECTED = Path(__file__).parent.parent / "expected"
DEVIATIONS = {
    "joins rows that do not belong together": (
        "organizations_by_theme",
        "participants_of_kind",
        "partners_without_agreement",
        "universities_in_programme",
        "universities_without_agreement",
        "universities_without_agreement_of_parent",
    ),
    "counts too few in a sub-query": ("hubs_by_programmes", "partners_of"),
    "loses rows where a property path starts at a bound term": (
        "agreements_of_theme",
        "organizations_in_place",
        "undertakings_in_place",
    ),
    "computes another day from a month": (
        "agreements_uncertain",
        "events_in_period",
    ),
    "gives a value where an expression has none, or none where it has one": (
        "groups_and_members",
        "programme_profile",
        "targets_and_results",
    ),
    "leaves a text as it is where a pattern has Korean letters": ("name_shared",),
    "finds no end": ("agreements_lapsed", "events_by_half_year"),
}
"""What Virtuoso 7.2.5 does otherwise than the standard has it, and the questions it then fails."""
DEVIATING = {name for names in DEVIATIONS.values() for name in names}
THOROUGH = bool(os.environ.get("TRIPLEHELIX_THOROUGH"))
CASES = [
    pytest.param(name, case["arguments"], id=f"{name}-{number}")
    for name in sorted(read_questions().keys() - DEVIATING)
    for number, case in enumerate(json.loads((EXPECTED / f"{name}.json").read_text("utf-8")))
    if THOROUGH or number == 0
]


def rows(dataset: Dataset, question: Question, arguments: dict[str, str]) -> list[list[str]]:
    result = ask(dataset, question, arguments)
    names = [str(variable) for variable in result.vars or []]
    return [
        ["" if term is None else _show(term) for name, term in zip(names, row, strict=True)]  # type: ignore[arg-type]
        for row in result
    ]


def _show(term: Any) -> str:
    """A term as it is read: numbers by their value, since engines write 1.0 and 1."""
    if isinstance(term, Literal) and not isinstance(value := term.toPython(), bool):
        return f"{value:.9g}" if hasattr(value, "as_integer_ratio") else str(term)
    return slug(term)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with run_virtuoso(find_virtuoso(), tmp_path_factory.mktemp("virtuoso")) as running:
        yield running


@pytest.fixture(scope="module")
def local(town: Loaded) -> Dataset:
    """The town with its findings, in memory."""
    dataset = memory_store()
    load_graphs(dataset, dict(_graphs(town)))
    return dataset


def _graphs(town: Loaded) -> dict[str, set[tuple[str, str, str]]]:
    graphs = {name: set(triples) for name, triples in town.assembly.graphs.items()}
    graphs[str(FINDINGS_GRAPH)] = set(encode_findings(find_findings(town.dataset)))
    return graphs


@pytest.fixture(scope="module", params=["graphs", "updates"])
def remote(virtuoso: Virtuoso, town: Loaded, request: pytest.FixtureRequest) -> Dataset:
    """The town in Virtuoso, by the Graph Store Protocol and by updates."""
    whole = virtuoso.graphs if request.param == "graphs" else ""
    endpoint = Endpoint(virtuoso.update, "", whole, virtuoso.user, virtuoso.password)
    graphs = _graphs(town)
    held = count_graphs(open_endpoint(endpoint))
    publish(endpoint, plan_changes(held, graphs), graphs)
    after = count_graphs(open_endpoint(endpoint))
    assert after == {name: len(triples) for name, triples in graphs.items()}
    return open_store(virtuoso.query)


@pytest.mark.parametrize("remote", ["graphs"], indirect=True)
@pytest.mark.parametrize(("name", "arguments"), CASES)
def test_answers_are_the_same(
    local: Dataset, remote: Dataset, name: str, arguments: dict[str, str]
) -> None:
    question = find_question(name)
    wanted = rows(local, question, arguments)
    assert rows(remote, question, arguments) == wanted


@pytest.mark.parametrize("remote", ["graphs"], indirect=True)
@pytest.mark.parametrize("name", sorted(DEVIATING - set(DEVIATIONS["finds no end"])))
def test_deviations_are_still_there(local: Dataset, remote: Dataset, name: str) -> None:
    """What is told of the engine goes when the engine, or the question, has got better."""
    found, wanted = [], []
    for case in json.loads((EXPECTED / f"{name}.json").read_text("utf-8")):
        wanted.append(rows(local, find_question(name), case["arguments"]))
        try:
            found.append(rows(remote, find_question(name), case["arguments"]))
        except InputError as error:
            found.append([[str(error)]])
    assert found != wanted


def test_holdings_gaps_and_findings_are_the_same(local: Dataset, remote: Dataset) -> None:
    assert read_findings(remote) == read_findings(local)
    here, there = read_holdings(local), read_holdings(remote)
    day = max(find_days(local))
    assert [gap.partner.id for gap in find_gaps(there, day)] == [
        gap.partner.id for gap in find_gaps(here, day)
    ]
    assert len(find_gaps(here, day)) > 0


def find_days(dataset: Dataset) -> list[Any]:
    from graph.dates import parse_date

    return [parse_date(str(d)).latest for (d,) in select(dataset, "SELECT ?d { ?s th:from ?d }")]


def test_a_store_is_read_back_as_it_was(local: Dataset, remote: Dataset) -> None:
    here, there = read_triples(local), read_triples(remote)
    assert len(there) == len(here)
    assert _without_blanks(there) == _without_blanks(here)


def _without_blanks(triples: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """The triples without blank nodes, which every store names as it likes."""
    return {t for t in triples if not any(term.startswith("_:") for term in t)}


@pytest.mark.parametrize("text", ["\\u0022) || true) #", '"', "\\", "'", "\n", "드론\\U00000022"])
def test_hostile_text_is_only_text(remote: Dataset, text: str) -> None:
    assert rows(remote, find_question("search"), {"text": text}) == []


def test_a_wrong_password_is_told(virtuoso: Virtuoso) -> None:
    endpoint = Endpoint(virtuoso.update, "", "", "dba", "wrong")
    with pytest.raises(InputError) as caught:
        RemoteStore(endpoint)
    assert caught.value.diagnostics[0].code == "remote_refused"
    assert "wrong" not in str(caught.value)
