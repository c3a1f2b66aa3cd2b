"""Centrality: published values, NetworkX beside the fast ways, and what must never matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import centrality
from graph.adjacency import Adjacency, read_adjacency
from graph.centrality import (
    Values,
    betweenness,
    closeness,
    core_number,
    degree,
    pagerank,
    rank,
    strength,
)
from graph.eigenvector import eigenvector

# Krackhardt, "Assessing the Political Landscape", Administrative Science Quarterly 35 (1990),
# table 1; the nodes are those of nx.krackhardt_kite_graph.
KITE_CLOSENESS = (0.529, 0.529, 0.500, 0.600, 0.500, 0.643, 0.643, 0.600, 0.429, 0.310)
KITE_BETWEENNESS = (0.023, 0.023, 0.0, 0.102, 0.0, 0.231, 0.231, 0.389, 0.222, 0.0)
KITE_DEGREE = (4, 4, 3, 6, 3, 5, 5, 3, 2, 1)

# Marriages of Padgett and Ansell, "Robust Action and the Rise of the Medici", American Journal of
# Sociology 98 (1993); betweenness after Jackson, Social and Economic Networks (2008), section 1.2.
FLORENTINE_BETWEENNESS = {"Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212, "Strozzi": 0.103}

MEASURES: dict[str, Callable[[nx.Graph[str] | Adjacency], Values]] = {
    "degree": degree,
    "strength": strength,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "core_number": core_number,
}
EACH = pytest.mark.parametrize("name", MEASURES)

TIES = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda tie: tie[0] < tie[1]),
    st.integers(1, 5),
    max_size=20,
)


def named(network: nx.Graph[Any], *, weighted: bool = True) -> nx.Graph[str]:
    """The network with its nodes as text, and without weights where these are not asked for."""
    ties = network.edges(data=True) if weighted else network.edges
    copy: nx.Graph[str] = nx.Graph()
    copy.add_nodes_from(map(str, network))
    copy.add_edges_from((str(tie[0]), str(tie[1]), *tie[2:]) for tie in ties)
    return copy


def build(ties: Mapping[tuple[int, int], int]) -> nx.Graph[str]:
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(map(str, range(9)))
    network.add_weighted_edges_from((str(a), str(b), w) for (a, b), w in ties.items())
    return network


def grown(seed: int) -> nx.Graph[str]:
    """A weighted network of several components, more nodes than bits of a word or one batch."""
    large = nx.barabasi_albert_graph(240, 3, seed=seed)
    network = named(nx.disjoint_union_all([large, nx.path_graph(9), nx.empty_graph(3)]))
    for number, (one, other) in enumerate(network.edges):
        network[one][other]["weight"] = 1 + number % 7
    return network


@pytest.fixture(scope="module")
def kite() -> nx.Graph[str]:
    return named(nx.krackhardt_kite_graph())


@pytest.fixture(scope="module")
def karate() -> nx.Graph[str]:
    return named(nx.karate_club_graph())


@pytest.fixture(scope="module")
def large() -> nx.Graph[str]:
    return grown(seed=3)


def both(measure: str, network: nx.Graph[str]) -> tuple[Values, Values]:
    """The values of a network as it is given, and of its arrays, never left to NetworkX."""
    return MEASURES[measure](network), MEASURES[measure](read_adjacency(network))


@pytest.mark.parametrize(
    ("measure", "published"),
    [
        ("degree", KITE_DEGREE),
        ("closeness", KITE_CLOSENESS),
        ("betweenness", KITE_BETWEENNESS),
    ],
)
def test_krackhardt_kite(kite: nx.Graph[str], measure: str, published: tuple[float, ...]) -> None:
    for values in both(measure, kite):
        assert [round(values[str(node)], 3) for node in range(10)] == list(published)


def test_florentine_families() -> None:
    families = nx.florentine_families_graph()
    for values in both("betweenness", families):
        found = {family: round(values[family], 3) for family in FLORENTINE_BETWEENNESS}
        assert found == FLORENTINE_BETWEENNESS
        assert rank(values)[0].node == "Medici"
    for values in both("closeness", families):
        assert round(values["Medici"], 3) == 0.560
    for values in both("eigenvector", families):
        assert round(values["Medici"], 3) == 0.430


def test_karate_club(karate: nx.Graph[str]) -> None:
    """Zachary (1977); betweenness as in Brandes' and NetworkX' documentation, nodes 1 and 34."""
    for values in both("betweenness", karate):
        assert round(values["0"], 4) == 0.4376
        assert round(values["33"], 4) == 0.3041
    for values in both("core_number", karate):
        assert max(values.values()) == 4
        assert sum(value == 4 for value in values.values()) == 10


def test_a_star_is_what_freeman_says() -> None:
    """Freeman 1978: the centre of a star has the greatest value of each measure, 1."""
    star = named(nx.star_graph(6))
    for measure in ("betweenness", "closeness"):
        for values in both(measure, star):
            assert values["0"] == pytest.approx(1)


def test_closeness_of_a_small_component_is_scaled() -> None:
    """Wasserman & Faust 1994: by the part of the others that can be reached."""
    network = nx.Graph([("a", "b"), ("c", "d"), ("d", "e")])
    for values in both("closeness", network):
        assert values["a"] == pytest.approx(1 / 4)
        assert values["d"] == pytest.approx(2 / 4)
        assert values["c"] == pytest.approx(2 / 4 * 2 / 3)


def test_pagerank_by_hand() -> None:
    """Two tied nodes, and one alone whose walks jump anywhere: c = 0.15/3 + 0.85·c/3."""
    network = nx.Graph([("a", "b")])
    network.add_node("c")
    alone = 0.05 / (1 - 0.85 / 3)
    for values in both("pagerank", network):
        assert values == pytest.approx({"a": (1 - alone) / 2, "b": (1 - alone) / 2, "c": alone})


def test_pagerank_follows_weights(karate: nx.Graph[str]) -> None:
    expected = nx.pagerank(karate, tol=1e-14, max_iter=1000)
    assert pagerank(karate) == pytest.approx(expected, abs=1e-11)
    damped = nx.pagerank(karate, alpha=0.5, tol=1e-14, max_iter=1000)
    assert pagerank(karate, damping=0.5) == pytest.approx(damped, abs=1e-11)
    with pytest.raises(ValueError, match="damping"):
        pagerank(karate, damping=1.0)


def test_large_networks_have_the_values_of_networkx(
    large: nx.Graph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(centrality, "SMALL", 0)
    assert degree(large) == dict(large.degree())
    assert strength(large) == dict(large.degree(weight="weight"))
    assert core_number(large) == nx.core_number(large)
    assert betweenness(large) == pytest.approx(nx.betweenness_centrality(large), abs=1e-12)
    assert closeness(large) == pytest.approx(nx.closeness_centrality(large), abs=1e-12)
    walk = nx.pagerank(large, tol=1e-15, max_iter=1000)
    assert pagerank(large) == pytest.approx(walk, abs=1e-11)


def test_sampled_betweenness_has_the_values_of_networkx(large: nx.Graph[str]) -> None:
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(large))
    ordered.add_edges_from(large.edges)
    expected = nx.betweenness_centrality(ordered, k=50, seed=11)
    assert betweenness(large, sources=50, seed=11) == pytest.approx(expected, abs=1e-12)
    assert betweenness(large, sources=50, seed=12) != pytest.approx(expected, abs=1e-6)


def test_as_many_sources_as_nodes_are_exact(karate: nx.Graph[str]) -> None:
    assert betweenness(karate, sources=34) == betweenness(karate)
    with pytest.raises(ValueError, match="at least two sources"):
        betweenness(karate, sources=1)


def test_above_its_limit_betweenness_is_sampled(
    karate: nx.Graph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = betweenness(karate, sources=10)
    monkeypatch.setattr(centrality, "EXACT_UP_TO", 33)
    monkeypatch.setattr(centrality, "SAMPLED_SOURCES", 10)
    assert betweenness(karate) == expected
    assert betweenness(karate) != pytest.approx(nx.betweenness_centrality(karate), abs=1e-3)


@EACH
@settings(max_examples=20)
@given(ties=TIES)
def test_arrays_have_the_values_of_the_graph(name: str, ties: dict[tuple[int, int], int]) -> None:
    graph, arrays = both(name, build(ties))
    assert arrays == pytest.approx(graph, abs=1e-10)


@EACH
@settings(max_examples=20)
@given(ties=TIES, order=st.permutations(range(9)))
def test_names_change_nothing(
    name: str, ties: dict[tuple[int, int], int], order: list[int]
) -> None:
    network = build(ties)
    names = {str(old): str(new) for old, new in enumerate(order)}
    before = MEASURES[name](network)
    after = MEASURES[name](nx.relabel_nodes(network, names))
    assert after == pytest.approx({names[node]: value for node, value in before.items()}, abs=1e-9)


@EACH
@settings(max_examples=20)
@given(ties=TIES)
def test_an_isolated_node_changes_no_rank(name: str, ties: dict[tuple[int, int], int]) -> None:
    network = build(ties)
    before = rank(MEASURES[name](network))
    network.add_node("isolated")
    after = [place for place in rank(MEASURES[name](network)) if place.node != "isolated"]
    assert [(p.node, p.rank) for p in after] == [(p.node, p.rank) for p in before]


@EACH
@pytest.mark.parametrize("nodes", [0, 1, 3])
def test_networks_without_ties(name: str, nodes: int) -> None:
    equal = 1 / max(1, nodes) if name == "pagerank" else 0
    for values in both(name, named(nx.empty_graph(nodes))):
        assert values == pytest.approx(dict.fromkeys(map(str, range(nodes)), equal))


@EACH
@pytest.mark.parametrize(
    "network",
    [nx.DiGraph([("a", "b")]), nx.MultiGraph([("a", "b")]), nx.Graph([("a", "a")])],
    ids=["directed", "parallel", "loop"],
)
def test_other_kinds_of_networks_are_refused(name: str, network: nx.Graph[str]) -> None:
    with pytest.raises(ValueError, match="measures need"):
        MEASURES[name](network)


@pytest.mark.parametrize("weight", [0, -1, float("nan")])
def test_weights_that_are_none_are_refused(weight: float) -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_edge("a", "b", weight=weight)
    with pytest.raises(ValueError, match="positive"):
        pagerank(network)


def test_ties_share_a_rank() -> None:
    places = rank({"e": 1.0, "b": 3.0, "c": 3.0, "a": 5.0, "d": 1.0 + 4e-10})
    assert [(p.node, p.rank, p.tied) for p in places] == [
        ("a", 1, 1),
        ("b", 2, 2),
        ("c", 2, 2),
        ("d", 4, 2),
        ("e", 4, 2),
    ]


def test_ranks_do_not_hang_on_the_unit() -> None:
    """PageRank of thousands of nodes differs in digits that an absolute limit would drop."""
    small = {"a": 3e-10, "b": 2e-10, "c": 2e-10}
    assert [p.rank for p in rank(small)] == [1, 2, 2]
    assert [p.rank for p in rank({node: value * 1e12 for node, value in small.items()})] == [
        1,
        2,
        2,
    ]


def test_values_that_creep_do_not_become_one_rank() -> None:
    """Each is as good as the same as the one before it, but not as the first."""
    creeping = {str(step): 1 - step * 6e-10 for step in range(4)}
    assert [p.rank for p in rank(creeping)] == [1, 1, 3, 3]


def test_nothing_has_no_ranks() -> None:
    assert rank({}) == []
    assert [p.rank for p in rank({"a": 0.0, "b": 0.0})] == [1, 1]


@given(st.dictionaries(st.text(max_size=2), st.integers(-3, 3), max_size=12))
def test_a_rank_is_one_more_than_those_ahead(values: dict[str, int]) -> None:
    for place in rank(values):
        assert place.rank == 1 + sum(value > place.value for value in values.values())
        assert place.tied == sum(value == place.value for value in values.values())
