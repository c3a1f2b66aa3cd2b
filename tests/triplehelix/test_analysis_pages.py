"""The pages of measures: what they tell is what the library finds; inert, linked, bilingual."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import networkx as nx
import pytest

from graph.agreement_gaps import find_agreement_gaps
from graph.communities import find_communities
from graph.gaps import Holdings
from graph.link_judgement import Judgement
from graph.measure_registry import MEASURES
from graph.missing_legs import find_missing_legs
from graph.missing_links import find_missing_links
from graph.trust_gaps import find_trust_gaps
from graph.weak_ties import find_weak_ties
from triplehelix.analysis_pages.analysis_site import (
    PAGES,
    make_environment,
    make_pages,
    render_analysis,
    write_analysis,
)
from triplehelix.analysis_pages.blocks import Note, Page, Part, Table
from triplehelix.analysis_pages.charts import Charts
from triplehelix.analysis_pages.gaps import name_verdict
from triplehelix.analysis_pages.networks import read_networks
from triplehelix.analysis_pages.readings import Readings, read_readings
from triplehelix.analysis_pages.terms import Scale, draw_term
from triplehelix.analysis_pages.texts import say
from triplehelix.analysis_pages.timeline import measure_shape, measure_years
from triplehelix.report import Report

VOID = {"meta", "input", "link", "br", "img"}
SCALE = Scale(2020, 2023)


class Parsed(HTMLParser):
    """A page taken apart: elements with attributes, and all text outside scripts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.path: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()
        assert self.path == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.path.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.path and self.path[-1] not in ("script", "style"):
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module")
def readings(town: Any, town_report: Report) -> Readings:
    return read_readings(town.dataset, town_report)


@pytest.fixture(scope="module")
def charts(town_report: Report) -> Charts:
    return Charts(make_environment(town_report))


@pytest.fixture(scope="module")
def pages(town_report: Report, readings: Readings, charts: Charts) -> dict[str, Page]:
    return {page.name: page for page in make_pages(town_report, readings, charts)}


@pytest.fixture(scope="module")
def rendered(town_report: Report, readings: Readings) -> dict[str, str]:
    return dict(render_analysis(town_report, readings))


def part_of(page: Page, name: str) -> Part:
    return next(part for part in page.parts if part.id == name)


def table_of(part: Part) -> Table:
    return next(block for block in part.blocks if isinstance(block, Table))


def texts_of(table: Table) -> list[list[str]]:
    """Return the English text of each cell; of a chart its markup."""
    return [
        [
            " ".join(piece.text.en for piece in cell) if isinstance(cell, list) else str(cell)
            for cell in row.cells
        ]
        for group in table.groups
        for row in group.rows
    ]


