"""Positions for a network map: communities apart, nothing overlapping, the same every time.

Three steps. Communities are found by local moving of modularity (Louvain; Blondel et al. 2008,
doi:10.1088/1742-5468/2008/10/P10008). Each is laid out alone by springs (Fruchterman and Reingold
1991, doi:10.1002/spe.4380211102) and becomes a disc. The discs of a connected component are laid
out the same way and drawn together until they nearly touch, and the components are set on shelves
side by side. No random number is drawn: starts are sunflower spirals and every choice has a fixed
order. NumPy is the only library, because importing SciPy or NetworkX takes longer than the layout.
"""

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Points: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
Weights: TypeAlias = list[dict[int, float]]

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
SPACING = 62.0
"""How far apart tied nodes want to be, in map units (a label is some 100 wide at scale 1)."""
GAP = 30.0
"""The free strip between two communities."""


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
    for members in _components(weights):
        if len(members) == 1:
            alone += members
        else:
            boxes.append((members, _component(members, weights, labels, sizes, aspect)))
    if alone:
        boxes.append((alone, _grid(len(alone), aspect)))
    return _rounded(_shelve(count, boxes, sizes, aspect), sizes)


def find_communities(weights: Weights) -> list[int]:
    """Return a community number per node: local moving of modularity, level by level.

    ``weights[i][j]`` is the weight between nodes i and j, in both directions.

    >>> find_communities([{1: 1.0}, {0: 1.0}, {3: 1.0}, {2: 1.0}])
    [0, 0, 1, 1]
    """
    labels = list(range(len(weights)))
    level = [dict(row) for row in weights]
    while True:
        moved = _local_moves(level)
        names = {name: number for number, name in enumerate(dict.fromkeys(moved))}
        labels = [names[moved[label]] for label in labels]
        if len(names) == len(level):
            return labels
        merged: Weights = [{} for _ in names]
        for node, row in enumerate(level):
            own = merged[names[moved[node]]]
            for other, weight in row.items():
                target = names[moved[other]]
                own[target] = own.get(target, 0.0) + weight
        level = merged


def _local_moves(weights: Weights) -> list[int]:
    """Move nodes one by one to the neighbouring community that gains most, until none gains."""
    strength = [sum(row.values()) for row in weights]
    total = sum(strength)
    labels, inside = list(range(len(weights))), list(strength)
    moving = total > 0
    while moving:
        moving = False
        for node, row in enumerate(weights):
            links: dict[int, float] = {}
            for other, weight in row.items():
                if other != node:
                    links[labels[other]] = links.get(labels[other], 0.0) + weight
            home = labels[node]
            inside[home] -= strength[node]
            share = strength[node] / total if total else 0.0
            best, gain = home, links.get(home, 0.0) - share * inside[home]
            for label in sorted(links):
                if (better := links[label] - share * inside[label]) > gain + 1e-9:
                    best, gain = label, better
            inside[best] += strength[node]
            labels[node] = best
            moving |= best != home
    return labels


def weigh(count: int, edges: Iterable[tuple[int, int]]) -> Weights:
    """Return how often each two nodes are tied, in both directions; loops do not count.

    Raises:
        ValueError: when an edge names a node that does not exist.

    >>> weigh(2, [(0, 1), (1, 0)])
    [{1: 2.0}, {0: 2.0}]
    """
    weights: Weights = [{} for _ in range(count)]
    for source, target in edges:
        if not (0 <= source < count and 0 <= target < count):
            raise ValueError(f"edge {source}-{target} names a node that does not exist")
        if source != target:
            weights[source][target] = weights[source].get(target, 0.0) + 1.0
            weights[target][source] = weights[target].get(source, 0.0) + 1.0
    return weights


def _components(weights: Weights) -> list[list[int]]:
    """Return the connected components, the largest first."""
    seen = [False] * len(weights)
    components = []
    for start in range(len(weights)):
        if seen[start]:
            continue
        seen[start], members = True, [start]
        for node in members:
            for other in weights[node]:
                if not seen[other]:
                    seen[other] = True
                    members.append(other)
        components.append(sorted(members))
    return sorted(components, key=lambda members: (-len(members), members[0]))


def _component(
    members: list[int], weights: Weights, labels: list[int], sizes: Points, aspect: float
) -> Points:
    """Lay out one connected component: its communities as discs, then the discs."""
    discs: dict[int, list[int]] = {}
    for node in members:
        discs.setdefault(labels[node], []).append(node)
    groups = list(discs.values())
    place = {node: number for number, node in enumerate(members)}
    local = [_community(group, weights, sizes) for group in groups]
    reach = np.array(
        [_reach(points, sizes[group]) for points, group in zip(local, groups, strict=True)]
    )
    between = _quotient(groups, weights)
    centres = _lying(_gather(_springs(between, reach * 2 + GAP), reach))
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
    return _tightened(result, slots, aspect)


def _community(group: list[int], weights: Weights, sizes: Points) -> Points:
    number = {node: place for place, node in enumerate(group)}
    inner = [
        # Several ties to one partner need room to be counted, so they do not pull harder.
        {number[other]: 1.0 for other in weights[node] if other in number}
        for node in group
    ]
    points = _lying(_springs(inner, np.full(len(group), SPACING)))
    # Labels are wide and low, so neighbours need more room beside than above each other.
    return _apart(points * (1.3, 1.0), sizes[group] + 12.0)


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


