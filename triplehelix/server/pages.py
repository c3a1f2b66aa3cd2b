"""The pages of the build, as files: nothing is rendered here."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from triplehelix.server.answers import Endpoint
from triplehelix.server.problems import Fault
from triplehelix.server.state import State

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Pages carry a policy of their own; this one adds what a page cannot say of itself.
    "Content-Security-Policy": "frame-ancestors 'self'; object-src 'none'",
    "Cache-Control": "no-cache",
}


def check_method(request: Request) -> None:
    """Let only reading pass.

    Raises:
        Fault: the request is of another method.
    """
    if request.method not in ("GET", "HEAD"):
        raise Fault("method")


async def answer_page(request: Request) -> Response:
    """Send a file of the site; a folder is its ``index.html``.

    Raises:
        Fault: there is none.
    """
    check_method(request)
    state: State = request.app.state.triplehelix
    site = state.served.site
    try:
        response = await site.get_response(site.get_path(request.scope), request.scope)
    except HTTPException as error:
        raise Fault("not_found") from error
    if response.status_code == 404:
        raise Fault("not_found")
    response.headers.update(_HEADERS)
    return response


def send_file(name: str, media_type: str = "text/turtle") -> Endpoint:
    """Return the endpoint that sends a file of the build."""

    async def send(request: Request) -> Response:
        check_method(request)
        state: State = request.app.state.triplehelix
        path = state.served.snapshot.folder / name
        if not path.is_file():
            raise Fault("not_found")
        return FileResponse(path, media_type=f"{media_type}; charset=utf-8", headers=_HEADERS)

    return send
