"""Neighbourhoods and shortest ways, held against NetworkX."""

import re

import networkx as nx
import pytest
from playwright.sync_api import expect

from tests.browser.map.map_page import MapPage
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import TieKind


def network(data: MapData, *kinds: TieKind) -> "nx.Graph[str]":
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(row.id for row in data.organizations)
    made.add_edges_from((t.source, t.target) for t in data.ties if not kinds or t.kind in kinds)
    return made


@pytest.mark.parametrize("steps", [1, 2])
def test_a_neighbourhood_is_what_can_be_reached(
    opened: MapPage, town_map: MapData, steps: int
) -> None:
    opened.open(town_map, "#sel=government-0")
    opened.panel.get_by_role("button", name=("이웃만", "두 걸음까지")[steps - 1]).click()
    near = nx.ego_graph(network(town_map), "government-0", steps)
    counts = opened.ask("counts()")
    assert counts["organizations"] == len(near)
    ties = [t for t in town_map.ties if t.source in near and t.target in near]
    assert counts["ties"] == len(ties)
    expect(opened.page).to_have_url(re.compile(f"around={steps}"))
    opened.go("#" + opened.page.url.split("#")[1])
    assert opened.ask("counts()") == counts
    button = opened.panel.get_by_role("button", name=("이웃만", "두 걸음까지")[steps - 1])
    button.focus()
    opened.page.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert opened.ask("counts()")["organizations"] == len(town_map.organizations)


@pytest.mark.parametrize(
    ("start", "end"),
    [("government-0", "firm-3"), ("academia-2", "research-0"), ("firm-0", "firm-19")],
)
def test_the_shortest_ways_are_those_of_networkx(
    opened: MapPage, town_map: MapData, start: str, end: str
) -> None:
    names = {row.id: row.ko for row in town_map.organizations}
    ways = list(nx.all_shortest_paths(network(town_map), start, end))
    opened.open(town_map, f"#sel={start}")
    opened.panel.get_by_role("button", name="다른 기관까지의 길").click()
    expect(opened.panel.locator(".questions .note")).to_be_visible()
    opened.page.locator("#search").fill(names[end])
    opened.page.locator("#hits li").first.click()
    told = f"걸음 {len(ways[0]) - 1} · 가장 짧은 길 {len(ways)}"
    expect(opened.panel.locator(".ways")).to_be_visible()
    expect(opened.panel).to_contain_text(told)
    listed = {item.inner_text() for item in opened.panel.locator(".ways li").all()}
    wanted = {" → ".join(names[step] for step in way) for way in ways}
    assert listed == wanted if len(ways) <= 12 else listed < wanted
    expect(opened.page).to_have_url(re.compile(f"to={end}"))
    opened.go("#" + opened.page.url.split("#")[1])
    expect(opened.panel).to_contain_text(told)
    # Whoever is chosen next is chosen as always.
    opened.panel.locator(".ways button").last.click()
    assert opened.ask("selected()") == end
    expect(opened.page).not_to_have_url(re.compile("to="))


def test_ways_run_over_what_is_shown(opened: MapPage, town_map: MapData) -> None:
    agreements = network(town_map, TieKind.AGREEMENT)
    assert not nx.has_path(agreements, "government-0", "firm-3")
    opened.open(town_map, "#sel=government-0&to=firm-3&kinds=agreement")
    expect(opened.panel).to_contain_text("보이는 관계로는 이어지지 않습니다.")
    opened.page.locator("#language").click()
    expect(opened.panel).to_contain_text("No way leads there")


def test_escape_leaves_the_question_before_the_choice(opened: MapPage, town_map: MapData) -> None:
    page = opened.open(town_map, "#sel=government-0").page
    ask = opened.panel.get_by_role("button", name="다른 기관까지의 길")
    ask.focus()
    page.keyboard.press("Enter")
    expect(opened.panel.get_by_role("button", name="다른 기관까지의 길")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("Escape")
    assert opened.ask("selected()") == "government-0"
    page.keyboard.press("Escape")
    assert opened.ask("selected()") is None


def test_a_link_to_itself_asks_nothing(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map, "#sel=government-0&to=government-0&around=7")
    assert opened.ask("counts()")["organizations"] == len(town_map.organizations)
    expect(opened.panel.locator(".ways")).to_have_count(0)
