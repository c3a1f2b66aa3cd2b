"""Which initiatives depend on one source of money, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.money_gaps import MoneyGap
from triplehelix.analysis_pages import gap_rows
from triplehelix.analysis_pages.blocks import (
    Block,
    Group,
    Note,
    Part,
    Row,
    Table,
    figure,
    headings,
    words,
)
from triplehelix.analysis_pages.charts import Charts
from triplehelix.analysis_pages.explanations import explain
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.texts import Text, concept, join
from triplehelix.record_pages.sections import Column
from triplehelix.report import Report


def of_kind(gaps: Sequence[MoneyGap], kind: str) -> list[MoneyGap]:
    """Return the gaps of a kind, ranked among themselves."""
    own = [gap for gap in gaps if gap.kind == kind]
    return [replace(gap, rank=gap.rank - own[0].rank + 1) for gap in own]


def list_dependence(report: Report, gaps: Sequence[MoneyGap], charts: Charts) -> Part:
    """Return what depends on one source, with the shares of all sources."""
    own = of_kind(gaps, "single_source")
    rows = gap_rows.money_rows(report, own)
    told = [
        Row(
            [
                *row.cells[:2],
                words(_tell_shares(report, gap)),
                charts.shares(_sort_shares(gap)),
                figure(gap.index or 0.0, 2),
                row.cells[3],
            ],
            row.evidence,
            facts=row.facts,
            more=row.more,
        )
        for row, gap in zip(rows, own, strict=True)
    ]
    columns = [
        *headings("#rank", "gap_subject", "source_shares"),
        Column(say("money_bar"), "bars"),
        *headings("#hhi", "~gap_reasons"),
    ]
    blocks: list[Block] = [
        Note(say("gaps_single_source_note")),
        Table("single_source-table", say("h_gaps_single_source"), columns, [Group(told)], named=1),
        explain("money"),
    ]
    return Part("single_source", say("h_gaps_single_source"), blocks, len(rows))


def _sort_shares(gap: MoneyGap) -> list[float]:
    return sorted(gap.shares.values(), reverse=True)


def _tell_shares(report: Report, gap: MoneyGap) -> Text:
    shares = sorted(gap.shares.items(), key=lambda item: (-item[1], item[0]))
    return join(
        say("share_of", name=concept(report, source), share=f"{100 * share:.0f}")
        for source, share in shares
    )
