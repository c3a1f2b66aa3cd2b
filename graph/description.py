"""The model described: classes, properties, concepts, tables, columns, and how they hang together.

Everything is read from the ontology and the shapes; nothing about a term stands here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from graph.diagnostics import Diagnostic, InputError
from graph.model import definitions, labels, read_model, terms
from graph.names import match_key
from graph.namespaces import PREFIXES, TH, slug
from graph.record import Location
from graph.schema import Column, Schema, Table
from graph.shapes import read_schema

Kind = Literal["class", "property", "concept", "table", "column"]
FactKind = Literal[
    "parents", "parts", "implies", "properties", "tables", "domain", "range", "inverse", "chain",
    "traits", "columns", "scheme", "rank", "notation", "classes", "property", "datatype",
    "required", "values", "refers_to", "separator", "default", "example", "rule", "uses",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A term as another description names it; plain values have no labels."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """One term or table or column: its names, what it means, and its facts by kind."""

    name: str
    kind: Kind
    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    facts: Mapping[FactKind, tuple[Mention, ...]]

    def answers_to(self, name: str) -> bool:
        """Whether a name is the full name, the local name or a label, however it is written."""
        local = self.name.split(":")[-1]
        known = (self.name, local, self.iri, *self.labels.values())
        return match_key(name) in {match_key(each) for each in known if each}


def qualify(iri: str) -> str:
    """Return an IRI with a prefix where the project has one.

    >>> qualify("https://w3id.org/triplehelix/ontology#University")
    'th:University'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def describe_model() -> list[Description]:
    """Return the descriptions of all classes, properties, concepts, tables and columns."""
    model, schema = read_model(), read_schema()
    found = [_describe_term(model, schema, term) for term in terms(model)]
    for table in schema.tables.values():
        found.append(_describe_table(table))
        found += (_describe_column(table, column) for column in table.columns)
    kinds: tuple[Kind, ...] = ("class", "property", "concept", "table", "column")
    return sorted(found, key=lambda d: kinds.index(d.kind))


def find_descriptions(name: str) -> list[Description]:
    """Return what a name stands for: more than one thing where a word is used twice.

    A name written exactly as in the model means that alone.

    Raises:
        InputError: the model has no such term; similar ones are told.
    """
    model = describe_model()
    exact = [d for d in model if name in (d.name, d.name.split(":")[-1], d.iri)]
    if found := exact or [d for d in model if d.answers_to(name)]:
        return found
    known = {n: d.name for d in model for n in (d.name.split(":")[-1], *d.labels.values())}
    near = difflib.get_close_matches(name, list(known), n=4, cutoff=0.6)
    near += [n for n in known if len(name) > 1 and match_key(name) in match_key(n)][:4]
    hint = f" ({', '.join(dict.fromkeys(near))}?)" if near else ""
    raise InputError(
        [Diagnostic("unknown_term", Location(""), arguments={"name": name, "hint": hint})]
    )


def _mention(graph: Graph, iri: str) -> Mention:
    return Mention(qualify(iri), labels(graph, URIRef(iri)))


def _mentions(graph: Graph, iris: Iterable[object]) -> tuple[Mention, ...]:
    named = sorted({str(iri) for iri in iris if isinstance(iri, URIRef)})
    return tuple(_mention(graph, iri) for iri in named)


def _describe_term(model: Graph, schema: Schema, term: URIRef) -> Description:
    types = set(model.objects(term, RDF.type))
    kind: Kind = "class" if OWL.Class in types else "property"
    if SKOS.Concept in types:
        kind = "concept"
    read = {"class": _class_facts, "property": _property_facts, "concept": _concept_facts}[kind]
    facts = {name: values for name, values in read(model, schema, term) if values}
    return Description(
        qualify(term), kind, str(term), labels(model, term), definitions(model, term), facts
    )


Facts = Iterator[tuple[FactKind, tuple[Mention, ...]]]


def _class_facts(model: Graph, schema: Schema, term: URIRef) -> Facts:
    yield "parents", _mentions(model, model.objects(term, RDFS.subClassOf))
    yield "parts", _mentions(model, model.subjects(RDFS.subClassOf, term))
    restrictions = [
        *model.objects(term, RDFS.subClassOf),
        *model.objects(term, OWL.equivalentClass),
    ]
    implied = (value for node in restrictions for value in model.objects(node, OWL.hasValue))
    yield "implies", _mentions(model, implied)
    yield "properties", _mentions(model, model.subjects(RDFS.domain, term))
    tables = (t for t in schema.tables.values() if str(term) in t.classes)
    yield "tables", tuple(Mention(t.name, t.labels) for t in tables)


def _property_facts(model: Graph, schema: Schema, term: URIRef) -> Facts:
    yield "domain", _mentions(model, model.objects(term, RDFS.domain))
    yield "range", _mentions(model, model.objects(term, RDFS.range))
    yield "parents", _mentions(model, model.objects(term, RDFS.subPropertyOf))
    inverse = (*model.objects(term, OWL.inverseOf), *model.subjects(OWL.inverseOf, term))
    yield "inverse", _mentions(model, inverse)
    chains = model.objects(term, OWL.propertyChainAxiom)
    yield "chain", tuple(_mention(model, str(p)) for c in chains for p in Collection(model, c))
    traits = (str(t) for t in model.objects(term, RDF.type))
    names = sorted(slug(t).removesuffix("Property") for t in traits)
    apart = {"Object", "Datatype", "Annotation"}
    yield "traits", tuple(Mention(name) for name in names if name not in apart)
    columns = (
        Mention(f"{table.name}.{column.key}", column.names)
        for table in schema.tables.values()
        for column in table.columns
        if column.path == str(term)
    )
    yield "columns", tuple(columns)


def _concept_facts(model: Graph, schema: Schema, term: URIRef) -> Facts:
    yield "scheme", _mentions(model, model.objects(term, SKOS.inScheme))
    yield "notation", tuple(Mention(str(n)) for n in model.objects(term, SKOS.notation))
    yield "parents", _mentions(model, model.objects(term, SKOS.broader))
    yield "rank", tuple(Mention(str(n)) for n in model.objects(term, TH.rank))
    columns = (
        Mention(f"{table.name}.{column.key}", column.names)
        for table in schema.tables.values()
        for column in table.columns
        if any(choice.iri == str(term) for choice in column.choices)
    )
    yield "columns", tuple(columns)


def _describe_table(table: Table) -> Description:
    model = read_model()
    facts: dict[FactKind, tuple[Mention, ...]] = {
        "classes": tuple(_mention(model, iri) for iri in table.classes),
        "columns": tuple(Mention(f"{table.name}.{c.key}", c.names) for c in table.columns),
    }
    return Description(table.name, "table", "", table.labels, {}, facts)


def _describe_column(table: Table, column: Column) -> Description:
    facts = {name: values for name, values in _column_facts(column) if values}
    meaning = column.descriptions or column.messages
    return Description(f"{table.name}.{column.key}", "column", "", column.names, meaning, facts)


def _column_facts(column: Column) -> Facts:
    model = read_model()
    yield "property", (_mention(model, column.path),)
    yield "datatype", (Mention(column.kind),)
    yield "required", (Mention("yes"),) if column.required else ()
    yield "values", tuple(Mention(choice.notation, choice.labels) for choice in column.choices)
    yield "refers_to", tuple(_mention(model, iri) for iri in column.classes)
    yield "separator", (Mention(column.separator),) if column.multiple else ()
    yield "default", (Mention(column.default),) if column.default else ()
    yield "example", (Mention(column.example),) if column.example else ()
    yield "rule", (Mention("", column.messages),) if column.messages else ()
