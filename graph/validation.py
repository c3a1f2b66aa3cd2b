"""SHACL validation, the one door to the engine; violations are traced back to the cell.

Shapes: W3C Recommendation "Shapes Constraint Language (SHACL)", 2017.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Node

from graph.diagnostics import Diagnostic, Severity
from graph.model import encode_model, ontology_folder
from graph.namespaces import slug
from graph.record import Location
from graph.schema import Column, Schema
from graph.store import Triple, encode_ntriples

_SEVERITIES: dict[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}


def validate(triples: Iterable[Triple], folder: Path | None = None) -> Graph:
    """Return the SHACL report on the triples of all sources and the evidence.

    Classes are checked against what is stated and the class tree, never against what the
    reasoner concluded from a property's range: that would make every reference right.
    """
    import shifty

    shapes = (folder or ontology_folder()) / "shapes.ttl"
    data = encode_ntriples(triples) + encode_ntriples(encode_model(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("error", shifty.ShaclDiagnosticWarning)
        _, report, _ = shifty.validate(data, shapes, infer=False)
    graph: Graph = report
    return graph


def read_report(
    report: Graph,
    locations: Mapping[str, tuple[str, Location]],
    schema: Schema,
) -> list[Diagnostic]:
    """Return the results of a report as diagnostics, in the order of the rows."""
    found = [
        _read_result(report, result, locations, schema)
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]
    return sorted(found, key=lambda d: (d.location.file, d.location.row or 0, d.value))


def _read_result(
    report: Graph,
    result: Node,
    locations: Mapping[str, tuple[str, Location]],
    schema: Schema,
) -> Diagnostic:
    focus = str(report.value(result, SH.focusNode))
    table, location = locations.get(focus, ("", Location("")))
    column = _find_column(report, result, table, schema)
    value = report.value(result, SH.value)
    shown = "" if value is None or isinstance(value, BNode) else slug(str(value))
    severity = slug(str(report.value(result, SH.resultSeverity)))
    return Diagnostic(
        "missing_value" if _is_missing(report, result) else "shape_violation",
        location,
        column.names if column else {},
        shown or slug(focus),
        _SEVERITIES[severity],
        remedy={
            str(getattr(text, "language", "")): str(text)
            for text in report.objects(result, SH.resultMessage)
        },
    )


def _is_missing(report: Graph, result: Node) -> bool:
    component = slug(str(report.value(result, SH.sourceConstraintComponent)))
    return component in ("MinCountConstraintComponent", "QualifiedMinCountConstraintComponent")


def _find_column(report: Graph, result: Node, table: str, schema: Schema) -> Column | None:
    path = str(report.value(result, SH.resultPath))
    shape = slug(str(report.value(result, SH.sourceShape))).removesuffix("-column")
    if table not in schema.tables:
        return None
    columns = [c for c in schema.tables[table].columns if c.path == path]
    return next((c for c in columns if c.key == shape), columns[0] if columns else None)
