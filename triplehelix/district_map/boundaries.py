"""The boundaries of Korea by administrative code, in a plane of whole numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "boundaries.json"
_DISTRICT, _SIDO = 5, 2
"""So many digits of a legal-dong code name a 시군구, and a 시도."""


@dataclass(frozen=True, slots=True)
class Area:
    """A 시군구 with its outline as a path of SVG, or a 시도 without one; a point in its midst."""

    code: str
    point: tuple[int, int]
    path: str = ""

    @property
    def sido(self) -> str:
        """The code of the 시도 that it lies in."""
        return self.code[:_SIDO]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Areas by code; ``codes`` leads from other codes to them, ``names`` are those of 시도.

    ``borders`` is the path between 시도; ``cities`` have gu that are not self-governing.
    """

    districts: Mapping[str, Area]
    sido: Mapping[str, Area]
    names: Mapping[str, tuple[str, str]]
    codes: Mapping[str, str]
    cities: frozenset[str]
    borders: str

    def find(self, code: str) -> Area | None:
        """Return where a legal-dong code of ten digits lies: its 시군구, or else its 시도.

        A gu that is not self-governing lies in its city, a dong in its 시군구. There is none for a
        code without a boundary.

        >>> found = read_boundaries()
        >>> [found.find(code).code for code in ("4128100000", "1123010800", "1100000000")]
        ['41280', '11230', '11']
        >>> found.find("9911000000") is None
        True
        """
        if len(code) != 10 or not code.isdigit():
            return None
        if code[_SIDO:] == "0" * (10 - _SIDO):
            return self.sido.get(self._province(code[:_SIDO]))
        district = code[:_DISTRICT]
        district = self.codes.get(district, district)
        district = self._province(district[:_SIDO]) + district[_SIDO:]
        city = district[:-1] + "0"
        return self.districts.get(city if city in self.cities else district)

    def _province(self, sido: str) -> str:
        return self.codes.get(sido, sido)


@cache
def read_boundaries() -> Boundaries:
    """Return the boundaries that are kept beside this module."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return Boundaries(
        {
            code: Area(code, (area["point"][0], area["point"][1]), area["path"])
            for code, area in found["areas"].items()
        },
        {c: Area(c, (s["point"][0], s["point"][1])) for c, s in found["sido"].items()},
        {code: (sido["ko"], sido["en"]) for code, sido in found["sido"].items()},
        found["codes"],
        frozenset(found["cities"]),
        found["borders"],
    )
