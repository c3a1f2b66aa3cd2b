"""Execute the notebooks, and keep their outputs: ``python notebooks/execution.py [FILE …]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
KEPT = 200_000
"""The characters that an output may have; the map is a whole page and is not kept."""


def list_notebooks() -> list[Path]:
    """Return the notebooks, sorted."""
    return sorted(FOLDER.glob("*.ipynb"))


def execute(notebook: Any, folder: Path) -> Any:
    """Return a notebook executed anew in a folder; too large forms of outputs are left out.

    Raises:
        CellExecutionError: a cell failed.
    """
    client = NotebookClient(
        notebook,
        timeout=600,
        record_timing=False,
        # Else two prints in a row are one output or two, as the kernel happens to send them.
        coalesce_streams=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"]}
    for output in list_outputs(notebook):
        data = output.get("data", {})
        for form in [form for form, text in data.items() if len(str(text)) > KEPT]:
            del data[form]
    return notebook


def list_outputs(notebook: Any) -> Iterator[Any]:
    """Yield the outputs of a notebook in order."""
    for cell in notebook.cells:
        yield from cell.get("outputs", ())


def main(arguments: list[str]) -> None:
    """Execute the named notebooks, or all, and write them with their outputs."""
    for path in map(Path, arguments) if arguments else list_notebooks():
        nbformat.write(execute(nbformat.read(path, as_version=4), FOLDER), path)
        print(path.name)


if __name__ == "__main__":
    main(sys.argv[1:])
