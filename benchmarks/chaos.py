"""Chaos: ordinary clients among hostile ones, while workers are killed.

Every query ends with another comment: none is answered by a result that the server has kept.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import httpx

_SIZE = 63_900
_ROWS = "SELECT * WHERE { ?s ?p ?o } LIMIT "
_DOUBLING = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
HOSTILE = {
    "endless": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "nested braces, 64 kB": "ASK " + "{" * (_SIZE // 2 - 2) + "}" * (_SIZE // 2 - 2),
    "nested signs, 64 kB": "ASK { FILTER(" + "!" * (_SIZE - 20) + "1) }",
    "many tokens, 64 kB": "ASK { " + "<a" * (_SIZE // 2 - 4) + "}",
    "doubling text": f'ASK {{ BIND("aaaaaaaa" AS ?x0) {_DOUBLING} FILTER(STRLEN(?x40) > 9) }}',
    "a million rows": f"{_ROWS}1000000",
    "a large result, cut off": f"{_ROWS}20000",
    "another server": "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
}
_ORDINARY = "ordinary"
_CUT_OFF = "a large result, cut off"


def list_children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return sorted(int(child) for each in lists for child in each.read_text().split())


def used_memory(process: int) -> str:
    """Return the resident memory of a process and of those it has started, for a person."""
    sizes = [size for child in list_children(process) if (size := _resident(child))]
    told = f"{_resident(process):,.0f} MB"
    return f"{told}, and {', '.join(f'{size:,.0f}' for size in sizes)} MB" if sizes else told


def _resident(process: int) -> float:
    """Return megabytes; none for a process that has just ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(slots=True)
class Chaos:
    """What clients of each kind were told, and how much memory the server took at most."""

    url: str
    process: int
    good: list[str]
    ordinary_clients: int = 8
    hostile_clients: int = 8
    statuses: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    milliseconds: list[float] = field(default_factory=list)
    wrong: int = 0
    killed: int = 0
    numbers: Iterator[int] = field(default_factory=itertools.count)
    memory: dict[str, float] = field(default_factory=lambda: {"server": 0.0, "workers": 0.0})

    async def rage(self, seconds: float) -> None:
        """Let all clients ask until the time is over, each without a pause."""
        until = time.monotonic() + seconds
        clients = self.ordinary_clients + self.hostile_clients
        limits = httpx.Limits(max_connections=2 * clients)
        async with httpx.AsyncClient(timeout=60, limits=limits) as client:
            expected = {query: (await self._ask(client, query))[1] for query in self.good}
            async with asyncio.TaskGroup() as group:
                for _ in range(self.ordinary_clients):
                    group.create_task(self._ask_well(client, expected, until))
                for number in range(self.hostile_clients):
                    group.create_task(self._ask_badly(client, number, until))
                group.create_task(self._kill(until))

    async def _ask(self, client: httpx.AsyncClient, query: str) -> tuple[str, bytes]:
        form = {"query": f"{query} # {next(self.numbers)}"}
        try:
            response = await client.post(self.url, data=form)
        except httpx.TransportError as error:
            return type(error).__name__, b""
        return str(response.status_code), response.content

    async def _ask_well(
        self, client: httpx.AsyncClient, expected: dict[str, bytes], until: float
    ) -> None:
        while time.monotonic() < until:
            for query, answer in expected.items():
                began = time.monotonic()
                status, content = await self._ask(client, query)
                self.milliseconds.append(1000 * (time.monotonic() - began))
                self.statuses[_ORDINARY][status] += 1
                self.wrong += status == "200" and content != answer

    async def _ask_badly(self, client: httpx.AsyncClient, number: int, until: float) -> None:
        kinds = list(HOSTILE)
        while time.monotonic() < until:
            kind = kinds[number % len(kinds)]
            ask = self._cut_off if kind == _CUT_OFF else self._ask
            self.statuses[kind][(await ask(client, HOSTILE[kind]))[0]] += 1
            number += 1

    async def _cut_off(self, client: httpx.AsyncClient, query: str) -> tuple[str, bytes]:
        """Ask, and go away when the first piece of the answer is here."""
        form = {"query": f"{query} # {next(self.numbers)}", "format": "csv"}
        async with client.stream("POST", self.url, data=form) as response:
            async for _ in response.aiter_raw():
                break
        return str(response.status_code), b""

    async def _kill(self, until: float) -> None:
        """Kill a worker every second, and look how much memory is taken."""
        while time.monotonic() < until:
            workers = list_children(self.process)
            sizes = {"server": _resident(self.process), "workers": sum(map(_resident, workers))}
            self.memory = {name: max(size, sizes[name]) for name, size in self.memory.items()}
            if workers:
                os.kill(workers[self.killed % len(workers)], signal.SIGKILL)
                self.killed += 1
            await asyncio.sleep(1)


def report_chaos(chaos: Chaos, seconds: float) -> None:
    """Let chaos rage, and print what came of it."""
    print(f"before: {used_memory(chaos.process)}")
    asyncio.run(chaos.rage(seconds))
    for kind, statuses in chaos.statuses.items():
        print(f"{kind}: {', '.join(f'{n:,} × {status}' for status, n in statuses.most_common())}")
    told = chaos.statuses[_ORDINARY]
    share = 100 * told["200"] / told.total()
    cuts = quantiles(chaos.milliseconds, n=100)
    print(f"ordinary: {share:.2f} % answered, {chaos.wrong} wrong, {chaos.killed} workers killed")
    print(f"ordinary: p50 {cuts[49]:,.0f} ms, p99 {cuts[98]:,.0f} ms")
    server, workers = chaos.memory["server"], chaos.memory["workers"]
    print(f"at most: server {server:,.0f} MB, all workers together {workers:,.0f} MB")
    time.sleep(5)
    print(f"after: {used_memory(chaos.process)}")
