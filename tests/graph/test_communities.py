"""Communities: published modularity, and that neither order nor chance changes what is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations
from math import comb

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.communities import (
    MISSING_LEIDEN,
    Communities,
    Method,
    compare_divisions,
    find_communities,
    measure_modularity,
    measure_stability,
    number_members,
    sort_communities,
)

SIXTY = settings(max_examples=60)
NODES = [f"n{number}" for number in range(9)]
CLUBS = [f"{club}{number}" for club in "abc" for number in range(5)]


@st.composite
def networks(draw: st.DrawFn) -> nx.Graph[str]:
    """Small networks with weights."""
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(NODES[: draw(st.integers(0, len(NODES)))])
    for pair in combinations(network, 2):
        if draw(st.booleans()):
            network.add_edge(*pair, weight=draw(st.sampled_from([1, 2, 0.5])))
    return network


DIVISIONS = st.lists(st.integers(0, 3), min_size=9, max_size=9).map(
    lambda labels: [
        frozenset(node for node, own in zip(NODES, labels, strict=True) if own == label)
        for label in sorted(set(labels))
    ]
)


@pytest.fixture
def karate() -> nx.Graph[str]:
    return nx.relabel_nodes(nx.karate_club_graph(), lambda node: str(node + 1))


@pytest.fixture
def clubs() -> nx.Graph[str]:
    """Three full clubs that know each other through one tie each."""
    pairs = [(a, b) for a, b in combinations(CLUBS, 2) if a[0] == b[0]]
    return nx.Graph([*pairs, ("a0", "b0"), ("b1", "c1"), ("c2", "a2")])


def test_karate_club_reaches_the_published_optimum(karate: nx.Graph[str]) -> None:
    """0.4198 in four communities is the maximum.

    Brandes et al., "On Modularity Clustering" (2008), doi:10.1109/TKDE.2007.190689.
    """
    found = find_communities(karate, weight=None)
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert [len(community) for community in found.communities] == [12, 11, 6, 5]
    assert found.modularity == max(found.stability.modularities)
    assert found.modularity == found.stability.modularities[found.seed]
    assert 0.5 < found.stability.agreement < 1
    assert 0 < found.stability.together < 1


def test_leiden_reaches_it_too(karate: nx.Graph[str]) -> None:
    pytest.importorskip("graspologic_native")
    louvain, leiden = (
        find_communities(karate, method=method, weight=None) for method in ("louvain", "leiden")
    )
    assert leiden.communities == louvain.communities
    assert leiden.modularity == louvain.modularity
    assert leiden.method == "leiden"
    assert leiden == find_communities(karate, method="leiden", weight=None)


def test_without_leiden_a_sentence_tells_what_to_install(
    karate: nx.Graph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "graspologic_native", None)
    with pytest.raises(ModuleNotFoundError, match=MISSING_LEIDEN):
        find_communities(karate, method="leiden")


def test_clear_communities_are_found_in_every_run(clubs: nx.Graph[str]) -> None:
    found = find_communities(clubs)
    assert found.communities == tuple(frozenset(CLUBS[i : i + 5]) for i in (0, 5, 10))
    assert found.membership["c4"] == 2
    assert (found.stability.agreement, found.stability.together) == (1.0, 1.0)
    assert found.stability.nodes == dict.fromkeys(CLUBS, 1.0)
    assert found.modularity == pytest.approx(30 / 33 - 1 / 3)


def test_stability_counted_by_hand() -> None:
    runs = [
        [frozenset("abcd"), frozenset("e")],
        [frozenset("abc"), frozenset("de")],
        [frozenset("ab"), frozenset("cd"), frozenset("e")],
    ]
    stability = measure_stability(runs, [0.1, 0.3, 0.2])
    assert stability.modularities == (0.1, 0.3, 0.2)
    # Of the four pairs of the second run only a–b is together in all three.
    assert stability.together == 1 / 4
    assert stability.nodes == {"a": 3 / 4, "b": 3 / 4, "c": 2 / 4, "d": 0.0, "e": 0.0}
    rands = [compare_divisions(a, b) for a, b in combinations(runs, 2)]
    assert stability.agreement == pytest.approx(sum(rands) / 3)


def test_the_member_between_the_clubs_is_told(karate: nx.Graph[str]) -> None:
    """Member 10 has one friend in each faction."""
    nodes = find_communities(karate, weight=None, seeds=range(20)).stability.nodes
    assert nodes["10"] < nodes["34"]


def test_the_order_of_building_changes_nothing(karate: nx.Graph[str]) -> None:
    turned: nx.Graph[str] = nx.Graph()
    for a, b, data in reversed(list(karate.edges(data=True))):
        turned.add_edge(b, a, **data)
    assert find_communities(turned) == find_communities(karate)


def test_each_process_finds_the_same() -> None:
    """The order of a set of strings depends on a random seed of the process."""
    program = (
        "import networkx as nx; from graph.communities import find_communities; "
        "n = nx.relabel_nodes(nx.les_miserables_graph(), str); "
        "found = find_communities(n, seeds=[3]); "
        "print([sorted(c) for c in found.communities], found.modularity)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert b"Valjean" in outputs.pop()


@SIXTY
@given(networks())
def test_communities_divide_the_nodes(network: nx.Graph[str]) -> None:
    found = find_communities(network, seeds=[1, 2])
    assert sorted(node for community in found.communities for node in community) == list(network)
    assert found.communities == sort_communities(found.communities)
    assert found.modularity == pytest.approx(measure_modularity(network, found.communities))
    if network.size():
        expected = nx.community.modularity(network, found.communities, resolution=1)
        assert found.modularity == pytest.approx(expected)
    assert 0 <= found.modularity <= 1
    assert all(0 <= kept <= 1 for kept in found.stability.nodes.values())


@SIXTY
@given(networks(), st.lists(st.from_regex(r"[p-z]{4}", fullmatch=True), min_size=9, unique=True))
def test_other_names_in_the_same_order_change_nothing(
    network: nx.Graph[str], names: Sequence[str]
) -> None:
    other = dict(zip(NODES, sorted(names), strict=False))
    renamed = find_communities(nx.relabel_nodes(network, other), seeds=[1, 2])
    found = find_communities(network, seeds=[1, 2])
    assert renamed.communities == tuple(
        frozenset(other[node] for node in community) for community in found.communities
    )
    assert renamed.stability.agreement == found.stability.agreement


@SIXTY
@given(networks())
def test_an_isolated_node_is_alone_and_changes_nothing(network: nx.Graph[str]) -> None:
    before = find_communities(network, seeds=[1, 2])
    network.add_node("isolated")
    after = find_communities(network, seeds=[1, 2])
    assert set(after.communities) == {*before.communities, frozenset({"isolated"})}
    assert (after.modularity, after.stability) == (before.modularity, before.stability)


@SIXTY
@given(DIVISIONS, DIVISIONS)
def test_the_rand_index_counts_pairs(
    one: list[frozenset[str]], other: list[frozenset[str]]
) -> None:
    pairs = [set(pair) for pair in combinations(NODES, 2)]
    in_one, in_other = ([any(pair <= c for c in d) for pair in pairs] for d in (one, other))
    both = sum(a and b for a, b in zip(in_one, in_other, strict=True))
    chance = sum(in_one) * sum(in_other) / comb(9, 2)
    most = (sum(in_one) + sum(in_other)) / 2
    expected = (both - chance) / (most - chance) if most != chance else 1
    assert compare_divisions(one, other) == pytest.approx(expected)
    assert compare_divisions(one, other) == compare_divisions(other, one)
    assert compare_divisions(one, one) == 1


def test_divisions_of_different_nodes_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="not of the same nodes"):
        compare_divisions([{"a"}], [{"b"}])


def test_numbers_follow_size_and_then_names() -> None:
    communities = sort_communities([{"z"}, {"b", "c"}, {"a", "d"}])
    assert number_members(communities) == {"a": 0, "d": 0, "b": 1, "c": 1, "z": 2}


def test_parallel_ties_count_together_and_those_of_weight_nothing_not() -> None:
    several: nx.MultiGraph[str] = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("c", "c")])
    single: nx.Graph[str] = nx.Graph()
    single.add_weighted_edges_from([("a", "b", 2), ("b", "c", 1), ("c", "d", 0)])
    communities = find_communities(single).communities
    assert communities == (*find_communities(several).communities, frozenset({"d"}))


def test_finer_resolution_makes_more_communities(karate: nx.Graph[str]) -> None:
    coarse, fine = (find_communities(karate, resolution=r).communities for r in (0.3, 3.0))
    assert len(coarse) < 4 < len(fine)


@pytest.mark.parametrize("method", ["louvain", "leiden"])
def test_empty_networks_and_single_nodes(method: Method) -> None:
    network: nx.Graph[str] = nx.Graph()
    for nodes in ([], ["a"], ["a", "b"]):
        network.add_nodes_from(nodes)
        found = find_communities(network, method=method, seeds=[0, 1])
        assert isinstance(found, Communities)
        assert found.communities == tuple(frozenset({node}) for node in nodes)
        assert (found.modularity, found.stability.agreement) == (0.0, 1.0)
        assert (found.stability.together, found.stability.nodes) == (1.0, {})
        assert measure_modularity(network, found.communities) == 0.0


def test_directed_networks_and_no_seeds_are_refused(karate: nx.Graph[str]) -> None:
    with pytest.raises(ValueError, match="undirected"):
        find_communities(nx.DiGraph([("a", "b")]))
    with pytest.raises(ValueError, match="undirected"):
        measure_modularity(nx.DiGraph([("a", "b")]), [{"a", "b"}])
    with pytest.raises(ValueError, match="at least one seed"):
        find_communities(karate, seeds=[])


@pytest.mark.parametrize("communities", [[{"a"}], [{"a", "b"}, {"b"}], [{"a"}, {"b"}, {"c"}]])
def test_what_does_not_divide_the_nodes_has_no_modularity(communities: list[set[str]]) -> None:
    with pytest.raises(ValueError, match="do not divide"):
        measure_modularity(nx.Graph([("a", "b")]), communities)
