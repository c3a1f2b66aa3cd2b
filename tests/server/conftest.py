"""A real server on the loopback address, over the build of the fictional town."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.namespaces import ID, ONTOLOGY_GRAPH, TH
from graph.store import close, create_store, flush, load_graphs
from tests.server.running import Server, run_server


@pytest.fixture(scope="session")
def build(town_build: Path) -> Path:
    """The build of the town; not to be written to."""
    return town_build


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start servers; all are stopped at the end."""
    with ExitStack() as stack:
        yield lambda build, *options: stack.enter_context(run_server(build, *options))


@pytest.fixture(scope="session")
def server(serve: Callable[..., Server], build: Path) -> Server:
    """The server of the town, with the default limits."""
    return serve(build)


@pytest.fixture(scope="session")
def formula() -> str:
    """The label of the only record of the strange server."""
    return '=HYPERLINK("http://127.0.0.1/strange")'


@pytest.fixture(scope="session")
def strange(
    serve: Callable[..., Server], formula: str, tmp_path_factory: pytest.TempPathFactory
) -> Server:
    """A server over one organisation, which is named like a page and labelled with a formula."""
    folder = tmp_path_factory.mktemp("strange") / "build"
    folder.mkdir()
    dataset = create_store(folder / "store")
    type_, label = (
        f"<http://www.w3.org/{name}>"
        for name in ("1999/02/22-rdf-syntax-ns#type", "2000/01/rdf-schema#label")
    )
    name = json.dumps(formula) + "@ko"
    record = ID["index"].n3()
    triples = [(record, type_, TH.Organization.n3()), (record, label, name)]
    load_graphs(dataset, {str(ONTOLOGY_GRAPH): triples})
    flush(dataset)
    close(dataset)
    page = folder / "site" / "records" / "_index.html"
    page.parent.mkdir(parents=True)
    page.write_text("the record")
    (folder / "graph.trig.sha256").write_text("0" * 64 + "  graph.trig\n")
    return serve(folder)


@pytest.fixture(scope="session")
def curl() -> str:
    path = shutil.which("curl")
    if path is None:
        if os.environ.get("REQUIRE_CURL") == "1":
            pytest.fail("no curl")
        pytest.skip("no curl")
    return path
