"""The map with units in their parents; what the panel tells of roles, agreements and records."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import networkx as nx
import pytest
from playwright.sync_api import expect

from tests.browser.map.map_page import MapPage
from tests.browser.map.test_map_files import save
from tests.browser.map.test_map_subjects import is_then
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_payload import map_data
from triplehelix.network_map.map_rows import Tie, TieKind
from triplehelix.report import Report


@pytest.fixture(scope="session")
def real_map(town_report: Report) -> MapData:
    """The map of the town that went through the pipeline, which has units and agreements."""
    return map_data(town_report)


def lines(data: MapData, level: str) -> list[Tie]:
    return [tie for tie in (*data.ties, *data.parent_ties) if tie.level in ("both", level)]


def numbers(data: MapData, level: str) -> dict[str, int]:
    ties = lines(data, level)
    gone = len({unit.organization for unit in data.units}) if level == "parent" else 0
    return {
        "organizations": len(data.organizations) - gone,
        "allOrganizations": len(data.organizations) - gone,
        "ties": len(ties),
        "allTies": len(ties),
        "gaps": sum(tie.kind is TieKind.GAP for tie in ties),
    }


def test_units_stand_in_their_parents_until_one_goes_back(
    opened: MapPage, real_map: MapData
) -> None:
    page = opened.open(real_map, "#sel=gaon-library").page
    unit, parent = numbers(real_map, "unit"), numbers(real_map, "parent")
    assert unit.items() <= opened.ask("counts()").items()
    expect(opened.panel).to_contain_text("상위기관: 가온시")
    page.locator("#by-level").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#by-level")).to_be_focused()
    assert opened.ask("selected()") == "gaon"
    assert parent.items() <= opened.ask("counts()").items()
    assert parent != unit
    expect(opened.panel).to_contain_text("묶인 단위 기관: 가온도서관센터")
    expect(page.locator("#kinds .number").nth(3)).to_have_text(str(parent["gaps"]))
    expect(opened.status).to_contain_text("상위기관으로 묶어서")
    expect(page).to_have_url(re.compile("level=parent"))
    page.go_back()
    expect(page.locator("#by-level")).to_have_value("unit")
    assert unit.items() <= opened.ask("counts()").items()
    page.go_forward()
    expect(page.locator("#by-level")).to_have_value("parent")
    assert parent.items() <= opened.ask("counts()").items()
    # Whoever looks for a unit finds who stands for it.
    page.locator("#search").fill("가온대 창업보육센터")
    page.keyboard.press("Enter")
    assert opened.ask("selected()") == "gaon-univ"
    page.locator("#open-table").click()
    expect(page.locator("#table tbody tr")).to_have_count(parent["organizations"])
    page.locator("#reset").click()
    assert unit.items() <= opened.ask("counts()").items()
    expect(page).not_to_have_url(re.compile("level="))


def test_measures_and_sizes_are_those_of_the_level(opened: MapPage, real_map: MapData) -> None:
    own = next(row for row in real_map.organizations if row.id == "gaon")
    above = next(row for row in real_map.parent_measures if row.organization == "gaon")
    assert own.degree != above.degree
    figures = opened.panel.locator(".measures dd")
    opened.open(real_map, "#sel=gaon")
    expect(figures.first).to_have_text(str(own.degree))
    before = opened.ask("place('gaon').radius") / opened.ask("scale()")
    opened.go("#sel=gaon&level=parent")
    expect(figures.first).to_have_text(str(above.degree))
    assert opened.ask("place('gaon').radius") / opened.ask("scale()") < before
    brokers = {(row.organization, row.level.value): row for row in real_map.brokers}
    broker = brokers["gaon", "parent"]
    roles = opened.panel.locator(".roles")
    roles.locator("summary").click()
    expect(roles.locator("dt").first).to_have_text(f"연락자{broker.liaison}")
    cut = opened.panel.locator(".cut-off")
    expect(cut.locator("summary")).to_have_text(f"빠지면 끊기는 기관 {len(broker.cut_off)}")
    cut.locator("summary").click()
    expect(cut.locator("button")).to_have_count(len(broker.cut_off))
    saved = nx.read_graphml(save(opened, "graphml"))
    assert len(saved) == numbers(real_map, "parent")["organizations"]
    assert saved.number_of_edges() == numbers(real_map, "parent")["ties"]
    node = saved.nodes["gaon"]
    assert (node["degree"], node["liaison"]) == (above.degree, broker.liaison)
    assert node["cut_off"].count(";") == len(broker.cut_off) - 1
    assert {tie["basis"] for *_, tie in saved.edges(data=True)} <= {
        row.id for row in real_map.bases
    }


def test_agreements_are_told_with_state_and_dates(opened: MapPage, real_map: MapData) -> None:
    page = opened.open(real_map, "#sel=gaon").page
    own = [row for row in real_map.agreements if "gaon" in row.parties]
    listed = opened.panel.locator(".agreements > li")
    expect(listed).to_have_count(len(own))
    opened.panel.locator(".agreed > summary").press("Enter")
    dal = listed.filter(has_text="달로봇")
    expect(dal.locator(".state")).to_have_text("해지됨")
    expect(dal).to_contain_text("체결 2021-06-01 · 2021-06-01 ~ 2023-06-30")
    page.locator("#language").click()
    expect(listed.filter(has_text="Byeol Soft")).to_contain_text("notice by 2025-03-31")
    expect(listed.locator("a")).to_have_count(0)  # alone the map has no pages to lead to
    expect(page.locator("#pages")).to_have_count(0)
    # What ended stands beside the lines that are drawn.
    opened.go("#tie=gaon~test-lab~gap~0")
    expect(opened.panel.locator(".agreed .state")).to_have_text("끝남")
    opened.go("#tie=gaon~gaon-univ~agreement~0")
    opened.panel.get_by_role("button", name="공동사업 · 드론 실증").click()
    assert opened.ask("selectedTie()") == "gaon~gaon-univ~joint_work~0"


def test_what_has_ended_is_there_in_the_years_before(opened: MapPage, real_map: MapData) -> None:
    key = "gaon~test-lab~agreement~0"  # from 2020 to 2022
    page = opened.open(real_map, f"#year=2021&tie={key}").page
    assert opened.ask("selectedTie()") == key
    expect(opened.panel).to_contain_text("2020-03-02부터 2022-12-31까지")
    ties = [tie for tie in (*real_map.ties, *real_map.ended_ties) if tie.level != "parent"]
    then, now = (
        {tie for tie in ties if is_then(real_map, tie, year) or not (tie.since or tie.initiatives)}
        for year in (2021, 2023)
    )
    opened.go("#year=2023&against=2021")
    told = [str(len(some)) for some in (now - then, then - now, now & then)]
    expect(page.locator("#subjects .mark .number")).to_have_text(told)
    assert {tie.ended for tie in then - now} == {True}
    page.locator("#all-years").click()
    assert opened.ask("counts()")["ties"] == len(real_map.ties)


def test_basis_and_modality_are_filters_of_their_own(opened: MapPage, town_map: MapData) -> None:
    bases = {tie: {item.basis for item in tie.evidence} for tie in town_map.ties}
    inferred = [tie for tie in town_map.ties if bases[tie] == {"inferred"}]
    planned = [tie for tie in town_map.ties if tie.kind is TieKind.PLANNED]
    actual = [tie for tie in inferred if tie.kind is not TieKind.PLANNED]
    page = opened.open(town_map).page
    page.locator("#by-basis").select_option("inferred")
    assert opened.ask("counts()")["ties"] == len(inferred) < len(town_map.ties)
    page.locator("#by-modality").select_option("actual")
    assert opened.ask("counts()")["ties"] == len(actual)
    expect(page).to_have_url(re.compile("basis=inferred&modality=actual"))
    opened.go("#" + page.url.split("#")[1] + "&kinds=gap")
    gaps = [tie for tie in actual if tie.kind is TieKind.GAP]
    assert opened.ask("counts()")["ties"] == len(gaps)
    opened.go("#modality=planned&lang=en")
    expect(page.locator("#by-modality option:checked")).to_have_text("Planned only")
    assert opened.ask("counts()")["ties"] == len(planned) > 0
    page.locator("#reset").click()
    assert opened.ask("counts()")["ties"] == len(town_map.ties)
    expect(page.locator("#by-level")).to_have_count(0)  # nobody is a unit there


def test_in_a_site_the_map_leads_to_the_pages_beside_it(opened: MapPage, town_build: Path) -> None:
    site = town_build / "site"
    opened.address = (site / "map.html").as_uri()
    page = opened.go("#sel=gaon").page
    page.locator("#pages summary").press("Enter")
    links = page.locator("#pages a, #panel a")
    expect(links.first).to_be_visible()
    named = [urlsplit(str(link.get_attribute("href"))).path for link in links.all()]
    assert {"index.html", "districts.html", "matrix.html", "records/gaon.html"} <= set(named)
    assert [path for path in named if not (site / unquote(path)).is_file()] == []
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    expect(page.locator("#pages summary")).to_be_focused()
    page.locator("#language").click()
    for name in ("districts.html", "records/gaon.html"):
        expect(page.locator(f'a[href="{name}?lang=en"]').first).to_be_attached()
    page.get_by_role("link", name="Page of the record").click()
    expect(page.locator("h1")).to_contain_text("Gaon City")
    opened.requests.clear()  # the page of the record is another file
