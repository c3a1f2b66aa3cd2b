"""The limits of the server, each with its default."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

KB, MB = 1000, 1000**2


def _workers() -> int:
    return max(4, 2 * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a query may take, and how many may be at work.

    Attributes:
        seconds: how long a query may run; then its worker is killed (503).
        memory: bytes that a query may take beside what a worker has at rest (507).
        result: bytes of the largest result (507).
        query: bytes of the longest query (413).
        waiting: how many requests may wait for a worker; the next is turned away (503).
        patience: seconds that a request waits for a worker at most (503).
        nesting: how deep brackets and signs before an operand may stand in each other (400);
            a few thousand end any Oxigraph process by overflowing its stack.
        workers: queries that run at a time; more than processors, so that a few slow ones leave
            room for the many quick ones.
        spare: workers beyond those, ready to step in for one that was killed.
        kept: bytes of results that are kept, to be given again without a worker.
        delivery: seconds that a client may take to fetch a result, or to send a request.

    >>> limits = Limits()
    >>> limits.seconds, limits.memory, limits.result, limits.query, limits.waiting
    (5.0, 512000000, 50000000, 64000, 64)
    """

    seconds: float = 5.0
    memory: int = 512 * MB
    result: int = 50 * MB
    query: int = 64 * KB
    waiting: int = 64
    patience: float = 10.0
    nesting: int = 100
    workers: int = field(default_factory=_workers)
    spare: int = 2
    kept: int = 64 * MB
    delivery: float = 60.0
