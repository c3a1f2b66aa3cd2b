"""The pages of measures in a real Chromium, opened as files: language, filters, order, print."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from triplehelix.analysis_pages.analysis_site import PAGES


@pytest.fixture(scope="module")
def folder(town_build: Path) -> Path:
    return town_build / "site"


@pytest.fixture
def opened(page: Page) -> Iterator[Page]:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": 1280, "height": 900})
    yield page
    assert complaints == []
    assert {url.split(":")[0] for url in asked} == {"file"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_one_file_with_both_languages(opened: Page, folder: Path, name: str) -> None:
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((folder / f"{name}.html").as_uri())
    assert opened.evaluate("getComputedStyle(document.body).margin") == "0px"
    expect(opened.locator("h1 .t[lang=ko]")).to_be_visible()
    expect(opened.locator("h1 .t[lang=en]")).to_be_hidden()
    opened.evaluate("window.stayed = true")
    opened.locator("#language").click()
    expect(opened.locator("h1 .t[lang=en]")).to_be_visible()
    expect(opened.locator("h1 .t[lang=ko]")).to_be_hidden()
    assert opened.evaluate("window.stayed") is True
    assert opened.locator(".tools a").nth(1).get_attribute("href") == "desk.html?lang=en"
    assert len(asked) == 1


def test_the_start_page_leads_there_in_its_language(opened: Page, folder: Path) -> None:
    opened.goto((folder / "index.html").as_uri() + "?lang=en")
    for name in PAGES:
        link = opened.locator(f"a.page[href^='{name}']")
        expect(link).to_have_attribute("href", f"{name}.html?lang=en")
    link.click()
    expect(opened.locator("html")).to_have_attribute("lang", "en")
    opened.get_by_role("link", name="Start", exact=True).click()
    expect(opened.locator("html")).to_have_attribute("lang", "en")


def test_hubs_are_ordered_by_the_chosen_measure(opened: Page, folder: Path) -> None:
    opened.goto((folder / "hubs.html").as_uri() + "?lang=en")
    heading = opened.locator("#hub-table th", has_text="Closeness")
    expect(heading).to_have_attribute("aria-sort", "none")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    place = heading.evaluate("heading => heading.cellIndex")
    cells = opened.locator(f"#hub-table tbody tr > :nth-child({place + 1}) div:first-child")
    values = [float(text) for text in cells.all_text_contents()]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) > 1
    heading.get_by_role("button").click()
    assert [float(text) for text in cells.all_text_contents()] == sorted(values)


def test_gaps_are_filtered_and_searched(opened: Page, folder: Path) -> None:
    opened.goto((folder / "gaps.html").as_uri() + "?lang=en")
    rows = opened.locator("#agreements-table tr.row:visible")
    every = rows.count()
    opened.locator("[data-table=agreements-table] [data-filter=kind]").select_option("expired")
    chosen = rows.count()
    assert 0 < chosen < every
    status = opened.locator("[data-table=agreements-table] .shown")
    expect(status).to_have_text(f"{chosen} of {every} rows")
    opened.locator("[data-table=agreements-table] [data-filter=kind]").select_option("")
    opened.keyboard.press("Escape")
    opened.locator("#main").focus()
    opened.keyboard.press("/")
    expect(opened.locator("#find")).to_be_focused()
    opened.locator("#find").fill("진흥원")
    shown = opened.locator("tr.row:visible")
    assert 0 < shown.count() < opened.locator("tr.row").count()
    assert all("진흥원" in text for text in shown.all_text_contents())
    opened.locator("#find").press("Escape")
    expect(rows).to_have_count(every)


def test_evidence_is_one_click_away(opened: Page, folder: Path) -> None:
    opened.goto((folder / "gaps.html").as_uri())
    fold = opened.locator("#agreements-table details.ev").first
    fold.locator("summary").click()
    fold.locator("a.place").first.click()
    expect(opened).to_have_url(re.compile("/records/"))
    expect(opened.locator("tr:target")).to_be_in_viewport()


def test_definitions_are_folded_below(opened: Page, folder: Path) -> None:
    opened.goto((folder / "hubs.html").as_uri() + "?lang=en")
    fold = opened.locator("#hubs .explained")
    expect(fold.get_by_text("Freeman (1977)")).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.get_by_text("Freeman (1977)").first).to_be_visible()


def test_terms_are_drawn_beside_their_dates(opened: Page, folder: Path) -> None:
    opened.goto((folder / "timeline.html").as_uri())
    for style in ("rect.certain", "rect.perhaps", "path.open"):
        box = opened.locator(f"#term-table {style}").first.bounding_box()
        assert box is not None
        assert box["width"] > 1
    opened.locator("[data-filter=kind]").select_option("agreement")
    expect(opened.locator("#term-table tbody:visible")).to_have_count(1)


def test_the_keyboard_shows_where_it_is(opened: Page, folder: Path) -> None:
    opened.goto((folder / "money.html").as_uri())
    opened.keyboard.press("Tab")
    expect(opened.locator(".skip")).to_be_focused()
    opened.keyboard.press("Tab")
    outline = opened.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_less_motion_is_respected(opened: Page, folder: Path) -> None:
    opened.emulate_media(reduced_motion="reduce")
    opened.goto((folder / "hubs.html").as_uri())
    assert opened.evaluate("document.getAnimations().length") == 0
    assert opened.evaluate("getComputedStyle(document.body).transitionProperty") in ("none", "all")


def test_printing_folds_up_again(opened: Page, folder: Path) -> None:
    opened.goto((folder / "gaps.html").as_uri())
    opened.locator("#links .explained summary").click()
    opened.emulate_media(media="print")
    expect(opened.locator(".filters").first).to_be_hidden()
    width = opened.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    assert opened.pdf(format="A4", landscape=True).startswith(b"%PDF")
    expect(opened.locator("details[open]")).to_have_count(1)


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_scrolls_tables_but_not_the_page(opened: Page, folder: Path, name: str) -> None:
    opened.set_viewport_size({"width": 390, "height": 800})
    opened.goto((folder / f"{name}.html").as_uri())
    for language in ("ko", "en"):
        expect(opened.locator("html")).to_have_attribute("lang", language)
        width = opened.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1]
        opened.locator("#language").click()
