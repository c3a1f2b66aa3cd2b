"""Structure: published values, and the definitions taken at their word on small networks."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.structure import (
    CorePeriphery,
    Nestedness,
    find_bridges,
    find_core,
    find_cut_points,
    measure_nestedness,
    measure_participation,
)

SIXTY = settings(max_examples=60)
NODES = [f"n{number}" for number in range(9)]


@st.composite
def networks(draw: st.DrawFn) -> nx.Graph[str]:
    """Small sparse networks."""
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(NODES[: draw(st.integers(0, len(NODES)))])
    pairs = list(combinations(network, 2))
    if pairs:
        network.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=14)))
    return network


@st.composite
def two_mode_networks(draw: st.DrawFn) -> nx.Graph[str]:
    """Small organisation × theme matrices, some rows and columns empty."""
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(NODES[:5], bipartite=0)
    network.add_nodes_from(NODES[5:], bipartite=1)
    pairs = [(row, column) for row in NODES[:5] for column in NODES[5:]]
    network.add_edges_from(draw(st.sets(st.sampled_from(pairs))))
    return network


PERMUTED = st.permutations(NODES).map(lambda names: dict(zip(NODES, names, strict=True)))


def rename(network: nx.Graph[str], names: dict[str, str]) -> nx.Graph[str]:
    return nx.relabel_nodes(network, {node: names[node] for node in network})


def named(part: frozenset[str], names: dict[str, str]) -> frozenset[str]:
    return frozenset(names[node] for node in part)


@pytest.fixture
def karate() -> nx.Graph[str]:
    return nx.relabel_nodes(nx.karate_club_graph(), lambda node: str(node + 1))


def parts_without_largest(network: nx.Graph[str], component: set[str]) -> set[frozenset[str]]:
    """What a component falls into, but the one largest part."""
    parts = [frozenset(part) for part in nx.connected_components(network.subgraph(component))]
    sizes = [len(part) for part in parts]
    if sizes.count(max(sizes)) == 1:
        parts.remove(max(parts, key=len))
    return set(parts)


@SIXTY
@given(networks())
def test_cut_points_and_what_they_cut_off(network: nx.Graph[str]) -> None:
    found = find_cut_points(network)
    assert list(found) == sorted(nx.articulation_points(network))
    for node, parts in found.items():
        component = nx.node_connected_component(network, node) - {node}
        assert set(parts) == parts_without_largest(network, component)
        assert [len(part) for part in parts] == sorted(map(len, parts), reverse=True)


@SIXTY
@given(networks())
def test_bridges_and_what_they_cut_off(network: nx.Graph[str]) -> None:
    found = find_bridges(network)
    assert set(found) == {(min(a, b), max(a, b)) for a, b in nx.bridges(network)}
    for (a, b), parts in found.items():
        component = nx.node_connected_component(network, a)
        without = nx.restricted_view(network, [], [(a, b)])
        assert set(parts) == parts_without_largest(without, component)


@SIXTY
@given(networks(), PERMUTED)
def test_cuts_under_other_names(network: nx.Graph[str], names: dict[str, str]) -> None:
    renamed = rename(network, names)
    points = find_cut_points(renamed)
    assert {node: set(parts) for node, parts in points.items()} == {
        names[node]: {named(part, names) for part in parts}
        for node, parts in find_cut_points(network).items()
    }
    assert {frozenset(ends) for ends in find_bridges(renamed)} == {
        named(frozenset(ends), names) for ends in find_bridges(network)
    }


@SIXTY
@given(networks())
def test_cuts_with_an_isolated_node(network: nx.Graph[str]) -> None:
    before = find_cut_points(network), find_bridges(network)
    network.add_node("isolated")
    assert (find_cut_points(network), find_bridges(network)) == before


def test_the_karate_club_hangs_on_its_instructor(karate: nx.Graph[str]) -> None:
    assert find_cut_points(karate) == {
        "1": [frozenset({"5", "6", "7", "11", "17"}), frozenset({"12"})]
    }
    assert find_bridges(karate) == {("1", "12"): [frozenset({"12"})]}


def test_equal_halves_are_both_cut_off() -> None:
    path = nx.Graph([("a", "b"), ("b", "c")])
    assert find_cut_points(path) == {"b": [frozenset("a"), frozenset("c")]}
    assert find_bridges(nx.Graph([("a", "b")])) == {("a", "b"): [frozenset("a"), frozenset("b")]}


def test_directions_and_loops_do_not_count() -> None:
    network = nx.DiGraph([("a", "b"), ("c", "b"), ("b", "b"), ("c", "d")])
    assert set(find_cut_points(network)) == {"b", "c"}
    assert set(find_bridges(network)) == {("a", "b"), ("b", "c"), ("c", "d")}


def test_a_long_chain_is_no_deep_recursion() -> None:
    chain = nx.relabel_nodes(nx.path_graph(3000), lambda node: f"{node:04}")
    assert len(find_cut_points(chain)) == 2998
    assert find_bridges(chain)["0001", "0002"] == [frozenset({"0000", "0001"})]


@SIXTY
@given(networks(), st.dictionaries(st.sampled_from(NODES), st.sampled_from("abc")))
def test_participation_is_what_its_definition_says(
    network: nx.Graph[str], classes: dict[str, str]
) -> None:
    found = measure_participation(network, classes)
    assert list(found) == list(network)
    for node, value in found.items():
        kinds = [classes[other] for other in network[node] if other in classes]
        shares = [kinds.count(kind) / len(kinds) for kind in set(kinds)]
        assert value == pytest.approx(1 - sum(s * s for s in shares) if kinds else 0)
        assert 0 <= value <= 1 - 1 / 3 + 1e-12


@SIXTY
@given(networks(), st.dictionaries(st.sampled_from(NODES), st.sampled_from("abc")), PERMUTED)
def test_participation_under_other_names_is_the_same_to_the_last_bit(
    network: nx.Graph[str], classes: dict[str, str], names: dict[str, str]
) -> None:
    other = {names[node]: kind for node, kind in classes.items()}
    found = measure_participation(rename(network, names), other)
    assert found == {names[n]: v for n, v in measure_participation(network, classes).items()}
    network.add_node("isolated")
    assert measure_participation(network, classes)["isolated"] == 0


def test_participation_by_weight() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_weighted_edges_from([("a", "b", 3), ("a", "c", 1)])
    classes = {"b": "x", "c": "y"}
    assert measure_participation(network, classes)["a"] == 0.5
    assert measure_participation(network, classes, "weight")["a"] == 1 - (9 + 1) / 16


def correlation(network: nx.Graph[str], core: frozenset[str]) -> float:
    """The fit of Borgatti and Everett: Pearson's r of the ties and the ideal pattern."""
    nodes = [node for node in network if network.degree(node)]
    pairs = list(combinations(nodes, 2))
    ties = [network.has_edge(a, b) for a, b in pairs]
    pattern = [a in core or b in core for a, b in pairs]
    return float(np.corrcoef(ties, pattern)[0, 1])


