"""A map of more organisations than can be drawn at once: folded into communities, opened by one."""

import csv
import io
import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from benchmarks.map_networks import make_network
from tests.browser.map.map_page import MapPage
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import Community, Meta, Organization, Tie, TieKind
from triplehelix.network_map.planner_map import PlannerMap

COUNT = 2_100
# Waits until other labels are drawn than those before.
RESTED = """(before) => new Promise((done) => {
  const isSame = () => tripleHelixMap.labels().join() === before.join();
  const look = () => (isSame() ? requestAnimationFrame(look) : done());
  look();
})"""


@pytest.fixture(scope="module")
def large() -> PlannerMap:
    return PlannerMap(make_network(COUNT))


def members(large: PlannerMap) -> Counter[str]:
    return Counter(row.community or "none" for row in large.data.organizations)


def click_fold(opened: MapPage, fold: str) -> None:
    place = opened.ask(f"foldPlace('{fold}')")
    opened.page.locator("#map").click(position={"x": place["x"], "y": place["y"]})


def saved(opened: MapPage, kind: str) -> Path:
    opened.page.locator("#save summary").click()
    with opened.page.expect_download() as download:
        opened.page.locator(f"#save-{kind}").click()
    path = opened.folder / f"saved.{kind}"
    download.value.save_as(path)
    return path


def test_it_opens_on_communities(opened: MapPage, large: PlannerMap) -> None:
    opened.open(large)
    counts, groups = opened.ask("counts()"), members(large)
    assert counts["organizations"] == COUNT
    assert counts["ties"] == len(large.data.ties)
    assert counts["drawnNodes"] == len(groups)
    assert set(opened.ask("folds()")) == set(groups)
    sizes = {fold: opened.ask(f"foldPlace('{fold}')")["radius"] for fold in groups}
    ranked = sorted((fold for fold in groups if fold != "none"), key=lambda f: -groups[f])
    assert sizes[ranked[0]] > sizes[ranked[-1]]
    items = opened.panel.locator(".folds li")
    expect(items).to_have_count(len(groups))
    expect(items.first.locator(".number")).to_have_text(f"{groups[ranked[0]]:,}")
    expect(opened.page.locator("#fold-note")).to_be_visible()
    opened.page.locator("#language").click()
    expect(opened.panel.locator("h2").first).to_have_text(f"Communities {len(groups)}")


def test_one_is_opened_at_a_time(opened: MapPage, large: PlannerMap) -> None:
    groups = members(large)
    one, two = [name for name, _ in groups.most_common(3) if name != "none"][:2]
    opened.open(large)
    click_fold(opened, one)
    assert opened.page.url.endswith(f"#open={one}")
    assert opened.ask("counts()")["drawnNodes"] == len(groups) - 1 + groups[one]
    assert one not in opened.ask("folds()")
    assert opened.ask("counts()")["organizations"] == COUNT
    expect(opened.panel.locator(".about")).to_have_text(f"기관 {groups[one]}")
    opened.page.evaluate(f"location.hash = 'open={two}'")
    expect(opened.panel.locator(".about")).to_have_text(f"기관 {groups[two]}")
    opened.page.go_back()
    expect(opened.panel.locator(".about")).to_have_text(f"기관 {groups[one]}")
    opened.page.get_by_role("button", name="모든 공동체").first.click()
    expect(opened.panel.locator(".folds")).to_be_visible()
    expect(opened.page).not_to_have_url(re.compile("open="))
    opened.panel.locator(".folds button").first.press("Enter")
    expect(opened.page).to_have_url(re.compile("open="))
    opened.page.keyboard.press("Escape")
    assert len(opened.ask("folds()")) == len(groups)


def test_choosing_opens_the_community(opened: MapPage, large: PlannerMap) -> None:
    rows = large.data.organizations
    far = next(row for row in rows if row.community not in (None, rows[0].community))
    opened.open(large)
    opened.page.locator("#search").fill(rows[0].ko)
    opened.page.locator("#search").press("Enter")
    expect(opened.panel.locator("h2")).to_have_text(rows[0].ko)
    assert rows[0].community not in opened.ask("folds()")
    place, box = opened.ask(f"place('{rows[0].id}')"), opened.page.locator("#map").bounding_box()
    assert box
    assert 0 < place["x"] < box["width"]
    assert 0 < place["y"] < box["height"]
    opened.page.locator("#ask-pick").click()
    opened.page.locator("#search").fill(far.ko)
    opened.page.locator("#search").press("Enter")
    expect(opened.panel.locator(".ways li").first).to_be_visible()
    assert opened.ask(f"place('{far.id}')")["radius"] > 0
    opened.page.locator("#ask-around1").click()
    degree = large.data.degrees[0]
    assert opened.ask("counts()")["drawnNodes"] == degree + 1
    assert opened.ask("folds()") == []


