"""What the workbook of the desk shows: a row for each partner, agreement and renewal of a host.

What the office has recorded itself goes before what documents state; both are kept apart, since
only the first can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.agreement_statements import used_date
from graph.agreements import Agreement, Period, status
from graph.budgets import BudgetCell
from graph.coverings import Covering
from graph.gap_reasons import concept_name
from graph.gaps import Holdings
from graph.namespaces import slug
from graph.next_steps import step_label
from graph.partnerships import Partnership, list_partnerships
from graph.schema import Schema
from triplehelix.desk.register import Register, mint
from triplehelix.desk.workbook_columns import SHEETS, SheetKey
from triplehelix.desk.workbook_values import SEPARATOR
from triplehelix.terminal.desk_listing import state_label, tell_money

DATES = {"signed": "signed", "from": "start", "until": "end"}
"""The columns of dates, and the fields of a statement that hold them."""
_LISTED = 8
"""How many initiatives are named in a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: key, name, recorded cells, which of them may be edited, and what is stated.

    ``stated`` is what documents say in the cells that may be edited, whatever the office says.
    """

    key: str
    name: str
    cells: Mapping[str, str]
    editable: frozenset[str] = frozenset()
    stated: Mapping[str, str] = field(default_factory=dict)


Rows = dict[SheetKey, dict[str, Row]]


@dataclass(frozen=True, slots=True)
class Desk:
    """A host and a day, with everything that the workbook is made from."""

    holdings: Holdings
    budgets: Iterable[BudgetCell]
    register: Register
    schema: Schema
    host: str
    on: date
    language: str

    def read_rows(self) -> Rows:
        """Return the rows of each sheet by their keys, in the order in which they stand."""
        partners = list_partnerships(self.holdings, self.budgets, self.host, self.on)
        agreements = list(self._agreements(partners))
        rows: Rows = {
            "work": {row.key: row for row in map(self._work, partners)},
            "agreements": {row.key: row for row in map(self._agreement, agreements)},
            "renewals": {r.key: r for a in agreements for r in self._renewals(a)},
        }
        return rows

    def label(self, iri: str) -> str:
        """Return the name of an organisation."""
        return self.holdings.organizations[iri].label(self.language)

    def _work(self, row: Partnership) -> Row:
        keys = [column.key for column in SHEETS["work"] if column.editable]
        office = self.register.row("decisions", decision_id(slug(self.host), row.partner.id))
        decision, stated = row.decision, dict.fromkeys(keys, "")
        if decision and slug(decision.iri) not in self.register.rows["decisions"]:
            stated = {
                "decision": decision.kind,
                "reason": decision.reason,
                "department": slug(decision.department),
                "due": decision.due,
            }
        is_own = not any(stated.values())
        recorded = {key: office.get(key, "") for key in keys} if office and is_own else stated
        cells = {**self._about(row), **recorded}
        return Row(row.partner.id, cells["partner"], cells, frozenset(keys), stated)

    def _about(self, row: Partnership) -> dict[str, str]:
        language = self.language
        shown = [initiative.label(language) for initiative in row.initiatives[:_LISTED]]
        rest = len(row.initiatives) - len(shown)
        agreement = row.unit.agreement
        return {
            "partner": row.partner.label(language),
            "id": row.partner.id,
            "sector": _concept(row.partner.sector, language),
            "step": step_label(row.step.code, language),
            "why": " ".join(reason.text(language) for reason in row.step.reasons),
            "state": state_label(row.unit.state, language),
            "agreement": agreement.label(language) if agreement else "",
            "until": agreement.end if agreement else "",
            "parents": self._through(row.parents) if row.parents != row.unit else "",
            "work": "; ".join(shown) + (f" (+{rest})" if rest else ""),
            "count": str(len(row.initiatives)),
            "rung": _concept(row.rung, language),
            "money": tell_money(row.money, language),
            "since": row.since,
            "last": row.last,
        }

    def _through(self, covering: Covering) -> str:
        state = state_label(covering.state, self.language)
        return f"{state}: {self.label(covering.party)}" if covering.party else state

    def _agreements(self, partners: Iterable[Partnership]) -> Iterator[Agreement]:
        """Return the agreements of the host, of its units, and those that cover a partner."""
        covering = {c.agreement.iri for p in partners for c in (p.unit, p.parents) if c.agreement}
        organizations = self.holdings.organizations
        own = {self.host, *(o.iri for o in organizations.values() if self.host in o.parents)}
        for agreement in self.holdings.agreements.values():
            if agreement.iri in covering or own & {*agreement.parties, *agreement.prospective}:
                yield agreement

    def _agreement(self, agreement: Agreement) -> Row:
        key = slug(agreement.iri)
        own = self.register.row("agreements", key)
        stated = {} if own else self._stated(agreement)
        recorded = (
            read_agreement(self.register, key, slug(self.host))
            if own
            else self._about_agreement(agreement, stated)
        )
        cells = {
            **recorded,
            "state": state_label(status(agreement, self.on), self.language),
            "source": self._sources(agreement.iri),
            "id": key,
        }
        name = agreement.label(self.language)
        return Row(key, name, cells, self._open(agreement, bool(own)), stated)

    def _about_agreement(self, agreement: Agreement, stated: Mapping[str, str]) -> dict[str, str]:
        """Return an agreement of a document, with the dates that the office has put beside it."""
        key = slug(agreement.iri)
        office = self.register.row("terms", term_id("original", key))
        ended = self.register.row("terms", term_id("termination", key)).get("until", "")
        parties = {*agreement.parties, *agreement.prospective} - {self.host}
        return {
            "label": agreement.label(self.language),
            "partners": SEPARATOR.join(sorted(slug(party) for party in parties)),
            "subject": agreement.subject(self.language),
            "type": agreement.kind,
            **{c: office.get(c) or stated[c] for c in (*DATES, "notice_days")},
            "terminated": ended or stated["terminated"],
        }

    def _open(self, agreement: Agreement, own: bool) -> frozenset[str]:
        """Return what may be edited: all of what the office recorded, else the dates alone."""
        columns = {column.key for column in SHEETS["agreements"] if column.editable}
        if own:
            return frozenset(columns)
        if agreement.is_intended:
            return frozenset()
        columns -= {"label", "partners", "subject", "type"}
        if self.schema.tables["terms"].column("notice_days") is None:
            columns -= {"notice_days"}
        return frozenset(columns)

    def _stated(self, agreement: Agreement) -> dict[str, str]:
        """Return what documents other than the register say of an agreement."""
        terms = self.register.rows["terms"]
        others = [s for s in agreement.statements if slug(s.record) not in terms]
        key = slug(agreement.iri)
        noted = self.register.row("terms", term_id("original", key)).get("notice_days")
        days = "" if agreement.notice_days is None else str(agreement.notice_days)
        ended = "" if term_id("termination", key) in terms else agreement.terminated
        dates = {column: used_date(others, name) for column, name in DATES.items()}
        return {**dates, "notice_days": "" if noted == days else days, "terminated": ended}

    def _renewals(self, agreement: Agreement) -> Iterator[Row]:
        for period in agreement.periods:
            if period.record != agreement.iri:
                yield self._renewal(agreement, period)

    def _renewal(self, agreement: Agreement, period: Period) -> Row:
        key = slug(period.record)
        own = self.register.row("terms", key)
        start = "" if period.start == period.signed else period.start
        dates = own or {"signed": period.signed, "from": start, "until": period.end}
        cells = {
            "agreement": slug(agreement.iri),
            **{column: dates.get(column, "") for column in DATES},
            "source": self._sources(period.record),
            "id": key,
        }
        name = agreement.label(self.language)
        return Row(key, name, cells, frozenset(DATES) if own else frozenset())

    def _sources(self, record: str) -> str:
        found = self.holdings.evidence.get(record, ())
        places = (f"{item.document}:{item.lines or item.locator}" for item in found)
        return "; ".join(dict.fromkeys(places))


def read_agreement(register: Register, key: str, host: str) -> dict[str, str]:
    """Return what the office has recorded of an agreement of its own, by column."""
    own = register.row("agreements", key)
    named = {
        row.get("party") or row.get("prospective_party", "")
        for row in register.parties(key).values()
    }
    ended = register.row("terms", term_id("termination", key)).get("until", "")
    columns = ("label", "subject", "type", *DATES, "notice_days")
    return {
        **{column: own.get(column, "") for column in columns},
        "partners": SEPARATOR.join(sorted(named - {host})),
        "terminated": ended,
    }


def decision_id(host: str, partner: str) -> str:
    """Return the identifier of what an office has recorded about a partner."""
    return mint("decision", host, partner)


def term_id(kind: str, agreement: str) -> str:
    """Return the identifier of the dates, or the termination, that an office has recorded."""
    return mint(kind, agreement)


def _concept(code: str, language: str) -> str:
    return concept_name(code).get(language, code) if code else ""
