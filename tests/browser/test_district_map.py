"""The district map and the matrices in a real Chromium: choosing, filters, keyboard, language."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from triplehelix.district_map.district_site import write_districts
from triplehelix.matrix_page.matrix_site import write_matrix
from triplehelix.report import Report

NAMES = ("districts", "matrix")


@pytest.fixture(scope="module")
def folder(shipped_build: Path) -> Path:
    return shipped_build / "site"


@pytest.fixture
def opened(page: Page) -> Iterator[Page]:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": 1440, "height": 1000})
    yield page
    assert complaints == []
    assert {url.split(":")[0] for url in asked} == {"file"}


def mark(page: Page, code: str) -> Any:
    return page.locator(f"#marks g[data-code='{code}']")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_one_file_with_both_languages(opened: Page, folder: Path, name: str) -> None:
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((folder / f"{name}.html").as_uri())
    assert opened.evaluate("getComputedStyle(document.body).margin") == "0px"
    opened.evaluate("window.stayed = true")
    opened.locator("#language").click()
    expect(opened.locator("h1 .t[lang=en]")).to_be_visible()
    expect(opened.locator("h1 .t[lang=ko]")).to_be_hidden()
    assert opened.evaluate("window.stayed") is True
    assert opened.locator(".tools a").last.get_attribute("href") == "matrix.html?lang=en"
    assert len(asked) == 1


def test_the_map_itself_changes_its_language(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri() + "#area=41280")
    expect(opened.locator("#panel h3")).to_have_text("고양시")
    expect(opened.locator("#marks")).to_contain_text("고양시")
    opened.locator("#language").click()
    expect(opened.locator("#panel h3")).to_have_text("Goyang")
    expect(opened.locator("#marks")).to_contain_text("Goyang")
    expect(opened.locator("#marks")).not_to_contain_text("고양시")
    expect(opened.locator("#area-table")).to_contain_text("Ties within")
    expect(opened).to_have_url(re.compile("lang=en"))


def test_a_district_tells_what_it_holds(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    expect(mark(opened, "41280").locator(".count")).to_have_text("18")
    mark(opened, "41280").locator(".disc").click()
    expect(mark(opened, "41280")).to_have_attribute("aria-pressed", "true")
    expect(opened.locator(".figures-of dd").first).to_have_text("18")
    row = opened.locator("#area-table tr[data-key='41280']")
    figures = row.locator("td.figure").all_text_contents()
    assert sum(map(int, figures[1:7])) == int(figures[0]) == 18
    shown = opened.locator(".figures-of dd").all_text_contents()
    assert [figures[0], *figures[7:]] == shown
    listed = opened.locator("#panel h4.gap + ul li")
    expect(listed).to_have_count(int(figures[-1]))
    opened.locator("#panel a.record", has_text="고양산업진흥원").first.click()
    expect(opened).to_have_url(re.compile("/records/"))
    expect(opened.locator("h1")).to_contain_text("고양산업진흥원")


def test_a_tie_between_districts_names_its_pairs(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    line = opened.locator("#line-table tbody tr").first
    count = int(line.locator("td.figure").first.text_content() or "")
    key = line.get_attribute("data-key")
    line.get_by_role("button").click()
    expect(opened.locator("#panel")).to_be_focused()
    expect(opened.locator("#panel li")).to_have_count(count)
    expect(opened.locator(f"#strands g[data-line='{key}']")).to_have_class("chosen")
    opened.locator("#panel h3 button").first.click()
    expect(opened.locator("#marks g[aria-pressed=true]")).to_have_count(1)


def test_gaps_are_dashed_and_can_be_shown_alone(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    every = opened.locator("#strands .strand").count()
    gaps = opened.locator("#strands .strand.gap").count()
    assert 0 < gaps < every
    dashes = opened.locator("#strands .strand.gap").first.evaluate(
        "line => getComputedStyle(line).strokeDasharray"
    )
    assert dashes == "7px, 5px"
    opened.locator("#gaps-only").check()
    expect(opened.locator("#strands .strand")).to_have_count(gaps)
    expect(opened.locator("#strands .strand:not(.gap)")).to_have_count(0)
    opened.locator("#gaps-only").uncheck()
    opened.locator("input[value=gap]").uncheck()
    expect(opened.locator("#strands .strand.gap")).to_have_count(0)


def test_sectors_are_filtered_and_the_address_keeps_it(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    before = int(mark(opened, "41280").locator(".count").text_content() or "")
    opened.locator("input[value=government]").uncheck()
    after = int(mark(opened, "41280").locator(".count").text_content() or "")
    assert 0 < after < before
    address = opened.url
    assert "off=government" in address
    opened.goto("about:blank")
    opened.goto(address)
    expect(opened.locator("input[value=government]")).not_to_be_checked()
    expect(mark(opened, "41280").locator(".count")).to_have_text(str(after))
    opened.locator("#reset").click()
    expect(mark(opened, "41280").locator(".count")).to_have_text(str(before))


def test_back_and_forward_lead_from_choice_to_choice(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    mark(opened, "41280").locator(".disc").click()
    mark(opened, "11740").locator(".disc").click()
    expect(opened.locator("#panel h3")).to_have_text("강동구")
    opened.go_back()
    expect(opened.locator("#panel h3")).to_have_text("고양시")
    opened.go_forward()
    expect(opened.locator("#panel h3")).to_have_text("강동구")


def test_the_keyboard_goes_from_district_to_district(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    expect(opened.locator("#marks g[tabindex='0']")).to_have_count(1)
    opened.locator("#marks g[tabindex='0']").focus()
    first = opened.evaluate("document.activeElement.dataset.code")
    opened.keyboard.press("ArrowRight")
    second = opened.evaluate("document.activeElement.dataset.code")
    assert first != second
    ring = opened.locator("#marks g:focus-visible .disc").evaluate(
        "disc => getComputedStyle(disc).stroke"
    )
    assert ring == "rgb(240, 165, 0)"
    opened.keyboard.press("Enter")
    expect(mark(opened, second)).to_have_attribute("aria-pressed", "true")
    assert opened.evaluate("document.activeElement.dataset.code") == second
    opened.keyboard.press("Escape")
    expect(opened.locator("#marks g[aria-pressed=true]")).to_have_count(0)


def test_the_view_opens_where_the_data_is(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())

    def width() -> float:
        return float((opened.locator("#map").get_attribute("viewBox") or "").split()[2])

    near = width()
    assert near < 3000
    for code in ("41280", "11", "41410"):
        expect(mark(opened, code).locator(".disc")).to_be_in_viewport()
    opened.locator("#whole").click()
    assert width() > 9000
    expect(opened.locator("#whole")).to_have_attribute("aria-pressed", "true")
    opened.locator("#whole").click()
    assert width() == near
    opened.locator("#zoom-in").click()
    assert width() < near


def test_the_map_is_dragged_without_choosing(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    place = mark(opened, "41280").locator(".disc").bounding_box()
    opened.mouse.move(place["x"] + 8, place["y"] + 8)
    opened.mouse.down()
    opened.mouse.move(place["x"] + 68, place["y"] + 38, steps=4)
    opened.mouse.up()
    moved = mark(opened, "41280").locator(".disc").bounding_box()
    assert moved["x"] - place["x"] == pytest.approx(60, abs=6)
    assert moved["y"] - place["y"] == pytest.approx(30, abs=6)
    expect(opened.locator("#marks g[aria-pressed=true]")).to_have_count(0)
    mark(opened, "11740").locator(".disc").click()
    expect(opened.locator("#panel h3")).to_have_text("강동구")


def test_a_label_hides_no_mark(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri())
    hidden = opened.evaluate("""() => {
      const boxes = (what) =>
        [...document.querySelectorAll(what)].map((found) => found.getBoundingClientRect());
      const [discs, labels] = [boxes("#marks .disc"), boxes("#marks .label")];
      const apart = (one, two, side, other) => one[other] - 3 <= two[side];
      const meet = (a, b) => !(apart(a, b, "left", "right") || apart(b, a, "left", "right")
        || apart(a, b, "top", "bottom") || apart(b, a, "top", "bottom"));
      const doubled = labels.filter((one, at) =>
        labels.some((two, other) => at < other && meet(one, two)));
      const covering = labels.filter((label) => discs.some((disc) => meet(label, disc)));
      return doubled.length + covering.length;
    }""")
    assert hidden == 0
    assert opened.locator("#marks .label").count() > 8


def test_tables_are_ordered_by_any_column(opened: Page, folder: Path) -> None:
    opened.goto((folder / "districts.html").as_uri() + "#lang=en")
    heading = opened.locator("#area-table th", has_text="Agreement gaps")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    values = [int(t) for t in opened.locator("#area-table td:last-child").all_text_contents()]
    assert values == sorted(values, reverse=True)
    heading.get_by_role("button").click()
    assert opened.locator("#area-table td:last-child").first.text_content() == str(min(values))


def test_names_that_are_markup_do_nothing(
    opened: Page, hostile_report: Report, tmp_path: Path
) -> None:
    organizations = hostile_report.holdings.organizations.values()
    codes = {place: "4128000000" for o in organizations for place in o.places}
    write_districts(hostile_report, codes, tmp_path)
    write_matrix(hostile_report, tmp_path)
    opened.goto((tmp_path / "districts.html").as_uri() + "#area=41280")
    expect(opened.locator("#panel")).to_contain_text("<img src=x onerror=")
    opened.goto((tmp_path / "matrix.html").as_uri())
    for cell in opened.locator(".cell").all():
        cell.click()
    assert opened.evaluate("window.hit") is None
    assert opened.locator("img").count() == 0


def test_a_cell_opens_what_it_counts(opened: Page, folder: Path) -> None:
    opened.goto((folder / "matrix.html").as_uri())
    cell = opened.locator("[id='sector.academia.government']")
    cell.focus()
    opened.keyboard.press("Enter")
    expect(cell).to_have_attribute("aria-expanded", "true")
    expect(opened.locator("#sector-list")).to_be_focused()
    count = int(cell.locator("b").text_content() or "")
    expect(opened.locator("#sector-list li")).to_have_count(count)
    address = opened.url
    opened.keyboard.press("Escape")
    expect(opened.locator("#sector-list")).to_be_hidden()
    expect(cell).to_be_focused()
    opened.goto("about:blank")
    opened.goto(address)
    expect(opened.locator("#sector-list li")).to_have_count(count)
    opened.locator("#theme-matrix .cell").first.click()
    expect(opened.locator("#sector-list")).to_be_hidden()
    expect(opened.locator("#theme-list li")).to_have_count(
        int(opened.locator("#theme-matrix .cell b").first.text_content() or "")
    )
    opened.go_back()
    expect(opened.locator("#sector-list li")).to_have_count(count)
    opened.locator("#language").click()
    expect(opened.locator("#sector-list h3")).to_contain_text("pairs that work together")
    expect(opened).to_have_url(re.compile("lang=en"))
    opened.locator("#sector-list a.record").first.click()
    expect(opened).to_have_url(re.compile("/records/"))


def test_the_start_page_leads_there_in_its_language(opened: Page, folder: Path) -> None:
    opened.goto((folder / "index.html").as_uri() + "?lang=en")
    for name in NAMES:
        link = opened.locator(f"a.page[href^='{name}']")
        expect(link).to_have_attribute("href", f"{name}.html?lang=en")
    link.click()
    expect(opened.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("name", NAMES)
def test_printing_fits_the_paper(opened: Page, folder: Path, name: str) -> None:
    opened.goto((folder / f"{name}.html").as_uri())
    opened.set_viewport_size({"width": 1030, "height": 700})
    opened.emulate_media(media="print")
    expect(opened.locator(".tools")).to_be_hidden()
    width = opened.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    assert opened.pdf(format="A4", landscape=True).startswith(b"%PDF")


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_scrolls_tables_but_not_the_page(opened: Page, folder: Path, name: str) -> None:
    opened.set_viewport_size({"width": 390, "height": 800})
    opened.goto((folder / f"{name}.html").as_uri())
    for language in ("ko", "en"):
        expect(opened.locator("html")).to_have_attribute("lang", language)
        width = opened.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1]
        opened.locator("#language").click()
