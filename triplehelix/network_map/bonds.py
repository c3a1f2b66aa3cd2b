"""What organisations actually share, two by two: initiatives, events and affiliations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations, product

from graph.dates import parse_lexical
from graph.gaps import Level
from graph.selection import bodies
from graph.ties import Tie
from triplehelix.report import Report

Pair = frozenset[str]


@dataclass(slots=True)
class Bond:
    """What two organisations actually share: initiatives, affiliations, and the best rung.

    ``units`` are those for whom one of the two stands, at parent level.
    """

    initiatives: set[str] = field(default_factory=set)
    affiliations: list[Tie] = field(default_factory=list)
    records: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    rung: str = ""


def tied_organizations(report: Report) -> set[str]:
    """Return the organisations that are an end of any tie, or host what others take part in.

    The bodies that they are units of are among them, since these stand for them at parent level.
    """
    holdings = report.holdings
    found = {end for tie in holdings.ties for end in (tie.source, tie.target)}
    shared = filter(None, (holdings.initiatives.get(tie.target) for tie in holdings.ties))
    found |= {host for initiative in shared for host in initiative.hosts}
    found &= holdings.organizations.keys()
    return found.union(*(stand_for(report, iri, "parent") for iri in found))


def stand_for(report: Report, organization: str, level: Level) -> tuple[str, ...]:
    """Return who stands for an organisation: itself, or at parent level what it is a unit of."""
    known = organization in report.holdings.organizations
    return bodies(report.holdings, organization, level) if known else (organization,)


def find_bonds(report: Report, level: Level = "unit") -> dict[Pair, Bond]:
    """Return what each two organisations share, those that host or take part in the same first.

    Actual ties only, and none that begins after the report's date. Two that take part in the
    same initiative share it by the weaker of their two rungs; a host is tied as firmly as its
    partner, and two hosts of the same initiative as firmly as a programme ties. At parent level
    bodies share what their units do; what is shared within one body is left out.
    """
    bonds: dict[Pair, Bond] = defaultdict(Bond)
    for initiative, members in _members(report, level).items():
        for one, two in combinations(sorted(members), 2):
            bond = bonds[frozenset((one, two))]
            bond.initiatives.add(initiative)
            relations = [tie.iri for end in (one, two) for tie in members[end].ties]
            bond.records.update(relations or [initiative])
            bond.units |= members[one].units | members[two].units
            bond.rung = _stronger(report, bond.rung, _shared_rung(report, members, one, two))
    for tie in report.holdings.ties:
        if tie.kind == "affiliation" and tie.actual and not _is_later(report, tie.start):
            ends = (stand_for(report, end, level) for end in (tie.source, tie.target))
            for one, two in product(*ends):
                bond = bonds[frozenset((one, two))]
                bond.affiliations.append(tie)
                bond.records.add(tie.iri)
                bond.units |= {tie.source, tie.target} - {one, two}
                bond.rung = _stronger(report, bond.rung, tie.rung)
    return {pair: bond for pair, bond in bonds.items() if len(pair) == 2}


@dataclass(slots=True)
class _Member:
    """By which ties a body takes part, none for a host, and for which units it stands."""

    ties: list[Tie] = field(default_factory=list)
    units: set[str] = field(default_factory=set)


_Members = dict[str, _Member]


def _members(report: Report, level: Level) -> dict[str, _Members]:
    """Return who takes part in each initiative; hosts may have no ties of their own."""
    found: dict[str, _Members] = defaultdict(lambda: defaultdict(_Member))
    for tie in report.holdings.ties:
        if tie.kind != "participation" or not tie.actual:
            continue
        initiative = report.holdings.initiatives[tie.target]
        if _is_later(report, tie.start or initiative.start):
            continue
        for one in (tie.source, *initiative.hosts):
            for body in stand_for(report, one, level):
                found[tie.target][body].units |= {one} - {body}
        for body in stand_for(report, tie.source, level):
            found[tie.target][body].ties.append(tie)
    return found


def _is_later(report: Report, start: str) -> bool:
    return bool(start) and parse_lexical(start).earliest > report.on


def _shared_rung(report: Report, members: _Members, one: str, two: str) -> str:
    """Return the weaker of two members' rungs; a member without ties of its own is a host."""
    ranks = report.holdings.ranks
    best = [
        max((tie.rung for tie in members[end].ties), key=lambda r: ranks.get(r, 0))
        for end in (one, two)
        if members[end].ties
    ]
    return min(best, key=lambda r: ranks.get(r, 0)) if best else "programme"


def _stronger(report: Report, one: str, two: str) -> str:
    return max((one, two), key=lambda rung: report.holdings.ranks.get(rung, 0))
