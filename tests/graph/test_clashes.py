"""Each rule that finds a contradiction, on a small graph of its own, and no false alarms."""

import pyoxigraph as ox
import pytest

from graph.proof import explain
from graph.reasoning import Clash, materialise
from graph.rules import owl2rl

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def ntriples(turtle: str) -> bytes:
    triples = ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)


# rule → graph, the local names of the terms that clash
CLASHES = {
    "eq-diff1": (":a owl:sameAs :b ; owl:differentFrom :b .", "a b"),
    "eq-diff1 from itself": (":a owl:differentFrom :a .", "a a"),
    "eq-diff2": (
        ":n a owl:AllDifferent ; owl:members (:a :c :b) . :a owl:sameAs :b .",
        "n a b",
    ),
    "eq-diff2 named twice": (":n a owl:AllDifferent ; owl:members (:a :a) .", "n a a"),
    "eq-diff3": (
        ":n a owl:AllDifferent ; owl:distinctMembers (:a :b) . :a owl:sameAs :b .",
        "n a b",
    ),
    "eq-diff3 named twice": (":n a owl:AllDifferent ; owl:distinctMembers (:a :a) .", "n a a"),
    "prp-irp": (":partner a owl:IrreflexiveProperty . :x :partner :x .", "x partner"),
    "prp-asyp": (":owns a owl:AsymmetricProperty . :x :owns :y . :y :owns :x .", "x owns y"),
    "prp-pdw": (":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .", "x p q y"),
    "prp-adp": (
        ":n a owl:AllDisjointProperties ; owl:members (:p :r :q) . :x :p :y ; :q :y .",
        "x p q y",
    ),
    "prp-npa1": (
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y ."
        ":x :p :y .",
        "x p y",
    ),
    "prp-npa2": (
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue :y . :x :p :y .",
        "x p y",
    ),
    "cls-nothing2": (":x a [rdfs:subClassOf owl:Nothing] .", "x"),
    "cls-com": (":C owl:complementOf :D . :x a :C , :D .", "x C D"),
    "cls-maxc1": (
        ":R owl:maxCardinality '0'^^xsd:nonNegativeInteger ; owl:onProperty :p . :x a :R ; :p :y .",
        "x p y",
    ),
    "cls-maxqc1": (
        ":R owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass :D ."
        ":x a :R ; :p :y . :y a :D .",
        "x p y",
    ),
    "cls-maxqc2": (
        ":R owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass owl:Thing ."
        ":x a :R ; :p :y .",
        "x p y",
    ),
    "cax-dw": (":Firm owl:disjointWith :Agency . :x a :Firm , :Agency .", "x Firm Agency"),
    "cax-adc": (
        ":n a owl:AllDisjointClasses ; owl:members (:A :B :C) . :x a :A , :C .",
        "x A C",
    ),
}


@pytest.mark.parametrize("case", CLASHES)
def test_each_contradiction_is_reported(case: str) -> None:
    graph, names = ntriples(CLASHES[case][0]), CLASHES[case][1].split()
    clash = Clash(case.split()[0], tuple(f"<http://example.org/{name}>" for name in names))
    closure = materialise(graph)
    assert clash in closure.clashes
    assert {found.rule for found in closure.clashes} == {clash.rule}
    assert materialise(graph, all_rules=True) == closure
    assert explain(graph, clash).conclusion == clash


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("'서울'", "'부산'", True),
        ("'x'@ko", "'x'", True),
        ("'x'@ko", "'x'@KO", False),
        ("'18'^^xsd:integer", "'19'^^xsd:integer", True),
        ("'18'^^xsd:integer", "'018'^^xsd:int", False),
        ("'1.50'^^xsd:decimal", "'1.5'^^xsd:decimal", False),
        ("'1'^^xsd:boolean", "true", False),
        ("'2019'^^xsd:gYear", "'2020'^^xsd:gYear", True),
        ("'2019-01-01Z'^^xsd:date", "'2019-01-01+00:00'^^xsd:date", False),
        ("'ab'^^xsd:hexBinary", "'AB'^^xsd:hexBinary", False),
    ],
)
@pytest.mark.parametrize(
    "limit",
    [
        ":p a owl:FunctionalProperty .",
        ":x a [owl:maxCardinality 1 ; owl:onProperty :p] .",
    ],
)
def test_two_values_where_one_is_allowed(limit: str, first: str, second: str, clash: bool) -> None:
    closure = materialise(ntriples(f"{limit} :x :p {first} , {second} . :y :q {first} ."))
    assert [found.rule for found in closure.clashes] == ["dt-diff"] * clash
    assert b"/q>" not in closure.ntriples  # a value is never put in another one's place


def test_every_rule_of_the_file_has_a_case() -> None:
    names = {rule.name for rule in owl2rl() if rule.head.relation.startswith("clash_")}
    assert {case.split()[0] for case in CLASHES} | {"dt-diff"} == names


@pytest.mark.parametrize(
    "graph",
    [
        ":Firm owl:disjointWith :Agency . :x a :Firm . :y a :Agency .",
        ":owns a owl:AsymmetricProperty . :x :owns :y . :y :owns :z .",
        ":n a owl:AllDifferent ; owl:members (:a :b) . :a owl:sameAs :c .",
        ":p owl:propertyDisjointWith :q . :x :p :y ; :q :z .",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y ."
        ":y :p :x .",
    ],
)
def test_no_false_alarm(graph: str) -> None:
    assert materialise(ntriples(graph)).clashes == ()
