"""What of a report the network map shows: every organisation with a tie, and one line per tie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.namespaces import slug
from triplehelix.network_map import map_rows as rows
from triplehelix.network_map.agreement_rows import write_agreements, write_states
from triplehelix.network_map.bonds import find_bonds, stand_for, tied_organizations
from triplehelix.network_map.communities import divide
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.standing_rows import (
    Standing,
    count_partners,
    write_brokers,
    write_parent_measures,
)
from triplehelix.network_map.subject_rows import Subjects, slugs
from triplehelix.network_map.tie_rows import write_ties
from triplehelix.pages.overview import document_names
from triplehelix.pages.texts import concept, name, say, title, type_name
from triplehelix.report import Report

SECTORS = ("academia", "industry", "research", "government", "intermediary")
BASES = ("stated", "inferred", "ambiguous")
"""The bases of evidence, the firmest first."""


def map_data(report: Report) -> MapData:
    """Return the rows of the map of a report."""
    bonds, above = find_bonds(report), find_bonds(report, "parent")
    lines = write_ties(report, bonds, above)
    ties = [*lines.units, *lines.parents, *lines.ended]
    organizations = tuple(_organizations(report, count_partners(bonds)))
    drawn = {row.id for row in organizations}
    units = tuple(_units(report, drawn))
    agreements = tuple(write_agreements(report, drawn))
    evidence = [item for tie in ties for item in tie.evidence]
    evidence += [item for agreement in agreements for item in agreement.evidence]
    taken = {initiative for tie in ties for initiative in tie.initiatives}
    subjects = Subjects(report, taken, drawn)
    below, parents = Standing(report, "unit"), Standing(report, "parent")
    measured = parents.measure(count_partners(above))
    data = MapData(
        _meta(report),
        organizations,
        lines.units,
        tuple(rows.Sector(code, *concept(report, code)) for code in _sectors(report)),
        tuple(_documents(report, {item.document for item in evidence})),
        tuple(subjects.initiatives()),
        tuple(rows.Theme(slug(iri), *name(report, iri)) for iri in subjects.themes()),
        tuple(rows.Place(slug(iri), *name(report, iri)) for iri in subjects.places()),
        tuple(rows.Rung(rung, *concept(report, rung)) for rung in _rungs(report)),
        bases=tuple(_bases(report, {item.basis for item in evidence})),
        states=tuple(write_states(agreements)),
        agreements=agreements,
        units=units,
        parent_ties=lines.parents,
        ended_ties=lines.ended,
        parent_measures=tuple(write_parent_measures(organizations, units, measured)),
        brokers=tuple(write_brokers(below.brokers(), parents.brokers())),
    )
    return divide(data)


def _meta(report: Report) -> rows.Meta:
    heading, source = title(report), say("map_source")
    return rows.Meta(heading.ko, heading.en, report.on.isoformat(), source.ko, source.en)


def _documents(report: Report, cited: set[str]) -> Iterator[rows.Document]:
    for identifier, text in document_names(report).items():
        if identifier in cited:
            yield rows.Document(identifier, *text)


def _bases(report: Report, found: set[str]) -> Iterator[rows.Basis]:
    """Yield the bases of evidence, the usual three first, then any others."""
    for basis in [*BASES, *sorted(found - {*BASES})]:
        if basis in found:
            yield rows.Basis(basis, *concept(report, basis))


def _rungs(report: Report) -> list[str]:
    ranks = report.holdings.ranks
    return sorted(ranks, key=lambda rung: (ranks[rung], rung))


def _sectors(report: Report) -> list[str]:
    """Return the sectors, the usual five first, then any others that an ontology adds."""
    found = {o.sector for o in report.holdings.organizations.values() if o.sector}
    return [*SECTORS, *sorted(found - {*SECTORS})]


def _organizations(report: Report, partners: Mapping[str, int]) -> Iterator[rows.Organization]:
    """Yield every organisation that is an end of any tie, or hosts what others take part in."""
    hubs = {hub.organization.iri: hub for hub in report.hubs}
    tied = tied_organizations(report)
    for iri, organization in report.holdings.organizations.items():
        if iri not in tied:
            continue
        hub = hubs.get(iri)
        type_ = type_name(report, organization.type)
        yield rows.Organization(
            organization.id,
            organization.label("ko"),
            organization.names.get("en", ""),
            tuple(sorted(organization.aliases)),
            organization.sector or None,
            type_.ko,
            type_.en,
            degree=partners.get(iri, 0),
            strength=float(hub.strength) if hub else 0.0,
            betweenness=hub.betweenness if hub else 0.0,
            places=slugs(organization.all_places),
            group=organization.is_group,
        )


def _units(report: Report, drawn: Iterable[str]) -> Iterator[rows.Unit]:
    """Yield the organisations on the map for whom another one stands at parent level."""
    for iri, organization in report.holdings.organizations.items():
        for parent in stand_for(report, iri, "parent") if organization.id in drawn else ():
            if parent != iri:
                yield rows.Unit(organization.id, slug(parent))
