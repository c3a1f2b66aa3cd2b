"""From which sources the money of an initiative comes, and how concentrated they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph.budgets import ALL_SOURCES, TOTAL, BudgetCell

SOURCES = frozenset({"national", "province", "city", "local", "other", "own"})
"""The sources that are one; a total, and what is printed without a source, are none."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """What each source gives an initiative in a phase, in won.

    ``periods``: pairs of year and span that are added; ``printed``: the total that is printed
    for the same periods, if each has one; ``records``: the cells.
    """

    initiative: str
    phase: str
    detail: str
    amounts: Mapping[str, Decimal]
    periods: tuple[tuple[str, str], ...]
    printed: Decimal | None
    records: tuple[str, ...]


def read_tables(cells: Iterable[BudgetCell]) -> Iterator[SourceTable]:
    """Yield the sources by initiative, phase and detail, sorted.

    The printed totals over all periods are taken; where there are none, the periods are added.
    Cells of which the period is lost are left out.
    """
    groups: dict[tuple[str, str, str], list[BudgetCell]] = defaultdict(list)
    for cell in cells:
        groups[cell.initiative, cell.phase, cell.detail].append(cell)
    for key, group in sorted(groups.items()):
        totals = [c for c in group if c.span == TOTAL]
        parts = [c for c in group if c.span and c.span != TOTAL]
        for used in (totals, parts):
            if amounts := _add(used):
                periods = {(c.year, c.span) for c in used if c.source in SOURCES}
                yield SourceTable(
                    *key,
                    amounts=amounts,
                    periods=tuple(sorted(periods)),
                    printed=_printed_total(used, periods),
                    records=tuple(sorted(c.iri for c in used)),
                )
                break


def concentration(amounts: Iterable[Decimal]) -> float:
    """Return the Herfindahl–Hirschman index: the sum of the squared shares, from 1/n to 1.

    Hirschman, "The Paternity of an Index" (1964), https://www.jstor.org/stable/1818582. Without
    any amount it is 0.

    >>> concentration([Decimal(50), Decimal(50)]), concentration([Decimal(7)]), concentration([])
    (0.5, 1.0, 0.0)
    """
    found = list(amounts)
    total = sum(found)
    return float(sum((amount / total) ** 2 for amount in found)) if total else 0.0


def _add(cells: Iterable[BudgetCell]) -> dict[str, Decimal]:
    """Return what each source gives; of a cell that several places print the largest counts."""
    largest: dict[tuple[str, str, str], Decimal] = {}
    for cell in cells:
        key = (cell.source, cell.span, cell.year)
        if cell.source in SOURCES:
            largest[key] = max(cell.amount, largest.get(key, cell.amount))
    found: dict[str, Decimal] = defaultdict(Decimal)
    for (source, _, _), amount in sorted(largest.items()):
        found[source] += amount
    if found.keys() & {"city", "province"}:
        found.pop("local", None)  # It is the money of city and province together.
    return {source: amount for source, amount in found.items() if amount > 0}


def _printed_total(cells: Iterable[BudgetCell], periods: set[tuple[str, str]]) -> Decimal | None:
    totals = {(c.year, c.span): c.amount for c in cells if c.source == ALL_SOURCES}
    return sum((totals[p] for p in periods), Decimal()) if periods <= totals.keys() else None
