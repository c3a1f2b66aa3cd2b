"""The money that is printed for undertakings: one amount for each phase, as it stands there.

A phase is never added to another. What hangs on several undertakings is not added up either,
since one may hold the other; the largest single amount says how much is at stake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.budgets import ALL_SOURCES, PHASES, TOTAL, BudgetCell
from graph.concepts import nearest
from graph.funding_sources import SOURCES
from graph.initiatives import Initiative

_UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class StatedMoney:
    """What is printed for an undertaking in a phase, in won.

    ``above``: it is printed for what the undertaking asked for is part of, and so not for it
    alone. ``year``: the year it is for, or nothing where it is for all of the time. ``amounts``:
    several where several places print the cell differently. ``summed``: no total is printed, and
    the amounts of the sources are added. ``records``: the cells.
    """

    initiative: str
    phase: str
    amounts: tuple[Decimal, ...]
    year: str = ""
    above: bool = False
    summed: bool = False
    records: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        """The amount, the largest of several."""
        return max(self.amounts)


class MoneyIndex:
    """The printed cells of a store by undertaking, to be asked for many partners."""

    def __init__(self, cells: Iterable[BudgetCell], initiatives: dict[str, Initiative]) -> None:
        """Take the cells, and the undertakings with what they are part of."""
        self._cells: dict[str, list[BudgetCell]] = defaultdict(list)
        for cell in cells:
            if cell.initiative in initiatives:
                self._cells[cell.initiative].append(cell)
        self._printed = {iri: {iri} for iri in self._cells}
        self._parents = {iri: thing.parents for iri, thing in initiatives.items()}

    def find(self, undertakings: Iterable[str], on: date) -> tuple[StatedMoney, ...]:
        """Return what is printed for undertakings, or else for the nearest above each.

        Their own come first, then those above, each with the largest amount first.

        Where an amount for all of the time is printed it is taken; otherwise that of the last
        year up to a date, or of the first one after it.
        """
        own = set(undertakings)
        holders = {h for iri in own for h in nearest(iri, self._printed, self._parents)}
        found = [
            money
            for holder in sorted(holders)
            for money in _by_phase(holder, self._cells[holder], on, above=holder not in own)
        ]
        return tuple(
            sorted(found, key=lambda m: (m.above, -m.amount, m.initiative, _place(m.phase)))
        )


def _place(phase: str) -> int:
    return next((number for number, known in enumerate(PHASES) if known == phase), len(PHASES))


def _by_phase(
    holder: str, cells: Iterable[BudgetCell], on: date, *, above: bool
) -> Iterable[StatedMoney]:
    phases: dict[str, list[BudgetCell]] = defaultdict(list)
    for cell in cells:
        phases[cell.phase].append(cell)
    for phase, printed in sorted(phases.items()):
        year, used = _choose_period(printed, on)
        readings = [reading for part in _by_detail(used) if (reading := _read(part))]
        if amounts := tuple(sorted({amount for amount, _ in readings})):
            summed = any(added for amount, added in readings if amount == amounts[-1])
            records = tuple(sorted(cell.iri for cell in used))
            yield StatedMoney(holder, phase, amounts, year, above, summed, records)


def _choose_period(cells: list[BudgetCell], on: date) -> tuple[str, list[BudgetCell]]:
    """Return the year that is taken, nothing for all of the time, and its cells."""
    whole = [c for c in cells if c.span == TOTAL] or [
        c for c in cells if not (c.span or c.year or c.period)
    ]
    if whole:
        return "", whole
    years = sorted({c.year for c in cells if c.year})
    if not years:
        return "", []  # Columns whose year is lost are no whole, and none of them is the last.
    year = max((y for y in years if int(y) <= on.year), default=years[0])
    return year, [c for c in cells if c.year == year]


def _by_detail(cells: Iterable[BudgetCell]) -> Iterable[list[BudgetCell]]:
    """Return the cells of each printed place; two places tell the same money twice."""
    groups: dict[str, list[BudgetCell]] = defaultdict(list)
    for cell in cells:
        groups[cell.detail].append(cell)
    return [group for _, group in sorted(groups.items())]


def _read(cells: Iterable[BudgetCell]) -> tuple[Decimal, bool] | None:
    """Return the printed total, or else the sum of the sources; and whether it was added."""
    largest: dict[str, Decimal] = {}
    for cell in cells:
        largest[cell.source] = max(cell.amount, largest.get(cell.source, cell.amount))
    for total in (ALL_SOURCES, _UNSTATED):
        if total in largest:
            return largest[total], False
    sources = {source: amount for source, amount in largest.items() if source in SOURCES}
    if sources.keys() & {"city", "province"}:
        sources.pop("local", None)  # It is the money of city and province together.
    return (sum(sources.values(), Decimal()), len(sources) > 1) if sources else None