def test_all_pages_are_written_and_always_the_same(
    town_report: Report, readings: Readings, rendered: dict[str, str], tmp_path: Path
) -> None:
    write_analysis(town_report, readings, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{n}.html" for n in PAGES)
    for name, page in rendered.items():
        assert (tmp_path / f"{name}.html").read_text(encoding="utf-8") == page


def test_a_build_writes_the_same_pages_in_another_process(
    town_build: Path, rendered: dict[str, str]
) -> None:
    for name, page in rendered.items():
        assert (town_build / "site" / f"{name}.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_runs_only_its_own(rendered: dict[str, str], name: str) -> None:
    parsed = Parsed(rendered[name])
    policy = next(a["content"] for t, a in parsed.elements if a.get("http-equiv"))
    for tag in ("script", "style"):
        (source,) = re.findall(f"<{tag}>(.*?)</{tag}>", rendered[name], re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert parsed.values("src") == []
    assert parsed.values("style") == []
    assert not [key for _, attrs in parsed.elements for key in attrs if key.startswith("on")]
    outside = {href for href in parsed.values("href") if "//" in href}
    assert all(href.startswith("https://doi.org/10.") for href in outside)


def test_hostile_names_stay_text(hostile_report: Report, readings: Readings) -> None:
    seen = ""
    for name, page in render_analysis(hostile_report, readings):
        parsed = Parsed(page)
        assert [tag for tag, _ in parsed.elements].count("script") == 1, name
        assert "img" not in {tag for tag, _ in parsed.elements}
        assert not [key for _, attrs in parsed.elements for key in attrs if key.startswith("on")]
        seen += parsed.text
    assert '<img src=x onerror="window.hit=1"></script>' in seen


def test_every_link_leads_somewhere(town_build: Path) -> None:
    site = town_build / "site"
    known: dict[Path, set[str]] = {}
    for name in PAGES:
        here = site / f"{name}.html"
        for href in Parsed(here.read_text(encoding="utf-8")).values("href"):
            if "//" in href:
                continue
            file, _, anchor = href.partition("#")
            target = here if not file else site / unquote(file)
            if target not in known:
                assert target.is_file(), href
                known[target] = set(Parsed(target.read_text(encoding="utf-8")).values("id"))
            assert not anchor or anchor in known[target], href


@pytest.mark.parametrize("name", PAGES)
def test_headings_of_tables_have_a_scope_and_texts_both_languages(
    rendered: dict[str, str], name: str
) -> None:
    parsed = Parsed(rendered[name])
    assert all(attrs.get("scope") for tag, attrs in parsed.elements if tag == "th")
    languages = [attrs["lang"] for tag, attrs in parsed.elements if attrs.get("class") == "t"]
    assert languages.count("ko") == languages.count("en") > 20
    drawn = [attrs for tag, attrs in parsed.elements if tag == "svg"]
    assert all("aria-hidden" in attrs or "aria-label" in attrs for attrs in drawn)


def test_hubs_have_the_values_and_ranks_of_the_library(
    pages: dict[str, Page], town_report: Report
) -> None:
    table = table_of(part_of(pages["hubs"], "hubs"))
    headings = [column.heading.en for column in table.columns]
    network = read_networks(town_report).one_mode.graph
    for name in ("degree", "betweenness", "closeness", "pagerank", "core_number"):
        values = MEASURES[name].compute(network)
        place = headings.index(MEASURES[name].label["en"])
        for organization, row in zip(
            read_networks(town_report).hubs.hubs, texts_of(table), strict=True
        ):
            value = float(row[place].split()[0])
            assert value == pytest.approx(values[organization.organization.iri], abs=0.00051)
    ranks = [row[0] for row in texts_of(table)]
    strengths = [row[3] for row in texts_of(table)]
    for rank, strength in zip(ranks, strengths, strict=True):
        assert rank.startswith("=") == (strengths.count(strength) > 1)


def test_a_table_says_on_which_network_it_stands(
    pages: dict[str, Page], town_report: Report
) -> None:
    network = read_networks(town_report).one_mode
    for name in ("hubs", "brokers", "cut", "communities", "structure", "synergy", "pairs"):
        first = part_of(pages["hubs"], name).blocks[0]
        assert isinstance(first, Note)
        assert f"{len(network.initiatives)} initiatives" in first.text.en
        assert f"as of {town_report.on}" in first.text.en


def test_the_members_of_communities_are_all_named(
    pages: dict[str, Page], town_report: Report
) -> None:
    network = read_networks(town_report).one_mode.graph
    table = table_of(part_of(pages["hubs"], "communities"))
    sizes = [len(found) for found in find_communities(network).communities]
    assert [len(row.cells[2]) for group in table.groups for row in group.rows] == sizes


def test_synergy_tells_seven_counts_and_what_g_is(pages: dict[str, Page]) -> None:
    part = part_of(pages["hubs"], "synergy")
    assert any("G (government) is" in b.text.en for b in part.blocks if isinstance(b, Note))
    for row in texts_of(table_of(part)):
        assert sum(map(int, row[2:9])) == int(row[1])


def test_gaps_of_all_eight_kinds_are_those_of_the_library(
    pages: dict[str, Page], town_report: Report, readings: Readings
) -> None:
    holdings, on = town_report.holdings, town_report.on
    expected = {
        "uncovered": town_report.gaps,
        "agreements": find_agreement_gaps(holdings, on),
        "legs": find_missing_legs(holdings, on),
        "weak": find_weak_ties(holdings, on),
        "money": readings.money_gaps,
        "indicators": readings.indicator_gaps,
        "trust": find_trust_gaps(holdings, on, town_report.findings),
    }
    for name, found in expected.items():
        part = part_of(pages["gaps"], name)
        # A waived gap is listed, with its reason, and not counted among the open ones.
        waived = sum(getattr(gap, "waived", False) for gap in found)
        assert table_of(part).count == part.count + waived == len(found) > 0, name
        for row in (row for group in table_of(part).groups for row in group.rows):
            assert row.cells[3], "there is a reason"
    links = part_of(pages["gaps"], "links")
    assert links.count == find_missing_links(holdings, on).candidates


def test_the_verdict_over_missing_collaborations_is_told(
    pages: dict[str, Page], town_report: Report
) -> None:
    judgement = find_missing_links(town_report.holdings, town_report.on).judgement
    first, second = part_of(pages["gaps"], "links").blocks[:2]
    assert isinstance(first, Note)
    assert isinstance(second, Note)
    assert first.text == say(f"verdict_{name_verdict(judgement)}")
    assert second.text.ko == judgement.reason.text("ko")


@pytest.mark.parametrize(
    ("verdict", "auc", "told"),
    [
        ("better", 0.9, "much_better"),
        ("better", 0.6, "better"),
        ("not_better", 0.9, "not_better"),
        ("unknown", None, "unknown"),
    ],
)
def test_only_a_clear_list_is_called_much_better(verdict: Any, auc: float, told: str) -> None:
    assert name_verdict(Judgement(verdict, auc=auc)) == told
    assert say(f"verdict_{told}").ko != say(f"verdict_{told}").en


def test_a_blank_amount_stays_blank(pages: dict[str, Page]) -> None:
    tables = [b for b in part_of(pages["money"], "accounts").blocks if isinstance(b, Table)]
    blank = printed = 0
    for row in (row for table in tables for row in texts_of(table)):
        *_, planned, secured, executed, chart = row
        assert ('class="executed"' in chart) == bool(executed.strip("- Σ"))
        blank += not executed
        printed += bool(executed)
        assert planned != "0"
        assert secured != "0"
    assert blank
    assert printed


def test_indicators_show_values_as_printed(pages: dict[str, Page], readings: Readings) -> None:
    rows = texts_of(table_of(part_of(pages["indicators"], "all")))
    shown = " ".join(cell for row in rows for cell in row[3:6])
    for value in readings.values:
        assert value.shown in shown
    assert any('class="aim"' in row[6] for row in rows)


@pytest.mark.parametrize(
    ("start", "end", "styles", "is_open"),
    [
        ("2021-03-01", "2022-02-28", ["certain"], False),
        ("2021-03", "2022", ["perhaps", "certain", "perhaps"], False),
        ("2021", "2021", ["perhaps"], False),
        ("2021", "", ["perhaps"], True),
        ("2021-03-01", "", [], True),
        ("", "2022", ["perhaps"], False),
        ("", "", [], False),
    ],
)
def test_a_term_is_drawn_as_far_as_it_is_known(
    charts: Charts, start: str, end: str, styles: list[str], is_open: bool
) -> None:
    drawn = str(draw_term(charts, SCALE, start, end))
    assert re.findall(r'rect class="(\w+)"', drawn) == styles
    assert ('class="open"' in drawn) == is_open


def test_the_scale_places_days_by_their_year() -> None:
    assert SCALE.place(date(2020, 1, 1)) == 0
    assert SCALE.place(date(2021, 1, 1)) == 250
    assert SCALE.place(date(2023, 12, 31), after=True) == 1000


def test_the_timeline_holds_all_agreements_and_dated_initiatives(
    pages: dict[str, Page], town_report: Report
) -> None:
    holdings = town_report.holdings
    dated = [i for i in holdings.initiatives.values() if i.start and not i.is_event]
    part = part_of(pages["timeline"], "terms")
    assert part.count == len(holdings.agreements) + len(dated)


def test_the_shape_of_a_network() -> None:
    network: nx.Graph[str] = nx.Graph([("a", "x"), ("b", "x"), ("c", "x"), ("d", "fair")])
    nx.set_node_attributes(
        network, {node: int(node in ("x", "fair")) for node in network}, "bipartite"
    )
    nx.set_node_attributes(network, {"x": "initiative", "fair": "event"}, "kind")
    shape = measure_shape(network)
    assert (shape.organizations, shape.pairs, shape.largest) == (4, 3, 3)
    assert shape.strengths == {"a": 1, "b": 1, "c": 1, "d": 0}
    assert shape.mean_degree == 1.5
    assert measure_shape(nx.Graph()).mean_degree == 0


def test_the_last_year_is_the_network_of_the_report(town_report: Report) -> None:
    last = measure_years(town_report)[-1]
    network = read_networks(town_report).one_mode
    assert last.on == town_report.on
    assert last.shape.organizations == len(network.graph)
    assert last.shape.pairs == network.graph.number_of_edges()
    assert last.initiatives == len(network.initiatives)


def test_an_ecosystem_without_anything_has_pages_that_say_so(town_report: Report) -> None:
    nothing = Holdings({}, {}, {}, [], town_report.holdings.ranks, {})
    report = replace(
        town_report,
        holdings=nothing,
        hubs=[],
        gaps=[],
        findings=[],
        budgets=[],
        on=date(2024, 2, 29),
    )
    for name, page in render_analysis(report, Readings([], [], {}, [])):
        assert say("none_found").ko in Parsed(page).text, name


def test_every_word_is_used() -> None:
    """Keys that are composed (by kind, verdict, phase) are found by their beginning."""
    folder = Path(__file__).parents[2] / "triplehelix" / "analysis_pages"
    paths = [path for path in folder.rglob("*.*") if path.parent.name != "__pycache__"]
    sources = "".join(path.read_text(encoding="utf-8") for path in paths)
    composed = set(re.findall(r'f"[#*~]?([a-z_]+_)\{', sources))
    for key in re.findall(r"^(\w+):", (folder / "texts.yml").read_text(encoding="utf-8"), re.M):
        used = re.search(rf'"[#*~]?{key}"', sources)
        assert used or any(key.startswith(beginning) for beginning in composed), key
