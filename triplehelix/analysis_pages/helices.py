"""Synergy of university, industry and government by theme, place and year; pairs of sectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from graph.synergy import (
    RESEARCH_APART,
    RESEARCH_AS_GOVERNMENT,
    RESEARCH_AS_UNIVERSITY,
    Synergy,
    count_sector_pairs,
    measure_synergy,
)
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
    words,
)
from triplehelix.analysis_pages.explanations import explain
from triplehelix.analysis_pages.networks import Networks, tell_brief
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.texts import concept, join
from triplehelix.record_pages.sections import Piece

_COUNTS = ("u", "i", "g", "ui", "ug", "ig", "uig")
Mixes = list[Collection[str]]


def list_synergy(networks: Networks) -> Part:
    """Return T(uig) of all undertakings, and of those of each theme, place and year."""
    report, mixes = networks.report, _mix_sectors(networks)
    groups = [Group([_row(words(say("all_undertakings")), list(mixes.values()))])]
    for kind in ("theme", "place"):
        found: dict[str, Mixes] = defaultdict(list)
        for thing, sectors in mixes.items():
            for iri in _lies_in(networks, thing, kind):
                found[iri].append(sectors)
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        rows = [_row([link(report, iri)], own) for iri, own in ordered]
        groups.append(Group(rows, say(f"synergy_by_{kind}")))
    years: dict[str, Mixes] = defaultdict(list)
    for thing, sectors in mixes.items():
        years[report.holdings.initiatives[thing].start[:4]].append(sectors)
    rows = [
        _row(words(year or say("year_unstated")), own)
        for year, own in sorted(years.items(), key=lambda item: item[0] or "~")
    ]
    groups.append(Group(rows, say("synergy_by_year")))
    columns = headings(
        "synergy_of", "#synergy_n", *(f"#synergy_{key}" for key in _COUNTS),
        "#synergy_left_out", "#synergy_value", "#synergy_university", "#synergy_government",
    )  # fmt: skip
    blocks: list[Block] = [
        Note(tell_brief(networks)),
        Note(say("synergy_note")),
        Note(say("synergy_legs"), "told"),
        Table("synergy-table", say("h_synergy"), columns, groups),
        explain("synergy"),
    ]
    return Part("synergy", say("h_synergy"), blocks)


def _mix_sectors(networks: Networks) -> dict[str, Collection[str]]:
    """Return the sectors that take part in each undertaking."""
    sectors = networks.sectors
    return {
        thing: sorted({sectors[member] for member in members if member in sectors})
        for thing, members in networks.undertakings().items()
    }


def _lies_in(networks: Networks, thing: str, kind: str) -> set[str]:
    initiative = networks.report.holdings.initiatives[thing]
    return initiative.all_themes if kind == "theme" else initiative.all_places


def _row(heading: Cell, mixes: Mixes) -> Row:
    apart = measure_synergy(mixes, RESEARCH_APART)
    others = (RESEARCH_AS_UNIVERSITY, RESEARCH_AS_GOVERNMENT)
    return Row(
        [
            heading,
            figure(apart.counts.n),
            *(figure(getattr(apart.counts, key)) for key in _COUNTS),
            figure(apart.counts.left_out),
            _value(apart),
            *(_value(measure_synergy(mixes, helices)) for helices in others),
        ]
    )


def _value(found: Synergy) -> Cell:
    return [] if found.value is None else figure(found.value, 1)


def list_pairs(networks: Networks) -> Part:
    """Return how the pairs that work together mix the sectors."""
    graph, report = networks.one_mode.graph, networks.report
    counts: Mapping[tuple[str, str], int] = count_sector_pairs(graph.edges(), networks.sectors)
    total = sum(counts.values())
    rows = [
        Row(
            [
                [Piece(join((concept(report, s) if s else say("no_sector") for s in pair), " – "))],
                figure(count),
                figure(100 * count / total, 1),
            ]
        )
        for pair, count in counts.items()
    ]
    columns = headings("sector_pair", "#pairs", "#share_percent")
    blocks: list[Block] = [
        Note(tell_brief(networks)),
        Table("pair-table", say("h_pairs"), columns, [Group(rows)]),
        explain("sector_pairs"),
    ]
    return Part("pairs", say("h_pairs"), blocks)
