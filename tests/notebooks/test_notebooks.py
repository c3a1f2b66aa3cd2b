"""The notebooks are executed anew, and give the outputs that are kept in them."""

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from notebooks.execution import execute, list_notebooks, list_outputs

NOTEBOOKS = list_notebooks()
TUTORIALS = {
    "agreements_and_gaps",
    "first_questions",
    "first_questions.ko",
    "hubs_and_brokers",
    "money_and_indicators",
    "the_map",
    "your_own_city",
}
BUILDING = {"first_questions", "your_own_city"}
NOT_PUBLIC = re.compile(r"\b(?:from|import)\s+(?:graph|loaders|triplehelix\.)")
A_PATH = re.compile(r"/tmp/|/home/|[A-Z]:\\\\|PosixPath|WindowsPath")


def shown(notebook: Any) -> list[dict[str, Any]]:
    """What a reader sees: streams and all kept forms of results."""
    return [
        {key: output[key] for key in ("name", "text", "data") if key in output}
        for output in list_outputs(notebook)
    ]


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def test_the_tutorials_are_there() -> None:
    assert {path.stem for path in NOTEBOOKS} == TUTORIALS


BUILD = "th.build(out=folder)"
COPY = "__import__('shutil').copytree({folder!r}, folder)"


def take_build(notebook: Any, folder: Path) -> None:
    """Have a notebook copy the build that it would make, which is the same in all of them."""
    [cell] = [c for c in notebook.cells if c.cell_type == "code" and BUILD in c.source]
    cell.source = cell.source.replace(BUILD, COPY.format(folder=str(folder)))


# Its own loop and sockets are closed late by the client of the kernel.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_kept_outputs_are_true(path: Path, tmp_path: Path, shipped_build: Path) -> None:
    """One notebook builds for itself, and all do where ``TRIPLEHELIX_THOROUGH=1``."""
    notebook = read(path)
    kept = shown(notebook)
    assert kept
    if path.stem not in BUILDING and not os.environ.get("TRIPLEHELIX_THOROUGH"):
        take_build(notebook, shipped_build)
    assert shown(execute(notebook, tmp_path)) == kept
    assert list(tmp_path.iterdir()) == [], "a notebook writes to folders of its own"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_only_the_public_interface_is_used(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "code":
            assert not NOT_PUBLIC.search(cell.source), cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_name_no_folder_of_a_machine(path: Path) -> None:
    for output in shown(read(path)):
        assert not A_PATH.search(str(output)), output


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_links_between_notebooks_lead_somewhere(path: Path) -> None:
    text = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\(([^):]+\.ipynb)\)", text):
        assert (path.parent / target).is_file(), target


def test_the_korean_twin_asks_the_same() -> None:
    twins = [read(path) for path in NOTEBOOKS if path.stem.startswith("first_questions")]
    english, korean = (
        [cell.source for cell in twin.cells if cell.cell_type == "code"] for twin in twins
    )
    assert [source.replace('"ko"', '"en"') for source in korean] == english
