"""The whole way of a staff member: page, workbook in two programs, import, and the page again."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.conftest import COMMAND
from tests.triplehelix.desk_workbooks import fill


def run(*arguments: object) -> None:
    command = [*COMMAND, "--lang", "ko", *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True)
    assert ended.returncode == 0, ended.stderr.decode()


def find_row(page: Page, build: Path, partner: str) -> Locator:
    page.goto("about:blank")
    page.goto((build / "site" / "desk.html").as_uri())
    page.locator("#host").select_option("gaon")
    row = page.locator(f"#work-table tr:visible:has(th a[href='records/{partner}.html'])")
    expect(row).to_have_count(1)
    return row


def test_the_page_shows_what_the_workbook_brought(
    page: Page, town_build: Path, tmp_path: Path, convert: Callable[[Path, str], Path]
) -> None:
    build, file = tmp_path / "build", tmp_path / "desk.xlsx"
    shutil.copytree(town_build, build)
    row = find_row(page, build, "saebyeok-univ")
    expect(row).to_have_attribute("data-step-unit", "sign")
    run("desk", "export", file, "--host", "가온시", "--build", build)
    fill(file, "agreements", "", partners="새벽대학교", subject="메이커",
         signed=datetime(2023, 12, 1), until=datetime(2026, 11, 30))  # fmt: skip
    fill(file, "work", "ministry", decision="협약 불필요", reason="공모로 지원받음")
    saved = convert(file, "xlsx")
    assert saved.read_bytes() != file.read_bytes()
    run("desk", "import", saved, "--department", "산업지원과", "--build", build)
    row = find_row(page, build, "saebyeok-univ")
    expect(row).to_have_attribute("data-step-unit", "none")
    expect(row).to_contain_text("2026-11-30")
    expect(find_row(page, build, "ministry")).to_contain_text("공모로 지원받음")
