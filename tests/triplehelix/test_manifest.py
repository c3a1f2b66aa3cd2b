"""Where a build came from, and that a register which was laid over it is never dropped unseen."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from graph.diagnostics import InputError
from loaders.ecosystem import shipped_ecosystem
from tests.triplehelix.desk_workbooks import SCHEMA
from triplehelix.desk.register import Register, read_register, write_register
from triplehelix.manifest import (
    FILE_NAME,
    Manifest,
    choose_register,
    read_manifest,
    write_manifest,
)

DOCUMENT = "office-gaon-industry-2024-01-05"


def keep(home: Path, manifest: Manifest) -> Manifest | None:
    home.mkdir(parents=True, exist_ok=True)
    write_manifest(manifest, home, home)
    return read_manifest(home)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A register with one decision."""
    register = Register()
    cells = {"type": "Document", "label": "기록", "issued": "2024-01-05"}
    register.put("documents", DOCUMENT, cells)
    waived = {"host": "gaon", "partner": "누리", "decision": "not-needed", "reason": "계획만 있음"}
    register.put("decisions", "d-1", {**waived, "document": DOCUMENT, "locator": "1행"})
    (tmp_path / "office").mkdir()
    write_register(register, tmp_path / "office", SCHEMA)
    return tmp_path / "office"


def test_what_lies_beside_the_build_is_kept_relative(tmp_path):
    home = tmp_path / "work" / "build"
    known = Manifest(tmp_path / "work" / "town", tmp_path / "work" / "office", date(2024, 1, 5))
    assert keep(home, known) == known
    told = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
    assert told == {
        "ecosystem": "../town", "office": "../office", "as_of": "2024-01-05", "store": None,
    }  # fmt: skip
    # All of it can be moved together.
    (tmp_path / "work").rename(tmp_path / "moved")
    moved = read_manifest(tmp_path / "moved" / "build")
    assert moved == Manifest(tmp_path / "moved/town", tmp_path / "moved/office", date(2024, 1, 5))


def test_what_lies_elsewhere_is_kept_whole(tmp_path):
    known = Manifest(Path("/srv/ecosystem").absolute(), store=str(tmp_path / "b" / "stores" / "x"))
    assert keep(tmp_path / "a" / "build", known) == known


def test_the_shipped_ecosystem_is_known_without_its_path(tmp_path):
    assert keep(tmp_path, Manifest(shipped_ecosystem())) == Manifest(shipped_ecosystem())
    assert str(shipped_ecosystem()) not in (tmp_path / FILE_NAME).read_text(encoding="utf-8")


def test_the_password_of_a_store_is_not_kept(tmp_path):
    known = keep(tmp_path, Manifest(tmp_path, store="https://me:secret@example.org/sparql"))
    assert known is not None
    assert known.store == "https://example.org/sparql"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ecosystem": 1}', "{"])
def test_a_manifest_that_is_none_is_told(tmp_path, text):
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="not written by triplehelix build"):
        read_manifest(tmp_path)


def test_a_register_stays_in_use_until_it_is_left_out(tmp_path, town_folder, office):
    build = tmp_path / "build"
    assert choose_register(build, town_folder) is None
    keep(build, Manifest(town_folder, office))
    found = choose_register(build, town_folder)
    assert found is not None
    assert (found.folder, found.home) == (office, office)
    assert choose_register(build, town_folder, without=True) is None
    with pytest.raises(InputError, match="lies over"):
        choose_register(build, shipped_ecosystem())
    other = choose_register(build, shipped_ecosystem(), office)
    assert other == found
    with pytest.raises(InputError, match="no such file or folder"):
        choose_register(build, town_folder, tmp_path / "none")
    shutil.rmtree(office)
    with pytest.raises(InputError, match="--no-office"):
        choose_register(build, town_folder)


def test_a_build_goes_on_using_its_register(run, town_folder, office, tmp_path):
    out = tmp_path / "build"
    first = run("build", town_folder, "--out", out, "--office", office)
    assert first.code == 0
    assert first.json["office"] == str(office)
    told = run("gaps", "--host", "gaon", "--store", out / "store").json
    gaps = {gap["partner"]: gap for gap in told}
    assert gaps["nuri"]["decision"]["reason"] == "계획만 있음"
    before = (out / FILE_NAME).read_bytes()
    second = run("build", town_folder, "--out", out, "--format", "table", "--lang", "ko")
    assert second.code == 0
    assert "협약 장부" in second.out
    assert (out / FILE_NAME).read_bytes() == before
    renamed = office.rename(tmp_path / "elsewhere")
    gone = run("build", town_folder, "--out", out)
    assert gone.code == 1
    assert "--no-office" in gone.err
    assert (out / FILE_NAME).read_bytes() == before
    assert read_register(renamed, SCHEMA).rows["decisions"]


def test_a_register_and_none_is_a_contradiction(run, town_folder, office):
    result = run("build", town_folder, "--office", office, "--no-office")
    assert result.code == 2
    assert "--no-office" in result.err
