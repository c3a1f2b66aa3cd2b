"""Decisions of an office: which stands, and what a gap that is waived looks like."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from rdflib.namespace import RDF

from graph.cells import literal
from graph.dates import parse_lexical
from graph.decisions import read_decisions
from graph.gaps import find_gaps, read_holdings
from graph.namespaces import GRAPH, ID, TH, THV, slug
from graph.store import Triple, load_graphs, memory_store

if TYPE_CHECKING:
    from tests.conftest import Loaded


def test_decisions_of_the_town(town: Loaded) -> None:
    found = {slug(partner): each for (_, partner), each in read_decisions(town.dataset).items()}
    assert {name: each.kind for name, each in found.items()} == {
        "isle-agency": "not-needed",
        "nuri-drone": "in-preparation",
        "mirae-institute": "",
    }
    assert {slug(each.department) for each in found.values()} == {"gaon-industry"}
    assert (found["nuri-drone"].due, found["nuri-drone"].decided) == ("2024-02-29", "2023-12-20")


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (("2023-01-01", "2023-06"), "in-preparation"),
        (("2023-12-31", "2023-06-30"), "not-needed"),
        (("2023-12-31", ""), "not-needed"),
        (("", "2019"), "in-preparation"),
    ],
)
def test_of_several_the_latest_stands(decided: tuple[str, str], expected: str) -> None:
    graph = set[Triple]()
    for day, kind in zip(decided, ("not-needed", "in-preparation"), strict=True):
        record = f"<{ID[kind]}>"
        graph |= {
            (record, f"<{RDF.type}>", f"<{TH.Decision}>"),
            (record, f"<{TH.decidedBy}>", f"<{ID.city}>"),
            (record, f"<{TH.concerns}>", f"<{ID.lab}>"),
            (record, f"<{TH.decision}>", f"<{THV[kind]}>"),
        }
        if day:
            value = literal(day, parse_lexical(day).datatype)
            graph.add((record, f"<{TH.decided}>", value))
    dataset = memory_store()
    load_graphs(dataset, {str(GRAPH["source/office"]): graph})
    assert [each.kind for each in read_decisions(dataset).values()] == [expected]


def test_a_gap_that_needs_no_agreement_is_kept_last_and_marked(town: Loaded) -> None:
    holdings = read_holdings(town.dataset)
    gaps = find_gaps(holdings, date(2023, 12, 31), host=str(ID["gaon"]))
    assert [gap.partner.id for gap in gaps if gap.waived] == ["isle-agency"]
    assert gaps[-1].waived
    prepared = {g.partner.id for g in gaps if g.decision and g.decision.kind == "in-preparation"}
    assert prepared == {"nuri-drone"}
