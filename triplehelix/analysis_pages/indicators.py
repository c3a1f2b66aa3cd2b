"""Indicators: target against result by year, and what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from graph.indicator_gaps import Indicator, IndicatorGap
from triplehelix.analysis_pages import gap_rows
from triplehelix.analysis_pages.blocks import (
    Block,
    Cell,
    Filter,
    Group,
    Note,
    Page,
    Part,
    Picture,
    Row,
    Table,
    headings,
    record_address,
    words,
)
from triplehelix.analysis_pages.charts import Charts
from triplehelix.analysis_pages.explanations import define
from triplehelix.analysis_pages.gaps import list_gaps
from triplehelix.analysis_pages.readings import IndicatorValue, Readings
from triplehelix.analysis_pages.texts import both, say
from triplehelix.pages.citations import gather
from triplehelix.pages.texts import concept, name, plain
from triplehelix.record_pages.sections import Column, Piece, capital
from triplehelix.report import Report

_KINDS = ("baseline", "target-value", "actual")


def make_indicators_page(report: Report, readings: Readings, charts: Charts) -> Page:
    """Return the page of indicators."""
    gaps = gap_rows.indicator_rows(report, readings.indicator_gaps)
    amiss = list_gaps("indicators", gaps, define("indicators"), "indicator_gaps")
    parts = [
        list_indicators(report, readings, charts),
        replace(amiss, heading=say("h_indicator_gaps")),
    ]
    return Page("indicators", say("open_indicators"), say("page_indicators_lead"), parts)


def list_indicators(report: Report, readings: Readings, charts: Charts) -> Part:
    """Return each indicator by year, under the initiative that it belongs to."""
    values: dict[str, list[IndicatorValue]] = defaultdict(list)
    for value in readings.values:
        values[value.indicator].append(value)
    flags: dict[tuple[str, str], list[IndicatorGap]] = defaultdict(list)
    for gap in readings.indicator_gaps:
        flags[gap.indicator.iri, gap.year].append(gap)
    by_initiative: dict[str, list[Row]] = defaultdict(list)
    for iri, indicator in readings.indicators.items():
        rows = _indicator_rows(report, indicator, values.get(iri, []), flags, charts)
        by_initiative[indicator.initiative].extend(rows)
    groups = [
        Group(rows, name(report, iri) if iri else say("no_initiative"))
        for iri, rows in sorted(by_initiative.items(), key=lambda item: item[0] or "~")
    ]
    legend = [("executed", say("result")), ("aim", say("target"))]
    blocks: list[Block] = [
        Note(say("indicators_note")),
        Picture(charts.legend(legend)),
        Table(
            "indicator-table",
            say("h_indicators"),
            _columns(report),
            groups,
            [_initiative_filter(report, by_initiative)],
        ),
    ]
    return Part("all", say("h_indicators"), blocks, len(readings.indicators))


def _columns(report: Report) -> list[Column]:
    kinds = [Column(capital(concept(report, kind)), "figure") for kind in _KINDS]
    bars = Column(say("money_bar"), "bars")
    return [*headings("indicator", "unit", "year"), *kinds, bars, *headings("gap_kind")]


def _initiative_filter(report: Report, initiatives: Iterable[str]) -> Filter:
    options = [(iri, name(report, iri)) for iri in sorted(initiatives) if iri]
    return Filter("initiative", say("col_initiative"), options)


def _indicator_rows(
    report: Report,
    indicator: Indicator,
    values: Sequence[IndicatorValue],
    flags: dict[tuple[str, str], list[IndicatorGap]],
    charts: Charts,
) -> Iterator[Row]:
    """Yield a row for each year and, where values are told in parts, for each part."""
    years: dict[tuple[str, str], list[IndicatorValue]] = defaultdict(list)
    for value in values:
        years[value.year, value.detail].append(value)
    most = max((v.value for v in values if v.value is not None), default=Decimal())
    label = [Piece(both(indicator.labels))]
    if indicator.formula:
        label.append(Piece(plain(indicator.formula), style="remark", language="ko"))
    for (year, detail), own in sorted(years.items()) or [(("", ""), [])]:
        shown = [_of_kind(own, kind) for kind in _KINDS]
        gaps = flags.get((indicator.iri, year), [])
        when = [Piece(plain(year))] if year else []
        if detail:
            when.append(Piece(plain(detail), language="ko"))
        cells: list[Cell] = [
            label,
            words(indicator.unit),
            when,
            *([Piece(plain(v.shown)) for v in found if v.shown] for found in shown),
            charts.aim(_largest(shown[1]), _largest(shown[2]), most),
            [Piece(gap_rows.name_kind(kind), style="flag") for kind in _flag(gaps, detail)],
        ]
        evidence = gather(report, (indicator.iri, *(v.iri for v in own)))
        more = record_address(indicator.initiative) if indicator.initiative else ""
        yield Row(cells, evidence, facts={"initiative": indicator.initiative}, more=more)


def _flag(gaps: Iterable[IndicatorGap], detail: str) -> list[str]:
    """Return what is wrong with a year, or with that part of it."""
    return list(dict.fromkeys(gap.kind for gap in gaps if gap.detail in ("", detail)))


def _of_kind(values: Iterable[IndicatorValue], kind: str) -> list[IndicatorValue]:
    return [value for value in values if value.kind == kind]


def _largest(values: Iterable[IndicatorValue]) -> Decimal | None:
    return max((v.value for v in values if v.value is not None), default=None)