@SIXTY
@given(networks())
def test_the_core_fits_best_of_all_cores_by_degree(network: nx.Graph[str]) -> None:
    found = find_core(network)
    tied = {node: network.degree(node) for node in network if network.degree(node)}
    complete = network.number_of_edges() == len(tied) * (len(tied) - 1) // 2
    cores = [frozenset(n for n in tied if tied[n] >= least) for least in set(tied.values())]
    cores = [core for core in cores if len(core) < len(tied) - 1]
    if complete or not cores:
        assert found == CorePeriphery()
        return
    fits = {core: correlation(network, core) for core in cores}
    assert found.fit == pytest.approx(max(fits.values()))
    assert fits[found.core] == pytest.approx(found.fit)


def test_the_karate_club_has_no_better_core_one_step_away(karate: nx.Graph[str]) -> None:
    found = find_core(karate)
    assert sorted(found.core, key=int) == ["1", "2", "3", "33", "34"]
    assert found.fit == pytest.approx(0.4315, abs=5e-5)
    assert found.fit == pytest.approx(correlation(karate, found.core))
    assert max(correlation(karate, found.core ^ {node}) for node in karate) < found.fit
    assert (found.within_core, found.between) == (5 / 10, 54 / 145)
    assert found.within_periphery == 19 / 406


