"""From a query to a response: what all addresses share that answer through the pool."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from triplehelix.server.examination import examine
from triplehelix.server.pool import WorkerPool
from triplehelix.server.problems import Fault, tell_fault
from triplehelix.server.requests import QueryRequest
from triplehelix.server.results import Result, ResultResponse
from triplehelix.server.state import State

Endpoint = Callable[[Request], Awaitable[Response]]


class ClientGone(Exception):
    """The client has closed the connection; there is nobody to answer."""


def tell_faults(endpoint: Endpoint) -> Endpoint:
    """Return an endpoint whose faults are told as problems."""

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Fault as fault:
            return tell_fault(request, fault)
        except ClientGone:
            return Response(status_code=499)

    return guarded


async def respond(request: Request, query: QueryRequest) -> Response:
    """Return the response to a query, which the client may already have (ETag).

    The tag is weak: the rows of a query without ORDER BY may come in another order.

    Raises:
        Fault: the query has no answer.
    """
    state: State = request.app.state.triplehelix
    served = state.served
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if examine(query.text).is_volatile:
        headers["Cache-Control"] = "no-store"
    else:
        content = served.snapshot.digest.encode() + query.encode()
        headers["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
        if request.method in ("GET", "HEAD") and _has(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
    result = await answer_while_connected(request, served.pool, query)
    return ResultResponse(result, headers, state.limits.delivery)


def _has(request: Request, tag: str) -> bool:
    stated = request.headers.get("if-none-match", "")
    return tag.removeprefix("W/") in (t.strip().removeprefix("W/") for t in stated.split(","))


async def answer_while_connected(request: Request, pool: WorkerPool, query: QueryRequest) -> Result:
    """Return the result of a query; a client that goes away ends it.

    Raises:
        Fault: the query has no answer.
        ClientGone: there is nobody left to answer.
    """
    work = asyncio.create_task(pool.answer(query))
    leaving = asyncio.create_task(_leave(request))
    try:
        await asyncio.wait((work, leaving), return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        raise ClientGone
    finally:
        for task in (work, leaving):
            task.cancel()
        await asyncio.gather(leaving, work, return_exceptions=True)


async def _leave(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
