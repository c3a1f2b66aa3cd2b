"""The page of the agreement desk: what it tells is what the library finds; inert, bilingual."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from graph.coverings import STATES
from graph.follow_up import VERDICTS
from graph.history import Build, Change, Entry, History
from graph.next_steps import STEPS
from graph.outputs import read_outputs
from graph.partnerships import list_partnerships
from graph.snapshot import Snapshot
from triplehelix.analysis_pages.analysis_site import PAGES
from triplehelix.desk_pages.desk_site import render_desk
from triplehelix.desk_pages.worklists import Desk, list_hosts, read_desk
from triplehelix.pages.site import LINKED, write_index
from triplehelix.pages.texts import read_texts
from triplehelix.report import Report

GAON = "gaon"
VOID = {"meta", "input", "link", "br"}


class Parsed(HTMLParser):
    """A page taken apart: its elements, and the rows of its tables with their text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.rows: list[tuple[dict[str, str], list[str]]] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        self.elements.append((tag, known))
        if tag == "tr" and known.get("class", "").startswith("row"):
            self.rows.append((known, []))
        if tag in ("td", "th") and self.rows:
            self.rows[-1][1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1][1] and {"td", "th"} & set(self.open):
            self.rows[-1][1][-1] += data

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]

    def work(self, host: str) -> dict[str, tuple[dict[str, str], list[str]]]:
        """Return the rows of the work list of a host by the name of the partner."""
        work = [row for row in self.rows if "data-rank" in row[0] and row[0]["data-host"] == host]
        return {re.split("[A-Z]", cells[1])[0]: (facts, cells) for facts, cells in work}


@pytest.fixture(scope="module")
def desk(town: Any, town_report: Report) -> Desk:
    return read_desk(town_report, read_outputs(town.dataset))


@pytest.fixture(scope="module")
def page(town_report: Report, desk: Desk) -> str:
    return render_desk(town_report, desk)


@pytest.fixture(scope="module")
def parsed(page: str) -> Parsed:
    return Parsed(page)


def test_a_build_writes_the_same_page_in_another_process(town_build: Path, page: str) -> None:
    assert (town_build / "site" / "desk.html").read_text(encoding="utf-8") == page
    assert (town_build / "desk.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_there_is_one_row_for_each_partner_of_each_host(
    desk: Desk, parsed: Parsed, town_report: Report
) -> None:
    cells = town_report.cells()
    found = list_partnerships(town_report.holdings, cells, None, town_report.on)
    rows = [facts for facts, _ in parsed.rows if "data-rank" in facts]
    told = [(facts["data-host"], int(facts["data-rank"])) for facts in rows]
    assert told == [(row.host.id, row.rank) for row in found]
    assert list_hosts(desk.work)[0].endswith(f"/{GAON}")


def test_a_row_is_filtered_by_what_the_library_says(parsed: Parsed, town_report: Report) -> None:
    levels = {
        level: list_partnerships(
            town_report.holdings, town_report.cells(), None, town_report.on, level
        )
        for level in ("unit", "parent")
    }
    rows = [facts for facts, _ in parsed.rows if "data-rank" in facts]
    for facts, unit, parent in zip(rows, levels["unit"], levels["parent"], strict=True):
        assert facts["data-step-unit"] == unit.step.code
        assert facts["data-step-parent"] == parent.step.code
        assert facts["data-sector"] == unit.partner.sector
        assert len(facts["data-department"].split()) == len(unit.departments)
        assert len(facts["data-theme"].split()) == len(unit.themes)
        if not unit.waived:
            assert facts["data-state-unit"] == unit.unit.state
            assert facts["data-state-parent"] == unit.parents.state


def test_every_state_and_step_can_be_chosen_and_most_occur(parsed: Parsed) -> None:
    chips: dict[str, list[str]] = {"state": [], "step": [], "verdict": []}
    for tag, attrs in parsed.elements:
        if tag == "button" and "data-chip" in attrs:
            chips[attrs["data-chip"]].append(attrs["data-value"])
    assert chips["state"] == [*STATES, "waived"]
    assert chips["step"] == list(STEPS)
    assert chips["verdict"] == list(VERDICTS)
    occurring = set(parsed.values("data-step-unit"))
    assert occurring == set(STEPS)


def test_what_needs_no_agreement_is_told_with_its_reason(parsed: Parsed) -> None:
    waived = [row for row in parsed.rows if row[0].get("data-state-unit") == "waived"]
    ((facts, cells),) = waived
    assert facts["data-step-unit"] == "none"
    assert "심사만 맡아 협약이 필요하지 않음" in cells[7]
    assert "필요 없음" in cells[5]


def test_both_levels_stand_side_by_side_and_steps_where_they_differ(
    parsed: Parsed, page: str
) -> None:
    differing = [
        cells
        for facts, cells in parsed.rows
        if facts.get("data-state-unit") != facts.get("data-state-parent")
    ]
    assert differing
    assert all("the same" not in cells[6] for cells in differing)
    assert page.count('class="at-unit"') == page.count('class="at-parent"') > 0


