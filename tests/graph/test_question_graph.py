"""The library as RDF: every question is there, executable, and described in both languages."""

from __future__ import annotations

import pyshacl
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, XSD

from graph.namespaces import PREFIXES, TH
from graph.question_graph import QUESTION, SCHEMA, encode_questions
from graph.question_header import parse_question
from graph.questions import read_questions
from graph.store import memory_store

QUESTIONS = read_questions()
IN_RDF = Namespace(QUESTION)
# What tools of SIB ask of an example: one query, and the question in words with its language.
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ;
  sh:property [ sh:path [ sh:alternativePath ( sh:select sh:ask sh:construct ) ] ;
                sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
  sh:property [ sh:path rdfs:comment ; sh:minCount 2 ; sh:maxCount 2 ; sh:uniqueLang true ;
                sh:datatype rdf:langString ; sh:languageIn ( "ko" "en" ) ] ;
  sh:property [ sh:path rdfs:label ; sh:minCount 2 ; sh:uniqueLang true ] ;
  sh:property [ sh:path schema:keywords ; sh:minCount 1 ; sh:datatype xsd:string ] ;
  sh:property [ sh:path sh:prefixes ; sh:minCount 1 ; sh:maxCount 1 ;
                sh:node [ sh:property [ sh:path sh:declare ; sh:minCount 1 ;
                  sh:node [ sh:property [ sh:path sh:prefix ; sh:datatype xsd:string ;
                                          sh:minCount 1 ; sh:maxCount 1 ] ,
                                        [ sh:path sh:namespace ; sh:datatype xsd:anyURI ;
                                          sh:minCount 1 ; sh:maxCount 1 ] ] ] ] ] ;
  sh:property [ sh:path sh:parameter ;
                sh:node [ sh:property [ sh:path sh:path ; sh:minCount 1 ; sh:maxCount 1 ] ,
                                      [ sh:path sh:description ; sh:minCount 2 ] ,
                                      [ sh:path sh:order ; sh:datatype xsd:integer ] ] ] .
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(data=encode_questions(QUESTIONS.values()), format="turtle")


def test_every_question_is_an_executable_of_its_form(graph: Graph) -> None:
    found = {str(s).removeprefix(QUESTION) for s in graph.subjects(RDF.type, SH.SPARQLExecutable)}
    assert found == set(QUESTIONS)
    forms = {str(t) for s in graph.subjects(SH.prefixes) for t in graph.objects(s, RDF.type)}
    assert forms >= {str(SH.SPARQLExecutable), str(SH.SPARQLSelectExecutable)}


# pyshacl asks rdflib for its dataset in a way that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_library_keeps_the_rules_of_examples(graph: Graph) -> None:
    shapes = Graph().parse(data=SHAPES, format="turtle")
    conforms, _, told = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, told
    graph.remove((IN_RDF[next(iter(QUESTIONS))], RDFS.comment, None))
    assert not pyshacl.validate(graph, shacl_graph=shapes)[0]


def test_queries_run_as_they_are_published(graph: Graph) -> None:
    dataset = memory_store()
    for question in QUESTIONS.values():
        text = graph.value(IN_RDF[question.name], SH.select)
        assert str(text) == question.query
        assert not str(text).startswith("#+")
        dataset.query(str(text))


def test_prefixes_are_those_of_the_project(graph: Graph) -> None:
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(IN_RDF.prefixes, SH.declare)
    }
    assert declared == PREFIXES


def test_a_question_is_told_with_its_parameters() -> None:
    question = parse_question(
        "made",
        "#+ summary: {ko: 가, en: A}\n#+ description: {ko: 나, en: B}\n#+ tags: [x]\n"
        "#+ parameters:\n"
        "#+   who: {type: organization, description: {ko: 다, en: C}}\n"
        "#+   how: {type: choice, default: b, description: {ko: 라, en: D},\n"
        "#+         values: {a: {ko: 마, en: E}, b: {ko: 바, en: F}}}\n"
        "#+   many: {type: integer, default: 3, description: {ko: 사, en: G}}\n"
        "SELECT ?who ?how ?many { ?who ?how ?many }\n",
        "hubs",
    )
    made = encode_questions([question], "http://127.0.0.1:7878/sparql")
    graph = Graph().parse(data=made, format="turtle")
    subject = IN_RDF.made
    assert set(graph.objects(subject, RDFS.comment)) == {Literal("가", "ko"), Literal("A", "en")}
    assert set(graph.objects(subject, DCTERMS.description)) == {
        Literal("나", "ko"),
        Literal("B", "en"),
    }
    keywords = set(graph.objects(subject, URIRef(f"{SCHEMA}keywords")))
    assert keywords == {Literal("hubs"), Literal("x")}
    target = graph.value(subject, URIRef(f"{SCHEMA}target"))
    assert target == URIRef("http://127.0.0.1:7878/sparql")
    who, how, many = IN_RDF["made#who"], IN_RDF["made#how"], IN_RDF["made#many"]
    assert set(graph.objects(subject, SH.parameter)) == {who, how, many}
    assert graph.value(who, SH["class"]) == TH.Organization
    assert graph.value(how, SH.defaultValue) == Literal("b")
    assert list(Collection(graph, graph.value(how, SH["in"]))) == [Literal("a"), Literal("b")]
    assert graph.value(many, SH.datatype) == XSD.integer
    assert graph.value(many, SH.defaultValue) == Literal(3)


def test_the_same_questions_give_the_same_bytes() -> None:
    forth = encode_questions(QUESTIONS.values())
    assert encode_questions(reversed(list(QUESTIONS.values()))) == forth
