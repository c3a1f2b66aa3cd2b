"""Communities of a weighted network: local moving of modularity, the same every time.

The Louvain method (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008). No random number is
drawn: every choice has a fixed order.
"""

from collections.abc import Iterable
from typing import TypeAlias

Weights: TypeAlias = list[dict[int, float]]
"""For each node the weights of its ties, in both directions."""


def find_communities(weights: Weights) -> list[int]:
    """Return a community number per node: local moving of modularity, level by level.

    ``weights[i][j]`` is the weight between nodes i and j, in both directions.

    >>> find_communities([{1: 1.0}, {0: 1.0}, {3: 1.0}, {2: 1.0}])
    [0, 0, 1, 1]
    """
    labels = list(range(len(weights)))
    level = [dict(row) for row in weights]
    while True:
        moved = _local_moves(level)
        names = {name: number for number, name in enumerate(dict.fromkeys(moved))}
        labels = [names[moved[label]] for label in labels]
        if len(names) == len(level):
            return labels
        merged: Weights = [{} for _ in names]
        for node, row in enumerate(level):
            own = merged[names[moved[node]]]
            for other, weight in row.items():
                target = names[moved[other]]
                own[target] = own.get(target, 0.0) + weight
        level = merged


def _local_moves(weights: Weights) -> list[int]:
    """Move nodes one by one to the neighbouring community that gains most, until none gains."""
    strength = [sum(row.values()) for row in weights]
    total = sum(strength)
    labels, inside = list(range(len(weights))), list(strength)
    moving = total > 0
    while moving:
        moving = False
        for node, row in enumerate(weights):
            links: dict[int, float] = {}
            for other, weight in row.items():
                if other != node:
                    links[labels[other]] = links.get(labels[other], 0.0) + weight
            home = labels[node]
            inside[home] -= strength[node]
            share = strength[node] / total if total else 0.0
            best, gain = home, links.get(home, 0.0) - share * inside[home]
            for label in sorted(links):
                if (better := links[label] - share * inside[label]) > gain + 1e-9:
                    best, gain = label, better
            inside[best] += strength[node]
            labels[node] = best
            moving |= best != home
    return labels


def weigh(count: int, edges: Iterable[tuple[int, int]]) -> Weights:
    """Return how often each two nodes are tied, in both directions; loops do not count.

    Raises:
        ValueError: when an edge names a node that does not exist.

    >>> weigh(2, [(0, 1), (1, 0)])
    [{1: 2.0}, {0: 2.0}]
    """
    weights: Weights = [{} for _ in range(count)]
    for source, target in edges:
        if not (0 <= source < count and 0 <= target < count):
            raise ValueError(f"edge {source}-{target} names a node that does not exist")
        if source != target:
            weights[source][target] = weights[source].get(target, 0.0) + 1.0
            weights[target][source] = weights[target].get(source, 0.0) + 1.0
    return weights


def find_components(weights: Weights) -> list[list[int]]:
    """Return the connected components, the largest first."""
    seen = [False] * len(weights)
    components = []
    for start in range(len(weights)):
        if seen[start]:
            continue
        seen[start], members = True, [start]
        for node in members:
            for other in weights[node]:
                if not seen[other]:
                    seen[other] = True
                    members.append(other)
        components.append(sorted(members))
    return sorted(components, key=lambda members: (-len(members), members[0]))
