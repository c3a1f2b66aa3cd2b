"""The map by what ties are about and when: theme, programme, place, host, rung and year."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.map.map_page import MapPage
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import Initiative, Meta, Tie, TieKind
from triplehelix.network_map.planner_map import PlannerMap


def initiatives(data: MapData, tie: Tie) -> list[Initiative]:
    return [row for row in data.initiatives if row.id in tie.initiatives]


def ends_in(data: MapData, tie: Tie, place: str) -> bool:
    rows = {row.id: row for row in data.organizations}
    return any(place in rows[end].places for end in (tie.source, tie.target))


def is_hosted(data: MapData, tie: Tie, host: str) -> bool:
    return host in (tie.source, tie.target) or any(
        host in row.hosts for row in initiatives(data, tie)
    )


def lasts(since: str, until: str, year: int) -> bool:
    return (not since or int(since[:4]) <= year) and (not until or int(until[:4]) >= year)


def is_then(data: MapData, tie: Tie, year: int) -> bool:
    if tie.since or tie.until:
        return lasts(tie.since, tie.until, year)
    return any(
        lasts(row.since, row.until or (row.since if row.event else ""), year)
        for row in initiatives(data, tie)
    )


CHOICES: dict[str, tuple[str, str, Callable[[MapData, Tie], bool]]] = {
    "theme": (
        "#by-theme",
        "drone",
        lambda data, tie: (
            "drone" in tie.themes or any("drone" in row.themes for row in initiatives(data, tie))
        ),
    ),
    "programme": (
        "#by-programme",
        "ai-school",
        lambda data, tie: "ai-school" in tie.initiatives,
    ),
    "place": (
        "#by-place",
        "naru",
        lambda data, tie: (
            ends_in(data, tie, "naru")
            or any("naru" in row.places for row in initiatives(data, tie))
        ),
    ),
    "host": ("#by-host", "academia-0", lambda data, tie: is_hosted(data, tie, "academia-0")),
    "rung": ("#by-rung", "2", lambda data, tie: tie.rung == "agreement"),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_shows_its_ties_and_no_others(
    opened: MapPage, town_map: MapData, choice: str
) -> None:
    control, value, belongs = CHOICES[choice]
    opened.open(town_map)
    opened.page.locator(control).select_option(value)
    shown = [tie for tie in town_map.ties if belongs(town_map, tie)]
    assert 0 < len(shown) < len(town_map.ties)
    counts = opened.ask("counts()")
    assert counts["ties"] == len(shown)
    assert counts["organizations"] == len({end for t in shown for end in (t.source, t.target)})
    expect(opened.page).to_have_url(re.compile(f"{choice}="))
    opened.go("#" + opened.page.url.split("#")[1])
    assert opened.ask("counts()") == counts
    expect(opened.page.locator(control)).to_have_value(value)


@pytest.mark.parametrize("year", [2019, 2020, 2023, 2026])
def test_a_year_shows_what_lasted_then(opened: MapPage, town_map: MapData, year: int) -> None:
    opened.open(town_map, f"#year={year}")
    shown = sum(is_then(town_map, tie, year) for tie in town_map.ties)
    assert opened.ask("counts()")["ties"] == shown
    expect(opened.page.locator("output")).to_have_text(str(year))


def test_the_slider_moves_by_keyboard_and_leaves_one_step_back(
    opened: MapPage, town_map: MapData
) -> None:
    page = opened.open(town_map).page
    page.locator("#by-theme").select_option("drone")
    slider = page.locator("#by-year")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_be_focused()
    expect(page).to_have_url(re.compile("year=2024"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("year="))
    expect(page).not_to_have_url(re.compile("theme="))
    expect(page.locator("#by-theme")).to_have_value("")
    assert opened.ask("counts()")["ties"] == len(town_map.ties)
    page.go_forward()
    expect(page).to_have_url(re.compile("theme=drone"))
    expect(page.locator("output")).to_have_text("2024")


def test_play_goes_from_year_to_year_and_stops(opened: MapPage, town_map: MapData) -> None:
    opened.page.clock.install()
    page = opened.open(town_map, "#year=2025").page
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_text("멈춤")
    page.clock.run_for(2500)
    expect(page.locator("output")).to_have_text("2027")
    page.clock.run_for(1500)
    expect(page.locator("#play")).to_have_text("재생")
    page.locator("#play").click()
    expect(page.locator("output")).to_have_text("2019")
    page.locator("#all-years").click()
    expect(page.locator("output")).to_have_text("모든 해")
    page.clock.run_for(2500)
    expect(page).not_to_have_url(re.compile("year="))


def test_reset_clears_every_choice(opened: MapPage, town_map: MapData) -> None:
    page = opened.open(town_map, "#theme=drone&year=2021&rung=programme&lang=en").page
    assert opened.ask("counts()")["ties"] < len(town_map.ties)
    expect(page.locator("label[for=by-theme]")).to_have_text("Theme")
    page.locator("#reset").click()
    assert opened.ask("counts()")["ties"] == len(town_map.ties)
    expect(page.locator("output")).to_have_text("All years")


def test_what_is_not_there_cannot_be_chosen(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map, "#theme=nothing&year=1900&rung=none&host=firm-1")
    assert opened.ask("counts()")["ties"] == len(town_map.ties)


def test_a_map_without_subjects_has_no_such_choice(opened: MapPage) -> None:
    bare = PlannerMap(MapData(Meta("지도", "Map")))
    bare.add_node("a", label="가")
    bare.add_node("b", label="나")
    bare.add_edge("a", "b")
    opened.open(bare)
    expect(opened.page.locator("#subjects")).to_be_hidden()
    assert opened.ask("counts()")["ties"] == 1


def test_two_years_are_compared(opened: MapPage, town_map: MapData) -> None:
    page = opened.open(town_map, "#year=2023").page
    page.locator("#against").select_option("2020")
    now, then = (
        {number for number, tie in enumerate(town_map.ties) if is_then(town_map, tie, year)}
        for year in (2023, 2020)
    )
    assert opened.ask("counts()")["ties"] == len(now | then)
    told = [f"새로 생김{len(now - then)}", f"없어짐{len(then - now)}", f"그대로{len(now & then)}"]
    marks = page.locator("#subjects .mark")
    assert [text.replace("\n", "") for text in marks.all_inner_texts()] == told
    expect(page).to_have_url(re.compile("against=2020"))
    opened.go("#" + page.url.split("#")[1])
    expect(page.locator("#against")).to_have_value("2020")
    assert opened.ask("counts()")["ties"] == len(now | then)
    page.locator("#all-years").click()
    expect(marks).to_have_count(0)
    assert opened.ask("counts()")["ties"] == len(town_map.ties)


def test_the_panel_names_what_a_tie_stands_for(opened: MapPage, town_map: MapData) -> None:
    tie = next(tie for tie in town_map.ties if tie.kind is TieKind.GAP)
    opened.open(town_map, f"#tie={tie.source}~{tie.target}~gap~0")
    listed = opened.panel.locator(".initiatives li")
    expect(listed).to_have_count(2)
    expect(listed.first).to_contain_text("드론 실증 지원")
    expect(listed.first).to_contain_text("2021부터 2023-06까지 · 드론 · 집행 120백만원 (2022)")
    opened.page.locator("#language").click()
    expect(listed.first).to_contain_text("from 2021 until 2023-06 · Drones")
    opened.ask(f"select('{tie.source}')")
    opened.panel.locator(".taken summary").click()
    expect(opened.panel.locator(".taken li").first).to_be_visible()
