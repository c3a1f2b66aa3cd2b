"""Communities of the map: who belongs together, what they are called, and that they stand apart."""

import math
from collections import Counter
from dataclasses import replace

import pytest

from triplehelix.network_map.communities import SMALLEST, divide
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_payload import map_data
from triplehelix.network_map.map_rows import (
    Community,
    Initiative,
    Meta,
    Organization,
    Theme,
    Tie,
    TieKind,
)
from triplehelix.network_map.planner_map import PlannerMap
from triplehelix.report import Report

META = Meta("지도", "Map")
THEMES = (
    Theme("all", "산업", "Industry"),
    Theme("drone", "드론", "Drones"),
    Theme("bio", "바이오", "Bio"),
)


def triangle(letter: str, theme: str) -> tuple[list[Organization], list[Tie], Initiative]:
    rows = [Organization(f"{letter}{number}", f"{letter} {number}") for number in range(3)]
    initiative = Initiative(f"{letter}-work", f"{letter} 사업", themes=(theme, "all"))
    ties = [
        Tie(f"{letter}{a}", f"{letter}{b}", TieKind.JOINT_WORK, initiatives=(initiative.id,))
        for a, b in ((0, 1), (1, 2), (2, 0))
    ]
    return rows, ties, initiative


def two_triangles() -> MapData:
    one, two = triangle("a", "drone"), triangle("b", "bio")
    rows = [*one[0], *two[0], Organization("lone", "홀로"), Organization("far", "멀리")]
    ties = [*one[1], *two[1], Tie("a0", "b0", TieKind.MEETING), Tie("lone", "far", TieKind.GAP)]
    return MapData(META, tuple(rows), tuple(ties), initiatives=(one[2], two[2]), themes=THEMES)


def test_communities_are_named_by_what_is_their_own() -> None:
    divided = divide(two_triangles())
    assert divided.communities == (
        Community("community-1", "드론·산업", "Drones, Industry"),
        Community("community-2", "바이오·산업", "Bio, Industry"),
    )
    found = {row.id: row.community for row in divided.organizations}
    assert {found[f"a{n}"] for n in range(3)} == {"community-1"}
    assert {found[f"b{n}"] for n in range(3)} == {"community-2"}
    assert found["lone"] is found["far"] is None


def test_without_themes_the_best_connected_gives_the_name() -> None:
    data = two_triangles()
    bare = replace(data, ties=tuple(replace(tie, initiatives=()) for tie in data.ties))
    assert [row.ko for row in divide(bare).communities] == ["a 0 중심", "b 0 중심"]


def test_an_empty_map_has_no_communities() -> None:
    assert divide(MapData(META)) == MapData(META)


# The town has many communities of three, which is as few as there can be.
@pytest.mark.parametrize(("name", "share"), [("town_report", 0.8), ("shipped_report", 0.9)])
def test_neighbours_on_the_map_are_of_the_same_community(
    name: str, share: float, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(name)
    drawn = PlannerMap(map_data(report)).data
    own = {row.id: row for row in drawn.organizations if row.community}
    sizes = Counter(row.community for row in own.values())
    assert min(sizes.values()) >= SMALLEST
    near = wanted = 0
    for row in own.values():
        others = sorted(
            (math.dist((o.x, o.y), (row.x, row.y)), o.id, o.community)  # type: ignore[arg-type]
            for o in own.values()
            if o is not row
        )
        asked = min(3, sizes[row.community] - 1)
        near += sum(community == row.community for _, _, community in others[:asked])
        wanted += asked
    assert near / wanted > share
