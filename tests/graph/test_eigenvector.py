"""Eigenvector centrality: the definition, NetworkX beside it, and networks in several pieces."""

from __future__ import annotations

import networkx as nx
import pytest

from graph.eigenvector import eigenvector


def text(network: nx.Graph[int]) -> nx.Graph[str]:
    named: nx.Graph[str] = nx.Graph()
    named.add_nodes_from(map(str, network))
    named.add_edges_from((str(one), str(other)) for one, other in network.edges)
    return named


@pytest.mark.parametrize("size", [60, 700], ids=["dense", "sparse"])
def test_it_is_what_networkx_finds(size: int) -> None:
    network = text(nx.barabasi_albert_graph(size, 2, seed=4))
    for number, (one, other) in enumerate(network.edges):
        network[one][other]["weight"] = 1 + number % 4
    expected = nx.eigenvector_centrality_numpy(network, weight="weight")
    assert eigenvector(network) == pytest.approx(expected, abs=1e-9)


def test_it_is_the_same_in_every_run() -> None:
    network = text(nx.barabasi_albert_graph(700, 2, seed=4))
    assert eigenvector(network) == eigenvector(network)


def test_only_the_component_with_the_greatest_eigenvalue_has_values() -> None:
    network = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z")])
    values = eigenvector(network)
    assert [values[node] for node in "xyz"] == [0, 0, 0]
    assert [values[node] for node in "abc"] == pytest.approx([3**-0.5] * 3)


def test_weights_decide_which_component_that_is() -> None:
    network = nx.Graph([("a", "b"), ("b", "c"), ("c", "a")])
    network.add_edge("x", "y", weight=3)
    assert eigenvector(network) == pytest.approx(
        {"a": 0, "b": 0, "c": 0, "x": 0.5**0.5, "y": 0.5**0.5}
    )


def test_components_of_the_same_eigenvalue_share_it_as_power_iteration_does() -> None:
    """A triangle and a wheel of two ties each have the eigenvalue 2, whatever their size."""
    network = nx.disjoint_union(nx.cycle_graph(3), nx.star_graph(4))
    expected = nx.eigenvector_centrality(network, max_iter=5000, tol=1e-12)
    found = eigenvector(text(network))
    assert found == pytest.approx({str(n): value for n, value in expected.items()}, abs=1e-6)
    assert min(found.values()) > 0
