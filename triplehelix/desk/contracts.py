"""The JSON contracts of the agreement desk; fields may be added, never renamed.

Identifiers are those of the tables; what no document states is null. Amounts are in won.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from graph.coverings import Covering
from graph.deadlines import Deadline
from graph.decisions import Decision
from graph.follow_up import FollowUp, Realisation, RealisedOutput
from graph.gaps import Holdings
from graph.namespaces import slug
from graph.next_steps import NextStep, step_label
from graph.partnerships import Partnership
from graph.stated_money import StatedMoney
from triplehelix.contracts import (
    Json,
    Labels,
    write_agreement,
    write_evidence,
    write_initiative,
    write_organization,
)
from triplehelix.desk.selection import Totals, read_states
from triplehelix.measures.measure_contracts import write_body


class DeskWriter:
    """Writes what the desk shows, with the names of what it tells of."""

    def __init__(self, holdings: Holdings, labels: Labels, on: date, language: str) -> None:
        """Take what names are found in, and the date that is told for."""
        self.holdings, self.labels = holdings, labels
        self.on, self.language = on, language

    def write_partnership(self, row: Partnership) -> Json:
        """Return a partner: joint work, what covers it at both levels, what to do next."""
        return {
            "host": row.host.id,
            "host_label": row.host.label(self.language),
            "rank": row.rank,
            "partner": {
                **write_body(row.partner, self.language),
                "kind": row.partner.type,
                "is_group": row.partner.is_group,
                "class": row.partner_class,
            },
            "actual": row.actual,
            "rung": row.rung or None,
            "initiatives": [write_initiative(i, self.language) for i in row.initiatives],
            "money": [self.write_money(money) for money in row.money],
            "since": row.since or None,
            "last": row.last or None,
            "departments": [self.write_record(iri) for iri in row.departments],
            "themes": [self.write_record(iri) for iri in row.themes],
            "unit": self.write_covering(row.unit),
            "parent": self.write_covering(row.parents),
            "gap": row.is_gap,
            "waived": row.waived,
            "states": sorted(read_states(row)),
            "decision": self.write_decision(row.decision) if row.decision else None,
            "step": self.write_step(row.step),
            "evidence": write_evidence(row.evidence),
        }

    def write_record(self, iri: str) -> Json:
        """Return any record as identifier and label."""
        names = self.labels.get(iri, {})
        label = names.get(self.language) or names.get("ko") or slug(iri)
        return {"id": slug(iri), "label": label}

    def write_money(self, money: StatedMoney) -> Json:
        """Return what is printed for an undertaking in a phase."""
        return {
            "initiative": self.write_record(money.initiative),
            "phase": slug(money.phase),
            "amount": _number(money.amount),
            "amounts": [_number(amount) for amount in money.amounts],
            "year": money.year or None,
            "above": money.above,
            "summed": money.summed,
        }

    def write_covering(self, covering: Covering) -> Json:
        """Return what covers a partner: state, agreement, and through whom."""
        agreement = covering.agreement
        organizations, language = self.holdings.organizations, self.language
        return {
            "state": covering.state,
            "covers": covering.covers,
            "agreement": slug(agreement.iri) if agreement else None,
            "agreement_label": agreement.label(language) if agreement else None,
            "party": organizations[covering.party].id if covering.party else None,
            "party_label": organizations[covering.party].label(language)
            if covering.party
            else None,
            "own_unit": covering.own_unit,
        }

    def write_step(self, step: NextStep) -> Json:
        """Return the next step with its reasons in words."""
        return {
            "code": step.code,
            "label": step_label(step.code, self.language),
            "reasons": [
                {"code": reason.code, "text": reason.text(self.language)} for reason in step.reasons
            ],
        }

    def write_decision(self, decision: Decision) -> Json:
        """Return what a host has noted about a partner."""
        return {
            "kind": decision.kind or None,
            "reason": decision.reason or None,
            "department": self.write_record(decision.department) if decision.department else None,
            "due": decision.due or None,
            "decided": decision.decided or None,
        }

    def write_follow_up(self, found: FollowUp) -> Json:
        """Return an agreement with what realises it."""
        return {
            "host": found.host.id,
            "host_label": found.host.label(self.language),
            "agreement": write_agreement(found.agreement, self.holdings, self.on, self.language),
            "signer": write_body(found.signer, self.language),
            "since": found.since or None,
            "verdict": found.verdict,
            "initiatives": [self.write_realisation(each) for each in found.initiatives],
            "events": [self.write_realisation(each) for each in found.events],
            "money": [self.write_money(money) for money in found.money],
            "outputs": [self.write_output(each) for each in found.outputs],
            "planned": [write_initiative(each, self.language) for each in found.planned],
            "evidence": write_evidence(found.evidence),
        }

    def write_realisation(self, found: Realisation) -> Json:
        """Return an undertaking that realises an agreement, and who of the parties took part."""
        return {
            **write_initiative(found.initiative, self.language),
            "certain": found.certain,
            "members": [write_body(body, self.language) for body in found.members],
            "units": [write_body(body, self.language) for body in found.units],
            "evidence": write_evidence(found.evidence),
        }

    def write_output(self, found: RealisedOutput) -> Json:
        """Return an output as printed."""
        output = found.output
        return {
            "id": slug(output.iri),
            "label": output.label(self.language),
            "initiative": self.write_record(output.initiative),
            "value": _number(output.value) if output.value is not None else None,
            "unit": output.unit or None,
            "from": output.start or None,
            "until": output.end or None,
            "certain": found.certain,
            "evidence": write_evidence(found.evidence),
        }

    def write_deadline(self, deadline: Deadline) -> Json:
        """Return a deadline; where the day is not known to the day, first and last day differ."""
        agreement = deadline.agreement
        return {
            "id": deadline.id,
            "kind": deadline.kind,
            "agreement": slug(agreement.iri),
            "agreement_label": agreement.label(self.language),
            "state": deadline.state,
            "earliest": deadline.day.earliest.isoformat(),
            "latest": deadline.day.latest.isoformat(),
            "overdue": deadline.overdue,
            "certain": deadline.certain,
            "parties": [
                write_organization(self.holdings, body.iri, self.language)
                for body in deadline.parties
            ],
            "decisions": [
                {
                    "host": slug(decision.host),
                    "partner": slug(decision.partner),
                    **self.write_decision(decision),
                }
                for decision in deadline.decisions
            ],
            "evidence": write_evidence(deadline.evidence),
        }


def write_totals(totals: Totals) -> Json:
    """Return what partners add up to."""
    return asdict(totals)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
