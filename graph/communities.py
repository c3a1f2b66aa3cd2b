"""Communities of a network, and how far they depend on chance.

Methods that maximise modularity draw nodes in a random order, so one run tells little: every
search runs over several seeds, the best division is returned, and with it how far the runs agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, fsum
from typing import Literal

import networkx as nx
import numpy as np

from graph.adjacency import Adjacency

Method = Literal["louvain", "leiden"]
_Run = Callable[[int], list[set[int]]]
MISSING_LEIDEN = "Leiden needs graspologic-native 1.3: pip install graspologic-native"


@dataclass(frozen=True, slots=True)
class Stability:
    """How far runs over several seeds agree.

    ``agreement``: the mean adjusted Rand index of two runs (1: the same; 0: as by chance).
    ``together``: of the pairs in one community of the best run, the share that is together in
    every run. ``nodes``: for each node the mean share of its fellows in the best run that it
    keeps in the other runs; low for nodes that stand between communities.
    """

    modularities: tuple[float, ...]
    agreement: float
    together: float
    nodes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Communities:
    """The best division found, how it was found, and how stable it is."""

    communities: tuple[frozenset[str], ...]
    modularity: float
    method: Method
    resolution: float
    seed: int
    stability: Stability

    @property
    def membership(self) -> dict[str, int]:
        """The number of each node's community; the largest is 0."""
        return number_members(self.communities)


def find_communities(
    network: nx.Graph[str],
    *,
    method: Method = "louvain",
    resolution: float = 1.0,
    seeds: Sequence[int] = range(10),
    weight: str | None = "weight",
) -> Communities:
    """Return the division of highest modularity over the seeds, and the stability of all runs.

    Communities stand by size, then by their smallest member; of equal divisions the first
    seed's is taken. Nodes are handled in the order of their names and those without ties apart,
    so that neither the order in which a network was built nor an isolated node changes the rest.
    Nodes without ties are communities of their own, and left out of the stability.

    See Blondel et al., "Fast unfolding of communities in large networks" (2008),
    doi:10.1088/1742-5468/2008/10/P10008 (Louvain), and Traag, Waltman and van Eck, "From Louvain
    to Leiden" (2019), doi:10.1038/s41598-019-41695-z.

    Raises:
        ModuleNotFoundError: Leiden was asked for, and graspologic-native is not installed.
        ValueError: the network is directed, or there is no seed.

    >>> found = find_communities(nx.barbell_graph(3, 0))
    >>> [sorted(community) for community in found.communities], found.stability.agreement
    ([[0, 1, 2], [3, 4, 5]], 1.0)
    """
    if not seeds:
        raise ValueError("Communities need at least one seed")
    ties = _read_ties(network, weight)
    alone = [frozenset({node}) for node in sorted(set(network) - set(ties.nodes))]
    runs = _divide(ties, method, resolution, seeds)
    values = [_modularity(ties, number_members(run), resolution) for run in runs]
    best = values.index(max(values))
    return Communities(
        sort_communities([*runs[best], *alone]),
        values[best],
        method,
        resolution,
        seeds[best],
        measure_stability(runs, values),
    )


def measure_modularity(
    network: nx.Graph[str],
    communities: Sequence[Collection[str]],
    *,
    resolution: float = 1.0,
    weight: str | None = "weight",
) -> float:
    """Return the modularity of a division of all nodes; 0 for a network without ties.

    Q = Σ_c (L_c / m − γ (k_c / 2m)²), with L_c the ties within community c, k_c the sum of its
    degrees, m all ties and γ the resolution; from −½ to 1. Ties of a node to itself are left out.

    See Newman and Girvan, "Finding and evaluating community structure in networks" (2004),
    doi:10.1103/PhysRevE.69.026113.

    Raises:
        ValueError: the network is directed, or the communities do not divide its nodes.

    >>> round(measure_modularity(nx.barbell_graph(3, 0), [{0, 1, 2}, {3, 4, 5}]), 4)
    0.3571
    """
    members = number_members(communities)
    if len(members) != sum(map(len, communities)) or members.keys() != set(network):
        raise ValueError("The communities do not divide the nodes of the network")
    return _modularity(_read_ties(network, weight), members, resolution)


def sort_communities(communities: Collection[Collection[str]]) -> tuple[frozenset[str], ...]:
    """Return communities by falling size, then by their smallest member."""
    return tuple(sorted(map(frozenset, communities), key=lambda c: (-len(c), min(c))))


def number_members(communities: Sequence[Collection[str]]) -> dict[str, int]:
    """Return the number of the community of each node.

    >>> number_members([{"a"}, {"b"}])
    {'a': 0, 'b': 1}
    """
    return {node: number for number, community in enumerate(communities) for node in community}


def compare_divisions(one: Sequence[Collection[str]], other: Sequence[Collection[str]]) -> float:
    """Return the adjusted Rand index of two divisions of the same nodes.

    1 for the same division, 0 on average for unrelated ones of these sizes, less if worse.

    See Hubert and Arabie, "Comparing partitions" (1985), doi:10.1007/BF01908075.

    Raises:
        ValueError: the divisions are not of the same nodes.

    >>> compare_divisions([{"a", "b"}, {"c", "d"}], [{"a", "c"}, {"b", "d"}])
    -0.5
    """
    first, second = number_members(one), number_members(other)
    if first.keys() != second.keys():
        raise ValueError("The divisions are not of the same nodes")
    shared = sum(comb(n, 2) for n in Counter((first[v], second[v]) for v in first).values())
    ones, others = (sum(comb(len(c), 2) for c in division) for division in (one, other))
    pairs = comb(len(first), 2)
    chance, most = ones * others, pairs * (ones + others) / 2
    # Both put all nodes together, or each alone: they are the same.
    return (shared * pairs - chance) / (most - chance) if most != chance else 1.0


