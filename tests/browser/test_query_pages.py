"""The questions and the editor in a real Chromium, before a real server of a fictional town."""

import csv
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-c", "from triplehelix.cli import main; main()")
MARKUP = '<img src=x onerror="window.hit=1"></script><script>window.hit=2</script>'


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, town_folder: Path) -> Path:
    """The build of the town, with one company whose name is markup."""
    folder = tmp_path_factory.mktemp("물음")
    town = folder / "town"
    town.mkdir()
    for path in town_folder.iterdir():
        (town / path.name).write_bytes(path.read_bytes())
    with (town / "companies.csv").open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    row = {"id": "evil-markup", "type": "Company", "label": MARKUP, "label_en": MARKUP}
    row |= {"document": "gaon-report", "lines": "99", "quote": MARKUP}
    with (town / "companies.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow([row.get(name, "") for name in header])
    command = [*COMMAND, "build", str(town), "--out", str(folder / "build")]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return folder / "build"


@pytest.fixture(scope="module")
def address(build: Path) -> Iterator[str]:
    """The address of a running server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*COMMAND, "serve", "--build", str(build), "--port", str(port)]
    environment = {**os.environ, "TRIPLEHELIX_LANG": "en"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, env=environment)
    assert process.stderr is not None
    try:
        told = []
        while b"Serving at" not in (line := process.stderr.readline()):
            assert line, b"".join(told).decode()
            told.append(line)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for each test: the editor remembers what was asked."""
    context = browser.new_context()
    yield context
    context.close()


class Watched:
    """A page with everything that it asked for or complained about."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))

    def open(self, path: str) -> Page:
        self.page.goto("about:blank")
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def watched(page: Page, address: str) -> Iterator[Watched]:
    page.set_viewport_size({"width": 1440, "height": 900})
    watched = Watched(page, address)
    yield watched
    assert watched.complaints == []
    outside = [url for url in watched.requests if not url.startswith((address, "about:", "blob:"))]
    assert outside == []
    assert page.evaluate("window.hit") is None


def rows(page: Page) -> Any:
    return page.locator("#answer tbody tr")


def test_a_question_is_found_asked_and_answered(watched: Watched) -> None:
    page = watched.open("questions.html")
    page.get_by_label("질문 찾기").fill("어느 해에 끝나는")
    page.locator("#list a[data-name=agreements_ending]").click()
    expect(page.locator("#summary")).to_be_focused()
    page.get_by_role("button", name="묻기").click()
    expect(page.locator("#status")).to_contain_text("끝나는 해")  # it must be filled in
    page.locator("#parameter-year").fill("2023")
    page.get_by_role("button", name="묻기").click()
    expect(rows(page).first).to_be_visible()
    expect(page.locator("#status")).to_contain_text("줄")
    link = page.locator("#answer tbody a").first
    assert (link.get_attribute("href") or "").startswith("records/")
    expect(page).to_have_url(re.compile("p.year=2023"))


def test_a_link_gives_the_same_answer_and_the_other_language(watched: Watched) -> None:
    page = watched.open("questions.html#q=agreements_ending&p.year=2023")
    expect(rows(page).first).to_be_visible()
    korean, count = rows(page).all_inner_texts(), rows(page).count()
    asked = len(watched.requests)
    page.get_by_role("button", name="English").click()
    expect(page.locator("#summary")).to_have_text("Agreements that end in a year")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert rows(page).count() == count
    assert rows(page).all_inner_texts() != korean
    assert len(watched.requests) == asked
    again = page.url.split("/")[-1]
    english = rows(page).all_inner_texts()
    page = watched.open(again)
    expect(rows(page)).to_have_count(count)
    assert rows(page).all_inner_texts() == english


def test_an_organization_is_found_by_initial_consonants(watched: Watched) -> None:
    page = watched.open("questions.html#q=partners_without_agreement")
    field = page.locator("[role=combobox]").first
    field.fill("ㄱㅇㅅ")
    options = page.locator("[role=option]")
    expect(options.first).to_contain_text("가온시")
    field.press("Enter")
    expect(field).to_have_value("가온시")
    assert page.locator("#parameter-date").input_value()
    page.locator("#parameter-date").press("Enter")
    expect(rows(page).first).to_be_visible()
    expect(page).to_have_url(re.compile("=gaon"))


def test_the_table_sorts_and_narrows(watched: Watched) -> None:
    page = watched.open("questions.html#q=hubs_by_programmes")
    expect(rows(page).first).to_be_visible()
    button = page.locator("#answer thead button").nth(1)
    button.click()
    values = [int(text) for text in page.locator("#answer tbody td:nth-child(2)").all_inner_texts()]
    assert values == sorted(values, reverse=True)
    expect(page.locator("#answer th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#answer thead button").nth(1)).to_be_focused()
    page.locator("#filter").fill("가온")
    assert all("가온" in text for text in rows(page).all_inner_texts())
    assert 0 < rows(page).count() < len(values)
    expect(page.locator("figure.chart li").first).to_be_visible()
    expect(page.get_by_role("link", name="지도에서 보기")).to_have_attribute(
        "href", page.locator("#tools a[href^='map.html#sel=']").get_attribute("href") or ""
    )


def test_the_answer_is_handed_over_as_files(watched: Watched, tmp_path: Path) -> None:
    page = watched.open("questions.html#q=hubs_by_programmes")
    expect(rows(page).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="내려받기 XLSX").click()
    download.value.save_as(tmp_path / "answer.xlsx")
    sheet = load_workbook(tmp_path / "answer.xlsx").active
    table = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert len(table) == rows(page).count() + 1
    assert all(isinstance(value, int) for value in table[1][1:])
    with page.expect_download() as download:
        page.get_by_role("link", name="내려받기 CSV").click()
    assert download.value.suggested_filename == "hubs_by_programmes.csv"


def test_no_answer_tells_why(watched: Watched) -> None:
    page = watched.open("questions.html#q=agreements_ending&p.year=1901")
    expect(page.locator("#answer .empty")).to_contain_text("그 해에 끝난다고")
    expect(page.locator("#status")).to_contain_text("0줄")


def test_a_reason_names_what_the_documents_do_say(watched: Watched) -> None:
    page = watched.open("questions.html#q=members_of&p.group=grp-schools")
    expect(page.locator("#answer .reason").first).to_be_visible()
    korean = page.locator("#answer .reason").first.inner_text()
    assert "{" not in korean
    page.get_by_role("button", name="English").click()
    expect(page.locator("#answer .reason").first).not_to_have_text(korean)


def test_a_wrong_condition_is_told_in_words(page: Page, address: str) -> None:
    watched = Watched(page, address)
    for language, words in (("ko", "조건을 알아듣지"), ("en", "A condition was not understood")):
        watched.open(f"questions.html#q=agreements_ending&p.year=nonsense&lang={language}")
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(page.get_by_role("alert")).to_contain_text("nonsense")
    # The browser itself notes that the server refused; nothing else is complained about.
    assert all("400" in text for text in watched.complaints)


def test_markup_in_names_stays_text(watched: Watched) -> None:
    page = watched.open(f"questions.html#q=search&p.text={quote('<img')}")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).first).to_contain_text(MARKUP)
    page = watched.open("questions.html#q=partners_without_agreement")
    page.locator("[role=combobox]").first.fill("<img")
    expect(page.locator("[role=option]").first).to_contain_text(MARKUP)
    assert page.locator("img").count() == 0


def test_the_text_shown_opens_in_the_editor_and_gives_the_same_rows(watched: Watched) -> None:
    page = watched.open("questions.html#q=agreements_ending&p.year=2023")
    expect(rows(page).first).to_be_visible()
    count = rows(page).count()
    page.locator("#sparql summary").click()
    expect(page.locator("#text")).to_contain_text('VALUES ?year { "2023" }')
    page.locator("#open-editor").click()
    expect(page.locator(".yasr_results tbody tr")).to_have_count(count)


def test_a_name_typed_whole_is_a_condition_of_the_text_shown(watched: Watched) -> None:
    page = watched.open("questions.html#q=partners_of")
    name = page.locator("[role=combobox]").first
    name.fill("가온시")
    name.press("Escape")
    page.get_by_role("button", name="묻기").click()
    expect(rows(page).first).to_be_visible()
    count = rows(page).count()
    page.locator("#sparql summary").click()
    expect(page.locator("#text")).to_contain_text("/gaon> }")
    page.locator("#open-editor").click()
    expect(page.locator(".yasr_results tbody tr")).to_have_count(count)


def test_a_condition_that_is_not_known_stands_open_in_the_text_shown(watched: Watched) -> None:
    page = watched.open("questions.html#q=agreements_ending")
    page.locator("#sparql summary").click()
    expect(page.locator("#text")).to_contain_text("# VALUES ?year { … }")


def test_from_a_file_everything_is_shown_but_nothing_is_asked(page: Page, build: Path) -> None:
    watched = Watched(page, f"{(build / 'site').as_uri()}/")
    watched.open("questions.html#q=agreements_ending&p.year=2023")
    expect(page.locator("#no-server")).to_contain_text("triplehelix serve")
    expect(page.locator("#run")).to_be_disabled()
    expect(page.locator("#text")).to_contain_text("SELECT")
    watched.open("editor.html")
    expect(page.locator("#no-server")).to_contain_text("triplehelix serve")
    expect(page.locator(".yasqe .CodeMirror")).to_be_visible()
    assert watched.complaints == []
    assert {url.split(":")[0] for url in watched.requests} <= {"file", "about"}


@pytest.mark.parametrize("path", ["questions.html", "questions.html#q=connections", "editor.html"])
def test_a_phone_needs_no_sideways_scrolling(watched: Watched, path: str) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open(path)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_answer_in_the_editor_scrolls_in_its_own_box(watched: Watched) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = watched.open("questions.html#q=hubs_by_programmes")
    page.locator("#sparql summary").click()
    page.locator("#open-editor").click()
    results = page.locator(".yasr_results")
    expect(results.locator("tbody tr").first).to_be_visible()
    assert results.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["questions.html#q=connections&lang=en", "editor.html"])
def test_everything_that_is_used_has_a_name(watched: Watched, path: str) -> None:
    page = watched.open(path)
    expect(page.locator("#list a").first).to_be_visible()
    page.wait_for_timeout(200)  # YASGUI draws in several steps
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, select, textarea")]
          .filter((part) => part.getClientRects().length && !part.closest("[aria-hidden=true]"))
          .filter((part) => ![part.textContent, part.getAttribute("aria-label"), part.title,
            ...[...part.labels ?? []].map((label) => label.textContent)].join("").trim())
          .map((part) => part.outerHTML)"""
    )
    assert nameless == []


