"""Every page is held against the rules of axe-core (https://github.com/dequelabs/axe-core)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PAGES = (
    "index.html",
    "desk.html",
    "hubs.html",
    "gaps.html",
    "money.html",
    "indicators.html",
    "timeline.html",
    "questions.html",
    "editor.html",
    "ontology.html",
    "records/gaon.html",
    "map.html",
    "map.html#sel=gaon&around=1&level=parent",
    "map.html#table=1&lang=en",
    "map.html#year=2023&against=2021",
    "districts.html#lang=en",
    "matrix.html#cell=theme.0.0",
)

# Of rows that are all alike the first few tell as much as all, in a fraction of the time.
THIN = """
for (const parent of document.body.querySelectorAll("*")) {
  const seen = {};
  for (const child of [...parent.children]) {
    const kind = `${child.tagName} ${child.className}`;
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > 3 && !["TH", "TD", "SCRIPT"].includes(child.tagName)) child.remove();
  }
}
"""


@pytest.fixture(scope="module")
def page_to_examine(browser: Browser) -> Iterator[Page]:
    # The examiner is a script of its own, which the pages' policy would not let run.
    context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_is_found(page_to_examine: Page, town_build: Path, name: str) -> None:
    file, _, fragment = name.partition("#")
    address = (town_build / "site" / file).as_uri()
    page_to_examine.goto("about:blank")
    page_to_examine.goto(f"{address}#{fragment}" if fragment else address)
    page_to_examine.evaluate(THIN)
    found = Axe().run(page_to_examine).response
    assert found["passes"]
    serious = [
        (violation["id"], violation["nodes"][0]["html"])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
    assert serious == []
