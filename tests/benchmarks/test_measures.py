"""The benchmark of the measures: both sides agree on a small network, and a difference is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.costs import ROOT, Costs, measure
from benchmarks.measures import check_equal, measure_ours, measure_plain

SOURCES = 12


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of pairs with a few organisations in many projects."""
    path = tmp_path_factory.mktemp("pairs") / "pairs.csv"
    random = Random(2)
    lines = [f"{random.randrange(300)},{random.randrange(90) ** 2}" for _ in range(900)]
    path.write_text("\n".join(["projectRcn,new_org_id", *lines]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ours(pairs: Path) -> dict[str, Any]:
    return measure_ours(pairs, SOURCES, Costs())


def test_both_sides_have_the_same_values(
    pairs: Path, ours: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    check_equal(ours, measure_plain(pairs, SOURCES, Costs()))
    told = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in told] == [
        "projection", "backbone", "degree", "strength", "pagerank", "core", "betweenness",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["degree", "strength", "pagerank", "core", "betweenness"])
def test_a_value_that_differs_stops_the_benchmark(ours: dict[str, Any], name: str) -> None:
    node = max(ours[name], key=ours[name].__getitem__)
    other = {**ours, name: {**ours[name], node: ours[name][node] * (1 + 1e-6)}}
    with pytest.raises(SystemExit, match=f"{name}: values differ"):
        check_equal(ours, other)


@pytest.mark.parametrize("name", ["projection", "backbone"])
def test_ties_that_differ_stop_the_benchmark(ours: dict[str, Any], name: str) -> None:
    with pytest.raises(SystemExit, match=f"{name} differs"):
        check_equal(ours, {**ours, name: "none"})


def test_a_side_is_a_process_of_its_own(pairs: Path, ours: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "ours.json"
    arguments = ["--pairs", pairs, "--sources", SOURCES, "--side", "ours", "--out", out]
    costs = measure("benchmarks.measures", *arguments)
    assert list(costs.stages)[:3] == ["start", "loading", "projection"]
    assert costs.megabytes > 0
    assert json.loads(out.read_text(encoding="utf-8")) == ours


def test_without_the_list_it_says_so(tmp_path: Path) -> None:
    missing = tmp_path / "none.csv"
    command = [sys.executable, "-m", "benchmarks.measures", "--pairs", str(missing)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"There is no list of pairs at {missing}; --pairs names another one.\n"
