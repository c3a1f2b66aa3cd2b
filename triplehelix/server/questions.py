"""The questions of the library at their own addresses, asked with bound terms.

Programs are given JSON and XML as SPARQL 1.1 has them. CSV and TSV are for spreadsheets here, byte
for byte the files of ``triplehelix query``: with the titles of the columns in the language of the
reader, the mark by which Excel knows UTF-8, and an apostrophe before text that would else be taken
for a formula. CSV and TSV that are exact to the letter of the standard are given at ``/sparql``.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.diagnostics import InputError, render
from graph.questions import Question, find_question
from graph.sparql import bind, tell_reason
from graph.substitution import encode_term
from triplehelix.server.answers import respond
from triplehelix.server.documents import DOCUMENTS, respond_with_document
from triplehelix.server.negotiation import RESULTS, SHORT, choose
from triplehelix.server.pages import check_method
from triplehelix.server.problems import Fault, read_language
from triplehelix.server.requests import Pairs, QueryRequest, read_parameters
from triplehelix.server.state import Served, State

RESERVED = frozenset({"format", "lang"})
"""Names in an address that are no parameters of a question."""
_OFFERED = tuple(dict.fromkeys((*RESULTS, *DOCUMENTS.values())))
_FORMS = {name: SHORT[name] for name in ("json", "xml")} | DOCUMENTS


async def answer_question(request: Request) -> Response:
    """Answer a question of the library; parameters stand in the address.

    Raises:
        Fault: there is no such question, or a parameter is wrong.
    """
    check_method(request)
    state: State = request.app.state.triplehelix
    pairs = await read_parameters(request, state.limits)
    language = _choose_language(pairs, request)
    question, arguments = _read(request.path_params["name"], pairs, language)
    form = _choose_form(dict(pairs).get("format", ""), request)
    served = state.served
    with _telling(language):
        bindings = await asyncio.to_thread(_bind, served, question, arguments)
    if form in RESULTS and form not in DOCUMENTS.values():
        return await respond(request, QueryRequest(question.text, form, bindings))
    query = QueryRequest(question.text, RESULTS[0], bindings)
    return await respond_with_document(request, query, question, arguments, form, language)


async def tell_why(request: Request) -> Response:
    """Tell by language why a question has no answer: what its header says, and what was counted.

    Raises:
        Fault: there is no such question, or a parameter is wrong.
    """
    check_method(request)
    state: State = request.app.state.triplehelix
    pairs = await read_parameters(request, state.limits)
    language = _choose_language(pairs, request)
    question, arguments = _read(request.path_params["name"], pairs, language)
    with _telling(language):
        told = await asyncio.to_thread(_reason, state.served, question, arguments)
    return JSONResponse(told, headers={"Cache-Control": "no-cache"})


def _read(name: str, pairs: Pairs, language: str) -> tuple[Question, dict[str, str]]:
    """Return the question and its arguments."""
    try:
        question = find_question(name)
    except InputError as error:
        raise _fault("no_question", error, language) from error
    counted = Counter(key for key, _ in pairs)
    if twice := sorted(key for key, number in counted.items() if number > 1):
        raise Fault("argument", reason=", ".join(twice))
    return question, {key: value for key, value in pairs if key not in RESERVED}


def _choose_language(pairs: Pairs, request: Request) -> str:
    """Return the language that is asked for in the address, or else by the header."""
    return read_language(dict(pairs).get("lang") or request.headers.get("accept-language", ""))


def _choose_form(name: str, request: Request) -> str:
    """Return the media type that is asked for, by a short name or by the header."""
    if not name:
        return choose(request.headers.get("accept", ""), _OFFERED)
    if name not in _FORMS:
        raise Fault("format", offered=", ".join(_FORMS))
    return _FORMS[name]


def _reason(served: Served, question: Question, arguments: dict[str, str]) -> dict[str, str]:
    with served.lock:
        return tell_reason(served.dataset, question, arguments) or {}


def _bind(served: Served, question: Question, arguments: dict[str, str]) -> dict[str, str]:
    """Return the terms of arguments; names are looked up by our own query in the snapshot."""
    with served.lock:
        terms = bind(served.dataset, question, arguments)
    return {name: encode_term(term) for name, term in terms.items()}


@contextmanager
def _telling(language: str) -> Iterator[None]:
    """Turn what is wrong with an argument into a fault."""
    try:
        yield
    except InputError as error:
        raise _fault("argument", error, language) from error


def _fault(code: str, error: InputError, language: str) -> Fault:
    reason = " ".join(render(each, language) for each in error.diagnostics)
    return Fault(code, reason=reason)
