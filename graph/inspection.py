"""What a store holds, seen from outside: its faults, and how often it uses each term."""

from __future__ import annotations

from collections import defaultdict

from rdflib import Dataset

from graph.diagnostics import Diagnostic, Severity
from graph.findings import read_findings
from graph.namespaces import FINDINGS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, slug
from graph.record import Location
from graph.shapes import read_schema
from graph.store import read_triples, select
from graph.validation import read_report, validate

_CLASSES = "SELECT ?term (COUNT(DISTINCT ?s) AS ?uses) WHERE { ?s a ?term } GROUP BY ?term"
_PROPERTIES = """
SELECT ?term (COUNT(DISTINCT ?s) AS ?uses) WHERE { ?s ?term ?o } GROUP BY ?term
"""
_CONCEPTS = """
SELECT ?term (COUNT(DISTINCT ?s) AS ?uses) WHERE {
  ?term a skos:Concept .
  ?s ?p ?term .
  FILTER(?p NOT IN (skos:broader, skos:narrower, skos:hasTopConcept, skos:topConceptOf))
}
GROUP BY ?term
"""
_IDENTIFIERS = """
SELECT DISTINCT ?class ?record WHERE {
  ?record a ?class .
  FILTER(STRSTARTS(STR(?record), STR(id:)))
}
"""


def check_store(dataset: Dataset) -> tuple[int, list[Diagnostic]]:
    """Return how many records a store has, and its faults: by SHACL, and its findings.

    There are no rows and columns to point at; the record is named instead.

    Raises:
        InputError: a remote store cannot be read.
    """
    apart = map(str, (ONTOLOGY_GRAPH, INFERRED_GRAPH, FINDINGS_GRAPH))
    triples = sorted(read_triples(dataset, without=apart))
    found = read_report(validate(triples), {}, read_schema())
    for finding in read_findings(dataset):
        severity: Severity = "info"
        for known in ("violation", "warning"):
            severity = known if finding.severity == known else severity
        kind = {"kind": finding.kind}
        found.append(
            Diagnostic(
                "stored_finding",
                Location(""),
                value=slug(finding.focus),
                severity=severity,
                arguments=kind,
                remedy=finding.messages,
            )
        )
    return len({subject for subject, _, _ in triples}), found


def count_uses(dataset: Dataset) -> dict[str, int]:
    """Return how many records of a store use a term: as class, as property or as value."""
    return {
        str(term): int(uses)
        for query in (_PROPERTIES, _CLASSES, _CONCEPTS)
        for term, uses in select(dataset, query)
    }


def list_identifiers(dataset: Dataset) -> dict[str, list[str]]:
    """Return the identifiers of a store's records by class, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for class_, record in select(dataset, _IDENTIFIERS):
        found[str(class_)].add(slug(record))
    return {class_: sorted(identifiers) for class_, identifiers in found.items()}
