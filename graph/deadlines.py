"""Days on which an agreement needs somebody: by when notice must be given, and when it ends.

A day that follows from a month or a year is an interval. Where it leaves open whether the day
lies in the time asked for, or has passed already, the deadline is kept and marked as not certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from graph.agreement_gaps import unbound_pairs
from graph.agreements import (
    Agreement,
    Status,
    current_end,
    notice_date,
    status,
)
from graph.coverings import was_concluded
from graph.dates import Interval
from graph.decisions import Decision
from graph.evidence import Evidence
from graph.gaps import Holdings
from graph.involvement import gather_evidence
from graph.namespaces import slug
from graph.organizations import Organization

DeadlineKind = Literal["notice", "end"]
WITHIN = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of notice, or the end, of an agreement.

    ``day`` is an interval, of one day where the day is stated. ``overdue``: it has passed, and
    nothing was done about it. ``certain``: neither that nor whether it lies in the time asked for
    is left open by the interval. ``id`` stays the same when the day is corrected or moves with a
    renewal. ``decisions``: what was noted about partners, where hosts noted anything.
    """

    id: str
    kind: DeadlineKind
    agreement: Agreement
    state: Status
    day: Interval
    overdue: bool
    certain: bool
    parties: tuple[Organization, ...]
    decisions: tuple[Decision, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def find_deadlines(
    holdings: Holdings, on: date, within: timedelta = WITHIN, host: str | None = None
) -> list[Deadline]:
    """Return the days of notice and the ends up to a time after a day, the earliest first.

    Those that have passed are listed where nothing was done: a day of notice while the agreement
    is still in force and was not renewed; an end after which no other agreement in force binds
    each pair of its parties. What was terminated or superseded has no deadline any more, nor has
    what a host needs with none of the other parties, as it decided. With a host, agreements to
    which it or a unit of it is a party, and only its own pairs count.
    """
    found = [
        deadline
        for agreement in holdings.agreements.values()
        if not agreement.is_intended
        and was_concluded(agreement, on)
        and (own := _own_parties(holdings, agreement, host))
        for deadline in _of_agreement(holdings, agreement, own, on, within)
    ]
    return sorted(found, key=lambda d: (d.day.earliest, d.day.latest, d.kind != "notice", d.id))


def _own_parties(holdings: Holdings, agreement: Agreement, host: str | None) -> set[str]:
    """Return the parties that are the host or a unit of it; without a host all of them."""
    known = holdings.organizations
    return {
        party
        for party in agreement.parties
        if host in (None, party) or (party in known and host in known[party].parents)
    }


def _of_agreement(
    holdings: Holdings, agreement: Agreement, own: set[str], on: date, within: timedelta
) -> Iterator[Deadline]:
    state, end = status(agreement, on), current_end(agreement, on)
    if end is None or state in ("terminated", "superseded"):
        return
    pairs = _needed_pairs(holdings, agreement, own)
    if not pairs and len(agreement.parties) > 1:
        return
    days: list[tuple[DeadlineKind, Interval]] = [("end", Interval(end.earliest, end.latest))]
    notice = notice_date(agreement, on)
    if notice and state != "expired":
        days.append(("notice", notice))
    for kind, day in days:
        if day.earliest - on > within:
            continue
        if kind == "end" and day.earliest < on and _is_followed(holdings, agreement, pairs, on):
            continue
        overdue = day.latest < on
        yield Deadline(
            id=f"{slug(agreement.iri)}-{kind}",
            kind=kind,
            agreement=agreement,
            state=state,
            day=day,
            overdue=overdue,
            certain=overdue or (on <= day.earliest and day.latest - on <= within),
            parties=tuple(holdings.organizations[iri] for iri in sorted(agreement.parties)),
            decisions=_decisions(holdings, agreement),
            evidence=gather_evidence(holdings, {agreement.iri, *agreement.parties.values()}),
        )


def _needed_pairs(holdings: Holdings, agreement: Agreement, own: set[str]) -> set[tuple[str, str]]:
    """Return the pairs with a party of one's own, without those that were decided as not needed."""
    waived = {
        frozenset((decision.host, decision.partner))
        for decision in _decisions(holdings, agreement)
        if decision.waives
    }
    pairs = combinations(sorted(agreement.parties), 2)
    return {pair for pair in pairs if own & set(pair) and frozenset(pair) not in waived}


def _is_followed(
    holdings: Holdings, agreement: Agreement, pairs: set[tuple[str, str]], on: date
) -> bool:
    """Return whether other agreements in force bind each of some pairs."""
    return bool(pairs) and pairs.isdisjoint(unbound_pairs(holdings, agreement, on))


def _decisions(holdings: Holdings, agreement: Agreement) -> tuple[Decision, ...]:
    """Return what parties have noted about each other."""
    return tuple(
        decision
        for (host, partner), decision in holdings.decisions.items()
        if {host, partner} <= agreement.parties.keys()
    )
