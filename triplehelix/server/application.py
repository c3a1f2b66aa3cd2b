"""The ASGI application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from triplehelix.server.answers import tell_faults
from triplehelix.server.limits import Limits
from triplehelix.server.pages import answer_page, send_file
from triplehelix.server.protocol import answer_protocol
from triplehelix.server.questions import answer_question, tell_why
from triplehelix.server.records import answer_ontology, answer_record
from triplehelix.server.state import State

_ALL = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
"""Methods that reach an address, so that those it does not know are told as problems, too."""


def create_application(build: Path | str, limits: Limits | None = None) -> Starlette:
    """Return the application that serves a build; it opens the build when it is started.

    Starting raises:
        InputError: there is no build in the folder.
    """
    state = State(Path(build), limits or Limits())

    @asynccontextmanager
    async def live(application: Starlette) -> AsyncIterator[None]:
        await state.start()
        try:
            yield
        finally:
            await state.close()

    routes = {
        "/sparql": answer_protocol,
        "/sparql/": answer_protocol,
        "/questions/{name}": answer_question,
        "/questions/{name}/reason": tell_why,
        "/id/{slug}": answer_record,
        "/ontology": answer_ontology,
        "/void.ttl": send_file("void.ttl"),
        "/.well-known/void": send_file("void.ttl"),
        "/questions.ttl": send_file("questions.ttl"),
        "/desk.ics": send_file("desk.ics", "text/calendar"),
        "/{path:path}": answer_page,
    }
    application = Starlette(
        routes=[Route(path, tell_faults(answer), methods=_ALL) for path, answer in routes.items()],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                expose_headers=["ETag", "Retry-After", "Content-Language"],
                allow_credentials=False,
            )
        ],
        lifespan=live,
    )
    application.state.triplehelix = state
    return application
