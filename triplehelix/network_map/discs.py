"""Discs that nowhere overlap: pushed apart, and drawn together until they nearly touch."""

from collections.abc import Sequence

import numpy as np

from triplehelix.network_map.springs import Points, Whole

GAP = 30.0
"""The free strip between two communities."""


def gather(centres: Points, reach: Points, each: int) -> Points:
    """Draw discs towards the middle until they nearly touch, keeping them apart."""
    mass = reach * reach
    for _ in range(60):
        centres = centres - (centres * mass[:, None]).sum(0) / mass.sum()
        centres = push_apart(centres * (0.93, 0.90), reach + GAP / 2, each, rounds=8)
    return push_apart(centres, reach + GAP / 2, each, rounds=200)


def push_apart(points: Points, sizes: Points, each: int, rounds: int = 120) -> Points:
    """Push overlapping discs from each other until none overlaps (or the rounds are over).

    Up to ``each`` discs all pairs are looked at, beyond only those of neighbouring cells.
    """
    points = points.copy()
    count = len(points)
    for _ in range(rounds):
        one, two, lack = _overlaps(points, sizes, each)
        if len(one) == 0:
            break
        push = lack * 0.52
        away = points[one] - points[two]
        far = np.sqrt((away * away).sum(1))
        same = far < 1e-6
        away[same] = (1.0, 0.0)
        away /= np.where(same, 1.0, far)[:, None]
        for axis in (0, 1):
            shift = push * away[:, axis]
            points[:, axis] += np.bincount(one, shift, count) - np.bincount(two, shift, count)
    return points


def _overlaps(points: Points, sizes: Points, each: int) -> tuple[Whole, Whole, Points]:
    """Return the pairs of discs that overlap, and by how much."""
    if len(points) > each:
        one, two = _neighbours(points, float(sizes.max()) * 2)
        away = points[one] - points[two]
        lack = sizes[one] + sizes[two] - np.sqrt((away * away).sum(1))
        some = lack > 1e-3
        return one[some], two[some], lack[some]
    dx = points[:, 0, None] - points[None, :, 0]
    dy = points[:, 1, None] - points[None, :, 1]
    lack = sizes[:, None] + sizes[None, :] - np.sqrt(dx * dx + dy * dy)
    np.fill_diagonal(lack, 0.0)
    one, two = np.nonzero(np.triu(lack) > 1e-3)
    return one, two, lack[one, two]


def _neighbours(points: Points, reach: float) -> tuple[Whole, Whole]:
    """Return all pairs that may be nearer than ``reach``, each once: of the same or next cells."""
    place = np.floor((points - points.min(0)) / reach).astype(np.int64)
    rows = int(place[:, 1].max()) + 3
    cell = place[:, 0] * rows + place[:, 1]
    order = np.argsort(cell, kind="stable")
    cells = cell[order]
    ones, twos = [], []
    for step in (0, 1, rows - 1, rows, rows + 1):
        first = np.searchsorted(cells, cell + step, "left")
        counts = np.searchsorted(cells, cell + step, "right") - first
        one = np.repeat(np.arange(len(points)), counts)
        turn = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
        two = order[np.repeat(first, counts) + turn]
        some = one < two if step == 0 else slice(None)
        ones.append(one[some])
        twos.append(two[some])
    return np.concatenate(ones), np.concatenate(twos)


def tighten(points: Points, slots: Sequence[list[int]], aspect: float) -> Points:
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
