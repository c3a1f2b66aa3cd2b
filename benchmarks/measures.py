"""The measures of a large network beside plain NetworkX: the same values, and at what cost.

The network is that of the EU's seventh framework programme: who takes part in which project. Its
list of pairs (CORDIS open data, CC BY 4.0) is not part of the repository; it is looked for in
``cordis/`` of the data of the shared folder, which ``TRIPLEHELIX_SHARED`` may name.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx

from benchmarks.compare import check
from benchmarks.costs import ROOT, Costs, measure
from graph.adjacency import read_adjacency
from graph.backbone import extract_backbone
from graph.centrality import betweenness, core_number, degree, pagerank, strength
from graph.diagnostics import Diagnostic, render
from graph.projection import project_two_mode
from loaders.cordis import read_pairs

PAIRS = Path("data", "cordis", "fp7-edges.csv.gz")
SEED = 7
LEVEL = 0.05


def read_network(path: Path) -> nx.Graph[str]:
    """Return the two-mode network of a list of pairs; stop if anything is wrong with the list."""
    faults: list[Diagnostic] = []
    network = read_pairs(path, faults)
    check(not faults, "\n".join(render(fault, "en") for fault in faults[:5]))
    return network


def measure_ours(path: Path, sources: int, costs: Costs) -> dict[str, Any]:
    """Return all results of our functions."""
    costs.begin("loading")
    network = read_network(path)
    costs.begin("projection")
    projected = project_two_mode(network)
    costs.begin("reading")
    arrays = read_adjacency(projected)
    results: dict[str, Any] = {}
    costs.begin("degree")
    results["degree"] = degree(arrays)
    costs.begin("strength")
    results["strength"] = strength(arrays)
    costs.begin("pagerank")
    results["pagerank"] = pagerank(arrays)
    costs.begin("core")
    results["core"] = core_number(arrays)
    costs.begin("betweenness")
    results["betweenness"] = betweenness(arrays, sources=sources, seed=SEED)
    costs.begin("backbone")
    backbone = extract_backbone(arrays, LEVEL)
    costs.begin("")
    return {**results, "projection": hash_ties(projected), "backbone": hash_ties(backbone)}


def measure_plain(path: Path, sources: int, costs: Costs) -> dict[str, Any]:
    """Return the same results of NetworkX alone, and the filter as one writes it on top."""
    costs.begin("loading")
    network = read_network(path)
    costs.begin("projection")
    organizations = sorted(node for node in network if network.nodes[node]["bipartite"] == 0)
    projected = nx.bipartite.weighted_projected_graph(network, organizations)
    results: dict[str, Any] = {}
    costs.begin("degree")
    results["degree"] = dict(projected.degree())
    costs.begin("strength")
    results["strength"] = dict(projected.degree(weight="weight"))
    costs.begin("pagerank")
    # Its tolerance is by node. The default stops at a sum of 0.03, where ranks still change.
    results["pagerank"] = nx.pagerank(projected, tol=1e-12 / len(projected), max_iter=1000)
    costs.begin("core")
    results["core"] = nx.core_number(projected)
    costs.begin("betweenness")
    results["betweenness"] = nx.betweenness_centrality(projected, k=sources, seed=SEED)
    costs.begin("backbone")
    backbone = filter_disparity(projected)
    costs.begin("")
    return {**results, "projection": hash_ties(projected), "backbone": hash_ties(backbone)}


def filter_disparity(network: nx.Graph[str]) -> nx.Graph[str]:
    """Return the backbone by the formula of Serrano, Boguñá and Vespignani, tie by tie."""
    degrees, strengths = dict(network.degree()), dict(network.degree(weight="weight"))
    backbone: nx.Graph[str] = nx.Graph()
    for one, other, tie in network.edges(data=True):
        weight = tie["weight"]
        alphas = [(1 - weight / strengths[n]) ** (degrees[n] - 1) for n in (one, other)]
        if min(alphas) < LEVEL:
            backbone.add_edge(one, other, weight=weight)
    return backbone


def hash_ties(network: nx.Graph[str]) -> str:
    """Return the number of ties and a hash over all of them with their weights."""
    ties = sorted((*sorted(tie[:2]), float(tie[2]["weight"])) for tie in network.edges(data=True))
    return f"{len(ties):,} ties, {hashlib.sha256(repr(ties).encode()).hexdigest()}"


def check_equal(ours: Mapping[str, Any], plain: Mapping[str, Any]) -> None:
    """Stop if any value of the two sides differs by more than a part of 1e-9 of the greatest."""
    for name in ("projection", "backbone"):
        check(ours[name] == plain[name], f"{name} differs: {ours[name]} and {plain[name]}")
        print(f"{name}: the same {ours[name].split(', ')[0]}")
    for name in ("degree", "strength", "pagerank", "core", "betweenness"):
        check(ours[name].keys() == plain[name].keys(), f"{name}: the nodes differ")
        apart = max(abs(value - plain[name][node]) for node, value in ours[name].items())
        greatest = max(plain[name].values())
        check(apart <= 1e-9 * greatest, f"{name}: values differ by {apart}")
        print(f"{name}: the same, {len(ours[name]):,} values up to {greatest:.6g}")


def print_table(sides: Mapping[str, Costs]) -> None:
    """Print the costs of each stage and their ratios as a Markdown table."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("networkx", "scipy", "numpy"))
    print(
        f"\n{platform.system()} {platform.machine()}, Python {platform.python_version()}, ", end=""
    )
    print(f"{libraries}\n\n| CPU s | plain NetworkX | ours | ratio |\n|---|---|---|---|")
    plain, ours = sides["plain"], sides["ours"]
    for stage in {**ours.stages, **plain.stages}:
        print_row(stage, plain.stages.get(stage), ours.stages.get(stage))
    print_row("**total**", plain.seconds, ours.seconds)
    both = {"start", "loading"}
    rest = [sum(t for s, t in side.stages.items() if s not in both) for side in (plain, ours)]
    print_row("without start and loading, which both do", *rest)
    print(f"| memory, MB | {plain.megabytes:,.0f} | {ours.megabytes:,.0f} | |")