def measure_stability(
    runs: Sequence[Sequence[frozenset[str]]], modularities: Sequence[float]
) -> Stability:
    """Return how far divisions of the same nodes agree; the first of highest modularity is best.

    Raises:
        ValueError: there is no run, or the divisions are not of the same nodes.

    >>> runs = [[frozenset("abc"), frozenset("d")], [frozenset("ab"), frozenset("cd")]]
    >>> measure_stability(runs, [0.2, 0.1]).nodes
    {'a': 0.5, 'b': 0.5, 'c': 0.0, 'd': 1.0}
    """
    best = modularities.index(max(modularities))
    rands = [compare_divisions(a, b) for a, b in combinations(runs, 2)]
    numbered = [number_members(run) for run in runs]
    kept = Counter(tuple(run[node] for run in numbered) for node in numbered[best])
    together = sum(comb(size, 2) for size in kept.values())
    pairs = sum(comb(len(community), 2) for community in runs[best])
    return Stability(
        tuple(modularities),
        fsum(rands) / len(rands) if rands else 1.0,
        together / pairs if pairs else 1.0,
        _keep_fellows(numbered, best),
    )


def _read_ties(network: nx.Graph[str], weight: str | None) -> Adjacency:
    """Return the nodes that have ties, and the ties, in the order of names.

    Parallel ties are added up; those of weight 0 or of a node to itself are none.

    Raises:
        ValueError: the network is directed.
    """
    from scipy import sparse

    if network.is_directed():
        raise ValueError("Communities need an undirected network")
    edges = ((a, b, 1 if weight is None else d.get(weight, 1)) for a, b, d in network.edges.data())
    ties = [(a, b, value) for a, b, value in edges if a != b and value]
    nodes = sorted({end for a, b, _ in ties for end in (a, b)})
    place = {node: number for number, node in enumerate(nodes)}
    sources = np.array([place[a] for a, _, _ in ties], np.int32)
    targets = np.array([place[b] for _, b, _ in ties], np.int32)
    values = np.array([value for _, _, value in ties], np.float64)
    both = (np.r_[sources, targets], np.r_[targets, sources])
    matrix = sparse.csr_array((np.r_[values, values], both), shape=(len(nodes), len(nodes)))
    matrix.sort_indices()
    return Adjacency(tuple(nodes), matrix.indptr, matrix.indices, matrix.data)


def _modularity(ties: Adjacency, members: Mapping[str, int], resolution: float) -> float:
    labels = np.array([members[node] for node in ties.nodes], int)
    inside = labels[ties.rows] == labels[ties.neighbours]
    total = fsum(ties.weights)
    if not total:
        return 0.0
    degrees = np.bincount(labels, ties.strengths) / total
    return float(ties.weights[inside].sum() / total - resolution * (degrees**2).sum())


def _divide(
    ties: Adjacency, method: Method, resolution: float, seeds: Sequence[int]
) -> list[tuple[frozenset[str], ...]]:
    """Return the communities of the run of each seed."""
    if not ties.nodes:
        return [() for _ in seeds]
    run = _leiden(ties, resolution) if method == "leiden" else _louvain(ties, resolution)
    return [
        sort_communities([{ties.nodes[number] for number in members} for members in run(seed)])
        for seed in seeds
    ]


def _louvain(ties: Adjacency, resolution: float) -> _Run:
    # Numbers in place of names: the order of sets of strings changes from process to process.
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(ties.nodes)))
    ends = zip(ties.rows.tolist(), ties.neighbours.tolist(), ties.weights.tolist(), strict=True)
    numbered.add_weighted_edges_from(tie for tie in ends if tie[0] < tie[1])

    def run(seed: int) -> list[set[int]]:
        found: list[set[int]] = nx.community.louvain_communities(
            numbered, resolution=resolution, seed=seed
        )
        return found

    return run


def _leiden(ties: Adjacency, resolution: float) -> _Run:
    try:
        from graspologic_native import leiden_csr
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(MISSING_LEIDEN, name="graspologic_native") from error
    starts, neighbours = ties.starts.astype(np.int64), ties.neighbours.astype(np.int32)

    def run(seed: int) -> list[set[int]]:
        members: dict[int, set[int]] = {}
        _, labels = leiden_csr(
            starts, neighbours, ties.weights, len(ties.nodes), resolution=resolution, seed=seed
        )
        for number, label in labels.items():
            members.setdefault(label, set()).add(number)
        return list(members.values())

    return run


def _keep_fellows(runs: Sequence[Mapping[str, int]], best: int) -> dict[str, float]:
    """Return the mean share of fellows in the best run that a node keeps in the other runs."""
    reference, others = runs[best], [run for i, run in enumerate(runs) if i != best]
    sizes = Counter(reference.values())
    shared = [Counter((reference[node], run[node]) for node in reference) for run in others]
    found = {}
    for node in sorted(reference):
        community = reference[node]
        kept = [
            counts[community, run[node]] - 1 for counts, run in zip(shared, others, strict=True)
        ]
        fellows = (sizes[community] - 1) * len(kept)
        found[node] = sum(kept) / fellows if fellows else 1.0
    return found
