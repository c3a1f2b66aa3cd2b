"""Agreements and programmes on one scale of years; partial dates are intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from graph.dates import PartialDate, parse_lexical
from triplehelix.analysis_pages.blocks import (
    Block,
    Cell,
    Filter,
    Group,
    Note,
    Part,
    Picture,
    Row,
    Table,
    headings,
    link,
    record_address,
    words,
)
from triplehelix.analysis_pages.charts import Charts
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.citations import agreement_evidence
from triplehelix.pages.texts import concept, join, name, type_name
from triplehelix.record_pages.sections import Column, Piece
from triplehelix.report import Report

_LABELLED = 8
"""So many years are written above the scale at most."""
_STYLES = ("certain", "perhaps", "open")


@dataclass(frozen=True, slots=True)
class Scale:
    """The years from the first to the last, in thousandths of the width."""

    first: int
    last: int

    @property
    def years(self) -> range:
        """The years of the scale."""
        return range(self.first, self.last + 1)

    def place(self, day: date, *, after: bool = False) -> float:
        """Return where a day begins, or ends."""
        start, end = date(day.year, 1, 1), date(day.year, 12, 31)
        within = ((day - start).days + after) / ((end - start).days + 1)
        return 1000 * (day.year + within - self.first) / len(self.years)


def make_scale(report: Report) -> Scale:
    """Return the years that agreements and programmes with dates lie in, and the date told for."""
    holdings = report.holdings
    agreements, things = holdings.agreements.values(), holdings.initiatives.values()
    stated = [day for thing in things if not thing.is_event for day in (thing.start, thing.end)]
    stated += [day for a in agreements for day in (a.signed, a.start, a.end)]
    years = [int(lexical[:4]) for lexical in stated if lexical] + [report.on.year]
    return Scale(min(years), max(years))


def list_terms(report: Report, charts: Charts) -> Part:
    """Return agreements and programmes with their dates, and beside these their terms, drawn."""
    scale = make_scale(report)
    axis = _axis_row(report, charts, scale)
    agreements = list(_agreement_rows(report, charts, scale))
    groups = [
        Group([axis, *agreements], say("kind_agreements")),
        *(
            Group([axis, *rows], name(report, host) if host else say("no_host"))
            for host, rows in _programme_rows(report, charts, scale).items()
        ),
    ]
    columns = [
        *headings("term_of"),
        Column(say("term_chart"), "drawn"),
        *headings("type", "column_from", "column_until", "column_state"),
    ]
    kinds = [("agreement", say("kind_agreements")), ("initiative", say("kind_initiatives"))]
    undated = sum(not i.start and not i.is_event for i in report.holdings.initiatives.values())
    count = sum(len(group.rows) - 1 for group in groups)
    blocks: list[Block] = [
        Note(say("terms_note", on=report.on, count=undated)),
        Picture(_draw_grid(report, charts, scale)),
        Picture(charts.legend([(f"term-{style}", say(f"term_{style}")) for style in _STYLES])),
        Table("term-table", say("h_terms"), columns, groups, [Filter("kind", say("kind"), kinds)]),
    ]
    return Part("terms", say("h_terms"), blocks, count)


def _draw_grid(report: Report, charts: Charts, scale: Scale) -> Markup:
    """Return the lines of the years and of the date told for, which every term is drawn on."""
    lines = [scale.place(date(year, 1, 1)) for year in scale.years]
    return charts.grid(lines, scale.place(report.on))


def _axis_row(report: Report, charts: Charts, scale: Scale) -> Row:
    """Return the row that says which year is where."""
    step = -(-len(scale.years) // _LABELLED)
    middle = 500 / len(scale.years)
    labels = [(scale.place(date(year, 1, 1)) + middle, str(year)) for year in scale.years[::step]]
    range_ = say("axis_label", first=scale.first, last=scale.last, on=report.on)
    cells: list[Cell] = [words(say("years"), "quiet"), charts.axis(labels, range_), [], [], [], []]
    return Row(cells, style="axis-row")


def _agreement_rows(report: Report, charts: Charts, scale: Scale) -> Iterator[Row]:
    known = report.holdings.agreements.values()
    for agreement in sorted(known, key=lambda a: (a.start or a.signed or "~", a.iri)):
        start, status = agreement.start or agreement.signed, report.status(agreement)
        parties = join(name(report, iri) for iri in (*agreement.parties, *agreement.prospective))
        cells: list[Cell] = [
            [link(report, agreement.iri), Piece(parties, style="quiet")],
            draw_term(charts, scale, start, agreement.end),
            words(type_name(report, agreement.kind)),
            words(start, "dates"),
            _until(start, agreement.end),
            words(say(f"status_{status}"), f"status {status}"),
        ]
        evidence = agreement_evidence(report, agreement)
        more = record_address(agreement.iri)
        yield Row(cells, evidence, facts={"kind": "agreement"}, more=more)


def _programme_rows(report: Report, charts: Charts, scale: Scale) -> dict[str, list[Row]]:
    """Return the programmes with a date, by host; the host of most of them first."""
    found: dict[str, list[Row]] = defaultdict(list)
    dated = [i for i in report.holdings.initiatives.values() if i.start and not i.is_event]
    for thing in sorted(dated, key=lambda i: (i.start, i.end or "~", i.iri)):
        cells: list[Cell] = [
            [link(report, thing.iri)],
            draw_term(charts, scale, thing.start, thing.end),
            words(type_name(report, thing.type)),
            words(thing.start, "dates"),
            _until(thing.start, thing.end),
            words(concept(report, thing.status)),
        ]
        more = record_address(thing.iri)
        row = Row(cells, report.evidence(thing.iri), facts={"kind": "initiative"}, more=more)
        found[min(thing.hosts, default="")].append(row)
    return dict(sorted(found.items(), key=lambda item: (not item[0], -len(item[1]), item[0])))


def _until(start: str, end: str) -> Cell:
    """Return a stated end; that none is stated is said where something has begun."""
    if end:
        return words(end, "dates")
    return words(say("end_not_stated"), "quiet") if start else []


def draw_term(charts: Charts, scale: Scale, start: str, end: str) -> Markup:
    """Return a term: certain from the last day of its beginning to the first day of its end.

    What lies within a date that is only a year or a month is drawn lighter, and a term without
    a stated end is drawn open.
    """
    begins = parse_lexical(start) if start else None
    ends = parse_lexical(end) if end else None
    bars = []
    if begins and ends and begins.latest > ends.earliest:
        # Both are the same year or month: it lies in there somewhere.
        bars.append(("perhaps", scale.place(begins.earliest), _after(scale, ends)))
        return charts.span(bars, None)
    if begins and begins.lexical != begins.latest.isoformat():
        bars.append(("perhaps", scale.place(begins.earliest), _after(scale, begins)))
    if begins and ends:
        from_ = scale.place(begins.latest) if len(start) == 10 else _after(scale, begins)
        until = _after(scale, ends) if len(end) == 10 else scale.place(ends.earliest)
        bars.append(("certain", from_, until))
    if ends and len(end) < 10:
        bars.append(("perhaps", scale.place(ends.earliest), _after(scale, ends)))
    open_from = _after(scale, begins) if begins and not ends else None
    return charts.span(bars, open_from)


def _after(scale: Scale, day: PartialDate) -> float:
    return scale.place(day.latest, after=True)
