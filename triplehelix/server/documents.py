"""Answers of questions as people keep them: tables for spreadsheets, workbooks, Markdown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

from rdflib.query import Result as SolutionReader
from starlette.requests import Request
from starlette.responses import Response

from graph.questions import Question
from graph.sparql import tell_reason
from triplehelix.result_forms import encode_result
from triplehelix.results import tabulate_answer
from triplehelix.server.answers import answer_while_connected
from triplehelix.server.limits import MB, Limits
from triplehelix.server.problems import Fault
from triplehelix.server.requests import QueryRequest
from triplehelix.server.results import Result
from triplehelix.server.state import Served, State
from triplehelix.terminal.output import ResultForm

DOCUMENTS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown",
}
"""Forms for people, which are written by the server itself, from what a worker has found."""
_LARGEST = 10 * MB
"""The largest result, as JSON, of which a document is written: it is held whole, as Python objects,
and the longest answer on an ecosystem of a million triples is a third of that."""


async def respond_with_document(
    request: Request,
    query: QueryRequest,
    question: Question,
    arguments: dict[str, str],
    form: str,
    language: str,
) -> Response:
    """Return the answer of a question, asked by a query for JSON, as a document of a media type.

    Raises:
        Fault: there is no answer, it is too large, or too many documents are waiting.
    """
    state: State = request.app.state.triplehelix
    served = state.served
    async with _take_turn(served, state.limits):
        result = await answer_while_connected(request, served.pool, query)
        try:
            if result.size > _LARGEST:
                raise Fault("result_too_large", limit=_LARGEST)
            return await asyncio.to_thread(
                _write, served, question, arguments, result, form, language
            )
        finally:
            result.close()


@asynccontextmanager
async def _take_turn(served: Served, limits: Limits) -> AsyncIterator[None]:
    """Wait until no other document is written."""
    try:
        async with asyncio.timeout(limits.patience):
            await served.writing.acquire()
    except TimeoutError as error:
        raise Fault("busy") from error
    try:
        yield
    finally:
        served.writing.release()


def _write(
    served: Served,
    question: Question,
    arguments: dict[str, str],
    result: Result,
    form: str,
    language: str,
) -> Response:
    """Return a result as people keep it: with the names of the columns, as a workbook or text."""
    result.rewind()
    parsed = SolutionReader.parse(BytesIO(result.read()), format="json")
    why = {} if len(parsed) else tell_reason(served.labels, question, arguments)
    reason = (why or {}).get(language, "")
    table = tabulate_answer(served.labels, question, parsed, language, reason)
    [short] = (name for name, media_type in DOCUMENTS.items() if media_type == form)
    return Response(
        encode_result(table, ResultForm(short), language),
        headers={
            "Vary": "Accept, Accept-Language",
            "Cache-Control": "no-cache",
            "Content-Language": language,
            "Content-Disposition": f'inline; filename="{question.name}.{short}"',
            "X-Content-Type-Options": "nosniff",
        },
        media_type=form,
    )
