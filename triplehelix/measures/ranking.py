"""Measures of nodes that people can ask for by name, and their values on a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.communities import find_communities
from graph.gaps import Holdings
from graph.measure_registry import MEASURES, Compute, Measure
from graph.measure_registry import NetworkKind as Mode
from graph.measures import HubList, RankedHub, count_initiatives, rank_hubs
from graph.network import Network, NetworkKind, build_network
from graph.restriction import Restriction
from graph.structure import measure_participation
from triplehelix.terminal.wording import read_words

if TYPE_CHECKING:
    import networkx as nx

    from graph.projection import Weighting

INITIATIVES = "initiatives"
"""The measure that hubs are ranked by where no other is asked for."""


def _across_sectors(network: nx.Graph[str]) -> Mapping[str, float]:
    sectors = {node: str(facts["sector"]) for node, facts in network.nodes.items()}
    sectors = {node: sector for node, sector in sectors.items() if sector}
    return measure_participation(network, sectors)


def _across_communities(network: nx.Graph[str]) -> Mapping[str, float]:
    return measure_participation(network, find_communities(network).membership)


@cache
def read_measures() -> Mapping[str, Measure]:
    """Return all measures of nodes by name: those of the registry, and three of our own.

    >>> list(read_measures())[:2]
    ['initiatives', 'degree']
    """
    return MappingProxyType(
        {
            INITIATIVES: _define(INITIATIVES, count_initiatives, "two-mode"),
            **MEASURES,
            "sector_participation": _define("sector_participation", _across_sectors),
            "community_participation": _define("community_participation", _across_communities),
        }
    )


def _define(name: str, compute: Compute, network: Mode = "one-mode") -> Measure:
    texts = read_words("definitions.yml")[name]
    return Measure(name=name, network=network, weighted=False, compute=compute, **texts)


def kind_for(measure: Measure) -> NetworkKind:
    """Return the network that a measure is taken on where none is asked for."""
    return "participations" if measure.network == "two-mode" else "organizations"


def rank_by(
    holdings: Holdings,
    restriction: Restriction,
    measure: Measure,
    weighting: Weighting = "count",
) -> HubList:
    """Return the organisations by a measure, on the network that it is for."""
    kind = kind_for(measure)
    compute = measure.compute
    return rank_hubs(holdings, restriction, measure=compute, kind=kind, weighting=weighting)


class Surroundings:
    """What is told of every hub beside its rank, under one restriction."""

    def __init__(self, holdings: Holdings, restriction: Restriction) -> None:
        """Build the network of organisations, and count what each takes part in."""
        self.holdings = holdings
        counted = rank_hubs(holdings, restriction)
        self._hubs: Mapping[str, RankedHub] = {h.organization.iri: h for h in counted.hubs}
        self.network: Network = build_network(holdings, "organizations", restriction)
        self._between = MEASURES["betweenness"].compute(self.network.graph)

    def order(self, hubs: Iterable[RankedHub]) -> list[RankedHub]:
        """Return hubs by rank; equal ones in the order of their partners, paths and names."""
        return sorted(hubs, key=self._place)

    def _place(self, hub: RankedHub) -> tuple[int, int, float, str]:
        iri = hub.organization.iri
        name = hub.organization.label("ko")
        return hub.rank, -self.degree(iri), -self.betweenness(iri), name

    def undertakings(self, iri: str) -> RankedHub:
        """Return the organisation with its initiatives and events."""
        return self._hubs[iri]

    def degree(self, iri: str) -> int:
        """Return with how many organisations it shares an initiative or event."""
        return len(self.network.graph[iri])

    def betweenness(self, iri: str) -> float:
        """Return the share of the shortest paths that lead through it."""
        return round(self._between[iri], 6)

    def sectors(self, iri: str) -> int:
        """Return the number of sectors among those it works with."""
        organizations = self.holdings.organizations
        return len({organizations[other].sector for other in self.network.graph[iri]} - {""})
