"""Records and the ontology at their own addresses: a page for people, RDF for programs."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.namespaces import EVIDENCE_GRAPH, ID, ONTOLOGY_GRAPH
from triplehelix.pages.addresses import page_address
from triplehelix.server.answers import respond
from triplehelix.server.negotiation import GRAPHS, SHORT, choose
from triplehelix.server.pages import check_method
from triplehelix.server.problems import Fault
from triplehelix.server.requests import QueryRequest
from triplehelix.server.state import State

_SLUG = re.compile(r"[\w.~%-]+")
_EXISTS = """
ASK { ?record ?property ?value }
"""
_RECORD = """
PREFIX th: <https://w3id.org/triplehelix/ontology#>
CONSTRUCT {
  ?record ?property ?value .
  ?other ?points ?record .
  ?evidence ?says ?what .
} WHERE {
  { ?record ?property ?value }
  UNION
  { ?other ?points ?record }
  UNION
  { GRAPH ?evidences { ?evidence th:supports ?record ; ?says ?what } }
}
"""
_ONTOLOGY = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"


async def answer_record(request: Request) -> Response:
    """Show the page of a record to people, and give its triples and evidence to programs.

    Raises:
        Fault: there is no such record.
    """
    slug = request.path_params["slug"]
    if not _SLUG.fullmatch(slug):
        raise Fault("not_found")
    page = f"records/{page_address(slug)}"
    bindings = {"record": f"<{ID[slug]}>"}
    if not await _exists(request, bindings):
        raise Fault("not_found")
    return await _show(request, page, _RECORD, bindings | {"evidences": f"<{EVIDENCE_GRAPH}>"})


async def answer_ontology(request: Request) -> Response:
    """Show the reference of the ontology to people, and give the ontology to programs.

    Raises:
        Fault: it is asked for in a form that there is not.
    """
    return await _show(request, "ontology.html", _ONTOLOGY, {"graph": f"<{ONTOLOGY_GRAPH}>"})


async def _exists(request: Request, bindings: dict[str, str]) -> bool:
    state: State = request.app.state.triplehelix
    query = QueryRequest(_EXISTS, "text/csv", bindings)
    result = await state.served.pool.answer(query)
    result.rewind()
    found = result.read().strip() == b"true"
    result.close()
    return found


async def _show(request: Request, page: str, query: str, bindings: dict[str, str]) -> Response:
    check_method(request)
    state: State = request.app.state.triplehelix
    offered = list(GRAPHS)
    if (state.served.snapshot.folder / "site" / page).is_file():
        offered.append("text/html")
    accept = SHORT.get(request.query_params.get("format", ""), request.headers.get("accept", ""))
    form = choose(accept, offered)
    if form == "text/html":
        return RedirectResponse(f"/{page}", 303, {"Vary": "Accept"})
    return await respond(request, QueryRequest(query, form, bindings))
