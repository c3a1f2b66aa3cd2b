"""The page in a real Chromium: language, search, filters, paper, phone, nothing from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from triplehelix.pages.site import write_index, write_map
from triplehelix.report import Report

CONTRASTS = """
() => {
  const channel = (value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const colour = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const seen = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    const ink = light(colour(getComputedStyle(element).color)) + 0.05;
    const paper = light(ground(element)) + 0.05;
    const ratio = Math.max(ink, paper) / Math.min(ink, paper);
    if (ratio < 4.5) seen[element.outerHTML.slice(0, 90)] = ratio;
  }
  return seen;
}
"""


class IndexPage:
    """An opened page, with everything it asked for or complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))

    def open(self, address: str) -> "IndexPage":
        self.page.goto(address)
        return self

    @property
    def gaps(self) -> Locator:
        return self.page.locator("#gap-table tr.row:not([hidden])")


@pytest.fixture(scope="module")
def folder(town_report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("쪽")
    write_index(town_report, folder)
    write_map(town_report, folder / "map.html")
    return folder


@pytest.fixture
def index(page: Page, folder: Path) -> Iterator[IndexPage]:
    page.set_viewport_size({"width": 1440, "height": 900})
    index = IndexPage(page).open((folder / "index.html").as_uri())
    yield index
    assert index.complaints == []
    assert {url.split(":")[0] for url in index.requests} == {"file"}


def test_korean_first_and_english_without_a_reload(index: IndexPage) -> None:
    page = index.page
    heading = page.locator("h1")
    expect(heading).to_have_text("가온시 산학연 생태계 (가상)", use_inner_text=True)
    asked = len(index.requests)
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(heading).to_have_text("The ecosystem of Gaon, a fictional town", use_inner_text=True)
    expect(page).to_have_title("The ecosystem of Gaon, a fictional town")
    expect(page.locator("#search")).to_have_attribute(
        "placeholder", "Search all tables: organisation, initiative, document:lines…"
    )
    expect(page.locator("select[data-filter=class] option").nth(1)).to_have_text("partner")
    assert len(index.requests) == asked
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")


def test_the_map_opens_in_the_language_of_the_page(index: IndexPage) -> None:
    page = index.page
    page.locator("#language").click()
    page.locator("#open-map").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.go_back()
    expect(page.locator("h1")).to_be_visible()


def test_an_address_can_ask_for_english(page: Page, folder: Path) -> None:
    index = IndexPage(page).open((folder / "index.html").as_uri() + "#lang=en")
    expect(index.page.locator("html")).to_have_attribute("lang", "en")


def test_search_looks_into_all_tables(index: IndexPage) -> None:
    page = index.page
    page.locator("#search").fill("누리드론")
    shown = page.locator("tr.row:not([hidden])")
    assert shown.count() > 1
    for text in shown.all_text_contents():
        assert "누리드론" in text
    expect(page.locator("#found")).to_have_text(f"{shown.count()}줄 찾음")
    page.locator("#search").press("Escape")
    expect(page.locator("tr.row[hidden]")).to_have_count(0)


def test_search_finds_a_place_in_a_document_and_decomposed_hangul(index: IndexPage) -> None:
    page = index.page
    page.locator("#search").fill("gaon-plan:51")
    expect(page.locator("#agreements tr.row:not([hidden])")).to_have_count(1)
    page.locator("#search").fill("\u1102\u116e\u1105\u1175\u1103\u1173\u1105\u1169\u11ab")
    assert page.locator("tr.row:not([hidden])").count() > 1


def test_search_opens_the_cells_of_a_budget(index: IndexPage) -> None:
    page = index.page
    page.locator("#search").fill("1,500")
    expect(page.locator("details.cells[open] tr.row:not([hidden])")).to_have_count(1)


def test_search_shows_only_what_holds_it(index: IndexPage) -> None:
    page = index.page
    page.locator("#search").fill("drone-test-that-is-nowhere")
    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("section:not([hidden])")).to_have_count(0)
    page.locator("#search").fill("gaon-plan:51")
    expect(page.locator("#nothing")).to_be_hidden()
    expect(page.locator("#agreements")).to_be_visible()
    expect(page.locator("#answers")).to_be_hidden()
    page.locator("#search").fill("")
    expect(page.locator("section[hidden], .box[hidden], h3[hidden]")).to_have_count(0)


