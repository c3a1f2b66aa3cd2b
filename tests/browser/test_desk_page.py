"""The agreement desk in a real Chromium, opened as a file: each thing that can be done with it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from graph.next_steps import STEPS

ROWS = "#work-table tbody tr:visible"


@pytest.fixture(scope="module")
def folder(town_build: Path) -> Path:
    return town_build / "site"


@pytest.fixture
def opened(page: Page, folder: Path) -> Iterator[Page]:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((folder / "desk.html").as_uri() + "?lang=en")
    yield page
    assert complaints == []
    assert {url.split(":")[0] for url in asked} == {"file"}


def choose(page: Page, key: str, value: str) -> None:
    page.locator(f"select[data-filter={key}]").select_option(value)


def facts(rows: Locator, key: str) -> list[str]:
    found: list[str] = rows.evaluate_all("(rows, key) => rows.map((row) => row.dataset[key])", key)
    return found


def test_a_page_needs_only_its_own_file(page: Page, folder: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "desk.html").as_uri())
    assert len(asked) == 1
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"


def test_it_opens_on_the_host_with_most_partners(opened: Page) -> None:
    expect(opened.locator("#host")).to_have_value("gaon")
    assert set(facts(opened.locator(ROWS), "host")) == {"gaon"}
    every = opened.locator("#work-table tbody tr").count()
    choose(opened, "host", "")
    expect(opened.locator(ROWS)).to_have_count(every)
    expect(opened.locator(f"{ROWS} .host").first).to_be_visible()
    choose(opened, "host", "gaon")
    expect(opened.locator(f"{ROWS} .host:visible")).to_have_count(0)


def test_totals_count_what_they_let_through(opened: Page) -> None:
    chip = opened.locator("button[data-chip=step][data-value=confirm_party]")
    count = int(chip.locator("b").inner_text())
    every = opened.locator(ROWS).count()
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(opened.locator(ROWS)).to_have_count(count)
    assert set(facts(opened.locator(ROWS), "stepUnit")) == {"confirm_party"}
    status = opened.locator(".shown[data-table=work-table]")
    expect(status).to_have_text(f"{count} of {every} rows")
    states = opened.locator("button[data-chip=state]:visible b").all_inner_texts()
    assert sum(map(int, states)) == count
    chip.click()
    expect(opened.locator(ROWS)).to_have_count(every)


def test_a_choice_filters_by_what_rows_say(opened: Page) -> None:
    for key in ("department", "sector", "theme"):
        select = opened.locator(f"select[data-filter={key}]")
        offered = select.locator("option:not([disabled])").evaluate_all(
            "options => options.map((option) => option.value).filter(Boolean)"
        )
        assert offered
        for value in offered:
            choose(opened, key, value)
            found = facts(opened.locator(ROWS), key)
            assert found
            assert all(value in each.split() for each in found)
        choose(opened, key, "")


def test_the_level_changes_state_and_step(opened: Page) -> None:
    differing = opened.locator("#work-table tr:has(.at-parent)").first
    choose(opened, "host", "")
    expect(differing.locator(".at-unit")).to_be_visible()
    expect(differing.locator(".at-parent")).to_be_hidden()
    choose(opened, "level", "parent")
    expect(differing.locator(".at-unit")).to_be_hidden()
    expect(differing.locator(".at-parent")).to_be_visible()
    opened.locator("button[data-chip=state][data-value=none]").click()
    assert set(facts(opened.locator(ROWS), "stateParent")) == {"none"}


def test_text_is_found_by_parts_and_first_consonants(opened: Page) -> None:
    opened.locator("#main").focus()
    opened.keyboard.press("/")
    expect(opened.locator("#find")).to_be_focused()
    opened.keyboard.type("ㄷㄹㅂ")
    assert all("달로봇" in text for text in opened.locator(f"{ROWS} th").all_text_contents())
    expect(opened.locator(ROWS)).to_have_count(1)
    opened.locator("#find").fill("no such thing")
    expect(opened.locator("#work .empty")).to_be_visible()
    opened.locator("#find").press("Escape")
    expect(opened.locator("#work .empty")).to_be_hidden()
    assert opened.locator(ROWS).count() > 10


def test_columns_are_sorted_by_their_headings(opened: Page) -> None:
    def sort(name: str, press: str = "Enter") -> None:
        opened.locator("#work-table thead button", has_text=name).press(press)

    assert facts(opened.locator(ROWS), "rank") == sorted(
        facts(opened.locator(ROWS), "rank"), key=int
    )
    sort("Amount")
    money = [float(value or -1) for value in facts(opened.locator(ROWS), "money")]
    assert money == sorted(money, reverse=True)
    heading = opened.locator("#work-table th", has_text="Amount")
    expect(heading).to_have_attribute("aria-sort", "descending")
    sort("Amount", "Space")
    assert [float(v or -1) for v in facts(opened.locator(ROWS), "money")] == sorted(money)
    sort("Since")
    dates = facts(opened.locator(ROWS), "period")
    assert dates == sorted(dates, reverse=True)
    sort("Partner")
    names = opened.locator(f"{ROWS} th a .t[lang=en]").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    sort("Next step")
    steps = [STEPS.index(code) for code in facts(opened.locator(ROWS), "stepUnit")]
    assert len(set(steps)) == 6
    assert steps == sorted(steps)


def test_what_is_chosen_stands_in_the_address(opened: Page) -> None:
    choose(opened, "sector", "industry")
    opened.locator("button[data-chip=step][data-value=sign]").click()
    opened.locator("#find").fill("로봇")
    opened.locator("#work-table thead button", has_text="Amount").click()
    shown = opened.locator(f"{ROWS} th a").all_text_contents()
    address = opened.url
    assert {"sector=industry", "step=sign", "order=-money"} <= set(address.split("#")[1].split("&"))
    other = opened.context.new_page()
    other.goto(address)
    assert other.locator(f"{ROWS} th a").all_text_contents() == shown
    expect(other.locator("select[data-filter=sector]")).to_have_value("industry")
    expect(other.locator("#find")).to_have_value("로봇")
    other.locator("#clear").click()
    assert other.url.endswith("#order=-money"), "the order is no choice of rows"
    expect(other.locator("#clear")).to_be_hidden()
    other.close()


def test_a_wrong_address_does_no_harm(opened: Page, folder: Path) -> None:
    every = opened.locator(ROWS).count()
    address = (folder / "desk.html").as_uri()
    opened.goto("about:blank")
    opened.goto(f"{address}#host=%3Cscript%3E&state=nonsense&order=constructor&level=9&sector=x")
    expect(opened.locator("#host")).to_have_value("gaon")
    expect(opened.locator(ROWS)).to_have_count(every)


def test_a_part_of_the_page_can_be_linked_to(opened: Page) -> None:
    opened.locator("button[data-chip=step][data-value=sign]").click()
    chosen = opened.locator(ROWS).count()
    opened.locator(".bar a[href='#follow']").click()
    expect(opened.locator("#follow h2")).to_be_in_viewport()
    expect(opened.locator(ROWS)).to_have_count(chosen)


def test_the_language_is_switched_without_loading_anew(opened: Page) -> None:
    opened.evaluate("window.stayed = true")
    opened.locator("button[data-chip=step][data-value=sign]").click()
    chosen = opened.locator(ROWS).count()
    expect(opened.locator("h1 .t[lang=en]")).to_be_visible()
    opened.locator("#language").click()
    expect(opened.locator("h1 .t[lang=ko]")).to_be_visible()
    expect(opened.locator("h1 .t[lang=en]")).to_be_hidden()
    expect(opened.locator("#host option:checked")).to_have_text("가온시")
    expect(opened.locator(".shown[data-table=work-table]")).to_contain_text("줄")
    assert opened.evaluate("window.stayed") is True
    expect(opened.locator(ROWS)).to_have_count(chosen)


def test_everything_is_reached_by_keyboard_and_seen(opened: Page) -> None:
    reached = set()
    for _ in range(60):
        opened.keyboard.press("Tab")
        name, outline = opened.locator(":focus").evaluate(
            "(element) => [element.tagName, getComputedStyle(element).outlineStyle]"
        )
        reached.add(name)
        assert outline == "solid", name
    assert {"A", "BUTTON", "SELECT", "INPUT", "SUMMARY", "DIV"} <= reached


def test_a_fold_opens_by_enter_and_leads_to_the_record(opened: Page) -> None:
    fold = opened.locator(f"{ROWS} details.works").first
    expect(fold.locator("li").first).to_be_hidden()
    fold.locator("summary").press("Enter")
    expect(fold.locator("li").first).to_be_visible()
    fold.locator("a").first.click()
    expect(opened).to_have_url(re.compile("/records/"))
    expect(opened.locator("html")).to_have_attribute("lang", "en")


def test_evidence_is_one_click_away(opened: Page) -> None:
    fold = opened.locator(f"{ROWS} details.ev").first
    fold.locator("summary").click()
    fold.locator("a.place").first.click()
    expect(opened).to_have_url(re.compile(r"/records/gaon-\w+\.html"))
    expect(opened.locator("tr:target")).to_be_in_viewport()


def test_follow_up_is_filtered_by_what_was_realised(opened: Page) -> None:
    chip = opened.locator("button[data-chip=verdict]:visible").first
    count = int(chip.locator("b").inner_text())
    chip.click()
    rows = opened.locator("#follow-table tbody tr:visible")
    expect(rows).to_have_count(count)
    assert set(facts(rows, "verdict")) == {chip.get_attribute("data-value")}


def test_print_tells_host_date_and_choices(opened: Page) -> None:
    opened.locator("button[data-chip=step][data-value=sign]").click()
    choose(opened, "sector", "industry")
    opened.locator(f"{ROWS} details.ev summary").first.click()
    opened.emulate_media(media="print")
    told = opened.locator("#told")
    expect(told).to_be_visible()
    expect(told).to_contain_text("Host: Gaon City")
    expect(told).to_contain_text("Sector: industry")
    expect(told).to_contain_text("Next step: sign")
    expect(opened.locator(".path")).to_contain_text("2023-12-31")
    for unprinted in (".choices .filters", ".tools", ".bar", "th button"):
        expect(opened.locator(unprinted).first).to_be_hidden()
    heads = opened.locator("#work-table thead")
    assert heads.evaluate("head => getComputedStyle(head).display") == "table-header-group"
    # Chromium repeats no buttons in the headings of further pages.
    expect(heads.locator(".printed").first).to_be_visible()
    assert opened.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    expect(opened.locator("details[open]")).to_have_count(1)


def test_a_print_fits_its_paper(opened: Page) -> None:
    choose(opened, "host", "")
    opened.set_viewport_size({"width": 1032, "height": 700})  # A4 landscape between its margins
    opened.emulate_media(media="print")
    width = opened.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_a_page_is_as_wide_as_its_window(opened: Page) -> None:
    for language in ("en", "ko"):
        expect(opened.locator("html")).to_have_attribute("lang", language)
        for width in (390, 760, 1000, 1200, 1440):
            opened.set_viewport_size({"width": width, "height": 844})
            found = opened.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            assert found[0] <= found[1], (language, width)
        opened.locator("#language").click()


def test_on_a_phone_a_row_is_a_card_with_labels(opened: Page) -> None:
    opened.set_viewport_size({"width": 390, "height": 844})
    cell = opened.locator(f"{ROWS} td.why").first
    expect(cell).to_have_attribute("data-label", "Next step")
    label = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Next step"'
    box = opened.locator(ROWS).first.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    for control in (".filters select", ".chip:visible", "#print"):
        size = opened.locator(control).first.bounding_box()
        assert size is not None
        assert size["height"] >= 40
