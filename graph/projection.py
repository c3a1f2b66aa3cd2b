"""One-mode projections: organisations joined by the undertakings they share.

The two-mode network carries ``bipartite`` on its nodes: 0 for organisations, 1 for undertakings.
The weight of the tie of two organisations is a sum over the undertakings that both take part in,
where n is the number of organisations in an undertaking:

- ``count``: 1 each. Breiger, "The Duality of Persons and Groups" (1974), doi:10.2307/2576011.
- ``newman``: 1/(n-1), so that each organisation shares out one tie per undertaking. Newman,
  "Scientific collaboration networks. II" (2001), doi:10.1103/PhysRevE.64.016132.
- ``hyperbolic``: 1/n, so that large undertakings tie less. Coscia & Rossi, "The Impact of
  Projection and Backboning on Network Topologies" (2019), doi:10.48550/arXiv.1906.09081. Beware:
  some authors call Newman's weight hyperbolic.

An undertaking of a single organisation joins nobody and adds nothing, whatever the weighting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, combinations
from typing import Literal, TypeAlias, get_args

import networkx as nx
import numpy as np

Weighting: TypeAlias = Literal["count", "newman", "hyperbolic"]
WEIGHTINGS: tuple[Weighting, ...] = get_args(Weighting)

SMALL = 2_000
"""Up to so many participations NetworkX alone is faster than the start of SciPy."""


def join_modes(
    participations: Iterable[tuple[str, str]],
    organizations: Mapping[str, Mapping[str, str]],
    undertakings: Mapping[str, Mapping[str, str]],
) -> nx.Graph[str]:
    """Return the two-mode network of pairs (organisation, undertaking), both with attributes.

    >>> network = join_modes([("a", "x")], {"a": {"sector": "academia"}}, {"x": {}})
    >>> network.nodes["a"]
    {'sector': 'academia', 'bipartite': 0}
    """
    network: nx.Graph[str] = nx.Graph()
    for mode, nodes in enumerate((organizations, undertakings)):
        network.add_nodes_from(
            (node, {**texts, "bipartite": mode}) for node, texts in nodes.items()
        )
    network.add_edges_from(participations)
    return network


def project_two_mode(network: nx.Graph[str], weighting: Weighting = "count") -> nx.Graph[str]:
    """Return the network of organisations; ties carry ``weight``, nodes their attributes.

    Organisations that share nothing stay, without ties.

    Raises:
        ValueError: there is no such weighting, or a tie joins two nodes of one mode.

    >>> network = nx.Graph([("a", "x"), ("b", "x"), ("c", "x"), ("a", "y"), ("b", "y")])
    >>> modes = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1}
    >>> nx.set_node_attributes(network, modes, "bipartite")
    >>> project_two_mode(network, "newman")["a"]["b"]["weight"]
    1.5
    """
    if weighting not in WEIGHTINGS:
        raise ValueError(f"unknown weighting {weighting!r}; known: {', '.join(WEIGHTINGS)}")
    modes = check_modes(network)
    projected: nx.Graph[str] = nx.Graph()
    projected.add_nodes_from((node, network.nodes[node]) for node in _of_mode(modes, 0))
    added = {node: weigh(network.degree(node), weighting) for node in _of_mode(modes, 1)}
    if network.number_of_edges() <= SMALL:
        _join_by_pairs(projected, network, added)
    else:
        _join_by_matrix(projected, network, added)
    return projected


def check_modes(network: nx.Graph[str]) -> dict[str, int]:
    """Return the mode of each node of a two-mode network.

    Raises:
        ValueError: a node has no mode, or a tie does not join a node of each.
    """
    modes: dict[str, int] = nx.get_node_attributes(network, "bipartite")
    if len(modes) < len(network) or not set(modes.values()) <= {0, 1}:
        raise ValueError("every node must be an organisation (0) or an undertaking (1)")
    if any(modes[one] == modes[other] for one, other in network.edges):
        raise ValueError("every tie must join an organisation (0) and an undertaking (1)")
    return modes


def _of_mode(modes: dict[str, int], mode: int) -> list[str]:
    return [node for node, own in modes.items() if own == mode]


def weigh(members: int, weighting: Weighting) -> float:
    """Return what an undertaking adds to the tie of each two of its members.

    >>> [weigh(4, weighting) for weighting in WEIGHTINGS]
    [1.0, 0.3333333333333333, 0.25]
    """
    if members < 2:
        return 0.0
    return {"count": 1.0, "newman": 1 / (members - 1), "hyperbolic": 1 / members}[weighting]


def _join_by_pairs(
    projected: nx.Graph[str], network: nx.Graph[str], added: Mapping[str, float]
) -> None:
    """Add the ties in the obvious way: every pair of members of every undertaking."""
    for undertaking, weight in added.items():
        for one, other in combinations(network[undertaking], 2):
            before = projected.get_edge_data(one, other, {"weight": 0.0})["weight"]
            projected.add_edge(one, other, weight=before + weight)


def _join_by_matrix(
    projected: nx.Graph[str], network: nx.Graph[str], added: Mapping[str, float]
) -> None:
    """Add the same ties by the product B·diag(added)·Bᵀ of the sparse incidence matrix B."""
    from scipy.sparse import csr_array, triu

    columns = dict(zip(added, range(len(added)), strict=True))
    rows = [[columns[undertaking] for undertaking in network[node]] for node in projected]
    starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
    indices = np.fromiter(chain.from_iterable(rows), np.int32, starts[-1])
    shape = (len(rows), len(columns))
    taking = csr_array((np.ones(starts[-1]), indices, starts), shape=shape)
    shared = triu((taking * np.fromiter(added.values(), np.float64)) @ taking.T, 1, format="coo")
    nodes = np.array(list(projected), dtype=object)
    ends = (nodes[shared.row].tolist(), nodes[shared.col].tolist())
    projected.add_weighted_edges_from(zip(*ends, shared.data.tolist(), strict=True))
