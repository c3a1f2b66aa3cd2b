"""Fictional ecosystems are the same each time, of the size asked for, and valid."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.compare import plant_faults
from benchmarks.generator import Generator, write
from graph.assembly import Assembly, assemble
from graph.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH
from graph.shapes import read_schema
from loaders.ecosystem import load_ecosystem

SIZE = 6_000


def generate(folder: Path, seed: int, size: int = SIZE) -> Path:
    write(Generator(seed, size).tables, folder)
    return folder


def build(folder: Path) -> Assembly:
    ecosystem = load_ecosystem(folder, read_schema())
    assert ecosystem.faults == []
    return assemble(ecosystem.records, ecosystem.identity)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again = (files(generate(tmp_path / name, 7)) for name in ("first", "again"))
    assert first == again
    assert files(generate(tmp_path / "other", 8)) != first


@pytest.mark.parametrize("seed", [1, 2])
def test_it_builds_without_a_fault_and_has_the_size_asked_for(tmp_path: Path, seed: int) -> None:
    assembly = build(generate(tmp_path, seed))
    assert assembly.diagnostics == []
    apart = {str(ONTOLOGY_GRAPH), str(INFERRED_GRAPH)}
    triples = sum(len(found) for name, found in assembly.graphs.items() if name not in apart)
    assert triples == pytest.approx(SIZE, rel=0.1)
    assert triples == Generator(seed, SIZE).triples
    assert len(assembly.graphs[str(INFERRED_GRAPH)]) > SIZE / 10


def test_every_table_has_rows() -> None:
    tables = Generator(1, SIZE).tables
    assert set(read_schema().tables) == {name for name, rows in tables.items() if rows}


def test_a_few_organisations_take_part_in_much_and_most_in_little() -> None:
    rows = Generator(1, 60_000).tables["participations"]
    degrees = sorted(Counter(row["organization"] for row in rows).values())
    assert degrees[-1] > 8 * degrees[len(degrees) // 2]


def test_planted_faults_are_found(tmp_path: Path) -> None:
    generator = Generator(1, 10_000)
    plant_faults(generator.tables)
    write(generator.tables, tmp_path)
    found = {(fault.location.file, fault.location.row) for fault in build(tmp_path).violations}
    actual = next(i for i, r in enumerate(generator.tables["participations"]) if r.get("in"))
    assert found == {("companies.csv", 2), ("participations.csv", actual + 2)}
