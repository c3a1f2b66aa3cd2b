"""The fictional town, its reports, and the documents beside the repository."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from rdflib import Dataset

from graph.assembly import Assembly, assemble
from graph.findings import find_findings
from graph.gaps import Holdings, read_holdings
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import Ecosystem, load_ecosystem, shipped_ecosystem
from tests.sharing import make_once
from triplehelix.report import Report, read_report

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-c", "from triplehelix.cli import main; main()")

# A busy machine is no fault of an example.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


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
def holdings(town: Loaded) -> Holdings:
    """What gaps and networks are made of, read from the fictional town."""
    return read_holdings(town.dataset)


@pytest.fixture(scope="session")
def shipped() -> Loaded:
    """The ecosystem that is shipped with the package, in a store."""
    return _load(shipped_ecosystem())


@pytest.fixture(scope="session")
def town_build(town_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `triplehelix build` makes of the town; not to be written to."""

    def build(folder: Path) -> None:
        arguments = (*COMMAND, "build", str(town_folder), "--out", str(folder))
        ended = subprocess.run(arguments, capture_output=True)
        assert ended.returncode == 0, ended.stderr.decode()

    return make_once(tmp_path_factory, "town-build", build)


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


def _report(loaded: Loaded) -> Report:
    findings = find_findings(loaded.dataset)
    return read_report(loaded.dataset, loaded.ecosystem.sidecar, findings)


@pytest.fixture(scope="session")
def town_report(town: Loaded) -> Report:
    """What pages, tables and map show of the fictional town."""
    return _report(town)


@pytest.fixture(scope="session")
def shipped_report(shipped: Loaded) -> Report:
    """What pages, tables and map show of the shipped ecosystem."""
    return _report(shipped)


MARKUP = '<img src=x onerror="window.hit=1"></script><script>window.hit=2</script>\'&amp;{{7*7}}'
FORMULA = '=HYPERLINK("http://192.0.2.1","click")'


@pytest.fixture(scope="session")
def hostile_report(town_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of the town with names, quotes and subjects that are markup or formulas."""
    folder = tmp_path_factory.mktemp("hostile") / "town"
    shutil.copytree(town_folder, folder)
    for table, row in {
        "companies": {"id": "evil-markup", "type": "Company", "label": MARKUP, "label_en": MARKUP},
        "agencies": {"식별자": "evil-formula", "유형": "PublicAgency", "이름": FORMULA},
        "participations": {"기관": "evil-markup", "참여사업": "drone-test", "역할": "협력"},
        "agreements": {
            "식별자": "agr-evil",
            "유형": "MemorandumOfUnderstanding",
            "이름": MARKUP,
            "협약내용": MARKUP,
        },
        "parties": {"agreement": "agr-evil", "party": "evil-markup", "capacity": "party"},
    }.items():
        _append(folder / f"{table}.csv", row)
    return _report(_load(folder))


def _append(path: Path, row: dict[str, str]) -> None:
    """Add a row to a table, with evidence, under its Korean or English header."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    evidence = (
        ("document", "문서", "gaon-report"),
        ("lines", "줄", "99"),
        ("quote", "인용", MARKUP),
    )
    cells = {name: value for en, ko, value in evidence for name in (en, ko)} | row
    assert row.keys() <= set(header)
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow([cells.get(name, "") for name in header])


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice; REQUIRE_LIBREOFFICE makes its absence a failure."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("REQUIRE_LIBREOFFICE"):
            pytest.fail("REQUIRE_LIBREOFFICE is set, and there is no soffice")
        pytest.skip("no soffice")
    return found


@pytest.fixture
def convert(soffice: str, tmp_path: Path) -> Callable[[Path, str], Path]:
    """Open a file in LibreOffice and save it in a form, with a profile of its own."""

    def call(path: Path, form: str) -> Path:
        folder = tmp_path / f"as-{form}"
        profile = (tmp_path / "profile").as_uri()
        command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
        told = subprocess.run(
            [*command, "--outdir", str(folder), str(path)], capture_output=True, timeout=300
        )
        made = folder / f"{path.stem}.{form}"
        assert made.is_file(), told.stderr.decode()
        return made

    return call
