"""The data of the map keeps to its published schema, and is read back as it was."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.browser.map.fictional_map import hostile_town, town
from triplehelix.network_map.communities import divide
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_payload import map_data
from triplehelix.network_map.map_rows import Meta
from triplehelix.network_map.map_schema import make_schema, read_map
from triplehelix.network_map.planner_map import PlannerMap


@pytest.fixture(scope="module", params=["town_report", "shipped_report", "fictional", "hostile"])
def drawn(request: pytest.FixtureRequest) -> MapData:
    made = {"fictional": town, "hostile": hostile_town}
    if request.param in made:
        return PlannerMap(divide(made[request.param]())).data
    return PlannerMap(map_data(request.getfixturevalue(request.param))).data


def test_the_data_keeps_to_the_schema(drawn: MapData) -> None:
    schema = make_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(drawn.to_json()), schema)


def test_the_data_is_read_back_as_it_was(drawn: MapData) -> None:
    read = read_map(drawn.to_json())
    assert read.to_json() == drawn.to_json()
    assert read.ties == drawn.ties
    assert read.parent_ties == drawn.parent_ties
    assert read.ended_ties == drawn.ended_ties
    assert read.agreements == drawn.agreements
    assert read.brokers == drawn.brokers
    assert read.initiatives == drawn.initiatives


def spoil(change: str) -> str:
    columns: dict[str, Any] = json.loads(town().to_json())
    if change == "table":
        del columns["themes"]
    elif change == "column":
        del columns["ties"]["rung"]
    elif change == "length":
        columns["ties"]["rung"].pop()
    elif change == "reference":
        columns["ties"]["source"][0] = 10_000
    elif change == "meta":
        columns["meta"]["colour"] = "red"
    return json.dumps(columns)


@pytest.mark.parametrize("change", ["table", "column", "length", "reference", "meta"])
def test_what_is_no_map_is_refused(change: str) -> None:
    with pytest.raises(ValueError, match="no map"):
        read_map(spoil(change))
    assert read_map(MapData(Meta("지도", "Map")).to_json()) == MapData(Meta("지도", "Map"))


def test_a_build_publishes_both(town_build: Path) -> None:
    site = town_build / "site"
    data = json.loads((site / "map-data.json").read_text("utf-8"))
    jsonschema.validate(data, json.loads((site / "map-schema.json").read_text("utf-8")))
    read = read_map((site / "map-data.json").read_text("utf-8"))
    lines = (*read.ties, *read.parent_ties, *read.ended_ties)
    assert len(lines) == len(data["ties"]["kind"])
    assert read.parent_ties
