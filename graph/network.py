"""Networks from the ties of the graph; the one door to NetworkX, with the measures beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import networkx as nx

from graph.dates import parse_lexical
from graph.gaps import Holdings


def two_mode_network(holdings: Holdings, on: date | None = None) -> nx.Graph[str]:
    """Return the bipartite network of organisations (0) and initiatives or events (1).

    Actual participations only; hosts are tied to what they host. With a date, what began after
    it is left out. Nodes carry ``bipartite``; edges carry the roles of their ties.
    """
    network: nx.Graph[str] = nx.Graph()
    for tie in holdings.ties:
        if tie.kind != "participation" or not tie.actual:
            continue
        initiative = holdings.initiatives[tie.target]
        if _is_later(tie.start or initiative.start, on):
            continue
        _join(network, tie.source, tie.target, tie.role)
        for host in initiative.hosts:
            _join(network, host, tie.target, "host")
    return network


def _is_later(start: str, on: date | None) -> bool:
    return bool(on and start and parse_lexical(start).earliest > on)


def _join(network: nx.Graph[str], organization: str, initiative: str, role: str) -> None:
    network.add_node(organization, bipartite=0)
    network.add_node(initiative, bipartite=1)
    if not network.has_edge(organization, initiative):
        network.add_edge(organization, initiative, roles=set())
    network[organization][initiative]["roles"].add(role)


def project(network: nx.Graph[str]) -> nx.Graph[str]:
    """Return the one-mode network of organisations; an edge's weight counts shared initiatives.

    See Newman, *Networks* (2nd ed., 2018), section 6.6, on one-mode projections.
    """
    nodes = [node for node in network if network.nodes[node]["bipartite"] == 0]
    if not nodes:
        return nx.Graph()
    projected: nx.Graph[str] = nx.bipartite.weighted_projected_graph(network, nodes)
    return projected


def agreement_network(holdings: Holdings, agreements: Iterable[str]) -> nx.Graph[str]:
    """Return the network in which the parties of the given agreements are joined."""
    network: nx.Graph[str] = nx.Graph()
    for iri in agreements:
        parties = sorted(holdings.agreements[iri].parties)
        network.add_nodes_from(parties)
        network.add_edges_from((a, b) for i, a in enumerate(parties) for b in parties[i + 1 :])
    return network
