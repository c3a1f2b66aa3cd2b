"""What the server serves at the moment, and how it takes up the next build."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from rdflib import Dataset
from starlette.staticfiles import StaticFiles

from graph.diagnostics import InputError
from graph.store import open_store
from triplehelix.server.jail import PROTECTIONS
from triplehelix.server.limits import Limits
from triplehelix.server.pool import Gate, WorkerPool
from triplehelix.server.process import WorkerLost
from triplehelix.server.protections import tell_protections
from triplehelix.server.snapshots import Snapshot, read_stamp, remove_leftovers, take_snapshot
from triplehelix.terminal.wording import chosen_language

_log = logging.getLogger(__name__)
_LOOK = 1.0
"""Seconds between two looks at the folder of the build."""


@dataclass(slots=True)
class Served:
    """A snapshot with all that answers from it.

    ``dataset`` is for questions of our own only: names of parameters are looked up in it, never a
    query of a stranger. It is used by one thread at a time. ``labels`` is the same store opened
    again, for the documents that are written with its labels, which takes seconds where they are
    long; one is written at a time.
    """

    snapshot: Snapshot
    pool: WorkerPool
    dataset: Dataset
    labels: Dataset
    site: StaticFiles
    lock: Lock = field(default_factory=Lock)
    writing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))


class State:
    """The build that is served; a new one takes its place without a request being lost."""

    def __init__(self, build: Path, limits: Limits) -> None:
        """Prepare; :meth:`start` opens the build."""
        self.limits = limits
        self._build, self._gate = build, Gate()
        self._served: Served | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def served(self) -> Served:
        """What is served now."""
        assert self._served is not None
        return self._served

    async def start(self) -> None:
        """Open the build, and look for the next from then on.

        Raises:
            InputError: there is no build.
        """
        remove_leftovers(self._build)
        self._served = await self._open()
        if set(PROTECTIONS) - set(self.served.pool.protections):
            _log.warning(tell_protections(self.served.pool.protections)[chosen_language()])
        self._run(self._watch())

    async def close(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._served:
            await self._close(self._served, 0)

    def _run(self, work: object) -> None:
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _open(self) -> Served:
        snapshot = await asyncio.to_thread(take_snapshot, self._build)
        pool = WorkerPool(snapshot.store, self.limits, self._gate)
        try:
            await pool.start()
            dataset = await asyncio.to_thread(open_store, str(snapshot.store))
            labels = await asyncio.to_thread(open_store, str(snapshot.store))
        except BaseException:
            await pool.close()
            snapshot.remove()
            raise
        site = StaticFiles(directory=snapshot.folder / "site", html=True, check_dir=False)
        return Served(snapshot, pool, dataset, labels, site)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK)
            stamp = read_stamp(self._build)
            if stamp is None or stamp == self.served.snapshot.stamp:
                continue
            try:
                fresh = await self._open()
            except (InputError, OSError, WorkerLost) as error:
                _log.warning("the new build cannot be taken up yet: %s", error)
                continue
            last, self._served = self.served, fresh
            _log.info("a new build is served: %s", fresh.snapshot.digest)
            self._run(self._close(last, self.limits.patience + self.limits.seconds))

    @staticmethod
    async def _close(served: Served, patience: float) -> None:
        try:
            await served.pool.close(patience)
        finally:
            served.snapshot.remove()
