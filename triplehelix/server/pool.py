"""The pool: workers that are ready before they are needed, and replaced when they end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from triplehelix.server.examination import examine
from triplehelix.server.kept import KeptResults
from triplehelix.server.limits import Limits
from triplehelix.server.problems import Fault
from triplehelix.server.process import Worker, WorkerLost
from triplehelix.server.requests import QueryRequest
from triplehelix.server.results import Result

_log = logging.getLogger(__name__)
_ATTEMPTS = 3
"""How often a query is asked whose worker was ended by something else."""
_PAUSE = 0.5
"""Seconds before another attempt to start a worker that did not start."""


@dataclass(slots=True)
class Gate:
    """Counts who waits, over all pools that a server has while it takes up a new build."""

    waiting: int = 0


class WorkerPool:
    """Workers over the store of one snapshot.

    Every worker has a keeper, a task that waits for the process to end and starts the next: the
    number of workers never goes down for longer than a start takes.
    """

    def __init__(self, store: Path, limits: Limits, gate: Gate | None = None) -> None:
        """Prepare a pool; :meth:`start` fills it."""
        self._store, self._limits, self._gate = store, limits, gate or Gate()
        self._ready: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._slots = asyncio.Semaphore(limits.workers)
        self._keepers: list[asyncio.Task[None]] = []
        self._kept = KeptResults(limits.kept)
        self._busy = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.protections: Sequence[str] = ()

    async def start(self) -> None:
        """Start all workers.

        Raises:
            WorkerLost: the first did not get ready.
        """
        first = await self._start_worker()
        self.protections = first.protections
        self._keepers = [
            asyncio.create_task(self._keep(first if number == 0 else None))
            for number in range(self._limits.workers + self._limits.spare)
        ]

    async def close(self, patience: float = 0.0) -> None:
        """End all workers, after those at work have had some time to finish."""
        if patience:
            try:
                await asyncio.wait_for(self._idle.wait(), patience)
            except TimeoutError:
                _log.warning("%s queries were cut short", self._busy)
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for worker in list(self._workers):
            worker.kill()
        for worker in list(self._workers):
            await worker.wait()

    async def answer(self, request: QueryRequest) -> Result:
        """Return the whole result of a query.

        Raises:
            Fault: the query is at fault, takes too much, or too many wait.
        """
        ask = partial(self._ask, request)
        if examine(request.text).is_volatile:
            return await ask()
        return await self._kept.fetch(request.encode(), request.media_type, ask)

    async def _ask(self, request: QueryRequest) -> Result:
        content = request.encode()
        result = Result(request.media_type)
        try:
            async with self._take_turn():
                await self._attempt(content, result)
        except BaseException:
            result.close()
            raise
        return result

    @asynccontextmanager
    async def _take_turn(self) -> AsyncIterator[None]:
        """Wait until fewer queries are at work than there are workers."""
        if self._slots.locked() and self._gate.waiting >= self._limits.waiting:
            raise Fault("busy")
        self._gate.waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                await self._slots.acquire()
        except TimeoutError as error:
            raise Fault("busy") from error
        finally:
            self._gate.waiting -= 1
        self._busy += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._busy -= 1
            self._slots.release()
            if not self._busy:
                self._idle.set()

    async def _attempt(self, content: bytes, result: Result) -> None:
        for _ in range(_ATTEMPTS):
            worker = await self._take_worker()
            try:
                await worker.answer(content, result)
                return
            except WorkerLost as error:
                _log.warning("a worker was lost (%s); the query is asked again", error)
                result.clear()
            except BaseException as error:
                # Only a fault leaves the worker where it can be asked again; a client that went
                # away leaves it in the middle of an answer.
                if not isinstance(error, Fault):
                    worker.kill()
                raise
            finally:
                self._give_back(worker)
        raise Fault("lost")

    async def _take_worker(self) -> Worker:
        try:
            async with asyncio.timeout(self._limits.patience):
                while not (worker := await self._ready.get()).is_alive:
                    pass
        except TimeoutError as error:
            raise Fault("busy") from error
        return worker

    def _give_back(self, worker: Worker) -> None:
        if worker.is_tired:
            worker.kill()
        elif worker.is_alive:
            self._ready.put_nowait(worker)

    async def _keep(self, worker: Worker | None) -> None:
        """Have one worker at all times."""
        while True:
            if worker is None:
                try:
                    worker = await self._start_worker()
                except WorkerLost as error:
                    _log.error("a worker does not start: %s", error)
                    await asyncio.sleep(_PAUSE)
                    continue
            self._ready.put_nowait(worker)
            await worker.wait()
            self._workers.discard(worker)
            worker = None

    async def _start_worker(self) -> Worker:
        worker = await Worker.start(self._store, self._limits)
        self._workers.add(worker)
        return worker
