"""Communities with their members and themes, the core, and how nested the themes are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from graph.communities import Communities
from graph.structure import find_core, measure_nestedness
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
from triplehelix.analysis_pages.explanations import explain
from triplehelix.analysis_pages.networks import Networks, tell_brief
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.texts import Text, concept, join, name
from triplehelix.record_pages.sections import Piece

_THEMES = 4


def list_communities(networks: Networks, found: Communities) -> Part:
    """Return the communities, and how far the division depends on chance."""
    undertakings = networks.undertakings()
    stable = found.stability
    rows = []
    for place, members in enumerate(found.communities, start=1):
        kept = [stable.nodes[node] for node in members if node in stable.nodes]
        rows.append(
            Row(
                [
                    words(say("community_number", number=place)),
                    figure(len(members)),
                    _members(networks, members),
                    _themes(networks, members, undertakings),
                    words(_sectors(networks, members)),
                    figure(100 * sum(kept) / len(kept)) if kept else [],
                ]
            )
        )
    columns = headings(
        "community", "#members_count", "*members", "*main_themes", "column_sectors_mix", "#kept"
    )
    told = say(
        "communities_told",
        count=len(found.communities),
        modularity=number(found.modularity, 3),
        runs=len(stable.modularities),
        agreement=number(stable.agreement, 2),
        together=number(100 * stable.together),
    )
    blocks: list[Block] = [
        Note(tell_brief(networks)),
        Note(told, "told"),
        Table("community-table", say("h_communities"), columns, [Group(rows)]),
        explain("communities", "stability"),
    ]
    return Part("communities", say("h_communities"), blocks, len(rows))


def _members(networks: Networks, members: Iterable[str]) -> Cell:
    """Return the members, those first who take part in most."""
    places = {hub.organization.iri: hub.rank for hub in networks.hubs.hubs}
    known = sorted(members, key=lambda iri: (places.get(iri, len(places) + 1), iri))
    return [link(networks.report, iri) for iri in known]


def _themes(networks: Networks, members: Iterable[str], undertakings: dict[str, list[str]]) -> Cell:
    """Return the themes of what at least two members take part in, the most frequent first."""
    own, counts = set(members), Counter[str]()
    for thing, parts in undertakings.items():
        if len(own.intersection(parts)) > 1:
            counts.update(networks.report.holdings.initiatives[thing].all_themes)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_THEMES]
    return [
        Piece(
            say("counted", name=name(networks.report, iri), count=count),
            record_address(iri),
            "record",
        )
        for iri, count in ordered
    ]


def _sectors(networks: Networks, members: Iterable[str]) -> Text:
    counts = Counter(networks.sectors.get(member, "") for member in members)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return join(
        say(
            "counted",
            name=concept(networks.report, sector) if sector else say("no_sector"),
            count=count,
        )
        for sector, count in ordered
    )


def tell_structure(networks: Networks) -> Part:
    """Return the core and the nestedness in a sentence each."""
    blocks: list[Block] = [
        Note(tell_brief(networks)),
        *(Note(text, "told") for text in (_tell_core(networks), _tell_nestedness(networks))),
        explain("core_periphery", "nestedness"),
    ]
    return Part("structure", say("h_structure"), blocks)


def _tell_core(networks: Networks) -> Text:
    found = find_core(networks.one_mode.graph)
    if found.fit is None:
        return say("core_none")
    members = sorted(found.core)
    key = "core_weak" if found.fit < 0.5 else "core_told"
    return say(
        key,
        count=len(members),
        names=join(name(networks.report, iri) for iri in members),
        fit=number(found.fit, 2),
        core=number(found.within_core, 2),
        between=number(found.between, 2),
        periphery=number(found.within_periphery, 3),
    )


def _tell_nestedness(networks: Networks) -> Text:
    """Return how far organisations of few themes keep to those of organisations of many."""
    initiatives = networks.report.holdings.initiatives
    graph = type(networks.two_mode.graph)()
    for thing, parts in networks.undertakings().items():
        for theme in sorted(initiatives[thing].all_themes):
            graph.add_node(theme, bipartite=1)
            for organization in parts:
                graph.add_node(organization, bipartite=0)
                graph.add_edge(organization, theme)
    found = measure_nestedness(graph)
    themes = len([node for node in graph if graph.nodes[node]["bipartite"]])
    return say(
        "nestedness_told",
        nodf=number(found.nodf, 1),
        rows=number(found.rows, 1),
        columns=number(found.columns, 1),
        organizations=len(graph) - themes,
        themes=themes,
    )
