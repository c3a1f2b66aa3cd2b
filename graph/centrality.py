"""Centrality of the nodes of a network, and ranks that show ties as ties.

All measures of one-mode networks take a NetworkX graph, or the arrays of one that was read before,
and return a value for each node. A network without ties gives zeros (PageRank: equal parts), an
empty one nothing. What is small is left to NetworkX; above, the sparse matrices of SciPy give the
same values for a small part of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

import networkx as nx
import numpy as np

from graph.adjacency import Adjacency, Floats, check_simple, read_adjacency
from graph.shortest_paths import sum_dependencies, sum_distances

if TYPE_CHECKING:
    import numpy.typing as npt

Network: TypeAlias = "nx.Graph[str] | Adjacency"
Values: TypeAlias = dict[str, float]

SMALL = 200_000
"""Up to so many nodes times ties NetworkX is done before SciPy has started."""

EXACT_UP_TO = 5_000
SAMPLED_SOURCES = 500
SAME = 1e-9
"""Values nearer to each other than this part of the greatest are one value."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A node with its value and its place; ``tied`` is the number of nodes at this place."""

    node: str
    value: float
    rank: int
    tied: int


def rank(values: Mapping[str, float]) -> list[Rank]:
    """Return the nodes, the greatest value first; equal values share a rank (1, 2, 2, 4).

    Equal are values that differ by at most 1e-9 of the greatest absolute value from the first of
    their rank. Nodes of one rank stand in their own order.

    >>> [(r.node, r.rank, r.tied) for r in rank({"d": 0, "c": 1, "b": 1, "a": 2})]
    [('a', 1, 1), ('b', 2, 2), ('c', 2, 2), ('d', 4, 1)]
    """
    tolerance = SAME * max(map(abs, values.values()), default=0.0)
    tiers: list[list[str]] = []
    first = 0.0
    for node in sorted(values, key=lambda node: (-values[node], node)):
        if not tiers or first - values[node] > tolerance:
            tiers.append([])
            first = values[node]
        tiers[-1].append(node)
    ranks: list[Rank] = []
    for tier in tiers:
        place = len(ranks) + 1
        ranks += [Rank(node, values[node], place, len(tier)) for node in sorted(tier)]
    return ranks


def _is_small(network: Network) -> TypeGuard[nx.Graph[str]]:
    """Whether a network is a graph that is left to NetworkX, once it is known to be simple."""
    if isinstance(network, Adjacency):
        return False
    check_simple(network)
    return len(network) * network.number_of_edges() <= SMALL


def degree(network: Network) -> Values:
    """Return the number of neighbours of each node; weights do not count.

    k(i) = |N(i)|. Freeman, "Centrality in social networks: conceptual clarification" (1978),
    doi:10.1016/0378-8733(78)90021-7.

    Raises:
        ValueError: the network is directed, has parallel ties, or a node tied to itself.

    >>> degree(nx.Graph([("a", "b"), ("b", "c")]))
    {'a': 1.0, 'b': 2.0, 'c': 1.0}
    """
    if isinstance(network, Adjacency):
        return network.label(network.degrees.astype(float).tolist())
    check_simple(network)
    return {node: float(number) for node, number in network.degree()}


def strength(network: Network) -> Values:
    """Return the sum of the weights of each node's ties.

    s(i) = Σⱼ w(i,j). Barrat et al., "The architecture of complex weighted networks" (2004),
    doi:10.1073/pnas.0400087101.

    Raises:
        ValueError: the network is directed, has parallel ties, or a node tied to itself.
    """
    if isinstance(network, Adjacency):
        return network.label(network.strengths.tolist())
    check_simple(network)
    return {node: float(total) for node, total in network.degree(weight="weight")}


