"""Shortest paths from many nodes at once, as products of sparse matrices; ties count as one step.

The methods are those of the literature, a level of the breadth-first search at a time: Brandes'
accumulation (2001, doi:10.1080/0022250X.2001.9990249) for a batch of sources in the columns of a
matrix, and searches from 64 sources in the bits of one word (Then et al., "The More the Merrier",
2014, doi:10.14778/2735496.2735507).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.adjacency import Adjacency, Floats, Integers

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_Words: TypeAlias = npt.NDArray[np.uint64]

_BATCH = 32
_BITS_SET = np.array([number.bit_count() for number in range(1 << 16)], dtype=np.int64)


def sum_dependencies(network: Adjacency, sources: Integers) -> Floats:
    """Return, for each node v, the sum over sources s and targets t of σ(s,t|v) / σ(s,t).

    σ counts shortest paths; v is neither end of them. Over all nodes as sources every pair is
    counted twice.
    """
    matrix = network.matrix(np.ones(len(network.neighbours)))
    total: Floats = np.zeros(len(network.nodes))
    for batch in np.split(sources, range(_BATCH, len(sources), _BATCH)):
        paths, distances, depth = _count_paths(matrix, batch)
        dependencies = np.zeros_like(paths)
        for level in range(depth, 1, -1):
            share = np.zeros_like(paths)
            np.divide(1 + dependencies, paths, out=share, where=distances == level)
            nearer = distances == level - 1
            dependencies += nearer * paths * _multiply(matrix, share, nearer)
        total += dependencies.sum(axis=1)
    return total


def _count_paths(matrix: csr_array, sources: Integers) -> tuple[Floats, Integers, int]:
    """Return the number of shortest paths and the distance from each source, a column each.

    The distance of what cannot be reached is -1. The last value is the greatest distance.
    """
    columns = np.arange(len(sources))
    paths = np.zeros((matrix.shape[0], len(sources)))
    paths[sources, columns] = 1
    distances = np.where(paths > 0, 0, -1).astype(np.int32)
    step, depth = paths, 0
    while True:
        unseen = distances < 0
        step = unseen * _multiply(matrix, step, unseen)
        reached = step > 0
        if not reached.any():
            return paths, distances, depth
        depth += 1
        distances[reached] = depth
        paths += step


def _multiply(matrix: csr_array, block: Floats, wanted: npt.NDArray[np.bool_]) -> Floats:
    """Return the product in those rows in which anything is wanted, and zero in the others.

    The first and the last levels of a search have few nodes, so this saves half of the work.
    """
    rows = np.flatnonzero(wanted.any(axis=1))
    product = np.zeros_like(block)
    product[rows] = matrix[rows] @ block
    return product


def sum_distances(network: Adjacency) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the sum of each node's distances to all it can reach, and how many that are."""
    size = len(network.nodes)
    total = np.zeros(size, dtype=np.int64)
    reachable = np.zeros(size, dtype=np.int64)
    for start in range(0, size, 64):
        sources = np.arange(start, min(start + 64, size))
        for distance, arrived in enumerate(_search(network, sources), start=1):
            count = _BITS_SET[arrived.view(np.uint16).reshape(size, 4)].sum(axis=1)
            total += distance * count
            reachable += count
    return total, reachable


def _search(network: Adjacency, sources: npt.NDArray[np.int64]) -> Iterator[_Words]:
    """Yield, for distance 1, 2, …, the sources (as bits) at this distance of each node."""
    tied = np.flatnonzero(network.degrees)
    front: _Words = np.zeros(len(network.nodes), dtype=np.uint64)
    front[sources] = np.uint64(1) << np.arange(len(sources), dtype=np.uint64)
    seen = front.copy()
    while True:
        arrived: _Words = np.zeros_like(front)
        if tied.size:
            words = front[network.neighbours]
            arrived[tied] = np.bitwise_or.reduceat(words, network.starts[tied])
        arrived &= ~seen
        if not arrived.any():
            return
        yield arrived
        seen |= arrived
        front = arrived
