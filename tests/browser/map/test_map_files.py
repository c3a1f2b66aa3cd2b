"""What the map page saves is read back by the programs it is meant for."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from defusedxml import ElementTree
from playwright.sync_api import Page, expect

from tests.browser.map.fictional_map import HOSTILE, hostile_town
from tests.browser.map.map_page import MapPage
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import TieKind

SVG = "{http://www.w3.org/2000/svg}"


def save(opened: MapPage, kind: str) -> Path:
    opened.page.locator("#save summary").click()
    with opened.page.expect_download() as download:
        opened.page.locator(f"#save-{kind}").click()
    expect(opened.page.locator("#save")).not_to_have_attribute("open", "")
    target = opened.folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def counted(network: Any) -> Counter[tuple[frozenset[str], str, int]]:
    edges = network.edges(data=True)
    return Counter((frozenset((a, b)), found["kind"], found["count"]) for a, b, found in edges)


def expected(data: MapData) -> Counter[tuple[frozenset[str], str, int]]:
    return Counter((frozenset((t.source, t.target)), t.kind.value, t.count) for t in data.ties)


READERS = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}


@pytest.mark.parametrize("kind", READERS)
def test_networks_are_read_back_whole(opened: MapPage, town_map: MapData, kind: str) -> None:
    path = save(opened.open(town_map), kind)
    assert path.name == f"가람시_산·학·연_협력_지도.{kind}"
    network = READERS[kind](path)
    assert network.is_multigraph()
    assert set(network) == {row.id for row in town_map.organizations}
    assert counted(network) == expected(town_map)
    row = next(r for r in town_map.organizations if r.id == "academia-1")
    node = network.nodes[row.id]
    assert node["label"] == node["name_ko"] == row.ko
    assert (node["name_en"], node["sector"], node["unnamed_group"]) == (row.en, "academia", False)
    assert network.nodes["firms"]["unnamed_group"] is True
    assert node["degree"] == town_map.degrees[town_map.positions[row.id]]
    edge = next(e for _, _, e in network.edges(data=True) if e["kind"] == "gap")
    assert edge["initiatives"] == "드론 실증 지원; 인공지능 학교"
    assert edge["evidence"].startswith("드론산업 육성 보고서 ")


def test_a_file_holds_what_is_shown(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map, "#kinds=gap&gaps=1&lang=en")
    network = nx.read_graphml(save(opened, "graphml"))
    gaps = [tie for tie in town_map.ties if tie.kind is TieKind.GAP]
    assert network.number_of_edges() == len(gaps)
    assert set(network) == {end for tie in gaps for end in (tie.source, tie.target)}
    assert network.nodes["academia-1"]["label"] == "Dongguk University Biomedi Campus"


def test_a_spreadsheet_gets_no_formula(opened: MapPage, town_map: MapData) -> None:
    path = save(opened.open(town_map), "csv")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert heading[:4] == ["기관 1", "기관 2", "관계", "단계"]
    assert len(rows) == len(town_map.ties)
    assert {row[2] for row in rows} == {"협약", "공동사업", "회의·접촉", "협약 공백", "협약 예정"}
    opened.page.evaluate("Model.organizations.forEach((row) => { row.ko = '=HYPERLINK(1)'; })")
    again = csv.reader(io.StringIO(save(opened, "csv").read_text("utf-8-sig")))
    assert {row[0] for row in list(again)[1:]} == {"'=HYPERLINK(1)"}


def test_hostile_names_stay_text_in_every_file(opened: MapPage) -> None:
    data = hostile_town()
    opened.open(data)
    for kind, read in READERS.items():
        network = read(save(opened, kind))
        assert network.nodes[data.organizations[0].id]["label"] == "가람대 " + HOSTILE
    drawing = ElementTree.parse(save(opened, "svg")).getroot()
    assert not [item for item in drawing.iter() if item.tag in (SVG + "script", SVG + "image")]
    assert any("onerror" in (item.text or "") for item in drawing.iter(SVG + "title"))


def test_a_drawing_shows_what_the_screen_shows(
    opened: MapPage, town_map: MapData, page: Page
) -> None:
    opened.open(town_map)
    path = save(opened, "svg")
    drawing = ElementTree.parse(path).getroot()
    picture = drawing.find(f"{SVG}svg")
    assert picture is not None
    hulls, ties, shapes, labels = picture.findall(f"{SVG}g")
    assert len(ties) == len(town_map.ties)
    assert len(shapes) == len(town_map.organizations)
    assert len(labels) == len(opened.ask("labels()")) + len(opened.ask("hulls()"))
    assert len(hulls) == len(town_map.communities)
    said = "".join(drawing.itertext())
    assert "학계" in said
    assert "협약 공백" in said
    assert "기준일 2026-06-30" in said
    # The shapes stand where the page draws them.
    place = opened.ask("place('government-1')")
    title = next(s for s in shapes if s[0].text == "가람시 기업지원과")
    points = [tuple(map(float, p.split(","))) for p in title.attrib["points"].split()]
    assert sum(x for x, _ in points) / 4 == pytest.approx(place["x"], abs=0.1)
    page.goto("about:blank")
    box = page.evaluate(
        "(text) => { const d = new DOMParser().parseFromString(text, 'image/svg+xml');"
        " return d.querySelector('parsererror') === null; }",
        path.read_text("utf-8"),
    )
    assert box


def test_a_picture_has_twice_the_dots_of_the_screen(opened: MapPage, town_map: MapData) -> None:
    opened.open(town_map)
    box = opened.page.locator("#map").bounding_box()
    assert box
    picture = save(opened, "png").read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    assert wide == 2 * box["width"]
    assert high > 2 * box["height"]


def test_the_menu_works_by_keyboard(opened: MapPage, town_map: MapData) -> None:
    page = opened.open(town_map).page
    page.locator("#save summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#save-png")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#save summary")).to_be_focused()
    expect(page.locator("#save-png")).to_be_hidden()
