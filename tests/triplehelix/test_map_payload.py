"""The map shows what the graph holds, no more and no less."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest

from graph.agreements import is_in_force
from graph.network import project, two_mode_network
from triplehelix.network_map.bonds import find_bonds
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_payload import map_data
from triplehelix.network_map.map_rows import TieKind
from triplehelix.report import Report


@pytest.fixture(scope="module", params=["town_report", "shipped_report"])
def report(request: pytest.FixtureRequest) -> Report:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def drawn(report: Report) -> MapData:
    return map_data(report)


@pytest.fixture(scope="module")
def town_rows(town_report: Report) -> MapData:
    return map_data(town_report)


def pairs(data: MapData, *kinds: TieKind) -> Counter[tuple[str, str]]:
    return Counter(tuple(sorted((t.source, t.target))) for t in data.ties if t.kind in kinds)


def ids(report: Report, iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(report.holdings.organizations[iri].id for iri in iris))


def test_shared_initiatives_are_the_edges_of_the_network(report: Report) -> None:
    network = project(two_mode_network(report.holdings, report.on))
    bonds = find_bonds(report)
    shared = {pair: len(bond.initiatives) for pair, bond in bonds.items() if bond.initiatives}
    assert shared == {frozenset((a, b)): w for a, b, w in network.edges(data="weight")}


def test_every_organisation_with_a_tie_is_there_and_no_other(
    report: Report, drawn: MapData
) -> None:
    holdings = report.holdings
    tied = {tie.source for tie in holdings.ties}
    tied |= {tie.target for tie in holdings.ties if tie.kind == "affiliation"}
    taken = {tie.target for tie in holdings.ties if tie.kind == "participation"}
    tied |= {host for iri in taken for host in holdings.initiatives[iri].hosts}
    assert {o.id for o in drawn.organizations} == set(ids(report, tied))


def test_degrees_are_those_of_the_hubs(report: Report, drawn: MapData) -> None:
    degrees = dict(zip((o.id for o in drawn.organizations), drawn.degrees, strict=True))
    assert report.hubs
    for hub in report.hubs:
        assert degrees[hub.organization.id] == hub.degree


def test_one_line_for_every_pair_of_parties_in_force(report: Report, drawn: MapData) -> None:
    wanted = Counter(
        ids(report, pair)
        for agreement in report.holdings.agreements.values()
        if is_in_force(agreement, report.on)
        for pair in combinations(agreement.parties, 2)
    )
    assert wanted
    assert pairs(drawn, TieKind.AGREEMENT) == wanted


def test_gaps_are_the_actual_ones_and_take_the_place_of_work(
    report: Report, drawn: MapData
) -> None:
    gaps = pairs(drawn, TieKind.GAP)
    open_gaps = [gap for gap in report.gaps if gap.actual and not gap.waived]
    assert set(gaps) == {ids(report, (g.host.iri, g.partner.iri)) for g in open_gaps}
    assert set(gaps.values()) == {1}
    assert not gaps.keys() & pairs(drawn, TieKind.JOINT_WORK, TieKind.MEETING).keys()


def test_every_bond_is_drawn_once(report: Report, drawn: MapData) -> None:
    lines = pairs(drawn, TieKind.GAP, TieKind.JOINT_WORK, TieKind.MEETING)
    assert lines == Counter(ids(report, pair) for pair in find_bonds(report))


def test_every_line_has_evidence(drawn: MapData) -> None:
    assert [tie for tie in drawn.ties if not tie.evidence] == []


def test_the_same_report_gives_the_same_rows(report: Report, drawn: MapData) -> None:
    assert map_data(report) == drawn


@pytest.mark.parametrize(
    ("one", "two", "kinds"),
    [
        ("gaon", "gaon-univ", {TieKind.AGREEMENT, TieKind.JOINT_WORK}),
        ("gaon", "nuri-drone", {TieKind.GAP, TieKind.PLANNED}),
        ("gaon-library", "saebyeok-univ", {TieKind.AGREEMENT, TieKind.JOINT_WORK}),
        ("byeol-soft-2", "narae", {TieKind.GAP}),
        ("haneul-college", "narae", {TieKind.PLANNED}),
        ("gaon", "gaon-univ-drone-centre", set()),
    ],
)
def test_the_town_is_drawn_as_its_tables_say(
    town_rows: MapData, one: str, two: str, kinds: set[TieKind]
) -> None:
    ends = {one, two}
    assert {t.kind for t in town_rows.ties if {t.source, t.target} == ends} == kinds


def test_hostile_names_are_kept_as_text(hostile_report: Report) -> None:
    evil = next(o for o in map_data(hostile_report).organizations if o.id == "evil-markup")
    assert evil.ko.startswith("<img src=x onerror=")
