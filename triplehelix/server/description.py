"""What the endpoint says about itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import json

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, Namespace

from graph.answering import GRAPH_FORMATS, RESULT_FORMATS
from triplehelix.server.limits import Limits
from triplehelix.server.protections import tell_protections
from triplehelix.server.requests import QueryRequest
from triplehelix.server.state import State

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG",
    "application/n-quads": "N-Quads",
}
_WRITERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}
_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"


def offered_forms() -> list[str]:
    """Return the media types in which the service is described."""
    return list(_WRITERS)


async def describe_service(state: State, endpoint: str, media_type: str) -> bytes:
    """Return the description of the endpoint in a media type."""
    served = state.served
    request = QueryRequest(_GRAPHS, "application/sparql-results+json")
    result = await served.pool.answer(request)
    result.rewind()
    rows = json.loads(result.read())["results"]["bindings"]
    result.close()
    graphs = [row["graph"]["value"] for row in rows]
    description = describe(endpoint, graphs, state.limits, list(served.pool.protections))
    return description.serialize(format=_WRITERS[media_type], encoding="utf-8")


def describe(endpoint: str, graphs: list[str], limits: Limits, protections: list[str]) -> Graph:
    """Return the description: language, forms, graphs, limits, and how workers are locked in."""
    graph = Graph()
    graph.bind("sd", SD)
    service, dataset, default = BNode(), BNode(), BNode()
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, URIRef(endpoint)))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    graph.add((service, SD.feature, SD.UnionDefaultGraph))
    for media_type in (*RESULT_FORMATS, *GRAPH_FORMATS):
        graph.add((service, SD.resultFormat, _FORMATS[_NAMES[media_type]]))
    for language, text in (("ko", _tell_ko(limits)), ("en", _tell_en(limits))):
        graph.add((service, RDFS.comment, Literal(text, lang=language)))
    for language, text in tell_protections(protections).items():
        graph.add((service, RDFS.comment, Literal(text, lang=language)))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, default))
    graph.add((default, RDF.type, SD.Graph))
    for name in graphs:
        node = BNode()
        graph.add((dataset, SD.namedGraph, node))
        graph.add((node, RDF.type, SD.NamedGraph))
        graph.add((node, SD.name, URIRef(name)))
    return graph


def _tell_en(limits: Limits) -> str:
    return (
        f"Limits: {limits.seconds:g} s, {limits.memory} bytes of memory, {limits.result} bytes of "
        f"result, {limits.query} bytes of query, brackets {limits.nesting} deep, "
        f"{limits.waiting} waiting. SERVICE is refused; FROM names graphs of this store."
    )


def _tell_ko(limits: Limits) -> str:
    return (
        f"한계: {limits.seconds:g}초, 메모리 {limits.memory}바이트, 결과 {limits.result}바이트, "
        f"질의 {limits.query}바이트, 괄호 {limits.nesting}겹, 대기 {limits.waiting}건. "
        "SERVICE는 받지 않고, FROM은 이 저장소의 그래프만 가리킵니다."
    )
