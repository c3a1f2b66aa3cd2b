"""The report: everything that pages, tables and the map show, read once from a store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rdflib import Dataset

from graph.agreements import Agreement, status
from graph.budgets import BudgetCell
from graph.dates import parse_date
from graph.evidence import Evidence
from graph.findings import Finding
from graph.gaps import Gap, Holdings, find_gaps, read_holdings
from graph.namespaces import slug
from graph.store import select
from loaders.sidecar import Sidecar

if TYPE_CHECKING:
    from graph.hub import Hub

_BUDGETS = """
SELECT ?item ?initiative ?year ?period ?span ?source ?phase ?amount ?printed ?detail WHERE {
  ?item a th:BudgetItem ; th:ofInitiative ?initiative ; th:fundingSource ?source ; th:phase ?phase .
  OPTIONAL { ?item th:year ?year }
  OPTIONAL { ?item th:period ?period }
  OPTIONAL { ?item th:span ?span }
  OPTIONAL { ?item th:amount ?amount }
  OPTIONAL { ?item th:printed ?printed }
  OPTIONAL { ?item th:detail ?detail }
} ORDER BY ?item
"""
_LABELS = """
SELECT ?term ?label WHERE { ?term rdfs:label|skos:prefLabel ?label }
"""


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """One printed cell of a budget; the amount is in won, blank where a dash is printed."""

    iri: str
    initiative: str
    year: str
    period: str
    span: str
    source: str
    phase: str
    amount: str
    printed: str
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ecosystem holds on a date; labels map every IRI to names by language."""

    title: dict[str, str]
    on: date
    holdings: Holdings
    hubs: list[Hub]
    gaps: list[Gap]
    findings: list[Finding]
    budgets: list[BudgetItem]
    labels: dict[str, dict[str, str]]

    def label(self, iri: str, language: str) -> str:
        """Return the name of anything in a language, or in Korean, or its identifier."""
        names = self.labels.get(iri, {})
        return names.get(language) or names.get("ko") or names.get("en") or slug(iri)

    def status(self, agreement: Agreement) -> str:
        """Return the state of an agreement on the report's date."""
        return status(agreement, self.on)

    def cells(self) -> list[BudgetCell]:
        """Return the printed amounts; what is blank is not zero, and left out."""
        return [
            BudgetCell(
                item.iri,
                item.initiative,
                item.source,
                item.phase,
                item.span,
                item.year,
                item.period,
                item.detail,
                Decimal(item.amount),
            )
            for item in self.budgets
            if item.amount
        ]

    def evidence(self, iri: str) -> list[Evidence]:
        """Return the evidence of a record."""
        return self.holdings.evidence.get(iri, [])


def read_report(
    dataset: Dataset,
    sidecar: Sidecar,
    findings: list[Finding],
    on: date | None = None,
    evidence: dict[str, list[Evidence]] | None = None,
) -> Report:
    """Return the report of a store for a date, by default the date of the sidecar or today.

    ``evidence`` saves reading it again where the caller has it.
    """
    from graph.measures import find_hubs  # NetworkX takes long to import, so it is put off.

    if on is None:
        on = parse_date(sidecar.date).latest if sidecar.date else date.today()
    holdings = read_holdings(dataset, evidence)
    return Report(
        dict(sidecar.title),
        on,
        holdings,
        find_hubs(holdings, on),
        find_gaps(holdings, on),
        findings,
        [_budget_item(row) for row in select(dataset, _BUDGETS)],
        read_labels(dataset),
    )


def _budget_item(row: tuple[Any, ...]) -> BudgetItem:
    cells = ["" if value is None else str(value) for value in row]
    item, initiative, year, period, span, source, phase, amount, printed, detail = cells
    return BudgetItem(
        iri=item,
        initiative=initiative,
        year=year,
        period=period,
        span=slug(span),
        source=slug(source),
        phase=slug(phase),
        amount=amount,
        printed=printed,
        detail=detail,
    )


def read_labels(dataset: Dataset) -> dict[str, dict[str, str]]:
    """Return the labels of everything in a store by IRI and language."""
    found: dict[str, dict[str, str]] = {}
    for term, label in select(dataset, _LABELS):
        found.setdefault(str(term), {})[label.language or ""] = str(label)
    return found
