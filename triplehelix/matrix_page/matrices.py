"""Who works with whom by sector, and who takes part in what by theme and sector."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.involvement import Involvement, find_involvements
from graph.missing_legs import LEGS
from triplehelix.district_map.district_data import list_sectors
from triplehelix.district_map.pairs import WorkingPair
from triplehelix.network_map.map_rows import TieKind
from triplehelix.report import Report


@dataclass(frozen=True, slots=True)
class PairCount:
    """Pairs that work together, those with an agreement in force, and gaps among them."""

    works: int
    agreed: int
    gaps: int


def count_pairs(pairs: Iterable[WorkingPair]) -> PairCount:
    """Return how many pairs work together; who only has an agreement does not."""
    working = [pair for pair in pairs if pair.works]
    return PairCount(
        len(working),
        sum(TieKind.AGREEMENT in pair.kinds for pair in working),
        sum(TieKind.GAP in pair.kinds for pair in working),
    )


@dataclass(frozen=True, slots=True)
class SectorMatrix:
    """Counts of pairs by the sectors of their two ends.

    A row's total counts a pair once that lies within the sector; so does the total of all.
    """

    sectors: Sequence[str]
    cells: Mapping[tuple[str, str], PairCount]
    totals: Mapping[str, PairCount]
    whole: PairCount


def cross_sectors(report: Report, pairs: Sequence[WorkingPair]) -> SectorMatrix:
    """Return the matrix of all pairs; it is symmetric."""
    organizations = report.holdings.organizations
    cells: dict[tuple[str, str], list[WorkingPair]] = defaultdict(list)
    totals: dict[str, list[WorkingPair]] = defaultdict(list)
    for pair in pairs:
        one, two = (organizations[end].sector for end in (pair.one, pair.two))
        for cell in {(one, two), (two, one)}:
            cells[cell].append(pair)
        for sector in {one, two}:
            totals[sector].append(pair)
    sectors = list_sectors(report)
    return SectorMatrix(
        sectors,
        {(s, t): count_pairs(cells[s, t]) for s in sectors for t in sectors},
        {sector: count_pairs(totals[sector]) for sector in sectors},
        count_pairs(pairs),
    )


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: who takes part by sector, each with the number of undertakings; what is missing.

    ``missing`` are the legs of the helix of which nobody takes part (:mod:`graph.missing_legs`).
    """

    theme: str
    undertakings: int
    members: Mapping[str, Mapping[str, int]]
    missing: frozenset[str]

    @property
    def count(self) -> int:
        """How many organisations take part."""
        return sum(map(len, self.members.values()))


@dataclass(frozen=True, slots=True)
class ThemeMatrix:
    """Themes with members, most first; the members of any theme by sector; themes without."""

    sectors: Sequence[str]
    rows: Sequence[ThemeRow]
    totals: Mapping[str, set[str]]
    empty: Sequence[str]


def cross_themes(report: Report) -> ThemeMatrix:
    """Return who has taken part in the undertakings of each theme by the date of the report.

    As for missing legs: actual participations and hosts; an undertaking without a theme has that
    of the nearest above it, and a wider theme holds the narrower ones.
    """
    holdings = report.holdings
    found: dict[str, list[Involvement]] = defaultdict(list)
    for involvement in find_involvements(holdings, report.on):
        for theme in holdings.initiatives[involvement.undertaking].all_themes:
            found[theme].append(involvement)
    rows = [_row(report, theme, involved) for theme, involved in sorted(found.items())]
    rows.sort(key=lambda row: (-row.count, report.label(row.theme, "ko")))
    totals: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for sector, members in row.members.items():
            totals[sector].update(members)
    themes = set[str]().union(*(i.all_themes for i in holdings.initiatives.values()))
    empty = sorted(themes - found.keys(), key=lambda iri: report.label(iri, "ko"))
    return ThemeMatrix(list_sectors(report), rows, dict(totals), empty)


def _row(report: Report, theme: str, involved: list[Involvement]) -> ThemeRow:
    organizations = report.holdings.organizations
    things: dict[str, set[str]] = defaultdict(set)
    for involvement in involved:
        things[involvement.organization].add(involvement.undertaking)
    members: dict[str, dict[str, int]] = defaultdict(dict)
    for iri in sorted(things, key=lambda iri: (-len(things[iri]), report.label(iri, "ko"))):
        members[organizations[iri].sector][iri] = len(things[iri])
    present = set(LEGS) & members.keys()
    missing = frozenset(set(LEGS) - present) if present else frozenset()
    return ThemeRow(theme, len({i.undertaking for i in involved}), dict(members), missing)
