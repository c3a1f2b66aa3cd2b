"""Our build beside the plain stack, on the same triples: the same answers, and at what cost."""

from __future__ import annotations

import argparse
import json
import os
import platform
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.answers import read_closure
from benchmarks.costs import Costs, launch, measure
from benchmarks.generator import Generator, Row, write


def plant_faults(tables: dict[str, list[Row]]) -> None:
    """Break three rules: two of the shapes, and one that only the reasoner can see."""
    actual = next(row for row in tables["participations"] if row.get("in"))
    actual["modality"] = "planned"
    tables["companies"][0]["place"] = "startup"
    concluded = next(row for row in tables["agreements"] if row["type"] != "IntendedAgreement")
    concluded["intent"] = "planned"


def check(holds: bool, message: str) -> None:
    """Stop with a message unless something holds."""
    if not holds:
        raise SystemExit(message)


def check_faults(folder: Path, seed: int) -> None:
    """Stop if a planted fault escapes one of the two sides."""
    generator = Generator(seed, 10_000)
    plant_faults(generator.tables)
    write(generator.tables, folder)
    launch("benchmarks.ours", "examine", folder, folder)
    measure("benchmarks.plain", folder)
    ours, plain = _answers(folder, "ours"), _answers(folder, "plain")
    check(len(ours["report"]) >= 2, "a planted fault was not found")
    check(ours["report"] == plain["report"], "the reports differ")
    check(bool(ours["clashes"]), "the planted contradiction was not found")
    told = " ".join(plain["clashes"])
    check(all(term.strip("<>") in told for term in ours["clashes"]), "the contradictions differ")
    print(f"planted faults: both find {len(ours['report'])} results and the contradiction")


def _answers(folder: Path, side: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / f"{side}.json").read_text(encoding="utf-8"))
    return loaded


def compare(
    folder: Path, triples: int, seed: int, repeat: int, options: list[str]
) -> tuple[Costs, Costs]:
    """Return the costs of both sides for an ecosystem; stop if their answers differ."""
    write(Generator(seed, triples).tables, folder)
    ours = measure("benchmarks.ours", "build", folder, folder, times=repeat)
    launch("benchmarks.ours", "examine", folder, folder)
    plain = measure("benchmarks.plain", folder, *options)
    ours_closure = read_closure(folder, "ours")
    check(bool(ours_closure), "nothing was inferred")
    check(ours_closure == read_closure(folder, "plain"), "the closures differ")
    check(_answers(folder, "ours") == _answers(folder, "plain"), "the answers differ")
    print(f"{triples:,} triples: the same closure ({len(ours_closure):,} new), report and counts")
    return ours, plain


def machine() -> str:
    """Return what the figures were measured with, for the line above a table."""
    from importlib.metadata import version

    names = ("rdflib", "owlrl", "pyshacl", "nemo-python", "pyshifty", "pyoxigraph")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    where = f"{platform.system()} {platform.machine()}, {cores} cores"
    return f"{date.today()}, {where}, Python {platform.python_version()}, {libraries}"


def print_table(results: dict[int, tuple[Costs, Costs]]) -> None:
    """Print costs and ratios as a Markdown table."""
    print(f"\n{machine()}\n")
    print("| triples | | CPU s | MB | stages, CPU s |\n|---|---|---|---|---|")
    for triples, (ours, plain) in results.items():
        for side, cost in (("ours", ours), ("plain stack", plain)):
            stages = ", ".join(f"{name} {took:.2f}" for name, took in cost.stages.items())
            figures = f"{cost.seconds:.2f} | {cost.megabytes:,.0f} | {stages}"
            print(f"| {triples:,} | {side} | {figures} |")
        ratios = f"{plain.seconds / ours.seconds:.1f} × | {plain.megabytes / ours.megabytes:.1f} ×"
        print(f"| {triples:,} | **ratio** | {ratios} | |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3, help="runs of our side; the best counts")
    parser.add_argument(
        "--whole", action="store_true", help="let the plain stack reason over the evidence, too"
    )
    chosen = parser.parse_args()
    options = ["--whole"] if chosen.whole else []
    with TemporaryDirectory(prefix="benchmark-") as folder:
        check_faults(Path(folder, "faulty"), chosen.seed)
        print_table(
            {
                size: compare(Path(folder, str(size)), size, chosen.seed, chosen.repeat, options)
                for size in chosen.sizes
            }
        )


if __name__ == "__main__":
    main()
