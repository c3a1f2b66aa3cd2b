"""Servers for tests, each a process of its own."""

import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_NUMBERS = itertools.count()
COMMAND = (sys.executable, "-c", "from triplehelix.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs as a process of its own."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def sparql(self) -> str:
        return f"{self.url}/sparql"

    def send(self, method: str, path: str, **options: object) -> httpx.Response:
        return httpx.request(method, f"{self.url}{path}", timeout=60, **options)  # type: ignore[arg-type]

    def ask(self, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
        return httpx.post(
            self.sparql, data={"query": query}, headers={"Accept": accept}, timeout=60
        )

    def ask_anew(self, query: str) -> httpx.Response:
        """Ask what nobody has asked before, so that a worker has to answer."""
        return self.ask(f"{query}\n# {next(_NUMBERS)}")

    def workers(self) -> list[int]:
        """Return the processes of the workers."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        lists = (path / "children" for path in tasks.iterdir())
        return sorted(int(pid) for each in lists for pid in each.read_text().split())

    def wait_for_workers(self, number: int, *, without: tuple[int, ...] = ()) -> list[int]:
        """Return the workers as soon as there are so many that are not some others."""
        for _ in range(600):
            found = [pid for pid in self.workers() if pid not in without]
            if len(found) >= number:
                return found
            time.sleep(0.05)
        raise AssertionError(f"{len(found)} workers, not {number}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def run_server(build: Path, *options: object, folder: Path | None = None) -> Iterator[Server]:
    """Run a server until the end of the block, in a folder of its own where one is given."""
    port = free_port()
    arguments = ["serve", "--build", build, "--port", port, *options]
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        cwd=folder,
        stderr=subprocess.PIPE,
        env={**os.environ, "TRIPLEHELIX_LANG": "en"},
    )
    assert process.stderr is not None
    try:
        lines = []
        while b"Serving at" not in (line := process.stderr.readline()):
            assert line, b"".join(lines).decode()
            lines.append(line)
        yield Server(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.communicate(timeout=60)
