"""Hubs by several measures with their ranks, and brokers by role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.centrality import Rank, rank
from graph.communities import Communities
from graph.measure_registry import MEASURES
from graph.structure import measure_participation
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
    number,
    record_address,
    words,
)
from triplehelix.analysis_pages.explanations import explain, label_of
from triplehelix.analysis_pages.networks import Networks, sector_filter, tell_brief
from triplehelix.analysis_pages.texts import rank_text, say
from triplehelix.pages.texts import Text, concept, plain
from triplehelix.record_pages.sections import Column, Piece

Values = Mapping[str, float]
_DIGITS = {
    "degree": 0,
    "strength": 0,
    "betweenness": 3,
    "closeness": 3,
    "pagerank": 3,
    "core_number": 0,
}
"""The measures of the registry that are shown, and with how many digits."""
_SPREADS = ("sector_participation", "community_participation")


@dataclass(frozen=True, slots=True)
class _Measured:
    """A column of the hubs: the values of a measure, and the ranks of the hubs by it."""

    label: Text
    digits: int
    ranks: Mapping[str, Rank]

    def cell(self, iri: str) -> Cell:
        """Return the value of a hub with its rank."""
        found = self.ranks[iri]
        shown = Piece(plain(number(found.value, self.digits)))
        return [shown, Piece(rank_text(found.rank, found.tied), style="place-in")]


def list_hubs(networks: Networks, communities: Communities) -> Part:
    """Return the hubs: the initiatives of each, and its value and rank by each measure."""
    report, measured = networks.report, list(_measure(networks, communities))
    rows = [
        Row(
            [
                words(rank_text(hub.rank, hub.tied)),
                [link(report, hub.organization.iri)],
                words(concept(report, hub.organization.sector)),
                figure(hub.value),
                *(column.cell(hub.organization.iri) for column in measured),
            ],
            hub.evidence,
            facts={"sector": hub.organization.sector},
            more=record_address(hub.organization.iri),
        )
        for hub in networks.hubs.hubs
    ]
    columns = headings("#rank", "col_organization", "col_sector", "#measure_strength")
    columns += [Column(column.label, "figure") for column in measured]
    blocks: list[Block] = [
        Note(tell_brief(networks)),
        Note(say("hubs_ranked_by")),
        Table(
            "hub-table",
            say("h_hubs"),
            columns,
            [Group(rows)],
            filters=[sector_filter(networks, {row.facts["sector"] for row in rows})],
            named=1,
            sortable=True,
        ),
        explain("initiatives", *_DIGITS, *_SPREADS),
    ]
    return Part("hubs", say("h_hubs"), blocks, len(rows))


def _measure(networks: Networks, communities: Communities) -> Iterator[_Measured]:
    """Yield the measures of the hubs; what the report already holds is not computed again."""
    graph = networks.one_mode.graph
    known: dict[str, Values] = {
        "degree": {hub.organization.iri: hub.degree for hub in networks.report.hubs},
        "betweenness": {hub.organization.iri: hub.betweenness for hub in networks.report.hubs},
    }
    for name, digits in _DIGITS.items():
        values = known.get(name) or MEASURES[name].compute(graph)
        yield _among_hubs(networks, name, digits, values)
    for name, classes in zip(_SPREADS, (networks.sectors, communities.membership), strict=True):
        yield _among_hubs(networks, name, 2, measure_participation(graph, classes))


def _among_hubs(networks: Networks, name: str, digits: int, values: Values) -> _Measured:
    """Return a measure with ranks among the hubs: unnamed groups are not ranked."""
    own = {hub.organization.iri: values[hub.organization.iri] for hub in networks.hubs.hubs}
    return _Measured(label_of(name), digits, {place.node: place for place in rank(own)})
