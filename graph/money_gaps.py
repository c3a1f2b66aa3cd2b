"""Gaps of money: shortfalls, dependence on one source, work without money, money without work.

An amount is compared only with one that is printed, too; a blank is no zero. Nothing is added to
what already holds it: cells are compared one by one, and totals only stand for their parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from rdflib import Dataset

from graph.budgets import (
    ALL_SOURCES,
    PHASES,
    TOTAL,
    BudgetCell,
    BudgetRow,
    Phase,
    compare_phases,
    read_budget_cells,
)
from graph.dates import parse_lexical
from graph.evidence import Evidence
from graph.funding_sources import SourceTable, concentration, read_tables
from graph.gap_reasons import GapReason, Name, Value, assign_ranks, concept_name
from graph.gaps import Holdings, read_holdings
from graph.initiatives import Initiative
from graph.involvement import Starts, find_involvements, gather_evidence, is_before_all

MoneyGapKind = Literal["shortfall", "single_source", "no_money", "no_participants"]
_ORDER: tuple[MoneyGapKind, ...] = ("shortfall", "single_source", "no_money", "no_participants")
CONCENTRATED = Decimal("0.5")
"""Above this index the money is more concentrated than with two sources of equal amounts."""


@dataclass(frozen=True, slots=True)
class MoneyGap:
    """An initiative with what is wrong with its money.

    ``amount`` in won: what is missing, what the sources give, or what is printed; ``phases``: the
    two that are compared, or the one whose sources are looked at; ``index``: the
    Herfindahl–Hirschman index of the sources, whose ``shares`` add up to 1.
    """

    kind: MoneyGapKind
    initiative: Initiative
    certain: bool
    reasons: tuple[GapReason, ...]
    amount: Decimal | None = None
    source: str = ""
    period: str = ""
    phases: tuple[str, ...] = ()
    index: float | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    participants: int = 0
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def find_money_gaps(dataset: Dataset, on: date, holdings: Holdings | None = None) -> list[MoneyGap]:
    """Return the gaps of money by a date; ``holdings`` saves reading them again.

    *shortfall*: of one cell less is secured than planned, or less executed than secured (than
    planned, where nothing is printed as secured). Years to come are left out. Totals of what is
    secured and executed run to the date of the document, so they are not compared with the plan.
    *single_source*: the index of the sources of a phase is above 0.5 (:func:`concentration`),
    taken from the printed totals over all periods, or else from the sums of the periods.
    *no_money*: nothing is printed for an initiative, its parts, or what it is part of; parts of
    such a one are not listed. *no_participants*: money is printed, and nobody but its hosts is
    recorded in it or its parts.

    Ordered by kind as above; then certain ones first; then larger amounts (higher indices, more
    participants).
    """
    holdings = holdings or read_holdings(dataset)
    if is_before_all(holdings, on):
        return []
    cells = [c for c in read_budget_cells(dataset) if c.initiative in holdings.initiatives]
    family = _Family(holdings, cells, on)
    found = [
        *_tell_wholes(list(_shortfalls(holdings, compare_phases(cells), on))),
        *_single_sources(holdings, cells),
        *family.without_money(),
        *family.without_participants(),
    ]
    return assign_ranks(
        found,
        lambda gap: (
            _ORDER.index(gap.kind),
            not gap.certain,
            -round(gap.index or 0, 9),
            -gap.participants,
            -(gap.amount or 0),
        ),
        lambda gap: f"{gap.initiative.iri} {gap.source} {gap.period}",
    )


def _shortfalls(holdings: Holdings, rows: Iterable[BudgetRow], on: date) -> Iterator[MoneyGap]:
    for row in rows:
        if row.span == "after-term" or (row.period.isdecimal() and int(row.period) > on.year):
            continue
        stated = [(phase, row.amount(phase)) for phase in PHASES]
        steps = [(phase, amount) for phase, amount in stated if amount is not None]
        for (earlier, wanted), (later, got) in pairwise(steps):
            if got < wanted and not (row.span == TOTAL and earlier == "phase-planned"):
                yield _shortfall(holdings, row, (earlier, wanted), (later, got), on)


def _shortfall(
    holdings: Holdings,
    row: BudgetRow,
    earlier: tuple[Phase, Decimal],
    later: tuple[Phase, Decimal],
    on: date,
) -> MoneyGap:
    missing = earlier[1] - later[1]
    period: Value = row.period or (concept_name(row.span) if row.span else "")
    values: dict[str, Value] = {
        "earlier": concept_name(earlier[0]),
        "wanted": earlier[1],
        "later": concept_name(later[0]),
        "got": later[1],
        "missing": missing,
        "source": concept_name(row.source),
        "period": period,
    }
    doubts = []
    if any(len(row.amounts[phase]) > 1 for phase in (earlier[0], later[0])):
        doubts.append(GapReason("cells_in_conflict"))
    if not row.span or row.span == "year":
        if not row.period.isdecimal():
            doubts.append(GapReason("year_unknown"))
        elif parse_lexical(row.period).latest > on:
            doubts.append(GapReason("year_not_over"))
    return MoneyGap(
        kind="shortfall",
        initiative=holdings.initiatives[row.initiative],
        certain=not doubts,
        reasons=(GapReason("shortfall", values), *doubts),
        amount=missing,
        source=row.source,
        period=row.period or row.span,
        phases=(earlier[0], later[0]),
        evidence=gather_evidence(holdings, row.records),
    )


def _tell_wholes(gaps: list[MoneyGap]) -> Iterator[MoneyGap]:
    """Say of each shortfall what other one holds it, so that nobody adds both."""
    known = {(g.initiative.iri, g.source, g.period, g.phases): g for g in gaps}
    for gap in gaps:
        above = [
            (iri, source)
            for iri in (gap.initiative.iri, *sorted(gap.initiative.parents))
            for source in (ALL_SOURCES, gap.source)
        ]
        wholes = [
            whole
            for iri, source in above
            if (whole := known.get((iri, source, gap.period, gap.phases))) and whole is not gap
        ]
        if wholes:
            names = tuple(dict.fromkeys(w.initiative.iri for w in wholes))
            labels = {w.initiative.iri: w.initiative.labels for w in wholes}
            reason = GapReason("held_by_whole", {"wholes": tuple(labels[iri] for iri in names)})
            gap = replace(gap, reasons=(*gap.reasons, reason))
        yield gap


def _single_sources(holdings: Holdings, cells: Iterable[BudgetCell]) -> Iterator[MoneyGap]:
    for table in read_tables(cells):
        if concentration(table.amounts.values()) > CONCENTRATED:
            yield _single_source(holdings, table)


def _single_source(holdings: Holdings, table: SourceTable) -> MoneyGap:
    total = sum(table.amounts.values(), Decimal())
    shares = {source: float(amount / total) for source, amount in table.amounts.items()}
    source = max(sorted(shares), key=lambda name: shares[name])
    index = concentration(table.amounts.values())
    values: dict[str, Value] = {
        "phase": concept_name(table.phase),
        "source": concept_name(source),
        "share": round(100 * shares[source]),
        "index": index,
        "periods": tuple(_name_periods(table)),
    }
    doubts = []
    if table.printed is None:
        doubts.append(GapReason("total_not_stated"))
    elif table.printed != total:
        doubts.append(GapReason("total_differs", {"total": table.printed, "sum": total}))
    return MoneyGap(
        kind="single_source",
        initiative=holdings.initiatives[table.initiative],
        certain=not doubts,
        reasons=(GapReason("single_source", values), *doubts),
        amount=total,
        source=source,
        phases=(table.phase,),
        index=index,
        shares=shares,
        evidence=gather_evidence(holdings, table.records),
    )


def _name_periods(table: SourceTable) -> Iterator[Name]:
    for year, span in table.periods:
        yield {"ko": year, "en": year} if year else concept_name(span)


class _Family:
    """Initiatives with their parts and with what they are part of."""

    def __init__(self, holdings: Holdings, cells: Iterable[BudgetCell], on: date) -> None:
        self.holdings = holdings
        self.cells: dict[str, list[BudgetCell]] = defaultdict(list)
        for cell in cells:
            self.cells[cell.initiative].append(cell)
        self.parts: dict[str, set[str]] = defaultdict(set)
        for iri, thing in holdings.initiatives.items():
            for parent in thing.parents:
                self.parts[parent].add(iri)
        self.members: dict[str, set[str]] = defaultdict(set)
        for i in find_involvements(holdings, on):
            if i.organization not in holdings.initiatives[i.undertaking].hosts:
                self.members[i.undertaking].add(i.organization)
        starts = Starts(holdings)
        self.begun = [
            iri
            for iri, thing in holdings.initiatives.items()
            if not thing.is_event
            and not ((start := starts.of(iri)) and parse_lexical(start).earliest > on)
        ]

    def participants(self, iri: str) -> set[str]:
        """Return who takes part in an initiative or its parts, hosts left out."""
        return {o for u in (iri, *self.parts[iri]) for o in self.members[u]}

    def topmost(self, iris: Iterable[str]) -> list[str]:
        """Return those that are no part of another."""
        wanted = set(iris)
        return sorted(i for i in wanted if not self.holdings.initiatives[i].parents & wanted)

    def without_money(self) -> Iterator[MoneyGap]:
        """Yield the initiatives for which nothing is printed anywhere in their family."""
        things = self.holdings.initiatives
        poor = [
            iri
            for iri in self.begun
            if not any(u in self.cells for u in (iri, *things[iri].parents, *self.parts[iri]))
        ]
        for iri in self.topmost(poor):
            parts = [part for part in self.parts[iri] if not things[part].is_event]
            count = len(self.participants(iri))
            values: dict[str, Value] = {"parts": len(parts), "participants": count}
            yield MoneyGap(
                kind="no_money",
                initiative=things[iri],
                certain=True,
                reasons=(GapReason("no_money", values),),
                participants=count,
                evidence=gather_evidence(self.holdings, [iri]),
            )

    def without_participants(self) -> Iterator[MoneyGap]:
        """Yield the initiatives with money in which nobody but a host is recorded."""
        idle = [iri for iri in self.begun if iri in self.cells and not self.participants(iri)]
        for iri in self.topmost(idle):
            largest = max(cell.amount for cell in self.cells[iri])
            reasons = [GapReason("no_participants", {"amount": largest})]
            if names := self._planned(iri):
                reasons.append(GapReason("participants_planned", {"organizations": names}))
            records = {iri, *(cell.iri for cell in self.cells[iri])}
            yield MoneyGap(
                kind="no_participants",
                initiative=self.holdings.initiatives[iri],
                certain=True,
                reasons=tuple(reasons),
                amount=largest,
                evidence=gather_evidence(self.holdings, records),
            )

    def _planned(self, iri: str) -> tuple[Name, ...]:
        within = {iri, *self.parts[iri]}
        coming = {
            tie.source
            for tie in self.holdings.ties
            if tie.kind == "participation" and not tie.actual and tie.target in within
        }
        return tuple(self.holdings.organizations[o].names for o in sorted(coming))
