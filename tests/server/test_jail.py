"""A worker is locked in: what the server tells of that is tried out from inside."""

import json
import os
import subprocess
import sys

import pytest

from triplehelix.server.jail import PROTECTIONS, assemble_filter
from triplehelix.server.protections import tell_protections

ATTEMPTS = """
import json, os, socket, sys, threading
from pathlib import Path
from triplehelix.server.jail import enter_jail
folder, done = sys.argv[1], {}
Path(folder, "old").write_text("old")
print(json.dumps(enter_jail(200_000_000, os.getppid())))
def attempt(name, action):
    try:
        action()
    except (OSError, MemoryError) as error:
        done[name] = type(error).__name__
    else:
        done[name] = "done"
attempt("socket", socket.socket)
attempt("pair", socket.socketpair)
attempt("exec", lambda: os.execv("/bin/true", ["true"]))
attempt("fork", os.fork)
attempt("kill", lambda: os.kill(os.getppid(), 0))
attempt("write", lambda: Path(folder, "new").write_text("x"))
attempt("append", lambda: open(Path(folder, "old"), "a"))
attempt("remove", lambda: Path(folder, "old").unlink())
attempt("rename", lambda: Path(folder, "old").rename(Path(folder, "other")))
attempt("memory", lambda: bytearray(300_000_000))
attempt("thread", lambda: threading.Thread(target=int).start())
attempt("read", lambda: Path(folder, "old").read_text())
attempt("little", lambda: bytearray(50_000_000))
print(json.dumps(done))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere less can be forbidden")
def test_a_jail_holds(tmp_path):
    program = [sys.executable, "-c", ATTEMPTS, str(tmp_path)]
    ended = subprocess.run(program, capture_output=True, text=True, check=True)
    protections, done = map(json.loads, ended.stdout.splitlines())
    assert protections == list(PROTECTIONS)
    allowed = {name: done.pop(name) for name in ("read", "little", "thread")}
    assert allowed == {"read": "done", "little": "done", "thread": "done"}
    assert done.pop("memory") == "MemoryError"
    assert done == dict.fromkeys(done, "PermissionError")
    assert os.listdir(tmp_path) == ["old"]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_filters_are_whole(machine):
    code = assemble_filter(machine)
    assert all(len(instruction) == 8 for instruction in code)
    assert len(code) < 200


def test_what_is_not_forbidden_is_told():
    told = tell_protections(["memory"])
    assert "Not enforced on this system: sockets" in told["en"]
    assert "막지 못한 것: 소켓" in told["ko"]
