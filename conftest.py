"""What the examples in docstrings are given."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import triplehelix as th


@pytest.fixture(scope="session")
def shipped_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `th.build` makes of the shipped ecosystem; not to be written to."""
    folder = tmp_path_factory.mktemp("shipped") / "build"
    th.build(out=folder)
    return folder


@pytest.fixture(autouse=True)
def _examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> Iterator[None]:
    """Give the examples of ``triplehelix.knowledge_graph`` their ``kg``."""
    if request.node.name.startswith("triplehelix.knowledge_graph"):
        folder = request.getfixturevalue("shipped_build")
        doctest_namespace["kg"] = th.open(folder, language="en")
    yield
    doctest_namespace.pop("kg", None)
