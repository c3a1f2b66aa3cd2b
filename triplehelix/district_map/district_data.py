"""What the district map shows, as lists of numbers and names that its script reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from graph.namespaces import slug
from triplehelix.district_map.boundaries import Area
from triplehelix.district_map.locations import Locations, name_area, name_sido
from triplehelix.district_map.pairs import KINDS, WorkingPair
from triplehelix.district_map.texts import say
from triplehelix.network_map.map_payload import SECTORS
from triplehelix.pages.addresses import page_address
from triplehelix.pages.texts import Text, concept, name
from triplehelix.report import Report

Json = dict[str, Any]


def make_data(report: Report, locations: Locations, pairs: list[WorkingPair]) -> Json:
    """Return areas, organisations, pairs and undertakings; each refers to others by number.

    Of pairs those are among them of which at least one end lies in an area.
    """
    organizations = report.holdings.organizations
    placed = {iri: locations.of(o) for iri, o in organizations.items()}
    undertakings = {
        iri: found
        for iri, thing in report.holdings.initiatives.items()
        if not thing.is_event and (found := locations.of(thing))
    }
    areas = _gather(chain(placed.values(), undertakings.values()))
    drawn = [pair for pair in pairs if placed[pair.one] or placed[pair.two]]
    ends = {end for pair in drawn for end in (pair.one, pair.two)}
    shown = [iri for iri in organizations if placed[iri] or iri in ends]
    places = {code: number for number, code in enumerate(areas)}
    sectors = list_sectors(report)
    return {
        "areas": [_area(report, locations, area) for area in areas.values()],
        "sectors": [[code, *_sector(report, code)] for code in sectors],
        "organizations": [
            [
                *name(report, iri),
                page_address(slug(iri)),
                sectors.index(organizations[iri].sector),
                [places[area.code] for area in placed[iri]],
            ]
            for iri in shown
        ],
        "pairs": list(_pairs(drawn, {iri: number for number, iri in enumerate(shown)})),
        "undertakings": [
            [*name(report, iri), page_address(slug(iri)), [places[area.code] for area in own]]
            for iri, own in undertakings.items()
        ],
        "kinds": [str(kind) for kind in KINDS],
    }


def list_sectors(report: Report) -> list[str]:
    """Return the sectors, the usual five first, then others; at the end none, where it occurs."""
    found = {o.sector for o in report.holdings.organizations.values()}
    others = sorted(found - {*SECTORS, ""})
    return [*SECTORS, *others, *([""] if "" in found else [])]


def _sector(report: Report, code: str) -> Text:
    return concept(report, code) if code else say("no_sector")


def _gather(found: Iterator[tuple[Area, ...]]) -> Mapping[str, Area]:
    return dict(sorted({area.code: area for areas in found for area in areas}.items()))


def _area(report: Report, locations: Locations, area: Area) -> list[Any]:
    sido = name_sido(report, locations, area)
    return [area.code, *name_area(report, locations, area), *sido, *area.point]


def _pairs(drawn: list[WorkingPair], numbers: Mapping[str, int]) -> Iterator[list[int]]:
    for pair in drawn:
        kinds = sum(1 << at for at, kind in enumerate(KINDS) if kind in pair.kinds)
        yield [numbers[pair.one], numbers[pair.two], kinds, pair.shared]
