"""The work list of a host: one row for each partner, ordered by how much depends on it.

A partner shares an undertaking with the host (:func:`graph.gaps.partners_of`), is or is to be a
party to an agreement with it, or is one about whom the host has decided something. Units of the
host and bodies that cannot sign are none.

Order: partners in actual joint work first, then those with plans only, then those without joint
work. Within each the higher rung of collaboration comes first; then the larger amount that is
printed for what they do together, then for what that is part of (the largest single one: nothing
is added, phases are never mixed); then more undertakings; then the later activity. Equal ones
share a rank, and stand by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from graph.agreements import EXPIRING_WITHIN, Agreement
from graph.budgets import BudgetCell
from graph.coverings import Covering, CoveringIndex
from graph.dates import sort_key
from graph.decisions import Decision
from graph.evidence import Evidence
from graph.gap_reasons import Name, assign_ranks
from graph.gaps import (
    Holdings,
    Level,
    PartnerClass,
    classify_partner,
    is_partner,
    local_governments,
    partners_of,
)
from graph.initiatives import Initiative
from graph.involvement import gather_evidence
from graph.next_steps import NextStep
from graph.organizations import Organization
from graph.shared_work import SharedWork, SharedWorkReader, is_about
from graph.stated_money import MoneyIndex, StatedMoney
from graph.step_decision import Situation, decide_step
from graph.ties import Tie


@dataclass(frozen=True, slots=True)
class Partnership:
    """A partner of a host: what they do together, what covers it, and what to do next.

    ``ties`` and what follows from them are the actual ones, or where there are none the planned
    ones (``actual`` is false then). ``since`` and ``last``: the first and the last stated date of
    what they do together up to the day, as precise as stated. ``departments``: those in charge of
    it and of the agreements; they and ``themes`` are IRIs. ``unit``: what covers exactly this
    body; ``parents``: the same where agreements of the bodies that it is a unit of count, too.
    ``step`` is for the ``level`` that was asked for.
    """

    host: Organization
    partner: Organization
    partner_class: PartnerClass
    level: Level
    ties: tuple[Tie, ...]
    actual: bool
    initiatives: tuple[Initiative, ...]
    rung: str
    money: tuple[StatedMoney, ...]
    since: str
    last: str
    departments: tuple[str, ...]
    themes: tuple[str, ...]
    unit: Covering
    parents: Covering
    decision: Decision | None
    step: NextStep
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)

    @property
    def covering(self) -> Covering:
        """What covers the partner at the level that was asked for."""
        return self.unit if self.level == "unit" else self.parents

    @property
    def waived(self) -> bool:
        """Whether the host has decided that it needs no agreement with this partner."""
        return self.decision is not None and self.decision.waives

    @property
    def is_gap(self) -> bool:
        """Whether they work together, or plan to, and nothing covers it at the level.

        As in :func:`graph.gaps.find_gaps` one that is waived is a gap, too.
        """
        return bool(self.ties) and not self.covering.covers

    @property
    def stake(self) -> StatedMoney | None:
        """The largest single amount printed for what they do together, or else for what is above.

        Nothing where no amount is printed.
        """
        return next(iter(self.money), None)


def list_partnerships(
    holdings: Holdings,
    budgets: Iterable[BudgetCell],
    host: str | None,
    on: date,
    level: Level = "unit",
    within: timedelta = EXPIRING_WITHIN,
) -> list[Partnership]:
    """Return the partners of a host in the order of their ranks (see the module).

    Without a host those of every local government that has any tie, host by host; ranks are
    among the partners of one host. ``within``: how long before its end an agreement is expiring.
    """
    money = MoneyIndex(budgets, holdings.initiatives)
    work = SharedWorkReader(holdings, on)
    hosts = [host] if host else local_governments(holdings)
    return [
        row
        for iri in hosts
        for row in assign_ranks(
            _Rows(holdings, money, work, iri, on, level, within).read(),
            lambda row: _order(row, holdings.ranks),
            lambda row: f"{row.partner.label('ko')} {row.partner.iri}",
        )
    ]


def _order(row: Partnership, ranks: Mapping[str, int]) -> tuple[int | Decimal, ...]:
    group = 2 if not row.ties else 0 if row.actual else 1
    amounts = [
        max((money.amount for money in row.money if money.above == above), default=Decimal())
        for above in (False, True)
    ]
    last = sort_key(row.last)[0].toordinal()
    own, above = amounts
    return group, -ranks.get(row.rung, 0), -own, -above, -len(row.initiatives), -last


class _Rows:
    """The rows of one host."""

    def __init__(
        self,
        holdings: Holdings,
        money: MoneyIndex,
        work: SharedWorkReader,
        host: str,
        on: date,
        level: Level,
        within: timedelta,
    ) -> None:
        self.holdings, self.money, self.work = holdings, money, work
        self.host, self.on, self.level = host, on, level
        self.coverings = CoveringIndex(holdings, host, on, within)
        self.themes = {t.target: t.themes for t in holdings.ties if t.target in holdings.agreements}

    def read(self) -> Iterator[Partnership]:
        tied = partners_of(self.holdings, self.host, self.on)
        decided = {partner for host, partner in self.holdings.decisions if host == self.host}
        for partner in sorted(tied.keys() | self.coverings.partners() | decided):
            if is_partner(self.holdings.organizations.get(partner), self.host):
                yield self._row(partner, self.work.read(tied.get(partner, ())))

    def _row(self, iri: str, work: SharedWork) -> Partnership:
        between, above = self.coverings.between(iri), self.coverings.through_parents(iri)
        unit, parents = _best(between), _best(above)
        if not parents.covers and (signed := self.coverings.by_own_unit(iri)):
            parents = signed
        at_level = between if self.level == "unit" else above
        decision = self.holdings.decisions.get((self.host, iri))
        agreements = [c.agreement for c in (unit, parents) if c.agreement]
        departments = {d for agreement in agreements for d in agreement.departments}
        return Partnership(
            host=self.holdings.organizations[self.host],
            partner=self.holdings.organizations[iri],
            partner_class=classify_partner(self.holdings.organizations[iri], work.ties),
            level=self.level,
            ties=work.ties,
            actual=work.actual,
            initiatives=work.initiatives,
            rung=work.rung,
            money=self.money.find((i.iri for i in work.initiatives), self.on),
            since=work.since,
            last=work.last,
            departments=tuple(sorted({*work.departments, *departments})),
            themes=work.themes,
            unit=unit,
            parents=parents,
            decision=decision,
            step=self._step(iri, work, (unit, parents), at_level, decision),
            evidence=gather_evidence(self.holdings, self._records(work, agreements, decision)),
        )

    def _step(
        self,
        partner: str,
        work: SharedWork,
        coverings: tuple[Covering, Covering],
        at_level: Iterable[Covering],
        decision: Decision | None,
    ) -> NextStep:
        organizations = self.holdings.organizations
        unit, parents = coverings
        covering = unit if self.level == "unit" else parents
        return decide_step(
            Situation(
                on=self.on,
                covering=covering,
                parents=parents,
                party=organizations[parents.party].names if parents.party else {},
                partner_class=classify_partner(organizations[partner], work.ties),
                is_group=organizations[partner].is_group,
                work=len(work.initiatives),
                actual=work.actual,
                planned=any(tie.modality in ("planned", "") for tie in work.ties),
                rung=work.rung,
                inferred=self._inferred(partner, covering),
                apart=self._apart(work, at_level),
                decision=decision,
                department=self._department(decision),
            )
        )

    def _department(self, decision: Decision | None) -> Name:
        known = self.holdings.organizations.get(decision.department) if decision else None
        return known.names if known else {}

    def _records(
        self, work: SharedWork, agreements: Iterable[Agreement], decision: Decision | None
    ) -> set[str]:
        records = {tie.iri for tie in work.ties}
        for agreement in agreements:
            records |= {agreement.iri, *agreement.parties.values(), *agreement.prospective.values()}
        return records | ({decision.iri} if decision else set())

    def _inferred(self, partner: str, covering: Covering) -> tuple[Name, ...]:
        """Return the two parties by name, as far as no document states that they are."""
        if covering.agreement is None:
            return ()
        relations = covering.agreement.parties
        ends = (self.host, partner)
        if covering.party:
            ends = (covering.party, partner) if covering.own_unit else (self.host, covering.party)
        found = []
        for end in ends:
            evidence = self.holdings.evidence.get(relations.get(end, ""), ())
            if evidence and all(each.basis != "stated" for each in evidence):
                found.append(self.holdings.organizations[end].names)
        return tuple(found)

    def _apart(self, work: SharedWork, coverings: Iterable[Covering]) -> tuple[Name, ...]:
        """Return what the two do together, where no agreement in force is about any of it."""
        in_force = [c.agreement for c in coverings if c.covers and c.agreement]
        if not work.actual or any(
            is_about(agreement, self.themes.get(agreement.iri, frozenset()), work.initiatives)
            is not False
            for agreement in in_force
        ):
            return ()
        return tuple(initiative.labels for initiative in work.initiatives) if in_force else ()


def _best(coverings: Iterable[Covering]) -> Covering:
    return next(iter(coverings), Covering())