def betweenness(network: Network, *, sources: int | None = None, seed: int = 0) -> Values:
    """Return the share of the shortest paths between others that lead through each node, 0 to 1.

    b(i) = Σₛₜ σ(s,t|i) / σ(s,t), divided by the (n-1)(n-2)/2 pairs of other nodes; ties count as
    one step, whatever their weight. Freeman, "A set of measures of centrality based on
    betweenness" (1977), doi:10.2307/3033543.

    Up to 5,000 nodes it is exact. Above, or with ``sources``, it is estimated from the paths that
    begin at so many nodes (500), drawn with the seed from the nodes in their own order: Brandes &
    Pich, "Centrality estimation in large networks" (2007), doi:10.1142/S0218127407018403.

    Raises:
        ValueError: there are less than two sources, or the network is no simple one.
    """
    size = len(network.nodes)
    if sources is None and size > EXACT_UP_TO:
        sources = SAMPLED_SOURCES
    if sources is not None and sources < 2:
        raise ValueError("betweenness needs at least two sources")
    if (sources is None or sources >= size) and _is_small(network):
        return nx.betweenness_centrality(network)
    adjacency = read_adjacency(network)
    drawn = _draw_sources(adjacency, sources, seed)
    through = sum_dependencies(adjacency, drawn)
    # A source has no paths of its own to lie on, so it is seen from one source less.
    seen_from = np.full(size, len(drawn))
    seen_from[drawn] -= 1
    return adjacency.label((through / np.maximum(1, seen_from * (size - 2))).tolist())


def _draw_sources(network: Adjacency, sources: int | None, seed: int) -> npt.NDArray[np.int32]:
    size = len(network.nodes)
    if sources is None or sources >= size:
        return np.arange(size, dtype=np.int32)
    ordered = sorted(range(size), key=network.nodes.__getitem__)
    return np.array(Random(seed).sample(ordered, sources), dtype=np.int32)


def closeness(network: Network) -> Values:
    """Return how near each node is to all others, 0 to 1; weights do not count.

    c(i) = (r/(n-1)) · (r/Σⱼ d(i,j)) over the r nodes that i can reach, so that a node in a small
    component is not the nearest of all; 0 without ties. Wasserman & Faust, *Social Network
    Analysis* (1994), p. 201, doi:10.1017/CBO9780511815478.

    Raises:
        ValueError: the network is directed, has parallel ties, or a node tied to itself.
    """
    if _is_small(network):
        return nx.closeness_centrality(network)
    adjacency = read_adjacency(network)
    total, reachable = sum_distances(adjacency)
    others = max(1, len(adjacency.nodes) - 1)
    return adjacency.label((reachable**2 / (others * np.maximum(1, total))).tolist())


def pagerank(network: Network, *, damping: float = 0.85) -> Values:
    """Return the part of its time that a random walk spends at each node; they add up to 1.

    p(i) = (1-d)/n + d · Σⱼ p(j) · w(j,i)/s(j): with probability d the walk follows a tie in
    proportion to its weight, else (and from a node without ties) it jumps anywhere. Brin & Page,
    "The anatomy of a large-scale hypertextual Web search engine" (1998),
    doi:10.1016/S0169-7552(98)00110-X. Iterated until all values together move by less than 1e-12.

    Raises:
        ValueError: the damping is not between 0 and 1, or the network is no simple one.
    """
    if not 0 <= damping < 1:
        raise ValueError("the damping of PageRank must be at least 0 and less than 1")
    adjacency = read_adjacency(network)
    size = len(adjacency.nodes)
    if not size:
        return {}
    strengths = adjacency.strengths
    lonely = strengths == 0
    walk = adjacency.matrix(adjacency.weights / strengths[adjacency.neighbours])
    values, change = np.full(size, 1 / size), 1.0
    while change > 1e-12:
        before = values
        jumps = (1 - damping + damping * before[lonely].sum()) / size
        values = damping * (walk @ before) + jumps
        change = float(np.abs(values - before).sum())
    return adjacency.label(values.tolist())


def core_number(network: Network) -> Values:
    """Return the greatest k for which each node is in the k-core; weights do not count.

    The k-core is the largest part of the network in which everyone has at least k neighbours of
    that part. Seidman, "Network structure and minimum degree" (1983),
    doi:10.1016/0378-8733(83)90028-X.

    Raises:
        ValueError: the network is directed, has parallel ties, or a node tied to itself.
    """
    if _is_small(network):
        return {node: float(number) for node, number in nx.core_number(network).items()}
    adjacency = read_adjacency(network)
    return adjacency.label(_peel(adjacency).tolist())


def _peel(network: Adjacency) -> Floats:
    """Return the core numbers: whoever has at most k neighbours left is taken away, for each k."""
    left = network.degrees.copy()
    cores = np.zeros(len(left))
    remains = np.ones(len(left), dtype=bool)
    level = 0
    while remains.any():
        level = max(level, int(left[remains].min()))
        peeled = np.flatnonzero(remains & (left <= level))
        while peeled.size:
            cores[peeled] = level
            remains[peeled] = False
            left -= np.bincount(network.around(peeled), minlength=len(left))
            peeled = np.flatnonzero(remains & (left <= level))
    return cores
