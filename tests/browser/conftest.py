"""Chromium for the page tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first takes a third of the others' time for the same page: it has no window to keep."""


def browser_path() -> str | None:
    """Return where Chromium is: the one named in the environment, or one on the path."""
    found = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES))
    return next(filter(None, found), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    path = browser_path()
    if path is None or not Path(path).is_file():
        reason = "no Chromium: install one or name it in the environment variable CHROMIUM"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Stand in for the plugin's own, which is written in a way pytest 9 warns of."""


@pytest.fixture(scope="module")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One for the tests of a file: the plugin's new one for each doubles the time of a test."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give each test a page of its own."""
    page = context.new_page()
    yield page
    page.close()
