"""Hubs: the town counted by hand, and numbers that others published."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graph.gaps import Holdings
from graph.hub import Hub
from graph.initiatives import Initiative
from graph.measure_registry import MEASURES
from graph.measures import HubList, find_hubs, rank_hubs
from graph.namespaces import ID, slug
from graph.network import (
    NETWORK_KINDS,
    NetworkKind,
    build_network,
    project,
    two_mode_network,
)
from graph.organizations import Organization
from graph.restriction import Restriction
from graph.ties import Tie

if TYPE_CHECKING:
    pass

ON = date(2023, 12, 31)

# Davis, Gardner, Gardner, Deep South (1941), p. 148; the attendance of 18 women at 14 events.
DAVIS = {
    "Evelyn": (1, 2, 3, 4, 5, 6, 8, 9),
    "Laura": (1, 2, 3, 5, 6, 7, 8),
    "Theresa": (2, 3, 4, 5, 6, 7, 8, 9),
    "Brenda": (1, 3, 4, 5, 6, 7, 8),
    "Charlotte": (3, 4, 5, 7),
    "Frances": (3, 5, 6, 8),
    "Eleanor": (5, 6, 7, 8),
    "Pearl": (6, 8, 9),
    "Ruth": (5, 7, 8, 9),
    "Verne": (7, 8, 9, 12),
    "Myra": (8, 9, 10, 12),
    "Katherine": (8, 9, 10, 12, 13, 14),
    "Sylvia": (7, 8, 9, 10, 12, 13, 14),
    "Nora": (6, 7, 9, 10, 11, 12, 13, 14),
    "Helen": (7, 8, 10, 11, 12),
    "Dorothy": (8, 9),
    "Olivia": (9, 11),
    "Flora": (9, 11),
}
ATTENDANCE = {
    1: 3, 2: 3, 3: 6, 4: 4, 5: 8, 6: 8, 7: 10, 8: 14, 9: 12, 10: 5, 11: 4, 12: 6, 13: 3, 14: 3,
}  # fmt: skip

# Krackhardt, "Assessing the Political Landscape", Administrative Science Quarterly 35 (1990).
KITE = (
    "Andre-Beverly Andre-Carol Andre-Diane Andre-Fernando Beverly-Diane Beverly-Ed Beverly-Garth "
    "Carol-Diane Carol-Fernando Diane-Ed Diane-Fernando Diane-Garth Ed-Garth Fernando-Garth "
    "Fernando-Heather Garth-Heather Heather-Ike Ike-Jane"
)
KITE_DEGREE = {
    "Diane": 6, "Fernando": 5, "Garth": 5, "Andre": 4, "Beverly": 4,
    "Carol": 3, "Ed": 3, "Heather": 3, "Ike": 2, "Jane": 1,
}  # fmt: skip
KITE_BETWEENNESS = {
    "Heather": 0.389, "Fernando": 0.231, "Garth": 0.231, "Ike": 0.222, "Diane": 0.102,
    "Andre": 0.023, "Beverly": 0.023, "Carol": 0.0, "Ed": 0.0, "Jane": 0.0,
}  # fmt: skip

# Counted by hand from the tables of the town: degree, strength, events, sectors reached.
TOWN = {
    "gaon": (23, 5, 8, 5),
    "test-lab": (10, 2, 1, 3),
    "dal-robot": (8, 2, 0, 3),
    "saebyeok-univ": (8, 2, 0, 3),
    "nuri-drone": (6, 2, 0, 4),
    "gaon-univ-iacf": (5, 2, 0, 3),
    "ministry": (5, 2, 0, 3),
    "narae": (8, 1, 2, 4),
    "byeol-soft": (5, 1, 0, 3),
    "gaon-univ": (5, 1, 0, 2),
    "gaon-library": (5, 1, 0, 3),
    "byeol-soft-2": (4, 1, 0, 3),
    "gaon-univ-incubator": (2, 1, 0, 2),
    "mirae-institute": (1, 0, 2, 1),
    "gaon-promotion": (4, 0, 1, 1),
    "isle-agency": (3, 0, 1, 2),
    "gaon-council": (2, 0, 1, 2),
    "onnuri-invest": (2, 0, 1, 1),
    "maker-association": (1, 0, 1, 1),
}


def holdings_of(attendance: Iterable[tuple[str, str]]) -> Holdings:
    """Holdings in which each pair is one organisation that takes part in one event."""
    pairs = list(attendance)
    return Holdings(
        {name: Organization(name, "Company") for name, _ in sorted(pairs)},
        {event: Initiative(event, "Meeting", is_event=True) for _, event in pairs},
        {},
        [Tie(f"{n}-{e}", "participation", n, e, actual=True) for n, e in pairs],
        {},
        {},
    )


def by_name(hubs: list[Hub]) -> dict[str, Hub]:
    return {hub.organization.id: hub for hub in hubs}


def test_hubs_of_the_town(holdings: Holdings) -> None:
    found = {
        name: (hub.degree, hub.strength, hub.events, hub.sectors)
        for name, hub in by_name(find_hubs(holdings, ON)).items()
    }
    assert found == TOWN


def test_the_strongest_stand_first(holdings: Holdings) -> None:
    hubs = find_hubs(holdings, ON)
    order = [(-h.strength, -h.degree, -h.betweenness) for h in hubs]
    assert order == sorted(order)
    assert [hub.organization.id for hub in hubs[:2]] == ["gaon", "test-lab"]


def test_groups_are_neighbours_but_no_hubs(holdings: Holdings) -> None:
    assert not any(hub.organization.is_group for hub in find_hubs(holdings))
    fair = str(ID["ev-fair"])
    around = {slug(node) for node in two_mode_network(holdings)[fair]}
    assert around == {"gaon", "narae", "gaon-promotion", "grp-exhibitors", "grp-neighbours"}


def test_plans_are_no_ties_and_what_began_later_is_left_out(holdings: Holdings) -> None:
    later = by_name(find_hubs(holdings))
    assert not later.keys() & {"nuri", "gaon-academy", "haneul-college", "hollo-works"}
    assert later.keys() - by_name(find_hubs(holdings, ON)).keys() == {"gaon-univ-drone-centre"}
    assert find_hubs(holdings, date(2019, 1, 1)) == []


def test_davis_women_and_events() -> None:
    pairs = [(name, f"E{event}") for name, events in DAVIS.items() for event in events]
    holdings = holdings_of(pairs)
    hubs = by_name(find_hubs(holdings))
    assert {name: hub.events for name, hub in hubs.items()} == {
        name: len(events) for name, events in DAVIS.items()
    }
    assert {hub.strength for hub in hubs.values()} == {0}
    network = two_mode_network(holdings)
    assert (network.number_of_nodes(), network.number_of_edges()) == (32, 89)
    assert {event: network.degree(f"E{event}") for event in ATTENDANCE} == ATTENDANCE


def test_davis_women_who_met() -> None:
    """Breiger, "The Duality of Persons and Groups", Social Forces 53 (1974): events shared."""
    pairs = [(name, f"E{event}") for name, events in DAVIS.items() for event in events]
    network = project(two_mode_network(holdings_of(pairs)))
    assert network["Evelyn"]["Laura"]["weight"] == 6
    assert network["Evelyn"]["Theresa"]["weight"] == 7
    assert network["Katherine"]["Sylvia"]["weight"] == 6
    assert network["Olivia"]["Flora"]["weight"] == 2
    assert not network.has_edge("Laura", "Olivia")


def test_krackhardt_kite() -> None:
    edges = [tuple(edge.split("-")) for edge in KITE.split()]
    pairs = [(end, "+".join(edge)) for edge in edges for end in edge]
    hubs = by_name(find_hubs(holdings_of(pairs)))
    assert {name: hub.degree for name, hub in hubs.items()} == KITE_DEGREE
    found = {name: round(hub.betweenness, 3) for name, hub in hubs.items()}
    assert found == KITE_BETWEENNESS


def shortest_paths(network: nx.Graph[str], start: str, end: str) -> Iterator[list[str]]:
    """All shortest paths by search in breadth, without any library."""
    queue, best = deque([[start]]), None
    while queue:
        path = queue.popleft()
        if best is not None and len(path) > best:
            return
        if path[-1] == end:
            best = len(path)
            yield path
            continue
        queue.extend([*path, node] for node in network[path[-1]] if node not in path)


def test_betweenness_of_the_town_is_what_its_definition_says(holdings: Holdings) -> None:
    network = project(two_mode_network(holdings, ON))
    total = dict.fromkeys(network, 0.0)
    for start, end in combinations(sorted(network), 2):
        paths = list(shortest_paths(network, start, end))
        for path in paths:
            for node in path[1:-1]:
                total[node] += 1 / len(paths)
    pairs = (len(network) - 1) * (len(network) - 2) / 2
    for hub in find_hubs(holdings, ON):
        assert hub.betweenness == pytest.approx(total[hub.organization.iri] / pairs, abs=1e-6)


def count_neighbours(network: nx.Graph[str]) -> dict[str, float]:
    return {node: len(network[node]) for node in network}


def ranks(found: HubList) -> dict[str, tuple[int, int, float]]:
    return {h.organization.id: (h.rank, h.tied, h.value) for h in found.hubs}


def test_ranks_of_the_town_show_ties_as_ties(holdings: Holdings) -> None:
    found = ranks(rank_hubs(holdings, Restriction(on=ON)))
    assert {name: value for name, (_, _, value) in found.items()} == {
        name: strength for name, (_, strength, _, _) in TOWN.items()
    }
    assert found["gaon"] == (1, 1, 5)
    assert {name for name, (place, *_) in found.items() if place == 2} == {
        *("test-lab", "dal-robot", "saebyeok-univ", "nuri-drone", "gaon-univ-iacf", "ministry"),
    }
    assert found["narae"] == found["gaon-library"] == (8, 6, 1)
    assert found["onnuri-invest"] == (14, 6, 0)


def test_ranks_by_degree(holdings: Holdings) -> None:
    found = ranks(
        rank_hubs(holdings, Restriction(on=ON), measure=count_neighbours, kind="organizations")
    )
    assert {name: value for name, (_, _, value) in found.items()} == {
        name: degree for name, (degree, *_) in TOWN.items()
    }
    assert found["test-lab"] == (2, 1, 10)
    assert found["narae"] == (3, 3, 8)
    assert found["nuri-drone"] == (6, 1, 6)


def test_a_hub_list_says_on_what_it_stands(holdings: Holdings) -> None:
    restriction = Restriction(on=ON, theme=str(ID["drone"]))
    found = rank_hubs(holdings, restriction)
    assert found.network.restriction is restriction
    assert found.network.kind == "participations"
    assert {slug(iri) for iri in found.network.initiatives} == {
        *("drone-test", "drone-course", "narae-drone"),
    }
    # The city hosts the trials and the course, the laboratory takes part in those of both hosts.
    firsts = {hub.organization.id: hub for hub in found.hubs if hub.rank == 1}
    assert firsts.keys() == {"gaon", "test-lab"}
    assert all(hub.tied == 2 and hub.value == 2 for hub in firsts.values())
    assert [i.id for i in firsts["test-lab"].initiatives] == ["drone-test", "narae-drone"]


def test_the_evidence_behind_a_hub(holdings: Holdings) -> None:
    found = {h.organization.id: h for h in rank_hubs(holdings, Restriction(on=ON)).hubs}
    lab = found["test-lab"]
    assert [thing.id for thing in lab.events] == ["ev-meeting-2"]
    assert lab.agreements == ()
    assert [tie.role for tie in lab.ties] == ["partner", "attendee", "partner"]
    assert {evidence.place for evidence in lab.evidence} == {
        *("gaon-report:3", "gaon-report:72", "narae-report:2"),
    }
    assert all(hub.evidence for hub in found.values())


def test_hubs_by_agreements(holdings: Holdings) -> None:
    found = rank_hubs(holdings, Restriction(on=ON), measure=count_neighbours, kind="agreements")
    first, *_, last = found.hubs
    # Three of the makers have one more; the first of them by name.
    assert (first.organization.id, first.value) == ("maker-association", 5)
    assert [slug(iri) for iri in first.agreements] == ["agr-assoc", "agr-maker"]
    assert (first.initiatives, last.rank) == ((), 8)


def test_hubs_rolled_up(holdings: Holdings) -> None:
    found = ranks(rank_hubs(holdings, Restriction(on=ON, level="parent")))
    assert "gaon-library" not in found
    # Its incubator's part in the task for young founders is the university's.
    assert found["gaon-univ"][2] == 2


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_any_registered_measure_ranks(holdings: Holdings, name: str) -> None:
    measure = MEASURES[name]
    kind: NetworkKind = "participations" if measure.network == "two-mode" else "organizations"
    network = build_network(holdings, kind, Restriction(on=ON)).graph
    found = rank_hubs(holdings, Restriction(on=ON), measure=measure.compute, kind=kind)
    assert {h.organization.id for h in found.hubs} == TOWN.keys()
    values = measure.compute(network)
    for hub in found.hubs:
        higher = [o for o in found.hubs if o.value - hub.value > 1e-9 * found.hubs[0].value]
        assert hub.value == values[hub.organization.iri]
        assert hub.rank == 1 + len(higher)


@pytest.mark.parametrize("kind", NETWORK_KINDS)
def test_no_hubs_of_nothing(holdings: Holdings, kind: NetworkKind) -> None:
    empty = holdings_of([])
    assert rank_hubs(empty, kind=kind, measure=nx.pagerank).hubs == ()
    assert rank_hubs(holdings, Restriction(host="nobody"), kind=kind).hubs == ()


@pytest.mark.parametrize("kind", NETWORK_KINDS)
def test_one_who_is_tied_to_nothing_changes_no_rank(holdings: Holdings, kind: NetworkKind) -> None:
    lonely = {"alone": Organization("alone", "Company", {"ko": "혼자"})}
    more = replace(holdings, organizations=holdings.organizations | lonely)
    before, after = (rank_hubs(h, kind=kind, measure=count_neighbours) for h in (holdings, more))
    assert ranks(after) == ranks(before)
