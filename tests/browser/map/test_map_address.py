"""The languages of the map page, and the links that lead to one view of it."""

import re

from playwright.sync_api import expect

from tests.browser.map.map_page import MapPage
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.planner_map import PlannerMap

HUB = "academia-2"
PARALLEL = "academia-2~research-0~joint_work~0"


def test_language_switch(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map).click_on(HUB)
    opened.page.get_by_role("button", name="English").click()
    expect(opened.panel.locator("h2")).to_have_text("Hanbit Aerospace University")
    expect(opened.page.locator("h1")).to_have_text(town_map.meta.title_en)
    expect(opened.status).to_contain_text("Organisations")
    assert opened.page.title() == town_map.meta.title_en
    expect(opened.page.locator("html")).to_have_attribute("lang", "en")
    expect(opened.page).to_have_url(re.compile("lang=en"))
    opened.page.get_by_role("button", name="한국어").click()
    expect(opened.panel.locator("h2")).to_have_text("한빛항공대학교")


def test_an_english_page_speaks_english_at_once(opened: MapPage, town_map: MapData) -> None:
    opened.open(PlannerMap(town_map, language="en"))
    expect(opened.page.locator("h1")).to_have_text(town_map.meta.title_en)


def test_a_link_leads_to_the_same_view(opened: MapPage, town_map: MapData) -> None:
    fragment = f"#lang=en&sel={HUB}&kinds=gap,agreement&sectors=academia,industry,none"
    opened.open(town_map, fragment)
    before = opened.ask("counts()")
    assert 0 < before["ties"] < len(town_map.ties)
    opened.go("#" + opened.page.url.split("#")[1])
    assert opened.ask("counts()") == before
    assert opened.ask("selected()") == HUB
    assert opened.ask("language()") == "en"
    assert opened.page.locator("#kinds input:checked").count() == 2
    opened.go(f"#tie={PARALLEL}")
    assert opened.ask("selectedTie()") == PARALLEL
    opened.page.evaluate("location.hash = 'sel=academia-0'")
    expect(opened.panel.locator("h2")).to_have_text("가람대학교")


def test_a_link_with_nonsense_shows_the_whole(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map, "#lang=xx&sel=nobody&tie=%00&kinds=__proto__,gap&constructor=1")
    assert opened.ask("language()") == "ko"
    assert opened.ask("selected()") is None
