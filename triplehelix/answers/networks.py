"""Networks for NetworkX, with the names of organisations and initiatives at their nodes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graph.agreements import is_in_force
from graph.gaps import Holdings

if TYPE_CHECKING:
    import networkx as nx

KINDS = ("organizations", "participations", "agreements")


def make_network(holdings: Holdings, kind: str, on: date, language: str) -> nx.Graph[str]:
    """Return a network as of a date.

    Raises:
        ValueError: there is no such network.
    """
    from graph.network import agreement_network, project, two_mode_network

    if kind not in KINDS:
        raise ValueError(f"there is no network {kind!r}; networks: {', '.join(KINDS)}")
    if kind == "agreements":
        known = holdings.agreements.items()
        network = agreement_network(holdings, [iri for iri, a in known if is_in_force(a, on)])
    else:
        network = two_mode_network(holdings, on)
        network = project(network) if kind == "organizations" else network
    for node, attributes in network.nodes.items():
        organization = holdings.organizations.get(node)
        named = organization or holdings.initiatives[node]
        attributes |= {"label": named.label(language), "id": named.id}
        attributes["sector"] = organization.sector if organization else ""
    return network
