"""Measures over time, and what changed between two dates.

Dates that are only a year or a month are intervals. A change is *certain* when every day that its
date can mean lies between the two dates, and uncertain when only some do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import networkx as nx

from graph.agreements import Agreement
from graph.dates import parse_lexical
from graph.gaps import Holdings
from graph.measures import HubList, Measure, RankedHub, count_initiatives, rank_hubs
from graph.network import Network, NetworkKind, build_network
from graph.organizations import Organization
from graph.restriction import Restriction
from graph.selection import bodies
from graph.terms import term
from graph.ties import Tie

if TYPE_CHECKING:
    from graph.projection import Weighting

Value = TypeVar("Value")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment(Generic[Value]):
    """What a measure gives as of a day, with the network that it was taken on."""

    on: date
    network: Network
    value: Value


def measure_over_time(
    holdings: Holdings,
    days: Iterable[date],
    measure: Callable[[nx.Graph[str]], Value],
    *,
    kind: NetworkKind = "organizations",
    restriction: Restriction | None = None,
    weighting: Weighting = "count",
) -> list[Moment[Value]]:
    """Return any measure of a network as of each day, in the order of the days.

    ``measure`` takes the network of NetworkX and returns anything: a number, or one for each
    node. It is given the empty network for a day before everything.

    Raises:
        ValueError: there is no such network or weighting.
    """
    restriction = restriction or Restriction()
    moments = []
    for day in sorted(set(days)):
        network = build_network(holdings, kind, replace(restriction, on=day), weighting)
        moments.append(Moment(day, network, measure(network.graph)))
    return moments


@dataclass(frozen=True, slots=True)
class OrganizationChange:
    """An organisation that came or left, whether that is certain, and the ties that tell."""

    organization: Organization
    certain: bool
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class AgreementChange:
    """An agreement that began or ended, and whether that is certain."""

    agreement: Agreement
    certain: bool


@dataclass(frozen=True, slots=True)
class HubChange:
    """An organisation that is measured at both dates, before and after.

    ``old_rank`` and ``new_rank`` are among those measured at both dates, so that nobody falls for
    others having come or rises for others having left.
    """

    before: RankedHub
    after: RankedHub
    old_rank: int
    new_rank: int

    @property
    def organization(self) -> Organization:
        """The organisation."""
        return self.after.organization

    @property
    def climb(self) -> int:
        """How many ranks it rose; negative when it fell."""
        return self.old_rank - self.new_rank


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed after one date and up to another.

    ``came``: organisations whose first tie began; ``left``: those whose last tie ended;
    ``between``: those of which both may be, such as the guests of a single event. They are there
    at neither date. A tie without a beginning holds from ever, one without an end for ever, so who
    has such a tie is not said to have come, or left. ``risen`` and ``fallen``: those measured at
    both dates whose rank among them changed, the greatest change first. ``undated`` counts the
    ties without a beginning.
    """

    before: HubList
    after: HubList
    came: tuple[OrganizationChange, ...]
    left: tuple[OrganizationChange, ...]
    between: tuple[OrganizationChange, ...]
    begun: tuple[AgreementChange, ...]
    ended: tuple[AgreementChange, ...]
    risen: tuple[HubChange, ...]
    fallen: tuple[HubChange, ...]
    undated: int


def compare(
    holdings: Holdings,
    earlier: date,
    later: date,
    restriction: Restriction | None = None,
    *,
    measure: Measure = count_initiatives,
    kind: NetworkKind = "participations",
) -> Comparison:
    """Return what changed between two dates, on one network and under one restriction.

    Agreements are compared whatever the network; one that ends before it begins is never in force
    and does neither. Unnamed groups neither come nor leave. The date of the restriction is not
    used.

    Raises:
        ValueError: the later date is before the earlier one, or there is no such network.
    """
    if later < earlier:
        raise ValueError(f"{later} is before {earlier}")
    always = replace(restriction or Restriction(), on=None)
    at = [replace(always, on=day) for day in (earlier, later)]
    before, after = (rank_hubs(holdings, r, measure=measure, kind=kind) for r in at)
    ties = build_network(holdings, kind, always).ties
    bound = build_network(holdings, "agreements", always).agreements
    agreements = [holdings.agreements[iri] for iri in sorted(bound)]
    held = _ties_by_body(holdings, ties, always)
    beginnings = _Window.of_beginnings(earlier, later)
    ends = _Window.of_ends(earlier, later)
    came = _moved(held, lambda tie: term(holdings, tie)[0], beginnings, min)
    left = _moved(held, lambda tie: term(holdings, tie)[1], ends, max)
    changes = _rank_changes(before, after)
    return Comparison(
        before,
        after,
        came=tuple(change for iri, change in came.items() if iri not in left),
        left=tuple(change for iri, change in left.items() if iri not in came),
        between=tuple(
            replace(change, certain=change.certain and left[iri].certain)
            for iri, change in came.items()
            if iri in left
        ),
        begun=_changed(agreements, _beginning, beginnings),
        ended=_changed(agreements, lambda agreement: agreement.end, ends),
        risen=tuple(change for change in changes if change.climb > 0),
        fallen=tuple(change for change in changes if change.climb < 0),
        undated=sum(not term(holdings, tie)[0] for tie in ties if tie.iri != tie.target),
    )


