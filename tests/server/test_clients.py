"""Programs that people use ask the running server."""

import subprocess
from io import StringIO

import pandas
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

COUNT = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a <https://w3id.org/triplehelix/ontology#Agreement> }"
NAMES = """
PREFIX th: <https://w3id.org/triplehelix/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?agreement ?name WHERE {
  ?agreement a th:Agreement ; rdfs:label ?name FILTER(LANG(?name) = "ko")
} ORDER BY ?agreement
"""
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(ISIRI(?s)) } LIMIT 10"


@pytest.fixture
def number(server):
    return int(server.ask(COUNT).json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server, number, method):
    client = SPARQLWrapper(server.sparql)
    client.setMethod(method)
    client.setQuery(COUNT)
    client.setReturnFormat(JSON)
    assert int(client.queryAndConvert()["results"]["bindings"][0]["n"]["value"]) == number
    client.setReturnFormat(XML)
    assert client.queryAndConvert().getElementsByTagName("literal")[0].firstChild.data == str(
        number
    )
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split() == ["n", str(number)]
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert 0 < len(Graph().parse(data=client.queryAndConvert(), format="turtle")) <= 10


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_sparqlstore_of_rdflib(server, number, method):
    store = SPARQLStore(server.sparql, method=method)
    graph = Graph(store=store)
    [row] = graph.query(COUNT)
    assert int(row[0]) == number
    type_ = URIRef("https://w3id.org/triplehelix/ontology#Agreement")
    assert len(set(graph.subjects(None, type_))) > 0


def test_pandas(server):
    frame = pandas.read_csv(StringIO(server.ask(NAMES, "text/csv").text))
    query = server.send("GET", "/sparql", params={"query": NAMES, "format": "csv"}).request.url
    assert pandas.read_csv(str(query)).equals(frame)
    asked = server.send("GET", "/sparql", params={"query": NAMES}).request.url
    assert pandas.read_csv(str(asked), storage_options={"Accept": "text/csv"}).equals(frame)
    assert len(frame) > 0
    assert frame["name"].str.contains("[가-힣]").all()


def test_curl(server, curl, number):
    def run(*arguments):
        command = [curl, "-sS", "--fail-with-body", server.sparql, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    accept = ("-H", "Accept: text/csv")
    assert run("--data-urlencode", f"query={COUNT}", *accept).split() == ["n", str(number)]
    assert run("-G", "--data-urlencode", f"query={COUNT}", *accept).split() == ["n", str(number)]
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", COUNT)
    assert run(*direct, *accept).split() == ["n", str(number)]
