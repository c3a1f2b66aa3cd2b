"""Where a build leaves its store: in its folder, in another folder, or in a remote endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph.protocol import Endpoint, read_endpoint
from graph.publication import Change, count_graphs, plan_changes, publish
from graph.remote import open_endpoint
from graph.store import Triple, close, open_store
from triplehelix.replacement import replace_folder


@dataclass(frozen=True, slots=True)
class Placement:
    """A place for a store: a folder, or an endpoint that is filled over the network."""

    folder: Path | None = None
    endpoint: Endpoint | None = None
    held: Mapping[str, int] = field(default_factory=dict)

    def fill(self, graphs: Mapping[str, set[Triple]]) -> None:
        """Send the graphs to the endpoint, if there is one.

        Raises:
            InputError: the server cannot be reached, refuses, or fails.
        """
        if self.endpoint:
            publish(self.endpoint, plan_changes(self.held, graphs), graphs)


@contextmanager
def place_store(location: str, built: Path, fresh: Path) -> Iterator[Placement]:
    """Yield the place of a location; ``fresh`` is the folder that will be that of the build.

    Raises:
        InputError: the endpoint cannot be used, or the folder was not made by us.
    """
    if "://" in location:
        endpoint = read_endpoint(location)
        yield Placement(None, endpoint, count_graphs(open_endpoint(endpoint)))
        return
    place = Path(location or built / "store").absolute()
    if place.is_relative_to(built.absolute()):
        yield Placement(fresh / place.relative_to(built.absolute()))
        return
    with replace_folder(place) as folder:
        yield Placement(folder)


def plan_placement(location: str, built: Path, graphs: Mapping[str, set[Triple]]) -> list[Change]:
    """Return what building into a location would do to the graphs that it holds.

    Raises:
        InputError: the endpoint cannot be used.
    """
    place = location or str(built / "store")
    if "://" not in place and not (Path(place) / "CURRENT").is_file():
        return plan_changes({}, graphs)
    dataset = open_store(place)
    held = count_graphs(dataset)
    close(dataset)
    return plan_changes(held, graphs)
