"""Where things stand: the evidence of what tables and pages show, and how it is cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.agreements import Agreement
from graph.evidence import Evidence, sort_evidence
from graph.gaps import Holdings
from graph.ties import Tie
from triplehelix.report import Report


def cite(evidence: Iterable[Evidence]) -> str:
    """Return the places of evidence as ``document:lines; …``, each once.

    >>> cite([Evidence("plan", "7", "", "a", "stated"), Evidence("plan", "7", "", "b", "stated")])
    'plan:7'
    """
    return "; ".join(dict.fromkeys(item.place for item in evidence))


def gather(report: Report, records: Iterable[str]) -> list[Evidence]:
    """Return the evidence of several records together, in the order of documents and lines."""
    return sort_evidence(item for record in records for item in report.evidence(record))


def agreement_evidence(report: Report, agreement: Agreement) -> list[Evidence]:
    """Return the evidence of an agreement and of each of its parties."""
    relations = (*agreement.parties.values(), *agreement.prospective.values())
    return gather(report, (agreement.iri, *relations))


def ties_by_source(holdings: Holdings) -> Mapping[str, list[Tie]]:
    """Return the ties of each organisation, those in which others are tied to it included."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in holdings.ties:
        found[tie.source].append(tie)
        if tie.kind == "affiliation":
            found[tie.target].append(tie)
    return found