def test_a_row_tells_the_joint_work_with_links_and_evidence(parsed: Parsed, page: str) -> None:
    facts, cells = parsed.work(GAON)["가온대학교 산학협력단"]
    assert facts["data-together"] == "2"
    assert "2 undertakings" in cells[2]
    assert "2023-03 ~" in cells[4]
    assert "창업지원센터 위탁계약" in cells[5]
    assert "gaon-plan:52" in cells[8]
    assert 'href="records/gaon-plan.html#l52"' in page


def test_a_page_asks_for_nothing_and_runs_only_its_own(page: str, parsed: Parsed) -> None:
    policy = next(a["content"] for _, a in parsed.elements if a.get("http-equiv"))
    for tag in ("script", "style"):
        (source,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert parsed.values("src") == parsed.values("style") == []
    assert not [key for _, attrs in parsed.elements for key in attrs if key.startswith("on")]
    assert not [href for href in parsed.values("href") if "//" in href]


def test_texts_stand_in_both_languages(parsed: Parsed) -> None:
    languages = [attrs["lang"] for _, attrs in parsed.elements if attrs.get("class") == "t"]
    assert languages.count("ko") == languages.count("en") > 100
    for _, attrs in parsed.elements:
        assert ("data-ko" in attrs) == ("data-en" in attrs)
    assert all(attrs.get("scope") for tag, attrs in parsed.elements if tag == "th")


def test_hostile_names_stay_text(hostile_report: Report, town: Any) -> None:
    shown = render_desk(hostile_report, read_desk(hostile_report, read_outputs(town.dataset)))
    parsed = Parsed(shown)
    tags = [tag for tag, _ in parsed.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert not [key for _, attrs in parsed.elements for key in attrs if key.startswith("on")]
    assert '<img src=x onerror="window.hit=1"></script>' in "".join(parsed.rows[0][1]) + "".join(
        cell for _, cells in parsed.rows for cell in cells
    )


def test_every_link_leads_somewhere(town_build: Path) -> None:
    site = town_build / "site"
    here = site / "desk.html"
    known: dict[Path, set[str]] = {}
    for href in Parsed(here.read_text(encoding="utf-8")).values("href"):
        file, _, anchor = href.partition("#")
        target = site / unquote(file) if file else here
        if target not in known:
            assert target.is_file(), href
            text = target.read_text(encoding="utf-8")
            known[target] = set(re.findall(' id="([^"]+)"', text))
        assert not anchor or anchor in known[target], href


def test_pages_that_name_one_another_name_the_desk(town_report: Report, tmp_path: Path) -> None:
    write_index(town_report, tmp_path)
    assert 'href="desk.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert set(LINKED) >= {"desk", *PAGES}


def test_words_that_exist_are_used_and_name_the_same_in_both_languages() -> None:
    folder = Path(render_desk.__globals__["TEMPLATES"]).parent
    code = "".join(p.read_text("utf-8") for p in folder.rglob("*") if p.suffix in (".py", ".j2"))
    built = tuple(f"{part}_empty" for part in ("work", "deadlines", "follow", "changed"))
    for key, text in read_texts("triplehelix.desk_pages").items():
        assert key.startswith("level_") or key in built or re.search(f"[\"']{key}[\"':]", code), key
        fields = [sorted(re.findall(r"\{(\w+)\}", words)) for words in text]
        assert fields[0] == fields[1], key


def test_deadlines_and_follow_up_have_a_row_each(desk: Desk, parsed: Parsed) -> None:
    rest = [row for row in parsed.rows if "data-rank" not in row[0]]
    verdicts = [facts["data-verdict"] for facts, _ in rest if "data-verdict" in facts]
    assert verdicts == [each.verdict for each in desk.follow_ups]
    assert len(rest) == len(desk.follow_ups) + len(desk.deadlines)
    assert any("2024-01-31" in cells[0] or "2024-02-29" in cells[0] for _, cells in rest)


def test_changes_are_told_where_there_are_any(
    town_report: Report, town: Any, desk: Desk, page: str
) -> None:
    assert "적어 두기 시작한 뒤로 바뀐 것이 없습니다." in page
    builds = [Build(date(2023, month, 1), date(2024, month, 2), "0.1.0") for month in (1, 2)]
    iri = desk.work[0].partnership.partner.iri
    host = desk.work[0].partnership.host.iri
    changes = (
        Change("gap", "closed", "data", iri, (host,), ("unit", "parent"), "open", "covered"),
        Change("partner", "left", "date", "https://example.org/id/gone", (host,)),
        Change("finding", "opened", "data", "total-1", after="warning"),
    )
    entry = Entry(1, builds[0], builds[1], changes, {iri: {"ko": "바뀐기관", "en": "Changed"}})
    snapshot = Snapshot(date(2023, 2, 1), {}, {}, {}, {})
    told = read_desk(
        town_report, read_outputs(town.dataset), History(builds[1], snapshot, (entry,))
    )
    rows = Parsed(render_desk(town_report, told)).rows[-2:]
    assert "바뀐기관" in rows[0][1][0]
    assert "공백 해소" in rows[0][1][1]
    assert "gone" in rows[1][1][0]
    assert replace(told, changes=None) == desk
