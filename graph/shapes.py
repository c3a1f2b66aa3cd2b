"""How the SHACL shapes are read: from node and property shapes to tables and columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from graph.model import definitions, labels, read_model, read_shapes
from graph.namespaces import TH, slug
from graph.schema import Choice, Column, Kind, Schema, Table, fold_header

_DATATYPES: dict[Node, Kind] = {
    XSD.decimal: "number",
    XSD.integer: "integer",
    XSD.gYear: "year",
    XSD.date: "date",
    XSD.gYearMonth: "date",
}


def read_schema(folder: Path | None = None) -> Schema:
    """Return the schema of a folder of Turtle files, the shipped one by default.

    >>> read_schema().tables["parties"].minted_from
    ('agreement', 'party', 'prospective_party')
    """
    return _read_schema(folder)


@cache
def _read_schema(folder: Path | None) -> Schema:
    """Read a schema once, however its folder was passed."""
    return Schema(read_tables(folder))


def read_tables(folder: Path | None = None) -> dict[str, Table]:
    """Return the tables that the shapes describe, by name, in their order."""
    shapes, model = read_shapes(folder), read_model(folder)
    nodes = sorted(shapes.subjects(TH.table, None), key=lambda n: _number(shapes, n))
    parts = {part for node in nodes for part in shapes.objects(node, SH.property)}
    columns = {part: column for part in parts if (column := _read_column(shapes, model, part))}
    return {table.name: table for table in (_read_table(shapes, columns, n) for n in nodes)}


def _read_table(shapes: Graph, known: Mapping[Node, Column], node: Node) -> Table:
    found = (known[part] for part in shapes.objects(node, SH.property) if part in known)
    columns = sorted(found, key=lambda c: (c.order, c.key))
    inlined = shapes.value(node, TH.inlines)
    return Table(
        name=_text(shapes, node, TH.table),
        labels=_by_language(shapes, node, RDFS.label),
        classes=tuple(sorted(str(c) for c in shapes.objects(node, SH.targetClass))),
        columns=tuple(columns),
        minted_from=tuple(map(str, _list(shapes, node, TH.mintedFrom))),
        inlined=_text(shapes, inlined, TH.table) if inlined else "",
        owner=_text(shapes, node, TH.owner),
    )


def _read_column(shapes: Graph, model: Graph, node: Node) -> Column | None:
    names = _by_language(shapes, node, SH.name)
    path = shapes.value(node, SH.path)
    if not names or not isinstance(path, URIRef):
        return None
    value = shapes.value(node, SH.qualifiedValueShape) or node
    language = next(map(str, _list(shapes, value, SH.languageIn)), "")
    default = shapes.value(node, SH.defaultValue)
    choices = tuple(_choice(model, c) for c in _list(shapes, value, SH["in"]))
    return Column(
        key=names["en"],
        names=names,
        path=str(path),
        kind=_kind(shapes, node, value, path),
        order=_number(shapes, node),
        language=language,
        choices=choices,
        lookup={fold_header(n): c for c in choices for n in (*c.labels.values(), c.notation)},
        classes=_classes(shapes, node),
        required=_number(shapes, node, SH.minCount, SH.qualifiedMinCount) >= 1,
        multiple=_number(shapes, node, SH.maxCount, SH.qualifiedMaxCount) != 1
        and bool(_text(shapes, node, TH.separator)),
        separator=_text(shapes, node, TH.separator),
        default=str(default or ""),
        pattern=_text(shapes, node, SH.pattern),
        printed_as=_text(shapes, node, TH.printedAs),
        scaled_by=_text(shapes, node, TH.scaledBy),
        descriptions=_by_language(shapes, node, SH.description) or definitions(model, path),
        messages=_by_language(shapes, node, SH.message),
        example=_text(shapes, node, TH.example),
    )


def _kind(shapes: Graph, node: Node, value: Node, path: URIRef) -> Kind:
    if path == DCTERMS.identifier:
        return "identifier"
    if (value, SH["in"], None) in shapes:
        return "type" if path == RDF.type else "code"
    if (node, SH.nodeKind, SH.IRI) in shapes:
        return "reference"
    datatypes = [shapes.value(node, SH.datatype)]
    datatypes += [shapes.value(part, SH.datatype) for part in _list(shapes, node, SH["or"])]
    return next((_DATATYPES[d] for d in datatypes if d in _DATATYPES), "text")


def _classes(shapes: Graph, node: Node) -> tuple[str, ...]:
    alternatives = [node, *_list(shapes, node, SH["or"])]
    found = (shapes.value(part, SH["class"]) for part in alternatives)
    return tuple(str(c) for c in found if c)


def _choice(model: Graph, term: Node) -> Choice:
    iri = URIRef(str(term))
    notation = model.value(iri, SKOS.notation)
    factor = model.value(iri, TH.factor)
    return Choice(str(iri), str(notation or slug(str(iri))), labels(model, iri), str(factor or ""))


def _by_language(graph: Graph, node: Node, predicate: URIRef) -> dict[str, str]:
    values = graph.objects(node, predicate)
    return {str(getattr(v, "language", None) or ""): str(v) for v in values}


def _text(graph: Graph, node: Node | None, predicate: URIRef) -> str:
    value = graph.value(node, predicate) if node is not None else None
    return str(value) if value is not None else ""


def _number(graph: Graph, node: Node, *predicates: URIRef) -> float:
    for predicate in predicates or (SH.order,):
        value = graph.value(node, predicate)
        if value is not None:
            return float(str(value))
    return 0.0


def _list(graph: Graph, node: Node, predicate: URIRef) -> list[Node]:
    head = graph.value(node, predicate)
    return list(Collection(graph, head)) if head is not None else []
