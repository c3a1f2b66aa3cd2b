"""Nodes that stand for all are judged as all are."""

from __future__ import annotations

from pathlib import Path

import pytest
import shifty
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from graph.linking import link_drafts
from graph.mapping import map_records
from graph.model import encode_model, read_shapes
from graph.namespaces import TH
from graph.representatives import Sample, choose_representatives
from graph.shape_reach import Reach, find_reach
from graph.shapes import read_schema
from graph.store import Triple, decode_ntriples, encode_ntriples, list_triples
from loaders.ecosystem import load_ecosystem

TOWN = Path(__file__).resolve().parents[1] / "town"
XSD = "http://www.w3.org/2001/XMLSchema#"
TARGETS = ("<http://www.w3.org/ns/shacl#targetClass>", "<http://www.w3.org/ns/shacl#targetNode>")
ODD = [
    *('"x"', '"가"@ko', '"en"@en', '"fr"@fr', "<http://x/nobody>", f"<{TH.Company}>"),
    *(f'"2023-13"^^<{XSD}gYearMonth>', f'"2023"^^<{XSD}gYear>', f'"2023-02-30"^^<{XSD}date>'),
    *(f'"-3"^^<{XSD}integer>', f'"1.5"^^<{XSD}integer>', f'"5"^^<{XSD}int>'),
    *(f'"1."^^<{XSD}decimal>', f'"abc"^^<{XSD}decimal>', f'"{"9" * 45}"^^<{XSD}decimal>'),
]
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <http://e/> .
"""
SHAPE = """
e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; %s ] ; %s .
"""


def read_town() -> list[Triple]:
    ecosystem = load_ecosystem(TOWN, read_schema())
    linked = link_drafts(map_records(ecosystem.records, read_schema()).drafts, ecosystem.identity)
    return sorted(frozenset[Triple]().union(*linked.graphs.values()))


STATED = read_town()


def reach(shapes: Graph) -> Reach:
    found = find_reach(shapes)
    assert found
    return found


def conform(triples: list[Triple], shapes: Graph) -> bool:
    """Whether the engine has nothing to say of all nodes."""
    rules = encode_ntriples(list_triples(shapes))
    return bool(shifty.validate_algebra(encode_ntriples(triples), rules, infer=False).conforms)


def sample_conforms(triples: list[Triple], shapes: Graph) -> bool:
    """Whether the engine has nothing to say of the representatives."""
    sample = choose_representatives(triples, reach(shapes))
    assert sample
    rules = [triple for triple in list_triples(shapes) if triple[1] != TARGETS[0]]
    rules += [(shape, TARGETS[1], n) for shape, nodes in sample.targets.items() for n in nodes]
    data = encode_ntriples(sample.triples)
    return bool(shifty.validate_algebra(data, encode_ntriples(rules), infer=False).conforms)


def small(data: str, shape: str) -> tuple[list[Triple], Graph]:
    graph = Graph().parse(data=PREFIXES + data, format="turtle")
    return list_triples(graph), Graph().parse(data=PREFIXES + shape, format="turtle")


CHANGES = st.lists(
    st.tuples(st.sampled_from(STATED), st.sampled_from(["take", "add", "exchange"]), st.randoms()),
    min_size=1,
    max_size=3,
)


@settings(max_examples=25, deadline=None)
@given(CHANGES, st.booleans())
def test_representatives_conform_exactly_where_all_do(changes: list, usual: bool) -> None:  # type: ignore[type-arg]
    triples = set(STATED)
    for (subject, predicate, value), change, random in changes:
        if change != "add":
            triples.discard((subject, predicate, value))
        if change != "take":
            alike = [o for _, p, o in STATED if p == predicate]
            triples.add((subject, predicate, random.choice(alike if usual else ODD)))
    everything = [*sorted(triples), *encode_model()]
    assert sample_conforms(everything, read_shapes()) == conform(everything, read_shapes())


def chosen(sample: Sample | None) -> set[str]:
    assert sample
    return {node for nodes in sample.targets.values() for node in nodes}


def test_one_of_many_alike_stands_for_all() -> None:
    rows = "".join(f"e:n{i} a e:C ; e:p {i}.25, 'row {i}' ; e:q e:n{i} .\n" for i in range(100))
    data, shapes = small(rows, SHAPE % ("sh:minCount 1", ""))
    assert len(chosen(choose_representatives(data, reach(shapes)))) == 100  # of two, numbers count
    rows = "".join(f"e:n{i} a e:C ; e:p {i + 100}.5 .\n" for i in range(100))
    data, shapes = small(rows, SHAPE % ("sh:datatype xsd:decimal", ""))
    assert len(chosen(choose_representatives(data, reach(shapes)))) == 1


@pytest.mark.parametrize(
    ("constraint", "fault"),
    [
        ("sh:minCount 1", "e:odd a e:C ."),
        ("sh:maxCount 1", "e:odd a e:C ; e:p e:n1, e:n2 ."),
        ("sh:class e:C", "e:odd a e:C ; e:p e:nobody ."),
        ("sh:nodeKind sh:IRI", "e:odd a e:C ; e:p [ e:q 1 ] ."),
        ("sh:in ( e:n0 e:n1 e:n2 e:n3 )", "e:odd a e:C ; e:p e:n4 ."),
        ("sh:class e:C", "e:D rdfs:subClassOf e:C . e:odd a e:D ; e:p 3 ."),
        ("sh:qualifiedValueShape [ sh:in ( e:n0 ) ] ; sh:qualifiedMaxCount 0", ""),
    ],
)
def test_a_fault_among_many_alike_is_seen(constraint: str, fault: str) -> None:
    rows = "".join(f"e:n{i} a e:C ; e:p e:n{i % 4} .\n" for i in range(40))
    data, shapes = small(rows + fault, SHAPE % (constraint, ""))
    assert not conform(data, shapes)
    assert not sample_conforms(data, shapes)


@pytest.mark.parametrize(
    ("constraint", "usual", "odd"),
    [
        ("sh:languageIn ( 'ko' )", "'{}'@ko", "'1'@fr"),
        ("sh:datatype xsd:string", "'{}'", "'1'@ko"),
        ("sh:datatype xsd:decimal", "{}.5", "'1,5'^^xsd:decimal"),
        ("sh:datatype xsd:date", "'2023-03-{}'^^xsd:date", "'2023-02-30'^^xsd:date"),
    ],
)
def test_an_odd_literal_among_many_alike_is_seen(constraint: str, usual: str, odd: str) -> None:
    rows = "".join(f"e:n{i} a e:C ; e:p {usual.format(i)} .\n" for i in range(10, 30))
    data, shapes = small(rows, SHAPE % (constraint, ""))
    assert conform(data, shapes)
    assert sample_conforms(data, shapes)
    data, shapes = small(f"{rows} e:odd a e:C ; e:p {odd} .", SHAPE % (constraint, ""))
    assert not conform(data, shapes)
    assert not sample_conforms(data, shapes)


def test_alternatives_are_judged_together() -> None:
    choice = "sh:or ( [ sh:property [ sh:path e:q ; sh:in ( 1 ) ] ]"
    choice += " [ sh:property [ sh:path e:r ; sh:in ( 1 ) ] ] )"
    sound = "e:a a e:C ; e:q 1 ; e:r 2 . e:b a e:C ; e:q 2 ; e:r 1 ."
    data, shapes = small(sound, SHAPE % ("sh:minCount 0", choice))
    assert sample_conforms(data, shapes)
    data, shapes = small(sound + "e:c a e:C ; e:q 2 ; e:r 2 .", SHAPE % ("", choice))
    assert not sample_conforms(data, shapes)


@pytest.mark.parametrize(
    ("of_values", "of_nodes"),
    [
        ("sh:lessThan e:q", ""),
        ("sh:uniqueLang true", ""),
        ("sh:node e:T", ""),
        ("sh:property [ sh:path e:q ; sh:minCount 1 ]", ""),
        ("sh:or ( [ sh:property [ sh:path e:q ; sh:minCount 1 ] ] )", ""),
        ("sh:qualifiedValueShape [ sh:path e:q ; sh:minCount 1 ] ; sh:qualifiedMinCount 1", ""),
        ("sh:minCount 1", "sh:closed true"),
        ("sh:minCount 1", "sh:targetSubjectsOf e:q"),
        ("sh:minCount 1", "sh:nodeKind sh:IRI"),
        ("sh:minCount 1", "a rdfs:Class"),
        ("sh:minCount 1", "sh:property [ sh:path ( e:p e:q ) ; sh:minCount 1 ]"),
        ("sh:minCount 1", "sh:property [ sh:path [ sh:zeroOrMorePath e:q ] ; sh:minCount 1 ]"),
        ("sh:minCount 1", "sh:or ( [ sh:closed true ] [ sh:nodeKind sh:IRI ] )"),
    ],
)
def test_shapes_that_may_look_further_are_left_to_the_engine(of_values: str, of_nodes: str) -> None:
    shapes = Graph().parse(data=PREFIXES + SHAPE % (of_values, of_nodes), format="turtle")
    assert find_reach(shapes) is None


def test_a_node_without_a_name_cannot_stand_for_others() -> None:
    data, shapes = small("[] a e:C ; e:p 1 .", SHAPE % ("sh:minCount 1", ""))
    assert choose_representatives(data, reach(shapes)) is None


def test_a_triple_may_come_twice() -> None:
    data, shapes = small("e:a a e:C ; e:p e:b .", SHAPE % ("sh:maxCount 1", ""))
    assert sample_conforms(data * 2, shapes)
    assert set(decode_ntriples(encode_ntriples(data))) == set(data)
