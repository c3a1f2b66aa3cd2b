"""Python and SPARQL say the same of agreements with every mixture of dates, renewals and ends."""

from __future__ import annotations

import random
from datetime import date

import pytest
from rdflib import Dataset
from rdflib.namespace import RDF, RDFS

from graph.agreement_reading import read_agreements
from graph.agreement_terms import derive_terms
from graph.agreements import Agreement, current_end, is_in_force
from graph.cells import literal
from graph.dates import parse_lexical
from graph.namespaces import GRAPH, ID, INFERRED_GRAPH, TH, THV, slug
from graph.questions import find_question
from graph.sparql import ask
from graph.store import Triple, load_graphs, memory_store

DATES = ("", "2019", "2020", "2020-01", "2020-03", "2020-03-05", "2020-06-30", "2020-07-01", "2021")
DAYS = ("2019-07-01", "2020-03-04", "2020-03-05", "2020-03-06", "2020-06-30", "2020-07-01")
BY = date(2020, 12, 31)
COUNT = 150


def dated(chance: random.Random, *names: str) -> dict[str, str]:
    return {name: chance.choice(DATES) for name in names}


def tell(record: str, said: dict[str, str]) -> set[Triple]:
    return {
        (record, f"<{TH[name]}>", literal(day, parse_lexical(day).datatype))
        for name, day in said.items()
        if day
    }


def invent(chance: random.Random, number: int) -> set[Triple]:
    """An agreement with random dates; up to two renewals; perhaps ended or replaced."""
    iri = f"<{ID[f'a{number}']}>"
    made = {
        (iri, f"<{RDF.type}>", f"<{TH.Agreement}>"),
        (iri, f"<{RDFS.label}>", literal(f"a{number}", language="ko")),
        *tell(iri, dated(chance, "signed", "from", "until")),
    }
    kinds = ["renewal"] * chance.choice((0, 0, 1, 2)) + ["termination"] * chance.choice((0, 0, 1))
    for place, kind in enumerate([*kinds, *["original"] * chance.choice((0, 0, 1))]):
        term = f"<{ID[f'a{number}t{place}']}>"
        names = ("until",) if kind == "termination" else ("signed", "from", "until")
        made |= {
            (term, f"<{RDF.type}>", f"<{TH.AgreementTerm}>"),
            (term, f"<{TH.ofAgreement}>", iri),
            (term, f"<{TH.termKind}>", f"<{THV[kind]}>"),
            *tell(term, dated(chance, *names)),
        }
    if number and chance.random() < 0.2:
        made.add((iri, f"<{TH.replaces}>", f"<{ID[f'a{number - 1}']}>"))
    return made


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    chance = random.Random(7)
    stated = set[Triple]().union(*(invent(chance, number) for number in range(COUNT)))
    for number in range(COUNT):
        for party in ("city", "lab"):
            relation = f"<{ID[f'p{number}{party}']}>"
            stated |= {
                (relation, f"<{TH.agreement}>", f"<{ID[f'a{number}']}>"),
                (relation, f"<{TH.party}>", f"<{ID[party]}>"),
                (f"<{ID[f'a{number}']}>", f"<{TH.hasParty}>", f"<{ID[party]}>"),
                (f"<{ID[party]}>", f"<{RDF.type}>", f"<{TH.Organization}>"),
                (f"<{ID[party]}>", f"<{RDFS.label}>", literal(party, language="ko")),
            }
    graphs = {str(GRAPH["source/office"]): stated}
    made = memory_store()
    load_graphs(made, {**graphs, str(INFERRED_GRAPH): derive_terms(graphs)})
    return made


@pytest.fixture(scope="module")
def agreements(dataset: Dataset) -> dict[str, Agreement]:
    return {slug(iri): agreement for iri, agreement in read_agreements(dataset).items()}


def asked(dataset: Dataset, name: str, **arguments: str) -> set[str]:
    """The agreements that a question answers with."""
    result = ask(dataset, find_question(name), {"host": "city", **arguments})
    return {slug(str(row["agreement"])) for row in result}  # type: ignore[call-overload, index]


def test_every_case_is_met(agreements: dict[str, Agreement]) -> None:
    assert len(agreements) == COUNT
    assert {len(agreement.periods) for agreement in agreements.values()} == {1, 2, 3}
    assert sum(bool(a.terminated) for a in agreements.values()) > 12
    assert sum(bool(a.superseded) for a in agreements.values()) > 12


@pytest.mark.parametrize("day", DAYS)
def test_in_force_and_uncertain(
    dataset: Dataset, agreements: dict[str, Agreement], day: str
) -> None:
    answers = {name: is_in_force(a, date.fromisoformat(day)) for name, a in agreements.items()}
    for question, answer in {"agreements_in_force": True, "agreements_uncertain": None}.items():
        expected = {name for name, found in answers.items() if found is answer}
        assert expected
        assert asked(dataset, question, date=day) == expected


@pytest.mark.parametrize("day", DAYS)
def test_expiring(dataset: Dataset, agreements: dict[str, Agreement], day: str) -> None:
    on = date.fromisoformat(day)
    expected = {
        name
        for name, agreement in agreements.items()
        if is_in_force(agreement, on) and (end := current_end(agreement, on)) and end.earliest <= BY
    }
    assert expected
    assert asked(dataset, "agreements_expiring", date=day, by=BY.isoformat()) == expected


@pytest.mark.parametrize("day", DAYS[1:])  # nothing ends before the first
def test_lapsed(dataset: Dataset, agreements: dict[str, Agreement], day: str) -> None:
    on = date.fromisoformat(day)
    expected = {
        name
        for name, agreement in agreements.items()
        if is_in_force(agreement, on) is False
        and any(p.end and parse_lexical(p.end).latest < on for p in agreement.periods)
    }
    assert expected
    assert asked(dataset, "agreements_lapsed", date=day) == expected
