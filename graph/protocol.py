"""The client's side of the SPARQL 1.1 Protocol and of its Graph Store Protocol, over HTTP.

W3C Recommendations "SPARQL 1.1 Protocol" and "SPARQL 1.1 Graph Store HTTP Protocol", 2013. Queries
and updates are sent as forms: every engine takes those, while Virtuoso hangs on a direct POST.
"""

from __future__ import annotations

import os
import ssl
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, unquote, urlencode, urlsplit, urlunsplit

from graph.diagnostics import Diagnostic, InputError, shorten
from graph.record import Location

TIMEOUT = 60
"""Seconds to wait for an answer, unless TRIPLEHELIX_TIMEOUT says otherwise."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its content type without parameters, its headers, its body."""

    type: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The addresses of a remote store: for queries, for updates and for whole graphs.

    Without an address for updates, they go to that of the queries; without one for graphs, graphs
    are written by updates.
    """

    query: str
    update: str = ""
    graph_store: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    timeout: float = TIMEOUT

    def ask(
        self, text: str, accept: str, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Answer:
        """Return the answer to a query.

        Where graphs are named, they alone are asked: the first are merged into the default graph,
        the second stand for ``GRAPH``.

        Raises:
            InputError: the server cannot be reached, refuses, or fails.
        """
        pairs = [("query", text), *(("default-graph-uri", name) for name in default)]
        pairs += [("named-graph-uri", name) for name in named]
        return self._post(self.query, pairs, accept)

    def change(self, text: str) -> None:
        """Run an update.

        Raises:
            InputError: the server cannot be reached, refuses, or fails.
        """
        self._post(self.update or self.query, [("update", text)], "*/*")

    def put_graph(self, name: str, turtle: bytes) -> None:
        """Replace a graph by what is given as Turtle.

        Raises:
            InputError: the server cannot be reached, refuses, or fails.
        """
        self._send(
            "PUT", self._address_of(name), turtle, {"Content-Type": "text/turtle; charset=utf-8"}
        )

    def delete_graph(self, name: str) -> None:
        """Remove a graph.

        Raises:
            InputError: the server cannot be reached, refuses, or fails.
        """
        self._send("DELETE", self._address_of(name), None, {})

    def _address_of(self, graph: str) -> str:
        sign = "&" if urlsplit(self.graph_store).query else "?"
        return f"{self.graph_store}{sign}graph={quote(graph, safe='')}"

    def _post(self, url: str, pairs: list[tuple[str, str]], accept: str) -> Answer:
        headers = {"Content-Type": _FORM, "Accept": accept}
        return self._send("POST", url, urlencode(pairs).encode(), headers)

    def _send(self, method: str, url: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """Return the answer to a request; it is sent once, and never again on a fault."""
        headers = {"User-Agent": "triplehelix", **headers}
        request = urllib.request.Request(url, data=body, headers=headers, method=method)
        try:
            with self._opener(url).open(request, timeout=self.timeout) as response:
                found = dict(response.headers.items())
                return Answer(response.headers.get_content_type(), found, response.read())
        except HTTPError as error:
            with error:
                raise _told_by_server(url, error) from error
        except TimeoutError as error:
            raise _fault("remote_timeout", url, seconds=f"{self.timeout:g}") from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise _fault("remote_timeout", url, seconds=f"{self.timeout:g}") from error
            raise _fault("remote_unreachable", url, reason=_reason(error.reason)) from error
        except (HTTPException, OSError) as error:
            raise _fault("remote_unreachable", url, reason=_reason(error)) from error
        except ValueError as error:
            # urllib knows the schemes Basic and Digest, and raises this when asked for another.
            raise _fault("remote_refused", url, status="401") from error

    def _opener(self, url: str) -> urllib.request.OpenerDirector:
        """Return what opens addresses: with the password where one is asked for, TLS verified."""
        handlers: list[Any] = [_StayHere()]
        if urlsplit(url).hostname in _LOOPBACK:
            handlers.append(urllib.request.ProxyHandler({}))
        if self.user:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            for address in (self.query, self.update, self.graph_store):
                if address:
                    known.add_password(None, address, self.user, self.password)
            handlers += [_Digest(known), _Basic(known)]
        return urllib.request.build_opener(*handlers)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Leaves redirections as errors: followed, a POST would lose its body, or show a password."""

    def redirect_request(self, *arguments: object, **named: object) -> None:
        return None


