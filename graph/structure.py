"""The structure of a network: what hangs on one node or tie, how open nodes are, core, nesting."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from math import comb, fsum, sqrt

import networkx as nx

Parts = list[frozenset[str]]


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """A core, how well the network fits it, and the densities of ties that it makes.

    ``fit`` is a correlation from −1 to 1. It is ``None``, and the core empty, where no core can
    be told: without ties, with all of them, or where all nodes have equally many.
    """

    core: frozenset[str] = frozenset()
    fit: float | None = None
    within_core: float = 0.0
    between: float = 0.0
    within_periphery: float = 0.0


@dataclass(frozen=True, slots=True)
class Nestedness:
    """Nestedness from 0 to 100: of the whole matrix, among its rows, and among its columns."""

    nodf: float = 0.0
    rows: float = 0.0
    columns: float = 0.0


@dataclass(slots=True)
class _Search:
    """A component in the order of a depth-first search; what is below a node follows it."""

    order: list[str]
    number: dict[str, int]
    low: dict[str, int]
    end: dict[str, int] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def below(self, node: str) -> range:
        """The places of a node and all that hangs on it."""
        return range(self.number[node], self.end[node])


def find_cut_points(network: nx.Graph[str]) -> dict[str, Parts]:
    """Return each articulation point with the parts that are cut off if it leaves.

    Cut off is every part of its component but the largest; parts of the same largest size are
    all given, since none of them is the main one. Larger parts stand first. Directions count for
    nothing.

    See Tarjan, "Depth-First Search and Linear Graph Algorithms", SIAM Journal on Computing 1
    (1972), doi:10.1137/0201010.

    >>> find_cut_points(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    {'c': [frozenset({'d'})]}
    """
    found = {}
    for search in _searches(network):
        for node in search.order:
            parts = [
                [search.below(child)]
                for child in search.children[node]
                if search.low[child] >= search.number[node]
            ]
            here = search.number[node]
            taken = [range(here, here + 1), *(part for (part,) in parts)]
            if above := _remaining(taken, len(search.order)):
                parts.append(above)
            if len(parts) > 1:
                found[node] = _cut_off(parts, search.order)
    return {node: found[node] for node in sorted(found)}


def find_bridges(network: nx.Graph[str]) -> dict[tuple[str, str], Parts]:
    """Return each tie whose loss divides its component, with the smaller part, which is cut off.

    Of two parts of the same size both are given. The ends of a tie are sorted, and so are the
    ties. Directions count for nothing, and so do parallel ties.

    >>> find_bridges(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    {('c', 'd'): [frozenset({'d'})]}
    """
    found = {}
    for search in _searches(network):
        for node in search.order:
            for child in search.children[node]:
                if search.low[child] > search.number[node]:
                    part = search.below(child)
                    parts = [[part], _remaining([part], len(search.order))]
                    ends = (min(node, child), max(node, child))
                    found[ends] = _cut_off(parts, search.order)
    return {ends: found[ends] for ends in sorted(found)}


def _searches(network: nx.Graph[str]) -> Iterator[_Search]:
    """Search every component in depth, without recursion."""
    graph = network.to_undirected(as_view=True) if network.is_directed() else network
    seen: set[str] = set()
    for root in graph:
        if root not in seen:
            search = _search(graph, root)
            seen.update(search.order)
            yield search


def _search(graph: nx.Graph[str], root: str) -> _Search:
    search = _Search([root], {root: 0}, {root: 0})
    number, low = search.number, search.low
    stack = [(root, root, iter(graph[root]))]
    while stack:
        node, parent, neighbours = stack[-1]
        for neighbour in neighbours:
            if neighbour not in number:
                number[neighbour] = low[neighbour] = len(search.order)
                search.order.append(neighbour)
                search.children[node].append(neighbour)
                stack.append((neighbour, node, iter(graph[neighbour])))
                break
            if neighbour != parent:
                low[node] = min(low[node], number[neighbour])
        else:
            stack.pop()
            search.end[node] = len(search.order)
            low[parent] = min(low[parent], low[node])
    return search


def _remaining(taken: list[range], size: int) -> list[range]:
    """Return the places up to a size that are not taken by sorted ranges."""
    starts = [0, *(part.stop for part in taken)]
    stops = [*(part.start for part in taken), size]
    return [range(a, b) for a, b in zip(starts, stops, strict=True) if a < b]


def _cut_off(parts: list[list[range]], order: list[str]) -> Parts:
    """Return the parts but the largest, if there is one; the others are never listed."""
    sizes = [sum(map(len, part)) for part in parts]
    main = max(sizes) if sizes.count(max(sizes)) == 1 else None
    kept = [part for part, size in zip(parts, sizes, strict=True) if size != main]
    named = [frozenset(order[place] for places in part for place in places) for part in kept]
    return sorted(named, key=lambda part: (-len(part), min(part)))


def measure_participation(
    network: nx.Graph[str], classes: Mapping[str, Hashable], weight: str | None = None
) -> dict[str, float]:
    """Return how evenly the ties of each node spread over classes, such as sectors or communities.

    P = 1 − Σ_s (k_s / k)², where k_s of the k ties of the node go to class s: 0 if all go to one
    class, towards 1 the more and the more evenly. Neighbours without a class are left out; a node
    without any other has 0. With ``weight``, ties count their weight. Of a directed network the
    outgoing ties count.

    See Guimerà and Amaral, "Functional cartography of complex metabolic networks", Nature 433
    (2005), doi:10.1038/nature03288.

    >>> star = nx.star_graph(["hub", "a", "b"])
    >>> measure_participation(star, {"hub": "academia", "a": "industry", "b": "government"})
    {'hub': 0.5, 'a': 0.0, 'b': 0.0}
    """
    found = {}
    for node in network:
        ties: dict[Hashable, list[float]] = defaultdict(list)
        for neighbour, data in network[node].items():
            if neighbour in classes and neighbour != node:
                ties[classes[neighbour]].append(1 if weight is None else data.get(weight, 1))
        # fsum rounds once, so that nodes that are equal stay equal in any order of their ties.
        sums = [fsum(values) for values in ties.values()]
        total = fsum(sums)
        found[node] = 1 - fsum(k * k for k in sums) / total**2 if total else 0.0
    return found


def find_core(network: nx.Graph[str]) -> CorePeriphery:
    """Return the core of a network: all nodes with at least so many ties that the core fits best.

    The fit is that of Borgatti and Everett's discrete model: the correlation, over all pairs,
    between having a tie and having an end in the core. Of their possible cores only those are
    tried that take nodes by their degree, equal degrees together: no name or chance decides, and
    for the related count of errors that order is the best (Lip 2011, arXiv:1102.5511). Where a
    network has no core to speak of, other sets may correlate better: a low fit says so. The
    smallest of equal cores is taken. Weights, directions and nodes without ties are left out.

    See Borgatti and Everett, "Models of core/periphery structures", Social Networks 21 (2000),
    doi:10.1016/S0378-8733(99)00019-2.

    >>> found = find_core(nx.star_graph(["hub", "a", "b", "c"]))
    >>> sorted(found.core), found.fit
    (['hub'], 1.0)
    """
    ties = _neighbours(network)
    pairs, total = comb(len(ties), 2), sum(map(len, ties.values())) // 2
    best, core, covered, inner = CorePeriphery(), set[str](), 0, 0
    by_degree = sorted(ties, key=lambda node: -len(ties[node]))
    for _, level in groupby(by_degree, key=lambda node: len(ties[node])):
        for node in level:
            inside = len(ties[node] & core)
            covered, inner = covered + len(ties[node]) - inside, inner + inside
            core.add(node)
        outer = comb(len(ties) - len(core), 2)
        spread = total * (pairs - total) * outer * (pairs - outer)
        if not spread:
            continue
        fit = (covered * pairs - total * (pairs - outer)) / sqrt(spread)
        if best.fit is None or fit > best.fit:
            across = len(core) * (len(ties) - len(core))
            best = CorePeriphery(
                frozenset(core),
                fit,
                inner / (comb(len(core), 2) or 1),
                (covered - inner) / across,
                (total - covered) / outer,
            )
    return best


def _neighbours(network: nx.Graph[str]) -> dict[str, set[str]]:
    """Return the neighbours of each node that has any but itself."""
    ties: dict[str, set[str]] = defaultdict(set)
    for a, b in network.edges():
        if a != b:
            ties[a].add(b)
            ties[b].add(a)
    return dict(ties)


def measure_nestedness(network: nx.Graph[str]) -> Nestedness:
    """Return the nestedness (NODF) of a two-mode network, such as organisations × themes.

    Rows are the nodes with ``bipartite`` 0, columns the others. A pair of rows counts the share of
    the poorer row's ties that the richer one has, too, or 0 if both have equally many; likewise
    columns; NODF is the mean over all pairs, in percent. It does not depend on the order of rows
    and columns (as if sorted by falling degree) nor on which are which. Nodes without ties are
    left out; without a pair the value is 0.

    See Almeida-Neto et al., "A consistent metric for nestedness analysis in ecological systems",
    Oikos 117 (2008), doi:10.1111/j.0030-1299.2008.16644.x.

    >>> stairs = nx.Graph([("a", "x"), ("a", "y"), ("b", "x")])
    >>> nx.set_node_attributes(stairs, {"a": 0, "b": 0, "x": 1, "y": 1}, "bipartite")
    >>> measure_nestedness(stairs)
    Nestedness(nodf=100.0, rows=100.0, columns=100.0)
    """
    ties = _neighbours(network)
    columns = {node for node in ties if network.nodes[node]["bipartite"]}
    rows = ties.keys() - columns
    sums = [_sum_overlaps(side, ties) for side in (rows, columns)]
    pairs = [comb(len(side), 2) for side in (rows, columns)]
    means = [100 * a / (b or 1) for a, b in zip(sums, pairs, strict=True)]
    return Nestedness(100 * fsum(sums) / (sum(pairs) or 1), *means)


def _sum_overlaps(side: set[str], ties: dict[str, set[str]]) -> float:
    """Return the sum of the overlaps of all pairs of a side.

    Counted from the other side: how many of a column's rows are richer than a row. No pair of
    rows is ever looked at, so a hundred thousand organisations take as long as their ties.
    """
    richness = {
        column: sorted(len(ties[node]) for node in ties[column])
        for column in {column for node in side for column in ties[node]}
    }
    shares = []
    for node in side:
        own = len(ties[node])
        richer = sum(
            len(richness[column]) - bisect_right(richness[column], own) for column in ties[node]
        )
        shares.append(richer / own)
    return fsum(shares)
