"""How the next step about a partner is decided.

The first that applies is the next step; what else applies is told beside it.

1. *none*: it was decided that no agreement is needed; or it was signed and begins later; or one
   has ended and nothing that the two do, or plan to do, together is recorded.
2. *renew*: what covers the partner ends within a time, its day of notice has come, it may have
   ended already, or it ended up to a year ago.
3. *confirm_party*: whom an agreement binds is not certain. It is in force only through a body
   that the partner is a unit of, or a unit of the host signed it (both at parent level, where
   such agreements count); a party is only inferred; the dates do not tell whether it is in force;
   or the partner is a group that nobody names.
4. *sign*: nothing covers the partner: there is no agreement, only a planned one, or one that was
   terminated, superseded, or ended more than a year ago.
5. *extend_subject*: in force, but neither a theme nor an initiative of the agreement meets what
   the two do together; said only where both are stated.
6. *record_end*: in force, and no end is stated.
7. *none*: covered.

A decision that an agreement is in preparation is told beside the step, with the department in
charge and the date due. It makes up no step, but for one: what has ended without joint work is
then to be renewed or signed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph.agreements import IN_FORCE_STATES, Agreement, current_end, notice_date
from graph.coverings import Covering
from graph.dates import parse_lexical
from graph.decisions import Decision
from graph.gap_reasons import Name, Value, concept_name
from graph.gaps import PartnerClass
from graph.next_steps import NextStep, StepCode, StepReason

RENEWED_WITHIN = timedelta(days=365)
"""An agreement that ended longer ago is not renewed; a new one is signed."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What a step is decided from.

    ``covering`` is that of the level asked for, ``parents`` that with parents. ``party``: the
    name of the body that the latter goes through. ``work``: the number of undertakings that the
    two share actually (or, where ``actual`` is false, by plan only, and where ``planned`` is
    false, too, as a proposal or wish only). ``inferred``: the parties of
    the agreement that are only inferred. ``apart``: what the two do together, where the agreement
    is known not to be about it.
    """

    on: date
    covering: Covering
    parents: Covering
    party: Name = field(default_factory=dict)
    partner_class: PartnerClass = "core"
    is_group: bool = False
    work: int = 0
    actual: bool = False
    planned: bool = True
    rung: str = ""
    inferred: tuple[Name, ...] = ()
    apart: tuple[Name, ...] = ()
    decision: Decision | None = None
    department: Name = field(default_factory=dict)


def decide_step(situation: Situation) -> NextStep:
    """Return the next step about a partner; see the module for the precedence."""
    decision = situation.decision
    if decision and decision.waives:
        code = "waived" if decision.reason else "waived_without_reason"
        return NextStep("none", (StepReason(code, {"reason": decision.reason}),))
    found = list(_find_steps(situation))
    codes = {code for code, _ in found}
    step: StepCode = next((code for code in _PRECEDENCE if code in codes), "none")
    deciding = [reason for code, reason in found if code == step]
    others = [reason for code, reason in found if code != step]
    if step == "none":
        return NextStep(step, (*deciding, *_tell_work(situation)))
    told = (*_tell_work(situation), *_tell_partner(situation, step), *_tell_decision(situation))
    return NextStep(step, (*deciding, *others, *told))


_Found = Iterator[tuple[StepCode, StepReason]]
_PRECEDENCE: tuple[StepCode, ...] = (
    "renew",
    "confirm_party",
    "sign",
    "extend_subject",
    "record_end",
    "none",
)


def _find_steps(situation: Situation) -> _Found:
    covering = situation.covering
    agreement, state = covering.agreement, covering.state
    if agreement is None:
        yield _unsigned(situation, StepReason("never_signed"))
        return
    values: dict[str, Value] = {"agreement": agreement.labels}
    if state in IN_FORCE_STATES:
        yield from _in_force(situation, agreement, values)
    elif state == "unknown":
        yield from _unknown(situation, agreement, values)
    elif state == "signed":
        yield (
            "none",
            StepReason("begins_later", {**values, "start": _next_start(agreement, situation.on)}),
        )
    elif state in ("planned", "under_review"):
        known = concept_name(agreement.intent) if agreement.intent else {}
        code = "intended" if known else "planned"
        yield _unsigned(situation, StepReason(code, {**values, "intent": known}))
    else:
        yield _ended(situation, agreement, values)


def _unsigned(situation: Situation, reason: StepReason) -> tuple[StepCode, StepReason]:
    """Return that an agreement is to be signed; with a group it must first be known with whom."""
    if situation.is_group:
        return "confirm_party", StepReason("unnamed_group")
    return "sign", reason


def _ended(
    situation: Situation, agreement: Agreement, values: dict[str, Value]
) -> tuple[StepCode, StepReason]:
    state, end = situation.covering.state, current_end(agreement, situation.on)
    values["end"] = agreement.terminated if state == "terminated" else end.lexical if end else ""
    if not situation.work and not _is_prepared(situation):
        return "none", StepReason("ended_unused", values)
    if state == "expired" and end:
        values["days"] = (situation.on - end.latest).days
        if situation.on - end.latest <= RENEWED_WITHIN:
            return "renew", StepReason("expired", values)
        return _unsigned(situation, StepReason("lapsed", values))
    return _unsigned(situation, StepReason(state, values))


def _is_prepared(situation: Situation) -> bool:
    return situation.decision is not None and situation.decision.kind == "in-preparation"


def _next_start(agreement: Agreement, on: date) -> str:
    """Return when what was signed begins: the agreement, or its renewal."""
    starts = (agreement.start, *(period.start for period in agreement.periods))
    later = (s for s in starts if s and parse_lexical(s).earliest > on)
    return next(later, agreement.start)


def _unknown(situation: Situation, agreement: Agreement, values: dict[str, Value]) -> _Found:
    end = current_end(agreement, situation.on)
    if end and end.earliest < situation.on <= end.latest:
        yield "renew", StepReason("perhaps_ended", {**values, "end": end.lexical})
    else:
        yield "confirm_party", StepReason("not_known", values)
    yield from _doubts(situation, values)


def _in_force(situation: Situation, agreement: Agreement, values: dict[str, Value]) -> _Found:
    state, end = situation.covering.state, current_end(agreement, situation.on)
    if end:
        values["end"] = end.lexical
    notice = notice_date(agreement, situation.on)
    if state == "in_notice" and notice:
        yield "renew", StepReason("in_notice", {**values, "notice": notice.lexical})
    elif state == "expiring" and end:
        days = (end.latest - situation.on).days
        yield "renew", StepReason("expiring", {**values, "days": days})
    yield from _doubts(situation, values)
    if situation.apart:
        yield "extend_subject", StepReason("subject_apart", {**values, "work": situation.apart})
    if end is None:
        since = agreement.start or agreement.signed
        yield "record_end", StepReason("no_end", {**values, "since": since})
    if end and state in ("in_force", "renewed"):
        yield "none", StepReason("renewed" if state == "renewed" else "covered", values)


def _doubts(situation: Situation, values: dict[str, Value]) -> _Found:
    """Yield why it is not certain whom an agreement binds."""
    covering = situation.covering
    if covering.party:
        code = "by_own_unit" if covering.own_unit else "through_parent"
        yield "confirm_party", StepReason(code, {**values, "party": situation.party})
    if situation.inferred:
        reason = StepReason("party_inferred", {**values, "parties": situation.inferred})
        yield "confirm_party", reason


def _tell_work(situation: Situation) -> Iterator[StepReason]:
    if not situation.work:
        yield StepReason("no_work")
        return
    rung: Value = concept_name(situation.rung) if situation.rung else ""
    plans = "plans_together" if situation.planned else "wishes_together"
    code = "works_together" if situation.actual else plans
    yield StepReason(code, {"count": situation.work, "rung": rung})


def _tell_partner(situation: Situation, step: StepCode) -> Iterator[StepReason]:
    """Yield what else bears on whether an agreement must be signed."""
    if step not in ("sign", "confirm_party") or situation.covering.agreement:
        return
    if situation.partner_class != "core":
        yield StepReason(situation.partner_class)
    above = situation.parents
    if above != situation.covering and above.agreement and above.state in IN_FORCE_STATES:
        code = "unit_has" if above.own_unit else "parent_has"
        yield StepReason(code, {"agreement": above.agreement.labels, "party": situation.party})


def _tell_decision(situation: Situation) -> Iterator[StepReason]:
    decision = situation.decision
    if decision is None:
        return
    if decision.kind == "in-preparation":
        code = "prepared" if decision.reason else "prepared_without_reason"
        yield StepReason(code, {"reason": decision.reason})
    if situation.department:
        yield StepReason("owner", {"department": situation.department})
    if decision.due:
        due = parse_lexical(decision.due)
        overdue = due.latest < situation.on
        days = abs((due.latest - situation.on).days)
        code = "overdue" if overdue else "due"
        yield StepReason(code, {"due": decision.due, "days": days})
