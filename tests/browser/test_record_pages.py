"""The pages of records in a real Chromium, opened as files: search, language, nothing outside."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.namespaces import slug
from triplehelix.report import Report


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
    page.set_viewport_size({"width": 1440, "height": 900})
    yield page
    assert complaints == []
    assert {url.split(":")[0] for url in asked} == {"file"}


def test_style_and_script_are_let_in(opened: Page, folder: Path) -> None:
    opened.goto((folder / "records/gaon-univ.html").as_uri())
    expect(opened.locator("h1 .t[lang=ko]")).to_be_visible()
    expect(opened.locator("h1 .t[lang=en]")).to_be_hidden()
    opened.locator("#language").click()
    expect(opened.locator("h1 .t[lang=en]")).to_be_visible()
    expect(opened.locator("h1 .t[lang=ko]")).to_be_hidden()
    expect(opened.locator(".data")).to_be_hidden()


def test_links_hand_the_language_on(opened: Page, folder: Path) -> None:
    opened.goto((folder / "records/gaon-univ.html").as_uri() + "?lang=en")
    first = opened.url
    opened.locator("#agreements tbody a").first.click()
    expect(opened).not_to_have_url(first)
    expect(opened.locator("html")).to_have_attribute("lang", "en")
    opened.get_by_role("link", name="All records").click()
    expect(opened.locator("h1")).to_have_text("기록 찾아보기Browse the records")
    expect(opened.locator("html")).to_have_attribute("lang", "en")
    opened.get_by_role("link", name="Map", exact=True).click()
    expect(opened).to_have_url(re.compile("lang=en"))


def test_a_finding_leads_to_its_line_on_the_start_page(
    opened: Page, folder: Path, town_report: Report
) -> None:
    known = town_report.holdings.initiatives
    about = next(finding.focus for finding in town_report.findings if finding.focus in known)
    opened.goto((folder / f"records/{slug(about)}.html").as_uri() + "?lang=en")
    link = opened.locator("#findings tbody a[href*='index.html']").first
    anchor = (link.get_attribute("href") or "").split("#")[1]
    link.click()
    expect(opened.locator(f"[id='{anchor}']")).to_be_in_viewport()
    expect(opened.locator("html")).to_have_attribute("lang", "en")


def test_the_start_page_leads_to_records_in_its_language(opened: Page, folder: Path) -> None:
    opened.goto((folder / "index.html").as_uri() + "#lang=en")
    opened.locator("#agreements a.record").first.click()
    expect(opened).to_have_url(re.compile("records/"))
    expect(opened.locator("html")).to_have_attribute("lang", "en")


def test_search_finds_names_aliases_and_initials(opened: Page, folder: Path) -> None:
    opened.goto((folder / "records/index.html").as_uri())
    rows = opened.locator("tr.row:visible")
    every = rows.count()
    for words in ("진흥원", "HTL", "ㄱㅇㄷㅎㄱ", "drone research"):
        opened.locator("#search").fill(words)
        assert 0 < rows.count() < every
    opened.locator("#search").fill("HTL")
    expect(rows).to_have_count(1)
    expect(opened.locator("#found")).to_have_text(f"1 / {every}건")
    opened.locator("#search").press("Escape")
    expect(rows).to_have_count(every)
    opened.locator("#kind").select_option("places")
    expect(opened.locator("section.kind:visible")).to_have_count(1)
    opened.locator("#search").fill("zzzz")
    expect(opened.locator("#nothing")).to_be_visible()


def test_the_list_is_in_the_order_of_the_language(opened: Page, folder: Path) -> None:
    opened.goto((folder / "records/index.html").as_uri() + "?lang=en")
    names = opened.locator("#themes th[scope=row] .t[lang=en]").all_text_contents()
    assert names == sorted(names)


def test_keyboard_reaches_the_content_and_the_search(opened: Page, folder: Path) -> None:
    opened.goto((folder / "records/index.html").as_uri())
    opened.keyboard.press("Tab")
    expect(opened.locator(".skip")).to_be_focused()
    opened.keyboard.press("/")
    expect(opened.locator("#search")).to_be_focused()


def test_evidence_leads_to_the_line_of_its_document(opened: Page, folder: Path) -> None:
    opened.goto((folder / "records/gaon-univ.html").as_uri())
    evidence = opened.locator("#agreements details.ev").first
    evidence.locator("summary").click()
    evidence.locator("a.place").first.click()
    expect(opened.locator("tr:target")).to_be_in_viewport()


def test_a_term_of_the_model_has_its_place(opened: Page, folder: Path) -> None:
    opened.goto((folder / "ontology.html").as_uri() + "?lang=en#University")
    expect(opened.locator("[id=University]")).to_be_in_viewport()
    opened.goto((folder / "records/gaon-univ.html").as_uri())
    opened.locator("#facts a[href*='ontology']").click()
    expect(opened.locator("[id=University]")).to_be_in_viewport()


@pytest.mark.parametrize(
    "name", ["records/gaon.html", "records/gaon-report.html", "records/index.html", "ontology.html"]
)
def test_a_phone_scrolls_tables_but_not_the_page(opened: Page, folder: Path, name: str) -> None:
    opened.set_viewport_size({"width": 390, "height": 800})
    opened.goto((folder / name).as_uri())
    for language in ("ko", "en"):
        expect(opened.locator("html")).to_have_attribute("lang", language)
        width = opened.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1]
        opened.locator("#language").click()


def test_paper_shows_all_rows_and_no_controls(opened: Page, folder: Path) -> None:
    opened.goto((folder / "records/gaon.html").as_uri())
    opened.emulate_media(media="print")
    expect(opened.locator(".tools")).to_be_hidden()
    clipped = opened.evaluate(
        "() => [...document.querySelectorAll('.box')]"
        ".filter((box) => box.scrollHeight > box.clientHeight + 1).length"
    )
    assert clipped == 0
