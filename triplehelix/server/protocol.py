"""The SPARQL 1.1 Protocol: queries by GET and by both forms of POST; there is no update."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from triplehelix.server.answers import respond
from triplehelix.server.description import describe_service, offered_forms
from triplehelix.server.negotiation import choose
from triplehelix.server.problems import Fault
from triplehelix.server.requests import read_parameters, read_query
from triplehelix.server.state import State

EDITOR = "editor.html"


async def answer_protocol(request: Request) -> Response:
    """Answer a query, or describe the service where there is none.

    Raises:
        Fault: the request is at fault, or its query has no answer.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        raise Fault("method")
    state: State = request.app.state.triplehelix
    accept = request.headers.get("accept", "")
    pairs = await read_parameters(request, state.limits)
    if request.method != "POST" and not any(name in ("query", "update") for name, _ in pairs):
        return await _describe(request, state, accept)
    return await respond(request, await read_query(pairs, accept, state.limits))


async def _describe(request: Request, state: State, accept: str) -> Response:
    """Describe the service to programs; people are shown the editor, where there is one."""
    editor = state.served.snapshot.folder / "site" / EDITOR
    offered = [*offered_forms(), "text/html"] if editor.is_file() else offered_forms()
    form = choose(accept, offered)
    if form == "text/html":
        return RedirectResponse(f"/{EDITOR}", 303)
    endpoint = str(request.url.replace(query="", fragment=""))
    text = await describe_service(state, endpoint, form)
    return Response(text, media_type=form, headers={"Vary": "Accept"})
