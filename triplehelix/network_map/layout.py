"""Positions for a network map: communities apart, nothing overlapping, the same every time.

Three steps. Communities are found (:mod:`triplehelix.network_map.modularity`). Each is laid out
alone by springs and becomes a disc. The discs of a connected component are laid out the same way
and drawn together until they nearly touch, and the components are set on shelves side by side. No
random number is drawn: starts are sunflower spirals and every choice has a fixed order. NumPy is
the only library, because importing SciPy or NetworkX takes longer than the layout.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from triplehelix.network_map.discs import GAP, gather, push_apart, tighten
from triplehelix.network_map.modularity import Weights, find_communities, find_components, weigh
from triplehelix.network_map.springs import Points, Whole, settle_springs

SPACING = 62.0
"""How far apart tied nodes want to be, in map units (a label is some 100 wide at scale 1)."""
SMALL = 2_000
"""Up to so many nodes all pairs are looked at. In larger networks, where that would take minutes,
only up to :data:`EACH` at once, and discs are not slid closer than they touch."""
EACH = 250


def lay_out(
    count: int,
    edges: Iterable[tuple[int, int]],
    radii: Sequence[float] | None = None,
    *,
    communities: Sequence[int] | None = None,
    aspect: float = 1.4,
) -> list[tuple[float, float]]:
    """Return a position for each of ``count`` nodes, rounded to 0.1 and centred on the origin.

    Parallel edges pull harder, loops do nothing. ``radii`` are the drawn sizes, kept from touching;
    ``communities`` replaces the ones found here; ``aspect`` is the width wished for, by height.

    Raises:
        ValueError: when an edge names a node that does not exist, or a list has the wrong length.

    >>> lay_out(2, [(0, 1)])
    [(39.8, 0.0), (-39.8, 0.0)]
    """
    sizes = np.full(count, 6.0) if radii is None else np.asarray(radii, dtype=np.float64)
    if len(sizes) != count or (communities is not None and len(communities) != count):
        raise ValueError(f"radii and communities must have {count} entries")
    if count == 0:
        return []
    weights = weigh(count, edges)
    labels = find_communities(weights) if communities is None else list(communities)
    boxes: list[tuple[list[int], Points]] = []
    alone = []
    each = SMALL if count <= SMALL else EACH
    for members in find_components(weights):
        if len(members) == 1:
            alone += members
        else:
            boxes.append((members, _component(members, weights, labels, sizes, aspect, each)))
    if alone:
        boxes.append((alone, _grid(len(alone), aspect)))
    return _rounded(_shelve(count, boxes, sizes, aspect), sizes, each)


def _component(
    members: list[int], weights: Weights, labels: list[int], sizes: Points, aspect: float, each: int
) -> Points:
    """Lay out one connected component: its communities as discs, then the discs."""
    discs: dict[int, list[int]] = {}
    for node in members:
        discs.setdefault(labels[node], []).append(node)
    groups = list(discs.values())
    place = {node: number for number, node in enumerate(members)}
    local = [_community(group, weights, sizes, each) for group in groups]
    reach = np.array(
        [_reach(points, sizes[group]) for points, group in zip(local, groups, strict=True)]
    )
    between = _quotient(groups, weights)
    centres = _lying(gather(settle_springs(between, reach * 2 + GAP, each), reach, each))
    result = np.zeros((len(members), 2))
    slots = [[place[node] for node in group] for group in groups]
    for number, points in enumerate(local):
        result[slots[number]] = points + centres[number]
    pairs = _outward(groups, weights, place)
    for _ in range(2):
        for number, points in enumerate(local):
            result[slots[number]] = centres[number] + _turned(
                points, centres[number], result, pairs[number]
            )
    return tighten(result, slots, aspect) if each > EACH else result


def _community(group: list[int], weights: Weights, sizes: Points, each: int) -> Points:
    number = {node: place for place, node in enumerate(group)}
    inner = [
        # Several ties to one partner need room to be counted, so they do not pull harder.
        {number[other]: 1.0 for other in weights[node] if other in number}
        for node in group
    ]
    points = _lying(settle_springs(inner, np.full(len(group), SPACING), each))
    # Labels are wide and low, so neighbours need more room beside than above each other.
    return push_apart(points * (1.3, 1.0), sizes[group] + 12.0, each)


def _lying(points: Points) -> Points:
    """Return the points with their long axis level, which fits labels and screens better."""
    x, y = points[:, 0] - points[:, 0].mean(), points[:, 1] - points[:, 1].mean()
    slope = 0.5 * math.atan2(2 * float((x * y).sum()), float((x * x - y * y).sum()))
    return _spun(points, -slope)


def _reach(points: Points, sizes: Points) -> float:
    return float((np.hypot(points[:, 0], points[:, 1]) + sizes).max())


def _quotient(groups: list[list[int]], weights: Weights) -> Weights:
    """Return the weights between communities, damped so that thick bundles do not crush."""
    home = {node: number for number, group in enumerate(groups) for node in group}
    between: Weights = [{} for _ in groups]
    for number, group in enumerate(groups):
        for node in group:
            for other, weight in weights[node].items():
                if (target := home[other]) != number:
                    between[number][target] = between[number].get(target, 0.0) + weight
    return [{other: math.log2(1 + weight) for other, weight in row.items()} for row in between]


def _outward(groups: list[list[int]], weights: Weights, place: dict[int, int]) -> list[Whole]:
    """Return for each community its ties to others, as (place within it, place of the other)."""
    pairs = []
    for group in groups:
        members = set(group)
        ties = [
            (row, place[other])
            for row, node in enumerate(group)
            for other in weights[node]
            if other not in members
        ]
        pairs.append(np.array(ties, dtype=np.int64).reshape(-1, 2))
    return pairs


def _turned(points: Points, centre: Points, result: Points, pairs: Whole) -> Points:
    """Return the disc turned or mirrored so that its ties to other discs are shortest."""
    best, shortest = points, math.inf
    for mirror in (1.0, -1.0):
        for sign in (1.0, -1.0):
            for lean in (0.0, 0.25, -0.25, 0.5, -0.5):
                spun = _spun(points * (mirror, 1.0), lean) * sign
                ends = spun[pairs[:, 0]] + centre - result[pairs[:, 1]]
                length = float(np.sqrt((ends * ends).sum(1)).sum())
                if length < shortest - 1e-6:
                    best, shortest = spun, length
    return best


def _spun(points: Points, angle: float) -> Points:
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = points[:, 0], points[:, 1]
    return np.stack([x * cosine - y * sine, x * sine + y * cosine], axis=1)


def _grid(count: int, aspect: float) -> Points:
    """Return rows of points for the nodes without ties."""
    wide = max(1, round(math.sqrt(count * aspect)))
    return np.array(
        [(n % wide * SPACING * 1.6, n // wide * SPACING * 0.8) for n in range(count)], dtype=float
    )


def _shelve(
    count: int, boxes: list[tuple[list[int], Points]], sizes: Points, aspect: float
) -> Points:
    """Set the components on shelves, the largest first, to a width that suits the aspect."""
    extents = []
    for members, points in boxes:
        low = (points - sizes[members, None]).min(0)
        extents.append((low, (points + sizes[members, None]).max(0) - low + GAP * 2.5))
    area = sum(float(extent[0] * extent[1]) for _, extent in extents)
    width = max(math.sqrt(area * aspect), max(float(extent[0]) for _, extent in extents)) + 1
    result = np.zeros((count, 2))
    left = top = shelf = 0.0
    for (members, points), (low, extent) in zip(boxes, extents, strict=True):
        if left and left + extent[0] > width:
            left, top, shelf = 0.0, top + shelf, 0.0
        result[members] = points - low + (left, top)
        left, shelf = left + float(extent[0]), max(shelf, float(extent[1]))
    return result


def _rounded(points: Points, sizes: Points, each: int) -> list[tuple[float, float]]:
    points = push_apart(points, sizes + 4.0, each)
    points = points - (points.min(0) + points.max(0)) / 2
    # Adding zero turns the minus zero, which is equal but prints differently, into zero.
    return [(round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in points]
