"""The classes and properties that an editor completes: those that the store really uses."""

from __future__ import annotations

from rdflib import Dataset

from graph.namespaces import TH, THV
from graph.store import select
from triplehelix.report import Report

Labels = tuple[str, str]
"""Label in Korean and in English."""
Term = tuple[str, str, str]
"""IRI, label in Korean and in English."""

_CLASSES = """
SELECT DISTINCT ?term WHERE {
  GRAPH g:ontology { ?term a owl:Class }
  FILTER(isIRI(?term) && EXISTS { ?thing a ?term })
}
"""
_PROPERTIES = """
SELECT DISTINCT ?term WHERE {
  {
    VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
    GRAPH g:ontology { ?term a ?kind }
  } UNION {
    VALUES ?term {
      rdf:type rdfs:label rdfs:comment rdfs:subClassOf rdfs:subPropertyOf skos:prefLabel
      skos:altLabel skos:notation skos:broader
    }
  }
  FILTER(isIRI(?term) && EXISTS { ?subject ?term ?object })
}
"""


def read_terms(dataset: Dataset, report: Report) -> dict[str, list[Term]]:
    """Return the terms in use, as ``classes`` and ``properties``, sorted."""
    return {
        "classes": _list_terms(dataset, report, _CLASSES),
        "properties": _list_terms(dataset, report, _PROPERTIES),
    }


def list_labels(report: Report) -> dict[str, Labels]:
    """Return the labels of the terms of the ontology and of its vocabulary by IRI."""
    return {
        iri: (report.label(iri, "ko"), report.label(iri, "en"))
        for iri in sorted(report.labels)
        if iri.startswith((TH, THV))
    }


def _list_terms(dataset: Dataset, report: Report, query: str) -> list[Term]:
    terms = sorted(str(term) for (term,) in select(dataset, query))
    labels = report.labels
    return [
        (term, labels.get(term, {}).get("ko", ""), labels.get(term, {}).get("en", ""))
        for term in terms
    ]
