"""The backbone of a weighted network: the ties that are too heavy to be chance.

The disparity filter of Serrano, Boguñá & Vespignani, "Extracting the multiscale backbone of complex
weighted networks" (2009), doi:10.1073/pnas.0808904106. If a node i of degree k and strength s
spread its weight over its ties at random, a tie of weight w or more would turn up with the
probability α = (1 - w/s)^(k-1). A tie is significant when α is below the level for at least one of
its ends.

Where a node has a single tie, α is 1 for that node: nothing can be compared, and the tie stays only
if it is significant for the other end, as in the paper. So two organisations tied to each other
alone have no significant tie, and a small network may have none at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np

from graph.adjacency import Adjacency, Floats, Integers, read_adjacency

Tie = tuple[str, str]


def measure_significance(network: nx.Graph[str] | Adjacency) -> dict[Tie, float]:
    """Return the smaller α of both ends of every tie, 0 to 1; small is significant.

    Raises:
        ValueError: a weight is not positive, or the network is no simple one.

    >>> star = nx.Graph()
    >>> star.add_weighted_edges_from([("a", "b", 8), ("a", "c", 1), ("a", "d", 1)])
    >>> {tie: round(alpha, 3) for tie, alpha in measure_significance(star).items()}
    {('a', 'b'): 0.04, ('a', 'c'): 0.81, ('a', 'd'): 0.81}
    """
    adjacency = read_adjacency(network)
    nodes = adjacency.nodes
    return {(nodes[one], nodes[other]): alpha for one, other, _, alpha in _ties_below(adjacency)}


def extract_backbone(network: nx.Graph[str] | Adjacency, alpha: float = 0.05) -> nx.Graph[str]:
    """Return the significant ties, with ``weight`` and ``alpha``, and the nodes that have any.

    Nodes keep the attributes of the graph. Nothing significant gives an empty network.

    Raises:
        ValueError: the level is not between 0 and 1, a weight is not positive, or the network is
            no simple one.
    """
    if not 0 < alpha <= 1:
        raise ValueError("the significance level must be greater than 0 and at most 1")
    adjacency = read_adjacency(network)
    nodes = adjacency.nodes
    backbone: nx.Graph[str] = nx.Graph()
    for one, other, weight, found in _ties_below(adjacency, alpha):
        backbone.add_edge(nodes[one], nodes[other], weight=weight, alpha=found)
    if isinstance(network, nx.Graph):
        backbone.add_nodes_from((node, network.nodes[node]) for node in list(backbone))
    return backbone


def _ties_below(
    network: Adjacency, level: float = np.inf
) -> Iterator[tuple[int, int, float, float]]:
    """Yield the ties whose smaller α is below a level: both ends, weight and α."""
    upper = network.rows < network.neighbours
    ends = (network.rows[upper], network.neighbours[upper])
    weights = network.weights[upper]
    alphas = np.minimum(*(_alphas(network, end, weights) for end in ends))
    kept = np.flatnonzero(alphas < level)
    found = (values[kept].tolist() for values in (*ends, weights, alphas))
    return zip(*found, strict=True)


def _alphas(network: Adjacency, ends: Integers, weights: Floats) -> Floats:
    """Return α of ties as seen from one end of each."""
    # The share of a single tie is exactly 1, and 0 to the power of 0 is 1; elsewhere rounding
    # could carry a share past 1.
    rest: Floats = np.maximum(0.0, 1 - weights / network.strengths[ends])
    return rest ** (network.degrees[ends] - 1)
