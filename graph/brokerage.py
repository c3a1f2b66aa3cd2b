"""Brokerage: who stands between others that have no tie, and how closed a neighbourhood is.

Roles follow Gould and Fernandez (1989), structural holes Burt (1992). Both are sums over paths of
two steps, taken as products of sparse matrices of which only the entries at ties are kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

# Rows multiplied at once: a block of a large network takes some ten megabytes, not gigabytes.
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Roles:
    """How often a node stands between two others in each role.

    In a path *a → broker → c* whose ends have no tie *a → c*: ``coordinator``: all three of one
    class. ``itinerant`` (consultant): both ends of one class, the broker of another.
    ``gatekeeper``: the broker shares the class of *c*. ``representative``: it shares that of *a*.
    ``liaison``: three classes.
    """

    coordinator: int = 0
    itinerant: int = 0
    gatekeeper: int = 0
    representative: int = 0
    liaison: int = 0

    @property
    def total(self) -> int:
        """All paths that the node brokers."""
        within = self.coordinator + self.itinerant
        return within + self.gatekeeper + self.representative + self.liaison


@dataclass(frozen=True, slots=True)
class Holes:
    """The structural holes around a node.

    ``effective_size``: its contacts less their redundancy, from 1 to ``degree``. ``constraint``:
    how far its contacts depend on each other; low where it can broker, above 1 in small closed
    groups.
    """

    degree: int
    effective_size: float
    constraint: float

    @property
    def efficiency(self) -> float:
        """Effective size as a share of the contacts."""
        return self.effective_size / self.degree


def find_roles(network: nx.Graph[str], classes: Mapping[str, Hashable]) -> dict[str, Roles]:
    """Return the brokerage roles of each node that has a class, such as a sector or community.

    Nodes without a class are left out, as brokers and as ends. Ordered pairs of ends are counted,
    as in the published totals; in an undirected network each path therefore counts once each way,
    and gatekeeper and representative are equal. Ties to oneself and weights count for nothing.

    See Gould and Fernandez, "Structures of Mediation", Sociological Methodology 19 (1989),
    doi:10.2307/270949.

    >>> star = nx.star_graph(["hub", "a", "b"])
    >>> find_roles(star, {"hub": "academia", "a": "industry", "b": "government"})["hub"].liaison
    2
    """
    nodes = sorted(node for node in network if node in classes)
    if not nodes:
        return {}
    numbers: dict[Hashable, int] = {}
    kinds = np.array([numbers.setdefault(classes[node], len(numbers)) for node in nodes])
    ties = _adjacency(network, nodes, None)
    counts = _all_paths(ties, kinds) - _closed_paths(ties, kinds)
    return {node: Roles(*counts[i].tolist()) for i, node in enumerate(nodes)}


def find_holes(network: nx.Graph[str], weight: str | None = "weight") -> dict[str, Holes]:
    """Return effective size and constraint of each node that has a neighbour.

    With p(i,j) the share of i's ties that goes to j and m(j,q) the tie of j and q relative to the
    strongest of j (directed ties count both ways): constraint of i = Σ_j (p(i,j) +
    Σ_q p(i,q) p(q,j))²; effective size = Σ_j (1 − Σ_q p(i,q) m(j,q)); j and q run over the
    contacts of i. Without a contact there is neither, so isolated nodes are left out. Without
    ``weight`` (or where an edge has none) each tie counts 1; ties of weight 0 are none.

    See Burt, *Structural Holes* (1992), chapter 2.

    >>> holes = find_holes(nx.star_graph(["hub", "a", "b", "c"]))
    >>> holes["hub"].effective_size, round(holes["hub"].constraint, 4), holes["a"].constraint
    (3.0, 0.3333, 1.0)
    """
    nodes = sorted(network)
    if not nodes:
        return {}
    ties = _adjacency(network, nodes, weight)
    ties = ties + ties.T
    present = (ties > 0).astype(float)
    degrees = present.sum(axis=1).astype(int)
    shares = _divide_rows(ties, ties.sum(axis=1))
    relative = _divide_rows(ties, ties.max(axis=1).toarray().ravel())
    constraint, redundancy = np.zeros(len(nodes)), np.zeros(len(nodes))
    for block, indirect in _at_ties(shares, shares, present):
        both = shares[block] + indirect
        constraint[block] = both.multiply(both).sum(axis=1)
    for block, overlap in _at_ties(shares, relative.T.tocsr(), present):
        redundancy[block] = overlap.sum(axis=1)
    return {
        node: Holes(int(degrees[i]), float(degrees[i] - redundancy[i]), float(constraint[i]))
        for i, node in enumerate(nodes)
        if degrees[i]
    }


def _adjacency(network: nx.Graph[str], nodes: list[str], weight: str | None) -> Any:
    """Return the sparse matrix of ties without those of a node to itself."""
    from scipy import sparse

    place = {node: number for number, node in enumerate(nodes)}
    ends = [
        (place[a], place[b], 1 if weight is None else data.get(weight, 1))
        for a, b, data in network.edges(data=True)
        if a != b and a in place and b in place
    ]
    sources, targets, values = zip(*ends, strict=True) if ends else ((), (), ())
    size = len(nodes)
    matrix = sparse.csr_array((values, (sources, targets)), shape=(size, size), dtype=float)
    if weight is None:
        matrix.data[:] = 1
    return matrix if network.is_directed() else matrix + matrix.T


def _divide_rows(ties: Any, divisors: np.ndarray[Any, Any]) -> Any:
    """Return the ties of each node divided by a number of its own; a row of zeros stays."""
    from scipy import sparse

    each = np.repeat(np.where(divisors, divisors, 1), np.diff(ties.indptr))
    return sparse.csr_array((ties.data / each, ties.indices, ties.indptr), ties.shape)


def _split(ties: Any, kinds: np.ndarray[Any, Any]) -> tuple[Any, Any]:
    """Return the ties within classes and those between them."""
    from scipy import sparse

    entries = ties.tocoo()
    sources, targets = entries.row, entries.col
    alike = kinds[sources] == kinds[targets]
    within, between = (
        sparse.csr_array((np.ones(keep.sum(), int), (sources[keep], targets[keep])), ties.shape)
        for keep in (alike, ~alike)
    )
    return within, between


def _all_paths(ties: Any, kinds: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Count the paths through each node by role, whether or not their ends have a tie."""
    from scipy import sparse

    within, between = _split(ties, kinds)
    members = sparse.csr_array((np.ones(len(kinds), int), (np.arange(len(kinds)), kinds)))
    both = (between.T @ members).multiply(between @ members).sum(axis=1)
    from_same, from_other = within.sum(axis=0), between.sum(axis=0)
    to_same, to_other = within.sum(axis=1), between.sum(axis=1)
    # There and back again is no path between two others.
    return np.column_stack(
        [
            from_same * to_same - within.multiply(within.T).sum(axis=1),
            both - between.multiply(between.T).sum(axis=1),
            from_other * to_same,
            from_same * to_other,
            from_other * to_other - both,
        ]
    )


def _closed_paths(ties: Any, kinds: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Count the paths through each node by role whose ends have a tie, too."""
    within, between = _split(ties, kinds)
    # The tie of the two ends, the tie from the broker, and by role the tie to the broker.
    products = [
        (within, within, {0: within}),
        (within, between, {1: between}),
        (between, within, {2: between}),
        (between, between, {3: within, 4: between}),
    ]
    counts = np.zeros((len(kinds), 5), int)
    for ends, onward, roles in products:
        for block, closed in _at_ties(ends, onward.T.tocsr(), ties):
            for role, inward in roles.items():
                counts[:, role] += closed.multiply(inward[block]).sum(axis=0).astype(int)
    return counts


def _at_ties(left: Any, right: Any, ties: Any) -> Iterator[tuple[slice, Any]]:
    """Yield the product of two matrices by blocks of rows, with only the entries at ties."""
    for start in range(0, ties.shape[0], _BLOCK):
        block = slice(start, start + _BLOCK)
        yield block, (left[block] @ right).multiply(ties[block]).tocsr()
