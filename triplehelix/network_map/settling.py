"""Positions that stay: what was on the last map keeps its place, what is new finds room beside it.

A planner who knows where an organisation stands should find it there again. Only when a map has
little in common with the last one is it laid out anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.modularity import weigh
from triplehelix.network_map.springs import GOLDEN_ANGLE, Points

Layout = Mapping[str, tuple[float, float]]
"""The position of each organisation by its identifier."""

COMMON = 0.8
"""The share of the organisations that must have been on the last map."""
LARGEST = 2_000
"""Above so many organisations a new layout is faster than finding room for each."""
STEP = 16.0
MARGIN = 12.0


def settle(data: MapData, last: Layout, radii: list[float]) -> MapData:
    """Return the data with the positions of the last map, and the new ones beside their partners.

    Without enough in common the data is returned as it was, for a new layout. ``radii`` are the
    drawn sizes, which keep new organisations from covering others.
    """
    known = [row.id in last for row in data.organizations]
    if not any(known) or len(known) > LARGEST or sum(known) < COMMON * max(len(known), len(last)):
        return data
    places = np.array([last.get(row.id, (0.0, 0.0)) for row in data.organizations])
    ends = [(data.positions[tie.source], data.positions[tie.target]) for tie in data.ties]
    weights = weigh(len(known), ends)
    sizes = np.asarray(radii) + MARGIN
    placed = list(known)
    waiting = [number for number, is_known in enumerate(known) if not is_known]
    while waiting:
        # Whoever has most partners that stand already goes first.
        number = max(waiting, key=lambda n: (sum(placed[o] for o in weights[n]), -n))
        beside = [other for other in weights[number] if placed[other]]
        standing = np.array([n for n, is_placed in enumerate(placed) if is_placed])
        centre = places[beside].mean(0) if beside else _below(places[standing])
        places[number] = _find_room(centre, sizes[number], places[standing], sizes[standing])
        placed[number] = True
        waiting.remove(number)
    rows = zip(data.organizations, places.tolist(), strict=True)
    return replace(
        data,
        organizations=tuple(replace(row, x=round(x, 1), y=round(y, 1)) for row, (x, y) in rows),
    )


def _below(points: Points) -> Points:
    """Return the middle of the strip under the map, where those without partners stand."""
    low, high = points.min(0), points.max(0)
    return np.array([(low[0] + high[0]) / 2, high[1] + 3 * STEP])


def _find_room(centre: Points, size: float, points: Points, sizes: Points) -> Points:
    """Return the spot nearest to a centre, along a sunflower around it, that nothing covers."""
    start = 0
    while True:
        numbers = np.arange(start, start + 512)
        reach, turn = STEP * np.sqrt(numbers), numbers * GOLDEN_ANGLE
        spots = centre + np.stack([reach * np.cos(turn), reach * np.sin(turn)], axis=1)
        gaps = np.hypot(
            spots[:, 0, None] - points[None, :, 0], spots[:, 1, None] - points[None, :, 1]
        )
        free = (gaps >= sizes[None, :] + size).all(1)
        if free.any():
            spot: Points = spots[int(free.argmax())]
            return spot
        start += 512
