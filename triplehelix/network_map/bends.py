"""The edges of all lines, those between the same pair bent apart so that each can be counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import Level, TieKind

Edge = Mapping[str, Any]
WIDEST = 0.16
"""How far apart two edges are bent, as a share of their length."""
ALL = 0.8
"""How far apart the outermost of many are."""
OUTSIDE = 0.24
"""How far out what has ended is bent."""


def add_edges(
    edges: Sequence[Edge],
    present: set[Any],
    data: MapData,
    look: Callable[[int, TieKind, int], Edge],
) -> list[dict[str, Any]]:
    """Return the edges at unit level, after them those only of parent level, and what has ended.

    ``present`` are the nodes that there are, ``look`` gives the options of an edge by the number,
    kind and count of its tie.
    """
    known = range(len(data.ties))
    levels = [
        data.ties[edge["tie"]].level if edge.get("tie") in known else Level.BOTH for edge in edges
    ]
    others = [
        {"from": tie.source, "to": tie.target, **look(number, tie.kind, tie.count)}
        for number, tie in enumerate((*data.parent_ties, *data.ended_ties), start=len(data.ties))
        if {tie.source, tie.target} <= present
    ]
    above = sum(edge["tie"] < len(data.ties) + len(data.parent_ties) for edge in others)
    levels += [Level.PARENT] * above
    return [*bend_apart([*edges, *others[:above]], levels), *_bend_out(others[above:])]


def _bend_out(edges: Sequence[Edge]) -> list[dict[str, Any]]:
    """Return the edges beside all others of their pair."""
    turns: Counter[frozenset[Any]] = Counter()
    bent = []
    for edge in edges:
        pair = frozenset((edge["from"], edge["to"]))
        roundness = round(OUTSIDE + turns[pair] * WIDEST / 2, 3)
        turns[pair] += 1
        smooth = {"enabled": True, "type": "curvedCW", "roundness": roundness}
        bent.append({**edge, "smooth": smooth})
    return bent


def bend_apart(edges: Sequence[Edge], levels: Sequence[Level]) -> list[dict[str, Any]]:
    """Return the edges with bends; those of one level only take the same places as of the other.

    >>> both = [{"from": "a", "to": "b"}] * 2
    >>> [edge["smooth"]["type"] for edge in bend_apart(both, [Level.BOTH, Level.BOTH])]
    ['curvedCCW', 'curvedCW']
    >>> bend_apart(both, [Level.UNIT, Level.PARENT]) == both
    True
    """
    bundles: dict[frozenset[Any], list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        bundles[frozenset((edge["from"], edge["to"]))].append(number)
    bent = [dict(edge) for edge in edges]
    for bundle in bundles.values():
        slots = _find_slots([levels[number] for number in bundle])
        count = max(slots) + 1
        step = min(WIDEST, ALL / count)
        first = edges[bundle[0]]["from"]
        for slot, number in zip(slots, bundle, strict=True):
            bend = (slot - (count - 1) / 2) * step
            # An edge drawn from the other end bends to the other side.
            side = bend if bent[number]["from"] == first else -bend
            if count > 1 and "smooth" not in bent[number]:
                bent[number]["smooth"] = {
                    "enabled": True,
                    "type": "curvedCW" if side > 0 else "curvedCCW",
                    "roundness": round(abs(side), 3),
                }
    return bent


def _find_slots(levels: Sequence[Level]) -> list[int]:
    """Return the place of each edge, those of both levels first."""
    shared = sum(level is Level.BOTH for level in levels)
    taken = Counter({Level.UNIT: shared, Level.PARENT: shared})
    slots = []
    for level in levels:
        slots.append(taken[level])
        taken[level] += 1
    return slots
