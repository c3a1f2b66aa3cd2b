"""Initiatives and events: names, dates, hosts, and what they are part of."""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import Dataset

from graph.concepts import nearest, read_broader, widen
from graph.namespaces import slug
from graph.store import select

_THINGS = """
SELECT DISTINCT ?thing ?type ?label ?from ?until ?status ?isEvent WHERE {
  ?thing a th:Undertaking .
  BIND(EXISTS { ?thing a th:Event } AS ?isEvent)
  GRAPH ?source { ?thing a ?type ; rdfs:label ?label . }
  FILTER(?source != g:inferred)
  OPTIONAL { ?thing th:from ?from }
  OPTIONAL { ?thing th:until ?until }
  OPTIONAL { ?thing th:status ?status }
}
"""
_LINKS = """
SELECT DISTINCT ?thing ?link ?value WHERE {
  VALUES ?link { th:isPartOf th:hostedBy th:theme th:place th:department }
  ?thing a th:Undertaking ; ?link ?value .
}
"""


@dataclass(slots=True)
class Initiative:
    """An initiative or event; parents, hosts, themes, places and departments are sets of IRIs.

    ``themes`` and ``places`` are the stated ones. ``all_themes`` and ``all_places`` are those it
    lies in: the stated ones, or where it states none those of the nearest it is part of, each
    with the wider ones.
    """

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
    all_themes: set[str] = field(default_factory=set)
    all_places: set[str] = field(default_factory=set)
    departments: set[str] = field(default_factory=set)

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
    for iri, type_, label, start, end, status, is_event in select(dataset, _THINGS):
        known = found.setdefault(str(iri), Initiative(str(iri), slug(type_)))
        known.labels[label.language or "ko"] = str(label)
        known.start, known.end = ("" if v is None else str(v) for v in (start, end))
        known.is_event = bool(is_event.toPython())
        known.status = "" if status is None else slug(status)
    for iri, link, value in select(dataset, _LINKS):
        known = found[str(iri)]
        links = {
            "isPartOf": known.parents,
            "hostedBy": known.hosts,
            "theme": known.themes,
            "place": known.places,
            "department": known.departments,
        }
        links[slug(link)].add(str(value))
    _place_among_concepts(found, read_broader(dataset))
    return dict(sorted(found.items()))


def _place_among_concepts(found: dict[str, Initiative], broader: dict[str, set[str]]) -> None:
    parents = {iri: initiative.parents for iri, initiative in found.items()}
    themes = {iri: initiative.themes for iri, initiative in found.items()}
    places = {iri: initiative.places for iri, initiative in found.items()}
    for iri, initiative in found.items():
        initiative.all_themes = widen(nearest(iri, themes, parents), broader)
        initiative.all_places = widen(nearest(iri, places, parents), broader)
