"""The matrices: numbers that an independent count finds, and every number on the page."""

import json
import re
from collections import defaultdict
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from graph.missing_legs import find_missing_legs
from triplehelix.district_map.pairs import WorkingPair, list_pairs
from triplehelix.matrix_page.matrices import count_pairs, cross_sectors, cross_themes
from triplehelix.matrix_page.matrix_site import TEMPLATES, write_matrix
from triplehelix.network_map.map_rows import TieKind
from triplehelix.pages.site import hash_source
from triplehelix.pages.texts import read_texts
from triplehelix.report import Report

REPORTS = ("town_report", "shipped_report")


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> Report:
    found: Report = request.getfixturevalue(request.param)
    return found


def test_sectors_are_counted_by_their_pairs(report: Report) -> None:
    matrix = cross_sectors(report, list_pairs(report))
    sectors = {iri: o.sector for iri, o in report.holdings.organizations.items()}
    expected: dict[tuple[str, ...], list[WorkingPair]] = defaultdict(list)
    for pair in list_pairs(report):
        expected[tuple(sorted((sectors[pair.one], sectors[pair.two])))].append(pair)
    for one, two in product(matrix.sectors, repeat=2):
        own = [p for p in expected[tuple(sorted((one, two)))] if p.kinds != {TieKind.AGREEMENT}]
        cell = matrix.cells[one, two]
        assert cell.works == len(own)
        assert cell.agreed == sum(TieKind.AGREEMENT in p.kinds for p in own)
        assert cell.gaps == sum(TieKind.GAP in p.kinds for p in own)
    triangle = [c for (one, two), c in matrix.cells.items() if one <= two]
    assert sum(cell.works for cell in triangle) == matrix.whole.works
    assert sum(cell.gaps for cell in triangle) == matrix.whole.gaps
    open_gaps = {
        frozenset((g.host.iri, g.partner.iri)) for g in report.gaps if g.actual and not g.waived
    }
    assert matrix.whole.gaps == len(open_gaps)
    for sector in matrix.sectors:
        row = [matrix.cells[sector, other].works for other in matrix.sectors]
        assert matrix.totals[sector].works == sum(row)


def test_an_agreement_without_work_is_no_work() -> None:
    agreed = WorkingPair("a", "b", frozenset({TieKind.AGREEMENT}))
    both = WorkingPair("a", "c", frozenset({TieKind.AGREEMENT, TieKind.MEETING}), 1)
    count = count_pairs([agreed, both])
    assert (count.works, count.agreed, count.gaps) == (1, 1, 0)


def test_themes_lack_the_legs_that_the_library_misses(report: Report) -> None:
    matrix = cross_themes(report)
    missing = {
        gap.iri: set(gap.missing)
        for gap in find_missing_legs(report.holdings, report.on)
        if gap.kind == "theme"
    }
    assert {row.theme: set(row.missing) for row in matrix.rows if row.missing} == missing
    assert missing


def test_members_of_a_theme_take_part_in_its_undertakings(report: Report) -> None:
    holdings, on = report.holdings, report.on.isoformat()
    matrix = cross_themes(report)
    dated = {iri: i.start for iri, i in holdings.initiatives.items() if i.start}

    def begins(target: str, start: str) -> str:
        above = [dated[p] for p in holdings.initiatives[target].parents if p in dated]
        return start or dated.get(target, "") or min(above, default="")

    sources = {
        tie.target: tie.source
        for tie in holdings.ties
        if tie.kind == "participation" and tie.actual and begins(tie.target, tie.start) <= on
    }
    rows = {row.theme: row for row in matrix.rows}
    for target, source in sources.items():
        for theme in holdings.initiatives[target].all_themes:
            sector = holdings.organizations[source].sector
            assert source in rows[theme].members[sector]
            for host in holdings.initiatives[target].hosts:
                assert host in rows[theme].members[holdings.organizations[host].sector]
    for row in matrix.rows:
        for sector, members in row.members.items():
            assert all(holdings.organizations[iri].sector == sector for iri in members)
            assert all(0 < count <= row.undertakings for count in members.values())
            assert members.keys() <= matrix.totals[sector]
        assert row.count == len({iri for own in row.members.values() for iri in own})
    themes = {t for i in holdings.initiatives.values() for t in i.all_themes}
    assert themes == rows.keys() | set(matrix.empty)


