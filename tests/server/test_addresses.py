"""Pages, records, the ontology and what describes the dataset, at their addresses; a new build."""

import http.client
import os
import shutil
import signal
import time
from urllib.parse import urlsplit

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, Namespace

from graph.namespaces import ID, TH
from graph.questions import read_questions
from graph.store import open_store
from tests.server.running import run_server
from triplehelix.replacement import replace_folder

SH = Namespace("http://www.w3.org/ns/shacl#")
VOID = Namespace("http://rdfs.org/ns/void#")


def _raw(server, path):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    answer = response.status, response.read()
    connection.close()
    return answer


def test_pages_are_those_of_the_build(server, build):
    response = server.send("GET", "/")
    assert response.content == (build / "site" / "index.html").read_bytes()
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors" in response.headers["content-security-policy"]
    page = server.send("GET", "/map.html")
    assert page.content == (build / "site" / "map.html").read_bytes()
    assert server.send("GET", "/none.html").status_code == 404
    assert server.send("POST", "/index.html").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../graph.trig.sha256",
        "/%2e%2e/store/CURRENT",
        "/..%2fstore/CURRENT",
        "/a/../../store/CURRENT",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/..%5cstore%5cCURRENT",
        "/index.html%00.txt",
    ],
)
def test_nothing_outside_the_site_is_sent(server, path):
    status, content = _raw(server, path)
    assert status in (400, 404)
    assert b"MANIFEST" not in content
    assert b"root:" not in content


def _some_record(build):
    query = "SELECT ?s WHERE { ?s a th:University } LIMIT 1"
    [row] = open_store(str(build / "store")).query(query, initNs={"th": TH})
    return row[0]


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")],
)
def test_a_record_is_given_with_its_evidence(server, build, accept, form):
    record = _some_record(build)
    path = f"/id/{record.removeprefix(str(ID))}"
    response = server.send("GET", path, headers={"Accept": accept})
    assert response.headers["content-type"].startswith(accept)
    graph = Graph().parse(data=response.text, format=form)
    assert (record, None, None) in graph
    evidence = graph.value(None, TH.supports, record)
    assert isinstance(evidence, URIRef)
    assert graph.value(evidence, TH.inDocument) is not None


def test_a_record_and_the_ontology_have_pages_for_people(server, build):
    slug = _some_record(build).removeprefix(str(ID))
    for path, page in ((f"/id/{slug}", f"/records/{slug}.html"), ("/ontology", "/ontology.html")):
        response = server.send("GET", path, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (response.status_code, response.headers["location"]) == (303, page)
        assert "Accept" in response.headers["vary"]
        shown = server.send("GET", page)
        assert shown.content == (build / "site" / page[1:]).read_bytes()


def test_a_record_named_like_a_page_of_its_own_has_one(strange):
    response = strange.send("GET", "/id/index", headers={"Accept": "text/html"})
    assert response.headers["location"] == "/records/_index.html"
    assert strange.send("GET", "/records/_index.html").text == "the record"
    assert "strange" in strange.send("GET", "/id/index", headers={"Accept": "text/turtle"}).text


@pytest.mark.parametrize("path", ["/void.ttl", "/.well-known/void"])
def test_the_dataset_is_described(server, path):
    response = server.send("GET", path)
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=response.text, format="turtle")
    assert (None, RDF.type, VOID.Dataset) in graph


def test_the_questions_are_described(server, strange):
    response = server.send("GET", "/questions.ttl")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=response.text, format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.SPARQLExecutable))) == len(read_questions())
    assert strange.send("GET", "/questions.ttl").status_code == 404


def test_calendars_can_follow_the_deadlines(server, strange):
    response = server.send("GET", "/desk.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert server.send("GET", "/desk.html").status_code == 200
    assert strange.send("GET", "/desk.ics").status_code == 404


def test_an_unknown_record_is_not_found(server):
    assert server.send("GET", "/id/nobody-knows").status_code == 404
    assert _raw(server, "/id/a%3E%20%3Cb")[0] == 404


def test_the_ontology_is_given(server):
    response = server.send("GET", "/ontology", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=response.text, format="turtle")
    assert (TH.Agreement, None, None) in graph


def test_a_server_works_from_any_folder(build, tmp_path):
    """Our packages are then found by the finder of the editable install alone."""
    with run_server(build, folder=tmp_path) as server:
        assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_a_new_build_is_taken_up_without_a_fault(serve, build, tmp_path):
    folder = tmp_path / "build"
    shutil.copytree(build, folder)
    server = serve(folder)
    before = server.ask("ASK { }").headers["etag"]
    with replace_folder(folder) as fresh:
        shutil.copytree(build, fresh, dirs_exist_ok=True)
        (fresh / "graph.trig.sha256").write_text("f" * 64 + "  graph.trig\n")
        (fresh / "site" / "index.html").write_text("new")
    for _ in range(600):
        response = server.ask_anew("ASK { ?s ?p ?o }")
        assert (response.status_code, response.json()["boolean"]) == (200, True)
        if server.send("GET", "/").text == "new":
            break
        time.sleep(0.1)
    else:
        raise AssertionError("the new build is not served")
    assert server.ask("ASK { }").headers["etag"] != before


def test_a_served_build_may_be_removed(serve, build, tmp_path):
    folder = tmp_path / "build"
    shutil.copytree(build, folder)
    server = serve(folder)
    expected = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    shutil.rmtree(folder)
    for pid in server.workers()[:2]:
        os.kill(pid, signal.SIGKILL)
    assert server.ask_anew("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json() == expected
    server.process.terminate()
    server.process.wait(timeout=60)
    assert list(tmp_path.iterdir()) == []
