"""Agreements that need attention: ended, ending, without an end, never signed, or never used.

A date that is only a month or a year is an interval. Where it leaves a question open, the gap is
listed as not certain: it says that it is not known, and is never taken for a yes or a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from graph.agreements import EXPIRING_WITHIN, Agreement, current_end, is_in_force
from graph.dates import parse_lexical
from graph.evidence import Evidence
from graph.gap_reasons import GapReason, Value, assign_ranks, concept_name, days_between
from graph.gaps import Holdings
from graph.involvement import gather_evidence, is_before_all
from graph.joint_activity import JointActivity, read_date, was_active
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

    *expired*: it ended, or was terminated or superseded, and another agreement in force does not
    bind each pair of its parties. *expiring*: it ends within a time, and no renewal is known by the
    date. *unsigned*: planned or considered, and no agreement of the same parties has begun.
    *unused*: no two of its parties took part in anything since it was signed, while it held.
    *without_end*: no end is stated. An agreement that begins after the date is left out; so is all
    before the first date that anything states.

    Ordered by kind as above; certain ones first; then those whose parties share more
    undertakings; then the earlier end or signing.
    """
    if is_before_all(holdings, on):
        return []
    activity = JointActivity(holdings, on)
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


def _gaps_of(
    holdings: Holdings, agreement: Agreement, on: date, within: timedelta, activity: JointActivity
) -> Iterator[AgreementGap]:
    if agreement.is_intended:
        yield from _unsigned(holdings, agreement, on, activity)
        return
    begins = read_date(agreement.start or agreement.signed)
    if begins and begins.earliest > on:
        return
    yield from _ending(holdings, agreement, on, within, activity)
    yield from _unused(holdings, agreement, on, activity)


def _ending(
    holdings: Holdings, agreement: Agreement, on: date, within: timedelta, activity: JointActivity
) -> Iterator[AgreementGap]:
    end = current_end(agreement, on)
    if end is None:
        since = agreement.signed or agreement.start
        code = "without_end" if since else "without_dates"
        reason = GapReason(code, {"signed": since})
        due = parse_lexical(since).earliest if since else None
        yield _gap(holdings, agreement, "without_end", True, [reason], activity, due)
        return
    values: dict[str, Value] = {"end": end.lexical}
    if on > end.earliest:
        unbound = unbound_pairs(holdings, agreement, on)
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


def unbound_pairs(holdings: Holdings, agreement: Agreement, on: date) -> list[tuple[str, str]]:
    """Return the pairs of parties that no other agreement in force binds."""
    others = [
        other.parties.keys()
        for other in holdings.agreements.values()
        if other.iri != agreement.iri and is_in_force(other, on)
    ]
    pairs = combinations(sorted(agreement.parties), 2)
    return [pair for pair in pairs if not any(set(pair) <= parties for parties in others)]


def _unsigned(
    holdings: Holdings, agreement: Agreement, on: date, activity: JointActivity
) -> Iterator[AgreementGap]:
    parties = agreement.parties.keys() | agreement.prospective.keys()
    concluded = [
        other
        for other in holdings.agreements.values()
        if len(parties) > 1
        and parties <= other.parties.keys()
        and (begins := read_date(other.start or other.signed))
        and begins.earliest <= on
    ]
    intent: Value = concept_name(agreement.intent) if agreement.intent else ""
    reasons = [GapReason("unsigned" if agreement.intent else "intended", {"intent": intent})]
    if concluded:
        names = tuple(other.labels for other in concluded)
        reasons.append(GapReason("perhaps_signed", {"agreements": names}))
    yield _gap(holdings, agreement, "unsigned", not concluded, reasons, activity, None)


def _unused(
    holdings: Holdings, agreement: Agreement, on: date, activity: JointActivity
) -> Iterator[AgreementGap]:
    if len(agreement.parties) < 2:
        return  # Whether parties that nobody names did anything together cannot be asked.
    signed = agreement.signed or agreement.start
    begins, end = read_date(signed), read_date(agreement.end)
    until = min(on, end.latest) if end else on
    shared = activity.shared(agreement.parties)
    answers = {
        u: was_active(holdings, agreement.iri, u, theirs, begins, until)
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


def _gap(
    holdings: Holdings,
    agreement: Agreement,
    kind: AgreementGapKind,
    certain: bool,
    reasons: list[GapReason],
    activity: JointActivity,
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