def test_filters_of_the_gaps(index: IndexPage, town_report: Report) -> None:
    page = index.page
    every = len(town_report.gaps)
    expect(index.gaps).to_have_count(every)
    page.locator("select[data-filter=host]").select_option("narae")
    own = [gap for gap in town_report.gaps if gap.host.id == "narae"]
    expect(index.gaps).to_have_count(len(own))
    page.locator("select[data-filter=actual]").select_option("planned")
    expect(index.gaps).to_have_count(sum(not gap.actual for gap in own))
    expect(page.locator(".shown")).to_have_text(f"{sum(not g.actual for g in own)} / {every}줄")


def test_a_host_at_the_top_leads_to_its_gaps(index: IndexPage, town_report: Report) -> None:
    index.page.locator("#answers a[data-host=gaon]").click()
    wanted = [
        gap
        for gap in town_report.gaps
        if gap.host.id == "gaon" and gap.actual and gap.partner_class == "core"
    ]
    expect(index.gaps).to_have_count(len(wanted))
    expect(index.page.locator("#gap-list")).to_be_in_viewport()


def test_evidence_opens_and_leads_to_the_document(index: IndexPage) -> None:
    page = index.page
    evidence = page.locator("#agreements details.ev").first
    expect(evidence.locator("q").first).to_be_hidden()
    evidence.locator("summary").click()
    expect(evidence.locator("q").first).to_be_visible()
    link = evidence.locator("a.place").first
    document = (link.get_attribute("href") or "")[1:]
    link.click()
    expect(page.locator(f"[id='{document}']")).to_be_in_viewport()


def test_keyboard_reaches_search_language_and_tables(index: IndexPage) -> None:
    page = index.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    unreachable = page.evaluate(
        "() => [...document.querySelectorAll('.box')].filter((box) => box.tabIndex !== 0).length"
    )
    assert unreachable == 0


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_phone_scrolls_tables_but_not_the_page(page: Page, folder: Path, language: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((folder / "index.html").as_uri() + f"#lang={language}")
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]


def test_text_stands_out_from_its_ground(index: IndexPage) -> None:
    assert index.page.evaluate(CONTRASTS) == {}
    index.page.emulate_media(media="print")
    assert index.page.evaluate(CONTRASTS) == {}


def test_paper_shows_every_row_and_no_controls(index: IndexPage) -> None:
    page = index.page
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator("#search")).to_be_hidden()
    clipped = page.evaluate(
        "() => [...document.querySelectorAll('.box')]"
        ".filter((box) => box.scrollHeight > box.clientHeight + 1).length"
    )
    assert clipped == 0


def test_without_a_script_the_page_reads_in_korean(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    expect(page.locator("h1 .t[lang=ko]")).to_be_visible()
    expect(page.locator("h1 .t[lang=en]")).to_be_hidden()
    context.close()


def test_hostile_text_does_nothing(page: Page, hostile_report: Report, tmp_path: Path) -> None:
    write_index(hostile_report, tmp_path)
    write_map(hostile_report, tmp_path / "map.html")
    for name in ("index.html", "map.html"):
        opened = IndexPage(page).open((tmp_path / name).as_uri())
        assert page.evaluate("window.hit") is None
        assert page.locator("img").count() == 0
        assert {url.split(":")[0] for url in opened.requests} == {"file"}
        assert opened.complaints == []


def test_the_map_draws_the_report(page: Page, folder: Path, town_report: Report) -> None:
    from triplehelix.network_map.map_payload import map_data

    opened = IndexPage(page).open((folder / "map.html").as_uri())
    rows = map_data(town_report)
    status = page.locator("#status")
    expect(status).to_contain_text(f"{len(rows.organizations)}/{len(rows.organizations)}")
    expect(status).to_contain_text(f"{len(rows.ties)}/{len(rows.ties)}")
    assert opened.complaints == []
