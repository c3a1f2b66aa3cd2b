"""Outputs are made aside and moved into place: a failed build leaves the last one whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location

MARK = ".triplehelix"
"""A file by which a folder is known to be ours, so that nobody else's is ever replaced."""


@contextmanager
def replace_folder(target: Path, *, copy: bool = False) -> Iterator[Path]:
    """Yield an empty folder beside the target; it takes the target's place when all went well.

    With ``copy`` it begins as a copy of the target, so that nothing in it is lost, whoever made it.
    When anything is raised, the new folder is removed and the target stays as it was.

    Raises:
        InputError: the target exists and was not made by us.
    """
    target = target.absolute()
    if not target.name:
        raise InputError([Diagnostic("foreign_folder", Location(str(target)))])
    last = target.with_name(f"{target.name}.last")
    if last.is_dir() and not target.exists():
        last.rename(target)
    if target.exists() and not copy and not _is_ours(target):
        raise InputError([Diagnostic("foreign_folder", Location(str(target)))])
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        if copy and target.exists():
            shutil.copytree(target, fresh, symlinks=True)
        else:
            fresh.mkdir()
        if not copy:
            (fresh / MARK).touch()
        yield fresh
        _swap(fresh, target, last)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _is_ours(target: Path) -> bool:
    return target.is_dir() and ((target / MARK).is_file() or not any(target.iterdir()))


def _swap(fresh: Path, target: Path, last: Path) -> None:
    shutil.rmtree(last, ignore_errors=True)
    if target.exists():
        target.rename(last)
    fresh.rename(target)
    shutil.rmtree(last, ignore_errors=True)


def write_aside(path: Path, data: bytes) -> None:
    """Write a file aside, flush it to the disk, and move it into place."""
    fresh = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        with fresh.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
