"""The encoding of a text file: byte-order mark, then UTF-8, then cp949, else an error."""

import codecs
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


def detect_encoding(path: Path) -> str:
    """Return the name of the encoding of a file, which is read in pieces.

    Raises:
        InputError: no encoding fits; says at which byte the marked encoding, or UTF-8, ended.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), "")
    offset = first_fault(path, marked.removesuffix("-sig") or "utf-8")
    if offset is None:
        return marked or "utf-8"
    if not marked and first_fault(path, "cp949") is None:
        return "cp949"
    where = Location(path.name)
    arguments = {"offset": str(offset)}
    raise InputError([Diagnostic("unknown_encoding", where, arguments=arguments)])


def first_fault(path: Path, encoding: str) -> int | None:
    """Return the offset of the first byte that does not fit an encoding, or nothing."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return read - pending + error.start
            if not chunk:
                return None
            read += len(chunk)
