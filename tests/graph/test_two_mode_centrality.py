"""Centrality in two-mode networks: the women and events of Davis, and NetworkX beside it."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.centrality import rank
from graph.projection import join_modes
from graph.two_mode_centrality import two_mode_betweenness, two_mode_closeness, two_mode_degree

# Borgatti and Halgin, "Analyzing affiliation networks" (The SAGE Handbook of Social Network
# Analysis, 2011), table of normalised centrality: degree, closeness, betweenness.
DAVIS = {
    "E8": (0.78, 0.85, 0.24), "E9": (0.67, 0.79, 0.23), "E7": (0.56, 0.73, 0.13),
    "Nora": (0.57, 0.80, 0.11), "Evelyn": (0.57, 0.80, 0.10), "Theresa": (0.57, 0.80, 0.09),
    "E6": (0.44, 0.69, 0.07), "Sylvia": (0.50, 0.77, 0.07), "Laura": (0.50, 0.73, 0.05),
    "Brenda": (0.50, 0.73, 0.05), "Katherina": (0.43, 0.73, 0.05), "E5": (0.44, 0.59, 0.04),
    "Helen": (0.36, 0.73, 0.04), "E3": (0.33, 0.56, 0.02), "Ruth": (0.29, 0.71, 0.02),
    "Verne": (0.29, 0.71, 0.02), "E12": (0.33, 0.56, 0.02), "Myra": (0.29, 0.69, 0.02),
    "E11": (0.22, 0.54, 0.02), "Eleanor": (0.29, 0.67, 0.01), "Frances": (0.29, 0.67, 0.01),
    "Pearl": (0.21, 0.67, 0.01), "E4": (0.22, 0.54, 0.01), "Charlotte": (0.29, 0.60, 0.01),
    "E10": (0.28, 0.55, 0.01), "Olivia": (0.14, 0.59, 0.01), "Flora": (0.14, 0.59, 0.01),
    "E2": (0.17, 0.52, 0.00), "E1": (0.17, 0.52, 0.00), "Dorothy": (0.14, 0.65, 0.00),
    "E13": (0.17, 0.52, 0.00), "E14": (0.17, 0.52, 0.00),
}  # fmt: skip
MEASURES = (two_mode_degree, two_mode_closeness, two_mode_betweenness)
PAIRS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 5)), max_size=20)


def build(pairs: set[tuple[int, int]]) -> nx.Graph[str]:
    named = [(f"a{one}", f"b{other}") for one, other in sorted(pairs)]
    return join_modes(named, {a: {} for a, _ in named}, {b: {} for _, b in named})


@pytest.mark.parametrize("place", range(3))
def test_women_and_events_of_davis(place: int) -> None:
    values = MEASURES[place](nx.davis_southern_women_graph())
    found = {node.split()[0]: value for node, value in values.items()}
    assert found == pytest.approx(
        {node: published[place] for node, published in DAVIS.items()}, abs=0.0075
    )


@settings(max_examples=30)
@given(PAIRS)
def test_networkx_has_the_same_values(pairs: set[tuple[int, int]]) -> None:
    network = build(pairs)
    top = [node for node in network if node.startswith("a")]
    if top:
        expected = nx.bipartite.degree_centrality(network, top)
        assert two_mode_degree(network) == pytest.approx(expected)
        expected = nx.bipartite.closeness_centrality(network, top)
        assert two_mode_closeness(network) == pytest.approx(expected)
    if min(len(top), len(network) - len(top)) > 1:
        # With one node in a mode NetworkX divides by zero.
        expected = nx.bipartite.betweenness_centrality(network, top)
        assert two_mode_betweenness(network) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("sizes", [(0, 0), (1, 0), (0, 1), (3, 0), (2, 2)])
def test_networks_without_ties_give_zeros(measure: object, sizes: tuple[int, int]) -> None:
    assert callable(measure)
    network = join_modes([], *({f"{mode}{n}": {} for n in range(sizes[mode])} for mode in (0, 1)))
    assert measure(network) == dict.fromkeys(network, 0)


@pytest.mark.parametrize("measure", MEASURES)
def test_one_pair(measure: object) -> None:
    assert callable(measure)
    between = measure is two_mode_betweenness
    assert measure(build({(1, 1)})) == {"a1": 0 if between else 1, "b1": 0 if between else 1}


@settings(max_examples=30)
@given(PAIRS)
def test_an_isolated_organisation_changes_no_rank(pairs: set[tuple[int, int]]) -> None:
    """Of its mode; the values of undertakings shrink beside those of organisations."""
    network = build(pairs)
    for measure in MEASURES:
        before = {node: v for node, v in measure(network).items() if node.startswith("a")}
        grown = network.copy()
        grown.add_node("isolated", bipartite=0)
        after = measure(grown)
        places = rank({node: after[node] for node in before})
        assert [(p.node, p.rank) for p in places] == [(p.node, p.rank) for p in rank(before)]


@pytest.mark.parametrize("measure", MEASURES)
def test_one_mode_networks_are_refused(measure: object) -> None:
    assert callable(measure)
    with pytest.raises(ValueError, match="every node must be"):
        measure(nx.Graph([("a", "b")]))