def test_the_editor_runs_a_query_and_opens_an_example(watched: Watched) -> None:
    page = watched.open("editor.html")
    page.get_by_role("button", name="질의 실행").click()
    cells = page.locator(".yasr_results tbody tr")
    expect(cells.first).to_contain_text("id:")
    page.locator("#list a").first.click()
    expect(page.locator(".yasqe:visible .CodeMirror")).to_contain_text("SELECT")
    expect(page.locator(".tabsList .tab")).to_have_count(2)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Run query")).to_be_visible()
    expect(page.locator("#limits")).to_contain_text("512 MB")


def test_the_editor_completes_a_class_by_its_korean_name(watched: Watched) -> None:
    page = watched.open("editor.html")
    page.locator(".yasqe .CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(
        "PREFIX th: <https://w3id.org/triplehelix/ontology#>\nSELECT * { ?o a th:대학"
    )
    hint = page.locator(".CodeMirror-hint", has_text="대학교 · university")
    expect(hint).to_contain_text("th:University")
    hint.click()
    expect(page.locator(".yasqe .CodeMirror")).to_contain_text("a th:University")


def test_a_link_cannot_send_a_query_elsewhere(watched: Watched) -> None:
    query = quote("SELECT * { ?s ?p ?o } LIMIT 3")
    page = watched.open(f"editor.html#query={query}&endpoint={quote('https://192.0.2.1/sparql')}")
    expect(page.locator(".yasr_results tbody tr")).to_have_count(3)
