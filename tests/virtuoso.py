"""Debian's Virtuoso on free ports of 127.0.0.1, with a database of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest

SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
ServerThreads = 10
CheckpointInterval = 0
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 20
"""
START = 90
"""Seconds that the making of a fresh database may take."""


@dataclass(frozen=True, slots=True)
class Virtuoso:
    """The addresses of a running server; the password is the one that every fresh database has."""

    query: str
    update: str
    graphs: str
    user: str = "dba"
    password: str = "dba"


def find_virtuoso() -> str:
    """The program; without it the tests are skipped, or fail where REQUIRE_VIRTUOSO is set."""
    program = shutil.which("virtuoso-t")
    if not program:
        if os.environ.get("REQUIRE_VIRTUOSO"):
            pytest.fail("no virtuoso-t, though REQUIRE_VIRTUOSO is set")
        pytest.skip("no virtuoso-t (Debian: virtuoso-opensource-7-bin)")
    return program


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


@contextmanager
def run_virtuoso(program: str, folder: Path) -> Iterator[Virtuoso]:
    """Run a server over a fresh database in a folder, and stop it at the end."""
    sql, http = _free_ports()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(sql=sql, http=http), encoding="ascii")
    with (folder / "output.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "+foreground", "+configfile", "virtuoso.ini"],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    base = f"http://127.0.0.1:{http}"
    try:
        _await(f"{base}/sparql", process, folder)
        yield Virtuoso(f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth")
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + START
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end and process.poll() is None:
        with suppress(URLError, OSError), opener.open(address, timeout=5):
            return
        time.sleep(0.3)
    pytest.fail(f"virtuoso-t does not answer: {(folder / 'output.log').read_text()[-2000:]}")
