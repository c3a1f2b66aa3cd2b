"""The district map: where organisations lie, who works with whom, and what is told beneath."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from graph.agreements import IN_FORCE_STATES
from graph.assembly import assemble
from graph.namespaces import slug
from graph.places import read_places
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem
from triplehelix.district_map.district_data import make_data
from triplehelix.district_map.district_site import TEMPLATES, write_districts
from triplehelix.district_map.locations import (
    Locations,
    list_off_map,
    list_without_place,
    locate,
    name_area,
)
from triplehelix.district_map.pairs import WorkingPair, list_pairs
from triplehelix.district_map.texts import read_own_words
from triplehelix.network_map.map_rows import TieKind
from triplehelix.network_map.planner_map import TIE_LOOKS
from triplehelix.pages.site import LINKED, hash_source
from triplehelix.report import Report, read_report

Reported = tuple[Report, Locations]


@pytest.fixture(scope="module")
def goyang(shipped: Any, shipped_report: Report) -> Reported:
    return shipped_report, locate(read_places(shipped.dataset))


@pytest.fixture(scope="module")
def gaon(town: Any, town_report: Report) -> Reported:
    return town_report, locate(read_places(town.dataset))


@pytest.fixture
def moved(town_copy: Path) -> Reported:
    """The town, its places given codes that exist: a gu of 고양시, and 춘천시 as it was coded."""
    places = town_copy / "places.csv"
    text = places.read_text(encoding="utf-8")
    for invented, real in (("9911000000", "4128500000"), ("9912000000", "4211000000")):
        text = text.replace(invented, real)
    places.write_text(text, encoding="utf-8")
    ecosystem = load_ecosystem(town_copy, read_schema())
    made = assemble(ecosystem.records, ecosystem.identity, namespace=ecosystem.sidecar.namespace)
    dataset = memory_store()
    load_graphs(dataset, dict(made.graphs))
    return read_report(dataset, ecosystem.sidecar, []), locate(read_places(dataset))


def count_areas(found: Reported) -> dict[str, int]:
    report, locations = found
    organizations = report.holdings.organizations.values()
    return dict(Counter(area.code for o in organizations for area in locations.of(o)))


def test_districts_of_the_shipped_ecosystem_have_so_many_organisations(goyang: Reported) -> None:
    assert count_areas(goyang) == {
        "11": 26,
        "11110": 1,
        "11140": 2,
        "11170": 1,
        "11230": 1,
        "11290": 2,
        "11350": 1,
        "11560": 1,
        "11620": 1,
        "11710": 1,
        "11740": 3,
        "41": 1,
        "41280": 18,
        "41410": 1,
    }
    assert len(list_without_place(goyang[0])) + 60 == len(goyang[0].holdings.organizations)


def test_a_place_within_a_district_counts_for_the_district(goyang: Reported) -> None:
    report, locations = goyang
    dong = {iri for iri, code in locations.codes.items() if code == "1174010200"}
    within = [o for o in report.holdings.organizations.values() if o.places & dong]
    assert [[area.code for area in locations.of(o)] for o in within] == [["11740"]]


def test_an_area_is_called_as_its_place(goyang: Reported) -> None:
    report, locations = goyang
    districts, sido = locations.boundaries.districts, locations.boundaries.sido
    assert name_area(report, locations, districts["41280"]) == ("고양시", "Goyang")
    assert name_area(report, locations, sido["11"]).ko == "서울특별시"
    assert name_area(report, locations, sido["26"]).ko == "부산"


def test_what_has_no_boundary_is_told(gaon: Reported, goyang: Reported) -> None:
    assert count_areas(gaon) == {}
    told = {item.code: {o.id for o in item.organizations} for item in list_off_map(*gaon)}
    holdings = gaon[0].holdings
    placed = {o.id: o.all_places for o in holdings.organizations.values() if o.all_places}
    codes = gaon[1].codes
    assert told == {
        code: {id_ for id_, places in placed.items() if iri in places}
        for iri, code in codes.items()
    }
    assert any(told.values())
    # A street has no code; who is there is known to be in Seoul.
    assert [slug(item.place) for item in list_off_map(*goyang)] == ["sj-place-yonsei-ro"]


def test_old_and_new_codes_and_gu_lead_to_the_same_area(moved: Reported) -> None:
    assert count_areas(moved) == {"41280": 10, "51110": 2}
    report, locations = moved
    # No place stands for 고양시 itself, so it is called as the place that lies in it.
    assert name_area(report, locations, locations.boundaries.districts["41280"]).ko == "가온시"
    data = make_data(report, locations, list_pairs(report))
    assert [(area[0], area[3]) for area in data["areas"]] == [("41280", "경기"), ("51110", "강원")]


def work_together(report: Report) -> Iterator[frozenset[str]]:
    """Yield who works together, found another way: dates of ISO 8601 are compared as texts."""
    holdings, on = report.holdings, report.on.isoformat()
    members: dict[str, set[str]] = {}
    for tie in holdings.ties:
        thing = holdings.initiatives.get(tie.target)
        start = tie.start or (thing.start if thing else "")
        if not tie.actual or start > on[: len(start)]:
            continue
        if tie.kind == "affiliation":
            yield frozenset((tie.source, tie.target))
        elif tie.kind == "participation" and thing:
            members.setdefault(tie.target, set(thing.hosts)).add(tie.source)
    for own in members.values():
        yield from map(frozenset, combinations(own, 2))


def find(pairs: list[WorkingPair], *kinds: TieKind) -> set[frozenset[str]]:
    return {frozenset((p.one, p.two)) for p in pairs if p.kinds & {*kinds}}


@pytest.mark.parametrize("which", ["town_report", "shipped_report"])
def test_pairs_are_those_that_an_independent_count_finds(
    which: str, request: pytest.FixtureRequest
) -> None:
    report: Report = request.getfixturevalue(which)
    pairs = list_pairs(report)
    work = {pair for pair in work_together(report) if len(pair) == 2}
    assert {frozenset((p.one, p.two)) for p in pairs if p.works} == work
    agreed = {
        frozenset(pair)
        for agreement in report.holdings.agreements.values()
        if report.status(agreement) in IN_FORCE_STATES
        for pair in combinations(agreement.parties, 2)
    }
    assert find(pairs, TieKind.AGREEMENT) == agreed
    gaps = {frozenset((g.host.iri, g.partner.iri)) for g in report.gaps if g.actual}
    waived = {frozenset((g.host.iri, g.partner.iri)) for g in report.gaps if g.waived}
    assert find(pairs, TieKind.GAP) == gaps - waived
    assert bool(waived & work) == (which == "town_report")
    assert find(pairs, TieKind.GAP) & waived == set()


def test_the_script_gets_what_the_library_finds(goyang: Reported) -> None:
    report, locations = goyang
    pairs = list_pairs(report)
    data = make_data(report, locations, pairs)
    codes = [area[0] for area in data["areas"]]
    told = Counter(codes[area] for row in data["organizations"] for area in row[4])
    assert dict(told) == count_areas(goyang)
    organizations = report.holdings.organizations
    drawn = [
        p for p in pairs if locations.of(organizations[p.one]) or locations.of(organizations[p.two])
    ]
    assert len(data["pairs"]) == len(drawn) < len(pairs)
    places = [data["kinds"].index(kind) for kind in ("agreement", "gap")]
    for place, kind in zip(places, (TieKind.AGREEMENT, TieKind.GAP), strict=True):
        marked = sum(bool(row[2] & 1 << place) for row in data["pairs"])
        assert marked == sum(kind in pair.kinds for pair in drawn) > 0
    for one, two, _, _ in data["pairs"]:
        assert data["organizations"][one][4] or data["organizations"][two][4]


def read_page(folder: Path, name: str = "districts") -> str:
    return (folder / f"{name}.html").read_text(encoding="utf-8")


def read_payload(page: str) -> Any:
    found = re.search(r'id="payload">(.*?)</script>', page, re.S)
    assert found is not None
    return json.loads(found[1])


def test_the_page_is_one_file_with_a_strict_policy(goyang: Reported, tmp_path: Path) -> None:
    report, locations = goyang
    write_districts(report, locations.codes, tmp_path)
    page = read_page(tmp_path)
    write_districts(report, locations.codes, tmp_path, list_pairs(report))
    assert read_page(tmp_path) == page
    assert len(page.encode()) < 500_000
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert f"script-src '{hash_source(script)}'; style-src '{hash_source(style)}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert " style=" not in page.replace("<style>", "")
    assert "국토지리정보원" in page
    for other in (*LINKED, "map", "index"):
        assert f'href="{other}.html"' in page


def test_names_that_are_markup_stay_text(hostile_report: Report, tmp_path: Path) -> None:
    organizations = hostile_report.holdings.organizations.values()
    codes = {place: "4128000000" for o in organizations for place in o.places}
    write_districts(hostile_report, codes, tmp_path)
    page = read_page(tmp_path)
    assert "<img" not in page
    names = [row[0] for row in read_payload(page)["data"]["organizations"]]
    assert any(name.startswith("<img src=x onerror=") for name in names)
    assert "=HYPERLINK(&#34;http://192.0.2.1&#34;" in page


def test_every_text_of_the_script_is_used_and_known() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.js"))
    asked = set(re.findall(r'\bword\("(\w+)"', scripts)) | set(
        re.findall(r'\bheading\("(\w+)"', scripts)
    )
    known = {key.removeprefix("map_") for key in read_own_words() if key.startswith("map_")}
    assert asked <= known
    unnamed = {"label", "note", "source"}
    assert all(f'"{key}"' in scripts for key in known - unnamed - {str(k) for k in TieKind})


def test_kinds_of_ties_look_as_on_the_network_map() -> None:
    style = (TEMPLATES / "districts.css").read_text(encoding="utf-8")
    for kind in ("agreement", "joint_work", "meeting", "gap"):
        look = TIE_LOOKS[TieKind(kind)]
        rule = re.search(rf"\.strand\.{kind} {{([^}}]+)}}", style)
        assert rule is not None
        assert f"stroke: {look.color};" in rule[1]
        dashes = " ".join(map(str, look.dashes))
        assert (f"stroke-dasharray: {dashes};" in rule[1]) == bool(dashes)


def test_a_build_holds_the_pages(town_build: Path) -> None:
    page = read_page(town_build / "site")
    assert read_payload(page)["data"]["areas"] == []
    assert page.count('class="off-map"') == 3
    assert 'href="records/' in page
    index = read_page(town_build / "site", "index")
    assert 'href="districts.html"' in index
    assert 'href="matrix.html"' in index
    for href in set(re.findall(r'href="(records/[^"#?]+)"', page)):
        assert (town_build / "site" / href).is_file()
