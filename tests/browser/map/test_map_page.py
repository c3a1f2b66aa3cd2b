"""The map page in a real Chromium: what a planner sees, types and clicks."""

import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.map.fictional_map import HOSTILE, hostile_town
from tests.browser.map.map_page import MapPage
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import TieKind
from triplehelix.network_map.planner_map import PlannerMap

HUB = "academia-2"
PARALLEL = "academia-2~research-0~joint_work~0"


def counted(data: MapData, **change: int) -> str:
    kinds = [tie.kind for tie in data.ties]
    numbers = {
        "organizations": len(data.organizations),
        "ties": len(data.ties),
        "gaps": kinds.count(TieKind.GAP),
    } | change
    return (
        f"기관 {numbers['organizations']}/{len(data.organizations)}"
        f" · 관계 {numbers['ties']}/{len(data.ties)} · 협약 공백 {numbers['gaps']}"
    )


def gap_ends(data: MapData) -> int:
    gaps = [tie for tie in data.ties if tie.kind is TieKind.GAP]
    return len({end for tie in gaps for end in (tie.source, tie.target)})


def test_everything_is_drawn(opened: MapPage, town_map: MapData) -> None:
    counts = opened.open(town_map).ask("counts()")
    assert counts["drawnNodes"] == counts["organizations"] == len(town_map.organizations)
    assert counts["drawnEdges"] == counts["ties"] == len(town_map.ties)
    assert opened.ask("moving()") is False
    expect(opened.status).to_have_text(counted(town_map))
    assert opened.page.title() == town_map.meta.title_ko


def test_hostile_text_stays_text(opened: MapPage) -> None:
    data = hostile_town()
    rows = data.organizations
    made = PlannerMap(data)
    made.add_node("note", label=HOSTILE, title=HOSTILE, shape="box")
    made.add_edge("note", rows[0].id, title=HOSTILE)
    opened.open(made, f"#sel={rows[0].id}")
    expect(opened.panel.locator("h2")).to_have_text("가람대 " + HOSTILE)
    for summary in opened.panel.locator("summary").all():
        summary.click()
    opened.page.locator("#open-table").click()
    opened.page.locator("#search").fill("img")
    expect(opened.page.locator("#hits li").first).to_contain_text("<img")
    assert opened.page.locator("img, #panel script, #hits script, #table script").count() == 0
    assert opened.page.evaluate("window.hurt ?? 0") == 0
    assert opened.ask("counts()")["drawnNodes"] == len(rows) + 1


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


def test_filters(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map)
    industry = sum(row.sector == "industry" for row in town_map.organizations)
    opened.page.locator("#sectors label", has_text="산업계").locator("input").uncheck()
    assert opened.ask("counts()")["organizations"] == len(town_map.organizations) - industry
    opened.page.locator("#reset").click()
    expect(opened.status).to_have_text(counted(town_map))
    joint = sum(tie.kind is TieKind.JOINT_WORK for tie in town_map.ties)
    opened.page.locator("#kinds label", has_text="공동사업").locator("input").uncheck()
    assert opened.ask("counts()")["ties"] == len(town_map.ties) - joint


def test_gaps_only(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map).page.get_by_label("협약 공백만 보기").check()
    gaps = sum(tie.kind is TieKind.GAP for tie in town_map.ties)
    expect(opened.status).to_have_text(
        counted(town_map, organizations=gap_ends(town_map), ties=gaps)
    )
    expect(opened.page).to_have_url(re.compile("gaps=1"))


def test_panel_shows_measures_ties_and_evidence(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map).click_on(HUB)
    expect(opened.panel.locator("h2")).to_have_text("한빛항공대학교")
    expect(opened.panel.locator("dd")).to_have_text(["8", "10.5", "0.103"])
    ties = [tie for tie in town_map.ties if HUB in (tie.source, tie.target)]
    expect(opened.panel.locator(".ties > li")).to_have_count(len(ties))
    expect(opened.panel.locator("h3").first).to_contain_text("협약 공백")
    opened.panel.locator("summary").first.click()
    quote = opened.panel.locator("blockquote").first
    expect(quote.locator("p")).to_have_text(ties[0].evidence[0].quote)
    expect(quote.locator("cite")).to_contain_text("줄")
    expect(quote.locator("cite")).to_contain_text("가람시 산학연 협력 기본계획")
    opened.panel.get_by_role("button", name="미리내드론연구원").first.click()
    assert opened.ask("selected()") == "research-0"


