"""The notebooks run from top to bottom on a fresh build of the shipped ecosystem."""

import json
from pathlib import Path

import pytest

from loaders.ecosystem import shipped_ecosystem
from triplehelix.build import build

NOTEBOOKS = sorted(Path(__file__).parents[2].glob("notebooks/*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(shipped_ecosystem(), tmp_path / "build")
    monkeypatch.chdir(tmp_path)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    scope: dict[str, object] = {}
    for cell in cells:
        assert not cell.get("outputs"), "notebooks are committed without outputs"
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), scope)
    printed = capsys.readouterr().out
    assert "중부대학교" in printed
    assert "goyang-technovalley:118" in printed
