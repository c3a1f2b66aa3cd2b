"""The boundaries: joined by code, without inner borders, made from their source alike each time."""

import csv
import gzip
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from triplehelix.district_map.boundaries import FILE, read_boundaries
from triplehelix.district_map.prepare_boundaries import prepare
from triplehelix.district_map.shared_borders import fit

Ring = list[tuple[int, int]]


def draw(path: str) -> list[Ring]:
    """Return the rings of a path of SVG that steps from corner to corner."""
    rings = []
    for ring in path.removesuffix("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = [(numbers[0], numbers[1])]
        for across, down in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + across, points[-1][1] + down))
        rings.append(points)
    return rings


def size(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


@pytest.fixture(scope="module")
def source(shared: Path) -> Path:
    folder = shared / "data" / "korea"
    if not (folder / "kr-sigungu-ngii-20230915-simple.geojson").is_file():
        pytest.skip("the boundaries' source is not beside the repository")
    return folder


def measure(source: Path, *codes: str) -> float:
    """Return the area of polygons of the source, in units of the plane of the boundaries."""
    text = (source / "kr-sigungu-ngii-20230915-simple.geojson").read_text(encoding="utf-8")
    found = 0.0
    for feature in json.loads(text)["features"]:
        if feature["properties"]["code"] in codes:
            shape = feature["geometry"]
            polygons = shape["coordinates"]
            for polygon in polygons if shape["type"] == "MultiPolygon" else [polygons]:
                outer, *holes = [
                    size([(round(x * 0.809 * 2000), round(y * 2000)) for x, y in ring])
                    for ring in polygon
                ]
                found += outer - sum(holes)
    return found


def test_the_source_gives_the_same_bytes(source: Path) -> None:
    files = [source / f"kr-{kind}-ngii-20230915-simple.geojson" for kind in ("sigungu", "sido")]
    assert prepare(*files).encode() == FILE.read_bytes()
    assert FILE.stat().st_size < 300_000


@pytest.mark.parametrize(
    ("city", "parts"),
    [
        ("41280", ["41281", "41285", "41287"]),
        ("43110", ["43111", "43113", "43710"]),
        ("44130", ["44131", "44133"]),
        ("52110", ["45111", "45113"]),
    ],
)
def test_a_city_is_the_union_of_its_parts(source: Path, city: str, parts: list[str]) -> None:
    rings = sorted(map(size, draw(read_boundaries().districts[city].path)))
    assert rings[-1] == pytest.approx(measure(source, *parts), rel=0.02)
    # What its parts share is no border any more: all but one outline are too small to see.
    assert sum(rings[:-1]) < 0.01 * rings[-1]


def test_neighbours_share_their_border() -> None:
    left, right = (
        [*draw(read_boundaries().districts[code].path)[0]] for code in ("41280", "41480")
    )
    edges = [{frozenset(pair) for pair in pairwise([*ring, ring[0]])} for ring in (left, right)]
    assert len(edges[0] & edges[1]) > 15


def test_polygons_apart_are_made_to_fit() -> None:
    left = [(0, 0), (100, 0), (101, 50), (100, 100), (0, 100)]
    right = [(100, 0), (200, 0), (200, 100), (100, 100)]
    found = fit({"left": [left], "right": [right]}, 2, 0.5)
    assert (101, 50) in found["right"][0]
    assert fit({"both": [left, right]}, 2, 0.5)["both"] == [
        [(0, 0), (0, 100), (200, 100), (200, 0)]
    ]


def test_every_district_of_the_code_table_has_an_area(source: Path) -> None:
    boundaries = read_boundaries()
    with gzip.open(source / "mois-legal-dong-20230501.csv.gz", "rt", encoding="utf-8-sig") as table:
        rows = [row for row in csv.DictReader(table) if not row["말소일자"]]
    districts = {
        row["법정동코드"]: row["시군구명"] or row["시도명"]
        for row in rows
        if row["법정동코드"].endswith("00000") and not row["법정동코드"].endswith("0" * 8)
    }
    lost = {n for code, n in districts.items() if boundaries.find(code) is None}
    # Branch offices of the offices of districts are in the table, but are no districts.
    assert all("출" in name for name in lost), lost
    assert len(districts) > 250


@pytest.mark.parametrize(
    ("code", "area"),
    [
        ("4128000000", "41280"),
        ("4128510300", "41280"),
        ("1123010800", "11230"),
        ("4100000000", "41"),
        ("4200000000", "51"),
        ("4211000000", "51110"),
        ("5111010100", "51110"),
        ("4119200000", "41190"),
        ("4772000000", "27720"),
        ("3611010100", "36110"),
        ("4500000000", "52"),
    ],
)
def test_a_code_leads_to_its_area(code: str, area: str) -> None:
    found = read_boundaries().find(code)
    assert found is not None
    assert found.code == area
    assert bool(found.path) == (len(area) == 5)


@pytest.mark.parametrize("code", ["", "41280", "고양시", "9911000000", "4128x00000", "0000000000"])
def test_nothing_is_guessed(code: str) -> None:
    assert read_boundaries().find(code) is None


def test_every_area_lies_in_a_province_with_a_name() -> None:
    boundaries = read_boundaries()
    assert {area.sido for area in boundaries.districts.values()} == boundaries.sido.keys()
    assert boundaries.names.keys() == boundaries.sido.keys()
    assert all(ko and en for ko, en in boundaries.names.values())
    source = (FILE.parent / "SOURCE.md").read_text(encoding="utf-8")
    assert "국토지리정보원" in source
