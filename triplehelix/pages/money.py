"""The money of a report as the documents print it: planned, secured and executed, by source.

Amounts are in million won. A blank is not zero, nor is a printed dash; a year that the text has
lost is not guessed. Sources that an initiative does not print itself are summed over the parts
directly below it, and compared with the printed total.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph.evidence import Evidence
from graph.namespaces import slug
from graph.shapes import read_schema
from triplehelix.pages.citations import gather
from triplehelix.pages.texts import Text, concept, join, plain, say
from triplehelix.report import BudgetItem, Report

PHASES = ("phase-planned", "secured", "executed")
ALL, UNSTATED, TOTAL = "all", "unstated", "total"
_ORDER = {"before-term": 0, "year": 1, "": 2, "after-term": 3, TOTAL: 4}
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed amount, or a sum of printed ones; no value where a dash is printed."""

    value: Decimal | None
    detail: str = ""
    summed: bool = False

    @property
    def million(self) -> str:
        """The amount in million won as people read it; a printed dash stays a dash."""
        return "-" if self.value is None else f"{self.value / _MILLION:,f}"


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One row: what it is about, the distinct amounts of each phase, and the evidence."""

    label: Text
    amounts: Mapping[str, tuple[Amount, ...]]
    evidence: tuple[Evidence, ...]
    is_ambiguous: bool = False
    is_total: bool = False

    def first(self, phase: str) -> Decimal | None:
        """Return the first amount of a phase, or nothing."""
        return next((a.value for a in self.amounts.get(phase, ()) if a.value is not None), None)


@dataclass(frozen=True, slots=True)
class Account:
    """The money of one initiative of a host, with that of its parts."""

    host: str
    initiative: str
    totals: tuple[MoneyRow, ...]
    sources: tuple[MoneyRow, ...]
    periods: tuple[MoneyRow, ...]
    cells: tuple[BudgetItem, ...]

    @property
    def largest(self) -> Decimal:
        """The largest amount of any row, by which bars are drawn."""
        rows = (*self.totals, *self.sources, *self.periods)
        found = (row.first(phase) for row in rows for phase in PHASES)
        return max((value for value in found if value is not None), default=Decimal(0))

    @property
    def tells_spending(self) -> bool:
        """Whether the documents say what was spent."""
        rows = (*self.totals, *self.sources, *self.periods)
        return any(row.first("executed") is not None for row in rows)


def read_accounts(report: Report) -> list[Account]:
    """Return the accounts of all hosts: of each initiative with money and none above it."""
    by_initiative: dict[str, list[BudgetItem]] = defaultdict(list)
    for item in report.budgets:
        by_initiative[item.initiative].append(item)
    initiatives = report.holdings.initiatives
    accounts = []
    for iri in sorted(by_initiative):
        if initiatives[iri].parents & by_initiative.keys():
            continue
        for host in sorted(initiatives[iri].hosts) or [""]:
            accounts.append(_account(report, host, iri, by_initiative))
    return sorted(accounts, key=lambda a: (report.label(a.host, "ko"), -len(a.cells)))


def _account(
    report: Report, host: str, root: str, by_initiative: Mapping[str, list[BudgetItem]]
) -> Account:
    initiatives = report.holdings.initiatives
    below = [iri for iri in by_initiative if root in initiatives[iri].parents]
    own = by_initiative[root]
    parts = [
        item
        for iri in below
        if not any(other in initiatives[iri].parents for other in below)
        for item in by_initiative[iri]
    ]
    totals = [i for i in own if i.source in (ALL, UNSTATED)]
    whole = [i for i in totals if i.span == TOTAL] or [i for i in own if i.span == TOTAL]
    years = [i for i in totals or own if i.span != TOTAL]
    cells = sorted((*own, *(i for iri in below for i in by_initiative[iri])), key=_cell_order)
    return Account(
        host,
        root,
        (_row(report, say("money_total"), whole),) if whole else (),
        tuple(_source_rows(report, own, parts)),
        tuple(_period_rows(report, years)),
        tuple(cells),
    )


def _source_rows(
    report: Report, own: list[BudgetItem], parts: list[BudgetItem]
) -> Iterable[MoneyRow]:
    """Yield one row per source, over the whole time or, where no total is printed, by year."""
    wanted = [i for i in own if i.source not in (ALL, UNSTATED)]
    summed = not wanted
    chosen = wanted or [i for i in parts if i.source not in (ALL, UNSTATED)]
    spans = [i for i in chosen if i.span == TOTAL] or chosen
    groups: dict[tuple[str, str], list[BudgetItem]] = defaultdict(list)
    for item in spans:
        groups["" if item.span == TOTAL else item.year or item.period, item.source].append(item)
    order = _source_order()
    for (period, source), items in sorted(groups.items(), key=lambda g: (g[0][0], order[g[0][1]])):
        label = concept(report, source)
        if period:
            label = join([period_name(report, items[0]), label], " · ")
        if any(item.amount for item in items):
            yield _row(report, label, items, summed=summed)


def _source_order() -> Mapping[str, int]:
    """Return the place of each source in the order of the vocabulary."""
    column = read_schema().tables["budgets"].column("source")
    choices = column.choices if column else ()
    return {slug(choice.iri): number for number, choice in enumerate(choices)}


def _period_rows(report: Report, items: list[BudgetItem]) -> Iterable[MoneyRow]:
    """Yield one row per period; where the year is lost, no two phases are known to share it."""
    groups: dict[tuple[int, str, str, str], list[BudgetItem]] = defaultdict(list)
    for item in items:
        apart = str(PHASES.index(item.phase)) if item.period.startswith("?") else ""
        key = (_ORDER.get(item.span, 2), apart, item.year or item.period, item.span)
        groups[key].append(item)
    for _, found in sorted(groups.items(), key=lambda pair: pair[0]):
        yield _row(report, period_name(report, found[0]), found)


def _row(report: Report, label: Text, items: list[BudgetItem], *, summed: bool = False) -> MoneyRow:
    phases = {phase: [i for i in items if i.phase == phase] for phase in PHASES}
    read = _sum if summed else _distinct
    evidence = gather(report, (item.iri for item in items))
    return MoneyRow(
        label,
        {phase: read(found) for phase, found in phases.items() if found},
        tuple(evidence),
        any(item.basis == "ambiguous" for item in evidence),
        all(item.span == TOTAL for item in items),
    )


def _distinct(items: list[BudgetItem]) -> tuple[Amount, ...]:
    """Return the different amounts; several where the documents contradict themselves."""
    found: dict[str, list[BudgetItem]] = defaultdict(list)
    for item in [i for i in items if i.amount] or items:
        found[item.amount].append(item)
    return tuple(
        Amount(Decimal(amount) if amount else None, _details(same))
        for amount, same in found.items()
    )


def _details(items: list[BudgetItem]) -> str:
    return ", ".join(dict.fromkeys(item.detail for item in items if item.detail))


def _sum(items: list[BudgetItem]) -> tuple[Amount, ...]:
    values = [Decimal(item.amount) for item in items if item.amount]
    return (Amount(sum(values, Decimal(0)), summed=len(values) > 1),) if values else ()


def compare_sources(account: Account) -> dict[str, Decimal]:
    """Return how far the sources are from the printed total, for each phase that tells both."""
    found = {}
    for phase in PHASES:
        total = account.totals[0].first(phase) if account.totals else None
        rows = (row for row in account.sources if row.is_total)
        parts = [value for row in rows if (value := row.first(phase)) is not None]
        if total is not None and parts:
            found[phase] = sum(parts, Decimal(0)) - total
    return found


def million_of(item: BudgetItem) -> str:
    """Return the amount of one cell in million won; a printed dash stays a dash."""
    return Amount(Decimal(item.amount) if item.amount else None).million


def period_name(report: Report, item: BudgetItem) -> Text:
    """Return the period of a cell: its year, its printed words, or that the year is lost."""
    if item.year:
        exact = re.search(r"\d{2}\.\s*\d", item.period)
        return plain(f"{item.year} ({item.period})" if exact else item.year)
    if item.period.startswith("?"):
        return say("period_lost", number=item.period[1:])
    if not item.span:
        return plain(item.period) if item.period else say("period_unstated")
    span = concept(report, item.span)
    if item.period.replace(" ", "") in span.ko.replace(" ", ""):
        return span
    return Text(f"{span.ko} ({item.period})", f"{span.en} ({item.period})")


def _cell_order(item: BudgetItem) -> tuple[str, str, int, str, str, str]:
    year = item.year or item.period
    return (item.initiative, item.phase, _ORDER.get(item.span, 2), year, item.source, item.detail)