def _springs(weights: Weights, wished: Points, rounds: int = 140) -> Points:
    """Return positions by attraction along ties and repulsion between all, cooling to rest.

    ``wished`` is each node's own length; a tie wants to be as long as the mean of its two ends.
    """
    count = len(weights)
    points = _spiral(count) * float(wished.mean())
    if count == 1:
        return points
    pull = np.zeros((count, count))
    for node, row in enumerate(weights):
        for other, weight in row.items():
            if other != node:
                pull[node, other] = math.sqrt(weight)
    length = (wished[:, None] + wished[None, :]) / 2
    square = length * length
    heat = float(wished.mean()) * math.sqrt(count) / 3
    for turn in range(rounds):
        dx = points[:, 0, None] - points[None, :, 0]
        dy = points[:, 1, None] - points[None, :, 1]
        far = dx * dx + dy * dy + 1e-6
        force = square / far - pull * np.sqrt(far) / length
        step = np.stack([(dx * force).sum(1), (dy * force).sum(1)], axis=1)
        step -= 0.09 * points * len(points) ** 0.5  # gravity, so that nothing drifts away
        size = np.sqrt((step * step).sum(1)) + 1e-9
        points += step * (np.minimum(size, heat * (1 - turn / rounds)) / size)[:, None]
    centred: Points = points - points.mean(0)
    return centred


def _spiral(count: int) -> Points:
    """Return a sunflower: evenly spread points, the first in the middle."""
    return np.array(
        [
            (math.sqrt(n) * math.cos(n * GOLDEN_ANGLE), math.sqrt(n) * math.sin(n * GOLDEN_ANGLE))
            for n in range(count)
        ]
    )


def _gather(centres: Points, reach: Points) -> Points:
    """Draw discs towards the middle until they nearly touch, keeping them apart."""
    mass = reach * reach
    for _ in range(60):
        centres = centres - (centres * mass[:, None]).sum(0) / mass.sum()
        centres = _apart(centres * (0.93, 0.90), reach + GAP / 2, rounds=8)
    return _apart(centres, reach + GAP / 2, rounds=200)


def _apart(points: Points, sizes: Points, rounds: int = 120) -> Points:
    """Push overlapping discs from each other until none overlaps (or the rounds are over)."""
    points = points.copy()
    count = len(points)
    for _ in range(rounds):
        dx = points[:, 0, None] - points[None, :, 0]
        dy = points[:, 1, None] - points[None, :, 1]
        far = np.sqrt(dx * dx + dy * dy)
        lack = sizes[:, None] + sizes[None, :] - far
        np.fill_diagonal(lack, 0.0)
        one, two = np.nonzero(np.triu(lack) > 1e-3)
        if len(one) == 0:
            break
        push = lack[one, two] * 0.52
        away = np.stack([dx[one, two], dy[one, two]], axis=1)
        same = far[one, two] < 1e-6
        away[same] = (1.0, 0.0)
        away /= np.where(same, 1.0, far[one, two])[:, None]
        for axis in (0, 1):
            shift = push * away[:, axis]
            points[:, axis] += np.bincount(one, shift, count) - np.bincount(two, shift, count)
    return points


def _tightened(points: Points, slots: list[list[int]], aspect: float) -> Points:
    """Slide whole communities towards the middle for as long as they stay a gap apart.

    Discs leave corners empty; the communities themselves fit closer.
    """
    clear = GAP * 2.4
    points = points.copy()
    for step in (80.0, 40.0, 20.0, 10.0):
        for _ in range(14):
            centres = np.array([points[slot].mean(0) for slot in slots])
            middle = points.mean(0)
            far = ((centres - middle) ** 2).sum(1)
            moved = False
            for number in np.argsort(far, kind="stable"):
                moved |= _slide(
                    points, slots[number], (middle - centres[number]), step, clear, aspect
                )
            if not moved:
                break
    return points


def _slide(
    points: Points, slot: list[int], way: Points, step: float, clear: float, aspect: float
) -> bool:
    """Move one community a step along ``way``, or along one axis of it, where there is room."""
    way = way * (1 / aspect, aspect)
    length = float(np.sqrt((way * way).sum()))
    if length < step:
        return False
    others = np.delete(points, slot, axis=0)
    for part in (way, way * (1.0, 0.0), way * (0.0, 1.0)):
        size = float(np.sqrt((part * part).sum()))
        if size < length / 3:
            continue
        there = points[slot] + part * (step / size)
        dx = (there[:, 0, None] - others[None, :, 0]) / 1.3  # labels are wide
        dy = there[:, 1, None] - others[None, :, 1]
        if float((dx * dx + dy * dy).min()) >= clear * clear:
            points[slot] = there
            return True
    return False


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


def _rounded(points: Points, sizes: Points) -> list[tuple[float, float]]:
    points = _apart(points, sizes + 4.0)
    points = points - (points.min(0) + points.max(0)) / 2
    # Adding zero turns the minus zero, which is equal but prints differently, into zero.
    return [(round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in points]
