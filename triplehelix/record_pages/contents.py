"""What an initiative holds: money, indicators, outputs, problems and measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.namespaces import TH, THV
from triplehelix.pages.citations import gather
from triplehelix.pages.money import PHASES, million_of, period_name
from triplehelix.pages.texts import concept, name, plain
from triplehelix.record_pages.catalogue import Catalogue
from triplehelix.record_pages.sections import (
    Cell,
    Column,
    Piece,
    Row,
    Section,
    capital,
    columns,
    link,
    period,
)
from triplehelix.record_pages.texts import say
from triplehelix.report import BudgetItem

YEAR, UNIT, FORMULA = str(TH.year), str(TH.unitText), str(TH.formula)
VALUE_KIND, PRINTED, DETAIL = str(TH.valueKind), str(TH.printed), str(TH.detail)
FROM, UNTIL, STATUS = str(TH["from"]), str(TH.until), str(TH.status)
PART_OF_OUTPUT = str(TH.partOfOutput)
VALUE_KINDS = ("baseline", "target-value", "actual")
_SPANS = ("total", "before-term", "year", "", "after-term")


def list_money(catalogue: Catalogue, items: Iterable[BudgetItem]) -> Section:
    """Return the printed cells of a budget: a row for each period and source, phases beside."""
    report = catalogue.report
    cells: dict[tuple[int, str, str, str], list[BudgetItem]] = defaultdict(list)
    for item in items:
        order = _SPANS.index(item.span) if item.span in _SPANS else len(_SPANS)
        cells[order, item.year or item.period, item.source, item.detail].append(item)
    rows = [
        Row(
            [
                [Piece(period_name(report, own[0]))],
                [
                    Piece(concept(report, own[0].source)),
                    *([Piece(plain(own[0].detail), language="ko")] if own[0].detail else []),
                ],
                *(_amounts(own, phase) for phase in PHASES),
            ],
            gather(report, (item.iri for item in own)),
        )
        for _, own in sorted(cells.items())
    ]
    headings = [*columns("col_period", "col_source")]
    headings += [Column(capital(concept(report, phase)), "figure") for phase in PHASES]
    return Section("money", say("money_million"), headings, rows, say("money_blank_note"))


def _amounts(items: Iterable[BudgetItem], phase: str) -> Cell:
    shown = dict.fromkeys(million_of(item) for item in items if item.phase == phase)
    return [Piece(plain(text)) for text in shown]


def list_indicators(catalogue: Catalogue, iri: str) -> Section:
    """Return the indicators of an initiative: a row for each year, kinds of values beside."""
    report = catalogue.report
    headings = columns("indicator", "unit", "year")
    headings += [Column(capital(concept(report, kind)), "figure") for kind in VALUE_KINDS]
    rows = [
        row
        for indicator in catalogue.referring_to(iri, "indicators")
        for row in _indicator_rows(catalogue, indicator)
    ]
    return Section("indicators", say("indicators"), headings, rows)


def _indicator_rows(catalogue: Catalogue, iri: str) -> Iterable[Row]:
    years: dict[str, list[str]] = defaultdict(list)
    for value in catalogue.referring_to(iri, "indicator_values"):
        stated = catalogue.values(value, YEAR)
        years[stated[0].value if stated else ""].append(value)
    label, unit = Piece(name(catalogue.report, iri)), _texts(catalogue, iri, UNIT)
    formula = [p._replace(style="remark") for p in _texts(catalogue, iri, FORMULA)]
    for year in sorted(years) or [""]:
        values = years.get(year, [])
        cells = [_printed(catalogue, values, kind) for kind in VALUE_KINDS]
        head: list[Cell] = [[label, *formula], unit, [Piece(plain(year))] if year else []]
        yield Row([*head, *cells], gather(catalogue.report, (iri, *values)))


def _printed(catalogue: Catalogue, values: Iterable[str], kind: str) -> Cell:
    return [
        piece
        for value in values
        if any(t.value == THV + kind for t in catalogue.values(value, VALUE_KIND))
        for path in (PRINTED, DETAIL)
        for piece in _texts(catalogue, value, path)
    ]


def _texts(catalogue: Catalogue, iri: str, path: str) -> Cell:
    found = catalogue.values(iri, path)
    return [Piece(plain(term.value), language=term.language) for term in found]


def list_outputs(catalogue: Catalogue, iri: str) -> Section:
    """Return the counted results and planned quantities of an initiative."""
    headings = columns("output", "period", "col_status")
    headings.insert(1, Column(say("value"), "figure"))
    rows = [_output_row(catalogue, output) for output in catalogue.referring_to(iri, "outputs")]
    return Section("outputs", say("outputs"), headings, rows)


def _output_row(catalogue: Catalogue, iri: str) -> Row:
    values = [t.value for path in (PRINTED, UNIT) for t in catalogue.values(iri, path)]
    dates = [next((t.value for t in catalogue.values(iri, path)), "") for path in (FROM, UNTIL)]
    whole = [
        Piece(say("part_of_output", whole=name(catalogue.report, t.value)), style="remark")
        for t in catalogue.values(iri, PART_OF_OUTPUT)
    ]
    return Row(
        [
            [Piece(name(catalogue.report, iri)), *whole],
            [Piece(plain(" ".join(values)))] if values else [],
            period(*dates),
            _status(catalogue, iri),
        ],
        catalogue.report.evidence(iri),
    )


def _status(catalogue: Catalogue, iri: str) -> Cell:
    return [Piece(name(catalogue.report, t.value)) for t in catalogue.values(iri, STATUS)]


def list_problems(catalogue: Catalogue, iri: str) -> Section:
    """Return the problems that an initiative states, each with the measures against it."""
    rows = [
        Row(
            [
                [Piece(name(catalogue.report, problem))],
                [link(catalogue, m) for m in catalogue.referring_to(problem, "measures")],
            ],
            catalogue.report.evidence(problem),
        )
        for problem in catalogue.referring_to(iri, "problems")
    ]
    return Section("problems", say("problems"), columns("problem", "measures"), rows)


def list_remedies(catalogue: Catalogue, iri: str) -> Section:
    """Return the measures of an initiative with their state."""
    rows = [
        Row(
            [[Piece(name(catalogue.report, measure))], _status(catalogue, measure)],
            catalogue.report.evidence(measure),
        )
        for measure in catalogue.referring_to(iri, "measures")
    ]
    return Section("measures", say("measures"), columns("measure", "col_status"), rows)
