"""A network as arrays: read once, for all measures that have a fast way over sparse matrices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_array

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """An undirected network in compressed rows.

    The neighbours of ``nodes[i]`` are ``neighbours[starts[i]:starts[i + 1]]``, and the weights of
    its ties stand at the same places of ``weights``. Every tie stands in the rows of both ends.
    """

    nodes: tuple[str, ...]
    starts: Integers
    neighbours: Integers
    weights: Floats

    @property
    def degrees(self) -> Integers:
        """The number of neighbours of each node."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Integers:
        """The node in whose row each tie stands, beside ``neighbours`` and ``weights``."""
        return np.repeat(np.arange(len(self.nodes), dtype=np.int32), self.degrees)

    @property
    def strengths(self) -> Floats:
        """The sum of the weights of each node's ties."""
        return np.bincount(self.rows, self.weights, len(self.nodes)).astype(np.float64)

    def matrix(self, weights: Floats | None = None) -> csr_array:
        """Return the SciPy matrix of the weights, or of others given for the same ties."""
        from scipy.sparse import csr_array

        size = len(self.nodes)
        values = self.weights if weights is None else weights
        return csr_array((values, self.neighbours, self.starts), shape=(size, size))

    def around(self, chosen: npt.NDArray[np.integer]) -> Integers:
        """Return the neighbours of some nodes, one row after the other."""
        sizes = self.degrees[chosen]
        shifts = self.starts[chosen] - np.concatenate(([0], np.cumsum(sizes[:-1])))
        places: npt.NDArray[np.int64] = np.repeat(shifts, sizes) + np.arange(sizes.sum())
        return self.neighbours[places]

    def label(self, values: Iterable[float]) -> dict[str, float]:
        """Return values that stand in the order of the nodes by node."""
        return dict(zip(self.nodes, values, strict=True))


def read_adjacency(network: nx.Graph[str] | Adjacency) -> Adjacency:
    """Return the arrays of a network; a tie without ``weight`` weighs 1.

    Whoever takes several measures of a large network reads it once and gives them the arrays.

    Raises:
        ValueError: the network is directed, has parallel ties, a node tied to itself, or a weight
            that is not positive.

    >>> import networkx as nx
    >>> read_adjacency(nx.Graph([("a", "b"), ("b", "c")])).degrees.tolist()
    [1, 2, 1]
    """
    if isinstance(network, Adjacency):
        return network
    check_simple(network)
    # adjacency() hands out the plain dictionaries: three times as fast as going over the edges.
    rows = [neighbours for _, neighbours in network.adjacency()]
    nodes = tuple(network)
    index = dict(zip(nodes, range(len(nodes)), strict=True))
    starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    ties = int(starts[-1])
    neighbours = np.fromiter(map(index.__getitem__, chain.from_iterable(rows)), np.int32, ties)
    weighed = (tie.get("weight", 1.0) for row in rows for tie in row.values())
    weights = np.fromiter(weighed, np.float64, ties)
    if not (weights > 0).all():
        raise ValueError("the weights of ties must be positive numbers")
    return Adjacency(nodes, starts, neighbours, weights)


def check_simple(network: nx.Graph[str]) -> None:
    """Return when a network is one that the measures are defined for.

    Raises:
        ValueError: the network is directed, has parallel ties, or a node tied to itself.
    """
    if network.is_directed() or network.is_multigraph():
        raise ValueError("measures need an undirected network without parallel ties")
    if any(node in neighbours for node, neighbours in network.adjacency()):
        raise ValueError("measures need a network in which no node is tied to itself")
