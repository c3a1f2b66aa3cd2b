"""Frames: how the server and a worker talk over two pipes.

A frame is one byte for its kind, four for the length, and the content.
"""

from __future__ import annotations

import struct
from enum import Enum
from typing import Protocol

_HEAD = struct.Struct(">cI")
HEAD = _HEAD.size


class Kind(Enum):
    """What a frame says."""

    QUERY = b"Q"
    READY = b"R"
    DATA = b"D"
    END = b"E"
    FAULT = b"X"


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


def encode_frame(kind: Kind, content: bytes = b"") -> bytes:
    r"""Return a frame as bytes.

    >>> encode_frame(Kind.DATA, b"ab")
    b'D\x00\x00\x00\x02ab'
    """
    return _HEAD.pack(kind.value, len(content)) + content


def decode_head(head: bytes) -> tuple[Kind, int]:
    """Return kind and length of a frame from its first bytes.

    Raises:
        ValueError: there is no such kind.
    """
    kind, length = _HEAD.unpack(head)
    return Kind(kind), length


def read_frame(stream: _Readable) -> tuple[Kind, bytes] | None:
    """Return the next frame of a stream, or nothing at its end."""
    head = _read(stream, HEAD)
    if len(head) < HEAD:
        return None
    kind, length = decode_head(head)
    content = _read(stream, length)
    return (kind, content) if len(content) == length else None


def _read(stream: _Readable, size: int) -> bytes:
    pieces: list[bytes] = []
    while size and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
