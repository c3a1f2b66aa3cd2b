"""The fictional town, and the documents beside the repository."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import Dataset

from graph.assembly import Assembly, assemble
from graph.schema import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import Ecosystem, load_ecosystem, shipped_ecosystem

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Loaded:
    """An ecosystem that went through the whole pipeline into a store in memory."""

    ecosystem: Ecosystem
    assembly: Assembly
    dataset: Dataset


def _load(folder: Path) -> Loaded:
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(
        ecosystem.records, ecosystem.identity, namespace=ecosystem.sidecar.namespace
    )
    assert ecosystem.faults == []
    assert assembly.diagnostics == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return Loaded(ecosystem, assembly, dataset)


@pytest.fixture(scope="session")
def town_folder() -> Path:
    """The tables of the fictional town; not to be written to."""
    return ROOT / "tests" / "town"


@pytest.fixture(scope="session")
def town(town_folder: Path) -> Loaded:
    """The fictional town in a store."""
    return _load(town_folder)


@pytest.fixture(scope="session")
def shipped() -> Loaded:
    """The ecosystem that is shipped with the package, in a store."""
    return _load(shipped_ecosystem())


@pytest.fixture
def town_copy(town_folder: Path, tmp_path: Path) -> Path:
    """A copy of the town that a test may damage."""
    copy = tmp_path / "town"
    shutil.copytree(town_folder, copy)
    return copy


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with documents and conformance suites, which is not part of the repository."""
    folder = Path(os.environ.get("TRIPLEHELIX_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("no shared folder; TRIPLEHELIX_SHARED may name it")
    return folder
