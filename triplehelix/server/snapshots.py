"""Snapshots: a build, held in a folder of the server's own, so that nobody can pull it away.

A build is swapped as a whole (:mod:`triplehelix.replacement`). Its large files never change once
they are written, so they are linked, which costs nothing; the small ones that a store rewrites in
place are copied.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location

MARK = "graph.trig.sha256"
"""The file by which a build is known, and told from the next."""
_TAKEN = ("store", "site", "void.ttl", "questions.ttl", "desk.ics")
_PREFIX = ".triplehelix-served-"

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A build as it was when it was taken: its folder, its digest, and the stamp of its mark."""

    folder: Path
    digest: str
    stamp: Stamp

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.folder / "store"

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def read_stamp(build: Path) -> Stamp | None:
    """Return what tells a build from the next: inode and time of its mark; nothing without one."""
    try:
        found = (build / MARK).stat()
    except OSError:  # while a build is swapped there is none for a moment
        return None
    return found.st_ino, found.st_mtime_ns


def check_build(build: Path) -> Stamp:
    """Return the stamp of a build.

    Raises:
        InputError: there is no build in the folder.
    """
    stamp = read_stamp(build)
    if stamp is None or not (build / "store" / "CURRENT").is_file():
        where = {"path": str(build / "store")}
        raise InputError([Diagnostic("unknown_store", Location(""), arguments=where)])
    return stamp


def take_snapshot(build: Path) -> Snapshot:
    """Return a snapshot of a build, in a new folder beside it, or else in the temporary folder.

    Raises:
        InputError: there is no build.
        OSError: the build was swapped meanwhile, or the disk is full.
    """
    stamp = check_build(build)
    digest = (build / MARK).read_text(encoding="ascii").split()[0]
    folder = _make_folder(build.absolute().parent)
    try:
        for name in _TAKEN:
            _take(build / name, folder / name)
        if read_stamp(build) != stamp:
            raise FileNotFoundError(build)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Snapshot(folder, digest, stamp)


def remove_leftovers(build: Path) -> None:
    """Remove the snapshots of servers that were killed before they could."""
    for folder in build.absolute().parent.glob(f"{_PREFIX}*"):
        process = folder.name.removeprefix(_PREFIX).split("-")[0]
        if process.isdigit() and not _runs(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    if os.name != "posix":  # elsewhere this signal would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _make_folder(parent: Path) -> Path:
    prefix = f"{_PREFIX}{os.getpid()}-"
    try:
        return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    except OSError:  # the folder of the build may be read-only
        return Path(tempfile.mkdtemp(prefix=prefix))


def _take(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, copy_function=_take_file)
    elif source.is_file():
        _take_file(str(source), str(target))


def _take_file(source: str, target: str) -> str:
    rewritten = Path(source).parent.name == "store" and not source.endswith(".sst")
    if not rewritten:
        try:
            os.link(source, target)
            return target
        except OSError:  # another disk, or one without links
            pass
    return shutil.copyfile(source, target)
