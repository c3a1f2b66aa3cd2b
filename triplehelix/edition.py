"""The edition: what a store says about itself, its title and the date that it speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rdflib import Dataset
from rdflib.namespace import DCTERMS

from graph.cells import literal
from graph.namespaces import GRAPH
from graph.store import Triple, select

EDITION_GRAPH = GRAPH["edition"]

_QUERY = """
SELECT ?title ?date WHERE {
  GRAPH g:edition { g:edition dcterms:title ?title . OPTIONAL { g:edition dcterms:date ?date } }
}
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """The title by language, and the date; nothing where the sources give none."""

    title: Mapping[str, str]
    on: date | None = None


def encode_edition(edition: Edition) -> list[Triple]:
    """Return an edition as the triples of its graph."""
    subject = f"<{EDITION_GRAPH}>"
    found = [
        (subject, f"<{DCTERMS.title}>", literal(text, language=language))
        for language, text in edition.title.items()
    ]
    if edition.on:
        found.append((subject, f"<{DCTERMS.date}>", literal(edition.on.isoformat())))
    return found


def read_edition(dataset: Dataset) -> Edition:
    """Return the edition of a store; one without any has no title and no date."""
    title: dict[str, str] = {}
    on = None
    for text, day in select(dataset, _QUERY):
        title[text.language or "ko"] = str(text)
        on = date.fromisoformat(str(day)) if day is not None else None
    return Edition(title, on)
