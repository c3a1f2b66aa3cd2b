"""Initiatives and events: names, dates, hosts, and what they are part of."""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import Dataset

from graph.namespaces import slug
from graph.store import select

_QUERY = """
SELECT ?thing ?type ?label ?parent ?host ?theme ?place ?from ?until ?status ?isEvent WHERE {
  ?thing a th:Undertaking .
  BIND(EXISTS { ?thing a th:Event } AS ?isEvent)
  GRAPH ?source { ?thing a ?type ; rdfs:label ?label . }
  FILTER(?source != g:inferred)
  OPTIONAL { ?thing th:isPartOf ?parent }
  OPTIONAL { ?thing th:hostedBy ?host }
  OPTIONAL { ?thing th:theme ?theme }
  OPTIONAL { ?thing th:place ?place }
  OPTIONAL { ?thing th:from ?from }
  OPTIONAL { ?thing th:until ?until }
  OPTIONAL { ?thing th:status ?status }
}
"""


@dataclass(slots=True)
class Initiative:
    """An initiative or event; parents, hosts, themes and places are sets of IRIs."""

    iri: str
    type: str
    labels: dict[str, str] = field(default_factory=dict)
    parents: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    start: str = ""
    end: str = ""
    status: str = ""
    is_event: bool = False

    @property
    def id(self) -> str:
        """The identifier in the tables."""
        return slug(self.iri)

    def label(self, language: str) -> str:
        """Return the name in a language, or in Korean."""
        return self.labels.get(language) or self.labels.get("ko", self.id)


def read_initiatives(dataset: Dataset) -> dict[str, Initiative]:
    """Return all initiatives and events by IRI, sorted; parents and hosts are the inferred ones."""
    found: dict[str, Initiative] = {}
    for row in select(dataset, _QUERY):
        iri, type_, label, parent, host, theme, place, start, end, status, is_event = row
        known = found.setdefault(str(iri), Initiative(str(iri), slug(type_)))
        known.labels[label.language or "ko"] = str(label)
        for target, value in (
            (known.parents, parent),
            (known.hosts, host),
            (known.themes, theme),
            (known.places, place),
        ):
            if value is not None:
                target.add(str(value))
        known.start, known.end = ("" if v is None else str(v) for v in (start, end))
        known.is_event = bool(is_event.toPython())
        known.status = "" if status is None else slug(status)
    return dict(sorted(found.items()))
