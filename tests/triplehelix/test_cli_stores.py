"""``--store``: every command does the same with a folder and with an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from graph.namespaces import EVIDENCE_GRAPH, GRAPH
from tests.endpoint import Server, serve

if TYPE_CHECKING:
    from tests.triplehelix.conftest import Outcome

    Run = Callable[..., Outcome]

READING = (
    ("gaps",),
    ("hubs",),
    ("agreements",),
    ("findings",),
    ("explain", "gaon", "gaon-univ"),
    ("query", "agreements_by_year"),
    ("query", "search", "--param", "text=드론"),
    ("validate",),
    ("describe", "University"),
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def filled(server: Server, run: Run, town_folder: Path, tmp_path: Path, monkeypatch: Any) -> Server:
    """An endpoint that a build has filled."""
    monkeypatch.setenv("TRIPLEHELIX_UPDATE", server.update)
    if not len(server.store):
        out = tmp_path / "build"
        done = run("build", town_folder, "--out", out, "--store", server.query, "--format", "json")
        assert done.code == 0, done.err
        assert f"triplehelix gaps --store {server.query}" in done.json["next"]
        assert not (out / "store").exists()
        assert (out / "site" / "index.html").exists()
    return server


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_command_reads_both_alike(
    run: Run, filled: Server, store: Path, command: tuple[str, ...]
) -> None:
    here = run(*command, "--store", store, "--format", "json")
    there = run(*command, "--store", filled.query, "--format", "json")
    assert (there.code, there.out) == (here.code, here.out)
    assert here.code == 0
    assert here.out


def test_a_rehearsal_writes_nothing(
    run: Run, filled: Server, town_folder: Path, tmp_path: Path
) -> None:
    before, asked = len(filled.store), len(filled.requests)
    out = tmp_path / "build"
    told = run(
        "build", town_folder, "--out", out, "--store", filled.query, "--dry-run", "--format", "json"
    )
    assert told.json["store"] == filled.query
    actions = {change["graph"]: change["action"] for change in told.json["graphs"]}
    assert actions[str(EVIDENCE_GRAPH)] == "replace"
    assert set(actions.values()) == {"replace"}
    assert len(filled.store) == before
    assert {path for _, path, _ in filled.requests[asked:]} == {"/sparql"}
    assert not out.exists()


def test_a_rehearsal_of_a_first_build(run: Run, town_folder: Path, tmp_path: Path) -> None:
    told = run("build", town_folder, "--out", tmp_path / "b", "--dry-run", "--format", "json")
    assert {change["action"] for change in told.json["graphs"]} == {"create"}
    assert all(change["graph"].startswith(GRAPH) for change in told.json["graphs"])
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_a_folder_of_its_own(run: Run, town_folder: Path, tmp_path: Path) -> None:
    out, place = tmp_path / "build", tmp_path / "elsewhere" / "store"
    for _ in range(2):
        assert run("build", town_folder, "--out", out, "--store", place).code == 0
        assert not (out / "store").exists()
        assert run("hubs", "--store", place, "--format", "json").json
    inside = run("build", town_folder, "--out", out, "--store", out / "graph")
    assert inside.code == 0
    assert run("hubs", "--store", out / "graph", "--format", "json").json


def test_a_folder_of_others_is_left_alone(run: Run, town_folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "theirs"
    place.mkdir()
    (place / "letter.txt").write_text("keep", encoding="ascii")
    done = run("build", town_folder, "--out", tmp_path / "build", "--store", place)
    assert done.code == 1
    assert (place / "letter.txt").read_text(encoding="ascii") == "keep"
    assert not (tmp_path / "build").exists()


def test_a_refused_endpoint_leaves_the_last_build(
    run: Run, town_build: Path, town_folder: Path, tmp_path: Path
) -> None:
    with serve(fault="403") as refusing:
        done = run("build", town_folder, "--out", tmp_path / "b", "--store", refusing.query)
    assert done.code == 1
    assert "refused" in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "b").exists()


def test_validate_takes_tables_or_a_store(run: Run, store: Path, town_folder: Path) -> None:
    assert run("validate", town_folder, "--store", store).code == 2
    told = run("validate", "--store", store, "--format", "json").json
    assert told["violations"] == 0
    assert told["warnings"] > 0
    assert told["records"] > 100


def test_describe_counts_the_records_of_a_store(run: Run, store: Path) -> None:
    told = run("describe", "University", "--store", store, "--format", "csv").out
    assert "Records in the store,3" in told.replace('"', "")
    assert "Records in the store" not in run("describe", "University", "--format", "csv").out


def test_a_template_suggests_the_identifiers_of_a_store(
    run: Run, store: Path, tmp_path: Path
) -> None:
    path = tmp_path / "t.xlsx"
    assert run("template", path, "--store", store).code == 0
    hidden = next(s for s in load_workbook(path).worksheets if s.sheet_state == "hidden")
    values = {str(cell.value) for row in hidden.iter_rows() for cell in row if cell.value}
    assert {"gaon", "gaon-univ"} <= values
    assert run("template", tmp_path / "empty.xlsx").code == 0
    hidden = next(
        s for s in load_workbook(tmp_path / "empty.xlsx").worksheets if s.sheet_state == "hidden"
    )
    assert "gaon-univ" not in {str(c.value) for row in hidden.iter_rows() for c in row}