def print_row(name: str, plain: float | None, ours: float | None) -> None:
    cells = [f"{took:.2f}" if took is not None else "" for took in (plain, ours)]
    ratio = f"{plain / ours:.1f} ×" if plain and ours else ""
    print(f"| {name} | {cells[0]} | {cells[1]} | {ratio} |")


def run_side(side: str, path: Path, sources: int, out: Path) -> None:
    """Take the measures of one side, write the results and print the costs."""
    costs = Costs()
    results = (measure_ours if side == "ours" else measure_plain)(path, sources, costs)
    out.write_text(json.dumps(results), encoding="utf-8")
    print(json.dumps({"stages": costs.stages, "megabytes": costs.megabytes}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    shared = Path(os.environ.get("TRIPLEHELIX_SHARED") or ROOT.parent / "shared")
    parser.add_argument("--pairs", type=Path, default=shared / PAIRS, help="the list of pairs")
    parser.add_argument("--sources", type=int, default=100, help="drawn for betweenness")
    parser.add_argument("--repeat", type=int, default=3, help="runs of our side; the best counts")
    parser.add_argument("--side", choices=["ours", "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.side:
        run_side(chosen.side, chosen.pairs, chosen.sources, chosen.out)
        return
    if not chosen.pairs.is_file():
        raise SystemExit(f"There is no list of pairs at {chosen.pairs}; --pairs names another one.")
    with TemporaryDirectory(prefix="benchmark-") as name:
        sides, results = {}, {}
        for side, times in (("ours", chosen.repeat), ("plain", 1)):
            out = Path(name, f"{side}.json")
            arguments = ["--pairs", chosen.pairs, "--sources", chosen.sources]
            arguments += ["--side", side, "--out", out]
            sides[side] = measure("benchmarks.measures", *arguments, times=times)
            results[side] = json.loads(out.read_text(encoding="utf-8"))
        check_equal(results["ours"], results["plain"])
    print_table(sides)


if __name__ == "__main__":
    main()
