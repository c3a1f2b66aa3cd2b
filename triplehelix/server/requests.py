"""From a request of the SPARQL 1.1 Protocol to a query, or the fault of one.

https://www.w3.org/TR/sparql11-protocol/#query-operation

Looking through a query of the largest size takes a tenth of a second. Large requests are read in a
thread of their own, one after the other, so that small ones go on meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request

from triplehelix.server.examination import examine
from triplehelix.server.limits import Limits
from triplehelix.server.negotiation import GRAPHS, RESULTS, SHORT, choose
from triplehelix.server.problems import Fault

_DIRECT, _FORM = "application/sparql-query", "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_FIELDS = 100
"""How many parameters a request may have."""
_SMALL = 4_000
"""The size up to which reading a request takes a few milliseconds at most."""
_ASIDE = ThreadPoolExecutor(1, "large-requests")

Pairs = list[tuple[str, str]]
_Text = TypeVar("_Text", str, bytes)
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query, the form of its answer, the terms bound in it, and the graphs it is asked of."""

    text: str
    media_type: str
    bindings: Mapping[str, str] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """Return the request as a worker reads it; equal requests give equal bytes."""
        named = self.default_graphs or self.named_graphs or examine(self.text).names_dataset
        content = {
            "query": self.text,
            "media_type": self.media_type,
            "bindings": dict(self.bindings),
            "default_graphs": self.default_graphs,
            "named_graphs": self.named_graphs,
            "union": not named,
        }
        return json.dumps(content, sort_keys=True).encode()


async def read_parameters(request: Request, limits: Limits) -> Pairs:
    """Return the parameters of a request, from its address and its body.

    Raises:
        Fault: the body is of another kind, too long, too slow, or not UTF-8.
    """
    pairs = await _read_aside(_parse, request.scope["query_string"])
    if request.method != "POST":
        return pairs
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() not in (_DIRECT, _FORM):
        raise Fault("update" if kind.strip() == _UPDATE else "media_type")
    charset = re.search(r"charset=\"?([^\s;\"]+)", parameters)
    if charset and charset[1] not in ("utf-8", "utf8"):
        raise Fault("encoding")
    body = await _read_body(request, limits, form=kind.strip() == _FORM)
    if kind.strip() == _FORM:
        return pairs + await _read_aside(_parse, body)
    return [*pairs, ("query", _decode(body))]


async def _read_aside(read: Callable[[_Text], _Read], text: _Text) -> _Read:
    if len(text) <= _SMALL:
        return read(text)
    return await asyncio.get_running_loop().run_in_executor(_ASIDE, read, text)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault("encoding") from error


def _parse(data: bytes) -> Pairs:
    try:
        return parse_qsl(
            _decode(data), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError as error:
        raise Fault("encoding") from error
    except ValueError as error:
        raise Fault("value", parser=str(error)) from error


async def _read_body(request: Request, limits: Limits, *, form: bool) -> bytes:
    """Return the body; a form may be longer than the query in it, which is percent-encoded."""
    longest = 3 * limits.query + 16_000 if form else limits.query
    too_large = Fault("query_too_large", limit=limits.query)
    if int(request.headers.get("content-length", "0")) > longest:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(limits.delivery):
            async for piece in request.stream():
                body += piece
                if len(body) > longest:
                    raise too_large
    except TimeoutError as error:
        raise Fault("slow_request", limit=f"{limits.delivery:g}") from error
    return bytes(body)


async def read_query(pairs: Pairs, accept: str, limits: Limits) -> QueryRequest:
    """Return the query that parameters ask, in the form that the client accepts best.

    Raises:
        Fault: there is not exactly one query, or it is more than the limits allow.
    """
    if any(name == "update" for name, _ in pairs):
        raise Fault("update")
    texts = [value for name, value in pairs if name == "query"]
    if len(texts) != 1:
        raise Fault("one_query")
    [text] = texts
    await check_query(text, limits)
    form = next((value for name, value in pairs if name in ("format", "output")), "")
    offered = GRAPHS if examine(text).form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    wanted = SHORT[form] if SHORT.get(form) in offered else accept
    return QueryRequest(
        text,
        choose(wanted, offered),
        default_graphs=_read_graphs(pairs, "default-graph-uri"),
        named_graphs=_read_graphs(pairs, "named-graph-uri"),
    )


async def check_query(text: str, limits: Limits) -> None:
    """Look at a query before any parser does.

    Raises:
        Fault: it is too long, nested too deeply, or would call another server.
    """
    if len(text.encode("utf-8", "surrogatepass")) > limits.query:
        raise Fault("query_too_large", limit=limits.query)
    found = await _read_aside(examine, text)
    if found.nesting > limits.nesting:
        raise Fault("nesting", limit=limits.nesting)
    if found.calls_servers:
        raise Fault("service")


def _read_graphs(pairs: Pairs, name: str) -> tuple[str, ...]:
    found = tuple(value for key, value in pairs if key == name)
    if not all(_IRI.fullmatch(value) for value in found):
        raise Fault("graph_name")
    return found
