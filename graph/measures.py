"""Measures of hubs on the network of organisations that take part in the same initiatives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import networkx as nx

from graph.evidence import Evidence, sort_evidence
from graph.gaps import Holdings
from graph.hub import Hub
from graph.initiatives import Initiative
from graph.network import Network, NetworkKind, build_network, project, two_mode_network
from graph.organizations import Organization
from graph.restriction import Restriction
from graph.selection import bodies
from graph.ties import Tie

if TYPE_CHECKING:
    from graph.centrality import Rank
    from graph.projection import Weighting

Measure = Callable[["nx.Graph[str]"], Mapping[str, float]]
"""A measure of nodes: any function from a network to a number for each node."""


@dataclass(frozen=True, slots=True)
class RankedHub:
    """An organisation, its rank by a measure, and what it is tied to.

    ``rank`` is 1 for the highest value; equal values share a rank, and the ranks after them are
    skipped (1, 2, 2, 4). ``tied`` is the number of hubs at this rank. ``initiatives``, ``events``
    and ``agreements`` are distinct; ``ties`` are the records behind them.
    """

    rank: int
    tied: int
    value: float
    organization: Organization
    initiatives: tuple[Initiative, ...]
    events: tuple[Initiative, ...]
    agreements: tuple[str, ...]
    ties: tuple[Tie, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class HubList:
    """Hubs by a measure, the first first, with the network they were measured on.

    ``network`` tells kind, restriction, how many initiatives, events and agreements are in it,
    and how many ties were left out. Unnamed groups are nodes, and so count for their neighbours,
    but they are no hubs.
    """

    network: Network
    hubs: tuple[RankedHub, ...]


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


def count_initiatives(network: nx.Graph[str]) -> dict[str, float]:
    """Return the number of initiatives, without events, of each node of a two-mode network.

    >>> network = nx.Graph([("a", "x"), ("a", "fair")])
    >>> nx.set_node_attributes(network, {"x": "initiative", "fair": "event"}, "kind")
    >>> count_initiatives(network)["a"]
    1
    """
    nodes = network.nodes.items()
    initiatives = {node for node, facts in nodes if facts.get("kind") == "initiative"}
    return {node: sum(end in initiatives for end in network[node]) for node in network}


def rank_hubs(
    holdings: Holdings,
    restriction: Restriction | None = None,
    *,
    measure: Measure = count_initiatives,
    kind: NetworkKind = "participations",
    weighting: Weighting = "count",
) -> HubList:
    """Return the organisations of a network by a measure, with rank, ties and evidence.

    ``measure`` takes the network and gives each node a number, such as those of
    :mod:`graph.measure_registry`; what it gives no number has no rank. Equal hubs stand in the
    order of their names. An empty network has no hubs. By default hubs are ranked by the
    initiatives that they host or take part in; measures of a network among organisations want
    ``kind="organizations"``, and those that heed the weights of its ties may want another
    ``weighting`` of :mod:`graph.projection`.

    Raises:
        ValueError: there is no such network or weighting.
    """
    network = build_network(holdings, kind, restriction, weighting)
    values = measure(network.graph) if len(network.graph) else {}
    named = {
        iri: values[iri]
        for iri, organization in holdings.organizations.items()
        if iri in values and not organization.is_group
    }
    from graph.centrality import rank  # NumPy takes long to import.

    behind = _ties_by_organization(holdings, network)
    hubs = [_ranked(holdings, place, behind[place.node]) for place in rank(named)]
    hubs.sort(key=lambda hub: (hub.rank, hub.organization.label("ko"), hub.organization.iri))
    return HubList(network, tuple(hubs))


def _ties_by_organization(holdings: Holdings, network: Network) -> dict[str, list[Tie]]:
    """Return the ties of a network that each organisation holds, at the network's level."""
    found: dict[str, list[Tie]] = {node: [] for node in network.graph}
    level = network.restriction.level
    for tie in network.ties:
        ends = {*bodies(holdings, tie.source, level)}
        if tie.target in holdings.organizations:
            ends |= {*bodies(holdings, tie.target, level)}
        for end in ends:
            found[end].append(tie)
    return found


def _ranked(holdings: Holdings, place: Rank, ties: Iterable[Tie]) -> RankedHub:
    ties = tuple(ties)
    led = sorted({tie.target for tie in ties})
    things = [holdings.initiatives[target] for target in led if target in holdings.initiatives]
    return RankedHub(
        place.rank,
        place.tied,
        place.value,
        holdings.organizations[place.node],
        tuple(thing for thing in things if not thing.is_event),
        tuple(thing for thing in things if thing.is_event),
        tuple(target for target in led if target in holdings.agreements),
        ties,
        tuple(sort_evidence(e for tie in ties for e in holdings.evidence.get(tie.iri, ()))),
    )
