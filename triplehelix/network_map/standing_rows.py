"""What organisations measure at both levels: hubs, brokers by sector, and who would be cut off.

All of it is measured on the network of those who host or take part in the same, as the commands
``hubs`` and ``brokers`` do. Unnamed groups are nodes, but neither hubs nor brokers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace

from graph.brokerage import Roles, find_roles
from graph.centrality import betweenness
from graph.gaps import Level
from graph.measures import count_initiatives
from graph.namespaces import slug
from graph.network import build_network, project
from graph.restriction import Restriction
from graph.structure import find_cut_points
from triplehelix.network_map import map_rows as rows
from triplehelix.network_map.bonds import Bond, Pair
from triplehelix.network_map.subject_rows import slugs
from triplehelix.report import Report


class Standing:
    """The measures of organisations at one level."""

    def __init__(self, report: Report, level: Level) -> None:
        """Build the network of the report's date."""
        scope = Restriction(on=report.on, level=level)
        self._report = report
        self._two_modes = build_network(report.holdings, "participations", scope).graph
        self._network = project(self._two_modes)

    def measure(self, degrees: Mapping[str, int]) -> dict[str, rows.ParentMeasures]:
        """Return the measures of hubs by identifier; degrees are told, since groups have them."""
        strengths, between = count_initiatives(self._two_modes), betweenness(self._network)
        return {
            slug(iri): rows.ParentMeasures(
                slug(iri),
                degree,
                float(strengths[iri]) if self._is_hub(iri) else 0.0,
                round(between[iri], 6) if self._is_hub(iri) else 0.0,
            )
            for iri, degree in degrees.items()
        }

    def brokers(self) -> dict[str, rows.Broker]:
        """Return by identifier who stands between others, or holds others in the network."""
        organizations = self._report.holdings.organizations
        sectors = {iri: organizations[iri].sector for iri in self._network}
        roles = find_roles(self._network, {iri: s for iri, s in sectors.items() if s})
        cuts = find_cut_points(self._network)
        found = {}
        for iri in filter(self._is_hub, self._network):
            own, parts = roles.get(iri, Roles()), cuts.get(iri, [])
            if own.total or parts:
                cut_off = tuple(one for part in parts for one in slugs(part))
                found[slug(iri)] = rows.Broker(slug(iri), **asdict(own), cut_off=cut_off)
        return found

    def _is_hub(self, iri: str) -> bool:
        return iri in self._network and not self._report.holdings.organizations[iri].is_group


def count_partners(bonds: Mapping[Pair, Bond]) -> dict[str, int]:
    """Return with how many others each organisation shares an initiative or event."""
    partners: dict[str, set[str]] = defaultdict(set)
    for pair, bond in bonds.items():
        for end in pair if bond.initiatives else ():
            partners[end] |= pair - {end}
    return {iri: len(others) for iri, others in partners.items()}


def write_parent_measures(
    organizations: Iterable[rows.Organization],
    units: Iterable[rows.Unit],
    measured: Mapping[str, rows.ParentMeasures],
) -> Iterator[rows.ParentMeasures]:
    """Yield the measures at parent level that differ from those at unit level."""
    rolled = {unit.organization for unit in units}
    for row in organizations:
        own = rows.ParentMeasures(
            row.id, row.degree or 0, row.strength or 0.0, row.betweenness or 0.0
        )
        above = measured.get(row.id, rows.ParentMeasures(row.id))
        if row.id not in rolled and above != own:
            yield above


def write_brokers(
    units: Mapping[str, rows.Broker], parents: Mapping[str, rows.Broker]
) -> Iterator[rows.Broker]:
    """Yield the brokers of both levels; who is the same at both stands once."""
    for identifier in sorted(units.keys() | parents.keys()):
        unit, parent = units.get(identifier), parents.get(identifier)
        if unit and unit == parent:
            yield unit
            continue
        if unit:
            yield replace(unit, level=rows.Level.UNIT)
        if parent:
            yield replace(parent, level=rows.Level.PARENT)
