"""The map at unit and at parent level says what gap list, networks and measures say there."""

from collections import Counter
from itertools import combinations, product

import pytest

from graph.centrality import betweenness
from graph.gaps import Level, find_gaps
from graph.measures import rank_hubs
from graph.namespaces import slug
from graph.network import build_network, project
from graph.restriction import Restriction
from graph.selection import bodies
from triplehelix.measures.brokers import find_brokers
from triplehelix.network_map.bonds import find_bonds
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_payload import map_data
from triplehelix.network_map.map_rows import Broker, Tie, TieKind
from triplehelix.report import Report

LEVELS: tuple[Level, ...] = ("unit", "parent")


@pytest.fixture(scope="module", params=["town_report", "shipped_report"])
def report(request: pytest.FixtureRequest) -> Report:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def drawn(report: Report) -> MapData:
    return map_data(report)


def lines(data: MapData, level: Level) -> list[Tie]:
    """Return the lines that stand at a level."""
    return [tie for tie in (*data.ties, *data.parent_ties) if tie.level in ("both", level)]


def ends(tie: Tie) -> frozenset[str]:
    return frozenset((tie.source, tie.target))


@pytest.mark.parametrize("level", LEVELS)
def test_the_gaps_are_those_of_the_gap_list(report: Report, drawn: MapData, level: Level) -> None:
    holdings = report.holdings
    wanted: dict[frozenset[str], set[str]] = {}
    for gap in find_gaps(holdings, report.on, level=level):
        if gap.actual and not gap.waived:
            pairs = (bodies(holdings, one.iri, level) for one in (gap.host, gap.partner))
            for pair in product(*pairs):
                key = frozenset(holdings.organizations[iri].id for iri in pair)
                wanted.setdefault(key, set()).add(gap.partner.label("ko"))
    shown = [tie for tie in lines(drawn, level) if tie.kind is TieKind.GAP]
    assert Counter(map(ends, shown)) == Counter(wanted.keys())
    names = {row.id: row.ko for row in drawn.organizations}
    for tie in shown:
        for partner in wanted[ends(tie)]:
            assert partner in {names[tie.source], names[tie.target]} or partner in tie.label_ko


def test_at_parent_level_nobody_stands_that_is_a_unit(report: Report, drawn: MapData) -> None:
    organizations = report.holdings.organizations
    units = {unit.organization for unit in drawn.units}
    assert {
        o.id for iri, o in organizations.items() if bodies(report.holdings, iri, "parent") != (iri,)
    } >= units
    assert units
    assert not units & {end for tie in lines(drawn, "parent") for end in ends(tie)}
    assert any(units & ends(tie) for tie in lines(drawn, "unit"))


def test_joint_work_at_parent_level_is_that_of_the_network(report: Report) -> None:
    scope = Restriction(on=report.on, level="parent")
    network = project(build_network(report.holdings, "participations", scope).graph)
    bonds = find_bonds(report, "parent")
    shared = {pair: len(bond.initiatives) for pair, bond in bonds.items() if bond.initiatives}
    assert shared == {frozenset((a, b)): w for a, b, w in network.edges(data="weight")}


@pytest.mark.parametrize("level", LEVELS)
def test_every_bond_is_drawn_once_at_each_level(
    report: Report, drawn: MapData, level: Level
) -> None:
    organizations = report.holdings.organizations
    kinds = (TieKind.GAP, TieKind.JOINT_WORK, TieKind.MEETING)
    assert Counter(ends(tie) for tie in lines(drawn, level) if tie.kind in kinds) == Counter(
        frozenset(organizations[iri].id for iri in pair) for pair in find_bonds(report, level)
    )
    assert all(tie.evidence for tie in lines(drawn, level))


@pytest.mark.parametrize(
    ("one", "two", "kinds"),
    [
        ("gaon", "gaon-univ", {TieKind.AGREEMENT, TieKind.JOINT_WORK}),
        ("gaon", "gaon-univ-incubator", set()),
        ("gaon-library", "saebyeok-univ", set()),
        ("gaon", "saebyeok-univ", {TieKind.AGREEMENT, TieKind.GAP}),
        ("byeol-soft-2", "narae", {TieKind.GAP}),
    ],
)
def test_the_town_at_parent_level(
    town_report: Report, one: str, two: str, kinds: set[TieKind]
) -> None:
    data = map_data(town_report)
    assert {tie.kind for tie in lines(data, "parent") if ends(tie) == {one, two}} == kinds


