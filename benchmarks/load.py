"""Load on a server: so many clients that ask one address again and again, by wrk.

wrk (https://github.com/wg/wrk; Debian's package of that name) is written in C and takes little of
the processors that it shares with the server.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

_ANEW = """
local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", wrk.path .. "%20%23{run}-" .. number)
end
"""
"""Lets every query end with another comment, so that no server has answered it before."""
_REPORT = """
done = function(summary, latency)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "refused": %d, "lost": %d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, errors.status, lost))
end
"""
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Load:
    """What clients have seen: milliseconds, responses that are no success, and lost ones."""

    requests: int
    seconds: float
    p50: float
    p99: float
    refused: int
    lost: int

    @property
    def per_second(self) -> float:
        """Successful responses in a second."""
        return (self.requests - self.refused) / self.seconds

    def __str__(self) -> str:
        """Return the figures in one line."""
        told = f"{self.per_second:,.1f}/s, p50 {self.p50:,.1f} ms, p99 {self.p99:,.1f} ms"
        return f"{told}, {self.refused} refused, {self.lost} lost"


def load(url: str, clients: int, seconds: int, *, anew: bool = True) -> Load:
    """Return what so many clients have seen, each of which asks as soon as it has an answer.

    The address ends with a query, which is asked ``anew`` each time, or else word for word.

    Raises:
        FileNotFoundError: wrk is not installed.
        subprocess.CalledProcessError: the server could not be reached.
    """
    program = shutil.which("wrk")
    if program is None:
        raise FileNotFoundError("wrk is not installed (apt-get install wrk)")
    with TemporaryDirectory(prefix="benchmark-") as folder:
        script = Path(folder, "done.lua")
        request = _ANEW.replace("{run}", str(time.time_ns())) if anew else ""
        script.write_text(request + _REPORT, encoding="ascii")
        command = [program, "-t1", f"-c{clients}", f"-d{seconds}s", f"--timeout={_PATIENCE}s"]
        command += ["-s", str(script), "-H", "Accept: application/sparql-results+json", url]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Load(**json.loads(done.stdout.splitlines()[-1]))
