"""A small SPARQL 1.1 server over Oxigraph, for tests: query, update, Graph Store Protocol."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

JSON = "application/sparql-results+json"


@dataclass
class Server:
    """What the tests set and see: the store, how it answers, and what was asked."""

    union: bool = False
    password: str = ""
    fault: str = ""
    store: ox.Store = field(default_factory=ox.Store)
    address: str = ""
    requests: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)

    @property
    def query(self) -> str:
        return f"{self.address}/sparql"

    @property
    def update(self) -> str:
        return f"{self.address}/update"

    @property
    def graphs(self) -> str:
        return f"{self.address}/graphs"

    def count(self, graph: str) -> int:
        return len(list(self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))))


@contextmanager
def serve(**settings: object) -> Iterator[Server]:
    """Run a server on a free port of 127.0.0.1."""
    server = Server(**settings)  # type: ignore[arg-type]
    handler = type("Handler", (_Handler,), {"server_state": server})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        server.address = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_state: Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        state, fields = self.server_state, parse_qs(body, keep_blank_values=True)
        state.requests.append(("POST", self.path, fields))
        if not self._is_let_in():
            return
        if state.fault and self._fail(state.fault):
            return
        path = urlsplit(self.path).path
        try:
            if path == "/sparql" and "query" in fields:
                self._ask(fields)
            elif path == "/update" and "update" in fields:
                state.store.update(fields["update"][0])
                self._send(204, "text/plain", b"")
            else:
                self._send(404, "text/plain", b"no such thing")
        except (SyntaxError, ValueError) as error:
            self._send(400, "text/plain", str(error).encode())

    def _ask(self, fields: dict[str, list[str]]) -> None:
        state = self.server_state
        default = [ox.NamedNode(name) for name in fields.get("default-graph-uri", [])]
        named = [ox.NamedNode(name) for name in fields.get("named-graph-uri", [])]
        if default or named:
            found = state.store.query(
                fields["query"][0], default_graph=default or None, named_graphs=named
            )
        else:
            union = state.union
            found = state.store.query(fields["query"][0], use_default_graph_as_union=union)
        if isinstance(found, ox.QueryTriples):
            data = found.serialize(format=ox.RdfFormat.N_TRIPLES)
            self._send(200, "application/n-triples", data or b"")
        else:
            data = found.serialize(format=ox.QueryResultsFormat.JSON)
            self._send(200, f"{JSON}; charset=utf-8", data or b"")

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        graph = self._graph()
        if self._is_let_in():
            self.server_state.store.remove_graph(graph)
            self.server_state.store.load(data, format=ox.RdfFormat.TURTLE, to_graph=graph)
            self._send(204, "text/plain", b"")

    def do_DELETE(self) -> None:
        graph = self._graph()
        if self._is_let_in():
            self.server_state.store.remove_graph(graph)
            self._send(204, "text/plain", b"")

    def _graph(self) -> ox.NamedNode:
        fields = parse_qs(urlsplit(self.path).query)
        self.server_state.requests.append((self.command, self.path, fields))
        return ox.NamedNode(fields["graph"][0])

    def _is_let_in(self) -> bool:
        wanted = self.server_state.password
        given = self.headers.get("Authorization", "")
        if not wanted or given == "Basic " + base64.b64encode(f"me:{wanted}".encode()).decode():
            return True
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="store"')
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False

    def _fail(self, fault: str) -> bool:
        if fault == "slow":
            time.sleep(3)
        elif fault == "moved":
            self.send_response(302)
            self.send_header("Location", "https://me:secret@example.org/sparql?key=secret")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif fault == "page":
            self._send(200, "text/html; charset=utf-8", b"<html>Welcome</html>")
        elif fault == "broken":
            self._send(200, JSON, b'{"head": {"vars": ["g"]}, "results": {"bind')
        elif fault == "cut":
            self._send(200, JSON, b'{"head":{},"boolean":true}', ("X-SPARQL-MaxRows", "10000"))
        elif fault == "bearer":
            self._send(401, "text/plain", b"", ("WWW-Authenticate", 'Bearer realm="x"'))
        elif fault.isdecimal():
            self._send(int(fault), "text/plain", ("오류\n" + "x" * 4000).encode())
        return fault != "slow"

    def _send(self, status: int, type_: str, data: bytes, *more: tuple[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(data)))
        for name, value in more:
            self.send_header(name, value)
        # Who has waited too long is gone.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.end_headers()
            self.wfile.write(data)
