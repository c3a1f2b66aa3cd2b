"""What was on the last map stays where it was; what is new finds room."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_payload import map_data
from triplehelix.network_map.map_rows import Meta, Organization, Tie, TieKind
from triplehelix.network_map.planner_map import PlannerMap
from triplehelix.network_map.settling import MARGIN, Layout, settle
from triplehelix.network_map.stored_layout import LayoutError, decode_layout, encode_layout
from triplehelix.pipeline import build
from triplehelix.report import Report

META = Meta("지도", "Map")


def layout(data: MapData) -> Layout:
    return decode_layout(encode_layout(data))


@pytest.fixture(scope="module")
def plan(town_report: Report) -> MapData:
    return map_data(town_report)


@pytest.fixture(scope="module")
def drawn(plan: MapData) -> MapData:
    return PlannerMap(plan).data


def test_the_same_map_stands_as_it_stood(plan: MapData, drawn: MapData) -> None:
    assert PlannerMap(plan, last=layout(drawn)).data == drawn


def test_a_few_changes_move_nobody(plan: MapData, drawn: MapData) -> None:
    ranked = sorted(zip(plan.degrees, plan.organizations, strict=True), key=lambda pair: pair[0])
    gone, hub = ranked[0][1].id, ranked[-1][1]
    new = (Organization("new-1", "새 기업"), Organization("new-2", "새 연구소"))
    ties = [tie for tie in plan.ties if gone not in (tie.source, tie.target)]
    ties += [
        Tie("new-1", hub.id, TieKind.JOINT_WORK),
        Tie("new-2", "new-1", TieKind.AGREEMENT),
    ]
    rows = tuple(row for row in plan.organizations if row.id != gone) + new
    initiatives = tuple(
        replace(i, hosts=tuple(h for h in i.hosts if h != gone)) for i in plan.initiatives
    )
    plain = replace(
        plan, agreements=(), units=(), parent_ties=(), parent_measures=(), brokers=()
    )  # these name organisations, too
    changed = replace(plain, organizations=rows, ties=tuple(ties), initiatives=initiatives)
    places = layout(PlannerMap(changed, last=layout(drawn)).data)
    before = layout(drawn)
    assert {name: place for name, place in places.items() if name in before} == {
        name: place for name, place in before.items() if name != gone
    }
    width = max(x for x, _ in before.values()) - min(x for x, _ in before.values())
    assert math.dist(places["new-1"], places[hub.id]) < width / 4
    others = [place for name, place in places.items() if name != "new-2"]
    assert min(math.dist(places["new-2"], place) for place in others) > MARGIN


def test_little_in_common_is_laid_out_anew(plan: MapData, drawn: MapData) -> None:
    few = dict(list(layout(drawn).items())[:5])
    assert PlannerMap(plan, last=few).data == drawn
    assert PlannerMap(plan, last={"stranger": (0.0, 0.0)}).data == drawn


@given(
    st.lists(st.integers(0, 11), min_size=0, max_size=2, unique=True),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20),
)
def test_new_organisations_cover_nobody(new: list[int], pairs: list[tuple[int, int]]) -> None:
    rows = tuple(Organization(str(number), f"기관 {number}") for number in range(12))
    ties = tuple(Tie(str(a), str(b), TieKind.JOINT_WORK) for a, b in pairs)
    data = MapData(META, rows, ties)
    last = {str(n): (100.0 * (n % 4), 80.0 * (n // 4)) for n in range(12) if n not in new}
    placed = layout(settle(data, last, [10.0] * 12))
    assert {name: placed[name] for name in last} == last
    for number in new:
        others = [place for name, place in placed.items() if name != str(number)]
        assert min(math.dist(placed[str(number)], o) for o in others) >= 2 * (10 + MARGIN) - 0.2


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"[]",
        b'{"triplehelix_layout": 2, "positions": {}}',
        b'{"triplehelix_layout": 1}',
        b'{"triplehelix_layout": 1, "positions": {"a": [1]}}',
        b'{"triplehelix_layout": 1, "positions": {"a": [1, "2"]}}',
        b'{"triplehelix_layout": 1, "positions": {"a": [1, NaN]}}',
        b'{"triplehelix_layout": 1, "positions": {"a": [1, 1e999]}}',
    ],
)
def test_what_is_no_layout_is_refused(content: bytes) -> None:
    with pytest.raises(LayoutError):
        decode_layout(content)


def test_a_build_stands_as_the_last_one(town_copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    first = build(town_copy, out)
    assert first.folder == out
    before = json.loads((out / "layout.json").read_text("utf-8"))["positions"]
    table = town_copy / "participations.csv"
    lines = table.read_text("utf-8").splitlines(keepends=True)
    table.write_text("".join(lines[:-1]), "utf-8")
    build(town_copy, out)
    after = json.loads((out / "layout.json").read_text("utf-8"))["positions"]
    assert {name: before[name] for name in after} == after
    (out / "layout.json").write_text("{}", "utf-8")
    told = [fault.code for fault in build(town_copy, out).warnings]
    assert "unread_layout" in told
    assert json.loads((out / "layout.json").read_text("utf-8"))["positions"].keys() == after.keys()
