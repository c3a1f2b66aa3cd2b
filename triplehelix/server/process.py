"""One worker as the server sees it: a process that is started, asked, and killed."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from graph.namespaces import ID, PREFIXES
from triplehelix.server.frames import HEAD, Kind, decode_head, encode_frame
from triplehelix.server.limits import Limits
from triplehelix.server.problems import Fault
from triplehelix.server.results import Result
from triplehelix.server.worker import OUT_OF_MEMORY

_PROGRAM = (
    "import json, sys; sys.path += json.loads(sys.argv.pop()); "
    "from triplehelix.server.worker import main; main()"
)
"""Started without site and environment, so that nobody's code runs beside ours."""
_PACKAGES = ("graph", "triplehelix", "pyoxigraph")
"""What a worker imports beside the standard library."""
_START = 20.0
"""Seconds within which a worker must be ready."""
_BEYOND_LIMIT = (OUT_OF_MEMORY, -6, -11, -7)
"""How a worker ends that has no memory left, or no stack: told by Python, or by a signal."""


class WorkerLost(Exception):
    """A worker has ended, or does not begin."""


class Worker:
    """A process that answers one query at a time."""

    def __init__(self, process: Process, limits: Limits) -> None:
        """Keep the process; :meth:`start` makes one."""
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._limits = process, limits
        self._to: StreamWriter = process.stdin
        self._from: StreamReader = process.stdout
        self.protections: Sequence[str] = ()
        self._is_killed = False
        self.is_tired = False
        """Whether it holds much memory from an earlier query, and should be replaced."""

    @classmethod
    async def start(cls, store: Path, limits: Limits) -> Worker:
        """Return a worker that is ready to be asked.

        Raises:
            WorkerLost: it did not get ready.
        """
        settings = {
            "store": str(store),
            "prefixes": PREFIXES,
            "base": str(ID),
            "memory": limits.memory,
            "result": limits.result,
            "parent": os.getpid(),
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", "-c", _PROGRAM),
            *(json.dumps(settings), json.dumps(find_packages())),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=_environment(),
            limit=1 << 18,
        )
        worker = cls(process, limits)
        try:
            async with asyncio.timeout(_START):
                kind, content = await worker._read_frame()
        except BaseException as error:
            worker.kill()
            if isinstance(error, TimeoutError | IncompleteReadError | OSError):
                raise WorkerLost(f"exit code {await process.wait()}") from error
            raise
        if kind is not Kind.READY:
            worker.kill()
            raise WorkerLost(content.decode())
        worker.protections = json.loads(content)
        return worker

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process can be asked.

        One that was killed cannot, even while the system has not told that it ended: it may have
        left a part of its last answer behind.
        """
        return self._process.returncode is None and not self._is_killed

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._is_killed = True
        if self._process.returncode is None:
            self._process.kill()

    async def wait(self) -> None:
        """Return when the process has ended."""
        await self._process.wait()

    async def answer(self, request: bytes, result: Result) -> None:
        """Let a query be answered to a result.

        Raises:
            Fault: the query is at fault, or takes more than the limits allow.
            WorkerLost: the process has ended, and the query need not be the reason.
        """
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._exchange(request, result)
        except TimeoutError as error:
            self.kill()
            raise Fault("timeout", limit=f"{self._limits.seconds:g}") from error
        except (IncompleteReadError, OSError) as error:
            code = await self._process.wait()
            if code in _BEYOND_LIMIT:
                raise Fault("memory", limit=self._limits.memory) from error
            raise WorkerLost(f"exit code {code}") from error
        except ValueError as error:
            self.kill()
            raise WorkerLost("it does not keep to the frames") from error

    async def _exchange(self, request: bytes, result: Result) -> None:
        self._to.write(encode_frame(Kind.QUERY, request))
        await self._to.drain()
        fault: Fault | None = None
        while True:
            kind, content = await self._read_frame()
            if kind is Kind.DATA:
                result.write(content)
            elif kind is Kind.FAULT:
                fault = self._read_fault(content)
            else:
                break
        self.is_tired = content == b"retire"
        if fault:
            raise fault

    async def _read_frame(self) -> tuple[Kind, bytes]:
        kind, length = decode_head(await self._from.readexactly(HEAD))
        return kind, await self._from.readexactly(length) if length else b""

    def _read_fault(self, content: bytes) -> Fault:
        told = json.loads(content)
        limit = self._limits.result
        return Fault(told["code"], parser=told["detail"], limit=limit, offered="-")


@cache
def find_packages() -> list[str]:
    """Return the folders in which the packages of a worker lie.

    They are asked for one by one, as an editable install has a finder of its own for them, which a
    worker has not: for it the search path of this process would not do.
    """
    found = (importlib.util.find_spec(name) for name in _PACKAGES)
    folders = (str(Path(spec.origin).parent.parent) for spec in found if spec and spec.origin)
    return list(dict.fromkeys(folders))


def _environment() -> dict[str, str]:
    """Return the little that a worker may know of its surroundings."""
    kept = ("SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")
    # One arena for the allocator: each further one would take 64 MB of the address space.
    return {"MALLOC_ARENA_MAX": "1"} | {n: os.environ[n] for n in kept if n in os.environ}
