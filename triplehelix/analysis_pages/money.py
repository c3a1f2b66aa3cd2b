"""Money: planned, secured and executed by initiative, year and source; shortfalls; dependence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.money_gaps import MoneyGap
from triplehelix.analysis_pages import gap_rows
from triplehelix.analysis_pages.blocks import (
    Block,
    Cell,
    Group,
    Heading,
    Note,
    Page,
    Part,
    Picture,
    Row,
    Table,
    headings,
    record_address,
)
from triplehelix.analysis_pages.charts import Charts
from triplehelix.analysis_pages.dependence import list_dependence, of_kind
from triplehelix.analysis_pages.gaps import list_gaps
from triplehelix.analysis_pages.readings import Readings
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.citations import gather
from triplehelix.pages.money import (
    PHASES,
    Account,
    Amount,
    MoneyRow,
    compare_sources,
    million_of,
    period_name,
    read_accounts,
)
from triplehelix.pages.texts import concept, join, name, plain
from triplehelix.record_pages.sections import Column, Piece, capital
from triplehelix.report import BudgetItem, Report

_SPANS = ("total", "before-term", "year", "", "after-term")
_STYLES = ("planned", "secured", "executed")


def make_money_page(report: Report, readings: Readings, charts: Charts) -> Page:
    """Return the page of money."""
    gaps = readings.money_gaps
    parts = [
        list_accounts(report, charts),
        _list_kind(report, gaps, "shortfall"),
        list_dependence(report, gaps, charts),
        _list_kind(report, gaps, "no_money"),
        _list_kind(report, gaps, "no_participants"),
    ]
    return Page("money", say("open_money"), say("page_money_lead"), parts)


def list_accounts(report: Report, charts: Charts) -> Part:
    """Return each initiative with money that is no part of another, then its parts."""
    accounts = read_accounts(report)
    legend = [
        (style, capital(concept(report, phase)))
        for style, phase in zip(_STYLES, PHASES, strict=True)
    ]
    blocks: list[Block] = [
        Note(say("money_note")),
        Note(say("money_lost_note")),
        Picture(charts.legend(legend)),
    ]
    for number, account in enumerate(accounts):
        blocks += _account(report, account, charts, number)
    return Part("accounts", say("h_accounts"), blocks, len(accounts))


def _account(report: Report, account: Account, charts: Charts, number: int) -> Iterable[Block]:
    host = name(report, account.host) if account.host else say("no_host")
    title = join([host, name(report, account.initiative)], " · ")
    yield Heading([Piece(title, record_address(account.initiative), "record")])
    most = account.largest
    groups = [
        Group([_money_row(row, most, charts) for row in rows], heading)
        for rows, heading in (
            (account.totals, None),
            (account.sources, say("money_by_source")),
            (account.periods, say("money_by_period")),
        )
        if rows
    ]
    columns = [*headings("money_item"), *_phase_columns(report), Column(say("money_bar"), "bars")]
    yield Table(f"account-{number}", title, columns, groups)
    for phase, difference in compare_sources(account).items():
        if difference:
            amount = Amount(difference).million
            told = say("money_differ", phase=concept(report, phase), difference=amount)
            yield Note(told, "note differ")
    parts = [item for item in account.cells if item.initiative != account.initiative]
    if parts:
        yield _parts_table(report, parts, charts, number)


def _phase_columns(report: Report) -> list[Column]:
    return [Column(capital(concept(report, phase)), "figure") for phase in PHASES]


def _money_row(row: MoneyRow, most: Decimal, charts: Charts) -> Row:
    label = [Piece(row.label)]
    if row.is_ambiguous:
        label.append(Piece(say("ambiguous"), style="flag"))
    planned, secured, executed = (row.first(phase) for phase in PHASES)
    amounts = (_amounts(row.amounts.get(phase, ())) for phase in PHASES)
    cells: list[Cell] = [label, *amounts, charts.bullet(planned, secured, executed, most)]
    return Row(cells, row.evidence)


def _amounts(amounts: Sequence[Amount]) -> Cell:
    """Return amounts as printed; a blank stays blank, and several stay several."""
    return [
        Piece(plain(f"{'Σ ' if amount.summed else ''}{amount.million}{_detail(amount, amounts)}"))
        for amount in amounts
    ]


def _detail(amount: Amount, amounts: Sequence[Amount]) -> str:
    return f" ({amount.detail})" if amount.detail and len(amounts) > 1 else ""


def _parts_table(report: Report, items: Sequence[BudgetItem], charts: Charts, number: int) -> Table:
    """Return the printed cells of the parts of an initiative, phases side by side."""
    by_initiative: dict[str, list[BudgetItem]] = defaultdict(list)
    for item in items:
        by_initiative[item.initiative].append(item)
    groups = [
        Group(list(_cell_rows(report, own, charts)), name(report, iri))
        for iri, own in by_initiative.items()
    ]
    columns = [
        *headings("col_period", "col_source"),
        *_phase_columns(report),
        Column(say("money_bar"), "bars"),
    ]
    folded = say("money_parts", initiatives=len(groups), rows=sum(len(g.rows) for g in groups))
    return Table(f"parts-{number}", folded, columns, groups, folded=folded)


def _cell_rows(report: Report, items: Iterable[BudgetItem], charts: Charts) -> Iterable[Row]:
    cells: dict[tuple[int, str, str, str], list[BudgetItem]] = defaultdict(list)
    known = list(items)
    for item in known:
        order = _SPANS.index(item.span) if item.span in _SPANS else len(_SPANS)
        cells[order, item.year or item.period, item.source, item.detail].append(item)
    most = max((Decimal(item.amount) for item in known if item.amount), default=Decimal())
    for _, own in sorted(cells.items()):
        phases = {phase: [i for i in own if i.phase == phase] for phase in PHASES}
        drawn = [_largest(found) for found in phases.values()]
        source = [Piece(concept(report, own[0].source))]
        if own[0].detail:
            source.append(Piece(plain(own[0].detail), language="ko"))
        shown = (dict.fromkeys(map(million_of, found)) for found in phases.values())
        row: list[Cell] = [
            [Piece(period_name(report, own[0]))],
            source,
            *([Piece(plain(text)) for text in texts] for texts in shown),
            charts.bullet(drawn[0], drawn[1], drawn[2], most),
        ]
        yield Row(row, gather(report, (item.iri for item in own)))


def _largest(items: Iterable[BudgetItem]) -> Decimal | None:
    return max((Decimal(item.amount) for item in items if item.amount), default=None)


def _list_kind(report: Report, gaps: Sequence[MoneyGap], kind: str) -> Part:
    own = of_kind(gaps, kind)
    return list_gaps(
        kind, gap_rows.money_rows(report, own), Note(say(f"gaps_{kind}_note")), "money_gaps"
    )
