"""What organisations actually share, two by two: initiatives, events and affiliations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from graph.dates import parse_lexical
from graph.ties import Tie
from triplehelix.report import Report

Pair = frozenset[str]


@dataclass(slots=True)
class Bond:
    """What two organisations actually share: initiatives, affiliations, and the best rung."""

    initiatives: set[str] = field(default_factory=set)
    affiliations: list[Tie] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    rung: str = ""


def tied_organizations(report: Report) -> set[str]:
    """Return the organisations that are an end of any tie, or host what others take part in."""
    holdings = report.holdings
    found = {end for tie in holdings.ties for end in (tie.source, tie.target)}
    shared = filter(None, (holdings.initiatives.get(tie.target) for tie in holdings.ties))
    found |= {host for initiative in shared for host in initiative.hosts}
    return found & holdings.organizations.keys()


def find_bonds(report: Report) -> dict[Pair, Bond]:
    """Return what each two organisations share, those that host or take part in the same first.

    Actual ties only, and none that begins after the report's date. Two that take part in the
    same initiative share it by the weaker of their two rungs; a host is tied as firmly as its
    partner, and two hosts of the same initiative as firmly as a programme ties.
    """
    bonds: dict[Pair, Bond] = defaultdict(Bond)
    for initiative, members in _members(report).items():
        for one, two in combinations(sorted(members), 2):
            bond = bonds[frozenset((one, two))]
            bond.initiatives.add(initiative)
            relations = [tie.iri for end in (one, two) for tie in members[end]]
            bond.records.update(relations or [initiative])
            bond.rung = _stronger(report, bond.rung, _shared_rung(report, members, one, two))
    for tie in report.holdings.ties:
        if tie.kind == "affiliation" and tie.actual and not _is_later(report, tie.start):
            bond = bonds[frozenset((tie.source, tie.target))]
            bond.affiliations.append(tie)
            bond.records.add(tie.iri)
            bond.rung = _stronger(report, bond.rung, tie.rung)
    return {pair: bond for pair, bond in bonds.items() if len(pair) == 2}


def _members(report: Report) -> dict[str, dict[str, list[Tie]]]:
    """Return who takes part in each initiative, by which ties; hosts may have none of their own."""
    found: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in report.holdings.ties:
        if tie.kind != "participation" or not tie.actual:
            continue
        initiative = report.holdings.initiatives[tie.target]
        if _is_later(report, tie.start or initiative.start):
            continue
        found[tie.target][tie.source].append(tie)
        for host in initiative.hosts:
            _ = found[tie.target][host]
    return found


def _is_later(report: Report, start: str) -> bool:
    return bool(start) and parse_lexical(start).earliest > report.on


def _shared_rung(report: Report, members: dict[str, list[Tie]], one: str, two: str) -> str:
    """Return the weaker of two members' rungs; a member without ties of its own is a host."""
    ranks = report.holdings.ranks
    best = [
        max((tie.rung for tie in members[end]), key=lambda r: ranks.get(r, 0))
        for end in (one, two)
        if members[end]
    ]
    return min(best, key=lambda r: ranks.get(r, 0)) if best else "programme"


def _stronger(report: Report, one: str, two: str) -> str:
    return max((one, two), key=lambda rung: report.holdings.ranks.get(rung, 0))
