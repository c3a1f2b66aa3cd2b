"""The brief in a real Chromium: no request, and one page of paper."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graph.outputs import read_outputs
from triplehelix.desk.brief_contents import find_partnerships, make_brief
from triplehelix.desk.brief_page import encode_page
from triplehelix.report import Report


def write(report: Report, town: Any, partner: str, language: str, folder: Path) -> Path:
    iri = next(iri for iri in report.holdings.organizations if iri.endswith(f"/{partner}"))
    found = find_partnerships(report, None, iri)[0]
    path = folder / "brief.html"
    path.write_bytes(encode_page(make_brief(report, found, read_outputs(town.dataset)), language))
    return path


@pytest.mark.parametrize(
    ("partner", "language"),
    [("nuri-drone", "ko"), ("nuri-drone", "en"), ("maker-association", "en")],
)
def test_a_brief_is_one_page_and_asks_for_nothing(
    page: Page, town_report: Report, town: Any, tmp_path: Path, partner: str, language: str
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(write(town_report, town, partner, language, tmp_path).as_uri())
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('table')).tableLayout") == "fixed"
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert len(asked) == 1
    assert complaints == []


def test_a_hostile_brief_runs_nothing(
    page: Page, hostile_report: Report, town: Any, tmp_path: Path
) -> None:
    page.goto(write(hostile_report, town, "evil-markup", "en", tmp_path).as_uri())
    assert page.evaluate("window.hit") is None
    expect(page.locator("h1")).to_contain_text("<img src=x")


def test_a_phone_scrolls_tables_but_not_the_page(
    page: Page, town_report: Report, town: Any, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(write(town_report, town, "maker-association", "ko", tmp_path).as_uri())
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
