"""Places with their codes, as they stand in the tables."""

import csv
from pathlib import Path
from typing import Any

from graph.namespaces import slug
from graph.places import read_places


def test_all_places_are_read_with_their_codes(town: Any, town_folder: Path) -> None:
    with (town_folder / "places.csv").open(encoding="utf-8-sig", newline="") as stream:
        stated = {row["식별자"]: row["행정코드"] for row in csv.DictReader(stream)}
    assert {slug(iri): code for iri, code in read_places(town.dataset).items()} == stated


def test_a_place_without_a_code_is_there(shipped: Any) -> None:
    codes = {slug(iri): code for iri, code in read_places(shipped.dataset).items()}
    assert codes["sj-place-yonsei-ro"] == ""
    assert codes["kr-4128000000"] == "4128000000"
