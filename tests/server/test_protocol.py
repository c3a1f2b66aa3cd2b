"""What the endpoint says beside the W3C's suite: forms, tags, faults, its own description."""

import csv
import io
import json

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
PATTERN = """{
  VALUES ?p { <http://www.w3.org/2000/01/rdf-schema#label> }
  ?s a <https://w3id.org/triplehelix/ontology#Agreement> ; ?p ?o .
}"""
QUERY = f"SELECT DISTINCT ?s ?p ?o WHERE {PATTERN} ORDER BY ?s ?o LIMIT 3"
CONSTRUCT = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {QUERY} }} }}"


def _get(server, query, **headers):
    return server.send("GET", "/sparql", params={"query": query}, headers=headers)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/sparql-results+xml"),
        ("text/csv;q=0.1, */*;q=0.2", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
    ],
)
def test_tables_come_in_the_form_that_is_asked_for(server, accept, media_type):
    response = _get(server, QUERY, Accept=accept)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith(media_type.split(";")[0])
    assert response.headers["vary"].startswith("Accept")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
        ("*/*", "turtle"),
    ],
)
def test_graphs_come_in_the_form_that_is_asked_for(server, accept, form):
    response = _get(server, CONSTRUCT, Accept=accept)
    assert response.status_code == 200, response.text
    if form in ("trig", "nquads", "json-ld"):
        assert len(response.text) > 100
    else:
        assert len(Graph().parse(data=response.text, format=form)) == 3


def test_all_forms_of_a_table_say_the_same(server):
    rows = server.ask(QUERY).json()["results"]["bindings"]
    as_csv = list(csv.DictReader(io.StringIO(server.ask(QUERY, "text/csv").text)))
    assert [{n: v["value"] for n, v in row.items()} for row in rows] == as_csv


def test_what_cannot_be_given_is_not_acceptable(server):
    response = _get(server, QUERY, Accept="text/turtle")
    assert response.status_code == 406
    assert "text/csv" in response.json()["detail"]
    assert _get(server, CONSTRUCT, Accept="text/csv").status_code == 406
    assert _get(server, QUERY, Accept="text/csv;q=0").status_code == 406


def test_a_form_may_stand_in_the_address(server):
    response = server.send("GET", "/sparql", params={"query": QUERY, "format": "csv"})
    assert response.text.splitlines()[0] == "s,p,o"


def test_a_tag_saves_an_answer(server):
    first = _get(server, QUERY)
    again = _get(server, QUERY, **{"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = _get(server, QUERY, Accept="text/csv", **{"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    assert _get(server, f"{QUERY} # other").headers["etag"] != first.headers["etag"]


def test_an_answer_that_changes_by_itself_has_no_tag(server):
    response = _get(server, "SELECT (NOW() AS ?now) { }")
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


def test_other_origins_may_ask_without_credentials(server):
    response = _get(server, QUERY, Origin="https://example.org")
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert server.send("OPTIONS", "/sparql", headers=asked).status_code == 200


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"method": "POST", "data": {"query": "SELECT"}}, 400, "syntax"),
        ({"method": "POST", "data": {"update": "DROP ALL"}}, 400, "update"),
        ({"method": "GET", "params": {"update": "DROP ALL"}}, 400, "update"),
        ({"method": "GET", "params": [("query", "ASK{}"), ("query", "ASK{}")]}, 400, "one-query"),
        ({"method": "GET", "params": {"query": "ASK{}", "default-graph-uri": "no iri"}}, 400,
         "graph-name"),
        ({"method": "POST", "content": "ASK{}", "headers": {"Content-Type": "text/plain"}}, 415,
         "media-type"),
        ({"method": "PUT", "content": "ASK{}"}, 405, "method"),
        ({"method": "DELETE"}, 405, "method"),
        ({"method": "POST", "content": b"query=%ff", "headers":
          {"Content-Type": "application/x-www-form-urlencoded"}}, 400, "encoding"),
    ],
)  # fmt: skip
def test_faults_are_told_as_problems_in_both_languages(server, request_, status, code):
    titles = set()
    for language in ("ko", "en"):
        headers = {"Accept-Language": language, **request_.get("headers", {})}
        response = server.send(path="/sparql", **{**request_, "headers": headers})
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["content-language"] == language
        problem = response.json()
        assert problem["type"].endswith(f"/{code}")
        assert problem["status"] == status
        titles.add(problem["title"])
    assert len(titles) == 2


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")],
)
def test_the_service_describes_itself(server, accept, form):
    response = server.send("GET", "/sparql", headers={"Accept": accept})
    assert response.headers["content-type"].startswith(accept)
    graph = Graph().parse(data=response.text, format=form)
    service = graph.value(None, RDF.type, SD.Service)
    assert graph.value(service, SD.endpoint) == URIRef(server.sparql)
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    names = set(map(str, graph.objects(None, SD.name)))
    assert "https://w3id.org/triplehelix/graph/inferred" in names


def test_json_is_whole(server):
    response = _get(server, "SELECT * { ?s ?p ?o }")
    assert len(response.content) == int(response.headers["content-length"])
    assert len(json.loads(response.content)["results"]["bindings"]) > 1000
