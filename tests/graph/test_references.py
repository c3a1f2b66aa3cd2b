"""Records are found by identifier, full name or alias; names of several list them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from graph.diagnostics import InputError
from graph.names import match_key
from graph.namespaces import ID, slug
from graph.references import KINDS, find_reference, read_labels
from graph.store import select

if TYPE_CHECKING:
    from tests.conftest import Loaded


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("theme", "drone", "drone"),
        ("theme", "드론", "drone"),
        ("theme", "drones", "drone"),
        ("place", " 가온 시", "place-gaon"),
        ("place", "Sol Province", "place-sol"),
        ("place", str(ID["place-sol"]), "place-sol"),
        ("document", "가온시 공약  추진실적", "gaon-report"),
        ("document", "place-codes", "place-codes"),
        ("organization", "가온시", "gaon"),
    ],
)
def test_names_are_found_in_all_their_forms(town: Loaded, kind: str, name: str, found: str) -> None:
    assert slug(find_reference(town.dataset, kind, name)) == found


@pytest.mark.parametrize("kind", ["organization", "theme", "place", "initiative", "document"])
def test_every_label_of_the_town_finds_its_record(town: Loaded, kind: str) -> None:
    query = "SELECT ?r ?l ?kind { ?r a ?kind ; rdfs:label ?l }"
    rows = list(select(town.dataset, query, kind=KINDS[kind]))
    shared = Counter(match_key(name) for _, name in {(r, str(n)) for r, n, _ in rows})
    alone = [(r, str(n)) for r, n, _ in rows if shared[match_key(str(n))] == 1]
    assert len(alone) > 2
    for record, label in alone:
        assert find_reference(town.dataset, kind, label) == str(record)


@pytest.mark.parametrize("kind", ["organization", "theme", "place", "initiative", "document"])
@pytest.mark.parametrize("name", ["", "없는 것", "<>", "a b", "http://", "드론 드론 드론"])
def test_names_of_nothing_are_told(town: Loaded, kind: str, name: str) -> None:
    with pytest.raises(InputError) as caught:
        find_reference(town.dataset, kind, name)
    assert caught.value.diagnostics[0].code == f"unknown_{kind}"


def test_similar_names_are_told(town: Loaded) -> None:
    with pytest.raises(InputError, match="드론"):
        find_reference(town.dataset, "theme", "드롬")


def test_a_record_of_another_kind_is_none_of_this(town: Loaded) -> None:
    with pytest.raises(InputError):
        find_reference(town.dataset, "theme", "place-gaon")


def test_ambiguous_names_list_their_candidates(town: Loaded) -> None:
    with pytest.raises(InputError) as caught:
        find_reference(town.dataset, "organization", "가온센터")
    told = caught.value.diagnostics[0]
    assert told.code == "ambiguous_organization"
    assert "gaon-startup-centre" in told.arguments["candidates"]
    assert "gaon-univ-drone-centre" in told.arguments["candidates"]


def test_labels_are_told_by_language(town: Loaded) -> None:
    assert read_labels(town.dataset, str(ID["drone"])) == {"ko": "드론", "en": "Drones"}
    assert read_labels(town.dataset, str(ID["nothing"])) == {}
