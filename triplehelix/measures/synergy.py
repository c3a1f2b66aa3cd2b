"""The triple-helix synergy of an ecosystem: of everything, and by theme, place or year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from graph.gaps import Holdings
from graph.involvement import Starts
from graph.network import Network
from graph.synergy import (
    RESEARCH_APART,
    RESEARCH_AS_GOVERNMENT,
    RESEARCH_AS_UNIVERSITY,
    Helices,
    Synergy,
    measure_synergy,
    synergy_by_group,
)

By = Literal["theme", "place", "year"]
Research = Literal["apart", "university", "government"]
HELICES: Mapping[Research, Helices] = {
    "apart": RESEARCH_APART,
    "university": RESEARCH_AS_UNIVERSITY,
    "government": RESEARCH_AS_GOVERNMENT,
}
"""What research institutes count as."""


def measure_groups(
    holdings: Holdings, network: Network, by: By, research: Research
) -> tuple[Synergy, dict[str, Synergy]]:
    """Return the synergy of all undertakings of a two-mode network, and of each group of them.

    A group is the IRI of a theme or place, a year, or nothing where none is stated.
    """
    organizations, helices = holdings.organizations, HELICES[research]
    sectors = {
        thing: [organizations[node].sector for node in network.graph[thing]]
        for thing in sorted(network.initiatives | network.events)
    }
    groups: dict[str, list[list[str]]] = {}
    starts = Starts(holdings)
    for thing, found in sectors.items():
        for group in _groups(holdings, thing, by, starts):
            groups.setdefault(group, []).append(found)
    whole = measure_synergy(sectors.values(), helices)
    return whole, synergy_by_group(dict(sorted(groups.items())), helices)


def _groups(holdings: Holdings, thing: str, by: By, starts: Starts) -> Iterable[str]:
    undertaking = holdings.initiatives[thing]
    if by == "year":
        return [starts.of(thing)[:4]]
    wider = undertaking.all_themes if by == "theme" else undertaking.all_places
    return sorted(wider) or [""]
