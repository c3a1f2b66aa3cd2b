"""Each rule of the W3C table on a small graph of its own, and what must not follow."""

import pyoxigraph as ox
import pytest

from graph.proof import Proof, explain
from graph.reasoning import materialise, read
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


def rules_of(proof: Proof) -> set[str]:
    return {proof.rule or "asserted"}.union(*map(rules_of, proof.premises))


# rule (and a word on the case) → graph, what must follow
ENTAILMENTS = {
    "eq-sym": (":a owl:sameAs :b .", ":b owl:sameAs :a ."),
    "eq-trans": (":a owl:sameAs :b . :b owl:sameAs :c .", ":a owl:sameAs :c ."),
    "eq-rep-s": (":a owl:sameAs :b ; :in :seoul .", ":b :in :seoul ."),
    "eq-rep-p": (":in owl:sameAs :within . :a :in :seoul .", ":a :within :seoul ."),
    "eq-rep-o": (":a owl:sameAs :b . :x :joins :a .", ":x :joins :b ."),
    "prp-dom": (":joins rdfs:domain :Member . :x :joins :y .", ":x a :Member ."),
    "prp-rng": (":joins rdfs:range :Council . :x :joins :y .", ":y a :Council ."),
    "prp-fp": (":seat a owl:FunctionalProperty . :x :seat :y , :z .", ":y owl:sameAs :z ."),
    "prp-ifp": (
        ":mail a owl:InverseFunctionalProperty . :x :mail :m . :y :mail :m .",
        ":x owl:sameAs :y .",
    ),
    "prp-ifp literal": (
        ":code a owl:InverseFunctionalProperty . :x :code '007' . :y :code '007' .",
        ":x owl:sameAs :y .",
    ),
    "prp-symp": (":near a owl:SymmetricProperty . :x :near :y .", ":y :near :x ."),
    "prp-trp": (":in a owl:TransitiveProperty . :x :in :y . :y :in :z .", ":x :in :z ."),
    "prp-spo1": (":funds rdfs:subPropertyOf :aids . :x :funds :y .", ":x :aids :y ."),
    "prp-spo2 two": (
        ":with owl:propertyChainAxiom (:signs :binds) . :x :signs :m . :m :binds :y .",
        ":x :with :y .",
    ),
    "prp-spo2 three": (
        ":r owl:propertyChainAxiom (:p :q :s) . :a :p :b . :b :q :c . :c :s :d .",
        ":a :r :d .",
    ),
    "prp-spo2 one": (":r owl:propertyChainAxiom (:p) . :a :p :b .", ":a :r :b ."),
    "prp-spo2 to a literal": (
        ":r owl:propertyChainAxiom (:p :name) . :a :p :b . :b :name '구미'@ko .",
        ":a :r '구미'@ko .",
    ),
    "prp-spo2 feeding itself": (
        ":r owl:propertyChainAxiom (:r :q) . :a :r :b . :b :q :c . :c :q :d .",
        ":a :r :c , :d .",
    ),
    "prp-spo2 over an inverse without a name": (
        ":r owl:propertyChainAxiom ([owl:inverseOf :p] :q) . :b :p :a . :b :q :c .",
        ":a :r :c .",
    ),
    "prp-spo2 with a shared chain": (
        "_:l rdf:first :p ; rdf:rest (:q) . :r owl:propertyChainAxiom _:l ."
        ":s owl:propertyChainAxiom _:l . :a :p :b . :b :q :c .",
        ":a :r :c ; :s :c .",
    ),
    "prp-inv1": (":of owl:inverseOf :has . :x :of :y .", ":y :has :x ."),
    "prp-inv2": (":of owl:inverseOf :has . :x :has :y .", ":y :of :x ."),
    "prp-eqp1": (":p owl:equivalentProperty :q . :x :p :y .", ":x :q :y ."),
    "prp-eqp2": (":p owl:equivalentProperty :q . :x :q :y .", ":x :p :y ."),
    "prp-key one": (
        ":Firm owl:hasKey (:code) . :x a :Firm ; :code '1' . :y a :Firm ; :code '1' .",
        ":x owl:sameAs :y .",
    ),
    "prp-key two": (
        ":Firm owl:hasKey (:code :in) . :x a :Firm ; :code '1' ; :in :gumi ."
        ":y a :Firm ; :code '1' ; :in :gumi .",
        ":x owl:sameAs :y .",
    ),
    "cls-int1 two": (":C owl:intersectionOf (:A :B) . :x a :A , :B .", ":x a :C ."),
    "cls-int1 three": (":C owl:intersectionOf (:A :B :D) . :x a :A , :B , :D .", ":x a :C ."),
    "cls-int1 with Thing": (
        ":A a owl:Class . :C owl:intersectionOf (:A owl:Thing) . :x a :A .",
        ":x a :C .",
    ),
    "cls-int2": (":C owl:intersectionOf (:A :B) . :x a :C .", ":x a :A , :B ."),
    "cls-uni": (":C owl:unionOf (:A :B) . :x a :B . :y a :A .", ":x a :C . :y a :C ."),
    "cls-svf1": (
        ":R owl:someValuesFrom :D ; owl:onProperty :p . :x :p :y . :y a :D .",
        ":x a :R .",
    ),
    "cls-svf1 as a definition": (
        ":C owl:equivalentClass [owl:someValuesFrom :D ; owl:onProperty :p] . :x :p [a :D] .",
        ":x a :C .",
    ),
    "cls-svf2": (":R owl:someValuesFrom owl:Thing ; owl:onProperty :p . :x :p :y .", ":x a :R ."),
    "cls-avf": (
        ":R owl:allValuesFrom :D ; owl:onProperty :p . :x a :R ; :p :y .",
        ":y a :D .",
    ),
    "cls-hv1": (":R owl:hasValue :v ; owl:onProperty :p . :x a :R .", ":x :p :v ."),
    "cls-hv1 for a subclass": (
        ":University rdfs:subClassOf :Academic . :Academic rdfs:subClassOf"
        "[owl:hasValue :academia ; owl:onProperty :sector] . :u a :University .",
        ":u :sector :academia .",
    ),
    "cls-hv2": (":R owl:hasValue :v ; owl:onProperty :p . :x :p :v .", ":x a :R ."),
    "cls-hv2 literal": (
        ":R owl:hasValue '학'@ko ; owl:onProperty :p . :x :p '학'@ko .",
        ":x a :R .",
    ),
    "cls-maxc2": (
        ":R owl:maxCardinality '1'^^xsd:nonNegativeInteger ; owl:onProperty :p ."
        ":x a :R ; :p :y , :z .",
        ":y owl:sameAs :z .",
    ),
    "cls-maxqc3": (
        ":R owl:maxQualifiedCardinality '1'^^xsd:nonNegativeInteger ; owl:onProperty :p ;"
        "owl:onClass :D . :x a :R ; :p :y , :z . :y a :D . :z a :D .",
        ":y owl:sameAs :z .",
    ),
    "cls-maxqc4": (
        ":R owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass owl:Thing ."
        ":x a :R ; :p :y , :z .",
        ":y owl:sameAs :z .",
    ),
    "cls-oo": (":C owl:oneOf (:a :b) .", ":a a :C . :b a :C ."),
    "cax-sco": (":A rdfs:subClassOf :B . :x a :A .", ":x a :B ."),
    "cax-eqc1": (":A owl:equivalentClass :B . :x a :A .", ":x a :B ."),
    "cax-eqc2": (":A owl:equivalentClass :B . :x a :B .", ":x a :A ."),
    "scm-cls under a universal class": (
        ":A a owl:Class . owl:Thing rdfs:subClassOf :Everything . :x a :A .",
        ":x a :Everything .",
    ),
    "scm-sco": (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":A rdfs:subClassOf :C ."),
    "scm-eqc1": (
        ":A owl:equivalentClass :B .",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .",
    ),
    "scm-eqc2": (
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .",
        ":A owl:equivalentClass :B . :B owl:equivalentClass :A .",
    ),
    "scm-spo": (
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .",
        ":p rdfs:subPropertyOf :r .",
    ),
    "scm-eqp1": (
        ":p owl:equivalentProperty :q .",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
    ),
    "scm-eqp2": (
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
        ":p owl:equivalentProperty :q . :q owl:equivalentProperty :p .",
    ),
    "scm-dom1": (":p rdfs:domain :A . :A rdfs:subClassOf :B .", ":p rdfs:domain :B ."),
    "scm-dom2": (":q rdfs:domain :A . :p rdfs:subPropertyOf :q .", ":p rdfs:domain :A ."),
    "scm-rng1": (":p rdfs:range :A . :A rdfs:subClassOf :B .", ":p rdfs:range :B ."),
    "scm-rng2": (":q rdfs:range :A . :p rdfs:subPropertyOf :q .", ":p rdfs:range :A ."),
    "scm-hv": (
        ":R owl:hasValue :v ; owl:onProperty :p . :S owl:hasValue :v ; owl:onProperty :q ."
        ":p rdfs:subPropertyOf :q .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-hv of one property": (
        ":R owl:hasValue :v ; owl:onProperty :p . :S owl:hasValue :v ; owl:onProperty :p .",
        ":R rdfs:subClassOf :S . :S rdfs:subClassOf :R .",
    ),
    "scm-svf1": (
        ":R owl:someValuesFrom :A ; owl:onProperty :p . :S owl:someValuesFrom :B ;"
        "owl:onProperty :p . :A rdfs:subClassOf :B .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-svf1 of one class": (
        ":R owl:someValuesFrom :A ; owl:onProperty :p . :S owl:someValuesFrom :A ;"
        "owl:onProperty :p .",
        ":R rdfs:subClassOf :S . :S rdfs:subClassOf :R .",
    ),
    "scm-svf1 of Thing": (
        ":R owl:someValuesFrom :A ; owl:onProperty :p . :S owl:someValuesFrom owl:Thing ;"
        "owl:onProperty :p .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-svf2": (
        ":R owl:someValuesFrom :A ; owl:onProperty :p . :S owl:someValuesFrom :A ;"
        "owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-avf1": (
        ":R owl:allValuesFrom :A ; owl:onProperty :p . :S owl:allValuesFrom :B ;"
        "owl:onProperty :p . :A rdfs:subClassOf :B .",
        ":R rdfs:subClassOf :S .",
    ),
    "scm-avf2": (
        ":R owl:allValuesFrom :A ; owl:onProperty :p . :S owl:allValuesFrom :A ;"
        "owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":S rdfs:subClassOf :R .",
    ),
    "scm-int": (
        ":C owl:intersectionOf (:A :B) .",
        ":C rdfs:subClassOf :A , :B .",
    ),
    "scm-uni": (
        ":C owl:unionOf (:A :B) .",
        ":A rdfs:subClassOf :C . :B rdfs:subClassOf :C .",
    ),
}

# Two rules of the file together stand for one of the table (owl2rl.rls says which).
COMPOSED = {"cls-int2", "cls-uni", "cax-eqc1", "cax-eqc2", "prp-eqp1", "prp-eqp2"}


@pytest.mark.parametrize("case", ENTAILMENTS)
def test_what_follows_by_each_rule(case: str) -> None:
    premise, conclusion = map(ntriples, ENTAILMENTS[case])
    closure = materialise(premise)
    assert set(read(conclusion)) <= set(read(closure.ntriples))
    assert not closure.clashes
    assert materialise(premise, all_rules=True) == closure
    rule = case.split()[0]
    if rule not in COMPOSED:
        proofs = [explain(premise, triple) for triple in read(conclusion)]
        assert all(rule in rules_of(proof) for proof in proofs)


def test_every_rule_of_the_file_has_a_case() -> None:
    names = {rule.name for rule in owl2rl() if not rule.head.relation.startswith("clash_")}
    assert {case.split()[0] for case in ENTAILMENTS} == (names - {None}) | COMPOSED


# graph → what must not follow
NOT_ENTAILED = {
    "one of two keys is shared": (
        ":Firm owl:hasKey (:code :in) . :x a :Firm ; :code '1' ; :in :gumi ."
        ":y a :Firm ; :code '1' ; :in :seoul .",
        ":x owl:sameAs :y . :y owl:sameAs :x .",
    ),
    "the second key is missing": (
        ":Firm owl:hasKey (:code :in) . :x a :Firm ; :code '1' ; :in :gumi ."
        ":y a :Firm ; :code '1' .",
        ":x owl:sameAs :y . :y owl:sameAs :x .",
    ),
    "the key is another class's": (
        ":Firm owl:hasKey (:code) . :x a :Firm ; :code '1' . :y :code '1' .",
        ":x owl:sameAs :y . :y owl:sameAs :x .",
    ),
    "each key agrees, but in different pairs": (
        ":Firm owl:hasKey (:a :b) . :x a :Firm ; :a '1' ; :b '1' . :y a :Firm ; :a '1' ; :b '2' ."
        ":z a :Firm ; :a '2' ; :b '1' .",
        ":x owl:sameAs :y . :x owl:sameAs :z . :y owl:sameAs :z .",
    ),
    "a chain in the wrong order": (
        ":r owl:propertyChainAxiom (:p :q) . :x :q :y . :y :p :z .",
        ":x :r :z .",
    ),
    "half a chain": (
        ":r owl:propertyChainAxiom (:p :q) . :x :p :y . :z :q :w .",
        ":x :r :y , :w . :z :r :w .",
    ),
    "the end of a chain alone": (
        ":r owl:propertyChainAxiom (:p :q :s) . :y :q :z . :z :s :w .",
        ":y :r :w .",
    ),
    "one of two conditions": (":C owl:intersectionOf (:A :B) . :x a :A . :y a :B .", ":x a :C ."),
    "a superclass goes down": (":A rdfs:subClassOf :B . :x a :B .", ":x a :A ."),
    "a superproperty goes down": (":p rdfs:subPropertyOf :q . :x :q :y .", ":x :p :y ."),
    "an inverse of itself": (":p owl:inverseOf :q . :x :p :y .", ":x :q :y . :y :p :x ."),
    "the value of another property": (
        ":R owl:hasValue :v ; owl:onProperty :p . :x :q :v .",
        ":x a :R .",
    ),
    "some is not all": (
        ":R owl:someValuesFrom :D ; owl:onProperty :p . :x a :R ; :p :y .",
        ":y a :D .",
    ),
    "all does not define": (
        ":R owl:allValuesFrom :D ; owl:onProperty :p . :x :p :y . :y a :D .",
        ":x a :R .",
    ),
    "a filler of another class": (
        ":R owl:someValuesFrom :D ; owl:onProperty :p . :x :p :y . :y a :E .",
        ":x a :R .",
    ),
    "at most two": (
        ":R owl:maxCardinality 2 ; owl:onProperty :p . :x a :R ; :p :y , :z .",
        ":y owl:sameAs :z .",
    ),
    "only one of two is counted": (
        ":R owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass :D ."
        ":x a :R ; :p :y , :z . :y a :D .",
        ":y owl:sameAs :z .",
    ),
    "a member of a union": (":C owl:unionOf (:A :B) . :x a :C .", ":x a :A . :x a :B ."),
    "broader is not narrower": (
        ":R owl:someValuesFrom :B ; owl:onProperty :p . :S owl:someValuesFrom :A ;"
        "owl:onProperty :p . :A rdfs:subClassOf :B .",
        ":R rdfs:subClassOf :S .",
    ),
}


@pytest.mark.parametrize("case", NOT_ENTAILED)
def test_what_must_not_follow(case: str) -> None:
    premise, wrong = map(ntriples, NOT_ENTAILED[case])
    closure = materialise(premise)
    assert not set(read(wrong)) & set(read(closure.ntriples))
    assert not closure.clashes
    assert materialise(premise, all_rules=True) == closure
