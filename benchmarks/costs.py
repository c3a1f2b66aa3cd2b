"""What a process cost: CPU time of all its threads, user and system, and its peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class Costs:
    """CPU seconds by stage, the first being the start of the process; memory is the peak in MB."""

    stages: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0.0
    _begun: str = "start"
    _since: float = 0.0

    @property
    def seconds(self) -> float:
        """The CPU time of the process."""
        return sum(self.stages.values())

    def begin(self, stage: str) -> None:
        """End one stage and begin the next."""
        now = time.process_time()
        self.stages[self._begun] = self.stages.get(self._begun, 0.0) + now - self._since
        self._begun, self._since = stage, now
        self.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def end(self) -> None:
        """End the last stage and print all as JSON for the process that waits."""
        self.begin("")
        print(json.dumps({"stages": self.stages, "megabytes": self.megabytes}))


def launch(module: str, *arguments: object) -> str:
    """Run a module of the benchmarks as a process of its own; return what it printed.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout


def measure(module: str, *arguments: object, times: int = 1) -> Costs:
    """Return the costs of the cheapest of several runs: what disturbs a run only adds to it.

    Raises:
        subprocess.CalledProcessError: a run failed.
    """
    printed = (launch(module, *arguments).splitlines()[-1] for _ in range(times))
    return min((Costs(**json.loads(line)) for line in printed), key=lambda cost: cost.seconds)
