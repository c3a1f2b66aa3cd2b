"""Eigenvector centrality, also of networks that fall into components."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.adjacency import Adjacency, Floats, Integers, read_adjacency

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_array

_DENSE = 300


def eigenvector(network: nx.Graph[str] | Adjacency) -> dict[str, float]:
    """Return the leading eigenvector of the weights, of length 1: who is tied to the central.

    A·x = λ·x with the greatest λ. Bonacich, "Factoring and weighting approaches to status scores
    and clique identification" (1972), doi:10.1080/0022250X.1972.9989806.

    In a network of several components the one with the greatest λ has all the centrality and the
    nodes of the others have 0; components with the same λ share it by their size, as power
    iteration from equal values does. Compare nodes within the main component.

    Raises:
        ValueError: the network is directed, has parallel ties, or a node tied to itself.

    >>> import networkx as nx
    >>> values = eigenvector(nx.Graph([("a", "b"), ("b", "c"), ("d", "e")]))
    >>> {node: round(value, 3) for node, value in values.items()}
    {'a': 0.5, 'b': 0.707, 'c': 0.5, 'd': 0.0, 'e': 0.0}
    """
    adjacency = read_adjacency(network)
    values = np.zeros(len(adjacency.nodes))
    leading = _leading_pairs(adjacency)
    greatest = max((value for value, _, _ in leading), default=0.0)
    for value, members, vector in leading:
        if value > greatest * (1 - 1e-9):
            values[members] = vector * vector.sum()
    length = float(np.linalg.norm(values))
    return adjacency.label((values / length if length else values).tolist())


def _leading_pairs(network: Adjacency) -> list[tuple[float, Integers, Floats]]:
    """Return the greatest eigenvalue, nodes and eigenvector of each component that has ties."""
    from scipy.sparse.csgraph import connected_components

    matrix = network.matrix()
    number, component = connected_components(matrix, directed=False)
    order = np.argsort(component, kind="stable").astype(np.int32)
    pairs = []
    for members in np.split(order, np.searchsorted(component[order], range(1, number))):
        if len(members) > 1:
            value, vector = _leading_pair(matrix[members][:, members])
            pairs.append((value, members, vector))
    return pairs


def _leading_pair(matrix: csr_array) -> tuple[float, Floats]:
    """Return the greatest eigenvalue of a connected component, and its eigenvector, positive."""
    if matrix.shape[0] <= _DENSE:
        values, vectors = np.linalg.eigh(matrix.toarray())
        return float(values[-1]), np.abs(vectors[:, -1])
    from scipy.sparse.linalg import eigsh

    # Equal start values: the same vector in every run.
    values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(matrix.shape[0]))
    return float(values[0]), np.abs(vectors[:, 0])
