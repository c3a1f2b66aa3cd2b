"""Chromium for the page tests."""

import os
import shutil
from pathlib import Path

import pytest


def browser_path() -> str | None:
    """Return where Chromium is: the one named in the environment, or one on the path."""
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


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