@dataclass(frozen=True, slots=True)
class _Window:
    """The days on which a change is one between two dates."""

    first: date
    last: date

    @classmethod
    def of_beginnings(cls, earlier: date, later: date) -> _Window:
        """What begins on the earlier date is there on it."""
        return cls(earlier + _DAY if earlier < date.max else earlier, later)

    @classmethod
    def of_ends(cls, earlier: date, later: date) -> _Window:
        """What ends on a date is still there on it."""
        return cls(earlier, later - _DAY if later > date.min else later)

    def holds(self, first: date, last: date) -> bool | None:
        """Return whether some day of an interval is in the window; nothing when it may be."""
        if self.last < self.first:
            return False
        if self.first <= first and last <= self.last:
            return True
        return None if first <= self.last and last >= self.first else False


def _ties_by_body(
    holdings: Holdings, ties: Iterable[Tie], restriction: Restriction
) -> list[tuple[Organization, list[Tie]]]:
    """Return the ties of each organisation that has a name, in the order of names."""
    found: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        ends = {*bodies(holdings, tie.source, restriction.level)}
        if tie.target in holdings.organizations:
            ends |= {*bodies(holdings, tie.target, restriction.level)}
        for end in ends:
            found[end].append(tie)
    named = [(holdings.organizations[iri], held) for iri, held in found.items()]
    named = [(organization, held) for organization, held in named if not organization.is_group]
    return sorted(named, key=lambda pair: (pair[0].label("ko"), pair[0].iri))


def _moved(
    held_by: Iterable[tuple[Organization, list[Tie]]],
    days_of: Callable[[Tie], str],
    window: _Window,
    choose: Callable[[Iterable[date]], date],
) -> dict[str, OrganizationChange]:
    """Return the organisations whose first or last day, as chosen, lies in a window, by IRI."""
    changes = {}
    for organization, held in held_by:
        stated = [days_of(tie) for tie in held]
        if not all(stated):
            continue
        days = [parse_lexical(lexical) for lexical in stated]
        holds = window.holds(choose(d.earliest for d in days), choose(d.latest for d in days))
        if holds is not False:
            change = OrganizationChange(organization, bool(holds), tuple(held))
            changes[organization.iri] = change
    return changes


def _beginning(agreement: Agreement) -> str:
    return agreement.start or agreement.signed


def _changed(
    agreements: Iterable[Agreement], day_of: Callable[[Agreement], str], window: _Window
) -> tuple[AgreementChange, ...]:
    changes = []
    for agreement in agreements:
        lexical = day_of(agreement)
        if not lexical or _is_never_in_force(agreement):
            continue
        day = parse_lexical(lexical)
        holds = window.holds(day.earliest, day.latest)
        if holds is not False:
            changes.append(AgreementChange(agreement, bool(holds)))
    return tuple(changes)


def _is_never_in_force(agreement: Agreement) -> bool:
    begins = _beginning(agreement)
    if not begins or not agreement.end:
        return False
    return parse_lexical(agreement.end).latest < parse_lexical(begins).earliest


def _rank_changes(before: HubList, after: HubList) -> list[HubChange]:
    """Return the changes of those measured at both dates, the greatest first."""
    from graph.centrality import rank  # NumPy takes long to import.

    old = {hub.organization.iri: hub for hub in before.hubs}
    new = {hub.organization.iri: hub for hub in after.hubs}
    both = old.keys() & new.keys()
    old_ranks = {place.node: place.rank for place in rank({iri: old[iri].value for iri in both})}
    new_ranks = {place.node: place.rank for place in rank({iri: new[iri].value for iri in both})}
    changes = [HubChange(old[i], new[i], old_ranks[i], new_ranks[i]) for i in both]
    return sorted(changes, key=lambda c: (-abs(c.climb), c.new_rank, c.organization.iri))
