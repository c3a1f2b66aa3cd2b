"""What a question can be about: organisations, programmes, documents… by name and other name."""

from __future__ import annotations

from collections import defaultdict

from rdflib import Dataset

from graph.namespaces import slug
from graph.store import select
from triplehelix.report import Report

Entry = tuple[str, str, str, list[str]]
"""Identifier, name in Korean and in English, other names."""

KINDS = {
    "Organization": "organization",
    "Initiative": "initiative",
    "Event": "event",
    "Agreement": "agreement",
    "IntendedAgreement": "agreement",
    "Document": "document",
    "Theme": "theme",
    "Place": "place",
}
"""The type of parameters and columns that stands for each class."""
_THINGS = """
SELECT DISTINCT ?thing ?class WHERE {
  VALUES ?class {
    th:Organization th:Initiative th:Event th:Agreement th:IntendedAgreement th:Document th:Theme
    th:Place
  }
  ?thing a ?class .
}
"""
_ALIASES = """
SELECT DISTINCT ?thing ?alias WHERE { ?thing skos:altLabel ?alias }
"""


def read_entries(dataset: Dataset, report: Report) -> dict[str, list[Entry]]:
    """Return what a store holds, by type of parameter, sorted by Korean name."""
    aliases: dict[str, set[str]] = defaultdict(set)
    for thing, alias in select(dataset, _ALIASES):
        aliases[str(thing)].add(str(alias))
    found: dict[str, list[Entry]] = {kind: [] for kind in KINDS.values()}
    for thing, class_ in select(dataset, _THINGS):
        iri = str(thing)
        ko, en = report.label(iri, "ko"), report.label(iri, "en")
        entry = (slug(iri), ko, "" if en == ko else en, sorted(aliases.get(iri, ())))
        found[KINDS[slug(class_)]].append(entry)
    return {kind: sorted(rows, key=lambda row: (row[1], row[0])) for kind, rows in found.items()}
