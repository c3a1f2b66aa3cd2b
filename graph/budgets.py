"""The cells of printed budgets, and what was planned, secured and executed side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rdflib import Dataset

from graph.namespaces import slug
from graph.store import select

Phase = Literal["phase-planned", "secured", "executed"]
PHASES: tuple[Phase, ...] = ("phase-planned", "secured", "executed")
ALL_SOURCES, TOTAL = "all", "total"

_QUERY = """
SELECT DISTINCT ?item ?initiative ?source ?phase ?span ?year ?period ?detail ?amount WHERE {
  ?item a th:BudgetItem ; th:ofInitiative ?initiative ; th:fundingSource ?source ;
        th:phase ?phase ; th:amount ?amount .
  OPTIONAL { ?item th:span ?span }
  OPTIONAL { ?item th:year ?year }
  OPTIONAL { ?item th:period ?period }
  OPTIONAL { ?item th:detail ?detail }
} ORDER BY ?item
"""


@dataclass(frozen=True, slots=True)
class BudgetCell:
    """A printed amount in won; terms are the names of concepts of the vocabulary."""

    iri: str
    initiative: str
    source: str
    phase: str
    span: str
    year: str
    period: str
    detail: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """The same cell in each phase; where several places print it, it has several amounts.

    ``period`` is the year, or what is printed where the year is not known, and empty for a
    total and for the time before or after the term.
    """

    initiative: str
    source: str
    span: str
    period: str
    detail: str
    amounts: Mapping[str, tuple[Decimal, ...]]
    records: tuple[str, ...]

    def amount(self, phase: Phase) -> Decimal | None:
        """Return the amount of a phase, the largest of several; nothing where none is printed."""
        return max(self.amounts.get(phase, ()), default=None)


def read_budget_cells(dataset: Dataset) -> list[BudgetCell]:
    """Return the cells with an amount; a dash or a blank is not printed as zero, and left out."""
    found = []
    for item, initiative, source, phase, span, year, period, detail, amount in select(
        dataset, _QUERY
    ):
        found.append(
            BudgetCell(
                iri=str(item),
                initiative=str(initiative),
                source=slug(source),
                phase=slug(phase),
                span="" if span is None else slug(span),
                year=str(year or ""),
                period=str(period or ""),
                detail=str(detail or ""),
                amount=Decimal(str(amount)),
            )
        )
    return found


def compare_phases(cells: Iterable[BudgetCell]) -> list[BudgetRow]:
    """Return cells by initiative, source and period, with their amounts in each phase, sorted.

    Nothing is added up: a total is a cell of its own.
    """
    groups: dict[tuple[str, str, str, str, str], list[BudgetCell]] = defaultdict(list)
    for cell in cells:
        dated = cell.year or ("" if cell.span and cell.span != "year" else cell.period)
        key = (cell.initiative, cell.source, cell.span, dated, cell.detail)
        groups[key].append(cell)
    return [
        BudgetRow(*key, _by_phase(group), tuple(sorted(c.iri for c in group)))
        for key, group in sorted(groups.items())
    ]


def _by_phase(cells: Iterable[BudgetCell]) -> dict[str, tuple[Decimal, ...]]:
    found: dict[str, set[Decimal]] = defaultdict(set)
    for cell in cells:
        found[cell.phase].add(cell.amount)
    return {phase: tuple(sorted(amounts)) for phase, amounts in sorted(found.items())}
