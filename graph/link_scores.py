"""Scores of pairs that have no tie but partners in common: how likely a tie seems.

With N(x) the partners and k(x) the number of partners of x, over the common partners z of a pair:

- resource allocation: the sum of 1/k(z). Zhou, Lü & Zhang, "Predicting missing links via local
  information" (2009), doi:10.1140/epjb/e2009-00335-8.
- Adamic–Adar: the sum of 1/ln k(z). Adamic & Adar, "Friends and neighbors on the Web" (2003),
  doi:10.1016/S0378-8733(03)00009-1.

Both count common partners, and count less who has many partners: meeting in the same large
undertaking says little.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from math import log
from typing import Any, NamedTuple

Sets = Mapping[str, AbstractSet[str]]
"""The partners, or the themes, of each organisation."""
Pair = tuple[str, str]
_NONE: frozenset[str] = frozenset()
_BLOCK = 128
"""Rows multiplied at once, so that a large network takes megabytes, not gigabytes."""


class Score(NamedTuple):
    """What speaks for a pair: the two scores, and the numbers of themes and partners in common."""

    resource_allocation: float = 0.0
    adamic_adar: float = 0.0
    themes: int = 0
    partners: int = 0


def score_pair(neighbours: Sets, themes: Sets, first: str, second: str) -> Score:
    """Return the scores of one pair, in the plainest way.

    >>> partners = {"a": {"z"}, "b": {"z"}, "c": {"z"}, "z": {"a", "b", "c"}}
    >>> [round(v, 3) for v in score_pair(partners, {"a": {"it"}, "b": {"it"}}, "a", "b")]
    [0.333, 0.91, 1, 1]
    """
    common = sorted(neighbours[first] & neighbours[second])
    return Score(
        sum(1 / len(neighbours[z]) for z in common),
        sum(1 / log(len(neighbours[z])) for z in common),
        len(themes.get(first, _NONE) & themes.get(second, _NONE)),
        len(common),
    )


def score_pairs(neighbours: Sets, themes: Sets) -> dict[Pair, Score]:
    """Return the scores of all pairs without a tie that share a partner and a theme, sorted.

    Such pairs are at distance two, so sparse matrices find them without trying all pairs. The
    scores are those of :func:`score_pair`.
    """
    import numpy as np

    nodes = sorted(neighbours)
    if not nodes:
        return {}
    ties = _incidence(nodes, neighbours, nodes)
    subjects = sorted({theme for node in nodes for theme in themes.get(node, ())})
    about = _incidence(nodes, themes, subjects)
    partners = np.diff(ties.indptr).astype(float)
    # A common partner has two partners at least; the others are never looked up.
    shares = 1 / np.maximum(partners, 1)
    logarithms = 1 / np.log(np.maximum(partners, 2))
    found: dict[Pair, Score] = {}
    for start in range(0, len(nodes), _BLOCK):
        block, subject = ties[start : start + _BLOCK], about[start : start + _BLOCK]
        common, same = (block @ ties).toarray(), (subject @ about.T).toarray()
        wanted = (common > 0) & (same > 0) & (block.toarray() == 0)
        # Each pair once: the first by name stands in the row.
        rows, columns = np.triu(wanted, start + 1).nonzero()
        allocated = (block.multiply(shares) @ ties).toarray()
        adamic = (block.multiply(logarithms) @ ties).toarray()
        values = (array[rows, columns].tolist() for array in (allocated, adamic, same, common))
        for row, column, ra, aa, shared, count in zip(
            rows.tolist(), columns.tolist(), *values, strict=True
        ):
            found[nodes[start + row], nodes[column]] = Score(ra, aa, int(shared), int(count))
    return found


def _incidence(nodes: list[str], of: Sets, columns: list[str]) -> Any:
    """Return a sparse matrix with a one where a node has a column."""
    import numpy as np
    from scipy.sparse import csr_array

    place = {column: number for number, column in enumerate(columns)}
    cells = [(row, place[c]) for row, node in enumerate(nodes) for c in of.get(node, ())]
    rows, numbers = zip(*cells, strict=True) if cells else ((), ())
    shape = (len(nodes), len(columns))
    return csr_array((np.ones(len(cells)), (list(rows), list(numbers))), shape=shape)
