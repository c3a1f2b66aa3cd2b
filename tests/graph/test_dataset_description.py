"""VoID and DCAT of a graph: the counts are those that SPARQL gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, VOID, XSD

from graph.dataset_description import About, describe_dataset
from graph.namespaces import GRAPH, ID, ONTOLOGY_GRAPH, TH
from graph.store import load_graphs, memory_store, select

if TYPE_CHECKING:
    from rdflib import Dataset

    from tests.conftest import Loaded

DATASET = GRAPH["dataset"]
ABOUT = About(
    {"ko": "가온", "en": "Gaon"}, "가온시", "https://example.org/licence", "2023-12-31", "ko"
)


@pytest.fixture(scope="module")
def counted(town: Loaded) -> Dataset:
    """The town without the model, which is a vocabulary and not counted."""
    graphs = {n: t for n, t in town.assembly.graphs.items() if n != str(ONTOLOGY_GRAPH)}
    dataset = memory_store()
    load_graphs(dataset, dict(graphs))
    return dataset


@pytest.fixture(scope="module")
def void(town: Loaded) -> Graph:
    made = describe_dataset(town.assembly.graphs, ABOUT)
    return Graph().parse(data=made, format="turtle")


def number(dataset: Dataset, query: str) -> int:
    return int(next(select(dataset, query))[0])


def test_totals_are_those_of_the_graph(void: Graph, counted: Dataset) -> None:
    for term, query in {
        VOID.triples: "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }",
        VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    }.items():
        assert void.value(DATASET, term) == Literal(number(counted, query)), term


def test_partitions_are_those_of_the_graph(void: Graph, counted: Dataset) -> None:
    parts = {void.value(p, VOID["class"]): p for p in void.objects(DATASET, VOID.classPartition)}
    query = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c FILTER(ISIRI(?c)) } GROUP BY ?c"
    own = {c: n for c, n in select(counted, query) if not c.startswith(str(RDFS))}
    own = {c: n for c, n in own.items() if "/owl#" not in c and "rdf-syntax" not in c}
    assert {c: void.value(part, VOID.entities) for c, part in parts.items()} == own
    assert TH.Organization in own
    query = """SELECT ?p (COUNT(*) AS ?n) {
        SELECT DISTINCT ?s ?p ?o { ?s a th:Organization ; ?p ?o } } GROUP BY ?p"""
    told = {
        void.value(p, VOID.property): void.value(p, VOID.triples)
        for p in void.objects(parts[TH.Organization], VOID.propertyPartition)
    }
    assert told == dict(select(counted, query))


def test_named_graphs_are_subsets(void: Graph, town: Loaded) -> None:
    told = {
        str(s): int(str(void.value(s, VOID.triples))) for s in void.objects(DATASET, VOID.subset)
    }
    held = {n: len(t) for n, t in town.assembly.graphs.items() if n != str(ONTOLOGY_GRAPH)}
    assert told == held


def test_examples_and_themes_are_records(void: Graph, counted: Dataset) -> None:
    examples = list(void.objects(DATASET, VOID.exampleResource))
    assert len(examples) == 5
    themes = {row[0] for row in select(counted, "SELECT ?t { ?t a th:Theme }")}
    assert set(void.objects(DATASET, DCAT.theme)) == themes
    for example in examples:
        assert next(select(counted, "SELECT ?s ?p { ?s ?p ?o }", s=example))


def test_what_the_makers_say_is_told(void: Graph) -> None:
    assert set(void.objects(DATASET, RDF.type)) == {VOID.Dataset, DCAT.Dataset}
    assert set(void.objects(DATASET, DCTERMS.title)) == {
        Literal("가온", "ko"),
        Literal("Gaon", "en"),
    }
    publisher = void.value(DATASET, DCTERMS.publisher)
    assert void.value(publisher, FOAF.name) == Literal("가온시")
    assert void.value(DATASET, DCTERMS.license) == URIRef("https://example.org/licence")
    assert str(void.value(DATASET, DCTERMS.language)).endswith("/ko")
    assert void.value(DATASET, VOID.uriSpace) == Literal(str(ID))
    assert URIRef(str(TH)) in set(void.objects(DATASET, VOID.vocabulary))


def test_a_licence_in_words_is_a_statement_of_rights() -> None:
    about = About({"en": "Gaon"}, licence="Facts are free")
    void = Graph().parse(data=describe_dataset({}, about), format="turtle")
    rights = void.value(DATASET, DCTERMS.rights)
    assert void.value(rights, RDFS.label) == Literal("Facts are free")
    assert void.value(DATASET, DCTERMS.license) is None
    assert void.value(DATASET, DCTERMS.publisher) is None


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:7878/"])
def test_files_are_distributions(tmp_path: Path, address: str) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"12345")
    void = Graph().parse(data=describe_dataset({}, ABOUT, [path], address), format="turtle")
    made = void.value(DATASET, DCAT.distribution)
    assert void.value(made, DCAT.byteSize) == Literal("5", datatype=XSD.nonNegativeInteger)
    assert str(void.value(made, DCAT.mediaType)).endswith("/text/turtle")
    url = URIRef(f"{address}graph.ttl") if address else None
    assert void.value(made, DCAT.downloadURL) == url
    assert void.value(DATASET, VOID.dataDump) == url
    endpoint = URIRef(f"{address}sparql") if address else None
    assert void.value(DATASET, VOID.sparqlEndpoint) == endpoint


def test_the_same_graphs_give_the_same_bytes(town: Loaded) -> None:
    graphs = town.assembly.graphs
    forth = describe_dataset(graphs, ABOUT)
    back = {name: sorted(triples, reverse=True) for name, triples in reversed(graphs.items())}
    assert describe_dataset(back, ABOUT) == forth
