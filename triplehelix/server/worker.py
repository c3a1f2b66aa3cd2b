"""A worker: opens a store, locks itself in, and answers one query after the other.

It is the program of a process that the pool starts; it reads queries from its standard input and
writes frames to its standard output, and can reach nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from graph.answering import FormatError, ReadOnlyStore
from triplehelix.server.frames import Kind, encode_frame, read_frame
from triplehelix.server.jail import enter_jail, used_memory

OUT_OF_MEMORY = 77
"""The exit code of a worker that Python has told that there is no memory left."""
_GROWN = 0.25
"""A worker that keeps more than this part of the memory after a query is due to be replaced."""


class _TooLarge(Exception):
    """The result is larger than the limit."""


class _Outlet:
    """Sends pieces of a result, as long as they are within the limit."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def write(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise _TooLarge
        _send(Kind.DATA, piece)


def _send(kind: Kind, content: bytes = b"") -> None:
    view = memoryview(encode_frame(kind, content))
    while view:
        view = view[os.write(1, view) :]


def _fault(code: str, detail: str = "") -> None:
    _send(Kind.FAULT, json.dumps({"code": code, "detail": detail}).encode())


def _answer(store: ReadOnlyStore, request: dict[str, Any], limit: int) -> None:
    outlet = _Outlet(limit)
    try:
        store.answer(request.pop("query"), request.pop("media_type"), outlet.write, **request)
    except SyntaxError as error:
        _fault("syntax", str(error))
    except FormatError:
        _fault("format")
    except _TooLarge:
        _fault("result_too_large")
    except ValueError as error:
        _fault("value", str(error))
    except OSError as error:
        _fault("store", str(error))


def main() -> None:
    """Answer queries until the standard input ends."""
    settings = json.loads(sys.argv[1])
    try:
        store = ReadOnlyStore(Path(settings["store"]), settings["prefixes"], settings["base"])
    except OSError as error:
        _fault("store", str(error))
        return
    protections = enter_jail(settings["memory"], settings["parent"])
    _send(Kind.READY, json.dumps(protections).encode())
    rest = used_memory()
    stream = os.fdopen(0, "rb", buffering=0)
    while frame := read_frame(stream):
        try:
            _answer(store, json.loads(frame[1]), settings["result"])
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        grown = used_memory() - rest > _GROWN * settings["memory"]
        _send(Kind.END, b"retire" if grown else b"")
