"""Agreements and their state on a date; partial dates are intervals, never padded to a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from rdflib import Dataset

from graph.dates import PartialDate, parse_lexical
from graph.namespaces import slug
from graph.store import select

Status = Literal["planned", "under_review", "signed", "in_force", "expiring", "expired", "unknown"]
EXPIRING_WITHIN = timedelta(days=180)

_QUERY = """
SELECT ?agreement ?kind ?label ?subject ?signed ?from ?until ?intent WHERE {
  VALUES ?class { th:Agreement th:IntendedAgreement }
  ?agreement a ?class .
  GRAPH ?source { ?agreement a ?kind ; rdfs:label ?label . }
  FILTER(?source != g:inferred)
  OPTIONAL { ?agreement th:subject ?subject FILTER(LANG(?subject) = LANG(?label)) }
  OPTIONAL { ?agreement th:signed ?signed }
  OPTIONAL { ?agreement th:from ?from }
  OPTIONAL { ?agreement th:until ?until }
  OPTIONAL { ?agreement th:intent ?intent }
}
"""
_PARTIES = """
SELECT ?agreement ?party ?relation ?prospective WHERE {
  ?relation th:agreement ?agreement .
  { ?relation th:party ?party . BIND(false AS ?prospective) }
  UNION
  { ?relation th:prospectiveParty ?party . BIND(true AS ?prospective) }
}
"""


@dataclass(slots=True)
class Agreement:
    """An agreement: names and subjects by language, its dates as stated, and its parties."""

    iri: str
    kind: str
    labels: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    signed: str = ""
    start: str = ""
    end: str = ""
    intent: str = ""
    parties: dict[str, str] = field(default_factory=dict)
    prospective: dict[str, str] = field(default_factory=dict)

    @property
    def is_intended(self) -> bool:
        """Whether it is only planned or considered, and so covers nothing."""
        return self.kind == "IntendedAgreement"

    def label(self, language: str) -> str:
        """Return the name in a language, or in Korean."""
        return self.labels.get(language) or self.labels.get("ko", slug(self.iri))

    def subject(self, language: str) -> str:
        """Return the subject in a language, or in Korean."""
        return self.subjects.get(language) or self.subjects.get("ko", "")


def read_agreements(dataset: Dataset) -> dict[str, Agreement]:
    """Return all agreements, intended ones too, by IRI; parties map to the relation's IRI."""
    found: dict[str, Agreement] = {}
    for row in select(dataset, _QUERY):
        iri, kind, label, subject, signed, start, end, intent = row
        known = found.setdefault(str(iri), Agreement(str(iri), slug(kind)))
        known.labels[label.language or "ko"] = str(label)
        if subject is not None:
            known.subjects[subject.language or "ko"] = str(subject)
        known.signed, known.start, known.end = (
            "" if value is None else str(value) for value in (signed, start, end)
        )
        known.intent = slug(intent) if intent is not None else ""
    # Engines answer in different orders; people should always see the same.
    for row in sorted(select(dataset, _PARTIES)):
        agreement, party, relation, prospective = row
        known = found[str(agreement)]
        target = known.prospective if prospective.toPython() else known.parties
        target[str(party)] = str(relation)
    return dict(sorted(found.items()))


def is_in_force(agreement: Agreement, on: date) -> bool | None:
    """Return whether an agreement is in force on a date; nothing when its dates do not tell.

    An agreement without a stated beginning counts from its signing; one without a stated end
    stays in force; one without any date is not known to be. A date that is only a month or a
    year may leave it open, too.

    >>> is_in_force(Agreement("a", "Agreement", signed="2022-10"), date(2022, 10, 5)) is None
    True
    >>> is_in_force(Agreement("a", "Agreement", end="2019-02-28"), date(2019, 6, 30))
    False
    """
    if agreement.is_intended:
        return False
    begins, ends = _bound(_begins(agreement)), _bound(agreement.end)
    if begins is None and ends is None:
        return None
    if (begins and on < begins.earliest) or (ends and on > ends.latest):
        return False
    if (begins and on < begins.latest) or (ends and on > ends.earliest):
        return None
    return True


def _bound(lexical: str) -> PartialDate | None:
    return parse_lexical(lexical) if lexical else None


def _begins(agreement: Agreement) -> str:
    return agreement.start or agreement.signed


def status(agreement: Agreement, on: date) -> Status:
    """Return the state of an agreement on a date."""
    if agreement.is_intended:
        return "under_review" if agreement.intent == "considered" else "planned"
    covered = is_in_force(agreement, on)
    if covered is None:
        return "unknown"
    if not covered:
        begins = _begins(agreement)
        return "signed" if begins and on < parse_lexical(begins).earliest else "expired"
    if agreement.end and parse_lexical(agreement.end).latest - on <= EXPIRING_WITHIN:
        return "expiring"
    return "in_force"
