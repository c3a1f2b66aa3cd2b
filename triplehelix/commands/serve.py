"""``triplehelix serve``: the endpoint, the questions and the pages of a build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from triplehelix.commands.options import LanguageOption
from triplehelix.terminal.wording import say

LOCAL = ("127.0.0.1", "localhost", "::1")
BuildOption = Annotated[str, typer.Option("--build", metavar="folder", help="build")]
HostOption = Annotated[str, typer.Option("--host", metavar="address", help="host_address")]
PortOption = Annotated[int, typer.Option("--port", metavar="number", help="port", min=1, max=65535)]
SecondsOption = Annotated[
    float, typer.Option("--seconds", metavar="number", help="seconds", min=0.1)
]
MemoryOption = Annotated[int, typer.Option("--memory", metavar="number", help="memory", min=1)]
ResultOption = Annotated[int, typer.Option("--result", metavar="number", help="result", min=1)]
QueryOption = Annotated[
    int, typer.Option("--query-size", metavar="number", help="query_size", min=1)
]
WaitingOption = Annotated[int, typer.Option("--waiting", metavar="number", help="waiting", min=0)]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", metavar="number", help="workers", min=1)
]


def serve(
    build: BuildOption = "build",
    host: HostOption = "127.0.0.1",
    port: PortOption = 8080,
    seconds: SecondsOption = 5.0,
    memory: MemoryOption = 512,
    result: ResultOption = 50,
    query_size: QueryOption = 64,
    waiting: WaitingOption = 64,
    workers: WorkersOption = None,
    lang: LanguageOption = None,
) -> None:
    """Serve the SPARQL endpoint, the questions and the pages; for reading only."""
    from triplehelix.server.limits import KB, MB, Limits

    try:
        from triplehelix.server.running import run_server
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        print(say("serve.missing"), file=sys.stderr)
        raise typer.Exit(1) from error
    limits = Limits(
        seconds=seconds,
        memory=memory * MB,
        result=result * MB,
        query=query_size * KB,
        waiting=waiting,
        **({"workers": workers} if workers else {}),
    )
    if not run_server(Path(build), host, port, limits, lambda: _tell(host, port)):
        raise typer.Exit(1)


def _tell(host: str, port: int) -> None:
    name = f"[{host}]" if ":" in host else host
    print(say("serve.ready", url=f"http://{name}:{port}/"), file=sys.stderr, flush=True)
    if host not in LOCAL:
        print(say("serve.open"), file=sys.stderr, flush=True)
