"""Networks for NetworkX, with the names of organisations and initiatives at their nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.gaps import Holdings
from graph.restriction import Restriction

if TYPE_CHECKING:
    import networkx as nx

    from graph.network import NetworkKind
    from graph.projection import Weighting


def make_network(
    holdings: Holdings,
    kind: NetworkKind,
    restriction: Restriction,
    weighting: Weighting,
    language: str,
) -> nx.Graph[str]:
    """Return a network under a restriction; nodes have ``label`` in the language.

    Raises:
        ValueError: there is no such network, or no such weighting.
    """
    from graph.network import build_network

    network = build_network(holdings, kind, restriction, weighting).graph
    for facts in network.nodes.values():
        facts["label"] = facts[f"label_{language}"]
    return network
