"""Over time: terms, the network of each year, and what changed in the last one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from graph.agreements import is_in_force
from graph.comparison import measure_over_time
from triplehelix.analysis_pages.blocks import (
    Block,
    Cell,
    Group,
    Note,
    Page,
    Part,
    Picture,
    Row,
    Table,
    figure,
    headings,
    link,
    words,
)
from triplehelix.analysis_pages.changes import list_changes
from triplehelix.analysis_pages.charts import Charts
from triplehelix.analysis_pages.terms import list_terms
from triplehelix.analysis_pages.texts import say
from triplehelix.report import Report

if TYPE_CHECKING:
    import networkx as nx

_YEARS = 8
"""So many years are measured at most, those up to the date of the report."""
_LEADING = 3
"""So many of the strongest hubs of a year are named."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a two-mode network of a day consists of; ``largest`` is its largest component."""

    organizations: int
    pairs: int
    largest: int
    strengths: dict[str, int]

    @property
    def mean_degree(self) -> float:
        """With how many others an organisation works on average."""
        return 2 * self.pairs / self.organizations if self.organizations else 0.0


@dataclass(frozen=True, slots=True)
class Year:
    """The network as of the end of a year, and the agreements in force then."""

    on: date
    initiatives: int
    events: int
    shape: Shape
    in_force: int
    uncertain: int


def make_timeline_page(report: Report, charts: Charts) -> Page:
    """Return the page of what was when."""
    parts = [
        list_terms(report, charts),
        list_years(report, charts),
        list_changes(report, _a_year_before(report.on)),
    ]
    return Page("timeline", say("open_timeline"), say("page_timeline_lead"), parts)


def _a_year_before(day: date) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - 1, day=last)


def measure_shape(network: nx.Graph[str]) -> Shape:
    """Return the organisations of a two-mode network, the pairs that meet, and its components."""
    things = [node for node, facts in network.nodes.items() if facts["bipartite"]]
    members = [sorted(network[thing]) for thing in things]
    pairs = {pair for parts in members for pair in combinations(parts, 2)}
    initiatives = {thing for thing in things if network.nodes[thing]["kind"] == "initiative"}
    strengths = {
        node: len(initiatives.intersection(network[node]))
        for node, facts in network.nodes.items()
        if not facts["bipartite"]
    }
    return Shape(len(strengths), len(pairs), _count_largest(network, set(strengths)), strengths)


def _count_largest(network: nx.Graph[str], organizations: set[str]) -> int:
    """Return how many organisations the component with most of them has."""
    left, most = set(organizations), 0
    while left:
        reached, waiting = set[str](), [left.pop()]
        while waiting:
            node = waiting.pop()
            if node not in reached:
                reached.add(node)
                waiting.extend(network[node])
        left -= reached
        most = max(most, len(reached & organizations))
    return most


def measure_years(report: Report) -> list[Year]:
    """Return the networks of the last years: as of their ends, of the last as of the date."""
    holdings, on = report.holdings, report.on
    starts = [int(t.start[:4]) for t in holdings.initiatives.values() if t.start]
    first = max(min([*starts, on.year]), on.year - _YEARS + 1)
    days = [date(year, 12, 31) for year in range(first, on.year)] + [on]
    found = []
    for moment in measure_over_time(holdings, days, measure_shape, kind="participations"):
        states = [is_in_force(a, moment.on) for a in holdings.agreements.values()]
        network = moment.network
        found.append(
            Year(
                moment.on,
                len(network.initiatives),
                len(network.events),
                moment.value,
                states.count(True),
                states.count(None),
            )
        )
    return found


def list_years(report: Report, charts: Charts) -> Part:
    """Return the measures of the network year by year, drawn and as a table."""
    years = measure_years(report)
    drawn = (
        ("series_organizations", [y.shape.organizations for y in years]),
        ("series_initiatives", [y.initiatives for y in years]),
        ("series_pairs", [y.shape.pairs for y in years]),
        ("series_in_force", [y.in_force for y in years]),
    )
    labels = [str(year.on.year) for year in years]
    pictures = [
        charts.columns(say(key), list(zip(labels, values, strict=True))) for key, values in drawn
    ]
    columns = headings(
        "series_day", "#series_organizations", "#series_initiatives", "#series_events",
        "#series_pairs", "#series_mean_degree", "#series_largest", "#series_in_force",
        "#series_uncertain", "*series_hubs",
    )  # fmt: skip
    rows = [Row(list(_year_cells(report, year))) for year in years]
    blocks: list[Block] = [
        Note(say("series_note")),
        Picture(charts.figures(pictures)),
        Table("series-table", say("h_series"), columns, [Group(rows)]),
    ]
    return Part("series", say("h_series"), blocks)


def _year_cells(report: Report, year: Year) -> Iterator[Cell]:
    shape = year.shape
    yield words(year.on.isoformat(), "dates")
    yield figure(shape.organizations)
    yield figure(year.initiatives)
    yield figure(year.events)
    yield figure(shape.pairs)
    yield figure(shape.mean_degree, 1)
    yield figure(100 * shape.largest / shape.organizations if shape.organizations else 0)
    yield figure(year.in_force)
    yield figure(year.uncertain)
    yield _leading(report, shape)


def _leading(report: Report, shape: Shape) -> Cell:
    """Return the strongest hubs, those of equal strength with the last of them."""
    known = report.holdings.organizations
    named = {iri: n for iri, n in shape.strengths.items() if n and not known[iri].is_group}
    ordered = sorted(named, key=lambda iri: (-named[iri], known[iri].label("ko")))
    least = named[ordered[min(_LEADING, len(ordered)) - 1]] if ordered else 0
    return [link(report, iri) for iri in ordered if named[iri] >= least][: 2 * _LEADING]
