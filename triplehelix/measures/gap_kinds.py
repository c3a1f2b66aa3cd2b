"""Kinds of gaps by name: how each is found, and what a restriction means for it.

Work without agreement, missing legs, weak ties and missing links are found among the ties that
meet the restriction. Of agreements and facts those are listed that have such a tie, of money and
indicators those of initiatives that meet it: what is wrong with them is never judged on less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from graph.agreement_gaps import AgreementGap, find_agreement_gaps
from graph.findings import read_findings
from graph.gaps import Gap, Holdings, find_gaps
from graph.indicator_gaps import IndicatorGap, find_indicator_gaps
from graph.initiatives import Initiative
from graph.link_judgement import Judgement
from graph.missing_legs import MissingLeg, find_missing_legs
from graph.missing_links import MissingLink, find_missing_links
from graph.money_gaps import MoneyGap, find_money_gaps
from graph.restriction import Restriction
from graph.selection import bodies, select_ties
from graph.trust_gaps import TrustGap, find_trust_gaps
from graph.weak_ties import WeakTie, find_weak_ties
from triplehelix.measures.scope import Scope
from triplehelix.report import read_labels

FoundGap: TypeAlias = (
    AgreementGap | MissingLeg | WeakTie | MissingLink | MoneyGap | IndicatorGap | TrustGap
)
WITHOUT_AGREEMENT, EVERY = "without-agreement", "all"
LINKS_LISTED = 100
_ABOUT = ("host", "theme", "place")
_TIES = (*_ABOUT, "since", "until", "rung", "basis", "level", "events")
OPTIONS: Mapping[str, tuple[str, ...]] = {
    WITHOUT_AGREEMENT: (*_TIES, "sector", "modality"),
    "agreements": (*_ABOUT, "since", "until", "basis", "level", "sector"),
    "legs": _TIES,
    "weak-ties": (*_TIES, "sector"),
    "links": (*_TIES, "sector"),
    "money": _ABOUT,
    "indicators": _ABOUT,
    "trust": (*_ABOUT, "since", "until", "rung", "basis", "sector", "modality"),
    EVERY: _ABOUT,
}
"""By kind, the restrictions that say something about it."""


@dataclass(frozen=True, slots=True)
class FoundGaps:
    """Gaps of one kind, and of missing links how many there are and what the list is worth."""

    gaps: Sequence[FoundGap]
    candidates: int = 0
    judgement: Judgement | None = None


def find_without_agreement(scope: Scope, holdings: Holdings) -> list[Gap]:
    """Return who works together without an agreement in force.

    Sector, rung and modality are those of the partner; its host need not have them.
    """
    wanted = scope.restriction
    ties = replace(wanted, on=None, host="", level="unit")
    ties = replace(ties, sectors=(), least_rung="", modality="both")
    if ties != Restriction(modality="both"):
        holdings = replace(holdings, ties=list(select_ties(holdings, ties).ties))
    found = find_gaps(holdings, scope.reading.on, level=wanted.level, host=wanted.host or None)
    ranks = holdings.ranks
    least = ranks.get(wanted.least_rung, 0)
    return [
        gap
        for gap in found
        if (not wanted.sectors or gap.partner.sector in wanted.sectors)
        and (wanted.modality == "both" or gap.actual == (wanted.modality == "actual"))
        and (not least or ranks.get(gap.rung, 0) >= least)
    ]


def find_kind(kind: str, scope: Scope, holdings: Holdings) -> FoundGaps:
    """Return the gaps of another kind, as of the date and under the restriction of a scope."""
    return _FINDERS[kind](scope, holdings)


def count_kinds(scope: Scope) -> dict[str, int]:
    """Return how many gaps there are of each kind."""
    holdings = scope.holdings()
    uncovered = find_without_agreement(scope, holdings)
    counts = {WITHOUT_AGREEMENT: sum(not gap.waived for gap in uncovered)}
    for kind in _FINDERS:
        found = find_kind(kind, scope, holdings)
        counts[kind] = found.candidates or len(found.gaps)
    return counts


def _restrict(holdings: Holdings, restriction: Restriction) -> Holdings:
    """Return holdings with the ties and hosts that meet a restriction, at its level."""
    selection, level = select_ties(holdings, restriction), restriction.level
    hosts: defaultdict[str, set[str]] = defaultdict(set)
    for tie in selection.hosting:
        hosts[tie.target].update(bodies(holdings, tie.source, level))
    ties = [
        replace(tie, source=body)
        for tie in selection.ties
        for body in bodies(holdings, tie.source, level)
    ]
    initiatives = {
        iri: replace(thing, hosts=hosts[iri]) for iri, thing in holdings.initiatives.items()
    }
    return replace(holdings, ties=ties, initiatives=initiatives)


def _tied(scope: Scope, holdings: Holdings) -> Holdings:
    """Return holdings as networks of gaps see them: plans stay, since they are told."""
    restriction = replace(scope.restriction, on=None, modality="both")
    whole = Restriction(modality="both")
    return holdings if restriction == whole else _restrict(holdings, restriction)


def _agreements(scope: Scope, holdings: Holdings) -> FoundGaps:
    gaps = find_agreement_gaps(holdings, scope.reading.on)
    met = _meeting(scope, holdings)
    return FoundGaps([gap for gap in gaps if met is None or gap.agreement.iri in met])


def _meeting(scope: Scope, holdings: Holdings) -> set[str] | None:
    """Return the ties that meet the restriction and what they lead to; nothing without one."""
    restriction = replace(scope.restriction, on=None)
    if restriction == Restriction(modality="both"):
        return None
    ties = select_ties(holdings, restriction).ties
    return {iri for tie in ties for iri in (tie.iri, tie.target)}


def _legs(scope: Scope, holdings: Holdings) -> FoundGaps:
    return FoundGaps(find_missing_legs(_tied(scope, holdings), scope.reading.on))


def _weak(scope: Scope, holdings: Holdings) -> FoundGaps:
    return FoundGaps(find_weak_ties(_tied(scope, holdings), scope.reading.on))


def _links(scope: Scope, holdings: Holdings) -> FoundGaps:
    found = find_missing_links(
        _tied(scope, holdings),
        scope.reading.on,
        limit=LINKS_LISTED,
        labels=read_labels(scope.reading.dataset),
    )
    return FoundGaps(found.links, found.candidates, found.judgement)


def _money(scope: Scope, holdings: Holdings) -> FoundGaps:
    gaps = find_money_gaps(scope.reading.dataset, scope.reading.on, holdings)
    return FoundGaps([gap for gap in gaps if _is_about(gap.initiative, scope.restriction)])


def _indicators(scope: Scope, holdings: Holdings) -> FoundGaps:
    gaps = find_indicator_gaps(scope.reading.dataset, scope.reading.on, holdings)
    of = holdings.initiatives.get
    return FoundGaps(
        [gap for gap in gaps if _is_about(of(gap.indicator.initiative), scope.restriction)]
    )


def _is_about(thing: Initiative | None, restriction: Restriction) -> bool:
    """Return whether an initiative has the host, the theme and the place, where one is wanted."""
    wanted = (restriction.host, restriction.theme, restriction.place)
    if thing is None:
        return not any(wanted)
    held = (thing.hosts, thing.themes | thing.all_themes, thing.places | thing.all_places)
    return all(not one or one in them for one, them in zip(wanted, held, strict=True))


def _trust(scope: Scope, holdings: Holdings) -> FoundGaps:
    findings = read_findings(scope.reading.dataset)
    gaps = find_trust_gaps(holdings, scope.reading.on, findings)
    met = _meeting(scope, holdings)
    return FoundGaps([gap for gap in gaps if met is None or gap.subject in met])


_FINDERS: Mapping[str, Callable[[Scope, Holdings], FoundGaps]] = {
    "agreements": _agreements,
    "legs": _legs,
    "weak-ties": _weak,
    "links": _links,
    "money": _money,
    "indicators": _indicators,
    "trust": _trust,
}