def test_a_click_on_a_tie_and_on_nothing(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map)
    one, two = opened.ask("place('government-0')"), opened.ask("place('government-5')")
    opened.page.locator("#map").click(
        position={"x": (one["x"] + two["x"]) / 2, "y": (one["y"] + two["y"]) / 2}
    )
    assert opened.ask("selectedTie()") is not None
    expect(opened.panel.locator("blockquote")).to_have_count(1)
    expect(opened.panel.locator("blockquote")).to_be_visible()
    opened.page.locator("#map").click(position={"x": 4, "y": 4})
    assert opened.ask("selectedTie()") is None
    expect(opened.panel.locator("h2")).to_have_text("연결이 많은 기관")


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


def sorted_by_degree(data: MapData) -> list[Any]:
    degrees = dict(zip((row.id for row in data.organizations), data.degrees, strict=True))
    return sorted(data.organizations, key=lambda row: -degrees[row.id])


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


def test_labels_begin_with_hubs_and_end_with_all(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map)
    opened.page.set_viewport_size({"width": 920, "height": 480})
    opened.page.keyboard.press("0")
    opened.page.wait_for_timeout(100)
    some = opened.ask("labels()")
    hubs = [row.id for row in sorted_by_degree(town_map)[:4]]
    assert some[0] == hubs[0]
    assert set(hubs) <= set(some)
    assert len(some) < len(town_map.organizations)
    opened.page.set_viewport_size({"width": 1440, "height": 900})
    opened.ask("select('intermediary-0')")
    for _ in range(4):
        opened.page.keyboard.press("+")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_timeout(100)
    box = opened.page.locator("#map").bounding_box()
    assert box
    inside = []
    for row in town_map.organizations:
        place = opened.ask(f"place('{row.id}')")
        if 0 < place["x"] < box["width"] and 0 < place["y"] < box["height"]:
            inside.append(row.id)
    assert inside
    assert set(inside) <= set(opened.ask("labels()"))


def test_table_sorts_and_selects(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map).page.get_by_role("button", name="표", exact=True).click()
    rows = opened.page.locator("#table tbody tr")
    expect(rows).to_have_count(len(town_map.organizations))
    expect(rows.first.locator("td").first).to_have_text("가람대학교")
    opened.page.locator("#sort-gap").click()
    gaps = [int(text) for text in opened.page.locator("#table td:nth-child(10)").all_inner_texts()]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0
    expect(opened.page.locator("th", has_text="협약 공백")).to_have_attribute(
        "aria-sort", "descending"
    )
    opened.page.locator("#sort-organization").click()
    names = opened.page.locator("#table td:first-child").all_inner_texts()
    expect(opened.page.locator("#sort-organization")).to_be_focused()
    opened.page.locator("#sort-organization").click()
    assert opened.page.locator("#table td:first-child").all_inner_texts() == names[::-1]
    rows.first.get_by_role("button").click()
    expect(opened.panel.locator("h2")).to_have_text(names[-1])


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


def test_communities_stand_behind_the_picture(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map)
    named = opened.ask("hulls()")
    assert len(named) >= len(town_map.communities) - 2
    assert set(named) <= {row.id for row in town_map.communities}
    opened.page.locator("#hulls").uncheck()
    assert opened.ask("hulls()") == []
    expect(opened.page).to_have_url(re.compile("hulls=0"))
    opened.go("#hulls=0&sectors=academia")
    expect(opened.page.locator("#hulls")).not_to_be_checked()
    opened.page.locator("#reset").click()
    assert len(opened.ask("hulls()")) >= len(town_map.communities) - 2


def test_sizes_follow_the_chosen_measure(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map)
    small = max(town_map.organizations, key=lambda row: row.betweenness or 0)
    before = opened.ask(f"place('{small.id}')")["radius"] / opened.ask("scale()")
    opened.page.locator("#size-by").select_option("betweenness")
    after = opened.ask(f"place('{small.id}')")["radius"] / opened.ask("scale()")
    assert after > before
    expect(opened.page).to_have_url(re.compile("size=betweenness"))
    expect(opened.panel.locator(".ranking button").first).to_have_text(small.ko)
    opened.page.locator("#reset").click()
    assert opened.ask(f"place('{small.id}')")["radius"] / opened.ask("scale()") == before
    opened.go("#size=weight")
    expect(opened.page.locator("#size-by")).to_have_value("degree")


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
