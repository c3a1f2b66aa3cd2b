"""The map page under typing, keys and fingers."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.map.map_page import MapPage, sorted_by_degree
from triplehelix.network_map.map_data import MapData

HUB = "academia-2"
PARALLEL = "academia-2~research-0~joint_work~0"
SEARCHES = (
    ("동국", "동국대학교 바이오메디캠퍼스"),
    ("동국대학교바이오", "동국대학교 바이오메디캠퍼스"),
    ("ㄷㄱㄷ", "동국대학교 바이오메디캠퍼스"),
    ("동ㄱㄷ", "동국대학교 바이오메디캠퍼스"),
    ("ㄷㄹㅁㅂ", "드론·모빌리티 협의회"),
    ("드론모빌리티", "드론·모빌리티 협의회"),
    ("하늘드로", "㈜하늘드론"),
    ("(주)하늘", "㈜하늘드론"),
    ("라온 바이오", "㈜라온콘텐츠"),
    ("aerospace univ", "한빛항공대학교"),
)


def test_search(opened: MapPage, town_map: MapData) -> None:
    rows = tuple(
        replace(row, alias=("라온바이오",)) if row.ko == "㈜라온콘텐츠" else row
        for row in town_map.organizations
    )
    opened.open(replace(town_map, organizations=rows))
    for typed, found in SEARCHES:
        opened.page.keyboard.press("/")
        opened.page.keyboard.insert_text(typed)
        expect(opened.page.locator("#hits li").first).to_contain_text(found)
        opened.page.keyboard.press("Enter")
        expect(opened.panel.locator("h2")).to_have_text(found)
        expect(opened.page.locator("#hits")).to_be_hidden()
        opened.page.keyboard.press("Escape")
        assert opened.ask("selected()") is None


def test_search_reads_decomposed_typing(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map).page.locator("#search").fill("\u1103\u1169\u11bc\u1100\u116e\u11a8")
    expect(opened.page.locator("#hits li")).to_have_count(1)
    expect(opened.page.locator("#hits li")).to_contain_text("동국대학교")


def test_search_without_a_hit(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map).page.locator("#search").fill("없는기관")
    expect(opened.page.locator("#hits")).to_have_text("찾은 기관이 없습니다")
    opened.page.keyboard.press("Enter")
    assert opened.ask("selected()") is None


def test_keyboard(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map)
    press = opened.page.keyboard.press
    ranked = [row.id for row in sorted_by_degree(town_map)]
    press("n")
    assert opened.ask("selected()") == ranked[0]
    press("n")
    assert opened.ask("selected()") == ranked[1]
    press("p")
    assert opened.ask("selected()") == ranked[0]
    press("Escape")
    assert opened.ask("selected()") is None
    press("0")
    scale, place = opened.ask("scale()"), opened.ask("place('academia-0')")
    press("+")
    assert opened.ask("scale()") > scale
    press("-")
    assert opened.ask("scale()") == pytest.approx(scale)
    press("ArrowRight")
    press("ArrowDown")
    moved = opened.ask("place('academia-0')")
    assert moved["x"] < place["x"]
    assert moved["y"] < place["y"]
    press("t")
    expect(opened.page.locator("#table")).to_be_visible()
    press("Escape")
    expect(opened.page.locator("#table")).to_be_hidden()
    press("/")
    expect(opened.page.locator("#search")).to_be_focused()
    opened.page.keyboard.type("n0+")
    assert opened.ask("selected()") is None


def test_every_control_can_be_reached_and_shows_its_focus(
    opened: MapPage, town_map: MapData
) -> None:
    opened.open(town_map)
    reached = set()
    for _ in range(80):
        opened.page.keyboard.press("Tab")
        name, outline = opened.page.evaluate(
            "[document.activeElement.id || document.activeElement.className,"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        if opened.page.evaluate("document.activeElement === document.body"):
            break  # past the last control
        reached.add(name)
        assert outline == "solid", name
    assert {"search", "gaps-only", "open-table", "language", "zoom-in", "vis-network"} <= reached


def test_a_phone_needs_no_sideways_scrolling(opened: MapPage, town_map: MapData) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.open(town_map)
    for fragment in ("", f"sel={HUB}", "table=1", f"lang=en&tie={PARALLEL}"):
        opened.page.evaluate("address => { location.hash = address; }", fragment)
        expect(opened.page.locator("#table")).to_be_visible(visible="table" in fragment)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
        for button in opened.page.locator("header button:visible").all():
            box = button.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
            assert box["height"] >= 32


def test_a_phone_opens_filters_and_panel_over_the_map(opened: MapPage, town_map: MapData) -> None:
    opened.page.set_viewport_size({"width": 390, "height": 844})
    opened.open(town_map)
    expect(opened.panel).to_be_hidden()
    expect(opened.page.locator("#filters")).to_be_hidden()
    opened.page.locator("#open-filters").click()
    opened.page.locator("#search").fill("한빛항공")
    opened.page.locator("#hits li").first.click()
    expect(opened.page.locator("#filters")).to_be_hidden()
    expect(opened.panel).to_be_visible()
    panel = opened.panel.bounding_box()
    box = opened.page.locator("#map").bounding_box()
    assert panel
    assert box
    place = opened.ask(f"place('{HUB}')")
    assert 0 < place["x"] < box["width"]
    assert 0 < place["y"] < panel["y"] - box["y"]
    opened.panel.get_by_label("닫기").click()
    expect(opened.panel).to_be_hidden()


def test_a_finger_need_not_hit_exactly(opened: MapPage, town_map: MapData, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    phone = MapPage(context.new_page(), opened.folder).open(town_map)
    place, box = phone.ask("place('far-1')"), phone.page.locator("#map").bounding_box()
    assert box
    phone.page.touchscreen.tap(box["x"] + place["x"] + place["radius"] + 9, box["y"] + place["y"])
    expect(phone.panel.locator("h2")).to_have_text("먼섬군청")
    assert phone.complaints == []
    context.close()
