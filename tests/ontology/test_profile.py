"""The model keeps to OWL 2 RL (W3C, OWL 2 Profiles, section 4.2): which constructs stand where."""

from collections.abc import Iterator

import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from graph.model import read_model

FORBIDDEN_PROPERTIES = (
    OWL.cardinality,
    OWL.minCardinality,
    OWL.qualifiedCardinality,
    OWL.minQualifiedCardinality,
    OWL.hasSelf,
    OWL.disjointUnionOf,
    OWL.onDatatype,
    OWL.datatypeComplementOf,
    OWL.onProperties,
)
FORBIDDEN_TYPES = (OWL.ReflexiveProperty, RDFS.Class, RDF.Property)
# Of the datatypes of section 4.2.1 those that a model like this one needs.
DATATYPES = (
    RDFS.Literal,
    XSD.string,
    XSD.boolean,
    XSD.decimal,
    XSD.integer,
    XSD.nonNegativeInteger,
    XSD.dateTime,
    XSD.anyURI,
)


def outside_rl(graph: Graph) -> Iterator[str]:
    """What stands in an ontology and not in the profile."""
    yield from (p.fragment for p in FORBIDDEN_PROPERTIES if (None, p, None) in graph)
    yield from (t.fragment for t in FORBIDDEN_TYPES if (None, RDF.type, t) in graph)
    for below, above in graph.subject_objects(RDFS.subClassOf):
        yield from (f"left of subClassOf: {below}" for _ in "1" if not is_sub(graph, below))
        yield from (f"right of subClassOf: {above}" for _ in "1" if not is_super(graph, above))
    for axiom, check in ((OWL.equivalentClass, is_equivalent), (OWL.disjointWith, is_sub)):
        for pair in graph.subject_objects(axiom):
            yield from (f"{axiom.fragment}: {c}" for c in pair if not check(graph, c))
    for axiom in (RDFS.domain, RDFS.range):
        for subject, target in graph.subject_objects(axiom):
            if not (is_datatype(target) or is_super(graph, target)):
                yield f"{axiom.fragment}: {subject} {target}"


def is_datatype(node: Node) -> bool:
    return node in DATATYPES


def is_class(node: Node | None) -> bool:
    """A named class other than owl:Thing, and no datatype."""
    return isinstance(node, URIRef) and node != OWL.Thing and not node.startswith(str(XSD))


def is_sub(graph: Graph, node: Node) -> bool:
    """Named, or and, or, one of, some, some value."""
    if not isinstance(node, BNode):
        return is_class(node)
    some = graph.value(node, OWL.someValuesFrom)
    if some is not None:
        return some == OWL.Thing or is_datatype(some) or is_sub(graph, some)
    parts = members(graph, node, OWL.intersectionOf) or members(graph, node, OWL.unionOf)
    if parts:
        return all(is_sub(graph, part) for part in parts)
    return any(graph.value(node, p) is not None for p in (OWL.oneOf, OWL.hasValue))


def is_super(graph: Graph, node: Node) -> bool:
    """Named, or and, not, all, some value, at most none or one."""
    if not isinstance(node, BNode):
        return is_class(node)
    every = graph.value(node, OWL.allValuesFrom)
    if every is not None:
        return is_datatype(every) or is_super(graph, every)
    denied = graph.value(node, OWL.complementOf)
    if denied is not None:
        return is_sub(graph, denied)
    if parts := members(graph, node, OWL.intersectionOf):
        return all(is_super(graph, part) for part in parts)
    return graph.value(node, OWL.hasValue) is not None or at_most_one(graph, node)


def at_most_one(graph: Graph, node: Node) -> bool:
    counts = (graph.value(node, p) for p in (OWL.maxCardinality, OWL.maxQualifiedCardinality))
    kind = graph.value(node, OWL.onClass)
    counted = kind in (None, OWL.Thing) or is_sub(graph, kind)
    return counted and any(str(count) in ("0", "1") for count in counts)


def is_equivalent(graph: Graph, node: Node) -> bool:
    """Named, or and, some value."""
    if not isinstance(node, BNode):
        return is_class(node)
    if parts := members(graph, node, OWL.intersectionOf):
        return all(is_equivalent(graph, part) for part in parts)
    return graph.value(node, OWL.hasValue) is not None


def members(graph: Graph, node: Node, predicate: URIRef) -> list[Node]:
    head = graph.value(node, predicate)
    return list(Collection(graph, head)) if head is not None else []


def test_the_model_is_within_the_profile() -> None:
    assert list(outside_rl(read_model())) == []


def test_every_term_is_declared_as_what_it_is_used_for() -> None:
    model = read_model()
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    for axiom in (RDFS.subClassOf, RDFS.domain, OWL.inverseOf, OWL.propertyChainAxiom):
        for subject in set(model.subjects(axiom)) - {None}:
            declared = set(model.objects(subject, RDF.type)) & kinds
            assert len(declared) == 1, subject
    for prop in model.subjects(RDF.type, OWL.DatatypeProperty):
        assert all(is_datatype(r) for r in model.objects(prop, RDFS.range)), prop
    for prop in model.subjects(RDF.type, OWL.ObjectProperty):
        assert not any(is_datatype(r) for r in model.objects(prop, RDFS.range)), prop


def test_every_chain_is_of_declared_object_properties() -> None:
    model = read_model()
    chains = list(model.objects(None, OWL.propertyChainAxiom))
    assert len(chains) == 6
    for chain in chains:
        steps = list(Collection(model, chain))
        assert len(steps) == 2
        assert all((step, RDF.type, OWL.ObjectProperty) in model for step in steps)


@pytest.mark.parametrize(
    "axiom",
    [
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
        ":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
        ":A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :b :c ) ] .",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality 2 ] .",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality 1 ] .",
        "[ a owl:Class ; owl:complementOf :B ] rdfs:subClassOf :A .",
        "[ owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A .",
        "owl:Thing rdfs:subClassOf :A .",
        ":A owl:equivalentClass [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
        ":A owl:equivalentClass [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
        ":A owl:disjointUnionOf ( :B :C ) .",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .",
        ":p a owl:ReflexiveProperty .",
        ":p rdfs:range xsd:gYear .",
        ":p rdfs:range [ a owl:Class ; owl:unionOf ( :A :B ) ] .",
    ],
)
def test_what_the_profile_leaves_out_is_seen(axiom: str) -> None:
    assert list(outside_rl(read(axiom))) != []


@pytest.mark.parametrize(
    "axiom",
    [
        "[ owl:onProperty :p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf :A .",
        "[ a owl:Class ; owl:unionOf ( :B [ owl:onProperty :p ; owl:hasValue :v ] ) ]"
        " rdfs:subClassOf :A .",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom xsd:string ] .",
        ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .",
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality 1 ;"
        " owl:onClass :B ] .",
        ":A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :B :C ) ] .",
        ":p a owl:TransitiveProperty ; rdfs:domain :A ; rdfs:range :B .",
    ],
)
def test_what_the_profile_allows_is_let_through(axiom: str) -> None:
    assert list(outside_rl(read(axiom))) == []


def read(axiom: str) -> Graph:
    prefixes = "".join(
        f"@prefix {name}: <{space}> .\n"
        for name, space in (("", "x:"), ("owl", OWL), ("rdfs", RDFS), ("xsd", XSD))
    )
    return Graph().parse(data=prefixes + axiom, format="turtle")
