"""Two who record at the same time: the second waits for its turn to look again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location
from graph.schema import Schema
from triplehelix.desk.register import Register, read_register


@contextmanager
def hold_register(home: Path, known: Register, schema: Schema) -> Iterator[None]:
    """Keep others from recording in a register, which is still as it is known.

    Raises:
        InputError: another process records in it, or has done so since it was read.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home.with_name(f".{home.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as timeout:
        raise InputError([Diagnostic("register_busy", Location(str(home)))]) from timeout
    try:
        if read_register(home, schema) != known:
            raise InputError([Diagnostic("register_changed", Location(str(home)))])
        yield
    finally:
        lock.release()
