"""Brokers by role, and those without whom others are cut off."""

from __future__ import annotations

from collections.abc import Iterator

from graph.brokerage import Holes, Roles, find_holes, find_roles
from graph.centrality import rank
from graph.structure import find_cut_points
from triplehelix.analysis_pages.blocks import (
    Block,
    Cell,
    Group,
    Note,
    Part,
    Row,
    Table,
    figure,
    headings,
    link,
    record_address,
    words,
)
from triplehelix.analysis_pages.explanations import explain, label_of
from triplehelix.analysis_pages.networks import Networks, sector_filter, tell_brief
from triplehelix.analysis_pages.texts import rank_text, say
from triplehelix.pages.texts import concept
from triplehelix.record_pages.sections import Column


def list_brokers(networks: Networks) -> Part:
    """Return who stands between others without a tie, by role, and who would be cut off."""
    graph = networks.one_mode.graph
    roles, holes = find_roles(graph, networks.sectors), find_holes(graph)
    brokers = [o for o in networks.named(roles) if roles[o.iri].total]
    brokers.sort(key=lambda o: -roles[o.iri].total)
    totals = {o.iri: float(roles[o.iri].total) for o in brokers}
    ranks = {place.node: place for place in rank(totals)}
    evidence = networks.evidence()
    rows = [
        Row(
            [
                words(rank_text(ranks[o.iri].rank, ranks[o.iri].tied)),
                [link(networks.report, o.iri)],
                words(concept(networks.report, o.sector)),
                *_role_cells(roles[o.iri], holes.get(o.iri)),
            ],
            evidence.get(o.iri, ()),
            facts={"sector": o.sector},
            more=record_address(o.iri),
        )
        for o in brokers
    ]
    columns = headings(
        "#rank", "col_organization", "col_sector", "#role_total", "#role_coordinator",
        "#role_itinerant", "#role_gatekeeper", "#role_liaison",
    )  # fmt: skip
    columns += [Column(label_of(name), "figure") for name in ("constraint", "effective_size")]
    blocks: list[Block] = [
        Note(tell_brief(networks)),
        Note(say("brokers_note")),
        Table(
            "broker-table",
            say("h_brokers"),
            columns,
            [Group(rows)],
            filters=[sector_filter(networks, {o.sector for o in brokers})],
            named=1,
            sortable=True,
        ),
        explain("roles", "constraint", "effective_size"),
    ]
    return Part("brokers", say("h_brokers"), blocks, len(rows))


def _role_cells(roles: Roles, holes: Holes | None) -> Iterator[Cell]:
    # In a network without directions gatekeeper and representative are the same paths.
    counts = (roles.total, roles.coordinator, roles.itinerant, roles.gatekeeper, roles.liaison)
    yield from (figure(count) for count in counts)
    yield figure(holes.constraint, 3) if holes else []
    yield figure(holes.effective_size, 1) if holes else []


def list_cut_points(networks: Networks) -> Part:
    """Return the organisations without which others are cut off, and whom."""
    cut = find_cut_points(networks.one_mode.graph)
    lost = {iri: sorted({node for part in parts for node in part}) for iri, parts in cut.items()}
    found = sorted(networks.named(lost), key=lambda o: -len(lost[o.iri]))
    rows = [
        Row(
            [
                [link(networks.report, o.iri)],
                figure(len(cut[o.iri])),
                figure(len(lost[o.iri])),
                [link(networks.report, iri) for iri in lost[o.iri]],
            ]
        )
        for o in found
    ]
    columns = headings("col_organization", "#cut_parts", "#cut_count", "*cut_names")
    blocks: list[Block] = [
        Note(tell_brief(networks)),
        Note(say("cut_note")),
        Table("cut-table", say("h_cut"), columns, [Group(rows)]),
        explain("cut_points"),
    ]
    return Part("cut", say("h_cut"), blocks, len(rows))
