"""What the page is sent is small, and comes out as it went in."""

import base64
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.map_networks import make_network
from triplehelix.network_map import planner_map
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.packing import inflate, pack, unpack, write_json
from triplehelix.network_map.planner_map import PlannerMap

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from([0.0, 1.0, 2.5]),
    st.text(max_size=2),
)
OPTIONS = st.dictionaries(st.sampled_from(["id", "label", "x", "color", "size", "tie"]), VALUES)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[int], list[dict[str, Any]]]:
    said = draw(st.lists(OPTIONS, max_size=4))
    items = draw(st.lists(OPTIONS, max_size=6))
    rows = [draw(st.integers(-1, len(said) - 1)) for _ in items]
    # Most items are what their row says, with something changed.
    told = [
        {**said[row], **item} if row >= 0 and draw(st.booleans()) else item
        for item, row in zip(items, rows, strict=True)
    ]
    return told, rows, said


def written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@given(tables())
def test_what_was_packed_comes_out(
    table: tuple[list[dict[str, Any]], list[int], list[dict[str, Any]]],
) -> None:
    items, rows, said = table
    packed = json.loads(write_json(pack(items, rows, said)))
    assert written(unpack(packed, said)) == written(items)


def test_what_is_alike_is_said_once() -> None:
    said = [{"id": str(number), "label": f"기관 {number}"} for number in range(50)]
    items = [{**one, "shape": "dot", "color": {"background": "#fff"}} for one in said]
    packed = pack(items, range(50), said)
    assert (len(packed["styles"]), packed["own"]) == (1, {})
    assert "row" not in packed
    assert len(write_json(packed)) < 300


def page_size(data: MapData) -> int:
    html = PlannerMap(data).generate_html()
    return len(html.replace(planner_map._vis_network(), "").encode())


def test_500_organisations_with_evidence_take_less_than_a_megabyte() -> None:
    data = make_network(500)
    assert all(tie.evidence for tie in data.ties)
    assert page_size(data) < 1_000_000


def test_5000_organisations_take_a_quarter_of_what_20000_may() -> None:
    data = make_network(5_000)
    # With places no layout is needed.
    rows = tuple(
        replace(row, x=round(n * 7.3 % 999, 1), y=round(n * 3.7 % 777, 1))
        for n, row in enumerate(data.organizations)
    )
    assert page_size(replace(data, organizations=rows)) < 6_000_000 / 4


def test_a_large_page_is_deflated(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PlannerMap(make_network(20))
    plain = page._payload(embed=False)
    monkeypatch.setattr(planner_map, "LARGE", 1_000)
    found = re.search(r'id="payload" data-form="deflate">([^<]*)<', page.generate_html())
    assert found
    assert base64.b64decode(found[1])
    assert inflate(found[1]) == plain
