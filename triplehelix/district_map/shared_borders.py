"""Borders that neighbours share: polygons that were simplified apart are made to fit, once.

Each polygon takes in the corners of its neighbours that lie on its own border. Then the same
border is the same chain of edges on both sides, is simplified once for both, and vanishes between
two polygons that are made one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Point = tuple[int, int]
Ring = list[Point]
Edge = frozenset[Point]
_CELL = 64
"""The side of a square of the grid that corners are looked up in."""


def fit(
    areas: Mapping[str, Sequence[Ring]], near: float, tolerance: float
) -> dict[str, list[Ring]]:
    """Return the outlines of areas without inner borders, simplified alike on both sides.

    ``near`` is how far from an edge a neighbour's corner may lie to be taken in, ``tolerance``
    how far a border may be moved by leaving out corners (Ramer 1972, Douglas and Peucker 1973).

    >>> left, right = [(0, 0), (9, 0), (9, 9), (0, 9)], [(9, 0), (20, 0), (20, 9), (9, 9)]
    >>> [len(ring) for ring in fit({"both": [left, right]}, 1, 1)["both"]]
    [4]
    """
    corners = _Corners(point for rings in areas.values() for ring in rings for point in ring)
    edges = {
        key: _outline(corners.take_in(ring, near) for ring in rings) for key, rings in areas.items()
    }
    junctions = _find_junctions(edges)
    return {
        key: [_simplify(ring, junctions, tolerance) for ring in _stitch(own)]
        for key, own in edges.items()
    }


def find_borders(
    outlines: Mapping[str, Sequence[Ring]], group: Callable[[str], str]
) -> Iterator[Ring]:
    """Yield the chains of edges that two areas of different groups share.

    >>> left, right = [(0, 0), (9, 0), (9, 9), (0, 9)], [(9, 0), (20, 0), (20, 9), (9, 9)]
    >>> list(find_borders({"a1": [left], "b1": [right]}, lambda key: key[0]))
    [[(9, 0), (9, 9)]]
    """
    owners: dict[Edge, set[str]] = defaultdict(set)
    for key, rings in outlines.items():
        for edge in _outline(rings):
            owners[edge].add(group(key))
    neighbours = _connect(edge for edge, groups in owners.items() if len(groups) > 1)
    for start in sorted(neighbours, key=lambda point: (len(neighbours[point]) == 2, point)):
        while neighbours[start]:
            chain = [start]
            while neighbours[chain[-1]]:
                chain.append(_walk(neighbours, chain[-1]))
                if len(neighbours[chain[-1]]) > 1:
                    break
            yield chain


class _Corners:
    """All corners, by the square of a grid in which they lie."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._cells: dict[Point, set[Point]] = defaultdict(set)
        for x, y in points:
            self._cells[x // _CELL, y // _CELL].add((x, y))

    def take_in(self, ring: Ring, near: float) -> Ring:
        """Return a ring with the corners of others that lie on its edges."""
        found: Ring = []
        for start, end in _pairs(ring):
            found.append(start)
            placed = ((_place(p, start, end), p) for p in self._around(start, end, near))
            found += [p for (along, away), p in sorted(placed) if 0 < along < 1 and away <= near]
        return found

    def _around(self, start: Point, end: Point, near: float) -> Iterator[Point]:
        (left, right), (low, high) = (sorted(pair) for pair in zip(start, end, strict=True))
        for column in range(int(left - near) // _CELL, int(right + near) // _CELL + 1):
            for row in range(int(low - near) // _CELL, int(high + near) // _CELL + 1):
                yield from self._cells.get((column, row), set()) - {start, end}


def _pairs(ring: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], *ring[:1]], strict=True)


def _place(point: Point, start: Point, end: Point) -> tuple[float, float]:
    """Return how far along an edge a point lies, and how far away from it."""
    width, height = end[0] - start[0], end[1] - start[1]
    across, down = point[0] - start[0], point[1] - start[1]
    length = width * width + height * height
    if not length:
        return 0.0, (across * across + down * down) ** 0.5
    along = (across * width + down * height) / length
    return along, abs(across * height - down * width) / length**0.5


def _outline(rings: Iterable[Ring]) -> set[Edge]:
    """Return the edges of an area; what two of its rings share lies within, and is none."""
    found = set[Edge]()
    for ring in rings:
        for start, end in _pairs(ring):
            if start != end:
                found ^= {frozenset((start, end))}
    return found


def _find_junctions(edges: Mapping[str, set[Edge]]) -> set[Point]:
    """Return where borders meet: there other areas lie on the two sides than before."""
    owners: dict[Edge, list[str]] = defaultdict(list)
    for key, own in edges.items():
        for edge in own:
            owners[edge].append(key)
    sides: dict[Point, list[tuple[str, ...]]] = defaultdict(list)
    for edge, keys in owners.items():
        for point in edge:
            sides[point].append(tuple(sorted(keys)))
    return {point for point, found in sides.items() if len(found) != 2 or len(set(found)) > 1}


def _connect(edges: Iterable[Edge]) -> dict[Point, set[Point]]:
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for one, two in edges:
        neighbours[one].add(two)
        neighbours[two].add(one)
    return neighbours


def _walk(neighbours: Mapping[Point, set[Point]], point: Point) -> Point:
    """Return the end of an edge that begins at a point, and take the edge away."""
    following = min(neighbours[point])
    neighbours[point].discard(following)
    neighbours[following].discard(point)
    return following


def _stitch(edges: set[Edge]) -> Iterator[Ring]:
    """Yield the rings that edges make."""
    neighbours = _connect(edges)
    for start in sorted(neighbours):
        while neighbours[start]:
            ring, point = [start], _walk(neighbours, start)
            while point != start:
                ring.append(point)
                point = _walk(neighbours, point)
            yield ring


def _simplify(ring: Ring, junctions: set[Point], tolerance: float) -> Ring:
    """Return a ring with fewer corners; junctions stay, so that neighbours still meet."""
    fixed = [at for at, point in enumerate(ring) if point in junctions]
    if not fixed:
        fixed = [ring.index(min(ring)), ring.index(max(ring))]
    ring = ring[fixed[0] :] + ring[: fixed[0]]
    places = sorted({(at - fixed[0]) % len(ring) for at in fixed})
    found: Ring = []
    for start, end in zip(places, [*places[1:], len(ring)], strict=True):
        chain = [*ring, ring[0]][start : end + 1]
        turned = chain[::-1] < chain
        kept = _reduce(chain[::-1] if turned else chain, tolerance)
        found += (kept[::-1] if turned else kept)[:-1]
    return found


def _reduce(chain: Sequence[Point], tolerance: float) -> Ring:
    """Return a chain with those corners only that lie farther away than the tolerance."""
    kept, waiting = {0, len(chain) - 1}, [(0, len(chain) - 1)]
    while waiting:
        first, last = waiting.pop()
        away = [_place(chain[at], chain[first], chain[last])[1] for at in range(first + 1, last)]
        if away and max(away) > tolerance:
            farthest = first + 1 + away.index(max(away))
            kept.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [chain[at] for at in sorted(kept)]
