"""The map page in a real Chromium: what a planner sees and clicks."""

import re

from playwright.sync_api import expect

from tests.browser.map.fictional_map import HOSTILE, hostile_town
from tests.browser.map.map_page import MapPage, counted, sorted_by_degree
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import TieKind
from triplehelix.network_map.planner_map import PlannerMap

HUB = "academia-2"


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
