"""Outputs: what undertakings have brought about, as the documents print it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from rdflib import Dataset

from graph.namespaces import slug
from graph.store import select

_QUERY = """
SELECT DISTINCT ?output ?initiative ?label ?value ?unit ?from ?until ?status WHERE {
  ?output a th:Output ; th:ofInitiative ?initiative ; rdfs:label ?label .
  OPTIONAL { ?output th:value ?value }
  OPTIONAL { ?output th:unitText ?unit }
  OPTIONAL { ?output th:from ?from }
  OPTIONAL { ?output th:until ?until }
  OPTIONAL { ?output th:status ?status }
}
"""


@dataclass(slots=True)
class Output:
    """An output of an undertaking: its names, its value and unit as printed, when and whether.

    A blank value is not zero. ``status`` is the name of a concept, such as achieved.
    """

    iri: str
    initiative: str
    labels: dict[str, str] = field(default_factory=dict)
    value: Decimal | None = None
    unit: str = ""
    start: str = ""
    end: str = ""
    status: str = ""

    def label(self, language: str) -> str:
        """Return the name in a language, or in Korean."""
        return self.labels.get(language) or self.labels.get("ko", slug(self.iri))


def read_outputs(dataset: Dataset) -> list[Output]:
    """Return all outputs, sorted by IRI."""
    found: dict[str, Output] = {}
    for iri, initiative, label, value, unit, start, end, status in select(dataset, _QUERY):
        known = found.setdefault(str(iri), Output(str(iri), str(initiative)))
        known.labels[label.language or "ko"] = str(label)
        known.value = None if value is None else Decimal(str(value))
        known.unit, known.start, known.end = (
            "" if v is None else str(v) for v in (unit, start, end)
        )
        known.status = "" if status is None else slug(status)
    return [output for _, output in sorted(found.items())]
