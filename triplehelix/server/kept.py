"""Results that were given before: a snapshot never changes, so neither does what it answers."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from triplehelix.server.results import Result

_PART = 16
"""No result takes more than this part of the room, so that a few large ones do not fill it."""


class KeptResults:
    """The results of the queries that were asked last, as many as there is room for.

    Who asks what somebody else is asking at the moment waits for that answer: a question that a
    whole class asks at once is worked out once. If it comes to nothing, or is too large to be kept,
    each asks for himself.
    """

    def __init__(self, room: int) -> None:
        """Prepare to keep so many bytes."""
        self._room, self._taken = room, 0
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._asked: dict[bytes, asyncio.Event] = {}

    async def fetch(
        self, key: bytes, media_type: str, ask: Callable[[], Awaitable[Result]]
    ) -> Result:
        """Return the result of a query, kept or asked for.

        Raises:
            Fault: it has none.
        """
        if (asked := self._asked.get(key)) is not None:
            await asked.wait()
        elif key not in self._kept:
            return await self._ask_first(key, ask)
        content = self._kept.get(key)
        if content is None:
            return await ask()
        self._kept.move_to_end(key)
        result = Result(media_type)
        result.write(content)
        return result

    async def _ask_first(self, key: bytes, ask: Callable[[], Awaitable[Result]]) -> Result:
        asked = self._asked[key] = asyncio.Event()
        try:
            result = await ask()
            self._keep(key, result)
        finally:
            del self._asked[key]
            asked.set()
        return result

    def _keep(self, key: bytes, result: Result) -> None:
        if (size := len(key) + result.size) > self._room // _PART:
            return
        result.rewind()
        self._kept[key] = result.read()
        self._taken += size
        while self._taken > self._room:
            oldest, content = self._kept.popitem(last=False)
            self._taken -= len(oldest) + len(content)
