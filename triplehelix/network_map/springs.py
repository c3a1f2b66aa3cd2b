"""Springs: attraction along ties, repulsion between all, cooling to rest.

Fruchterman and Reingold 1991, doi:10.1002/spe.4380211102. In a large network what is far is taken
together by the cells of a grid, as in their section on speeding up and in Barnes and Hut 1986
(doi:10.1038/324446a0). Starts are sunflower spirals, so that no random number is drawn.
"""

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from triplehelix.network_map.modularity import Weights

Points: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
CELLS = 16
"""The rows and columns of the grid whose cells repel each node of a large network."""


def settle_springs(weights: Weights, wished: Points, each: int, rounds: int = 140) -> Points:
    """Return positions by attraction along ties and repulsion between all, cooling to rest.

    ``wished`` is each node's own length; a tie wants to be as long as the mean of its two ends. Up
    to ``each`` nodes each repels each, beyond the cells of a grid do.
    """
    count = len(weights)
    points = _spiral(count) * float(wished.mean())
    if count == 1:
        return points
    force = _EachForce(weights, wished) if count <= each else _CellForce(weights, wished)
    heat = float(wished.mean()) * math.sqrt(count) / 3
    for turn in range(rounds):
        step = force.push(points)
        step -= 0.09 * points * len(points) ** 0.5  # gravity, so that nothing drifts away
        size = np.sqrt((step * step).sum(1)) + 1e-9
        points += step * (np.minimum(size, heat * (1 - turn / rounds)) / size)[:, None]
    centred: Points = points - points.mean(0)
    return centred


class _EachForce:
    """All pairs, in full matrices."""

    def __init__(self, weights: Weights, wished: Points) -> None:
        count = len(weights)
        self._pull = np.zeros((count, count))
        for node, row in enumerate(weights):
            for other, weight in row.items():
                if other != node:
                    self._pull[node, other] = math.sqrt(weight)
        self._length = (wished[:, None] + wished[None, :]) / 2
        self._square = self._length * self._length

    def push(self, points: Points) -> Points:
        dx = points[:, 0, None] - points[None, :, 0]
        dy = points[:, 1, None] - points[None, :, 1]
        far = dx * dx + dy * dy + 1e-6
        force = self._square / far - self._pull * np.sqrt(far) / self._length
        return np.stack([(dx * force).sum(1), (dy * force).sum(1)], axis=1)


class _CellForce:
    """Attraction tie by tie; repulsion from the middle of each cell of a grid."""

    def __init__(self, weights: Weights, wished: Points) -> None:
        ties = [
            (node, other, math.sqrt(weight))
            for node, row in enumerate(weights)
            for other, weight in row.items()
            if other != node
        ]
        self._one = np.array([tie[0] for tie in ties], dtype=np.int64)
        self._two = np.array([tie[1] for tie in ties], dtype=np.int64)
        self._pull = np.array([tie[2] for tie in ties])
        self._pull /= (wished[self._one] + wished[self._two]) / 2
        self._wished = wished

    def push(self, points: Points) -> Points:
        count = len(points)
        way = points[self._one] - points[self._two]
        pull = self._pull * np.sqrt((way * way).sum(1))
        middles, mass, wished = self._cells(points)
        dx = points[:, 0, None] - middles[None, :, 0]
        dy = points[:, 1, None] - middles[None, :, 1]
        # Within a cell nothing is nearer than a node would be, or its middle would throw it out.
        far = np.maximum(dx * dx + dy * dy, (self._wished * self._wished)[:, None])
        length = (self._wished[:, None] + wished[None, :]) / 2
        force = mass[None, :] * length * length / far
        step = np.stack([(dx * force).sum(1), (dy * force).sum(1)], axis=1)
        for axis in (0, 1):
            step[:, axis] -= np.bincount(self._one, way[:, axis] * pull, count)
        return step

    def _cells(self, points: Points) -> tuple[Points, Points, Points]:
        """Return the middle of what is in each cell, how much that is, and its mean length."""
        low = points.min(0)
        span = np.maximum(points.max(0) - low, 1e-6)
        place = np.minimum(((points - low) / span * CELLS).astype(np.int64), CELLS - 1)
        cell = place[:, 0] * CELLS + place[:, 1]
        mass = np.bincount(cell, minlength=CELLS * CELLS).astype(np.float64)
        full = mass > 0
        sums = [
            np.bincount(cell, values, CELLS * CELLS)[full] / mass[full]
            for values in (points[:, 0], points[:, 1], self._wished)
        ]
        return np.stack(sums[:2], axis=1), mass[full], sums[2]


def _spiral(count: int) -> Points:
    """Return a sunflower: evenly spread points, the first in the middle."""
    return np.array(
        [
            (math.sqrt(n) * math.cos(n * GOLDEN_ANGLE), math.sqrt(n) * math.sin(n * GOLDEN_ANGLE))
            for n in range(count)
        ]
    )
