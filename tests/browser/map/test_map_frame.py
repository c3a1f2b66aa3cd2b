"""The map page elsewhere: in a notebook, on paper, empty, or added to."""

import re

from playwright.sync_api import expect

from tests.browser.map.map_page import MapPage, counted
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.planner_map import PlannerMap

HUB = "academia-2"


def test_frame_without_title(opened: MapPage, town_map: MapData) -> None:
    opened.page.set_viewport_size({"width": 960, "height": 540})
    opened.open(town_map, "#embed=1")
    expect(opened.page.locator("h1")).to_be_hidden()
    opened.click_on("academia-0")
    expect(opened.panel).to_be_visible()
    expect(opened.page).to_have_url(re.compile("embed=1"))


def test_a_notebook_frame_works(opened: MapPage, town_map: MapData) -> None:
    frame = PlannerMap(town_map)._repr_html_()
    path = opened.folder / "notebook.html"
    path.write_text(f"<!doctype html><meta charset='utf-8'>{frame}", encoding="utf-8")
    opened.address = path.as_uri()
    opened.go("")
    inner = opened.page.frame_locator("iframe")
    expect(inner.locator("#status")).to_have_text(counted(town_map))
    inner.get_by_role("button", name="English").click()
    expect(inner.locator("#status")).to_contain_text("Organisations")


def test_paper(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map, f"#sel={HUB}")
    pages = opened.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    opened.page.keyboard.press("Escape")
    paper = opened.page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841." in paper  # A4 landscape
    assert paper.count(b"/Type /Page\n") == 1
    assert pages > 1  # the evidence of what is chosen follows the map


def test_physics_asked_for_comes_to_rest(opened: MapPage, town_map: MapData) -> None:
    made = PlannerMap(town_map)
    made.toggle_physics(True)
    opened.open(made)
    for _ in range(100):
        if not opened.ask("moving()"):
            break
        opened.page.wait_for_timeout(100)
    assert opened.ask("moving()") is False


def test_what_a_notebook_user_adds_is_there(opened: MapPage, town_map: MapData) -> None:
    made = PlannerMap(town_map)
    made.add_node("new", label="새 기관", x=0, y=0, color="#224466")
    made.add_edge("new", "academia-0", label="함께")
    made.get_node("academia-0")["label"] = "이름을 바꾼 대학"
    opened.open(made)
    counts = opened.ask("counts()")
    assert counts["drawnNodes"] == len(town_map.organizations) + 1
    assert counts["drawnEdges"] == len(town_map.ties) + 1
    assert opened.ask("select('new')") is True
    expect(opened.panel.locator("h2")).to_have_text("새 기관")
    expect(opened.panel.locator(".ties")).to_contain_text("이름을 바꾼 대학")
    made.show_buttons()
    opened.open(made)
    expect(opened.page.locator(".vis-configuration-wrapper")).to_have_count(1)


def test_an_empty_map(opened: MapPage, town_map: MapData) -> None:
    opened.open(MapData(town_map.meta))
    expect(opened.status).to_have_text("기관 0/0 · 관계 0/0 · 협약 공백 0")
    opened.page.keyboard.press("n")
    opened.page.keyboard.press("0")


def test_paper_may_be_larger(opened: MapPage, town_map: MapData) -> None:
    page = opened.open(town_map).page
    page.evaluate("window.print = () => {}")
    for size, width in (("a3", b"1191."), ("a4", b"841.")):
        page.locator("#print summary").click()
        page.locator(f"#print-{size}").click()
        expect(page.locator("#print-a3")).to_be_hidden()
        paper = page.pdf(prefer_css_page_size=True)
        assert b"/MediaBox [0 0 " + width in paper
        assert paper.count(b"/Type /Page\n") == 1
