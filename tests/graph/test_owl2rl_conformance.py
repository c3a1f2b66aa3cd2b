"""The W3C test cases of the profile, and comparison with owlrl triple for triple."""

import gzip
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import Graph

from graph.reasoning import Triple, materialise, read

SHARED = Path(os.environ.get("TRIPLEHELIX_SHARED", Path(__file__).parents[3] / "shared"))
CASES = SHARED / "conformance" / "owl2-rl" / "owl2-rl-cases.json"
LUBM = SHARED / "conformance" / "lubm"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
TYPE = f"<{RDF}type>"

NOT_APPLICABLE = {
    "functionality-clash": "given in functional syntax only",
    "Plus and Minus Zero are Distinct": "given in functional syntax only",
    "string-integer-clash": "given in functional syntax only",
    "WebOnt-I4.6-005-Direct": "holds under the direct semantics only; the rules are RDF-based",
    "WebOnt-equivalentClass-008-Direct": "holds under the direct semantics only",
    "WebOnt-imports-011": "needs a document from outside, and nothing from outside is fetched",
    "New-Feature-ReflexiveProperty-001": "OWL 2 RL has no rule for reflexive properties",
    "chain2trans1": "a new axiom; the rules promise assertions only (theorem PR1)",
    "WebOnt-I5.26-010": "a class that nobody named; the rules make up no terms",
    "WebOnt-I5.5-005": "a class that nobody named; the rules make up no terms",
    "WebOnt-I5.8-006": "compares the ranges of datatypes (dt-type2)",
    "WebOnt-I5.8-008": "compares the ranges of datatypes (dt-type2)",
    "WebOnt-I5.8-009": "compares the ranges of datatypes (dt-type2)",
    "WebOnt-I5.8-011": "says that xsd:integer is a datatype (dt-type1)",
}


def cases(*types: str) -> list[object]:
    """The cases of any of these types; those that do not apply are skipped with the reason."""
    if not CASES.exists():
        return [pytest.param({}, marks=pytest.mark.skip(f"no {CASES.name} beside the repository"))]
    found = []
    for case in json.loads(CASES.read_text("utf-8")):
        name, about = case["identifier"], set(types) & set(case["types"])
        reason = NOT_APPLICABLE.get(name, "")
        skipped = reason.startswith("given in") or (reason and "ConsistencyTest" not in about)
        marks = [pytest.mark.skip(reason)] if skipped else []
        found += [pytest.param(case, id=name, marks=marks)] * bool(about)
    return found


def triples(rdf_xml: str) -> list[Triple]:
    found = ox.parse(rdf_xml.encode(), format=ox.RdfFormat.RDF_XML, base_iri="http://example.org/")
    return [(str(t.subject), str(t.predicate), str(t.object)) for t in found]


def encode(graph: list[Triple]) -> bytes:
    return "".join(f"{s} {p} {o} .\n" for s, p, o in graph).encode()


def is_declaration(triple: Triple) -> bool:
    """Says of what kind a name is: the rules add nothing to that (scm-cls, scm-op, prp-ap)."""
    kinds = "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty NamedIndividual"
    return triple[1] == TYPE and triple[2] in {f"<{OWL}{kind}>" for kind in kinds.split()}


def contains(graph: set[Triple], pattern: list[Triple], bound: dict[str, str]) -> bool:
    """Whether the pattern is in the graph for some choice of terms for its blank nodes."""
    if not pattern:
        return True
    for triple in graph:
        names = dict(bound)
        if all(
            (names.setdefault(want, term) if want.startswith("_:") else want) == term
            for want, term in zip(pattern[0], triple, strict=True)
        ) and contains(graph, pattern[1:], names):
            return True
    return False


def denials(conclusion: list[Triple]) -> Iterator[list[Triple]]:
    """What would be so if the conclusion were not: each must clash with the premises.

    The rules never conclude that two things differ, or that a thing is not of a class; they find
    the contradiction when the opposite is said.
    """
    same = f"<{OWL}sameAs>"
    values = {(s, p): o for s, p, o in conclusion}
    for subject, predicate, object_ in conclusion:
        if predicate == f"<{OWL}differentFrom>":
            yield [(subject, same, object_)]
        elif predicate == TYPE and (object_, f"<{OWL}complementOf>") in values:
            yield [(subject, TYPE, values[object_, f"<{OWL}complementOf>"])]
        elif predicate == f"<{OWL}members>":
            members, cell = [], object_
            while cell != f"<{RDF}nil>":
                members.append(values[cell, f"<{RDF}first>"])
                cell = values[cell, f"<{RDF}rest>"]
            for number, member in enumerate(members):
                yield from ([(member, same, other)] for other in members[number + 1 :])