def test_whose_unit_signed_is_told(town_report: Report) -> None:
    tie = next(
        tie
        for tie in map_data(town_report).parent_ties
        if ends(tie) == {"gaon", "saebyeok-univ"} and tie.kind is TieKind.AGREEMENT
    )
    assert tie.label_ko == "메이커 문화 확산 기관 협약 · 유효 · 단위 기관: 가온도서관센터"
    assert tie.label_en.endswith("through units: Gaon Library Center")


def test_measures_at_parent_level_are_those_of_the_commands(report: Report, drawn: MapData) -> None:
    scope = Restriction(on=report.on, level="parent")
    between = rank_hubs(report.holdings, scope, measure=betweenness, kind="organizations")
    strengths = {hub.organization.id: hub.value for hub in rank_hubs(report.holdings, scope).hubs}
    own = {row.id: (row.degree, row.strength, row.betweenness) for row in drawn.organizations}
    own |= {
        row.organization: (row.degree, row.strength, row.betweenness)
        for row in drawn.parent_measures
    }
    assert between.hubs
    for hub in between.hubs:
        iri = hub.organization.iri
        degree = len(between.network.graph[iri])
        identifier = hub.organization.id
        assert own[identifier] == (degree, strengths[identifier], round(hub.value, 6))


@pytest.mark.parametrize("level", LEVELS)
def test_brokers_are_those_of_the_command(report: Report, drawn: MapData, level: Level) -> None:
    scope = Restriction(on=report.on, level=level)
    wanted = find_brokers(report.holdings, scope, "organizations", "count")
    shown = {row.organization: row for row in drawn.brokers if row.level in ("both", level)}
    for broker in wanted.brokers:
        row = shown.pop(broker.organization.id, Broker(broker.organization.id))
        roles = broker.roles
        assert (row.coordinator, row.itinerant, row.liaison) == (
            roles.coordinator,
            roles.itinerant,
            roles.liaison,
        )
        assert (row.gatekeeper, row.representative) == (roles.gatekeeper, roles.representative)
        cut = [report.holdings.organizations[iri].id for part in broker.cut_off for iri in part]
        assert sorted(row.cut_off) == sorted(cut)
    assert shown == {}


@pytest.mark.parametrize("level", LEVELS)
def test_ended_agreements_are_kept_for_the_years_before(
    report: Report, drawn: MapData, level: Level
) -> None:
    holdings = report.holdings
    wanted: Counter[tuple[frozenset[str], str]] = Counter()
    for agreement in holdings.agreements.values():
        if report.status(agreement) in ("expired", "terminated", "superseded"):
            everyone = {*agreement.parties, *agreement.prospective}
            standing = {body for one in everyone for body in bodies(holdings, one, level)}
            pairs = combinations(sorted(map(slug, standing)), 2)
            wanted.update((frozenset(pair), agreement.end) for pair in pairs)
    shown = [tie for tie in drawn.ended_ties if tie.level in ("both", level)]
    assert Counter((ends(tie), tie.until) for tie in shown) == wanted
    assert wanted
    assert all(tie.ended and tie.since and tie.kind is TieKind.AGREEMENT for tie in shown)
    assert not any(tie.ended for tie in lines(drawn, level))


def test_agreements_are_told_with_their_states(report: Report, drawn: MapData) -> None:
    known = {slug(iri): agreement for iri, agreement in report.holdings.agreements.items()}
    shown = {row.id: row for row in drawn.agreements}
    assert {row.id for row in drawn.states} == {row.state for row in drawn.agreements}
    for identifier, agreement in known.items():
        parties = {*agreement.parties, *agreement.prospective}
        ids = {report.holdings.organizations[iri].id for iri in parties}
        if present := ids & {row.id for row in drawn.organizations}:
            row = shown[identifier]
            assert row.state == report.status(agreement)
            assert {*row.parties} == present
            assert (row.signed, row.until) == (agreement.signed, agreement.end)
            assert row.evidence
    assert len({row.state for row in drawn.agreements}) > 3