def test_what_is_few_is_drawn_as_it_is(opened: MapPage, large: PlannerMap) -> None:
    gaps = [tie for tie in large.data.ties if tie.kind is TieKind.GAP]
    ends = {end for tie in gaps for end in (tie.source, tie.target)}
    counts = opened.open(large, "#gaps=1").ask("counts()")
    assert counts["drawnNodes"] == counts["organizations"] == len(ends)
    assert counts["drawnEdges"] == counts["ties"] == len(gaps)
    expect(opened.page.locator("#folds")).to_be_hidden()
    opened.page.keyboard.press("ArrowRight")
    opened.page.locator("#gaps-only").uncheck()
    assert opened.ask("counts()")["drawnNodes"] == len(members(large))


def test_all_ties_between_two_communities(opened: MapPage, large: PlannerMap) -> None:
    home = {row.id: row.community or "none" for row in large.data.organizations}
    pairs = Counter(tuple(sorted((home[t.source], home[t.target]))) for t in large.data.ties)
    (one, two), count = next(item for item in pairs.most_common() if item[0][0] != item[0][1])
    opened.open(large, f"#between={one}~{two}")
    expect(opened.panel.locator("h3").first).to_have_text(f"관계 {count}")
    kinds = opened.panel.locator(".ranking").first.locator(".number").all_inner_texts()
    assert sum(map(int, kinds)) == count
    opened.panel.locator(".ranking").nth(1).locator("button").first.click()
    expect(opened.panel.locator("blockquote")).to_have_count(1)
    # The two ends stand far from each other: with their partners alone they are drawn closer.
    assert opened.ask("folds()") == []
    ends = opened.ask("selectedTie()").split("~")[:2]
    places = [opened.ask(f"place('{end}')") for end in ends]
    assert all(place["radius"] > 3 for place in places)
    opened.page.keyboard.press("Escape")
    assert len(opened.ask("folds()")) == len(members(large))


def test_files_and_table_have_everything(opened: MapPage, large: PlannerMap) -> None:
    opened.open(large)
    graph = nx.read_gexf(saved(opened, "gexf"))
    assert len(graph) == COUNT
    text = saved(opened, "csv").read_text("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == len(large.data.ties) + 1
    drawing = saved(opened, "svg").read_text("utf-8")
    assert drawing.count("<circle") >= len(members(large))
    opened.page.keyboard.press("t")
    rows = opened.page.locator("#table tbody tr")
    expect(rows).to_have_count(500)
    opened.page.locator("#table .more").click()
    expect(rows).to_have_count(1000)


def test_what_cannot_be_divided_is_drawn_in_part(opened: MapPage) -> None:
    turns = [(n, 40 * n**0.5 * math.cos(n), 40 * n**0.5 * math.sin(n)) for n in range(1_700)]
    rows = tuple(
        Organization(f"n{n}", f"기관 {n}", community="star", x=x, y=y) for n, x, y in turns
    )
    ties = tuple(Tie("n0", row.id, TieKind.GAP) for row in rows[1:])
    data = MapData(Meta("별", "Star"), rows, ties, communities=(Community("star", "별", "Star"),))
    opened.open(data, "#open=star")
    assert opened.ask("counts()")["drawnNodes"] == 1_200 + 1
    expect(opened.panel.locator(".note").first).to_have_text("그리지 않은 기관: 500")
    assert opened.ask("foldPlace('star')")["y"] > opened.ask("place('n0')")["y"]
    # So many lines are not drawn at each step of panning, but when it comes to rest.
    for _ in range(6):
        opened.page.keyboard.press("+")
    before = opened.ask("labels()")
    for _ in range(3):
        opened.page.keyboard.press("ArrowRight")
    opened.page.evaluate(f"({RESTED})({json.dumps(before)})")
    assert set(opened.ask("labels()")) - set(before)
    opened.open(data, "#sel=n1699")
    assert opened.ask("place('n1699')")["radius"] > 0


def test_a_phone_and_the_rules_of_axe(opened: MapPage, large: PlannerMap, browser: Browser) -> None:
    address = opened.open(large).address
    # The examiner is a script of its own, which the page's policy would not let run.
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}#open={members(large).most_common(1)[0][0]}&lang=en")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("button", name="All communities").first).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    found: dict[str, Any] = Axe().run(page).response
    serious = [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")]
    context.close()
    assert serious == []
