"""Agreements and their state on a date; partial dates are intervals, never padded to a day.

An agreement has periods: its own, and one for each renewal. What is in force, from when until
when, is derived when a store is built (:mod:`graph.agreement_terms`); this module and the SPARQL
questions read the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from graph.agreement_statements import Statement
from graph.dates import Interval, PartialDate, parse_lexical
from graph.namespaces import slug

Status = Literal[
    "planned",
    "under_review",
    "signed",
    "in_force",
    "in_notice",
    "expiring",
    "expired",
    "terminated",
    "renewed",
    "superseded",
    "without_end",
    "unknown",
]
IN_FORCE_STATES: frozenset[Status] = frozenset(
    {"in_force", "in_notice", "expiring", "renewed", "without_end"}
)
"""The states of an agreement that is in force."""
EXPIRING_WITHIN = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which an agreement is in force; ``record`` is the agreement or its renewal.

    ``start`` is the stated beginning, or else the signing; ``end`` is cut short by a termination
    or by the agreement that takes its place. Either is empty where nothing is stated.
    """

    start: str
    end: str
    signed: str
    record: str


@dataclass(slots=True)
class Agreement:
    """An agreement: names and subjects by language, its dates, and its parties.

    ``signed`` and ``start`` are those of its first period, ``end`` that of its last one. Of dates
    that sources disagree about they are the ones used; ``statements`` keeps what each says.
    ``terminated`` is the day on which it was ended before its time; ``superseded_by`` are the
    agreements that take its place, ``superseded`` is when the first of them begins. Without
    ``periods`` its own dates are the only one. ``initiatives``, ``themes`` and ``departments``
    are those that it states, by IRI.
    """

    iri: str
    kind: str
    labels: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    signed: str = ""
    start: str = ""
    end: str = ""
    intent: str = ""
    parties: dict[str, str] = field(default_factory=dict)
    prospective: dict[str, str] = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    terminated: str = ""
    notice_days: int | None = None
    superseded_by: tuple[str, ...] = ()
    superseded: str = ""
    statements: tuple[Statement, ...] = ()
    initiatives: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    departments: set[str] = field(default_factory=set)

    @property
    def is_intended(self) -> bool:
        """Whether it is only planned or considered, and so covers nothing."""
        return self.kind == "IntendedAgreement"

    def label(self, language: str) -> str:
        """Return the name in a language, or in Korean."""
        return self.labels.get(language) or self.labels.get("ko", slug(self.iri))

    def subject(self, language: str) -> str:
        """Return the subject in a language, or in Korean."""
        return self.subjects.get(language) or self.subjects.get("ko", "")


def sort_periods(iri: str, periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return the periods of an agreement in their order: its own first, then by beginning."""
    return tuple(
        sorted(periods, key=lambda p: (p.record != iri, p.start or p.end, p.end, p.record))
    )


def is_in_force(agreement: Agreement, on: date) -> bool | None:
    """Return whether an agreement is in force on a date; nothing when its dates do not tell.

    An agreement without a stated beginning counts from its signing; one without a stated end
    stays in force; one without any date is not known to be. A date that is only a month or a
    year may leave it open, too. Between two periods it is not in force.

    >>> is_in_force(Agreement("a", "Agreement", signed="2022-10"), date(2022, 10, 5)) is None
    True
    >>> is_in_force(Agreement("a", "Agreement", end="2019-02-28"), date(2019, 6, 30))
    False
    """
    if agreement.is_intended:
        return False
    answers = {_covers(period, on) for period in _periods(agreement)}
    if True in answers:
        return True
    return None if None in answers else False


def _periods(agreement: Agreement) -> tuple[Period, ...]:
    """Return its periods in their order; an agreement's own dates are its first."""
    if agreement.periods:
        return agreement.periods
    start = agreement.start or agreement.signed
    return (Period(start, agreement.end, agreement.signed, agreement.iri),)


def _covers(period: Period, on: date) -> bool | None:
    begins, ends = _bound(period.start), _bound(period.end)
    if begins is None and ends is None:
        return None
    if (begins and on < begins.earliest) or (ends and on > ends.latest):
        return False
    if (begins and on < begins.latest) or (ends and on > ends.earliest):
        return None
    return True


def _bound(lexical: str) -> PartialDate | None:
    return parse_lexical(lexical) if lexical else None


def current_end(agreement: Agreement, on: date | None = None) -> PartialDate | None:
    """Return when an agreement ends: the end of its last period; nothing where none is stated.

    With a date, a renewal that was neither signed nor had begun by then is left out: who drew up
    a list on that day could not know of it.
    """
    periods = _periods(agreement)
    known = periods if on is None else [p for p in periods if _is_known(p, agreement, on)]
    return _bound(known[-1].end)


def _is_known(period: Period, agreement: Agreement, on: date) -> bool:
    dates = [parse_lexical(lexical) for lexical in (period.signed, period.start) if lexical]
    is_renewal = period.record != agreement.iri
    return not (is_renewal and dates) or any(day.earliest <= on for day in dates)


def notice_date(agreement: Agreement, on: date | None = None) -> Interval | None:
    """Return by when notice must be given, counted back from the end of its last period.

    Where the end is only a month or a year this is an interval, too. Nothing where no end or no
    length of notice is stated; ``on`` leaves out later renewals, as in :func:`current_end`.

    >>> agreement = Agreement("a", "Agreement", signed="2020", end="2024-02-29", notice_days=30)
    >>> notice_date(agreement).lexical
    '2024-01-30'
    """
    end = current_end(agreement, on)
    if end is None or agreement.notice_days is None or agreement.is_intended:
        return None
    before = timedelta(days=agreement.notice_days)
    return Interval(end.earliest - before, end.latest - before)


def status(agreement: Agreement, on: date, within: timedelta = EXPIRING_WITHIN) -> Status:
    """Return the state of an agreement on a date.

    *planned* and *under_review*: no agreement yet. *unknown*: its dates do not tell whether it is
    in force. *signed*: it, or its renewal, begins later. After its end it is *terminated*,
    *superseded* or *expired*, in this order. In force it is the first that holds of *in_notice*
    (the day by which notice must be given has come), *expiring* (ends within a time),
    *without_end* (no end is stated), *renewed* (by a renewal), *in_force*.
    """
    if agreement.is_intended:
        return "under_review" if agreement.intent == "considered" else "planned"
    covered = is_in_force(agreement, on)
    if covered is None:
        return "unknown"
    return _in_force_state(agreement, on, within) if covered else _other_state(agreement, on)


def _in_force_state(agreement: Agreement, on: date, within: timedelta) -> Status:
    notice, end = notice_date(agreement, on), current_end(agreement, on)
    if notice and notice.latest <= on:
        return "in_notice"
    if end is None:
        return "without_end"
    if end.latest - on <= within:
        return "expiring"
    covering = [period for period in _periods(agreement) if _covers(period, on)]
    return "in_force" if covering[-1].record == agreement.iri else "renewed"


def _other_state(agreement: Agreement, on: date) -> Status:
    periods = _periods(agreement)
    later = [p for p in periods if p.start and on < parse_lexical(p.start).earliest]
    if len(later) == len(periods) or any(_is_signed(period, on) for period in later):
        return "signed"
    if later:
        return "expired"
    if agreement.terminated and agreement.terminated == agreement.end:
        return "terminated"
    superseded = _bound(agreement.superseded)
    return "superseded" if superseded and superseded.latest <= on else "expired"


def _is_signed(period: Period, on: date) -> bool:
    signed = _bound(period.signed)
    return signed is not None and signed.latest <= on
