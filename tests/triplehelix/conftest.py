"""The command line, run as a user runs it, on the fictional town."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from triplehelix.cli import main

COMMAND = (sys.executable, "-c", "from triplehelix.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exit code of a command line, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """Run a command line in this process; the reader is English unless a test says otherwise."""
    monkeypatch.setenv("TRIPLEHELIX_LANG", "en")

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Outcome(int(stopped.value.code or 0), written.out, written.err)

    return call


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command line as a process of its own."""

    def call(
        *arguments: object, stdout: int = subprocess.PIPE, **environment: str
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, "TRIPLEHELIX_LANG": "en", **environment},
        )

    return call


@pytest.fixture(scope="session")
def store(town_build: Path) -> Path:
    """The store of the town on disk."""
    return town_build / "store"
