"""Measures of hubs on the network of organisations that take part in the same initiatives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import networkx as nx

from graph.gaps import Holdings
from graph.network import project, two_mode_network
from graph.organizations import Organization


@dataclass(frozen=True, slots=True)
class Hub:
    """An organisation with its measures.

    ``degree``: organisations it shares an initiative or event with. ``strength``: distinct
    initiatives it hosts or takes part in; ``events``: distinct events. ``betweenness``: share of
    shortest paths through it, normalised (Freeman 1977, doi:10.2307/3033543). ``sectors``:
    distinct sectors among its neighbours.
    """

    organization: Organization
    degree: int
    strength: int
    events: int
    betweenness: float
    sectors: int


def find_hubs(holdings: Holdings, on: date | None = None) -> list[Hub]:
    """Return all organisations of the network, the strongest first; unnamed groups are left out.

    Groups still count as neighbours. Equal hubs stand in the order of their names.
    """
    two_mode = two_mode_network(holdings, on)
    network = project(two_mode)
    betweenness = nx.betweenness_centrality(network)
    hubs = [
        Hub(
            organization,
            network.degree(iri),
            *_count_kinds(two_mode, iri, holdings),
            round(betweenness[iri], 6),
            _count_sectors(network, iri, holdings),
        )
        for iri, organization in holdings.organizations.items()
        if iri in network and not organization.is_group
    ]
    return sorted(
        hubs, key=lambda h: (-h.strength, -h.degree, -h.betweenness, h.organization.label("ko"))
    )


def _count_kinds(network: nx.Graph[str], iri: str, holdings: Holdings) -> tuple[int, int]:
    """Return how many initiatives, and how many events, an organisation is tied to."""
    events = sum(holdings.initiatives[node].is_event for node in network[iri])
    return network.degree(iri) - events, events


def _count_sectors(network: nx.Graph[str], iri: str, holdings: Holdings) -> int:
    sectors = {holdings.organizations[n].sector for n in network[iri]}
    return len(sectors - {""})