class _Closing:
    """Lets go of the answer that asks for a password, once the request is sent again with one."""

    def http_error_401(self, request: Any, answer: Any, *others: Any) -> Any:
        try:
            found = super().http_error_401(request, answer, *others)  # type: ignore[misc]
        except (HTTPError, ValueError):
            answer.close()
            raise
        if found is not None:
            answer.close()
        return found


class _Digest(_Closing, urllib.request.HTTPDigestAuthHandler):
    """Name and password as RFC 7616 has them."""


class _Basic(_Closing, urllib.request.HTTPBasicAuthHandler):
    """Name and password as RFC 7617 has them."""


def read_endpoint(location: str, update: str = "", graph_store: str = "") -> Endpoint:
    """Return the endpoint of an address.

    Name and password may stand in it, or in TRIPLEHELIX_USER and TRIPLEHELIX_PASSWORD. The other
    addresses may stand in TRIPLEHELIX_UPDATE and TRIPLEHELIX_GRAPH_STORE.

    Raises:
        InputError: an address is none of HTTP, or a password would be sent in the clear.
    """
    update = update or os.environ.get("TRIPLEHELIX_UPDATE", "")
    graph_store = graph_store or os.environ.get("TRIPLEHELIX_GRAPH_STORE", "")
    parts = _split(location)
    user = unquote(parts.username or "") or os.environ.get("TRIPLEHELIX_USER", "")
    password = unquote(parts.password or "") or os.environ.get("TRIPLEHELIX_PASSWORD", "")
    query, update, graph_store = (
        _bare(each, user) if each else "" for each in (location, update, graph_store)
    )
    return Endpoint(query, update, graph_store, user, password, _timeout())


def show_location(location: str) -> str:
    """Return an address as it may be shown: without name, password and what follows ``?``.

    >>> show_location("https://me:secret@example.org/sparql?key=1")
    'https://example.org/sparql'
    >>> show_location("build/store")
    'build/store'
    """
    if "://" not in location:
        return location
    scheme, _, rest = location.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}".partition("?")[0].partition("#")[0]


def _split(location: str) -> SplitResult:
    try:
        parts = urlsplit(location)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise _fault("remote_address", location) from error
    if not good or not location.isascii() or any(sign.isspace() for sign in location):
        raise _fault("remote_address", location)
    return parts


def _bare(location: str, user: str) -> str:
    """Return an address without name and password."""
    parts = _split(location)
    if user and parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise _fault("remote_password", location)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def _timeout() -> float:
    text = os.environ.get("TRIPLEHELIX_TIMEOUT", "")
    if not text:
        return TIMEOUT
    if not text.isdecimal() or not 0 < int(text) <= 86_400:
        raise InputError([Diagnostic("wrong_timeout", Location(""), arguments={"value": text})])
    return int(text)


def _fault(code: str, url: str, **arguments: str) -> InputError:
    shown = {"url": show_location(url), **arguments}
    return InputError([Diagnostic(code, Location(""), arguments=shown)])


def tell_fault(code: str, endpoint: Endpoint, **arguments: str) -> InputError:
    """Return the fault of an endpoint's answer."""
    return _fault(code, endpoint.query, **arguments)


def _told_by_server(url: str, error: HTTPError) -> InputError:
    if error.code in (401, 403):
        return _fault("remote_refused", url, status=str(error.code))
    if 300 <= error.code < 400:
        return _fault("remote_moved", url, target=show_location(error.headers.get("Location", "-")))
    text = error.read(2000).decode("utf-8", "replace") or str(error.reason)
    return _fault("remote_error", url, status=str(error.code), text=shorten(text, 300))


def _reason(reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return str(reason.verify_message)
    if isinstance(reason, OSError) and reason.strerror:
        return str(reason.strerror)
    return shorten(str(reason) or type(reason).__name__, 200)
