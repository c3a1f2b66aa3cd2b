"""The result of a query, held whole before any of it is sent, and its delivery.

Only a result that is whole is sent, so that the status is true, the length is known, and a query
that fails half-way has a proper answer. What cannot be delivered breaks the connection off: text
is never appended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_IN_MEMORY = 1 << 20
_PIECE = 1 << 16


@dataclass(slots=True)
class Result:
    """What a worker has answered; beyond a megabyte it lies in a temporary file."""

    media_type: str
    size: int = 0
    _content: IO[bytes] = field(default_factory=partial(SpooledTemporaryFile, _IN_MEMORY))

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self._content.write(piece)
        self.size += len(piece)

    def clear(self) -> None:
        """Forget everything, to begin again."""
        self._content.seek(0)
        self._content.truncate()
        self.size = 0

    def rewind(self) -> None:
        """Go back to the beginning."""
        self._content.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, or all that are left."""
        return self._content.read(size)

    def close(self) -> None:
        """Let go of the file."""
        self._content.close()


class ResultResponse(Response):
    """Delivers a result to a client that takes it within a time."""

    def __init__(self, result: Result, headers: Mapping[str, str], seconds: float) -> None:
        """Prepare the headers."""
        text = result.media_type.startswith("text/") or result.media_type.endswith("xml")
        charset = "; charset=utf-8" if text else ""
        told = {"Content-Type": result.media_type + charset, "Content-Length": str(result.size)}
        super().__init__(None, 200, {**headers, **told})
        self._result, self._seconds = result, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the result; when time is up the connection is closed, since more was promised."""
        head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        try:
            async with asyncio.timeout(self._seconds):
                await send(head)
                self._result.rewind()
                left = 0 if scope["method"] == "HEAD" else self._result.size
                while left > 0:
                    piece = self._result.read(_PIECE)
                    left -= len(piece)
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            return
        finally:
            self._result.close()
