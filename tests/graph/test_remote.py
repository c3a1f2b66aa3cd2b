"""A remote store: the same answers as a folder, only our graphs, and every fault told."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import XSD

from graph.diagnostics import InputError, render
from graph.findings import encode_findings, find_findings, read_findings
from graph.namespaces import EVIDENCE_GRAPH, FINDINGS_GRAPH, GRAPH, ID, TH
from graph.protocol import read_endpoint
from graph.publication import count_graphs, plan_changes, publish
from graph.questions import read_questions
from graph.remote import open_endpoint
from graph.sparql import ask
from graph.store import load_graphs, memory_store, open_store, read_triples, select
from tests.endpoint import Server, serve

if TYPE_CHECKING:
    from tests.conftest import Loaded

EXPECTED = Path(__file__).parent.parent / "expected"
QUESTIONS = {**read_questions(), **read_questions("quality")}
FOREIGN = "https://example.org/graph/theirs"
STRING = f"^^<{XSD.string}>"
ORGANIZATION = f"<{TH.Organization}>"


def cases(name: str) -> list[dict[str, str]]:
    path = EXPECTED / f"{name}.json"
    if path.exists():
        return [case["arguments"] for case in json.loads(path.read_text("utf-8"))]
    return [] if QUESTIONS[name].parameters else [{}]


def rows(dataset: Dataset, name: str, arguments: dict[str, str]) -> list[list[str]]:
    return [
        ["" if t is None else t.n3().removesuffix(STRING) for t in row]  # type: ignore[union-attr]
        for row in ask(dataset, QUESTIONS[name], arguments)
    ]


@pytest.fixture(scope="module")
def graphs(town: Loaded) -> dict[str, set[tuple[str, str, str]]]:
    found = {name: set(triples) for name, triples in town.assembly.graphs.items()}
    found[str(FINDINGS_GRAPH)] = set(encode_findings(find_findings(town.dataset)))
    return found


@pytest.fixture(scope="module")
def local(graphs: dict[str, set[tuple[str, str, str]]]) -> Dataset:
    dataset = memory_store()
    load_graphs(dataset, dict(graphs))
    return dataset


def fill(server: Server, graphs: dict[str, set[tuple[str, str, str]]], whole: bool) -> None:
    endpoint = read_endpoint(server.query, server.update, server.graphs if whole else "")
    publish(endpoint, plan_changes(count_graphs(open_endpoint(endpoint)), graphs), graphs)


@pytest.fixture(scope="module", params=["union", "crowded"])
def server(
    request: pytest.FixtureRequest, graphs: dict[str, set[tuple[str, str, str]]]
) -> Iterator[Server]:
    """A server with our graphs alone, or without union and beside the graphs of others."""
    with serve(union=request.param == "union") as running:
        fill(running, graphs, whole=request.param == "union")
        if request.param == "crowded":
            theirs = f"<{ID.theirs}> a {ORGANIZATION}"
            text = f"INSERT DATA {{ {theirs} . GRAPH <{FOREIGN}> {{ {theirs} }} }}"
            running.store.update(text)
        yield running


@pytest.fixture
def remote(server: Server) -> Dataset:
    return open_store(server.query)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_answers_are_the_same(local: Dataset, remote: Dataset, name: str) -> None:
    for arguments in cases(name):
        assert rows(remote, name, arguments) == rows(local, name, arguments)


def test_graphs_of_others_are_not_seen(remote: Dataset) -> None:
    found = {str(o) for (o,) in select(remote, "SELECT ?o { ?o a th:Organization }")}
    assert str(ID.theirs) not in found
    assert str(ID.gaon) in found


def test_everything_is_read_back(local: Dataset, remote: Dataset) -> None:
    here, there = read_triples(local), read_triples(remote)
    blank = [{t for t in ts if not any(x.startswith("_:") for x in t)} for ts in (here, there)]
    assert blank[0] == blank[1]
    assert len(here) == len(there) == len(remote)
    assert read_findings(remote) == read_findings(local)
    apart = {str(EVIDENCE_GRAPH)}
    assert len(read_triples(remote, without=apart)) == len(read_triples(local, without=apart))


# rdflib itself still uses a name that it has deprecated.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_rdflib_reads_it_as_a_dataset(remote: Dataset) -> None:
    assert (URIRef(ID.gaon), None, None) in remote
    assert Literal("가온시", lang="ko") in set(remote.objects(URIRef(ID.gaon)))
    graph = remote.query("CONSTRUCT { ?s a th:Organization } { ?s a th:Organization }").graph
    assert graph is not None
    assert len(graph) > 10
    assert remote.query("ASK { id:gaon a th:Organization }").askAnswer is True
    with pytest.raises(TypeError):
        remote.add((URIRef(ID.gaon), URIRef(ID.gaon), URIRef(ID.gaon)))


@pytest.mark.parametrize("whole", [True, False], ids=["graph-store", "updates"])
def test_only_our_graphs_are_replaced(
    whole: bool, graphs: dict[str, set[tuple[str, str, str]]]
) -> None:
    with serve() as server:
        stale, kept = str(GRAPH["source/gone"]), f"<{ID.theirs}> a {ORGANIZATION}"
        server.store.update(
            f"INSERT DATA {{ GRAPH <{stale}> {{ {kept} }} GRAPH <{FOREIGN}> {{ {kept} }}"
            f" GRAPH <{EVIDENCE_GRAPH}> {{ {kept} }} {kept} }}"
        )
        before = count_graphs(open_endpoint(read_endpoint(server.query)))
        plan = {c.graph: c.action for c in plan_changes(before, graphs)}
        assert plan.pop(stale) == "remove"
        assert plan.pop(str(EVIDENCE_GRAPH)) == "replace"
        assert set(plan.values()) == {"create"}
        assert FOREIGN not in plan
        fill(server, graphs, whole)
        after = count_graphs(open_endpoint(read_endpoint(server.query)))
        assert after == {name: len(triples) for name, triples in graphs.items()}
        assert server.count(FOREIGN) == 1
        default = server.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        assert len(list(default)) == 1


def test_hostile_values_stay_values() -> None:
    values = ['"', "\\", "\\u0022 } } ; DROP ALL #", "\n\r\t", "가\\U00000022", "'''", "\u2028"]
    name = str(GRAPH["source/hostile"])
    triples = {(f"<{ID.a}>", f"<{TH.label}>", str(ox.Literal(value))) for value in values}
    for whole in (True, False):
        with serve() as server:
            fill(server, {name: triples}, whole)
            dataset = open_store(server.query)
            found = select(dataset, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }")
            assert {str(o) for (o,) in found} == set(values)
            for value in values:
                query = "SELECT ?v ?s { ?s ?p ?v }"
                assert len(list(select(dataset, query, v=Literal(value)))) == 1


def test_a_graph_that_is_not_ours_is_never_written() -> None:
    with pytest.raises(ValueError, match="no graph of the project"):
        plan_changes({}, {FOREIGN: []})


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        ("moved", "remote_moved", "https://example.org/sparql"),
        ("page", "remote_answer", "text/html"),
        ("broken", "remote_answer", "application/sparql-results+json"),
        ("cut", "remote_partial", "10000"),
        ("bearer", "remote_refused", "401"),
        ("403", "remote_refused", "403"),
        ("404", "remote_error", "오류 xxx"),
        ("500", "remote_error", "500"),
    ],
)
def test_faults_are_told_in_both_languages(fault: str, code: str, told: str) -> None:
    with serve(fault=fault) as server, pytest.raises(InputError) as caught:
        open_store(server.query.replace("//", "//me:secret@"))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert len(server.requests) == 1
    for language in ("ko", "en"):
        text = render(diagnostic, language)
        assert told in text
        assert "secret" not in text
        assert len(text) < 600


def test_a_slow_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPLEHELIX_TIMEOUT", "1")
    with serve(fault="slow") as server, pytest.raises(InputError) as caught:
        open_store(server.query)
    assert caught.value.diagnostics[0].code == "remote_timeout"


def test_nobody_listens() -> None:
    with serve() as server:
        address = server.query
    with pytest.raises(InputError) as caught:
        open_store(address)
    assert caught.value.diagnostics[0].code == "remote_unreachable"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://example.org/sparql", "remote_address"),
        ("file:///etc/passwd", "remote_address"),
        ("https://", "remote_address"),
        ("https://example.org:99999/sparql", "remote_address"),
        ("https://example.org/a b", "remote_address"),
        ("https://[::1/sparql", "remote_address"),
        ("http://me:secret@example.org/sparql", "remote_password"),
    ],
)
def test_wrong_addresses_are_told_before_anything_is_sent(address: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        open_store(address)
    assert caught.value.diagnostics[0].code == code
    assert "secret" not in str(caught.value)


def test_name_and_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(password="s:3/cret") as server:
        assert len(open_store(server.query.replace("//", "//me:s%3A3%2Fcret@"))) == 0
        with pytest.raises(InputError, match="401"):
            open_store(server.query)
        monkeypatch.setenv("TRIPLEHELIX_USER", "me")
        monkeypatch.setenv("TRIPLEHELIX_PASSWORD", "s:3/cret")
        assert len(open_store(server.query)) == 0
        monkeypatch.setenv("TRIPLEHELIX_PASSWORD", "other")
        with pytest.raises(InputError, match="401") as caught:
            open_store(server.query)
        assert "other" not in str(caught.value)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    if not (openssl := shutil.which("openssl")):
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject]
    subprocess.run(
        [*make, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as http:
        http.handle_error = lambda *arguments: None  # type: ignore[method-assign]
        http.socket = context.wrap_socket(http.socket, server_side=True)
        thread = threading.Thread(target=http.handle_request)
        thread.start()
        with pytest.raises(InputError, match="certificate") as caught:
            open_store(f"https://127.0.0.1:{http.server_port}/sparql")
        thread.join()
    assert caught.value.diagnostics[0].code == "remote_unreachable"
