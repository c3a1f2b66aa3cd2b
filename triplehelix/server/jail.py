"""The jail of a worker: what a process gives up before it sees the first query.

Memory is limited everywhere but on Windows and macOS; sockets, other programs, other processes and
changes to files are forbidden on Linux, x86-64 and 64-bit ARM, by a seccomp filter
(https://docs.kernel.org/userspace-api/seccomp_filter.html). :func:`enter_jail` returns what could
be done, so that the server can say plainly what could not.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from pathlib import Path

PROTECTIONS = ("memory", "sockets", "programs", "files", "orphans")
"""What a jail is made of; the last means that no worker outlives its server."""

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_SECCOMP_SET_MODE_FILTER, _FILTER_ALL_THREADS = 1, 1
_ALLOW, _KILL, _EPERM = 0x7FFF0000, 0x80000000, 0x00050001
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_SET, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_ENOSYS = 0x00050000 | 38
_NUMBER, _ARCHITECTURE = 0, 4
_FIRST_ARGUMENT, _SECOND_ARGUMENT, _THIRD_ARGUMENT = 16, 24, 32
_THREAD = 0x10000
"""The flag of clone by which a thread is told from a process of its own."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC if os.name == "posix" else 0
_X32 = 0x40000000
"""Where the numbers of the x32 calls begin, by which a filter of numbers could be passed."""

# System calls by number: linux/arch/x86/entry/syscalls/syscall_64.tbl, and
# include/uapi/asm-generic/unistd.h for 64-bit ARM. io_uring opens sockets without a call of socket.
_DENIED = {
    "x86_64": {
        "sockets": (41, 42, 43, 44, 46, 47, 49, 50, 53, 288, 307),
        "programs": (57, 58, 59, 62, 101, 155, 161, 165, 200, 272, 310, 311, 322, 425, 426, 427),
        "files": (76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133, 258, 259, 260, 263,
                  264, 265, 266, 268, 316, 437, 452),
    },
    "aarch64": {
        "sockets": (198, 199, 200, 201, 202, 203, 206, 211, 212, 242, 269),
        "programs": (40, 41, 51, 97, 117, 129, 130, 221, 268, 270, 271, 281, 425, 426, 427),
        "files": (33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55, 276, 437, 452),
    },
}  # fmt: skip
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_OPEN = {
    "x86_64": ((2, _SECOND_ARGUMENT), (257, _THIRD_ARGUMENT)),
    "aarch64": ((56, _THIRD_ARGUMENT),),
}
"""The calls that open a file, and where the flags of the call stand."""
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
"""Its flags lie in memory, which a filter cannot read; without it, the C library takes clone."""


def enter_jail(memory: int, parent: int) -> list[str]:
    """Give up what a worker does not need, and return the protections that are in force.

    ``memory`` is what may be taken beside what is taken now; ``parent`` the process to die with.
    """
    done: list[str] = []
    if sys.platform == "linux" and _die_with(parent):
        done.append("orphans")
    if sys.platform != "win32" and _limit(memory):
        done.append("memory")
    if sys.platform == "linux" and _filter_calls(platform.machine()):
        done += ["sockets", "programs", "files"]
    return [name for name in PROTECTIONS if name in done]


def used_memory() -> int:
    """Return the address space that this process takes, or 0 where nobody tells."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        return 0
    return int(statm.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _die_with(parent: int) -> bool:
    if _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        return False
    if os.getppid() != parent:  # it has gone already, before anybody could have told us
        os._exit(0)
    return True


def _limit(memory: int) -> bool:
    """Limit the address space; where it cannot be measured (macOS), nothing is limited."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = used_memory()
    if not used:
        return False
    # Of all processes the kernel should end this one first when memory runs out.
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    return True


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _filter_calls(machine: str) -> bool:
    """Forbid system calls to all threads; returns whether the kernel agreed."""
    if machine not in _DENIED:
        return False
    code = b"".join(assemble_filter(machine))
    text = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(text, ctypes.c_void_p))
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    mode, flags = _SECCOMP_SET_MODE_FILTER, _FILTER_ALL_THREADS
    return bool(libc.syscall(_SECCOMP[machine], mode, flags, ctypes.byref(program)) == 0)


def assemble_filter(machine: str) -> list[bytes]:
    """Return the instructions of the filter for a machine (classic BPF).

    Another architecture's calls kill the process; denied calls fail with EPERM; files may be
    opened for reading only, threads begun but no processes.
    """
    code = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_JUMP_IF_EQUAL, _AUDIT[machine], 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        code += [_instruction(_JUMP_IF_AT_LEAST, _X32, 0, 1), _instruction(_RETURN, _KILL)]
    for number in sorted(set().union(*map(set, _DENIED[machine].values()))):
        code += [_instruction(_JUMP_IF_EQUAL, number, 0, 1), _instruction(_RETURN, _EPERM)]
    for number, flags in _OPEN[machine]:
        code += [
            _instruction(_JUMP_IF_EQUAL, number, 0, 4),
            _instruction(_LOAD, flags),
            _instruction(_JUMP_IF_SET, _WRITES, 0, 1),
            _instruction(_RETURN, _EPERM),
            _instruction(_RETURN, _ALLOW),
        ]
    code += [
        _instruction(_JUMP_IF_EQUAL, _CLONE3, 0, 1),
        _instruction(_RETURN, _ENOSYS),
        _instruction(_JUMP_IF_EQUAL, _CLONE[machine], 0, 3),
        _instruction(_LOAD, _FIRST_ARGUMENT),
        _instruction(_JUMP_IF_SET, _THREAD, 1, 0),
        _instruction(_RETURN, _EPERM),
    ]
    return [*code, _instruction(_RETURN, _ALLOW)]


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
