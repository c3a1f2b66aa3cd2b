"""SHACL validation, the one door to the engine; violations are traced back to the cell.

Shapes: W3C Recommendation "Shapes Constraint Language (SHACL)", 2017.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import RDF, SH, SKOS, XSD
from rdflib.term import BNode, Literal, Node

from graph.diagnostics import Diagnostic, Severity
from graph.model import encode_model, read_shapes
from graph.namespaces import slug
from graph.record import Location
from graph.representatives import choose_representatives
from graph.schema import Column, Schema
from graph.shape_reach import SILENT, Reach, find_reach
from graph.store import Triple, encode_ntriples, list_triples

_SEVERITIES: dict[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_TARGET = f"<{SH.targetNode}>"
QUICK_LIMIT = 300_000
"""About so many triples the engine is first asked whether there is anything to report at all.

Mostly there is not, and the question takes half the time of a report, but twice the memory.
"""


def validate(
    triples: Iterable[Triple], folder: Path | None = None, *, mapped: bool = False
) -> Graph:
    """Return the SHACL report on the triples of all sources and the evidence.

    Classes are checked against what is stated and the class tree, never against what the
    reasoner concluded from a property's range: that would make every reference right.

    ``mapped`` says that the triples come from :func:`graph.mapping.map_records`, which matches each
    cell against the ``sh:pattern`` of its column. The engine is then spared these patterns; it
    compiles one anew for every value, and no two values are alike to a pattern.
    """
    import shifty

    stated = [*triples, *encode_model(folder)]
    if _conform(stated, folder, mapped):
        return _nothing_to_report()
    shapes = encode_ntriples(list_triples(_shapes(folder, mapped)))
    with warnings.catch_warnings():
        warnings.simplefilter("error", shifty.ShaclDiagnosticWarning)
        _, report, _ = shifty.validate(encode_ntriples(stated), shapes, infer=False)
    graph: Graph = report
    return graph


def _conform(triples: Iterable[Triple], folder: Path | None, mapped: bool) -> bool:
    """Return whether the engine finds nothing to report; False if it is not worth the question.

    It is asked about nodes that stand for all others, see :mod:`graph.representatives`.
    """
    import shifty

    reach = _find_reach(folder, mapped)
    sample = choose_representatives(triples, reach) if reach else None
    if sample is None or len(sample.triples) > QUICK_LIMIT:
        return False
    aims = [(shape, _TARGET, node) for shape, nodes in sample.targets.items() for node in nodes]
    data, shapes = sample.triples, [*_list_questions(folder, mapped), *aims]
    answer = shifty.validate_algebra(encode_ntriples(data), encode_ntriples(shapes), infer=False)
    return bool(answer.conforms) and not answer.diagnostics


def _nothing_to_report() -> Graph:
    graph, report = Graph(), BNode()
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(True)))
    return graph


@cache
def _find_reach(folder: Path | None, mapped: bool) -> Reach | None:
    return find_reach(_shapes(folder, mapped))


@cache
def _list_questions(folder: Path | None, mapped: bool) -> list[Triple]:
    """Return what shapes ask, without whom, and without what they say to people."""
    asked = Graph("SimpleMemory")
    for subject, predicate, value in _shapes(folder, mapped):
        if predicate != SH.targetClass and predicate not in SILENT:
            asked.add((subject, predicate, value))
    return list_triples(asked)


@cache
def _shapes(folder: Path | None, mapped: bool) -> Graph:
    """Return the shapes, without the patterns that mapping has matched already."""
    shapes = read_shapes(folder)
    if not mapped:
        return shapes
    kept = Graph("SimpleMemory")
    for subject, predicate, value in shapes:
        if predicate != SH.pattern or not _is_matched(shapes, subject):
            kept.add((subject, predicate, value))
    return kept


def _is_matched(shapes: Graph, node: Node) -> bool:
    """Whether mapping matches every value of a property shape as SHACL would.

    It does for columns of plain text. It knows no flags and only one pattern, and linking makes
    other names of the labels of records that are the same.
    """
    return (
        (node, SH.name, None) in shapes
        and (node, SH.datatype, XSD.string) in shapes
        and (node, SH.flags, None) not in shapes
        and (node, SH.path, SKOS.altLabel) not in shapes
        and len(list(shapes.objects(node, SH.pattern))) == 1
    )


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
