"""What the examples in docstrings are given, and how the tests are shared among processes."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import triplehelix as th
from tests.sharing import make_once

LONG = (
    "tests/graph/test_engines.py",
    "tests/notebooks/",
    "tests/server/test_hostile.py",
    "tests/graph/test_virtuoso.py",
    "tests/browser/",
    "tests/triplehelix/test_cli",
    "tests/server/",
    "tests/loaders/test_bad_input.py",
    "triplehelix/knowledge_graph.py",
)
"""Files that take long: they go first, so that at the end no process works alone."""


def pytest_configure(config: pytest.Config) -> None:
    """Have pytest-xdist keep the order of files instead of beginning with those of many tests."""
    config.option.loadscopereorder = False


def pytest_xdist_auto_num_workers() -> int:
    """Return three processes for two cores: a third of the time tests wait for browsers."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take long first."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(name: str) -> int:
    return next((n for n, start in enumerate(LONG) if name.startswith(start)), len(LONG))


@pytest.fixture(scope="session")
def shipped_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `th.build` makes of the shipped ecosystem; not to be written to."""
    return make_once(tmp_path_factory, "shipped", lambda folder: th.build(out=folder))


@pytest.fixture(autouse=True)
def _examples(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> Iterator[None]:
    """Give the examples of ``triplehelix.knowledge_graph`` their ``kg``."""
    if request.node.name.startswith("triplehelix.knowledge_graph"):
        folder = request.getfixturevalue("shipped_build")
        doctest_namespace["kg"] = th.open(folder, language="en")
    yield
    doctest_namespace.pop("kg", None)
