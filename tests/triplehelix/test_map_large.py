"""Networks of thousands: laid out without overlaps, and divided into what can be drawn."""

import networkx as nx
import numpy as np
import pytest

from benchmarks.map_networks import make_network
from triplehelix.network_map import communities, layout
from triplehelix.network_map.communities import divide
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import Meta, Organization, Tie, TieKind
from triplehelix.network_map.planner_map import PlannerMap


def network(graph: nx.Graph) -> MapData:  # type: ignore[type-arg]
    rows = tuple(Organization(str(node), f"기관 {node}") for node in graph)
    ties = tuple(Tie(str(one), str(two), TieKind.JOINT_WORK) for one, two in graph.edges)
    return MapData(Meta("지도", "Map"), rows, ties)


def parts(data: MapData) -> list[set[str]]:
    names = dict.fromkeys(row.community for row in data.organizations if row.community)
    return [{r.id for r in data.organizations if r.community == name} for name in names]


@pytest.fixture
def none_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay out networks of hundreds in the way of thousands."""
    monkeypatch.setattr(layout, "SMALL", 100)
    monkeypatch.setattr(layout, "EACH", 50)


@pytest.mark.usefixtures("none_is_small")
def test_nothing_touches_in_a_large_layout() -> None:
    data = PlannerMap(make_network(900)).data
    places = np.array([(row.x, row.y) for row in data.organizations], dtype=float)
    far = np.hypot(*(places[:, axis, None] - places[None, :, axis] for axis in (0, 1)))
    np.fill_diagonal(far, np.inf)
    assert far.min() > 2 * 6.5
    # Who stands next to one is mostly of the same community.
    next_to = far.argmin(1)
    own = [row.community for row in data.organizations]
    assert np.mean([own[one] == own[two] for one, two in enumerate(next_to)]) > 0.9
    assert len(set(own)) > 10


@pytest.mark.usefixtures("none_is_small")
def test_a_large_star_is_laid_out() -> None:
    places = np.array(layout.lay_out(500, [(0, node) for node in range(1, 500)]))
    assert np.isfinite(places).all()
    assert len(np.unique(places, axis=0)) == 500
    assert np.hypot(*places[0]) < np.hypot(*places.T).max() / 4


def test_what_is_too_large_is_divided_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Modularity joins neighbouring cliques of a long ring (Fortunato and Barthélemy 2007)."""
    data = network(nx.ring_of_cliques(30, 5))
    assert max(map(len, parts(divide(data)))) > 8
    monkeypatch.setattr(communities, "LARGEST", 8)
    found = parts(divide(data))
    assert [len(part) for part in found] == [5] * 30
    assert all(len({int(name) // 5 for name in part}) == 1 for part in found)


def test_what_cannot_be_divided_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(communities, "LARGEST", 8)
    star = nx.disjoint_union(nx.star_graph(20), nx.complete_graph(4))
    assert sorted(map(len, parts(divide(network(star))))) == [4, 21]