def test_a_perfect_core() -> None:
    network = nx.complete_graph(["a", "b", "c"])
    network.add_edges_from((core, rim) for core in "abc" for rim in "wxyz")
    found = find_core(network)
    assert found == CorePeriphery(frozenset("abc"), 1.0, 1.0, 1.0, 0.0)


@SIXTY
@given(networks(), PERMUTED)
def test_the_core_under_other_names_and_with_an_isolated_node(
    network: nx.Graph[str], names: dict[str, str]
) -> None:
    found, renamed = find_core(network), find_core(rename(network, names))
    assert (renamed.core, renamed.fit) == (named(found.core, names), found.fit)
    network.add_node("isolated")
    assert find_core(network) == found


@pytest.mark.parametrize("network", [nx.cycle_graph(5), nx.complete_graph(4), nx.path_graph(2)])
def test_where_all_nodes_are_alike_there_is_no_core(network: nx.Graph[int]) -> None:
    assert find_core(nx.relabel_nodes(network, str)) == CorePeriphery()


def test_davis_women_are_nested() -> None:
    """NODF 48.58, of rows and columns sorted by falling degree; the order given is 29.39."""
    davis = nx.davis_southern_women_graph()
    found = measure_nestedness(davis)
    assert found.nodf == pytest.approx(48.58, abs=5e-3)
    assert (found.rows, found.columns) == (pytest.approx(48.2057), pytest.approx(49.2125))
    sides = nx.get_node_attributes(davis, "bipartite")
    nx.set_node_attributes(davis, {node: 1 - side for node, side in sides.items()}, "bipartite")
    assert measure_nestedness(davis) == Nestedness(found.nodf, found.columns, found.rows)


def looped_nestedness(network: nx.Graph[str], side: int) -> list[float]:
    """The overlap of each pair of rows (or columns) in percent, by the definition."""
    found = []
    nodes = [n for n in network if network.nodes[n]["bipartite"] == side and network.degree(n)]
    for pair in combinations(nodes, 2):
        poor, rich = sorted((set(network[node]) for node in pair), key=len)
        found.append(100 * len(poor & rich) / len(poor) if len(poor) < len(rich) else 0.0)
    return found


@SIXTY
@given(two_mode_networks(), PERMUTED)
def test_nestedness_is_what_its_definition_says(
    network: nx.Graph[str], names: dict[str, str]
) -> None:
    rows, columns = (looped_nestedness(network, side) for side in (0, 1))
    found = measure_nestedness(network)
    assert found.rows == pytest.approx(sum(rows) / (len(rows) or 1))
    assert found.columns == pytest.approx(sum(columns) / (len(columns) or 1))
    both = rows + columns
    assert found.nodf == pytest.approx(sum(both) / (len(both) or 1))
    assert measure_nestedness(rename(network, names)) == found
    network.add_node("isolated", bipartite=0)
    assert measure_nestedness(network) == found


def test_empty_networks_and_single_nodes() -> None:
    network: nx.Graph[str] = nx.Graph()
    for nodes in ([], ["a"]):
        network.add_nodes_from(nodes, bipartite=0)
        assert find_cut_points(network) == {}
        assert find_bridges(network) == {}
        assert measure_participation(network, {"a": "one"}) == dict.fromkeys(nodes, 0.0)
        assert find_core(network) == CorePeriphery()
        assert measure_nestedness(network) == Nestedness(0.0, 0.0, 0.0)
