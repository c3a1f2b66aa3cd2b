"""Running the server: one process before its workers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import uvicorn

from triplehelix.server.application import create_application
from triplehelix.server.limits import Limits
from triplehelix.server.snapshots import check_build


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    ready: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            self.ready()


def run_server(
    build: Path, host: str, port: int, limits: Limits, ready: Callable[[], None]
) -> bool:
    """Serve a build until interrupted; returns whether it could be started.

    Raises:
        InputError: there is no build in the folder.
    """
    check_build(build)
    config = uvicorn.Config(
        create_application(build, limits),
        host=host,
        port=port,
        log_level="warning",
        # Queries stand in addresses; who asked what is nobody's business.
        access_log=False,
        server_header=False,
        # A query in an address is percent-encoded, three bytes for one.
        h11_max_incomplete_event_size=3 * limits.query + 65_536,
    )
    server = _Server(config)
    server.ready = ready
    server.run()
    return server.started
