"""Where organisations and undertakings lie: by the codes of their places, never by a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.initiatives import Initiative
from graph.organizations import Organization
from triplehelix.district_map.boundaries import Area, Boundaries, read_boundaries
from triplehelix.pages.texts import Text, join, name
from triplehelix.report import Report

_WHOLE_DISTRICT, _WHOLE_SIDO = "0" * 5, "0" * 8


@dataclass(frozen=True, slots=True)
class Locations:
    """The boundaries with the codes of the places of a report, by IRI."""

    boundaries: Boundaries
    codes: Mapping[str, str]

    def of(self, record: Organization | Initiative) -> tuple[Area, ...]:
        """Return the 시군구 that a record lies in, or the 시도 where no closer one is stated.

        There is none for places that have no boundary.
        """
        known = (self.boundaries.find(self.codes.get(place, "")) for place in record.all_places)
        areas = {area.code: area for area in known if area}
        closer = {area.sido for area in areas.values() if area.path}
        return tuple(
            areas[code] for code in sorted(areas) if areas[code].path or code not in closer
        )

    def is_off(self, place: str) -> bool:
        """Whether a place has no boundary."""
        return self.boundaries.find(self.codes.get(place, "")) is None


def locate(codes: Mapping[str, str]) -> Locations:
    """Return where places lie whose codes are known."""
    return Locations(read_boundaries(), codes)


def name_area(report: Report, locations: Locations, area: Area) -> Text:
    """Return the name of an area: that of the place with its code, or those of places within.

    A 시도 that no place stands for has the name that is kept with the boundaries.
    """
    zeros = _WHOLE_DISTRICT if area.path else _WHOLE_SIDO
    within = [p for p, code in locations.codes.items() if locations.boundaries.find(code) == area]
    exact = [place for place in within if locations.codes[place].endswith(zeros)]
    if exact or within:
        return join((name(report, place) for place in sorted(exact or within)), " · ")
    return Text(*locations.boundaries.names[area.code])


def name_sido(report: Report, locations: Locations, area: Area) -> Text:
    """Return the name of the 시도 that an area lies in."""
    return name_area(report, locations, locations.boundaries.sido[area.sido])


@dataclass(frozen=True, slots=True)
class OffMap:
    """A place without a boundary, and the organisations that are known to lie there only."""

    place: str
    code: str
    organizations: tuple[Organization, ...]


def list_off_map(report: Report, locations: Locations) -> list[OffMap]:
    """Return the places without a boundary, with the organisations that stand nowhere else."""
    lost = [o for o in _sorted(report) if o.all_places and not locations.of(o)]
    return [
        OffMap(place, code, tuple(o for o in lost if place in o.all_places))
        for place, code in locations.codes.items()
        if locations.is_off(place)
    ]


def list_without_place(report: Report) -> list[Organization]:
    """Return the organisations of which no place is stated, by name."""
    return [o for o in _sorted(report) if not o.all_places]


def _sorted(report: Report) -> Iterable[Organization]:
    return sorted(report.holdings.organizations.values(), key=lambda o: (o.label("ko"), o.iri))
