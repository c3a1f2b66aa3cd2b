"""Centrality in two-mode networks, each mode measured by what its nodes could reach at most.

The networks carry ``bipartite`` on their nodes: 0 for organisations, 1 for undertakings. Values
are those of both modes, 0 to 1, and comparable across them. Borgatti & Everett, "Network analysis
of 2-mode data" (1997), doi:10.1016/S0378-8733(96)00301-2; Faust, "Centrality in affiliation
networks" (1997), doi:10.1016/S0378-8733(96)00300-0. Weights do not count.
"""

from __future__ import annotations

import networkx as nx

from graph.adjacency import read_adjacency
from graph.centrality import Values, betweenness
from graph.projection import check_modes
from graph.shortest_paths import sum_distances


def two_mode_degree(network: nx.Graph[str]) -> Values:
    """Return each node's neighbours as a part of all nodes of the other mode.

    Raises:
        ValueError: a tie does not join an organisation (0) and an undertaking (1).

    >>> network = nx.Graph([("a", "x"), ("b", "x"), ("b", "y")])
    >>> nx.set_node_attributes(network, {"a": 0, "b": 0, "x": 1, "y": 1}, "bipartite")
    >>> two_mode_degree(network)
    {'a': 0.5, 'x': 1.0, 'b': 1.0, 'y': 0.5}
    """
    modes, sizes = _modes(network)
    return {node: number / max(1, sizes[1 - modes[node]]) for node, number in network.degree()}


def two_mode_closeness(network: nx.Graph[str]) -> Values:
    """Return how near each node is to all others, in parts of the nearest it could be.

    c(i) = (m + 2(n-1)) / Σⱼ d(i,j) · r/(n+m-1) for a node of a mode of n nodes, m nodes being in
    the other mode and r nodes in its reach; 0 without ties.

    Raises:
        ValueError: a tie does not join an organisation (0) and an undertaking (1).
    """
    modes, sizes = _modes(network)
    adjacency = read_adjacency(network)
    total, reachable = sum_distances(adjacency)
    others = max(1, len(network) - 1)
    values: Values = {}
    for node, distance, number in zip(adjacency.nodes, total, reachable, strict=True):
        mode = modes[node]
        least = sizes[1 - mode] + 2 * (sizes[mode] - 1)
        values[node] = float(least / distance * number / others) if number else 0.0
    return values


def two_mode_betweenness(
    network: nx.Graph[str], *, sources: int | None = None, seed: int = 0
) -> Values:
    """Return the shortest paths through each node, in parts of the most its mode allows.

    Exact up to 5,000 nodes and estimated from drawn sources above, as
    :func:`graph.centrality.betweenness` is.

    Raises:
        ValueError: there are less than two sources, or a tie does not join an organisation (0)
            and an undertaking (1).
    """
    modes, sizes = _modes(network)
    pairs = (len(network) - 1) * (len(network) - 2) / 2
    most = [_most_between(sizes[0], sizes[1]), _most_between(sizes[1], sizes[0])]
    return {
        node: share * pairs / most[modes[node]] if most[modes[node]] else 0.0
        for node, share in betweenness(network, sources=sources, seed=seed).items()
    }


def _most_between(own: int, other: int) -> float:
    """Return the most pairs that a node can lie between, by the sizes of its and the other mode.

    It is reached where all others hang on this node, the own mode spread evenly over the other
    one (Borgatti & Everett 1997, p. 256).
    """
    if not own or not other:
        return 0.0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _modes(network: nx.Graph[str]) -> tuple[dict[str, int], tuple[int, int]]:
    modes = check_modes(network)
    undertakings = sum(modes.values())
    return modes, (len(modes) - undertakings, undertakings)
