"""The map of a fictional town, opened in Chromium without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.map.fictional_map import town
from tests.browser.map.map_page import MapPage
from triplehelix.network_map.communities import divide
from triplehelix.network_map.map_data import MapData


@pytest.fixture(scope="session")
def town_map() -> MapData:
    return divide(town())


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Iterator[MapPage]:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    opened = MapPage(page, tmp_path)
    yield opened
    outside = [url for url in opened.requests if not url.startswith(("file:", "blob:", "about:"))]
    assert outside == []
    assert {url.split("#")[0] for url in opened.requests if url.startswith("file:")} <= {
        getattr(opened, "address", "")
    }
    assert opened.complaints == []
