"""No query reads a file or calls a server, whatever engine is asked."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib.plugins.sparql
from rdflib import Dataset, Literal

from graph.diagnostics import InputError
from graph.federation import calls_servers
from graph.namespaces import ID, TH
from graph.sparql import ask_freely
from graph.store import memory_store

CALLS = [
    "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    "SELECT*{?s ?p ?o.SERVICE<http://e.org/>{}}",
    "SELECT * { ?s ?p 1SERVICE <http://e.org/> { } }",
    "SELECT * { ?s ?p trueSERVICE <http://e.org/> { } }",
    "SELECT * { ?s ?p 'a'\nSERVICE <http://e.org/> { } }",
    "SELECT * { ?s ?p '\\'' SERVICE <http://e.org/> { } # ' \n }",
    'SELECT * { ?s ?p """a"""SERVICE <http://e.org/> { } #""" \n }',
    "SELECT * { # comment\rSERVICE <http://e.org/> { } }",
    "SELECT * { <http://e.org/#> ?p ?o . SERVICE <http://e.org/> { } }",
    "PREFIX e: <e:> SELECT * { ?s e:a\\' ?o . SERVICE <http://e.org/> { } ?s e:b\\' ?o }",
    "PREFIX e: <e:> SELECT * { ?s e:a\\# ?o . SERVICE <http://e.org/> { } }",
    "SELECT * { \\u0053ERVICE <http://e.org/> { } }",
    "SELECT * { S\\U00000045RVICE <http://e.org/> { } }",
    "SELECT * { ?s ?p ?o FILTER(?a<?b) SERVICE ?x { } FILTER(?c>?d) }",
]
KEEPS = [
    "SELECT ?service $SERVICE { ?service a $SERVICE }",
    "PREFIX service: <http://service.org/> SELECT * { ?s service:a :service }",
    "PREFIX e: <http://e.org/> SELECT * { ?s e:aservice ?o }",
    "SELECT * { ?s ?p 'SERVICE', \"SERVICE\", '''SERVICE ' SERVICE''', \"\"\"SERVICE\"\"\" }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://e.org/> { }",
    "SELECT * { <http://e.org/SERVICE> ?p 'x'@service }",
]


@pytest.mark.parametrize("query", CALLS)
def test_calls_of_other_servers_are_seen(query: str) -> None:
    assert calls_servers(query)


@pytest.mark.parametrize("query", KEEPS)
def test_words_that_call_nobody_are_let_through(query: str) -> None:
    assert not calls_servers(query)


@pytest.mark.parametrize("part", ['"\\', '"""\\', "a-", "a:", "<a", "\\'"])
def test_hostile_text_is_read_once(part: str) -> None:
    """Read again from each of its places, 64 kB would take minutes."""
    assert calls_servers(part * (65_536 // len(part)) + " SERVICE")


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that would answer with a triple, and the requests that it got."""
    requests: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()
            self.wfile.write(b"<http://e.org/s> <http://e.org/p> <http://e.org/o> .")

        do_POST = do_GET

        def log_message(self, *words: object) -> None:
            """Keep quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/data.ttl", requests
    server.shutdown()
    server.server_close()


def oxigraph() -> Dataset:
    return memory_store()


def plain() -> Dataset:
    return Dataset(default_union=True)


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")
@pytest.mark.parametrize("engine", [oxigraph, plain])
@pytest.mark.parametrize("clause", ["FROM <{}>", "FROM NAMED <{}>"])
@pytest.mark.parametrize("pattern", ["?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"])
def test_named_addresses_are_read_by_nobody(
    engine: type, clause: str, pattern: str, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    assert rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS is False
    address, requests = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://e.org/s> <http://e.org/p> 'secret' .", encoding="utf-8")
    dataset = engine()
    dataset.get_context(ID["g"]).add((ID["s"], TH["p"], Literal("own")))
    for place in (address, secret.as_uri()):
        query = f"SELECT ?o {clause.format(place)} WHERE {{ {pattern} }}"
        assert {str(row[0]) for row in ask_freely(dataset, query)} <= {"own"}
    assert requests == []


@pytest.mark.parametrize("engine", [oxigraph, plain])
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_services_are_called_by_nobody(
    engine: type, silent: str, listener: tuple[str, list[str]]
) -> None:
    address, requests = listener
    with pytest.raises(InputError, match="calls another server"):
        ask_freely(engine(), f"SELECT * {{ SERVICE {silent} <{address}> {{ ?s ?p ?o }} }}")
    assert requests == []


@pytest.mark.parametrize("engine", [oxigraph, plain])
@pytest.mark.parametrize(
    "text", ["", "SELECT", "DROP ALL", "INSERT DATA { <urn:a> <urn:b> 1 }", "LOAD <urn:x>", "\x00"]
)
def test_what_is_no_query_is_told(engine: type, text: str) -> None:
    with pytest.raises(InputError, match="no SPARQL query"):
        ask_freely(engine(), text)
