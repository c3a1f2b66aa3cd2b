"""Pairs of organisations that work together or have an agreement, as the network map shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from graph.agreements import IN_FORCE_STATES
from triplehelix.network_map.bonds import Bond, Pair, find_bonds
from triplehelix.network_map.map_rows import TieKind
from triplehelix.report import Report

KINDS = (TieKind.AGREEMENT, TieKind.JOINT_WORK, TieKind.MEETING, TieKind.GAP)
"""The kinds of ties that a pair may have, but for what is only planned."""


@dataclass(frozen=True, slots=True)
class WorkingPair:
    """Two organisations, sorted, how they are tied, and how much they share."""

    one: str
    two: str
    kinds: frozenset[TieKind]
    shared: int = 0

    @property
    def works(self) -> bool:
        """Whether they share an undertaking, an event or an affiliation."""
        return bool(self.kinds - {TieKind.AGREEMENT})


def list_pairs(report: Report) -> list[WorkingPair]:
    """Return the pairs with actual ties on the date of the report, sorted.

    A gap is one that is still open: the host has not decided that it needs no agreement.
    """
    bonds = find_bonds(report)
    agreed = set(_agreed(report))
    gaps = {frozenset((g.host.iri, g.partner.iri)) for g in report.gaps if g.actual}
    gaps -= {frozenset((g.host.iri, g.partner.iri)) for g in report.gaps if g.waived}
    found = []
    for pair in bonds.keys() | agreed:
        kinds = {TieKind.AGREEMENT} if pair in agreed else set()
        if pair in bonds:
            kinds.add(TieKind.GAP if pair in gaps else _work(report, bonds[pair]))
        one, two = sorted(pair)
        found.append(WorkingPair(one, two, frozenset(kinds), _count(bonds.get(pair))))
    return sorted(found, key=lambda pair: (pair.one, pair.two))


def _agreed(report: Report) -> Iterator[Pair]:
    """Yield who are party to the same agreement in force."""
    for agreement in report.holdings.agreements.values():
        if report.status(agreement) in IN_FORCE_STATES:
            yield from map(frozenset, combinations(sorted(agreement.parties), 2))


def _work(report: Report, bond: Bond) -> TieKind:
    ranks = report.holdings.ranks
    works = ranks.get(bond.rung, 0) >= ranks.get("programme", 0)
    return TieKind.JOINT_WORK if works else TieKind.MEETING


def _count(bond: Bond | None) -> int:
    return len(bond.initiatives) + len(bond.affiliations) if bond else 0