@pytest.mark.parametrize("case", cases("ConsistencyTest", "InconsistencyTest"))
def test_w3c_consistency(case: dict[str, str]) -> None:
    closure = materialise(encode(triples(case["rdfXmlPremiseOntology"])))
    assert bool(closure.clashes) == ("InconsistencyTest" in case["types"])


@pytest.mark.parametrize("case", cases("PositiveEntailmentTest"))
def test_w3c_entailment(case: dict[str, str]) -> None:
    premise = triples(case["rdfXmlPremiseOntology"])
    conclusion = [t for t in triples(case["rdfXmlConclusionOntology"]) if not is_declaration(t)]
    assert conclusion
    if opposites := list(denials(conclusion)):
        assert all(materialise(encode(premise + opposite)).clashes for opposite in opposites)
    else:
        everything = set(premise) | set(read(materialise(encode(premise)).ntriples))
        assert contains(everything, conclusion, {})


@pytest.mark.parametrize("case", cases("NegativeEntailmentTest"))
def test_w3c_non_entailment(case: dict[str, str]) -> None:
    premise = triples(case["rdfXmlPremiseOntology"])
    wrong = [t for t in triples(case["rdfXmlNonConclusionOntology"]) if not is_declaration(t)]
    everything = set(premise) | set(read(materialise(encode(premise)).ntriples))
    assert wrong
    assert not contains(everything, wrong, {})


def is_datatype(term: str) -> bool:
    return term.startswith("<http://www.w3.org/2001/XMLSchema#")


def is_trivial(triple: Triple) -> bool:
    """What owlrl adds and ``owl2rl.rls`` leaves out, with the rule that says it.

    - a thing is itself, a class or property its own sub- and equivalent (eq-ref, scm-cls, scm-op,
      scm-dp);
    - everything is a Thing, and so is what stands at a property's ends (scm-cls with cax-sco,
      scm-dom1, scm-rng1);
    - Nothing is a subclass of everything (scm-cls);
    - what the words of RDF, RDFS, OWL and XSD are (cls-thing, cls-nothing1, prp-ap, dt-type1), and
      which datatypes have no value in common (dt-diff);
    - triples about a literal, which are no RDF (dt-type2, eq-ref).
    """
    subject, predicate, object_ = triple
    reflexive = ["sameAs", "equivalentClass", "equivalentProperty"], ["subClassOf", "subPropertyOf"]
    itself = {f"<{OWL}{n}>" for n in reflexive[0]} | {f"<{RDFS}{n}>" for n in reflexive[1]}
    to_thing = {TYPE, f"<{RDFS}subClassOf>", f"<{RDFS}domain>", f"<{RDFS}range>"}
    kinds = {f"<{RDFS}Datatype>", f"<{OWL}AnnotationProperty>", f"<{OWL}Class>"}
    return (
        (subject == object_ and predicate in itself)
        or (predicate in to_thing and object_ == f"<{OWL}Thing>")
        or (predicate == f"<{RDFS}subClassOf>" and subject == f"<{OWL}Nothing>")
        or (predicate == TYPE and object_ in kinds and subject.startswith("<http://www.w3.org/"))
        or (
            predicate == f"<{OWL}disjointWith>"
            and {*map(is_datatype, (subject, object_))} == {True}
        )
        or subject.startswith('"')
    )


PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGIES = {
    "sectors, agreements and parts": """
        :Organization a owl:Class .
        :Academic a owl:Class ; rdfs:subClassOf :Organization ,
            [a owl:Restriction ; owl:onProperty :sector ; owl:hasValue :academia] .
        :University a owl:Class ; rdfs:subClassOf :Academic .
        :College a owl:Class ; rdfs:subClassOf :Academic .
        :Company a owl:Class ; rdfs:subClassOf :Organization ,
            [a owl:Restriction ; owl:onProperty :sector ; owl:hasValue :industry] .
        :Startup a owl:Class ; rdfs:subClassOf :Company .
        :Agreement a owl:Class . :Memorandum a owl:Class ; rdfs:subClassOf :Agreement .
        :sector a owl:ObjectProperty ; rdfs:domain :Organization .
        :party a owl:ObjectProperty ; rdfs:domain :Agreement ; rdfs:range :Organization ;
            owl:inverseOf :partyTo .
        :partyTo a owl:ObjectProperty .
        :hasAgreementWith a owl:ObjectProperty , owl:SymmetricProperty ;
            rdfs:subPropertyOf :collaboratesWith ; owl:propertyChainAxiom (:partyTo :party) .
        :collaboratesWith a owl:ObjectProperty .
        :isPartOf a owl:ObjectProperty , owl:TransitiveProperty ; owl:inverseOf :hasPart .
        :hasPart a owl:ObjectProperty .
        :reaches a owl:ObjectProperty ; owl:propertyChainAxiom (:isPartOf :hasAgreementWith) .
        :name a owl:DatatypeProperty ; rdfs:subPropertyOf rdfs:label .
        :u a :University ; :name "강변대학교"@ko , "Riverside University"@en .
        :v a :College . :c a :Startup ; :name "드론"@ko . :d a :Company .
        :u :founded "1946"^^xsd:gYear ; :open true ; :area 1.50 . :v :area 1.5 .
        :m1 a :Memorandum ; :party :u , :c . :m2 :party :u , :d , :v .
        :lab :isPartOf :faculty . :faculty :isPartOf :u . :c :hasPart :site .""",
    "definitions": """
        :A a owl:Class . :B a owl:Class . :D a owl:Class .
        :p a owl:ObjectProperty . :q a owl:ObjectProperty ; rdfs:subPropertyOf :p .
        :r a owl:ObjectProperty ; owl:equivalentProperty :p .
        :Both a owl:Class ; owl:intersectionOf (:A :B) .
        :Either a owl:Class ; owl:unionOf (:A :B) .
        :Few a owl:Class ; owl:oneOf (:a :b) .
        :HasB a owl:Class ; owl:equivalentClass
            [a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B] .
        :HasSome a owl:Class ; owl:equivalentClass
            [a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom owl:Thing] .
        :OnlyD a owl:Class ; rdfs:subClassOf
            [a owl:Restriction ; owl:onProperty :q ; owl:allValuesFrom :D] .
        :B rdfs:subClassOf :D . :Few rdfs:subClassOf :A .
        :x a :A , :B ; :q :y . :y a :B . :z a :OnlyD ; :q :w . :a :r :x .""",
    "sameness": """
        :Firm a owl:Class ; owl:hasKey (:code) .
        :code a owl:DatatypeProperty . :head a owl:ObjectProperty , owl:FunctionalProperty .
        :mail a owl:ObjectProperty , owl:InverseFunctionalProperty .
        :Led a owl:Class ; owl:equivalentClass
            [a owl:Restriction ; owl:onProperty :by ; owl:maxCardinality
             "1"^^xsd:nonNegativeInteger] .
        :by a owl:ObjectProperty .
        :a a :Firm ; :code "007" ; :head :h1 , :h2 . :b a :Firm ; :code "007" ; :in :gumi .
        :c :mail :box . :d :mail :box ; :knows :a . :e a :Led ; :by :f , :g . :f :in :seoul .""",
    "schema alone": """
        :A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :A , :C .
        :C a owl:Class ; owl:equivalentClass :D . :D a owl:Class .
        :p a owl:ObjectProperty ; rdfs:domain :A ; rdfs:range :B .
        :q a owl:ObjectProperty ; rdfs:subPropertyOf :p . :p rdfs:subPropertyOf :q .
        :R a owl:Class ; owl:onProperty :p ; owl:someValuesFrom :A .
        :S a owl:Class ; owl:onProperty :q ; owl:someValuesFrom :C .
        :T a owl:Class ; owl:onProperty :p ; owl:allValuesFrom :A .
        :U a owl:Class ; owl:onProperty :q ; owl:allValuesFrom :C .
        :V a owl:Class ; owl:onProperty :p ; owl:hasValue :v .
        :W a owl:Class ; owl:onProperty :q ; owl:hasValue :v .""",
}


def expand_with_owlrl(graph: Graph) -> set[Triple]:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {(s.n3(), p.n3(), o.n3()) for s, p, o in graph}


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_the_same_as_owlrl_but_for_trivial_axioms(name: str) -> None:
    graph = Graph().parse(data=PREFIXES + ONTOLOGIES[name], format="turtle")
    premise = graph.serialize(format="nt").encode()
    theirs = expand_with_owlrl(graph) - set(read(premise))
    ours = set(read(materialise(premise).ntriples))
    assert {t for t in ours if not is_trivial(t)} == {t for t in theirs if not is_trivial(t)}
    assert len(ours) > 20


@pytest.mark.skipif(not LUBM.exists(), reason="no LUBM beside the repository")
def test_thousands_of_triples_as_owlrl_has_them() -> None:
    # owlrl needs seven seconds for five thousand.
    number = 5000 if os.environ.get("TRIPLEHELIX_THOROUGH") else 2000
    graph = Graph().parse(LUBM / "univ-bench.owl", format="xml")
    with gzip.open(LUBM / "lubm-1-0-raw.nt.gz", "rt", encoding="utf-8") as lines:
        graph.parse(data="".join(islice(lines, number)), format="nt")
    premise = graph.serialize(format="nt").encode()
    theirs = expand_with_owlrl(graph) - set(read(premise))
    ours = set(read(materialise(premise).ntriples))
    assert {t for t in ours if not is_trivial(t)} == {t for t in theirs if not is_trivial(t)}
    assert len(ours) > number * 0.4
