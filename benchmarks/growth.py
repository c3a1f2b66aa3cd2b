"""How the cost of our own build grows with the size of the ecosystem."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.compare import machine
from benchmarks.costs import Costs, measure
from benchmarks.generator import Generator, write


def cost(triples: int, seed: int, repeat: int) -> Costs:
    """Return what an ecosystem of a size costs."""
    with TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        write(Generator(seed, triples).tables, folder)
        return measure("benchmarks.ours", "build", folder, folder, times=repeat)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=2, help="runs of each size; the best counts")
    chosen = parser.parse_args()
    print(f"{machine()}\n")
    before: Costs | None = None
    for triples in chosen.sizes:
        now = cost(triples, chosen.seed, chosen.repeat)
        if before is None:
            print(f"| triples | {' | '.join(now.stages)} | CPU s | × | MB |")
            print("|---" * (len(now.stages) + 4) + "|")
        stages = " | ".join(f"{took:.2f}" for took in now.stages.values())
        ratio = f"{now.seconds / before.seconds:.1f}" if before else ""
        print(f"| {triples:,} | {stages} | {now.seconds:.2f} | {ratio} | {now.megabytes:,.0f} |")
        before = now


if __name__ == "__main__":
    main()
