"""Agreements that need attention: ended, ending, without an end, never signed, or never used.

A date that is only a month or a year is an interval. Where it leaves a question open, the gap is
listed as not certain: it says that it is not known, and is never taken for a yes or a no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from graph.agreements import EXPIRING_WITHIN, Agreement, is_in_force
from graph.dates import PartialDate, parse_lexical
from graph.evidence import Evidence
from graph.gap_reasons import GapReason, Value, assign_ranks, concept_name, days_between
from graph.gaps import Holdings
from graph.involvement import (
    Involvement,
    find_involvements,
    gather_evidence,
    is_before_all,
)
from graph.organizations import Organization

AgreementGapKind = Literal["expired", "expiring", "unsigned", "unused", "without_end"]
_ORDER: tuple[AgreementGapKind, ...] = (
    "expired",
    "expiring",
    "unsigned",
    "unused",
    "without_end",
)


@dataclass(frozen=True, slots=True)
class AgreementGap:
    """An agreement with what is wrong with it.

    ``certain`` is false where partial or missing dates leave it open; ``shared`` are the
    undertakings in which two of its parties have taken part by the date.
    """

    kind: AgreementGapKind
    agreement: Agreement
    parties: tuple[Organization, ...]
    certain: bool
    reasons: tuple[GapReason, ...]
    shared: tuple[str, ...] = ()
    due: date | None = None
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def find_agreement_gaps(
    holdings: Holdings, on: date, *, within: timedelta = EXPIRING_WITHIN
) -> list[AgreementGap]:
    """Return the agreements that need attention on a date; one may have several gaps.

    *expired*: it ended, and another agreement in force does not bind each pair of its parties.
    *expiring*: it ends within a time. *unsigned*: planned or considered, and no agreement of the
    same parties has begun. *unused*: no two of its parties took part in anything since it was
    signed, while it held. *without_end*: no end is stated. An agreement that begins after the
    date is left out; so is all before the first date that anything states.

    Ordered by kind as above; certain ones first; then those whose parties share more
    undertakings; then the earlier end or signing.
    """
    if is_before_all(holdings, on):
        return []
    activity = _Activity(holdings, on)
    found = [
        gap
        for agreement in holdings.agreements.values()
        for gap in _gaps_of(holdings, agreement, on, within, activity)
    ]
    return assign_ranks(
        found,
        lambda gap: (
            _ORDER.index(gap.kind),
            not gap.certain,
            -len(gap.shared),
            gap.due or date.max,
        ),
        lambda gap: gap.agreement.label("ko"),
    )


class _Activity:
    """What parties have done together, by undertaking."""

    def __init__(self, holdings: Holdings, on: date) -> None:
        self._by_organization: dict[str, list[Involvement]] = defaultdict(list)
        for involvement in find_involvements(holdings, on):
            self._by_organization[involvement.organization].append(involvement)
        self._units: dict[str, list[str]] = defaultdict(list)
        for iri, organization in holdings.organizations.items():
            for parent in organization.parents:
                self._units[parent].append(iri)

    def shared(self, parties: Iterable[str]) -> dict[str, list[Involvement]]:
        """Return the undertakings with two of the parties, and their part in it."""
        return self._meet({party: [party] for party in parties})

    def with_units(self, parties: Iterable[str]) -> dict[str, list[Involvement]]:
        """Return the undertakings with two of the parties, units standing for their body."""
        return self._meet({party: [party, *self._units[party]] for party in parties})

    def _meet(self, bodies: Mapping[str, list[str]]) -> dict[str, list[Involvement]]:
        found: dict[str, list[Involvement]] = defaultdict(list)
        present: dict[str, set[str]] = defaultdict(set)
        for party, standing in bodies.items():
            for involvement in (i for body in standing for i in self._by_organization[body]):
                found[involvement.undertaking].append(involvement)
                present[involvement.undertaking].add(party)
        return {u: theirs for u, theirs in found.items() if len(present[u]) > 1}


def _gaps_of(
    holdings: Holdings, agreement: Agreement, on: date, within: timedelta, activity: _Activity
) -> Iterator[AgreementGap]:
    if agreement.is_intended:
        yield from _unsigned(holdings, agreement, on, activity)
        return
    begins = _read(agreement.start or agreement.signed)
    if begins and begins.earliest > on:
        return
    yield from _ending(holdings, agreement, on, within, activity)
    yield from _unused(holdings, agreement, on, activity)


def _ending(
    holdings: Holdings, agreement: Agreement, on: date, within: timedelta, activity: _Activity
) -> Iterator[AgreementGap]:
    end = _read(agreement.end)
    if end is None:
        since = agreement.signed or agreement.start
        code = "without_end" if since else "without_dates"
        reason = GapReason(code, {"signed": since})
        due = parse_lexical(since).earliest if since else None
        yield _gap(holdings, agreement, "without_end", True, [reason], activity, due)
        return
    values: dict[str, Value] = {"end": agreement.end}
    if on > end.earliest:
        unbound = _unbound_pairs(holdings, agreement, on)
        if not unbound and len(agreement.parties) > 1:
            return
        certain = on > end.latest
        if certain:
            values["days"] = days_between(end.latest, on)
        reasons = [GapReason("expired" if certain else "perhaps_expired", values)]
        if len(unbound) < len(list(combinations(agreement.parties, 2))):
            names = sorted({iri for pair in unbound for iri in pair})
            reasons.append(GapReason("partly_renewed", {"parties": _names(holdings, names)}))
        yield _gap(holdings, agreement, "expired", certain, reasons, activity, end.latest)
    elif end.earliest - on <= within:
        certain = end.latest - on <= within
        values["days"] = days_between(on, end.latest if certain else end.earliest)
        reason = GapReason("expiring" if certain else "perhaps_expiring", values)
        yield _gap(holdings, agreement, "expiring", certain, [reason], activity, end.latest)


def _unbound_pairs(holdings: Holdings, agreement: Agreement, on: date) -> list[tuple[str, str]]:
    """Return the pairs of parties that no other agreement in force binds."""
    others = [
        other.parties.keys()
        for other in holdings.agreements.values()
        if other.iri != agreement.iri and is_in_force(other, on)
    ]
    pairs = combinations(sorted(agreement.parties), 2)
    return [pair for pair in pairs if not any(set(pair) <= parties for parties in others)]


def _unsigned(
    holdings: Holdings, agreement: Agreement, on: date, activity: _Activity
) -> Iterator[AgreementGap]:
    parties = agreement.parties.keys() | agreement.prospective.keys()
    concluded = [
        other
        for other in holdings.agreements.values()
        if len(parties) > 1
        and parties <= other.parties.keys()
        and (begins := _read(other.start or other.signed))
        and begins.earliest <= on
    ]
    intent: Value = concept_name(agreement.intent) if agreement.intent else ""
    reasons = [GapReason("unsigned" if agreement.intent else "intended", {"intent": intent})]
    if concluded:
        names = tuple(other.labels for other in concluded)
        reasons.append(GapReason("perhaps_signed", {"agreements": names}))
    yield _gap(holdings, agreement, "unsigned", not concluded, reasons, activity, None)


def _unused(
    holdings: Holdings, agreement: Agreement, on: date, activity: _Activity
) -> Iterator[AgreementGap]:
    if len(agreement.parties) < 2:
        return  # Whether parties that nobody names did anything together cannot be asked.
    signed = agreement.signed or agreement.start
    begins, end = _read(signed), _read(agreement.end)
    until = min(on, end.latest) if end else on
    shared = activity.shared(agreement.parties)
    answers = {
        u: _was_active(holdings, agreement, u, theirs, begins, until)
        for u, theirs in shared.items()
    }
    if True in answers.values():
        return
    open_ = sorted(u for u, answer in answers.items() if answer is None)
    if open_:
        names = tuple(holdings.initiatives[u].labels for u in open_)
        code = "activity_undated" if signed else "signing_undated"
        reasons = [GapReason(code, {"signed": signed, "undertakings": names})]
    else:
        code = "unused" if signed else "unused_undated"
        reasons = [GapReason(code, {"signed": signed, "before": len(answers)})]
    through = sorted(activity.with_units(agreement.parties).keys() - shared.keys())
    if through:
        names = tuple(holdings.initiatives[u].labels for u in through)
        reasons.append(GapReason("used_by_units", {"undertakings": names}))
    due = begins.earliest if begins else None
    yield _gap(holdings, agreement, "unused", not open_, reasons, activity, due)


def _was_active(
    holdings: Holdings,
    agreement: Agreement,
    undertaking: str,
    theirs: list[Involvement],
    begins: PartialDate | None,
    until: date,
) -> bool | None:
    """Whether an undertaking went on between two dates; nothing where the dates do not tell."""
    thing = holdings.initiatives[undertaking]
    start = _when_two(theirs)
    end = _read(thing.end) or (start if thing.is_event else None)
    if (start and start.earliest > until) or (end and begins and end.latest < begins.earliest):
        return False
    if begins is None or start is None or start.latest > until or thing.status == "status-planned":
        return None
    if start.earliest >= begins.latest or (end and end.earliest >= begins.latest):
        return True
    ongoing = end is None and thing.status == "ongoing"
    return True if ongoing and _told_together(holdings, agreement.iri, undertaking) else None


def _when_two(theirs: Iterable[Involvement]) -> PartialDate | None:
    """Return when the second of them had joined; nothing where that is stated of one at most."""
    joined: dict[str, PartialDate] = {}
    for involvement in theirs:
        if start := _read(involvement.start):
            known = joined.setdefault(involvement.organization, start)
            joined[involvement.organization] = min(start, known, key=lambda d: d.earliest)
    days = sorted(joined.values(), key=lambda d: (d.earliest, d.latest))
    return days[1] if len(days) > 1 else None


def _told_together(holdings: Holdings, agreement: str, undertaking: str) -> bool:
    """Whether one document tells of both, so that what it calls ongoing outlasts the signing."""
    first, second = (
        {evidence.document for evidence in holdings.evidence.get(iri, ())}
        for iri in (agreement, undertaking)
    )
    return bool(first & second)


def _gap(
    holdings: Holdings,
    agreement: Agreement,
    kind: AgreementGapKind,
    certain: bool,
    reasons: list[GapReason],
    activity: _Activity,
    due: date | None,
) -> AgreementGap:
    parties = {**agreement.prospective, **agreement.parties}
    shared = activity.shared(parties)
    if shared and kind != "unused":
        reasons = [*reasons, GapReason("work_together", {"count": len(shared)})]
    records = {agreement.iri, *parties.values()}
    records |= {i.record for theirs in shared.values() for i in theirs}
    return AgreementGap(
        kind=kind,
        agreement=agreement,
        parties=tuple(holdings.organizations[iri] for iri in sorted(parties)),
        certain=certain,
        reasons=tuple(reasons),
        shared=tuple(sorted(shared)),
        due=due,
        evidence=gather_evidence(holdings, records),
    )


def _names(holdings: Holdings, iris: Iterable[str]) -> tuple[Mapping[str, str], ...]:
    return tuple(holdings.organizations[iri].names for iri in iris)


def _read(lexical: str) -> PartialDate | None:
    return parse_lexical(lexical) if lexical else None
