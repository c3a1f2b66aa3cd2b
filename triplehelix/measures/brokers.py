"""Brokers of a network: their roles by sector, their structural holes, and what they cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.brokerage import Holes, Roles, find_holes, find_roles
from graph.centrality import rank
from graph.gaps import Holdings
from graph.network import Network, NetworkKind, build_network
from graph.organizations import Organization
from graph.projection import Weighting
from graph.restriction import Restriction
from graph.structure import Parts, find_bridges, find_cut_points


@dataclass(frozen=True, slots=True)
class Broker:
    """An organisation with its rank by all paths it brokers; ``tied`` are those at the rank.

    Without a sector it has no roles, without a partner no holes.
    """

    rank: int
    tied: int
    organization: Organization
    roles: Roles
    holes: Holes | None
    cut_off: Parts


@dataclass(frozen=True, slots=True)
class Brokers:
    """The brokers of a network, the first first, and the ties whose loss alone divides it."""

    network: Network
    brokers: Sequence[Broker]
    bridges: Mapping[tuple[str, str], Parts]


def find_brokers(
    holdings: Holdings, restriction: Restriction, kind: NetworkKind, weighting: Weighting
) -> Brokers:
    """Return the organisations with a partner, by the number of paths that they broker.

    Unnamed groups are nodes, and so others may stand between them, but they are not listed.
    """
    network = build_network(holdings, kind, restriction, weighting)
    graph = network.graph
    sectors = {node: holdings.organizations[node].sector for node in graph}
    roles = find_roles(graph, {node: sector for node, sector in sectors.items() if sector})
    holes, cuts = find_holes(graph), find_cut_points(graph)
    named = {n: o for n in holes if not (o := holdings.organizations[n]).is_group}
    ranked = rank({node: float(roles.get(node, Roles()).total) for node in named})
    brokers = [
        Broker(
            place.rank,
            place.tied,
            named[place.node],
            roles.get(place.node, Roles()),
            holes.get(place.node),
            cuts.get(place.node, []),
        )
        for place in ranked
    ]
    brokers.sort(key=lambda b: (b.rank, -sum(map(len, b.cut_off)), b.organization.label("ko")))
    return Brokers(network, brokers, find_bridges(graph))
