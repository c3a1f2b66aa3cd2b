"""Communities on the map: who is tied to one another more than to others, named by their themes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import Community, Organization, Theme, Tie
from triplehelix.network_map.modularity import Weights, find_communities, weigh

SMALLEST = 3
"""Fewer organisations than this are no community."""
LARGEST = 1_200
"""More organisations than this are divided again: the page draws one community at a time."""
NAMED_BY = 2
"""How many themes a name is made of."""


def divide(data: MapData) -> MapData:
    """Return the data with the community of each organisation, by modularity (Louvain).

    A community is named by the themes that set its own ties apart from all others; without any, by
    the organisation that has most partners. Those who have less than two fellows have none. What is
    larger than :data:`LARGEST` is divided again by its own ties, as often as it can be.
    """
    ends = [(data.positions[tie.source], data.positions[tie.target]) for tie in data.ties]
    labels = _find_parts(weigh(len(data.organizations), ends))
    sizes = Counter(labels)
    kept = [label for label in dict.fromkeys(labels) if sizes[label] >= SMALLEST]
    ids = {label: f"community-{number}" for number, label in enumerate(kept, start=1)}
    members = {
        row.id: ids[label]
        for row, label in zip(data.organizations, labels, strict=True)
        if label in ids
    }
    named = _name_communities(data, members)
    rows = tuple(replace(row, community=members.get(row.id)) for row in data.organizations)
    return replace(data, organizations=rows, communities=named)


def _find_parts(weights: Weights) -> list[int]:
    """Return the number of each node's community, those that are too large divided again."""
    labels = find_communities(weights)
    members: dict[int, list[int]] = defaultdict(list)
    for node, label in enumerate(labels):
        members[label].append(node)
    if len(members) == 1:
        return labels
    free = len(members)
    for nodes in members.values():
        if len(nodes) > LARGEST:
            parts = _find_parts(_among(nodes, weights))
            for node, part in zip(nodes, parts, strict=True):
                labels[node] = free + part
            free += max(parts) + 1
    return labels


def _among(nodes: Sequence[int], weights: Weights) -> Weights:
    """Return the weights of the ties among some nodes, which are numbered anew."""
    numbers = {node: number for number, node in enumerate(nodes)}
    return [{numbers[o]: w for o, w in weights[node].items() if o in numbers} for node in nodes]


def _name_communities(data: MapData, members: Mapping[str, str]) -> tuple[Community, ...]:
    """Return the communities in their order; those of the same name are told apart by a member."""
    overall = _count_themes(data, data.ties)
    inner: dict[str, list[Tie]] = defaultdict(list)
    for tie in data.ties:
        if tie.source in members and members[tie.source] == members.get(tie.target):
            inner[members[tie.source]].append(tie)
    themes = {theme.id: theme for theme in data.themes}
    centres = {c: _centre(data, members, c) for c in dict.fromkeys(members.values())}
    named = [
        _name(
            community,
            [themes[t] for t in _telling_themes(_count_themes(data, inner[community]), overall)],
            centre,
        )
        for community, centre in centres.items()
    ]
    names = Counter(row.ko for row in named)
    return tuple(_tell_apart(row, centres[row.id]) if names[row.ko] > 1 else row for row in named)


def _tell_apart(community: Community, centre: Organization) -> Community:
    ko, en = f"{community.ko} ({centre.ko})", f"{community.en} ({centre.en or centre.ko})"
    return replace(community, ko=ko, en=en)


def _count_themes(data: MapData, ties: Sequence[Tie]) -> Counter[str]:
    initiatives = {row.id: row for row in data.initiatives}
    return Counter(
        theme
        for tie in ties
        for theme in {*tie.themes, *(t for i in tie.initiatives for t in initiatives[i].themes)}
    )


def _telling_themes(own: Counter[str], overall: Counter[str]) -> list[str]:
    """Return the themes that are said of its ties most, weighed by how much they are its own."""
    return sorted(own, key=lambda t: (-own[t] * own[t] / overall[t], -own[t], t))[:NAMED_BY]


def _centre(data: MapData, members: Mapping[str, str], community: str) -> Organization:
    rows = zip(data.organizations, data.degrees, strict=True)
    own = [(-degree, row.id, row) for row, degree in rows if members.get(row.id) == community]
    return min(own)[2]


def _name(community: str, themes: Sequence[Theme], centre: Organization) -> Community:
    if themes:
        return Community(
            community,
            "·".join(theme.ko for theme in themes),
            ", ".join(theme.en or theme.ko for theme in themes),
        )
    return Community(community, f"{centre.ko} 중심", f"Around {centre.en or centre.ko}")
