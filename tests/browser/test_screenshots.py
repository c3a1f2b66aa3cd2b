"""What a planner at a desk and on a phone sees: pictures for people to look at.

They are kept in the folder that the environment variable ``SCREENSHOTS`` names, if there is one.
"""

import os
import re
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page

SIZES = ((1440, 900), (390, 844))
BLANK = 12_000
"""Bytes; a picture with nothing on it is smaller."""
VIEWS = (
    "index.html",
    "map.html",
    "map.html#lang=en&sel=goyang",
    "map.html#gaps=1&level=parent",
    "districts.html",
    "matrix.html",
    "desk.html",
    "hubs.html?lang=en",
    "gaps.html",
    "timeline.html",
    "records/goyang.html",
)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that pictures are kept in."""
    named = os.environ.get("SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("gallery")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_fills_its_window(page: Page, shipped_build: Path, gallery: Path, view: str) -> None:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("about:blank")
        page.goto(f"{(shipped_build / 'site').as_uri()}/{view}")
        picture = gallery / f"{re.sub(r'[^a-z]+', '-', view)}-{width}.png"
        page.screenshot(path=picture, animations="disabled")
        content = picture.read_bytes()
        assert struct.unpack(">II", content[16:24]) == (width, height)
        assert len(content) > BLANK
