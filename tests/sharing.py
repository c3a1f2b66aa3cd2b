"""A folder that one of the processes of a test run makes, and all of them read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_LONGEST = 600
"""Seconds that another process may take to make a folder."""


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder of that name, made by whichever process asks first; it is not written to.

    With pytest-xdist the base folder of a process stands in that of the run; without it there is
    one process. A process that fails to make the folder leaves it to the next one.
    """
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made, claim, done = (shared / f"{name}{end}" for end in ("", ".claim", ".done"))
    end = time.monotonic() + _LONGEST
    while not done.exists():
        try:
            claim.mkdir()
        except FileExistsError:
            if time.monotonic() > end:
                pytest.fail(f"no other process has made {made}")
            time.sleep(0.1)
            continue
        try:
            if not done.exists():
                make(made)
                done.touch()
        finally:
            claim.rmdir()
    return made
