"""Make ``boundaries.json`` from GeoJSON: ``python -m …prepare_boundaries SIGUNGU SIDO``.

The boundaries bear the codes of their time (2012 to 2013); the legal-dong codes changed since.
Each change below is one of codes, told by the Ministry of the Interior and Safety, not of names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from triplehelix.district_map.boundaries import FILE
from triplehelix.district_map.shared_borders import Point, Ring, find_borders, fit

CITIES = (
    "41110", "41130", "41170", "41190", "41270", "41280", "41460", "43110", "44130", "45110",
    "47110", "48120",
)  # fmt: skip
"""Cities with gu of their own; a gu has the first four digits of its city."""
CHANGED = {"28170": "28177", "41730": "41670", "43710": "43110", "47720": "27720"}
"""남구 became 미추홀구 (2018), 여주군 a city (2013).

청원군 was joined to 청주시 (2014), 군위군 to 대구 (2023).
"""
PROVINCES = {"42": "51", "45": "52"}
"""강원 (2023) and 전북 (2024) took new codes; the last three digits of their districts stayed."""
SIDO = {
    "11": ("서울", "Seoul"),
    "26": ("부산", "Busan"),
    "27": ("대구", "Daegu"),
    "28": ("인천", "Incheon"),
    "29": ("광주", "Gwangju"),
    "30": ("대전", "Daejeon"),
    "31": ("울산", "Ulsan"),
    "36": ("세종", "Sejong"),
    "41": ("경기", "Gyeonggi"),
    "51": ("강원", "Gangwon"),
    "43": ("충북", "Chungbuk"),
    "44": ("충남", "Chungnam"),
    "52": ("전북", "Jeonbuk"),
    "46": ("전남", "Jeonnam"),
    "47": ("경북", "Gyeongbuk"),
    "48": ("경남", "Gyeongnam"),
    "50": ("제주", "Jeju"),
}
"""Provinces by the first two digits, with the short names that a map has room for."""
PER_DEGREE = 2000
"""Units of the plane in a degree of latitude; one is 55 m."""
WEST, NORTH, NARROWER = 124.5, 38.7, 0.809
"""Where the plane begins; how much shorter a degree of longitude is at 36° north (cosine)."""
NEAR, TOLERANCE, SMALLEST = 5.0, 3.0, 160.0
"""In units: how far borders may lie apart, be moved, and the area of the smallest island."""


def prepare(sigungu: Path, sido: Path) -> str:
    """Return the boundaries of two files as JSON."""
    features = _read(sigungu)
    pieces: dict[str, list[Ring]] = {}
    points: dict[str, Point] = {}
    for code, feature in features.items():
        city = code[:4] + "0"
        if city != code and city in CITIES and city in features:
            continue  # The city has a polygon of its own.
        pieces.setdefault(_area_of(code), []).extend(_rings(feature))
        points.setdefault(_area_of(code), _project(feature))
    outlines = fit(pieces, NEAR, TOLERANCE)
    provinces = {PROVINCES.get(code, code): feature for code, feature in _read(sido).items()}
    codes = {code: _area_of(code) for code in features if code != _area_of(code)}
    found = {
        "borders": "".join(map(_step, find_borders(outlines, lambda code: code[:2]))),
        "sido": {
            code: {"ko": ko, "en": en, "point": _project(provinces[code])}
            for code, (ko, en) in SIDO.items()
        },
        "cities": sorted(map(_area_of, CITIES)),
        "codes": dict(sorted((PROVINCES | codes).items())),
        "areas": {
            area: {"point": _middle(rings, points[area]), "path": _draw(rings)}
            for area, rings in sorted(outlines.items())
        },
    }
    text = json.dumps(found, ensure_ascii=False, indent=0, separators=(",", ":"))
    return text + "\n"


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """Return the features of a file by code."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature for feature in features}


def _area_of(code: str) -> str:
    """Return the code of today of the area that a polygon belongs to."""
    city = code[:4] + "0"
    code = CHANGED.get(code, city if city in CITIES else code)
    return PROVINCES.get(code[:2], code[:2]) + code[2:]


def _project(feature: dict[str, Any]) -> Point:
    """Return the point within a feature that its file states."""
    place = feature["properties"]
    return _plane(place["lng"], place["lat"])


def _plane(longitude: float, latitude: float) -> Point:
    across = (longitude - WEST) * NARROWER * PER_DEGREE
    return round(across), round((NORTH - latitude) * PER_DEGREE)


def _rings(feature: dict[str, Any]) -> Iterator[Ring]:
    geometry = feature["geometry"]
    polygons = geometry["coordinates"]
    for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        for ring in polygon:
            yield [_plane(*place) for place in ring[:-1]]


def _size(ring: Ring) -> float:
    ends = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in ends)) / 2


def _middle(rings: list[Ring], stated: Point) -> Point:
    """Return the stated point within an area, or the middle of one made of several polygons."""
    ring = max(rings, key=_size)
    ends = list(zip(ring, [*ring[1:], *ring[:1]], strict=True))
    crossings = [a[0] * b[1] - b[0] * a[1] for a, b in ends]
    whole = 3 * sum(crossings)
    x = sum((a[0] + b[0]) * c for (a, b), c in zip(ends, crossings, strict=True)) / whole
    y = sum((a[1] + b[1]) * c for (a, b), c in zip(ends, crossings, strict=True)) / whole
    return (round(x), round(y)) if _holds(ring, x, y) else stated


def _holds(ring: Ring, x: float, y: float) -> bool:
    """Whether a point lies within a ring."""
    inside = False
    for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]:
            inside = not inside
    return inside


def _draw(rings: list[Ring]) -> str:
    """Return rings as a path of SVG with steps from corner to corner; the smallest are left out."""
    largest = max(rings, key=_size)
    kept = [ring for ring in rings if ring is largest or _size(ring) >= SMALLEST]
    return "".join(f"{_step(ring)}z" for ring in sorted(kept, key=_size, reverse=True))


def _step(chain: Ring) -> str:
    """Return a path that leads from corner to corner."""
    steps = pairwise(chain)
    moves = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in steps)
    return f"M{chain[0][0]} {chain[0][1]}l{moves.replace(' -', '-')}"


if __name__ == "__main__":
    FILE.write_text(prepare(*map(Path, sys.argv[1:3])), encoding="utf-8")
