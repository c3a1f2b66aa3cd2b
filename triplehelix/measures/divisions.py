"""A network divided into communities, with its core and the nestedness of its themes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.communities import Communities, Method, find_communities
from graph.concepts import nearest
from graph.gaps import Holdings
from graph.network import Network, NetworkKind, build_network
from graph.projection import Weighting, join_modes
from graph.restriction import Restriction
from graph.structure import CorePeriphery, Nestedness, find_core, measure_nestedness

RUNS = 10
"""The number of seeds; the division of highest modularity is shown."""


@dataclass(frozen=True, slots=True)
class Division:
    """Communities of at least two, who is tied to nobody, the core, and the nestedness.

    ``organizations`` and ``themes``: the size of the matrix that the nestedness is taken from.
    """

    network: Network
    first_seed: int
    found: Communities
    communities: Sequence[frozenset[str]]
    alone: frozenset[str]
    core: CorePeriphery
    nestedness: Nestedness
    organizations: int
    themes: int


def divide(
    holdings: Holdings,
    restriction: Restriction,
    kind: NetworkKind,
    weighting: Weighting,
    *,
    method: Method = "louvain",
    first_seed: int = 0,
    resolution: float = 1.0,
) -> Division:
    """Return the communities of a network, best of ten seeds, its core, and its nestedness.

    Raises:
        ModuleNotFoundError: Leiden was asked for, and graspologic-native is not installed.
    """
    network = build_network(holdings, kind, restriction, weighting)
    found = find_communities(
        network.graph,
        method=method,
        resolution=resolution,
        seeds=range(first_seed, first_seed + RUNS),
    )
    pairs = set(_themes(holdings, build_network(holdings, "participations", restriction)))
    bodies: dict[str, dict[str, str]] = {body: {} for body, _ in sorted(pairs)}
    themes: dict[str, dict[str, str]] = {theme: {} for _, theme in sorted(pairs)}
    matrix = join_modes(sorted(pairs), bodies, themes)
    return Division(
        network,
        first_seed,
        found,
        [community for community in found.communities if len(community) > 1],
        frozenset(node for c in found.communities if len(c) == 1 for node in c),
        find_core(network.graph),
        measure_nestedness(matrix),
        len(bodies),
        len(themes),
    )


def _themes(holdings: Holdings, network: Network) -> Iterator[tuple[str, str]]:
    """Yield each organisation with the themes of what it takes part in.

    An undertaking without themes has those of the nearest above it; wider themes are left out,
    since whoever works on the narrower one has them, too.
    """
    initiatives = holdings.initiatives
    stated = {iri: thing.themes for iri, thing in initiatives.items()}
    parents = {iri: thing.parents for iri, thing in initiatives.items()}
    for thing in sorted(network.initiatives | network.events):
        themes = nearest(thing, stated, parents)
        for body in sorted(network.graph[thing]):
            yield from ((body, theme) for theme in sorted(themes))