class Cells(HTMLParser):
    """The numbers of the tables of a page: by table, row by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = [[]]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._rows = self.tables[dict(attrs)["id"] or ""] = []
        elif tag == "tr":
            self._rows.append([])
        elif tag == "td":
            self._rows[-1].append("")

    def handle_data(self, data: str) -> None:
        # The number stands before everything else in a cell.
        if data.strip() and self._rows[-1:] and self._rows[-1] and not self._rows[-1][-1]:
            self._rows[-1][-1] = data.strip()


def read_page(report: Report, folder: Path) -> str:
    write_matrix(report, folder)
    return (folder / "matrix.html").read_text(encoding="utf-8")


def test_every_number_stands_on_the_page(report: Report, tmp_path: Path) -> None:
    tables = Cells(read_page(report, tmp_path)).tables
    matrix, themes = cross_sectors(report, list_pairs(report)), cross_themes(report)
    body = tables["sector-matrix"][1:-1]
    for one, row in zip(matrix.sectors, body, strict=True):
        works = [matrix.cells[one, two].works for two in matrix.sectors]
        assert [int(cell) for cell in row] == [*works, matrix.totals[one].works]
    assert int(tables["sector-matrix"][-1][-1]) == matrix.whole.works
    for found, row in zip(tables["theme-matrix"][1:-1], themes.rows, strict=True):
        counts = [len(row.members.get(sector, {})) for sector in themes.sectors]
        assert [int(cell) for cell in found] == [row.undertakings, *counts, row.count]


def test_behind_each_cell_stands_what_it_counts(report: Report, tmp_path: Path) -> None:
    page = read_page(report, tmp_path)
    found = re.search(r'id="payload">(.*?)</script>', page, re.S)
    assert found is not None
    payload: Any = json.loads(found[1])
    codes = [row[0] for row in payload["sectors"]]
    sectors = [codes[row[3]] for row in payload["organizations"]]
    behind: dict[str, int] = defaultdict(int)
    for one, two, _, _ in payload["pairs"]:
        for first, second in {(sectors[one], sectors[two]), (sectors[two], sectors[one])}:
            behind[f"sector.{first}.{second}"] += 1
    for number, (_, _, _, members) in enumerate(payload["themes"]):
        for organization, _ in members:
            behind[f"theme.{codes.index(sectors[organization])}.{number}"] += 1
    cells = re.findall(r'class="cell" id="([^"]+)"[^>]*><b>(\d+)</b>', page)
    assert {cell: int(number) for cell, number in cells} == behind


def test_the_page_is_inert_and_bilingual(hostile_report: Report, tmp_path: Path) -> None:
    page = read_page(hostile_report, tmp_path)
    assert read_page(hostile_report, tmp_path) == page
    assert "<img" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    assert f"script-src '{hash_source(script)}'" in page
    assert 'href="timeline.html"' in page
    assert "\\u003cimg src=x" in page
    for code in ("missing_leg", "h_sectors"):
        words = read_texts("triplehelix.matrix_page")[code]
        assert words.ko in page
        assert words.en in page


def test_the_script_knows_its_words() -> None:
    script = (TEMPLATES / "matrix.js").read_text(encoding="utf-8")
    words = read_texts("triplehelix.matrix_page")
    known = {key.removeprefix("list_") for key in words if key.startswith("list_")}
    asked = set(re.findall(r'\bword\("(\w+)"', script))
    assert asked | {"agreement", "gap", "joint_work", "meeting"} == known
