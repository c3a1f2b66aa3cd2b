"""Networks of the town, counted by hand from its tables, and what must hold of any network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.agreements import Agreement, is_in_force
from graph.gaps import Gap, Holdings, Level, find_gaps
from graph.namespaces import ID, slug
from graph.network import (
    NETWORK_KINDS,
    NetworkKind,
    build_network,
    project,
    two_mode_network,
)
from graph.restriction import Restriction
from graph.ties import Tie, read_declarations

if TYPE_CHECKING:
    pass

ON = date(2023, 12, 31)
EMPTY = Holdings({}, {}, {}, [], {}, {})
MAKERS = ("gaon-high", "gaon-library", "gaon-promotion", "maker-association", "saebyeok-univ")


def edges(network: nx.Graph[str]) -> set[tuple[str, str]]:
    return {(min(e), max(e)) for e in ((slug(a), slug(b)) for a, b in network.edges())}


def iri(name: str) -> str:
    return str(ID[name])


def test_two_modes(holdings: Holdings) -> None:
    network = build_network(holdings, "participations", Restriction(on=ON))
    graph = network.graph
    assert graph.edges == two_mode_network(holdings, ON).edges
    assert {slug(i) for i in network.initiatives} == {
        *("drone-test", "drone-course", "task-maker", "task-startup", "startup-call"),
        "narae-drone",
    }
    assert {slug(i) for i in network.events} == {
        *("ev-fair", "ev-contest", "ev-briefing", "ev-meeting-1", "ev-meeting-2"),
        *("ev-consultation", "ev-survey", "ev-formation"),
    }
    assert network.agreements == frozenset()
    things = {node for node, facts in graph.nodes.items() if facts["bipartite"] == 1}
    assert things == network.initiatives | network.events


def test_edges_keep_roles_kind_rung_and_ties(holdings: Holdings) -> None:
    graph = build_network(holdings, "participations", Restriction(on=ON)).graph
    fair = graph[iri("gaon")][iri("ev-fair")]
    behind = {tie.iri for tie in holdings.ties if tie.target == iri("ev-fair")}
    assert fair["kinds"] == {"event"}
    assert fair["roles"] == {"host"}  # the table says so, and the column of hosts as well
    assert len(fair["ties"] & behind) == 1
    assert iri("ev-fair") in fair["ties"]
    tenant = graph[iri("dal-robot")][iri("task-maker")]
    assert (tenant["kinds"], tenant["rung"]) == ({"participation"}, "tenancy")
    assert all(holdings.evidence[tie] for tie in fair["ties"] | tenant["ties"])


def test_nodes_have_names_types_and_sectors(holdings: Holdings) -> None:
    nodes = build_network(holdings, "participations").graph.nodes
    assert nodes[iri("gaon-univ")] == {
        "bipartite": 0,
        "id": "gaon-univ",
        "label_ko": "가온대학교",
        "label_en": "Gaon University",
        "type": "University",
        "kind": "organization",
        "sector": "academia",
    }
    kinds = {node: nodes[iri(node)]["kind"] for node in ("grp-tenants", "ev-fair", "task-maker")}
    assert kinds == {"grp-tenants": "group", "ev-fair": "event", "task-maker": "initiative"}


def test_projection_says_what_is_shared(holdings: Holdings) -> None:
    network = build_network(holdings, "organizations", Restriction(on=ON))
    two_modes = two_mode_network(holdings, ON)
    plain = project(two_modes)
    assert edges(network.graph) == edges(plain)
    for one, other, facts in network.graph.edges(data=True):
        assert facts["weight"] == plain[one][other]["weight"] == len(facts["shared"])
        assert facts["shared"] == set(two_modes[one]) & set(two_modes[other])
    twice = network.graph[iri("dal-robot")][iri("saebyeok-univ")]
    assert {slug(thing) for thing in twice["shared"]} == {"task-maker", "narae-drone"}
    # A tenant and a partner reach the lower rung of the two together: a programme.
    assert twice["rung"] == "programme"


def test_weightings_of_the_projection(holdings: Holdings) -> None:
    count = build_network(holdings, "organizations", Restriction(on=ON)).graph
    newman = build_network(holdings, "organizations", Restriction(on=ON), "newman").graph
    # Six in the maker task, five in the drones of Narae: 1/5 and 1/4.
    assert newman[iri("dal-robot")][iri("saebyeok-univ")]["weight"] == pytest.approx(0.45)
    assert edges(count) == edges(newman)


def test_agreements_in_force(holdings: Holdings) -> None:
    network = build_network(holdings, "agreements", Restriction(on=ON))
    assert edges(network.graph) == {
        *(("gaon", "gaon-univ"), ("gaon", "gaon-univ-iacf"), ("narae", "saebyeok-univ")),
        *(("byeol-soft", "gaon"), ("gaon", "maker-association"), ("gaon-promotion", "narae")),
        *combinations(MAKERS, 2),
    }
    assert {slug(agreement) for agreement in network.agreements} == {
        *("agr-univ", "agr-maker", "agr-entrust", "agr-narae-univ", "agr-single"),
        *("agr-byeol", "agr-assoc", "agr-narae-promotion"),
    }
    facts = network.graph[iri("gaon")][iri("gaon-univ")]
    assert facts["shared"] == {iri("agr-univ")}
    assert facts["ties"] == set(holdings.agreements[iri("agr-univ")].parties.values())


def test_agreements_in_force_are_those_of_the_given_agreements(holdings: Holdings) -> None:
    known = [i for i, a in holdings.agreements.items() if is_in_force(a, ON)]
    network = build_network(holdings, "agreements", Restriction(on=ON)).graph
    parties = [sorted(holdings.agreements[agreement].parties) for agreement in known]
    joined = {tuple(map(slug, pair)) for together in parties for pair in combinations(together, 2)}
    assert edges(network) == joined
    assert set(network) == {party for together in parties for party in together}


def test_planned_agreements(holdings: Holdings) -> None:
    network = build_network(holdings, "agreements", Restriction(modality="planned", on=ON))
    assert edges(network.graph) == {("gaon", "nuri-drone"), ("gaon", "mirae-institute")}
    assert not any(facts["actual"] for *_, facts in network.graph.edges(data=True))


def test_affiliations(holdings: Holdings) -> None:
    network = build_network(holdings, "affiliations")
    assert network.graph.number_of_edges() == 13
    found = network.graph[iri("nuri-drone")][iri("gaon-makerspace")]
    assert (found["rung"], found["shared"]) == ("tenancy", found["ties"])


def test_kinds_are_kept_apart(holdings: Holdings) -> None:
    graph = build_network(holdings, "all", Restriction(on=ON)).graph
    assert isinstance(graph, nx.MultiGraph)
    around = graph[iri("gaon")]
    assert set(around[iri("test-lab")]) == {"participation", "event"}
    assert set(around[iri("gaon-univ")]) == {"participation", "agreement"}
    assert set(graph[iri("gaon-council")][iri("grp-agencies")]) == {"affiliation", "event"}
    assert around[iri("narae")]["event"]["weight"] == 2  # the fair, and the forum of Narae
    kinds = {key for *_, key in graph.edges(keys=True)}
    assert kinds == {"agreement", "affiliation", "participation", "event"}
    assert kinds - {"event"} == {declared.kind for declared in read_declarations()}


def test_the_union_holds_what_its_parts_hold(holdings: Holdings) -> None:
    restriction = Restriction(on=ON)
    union = build_network(holdings, "all", restriction).graph
    parts: tuple[NetworkKind, ...] = ("organizations", "agreements", "affiliations")
    found = [edges(build_network(holdings, kind, restriction).graph) for kind in parts]
    assert edges(union) == set().union(*found)


def test_a_kind_that_is_declared_tomorrow_is_a_tie_like_any_other(holdings: Holdings) -> None:
    new = [
        Tie("s", "supply", iri("nuri"), iri("gaon"), actual=True),
        Tie("m", "mention", iri("nuri"), iri("ev-fair"), actual=True),
        Tie("l", "licence", iri("nuri"), iri("agr-univ"), actual=True),
        Tie("n", "licence", iri("gaon"), iri("agr-univ"), actual=True),
    ]
    more = replace(holdings, ties=[*holdings.ties, *new])
    around = build_network(more, "all").graph[iri("nuri")]
    assert set(around[iri("narae")]) == {"event"}
    # Both hold a licence, so the city's own part as a party does not join them as well.
    assert set(around[iri("gaon")]) == {"supply", "event", "licence"}
    # The university is only a party: what joins the two is of either kind.
    assert set(around[iri("gaon-univ")]) == {"agreement", "licence"}
    assert iri("ev-fair") in build_network(more, "participations").graph[iri("nuri")]


def test_units_roll_up_to_their_bodies(holdings: Holdings) -> None:
    restriction = Restriction(level="parent", on=ON)
    two_modes = build_network(holdings, "participations", restriction).graph
    assert not {iri(n) for n in ("gaon-library", "gaon-univ-incubator")} & set(two_modes)
    # The library is the city's: its part in the task is beside the city's hosting.
    assert two_modes[iri("gaon")][iri("task-maker")]["roles"] == {"host", "participant"}
    assert iri("task-startup") in two_modes[iri("gaon-univ")]
    assert iri("gaon-univ-iacf") in two_modes
    signed = build_network(holdings, "agreements", restriction).graph
    assert {slug(n) for n in signed[iri("gaon")]} == {
        *("gaon-univ", "gaon-univ-iacf", "gaon-high", "gaon-promotion", "maker-association"),
        *("saebyeok-univ", "byeol-soft"),
    }


@pytest.mark.parametrize("kind", NETWORK_KINDS)
@pytest.mark.parametrize("level", ["unit", "parent"])
def test_nobody_is_tied_to_itself(holdings: Holdings, kind: NetworkKind, level: Level) -> None:
    own = Tie("own", "affiliation", iri("gaon-library"), iri("gaon"), actual=True)
    more = replace(holdings, ties=[*holdings.ties, own])
    graph = build_network(more, kind, Restriction(level=level)).graph
    assert nx.number_of_selfloops(graph) == 0


@pytest.mark.parametrize("kind", NETWORK_KINDS)
def test_the_restriction_is_part_of_the_result(holdings: Holdings, kind: NetworkKind) -> None:
    restriction = Restriction(theme=iri("drone"), events=False)
    network = build_network(holdings, kind, restriction)
    assert network.restriction is restriction
    assert network.selection.left_out["modality"] == 8
    behind = {i for *_, facts in network.graph.edges(data=True) for i in facts["ties"]}
    assert behind <= {tie.iri for tie in network.ties}


@pytest.mark.parametrize("kind", NETWORK_KINDS)
def test_nothing_makes_an_empty_network(holdings: Holdings, kind: NetworkKind) -> None:
    assert len(build_network(EMPTY, kind).graph) == 0
    lonely = replace(EMPTY, organizations=holdings.organizations)
    assert len(build_network(lonely, kind).graph) == 0
    assert len(build_network(replace(EMPTY, ties=holdings.ties), kind).graph) == 0
    unmet = Restriction(host=iri("nobody"))
    assert len(build_network(holdings, kind, unmet).graph) == 0


@pytest.mark.parametrize("kind", ["participations", "organizations", "agreements"])
def test_before_everything_is_nothing(holdings: Holdings, kind: NetworkKind) -> None:
    assert len(build_network(holdings, kind, Restriction(on=date(1, 1, 1))).graph) == 0


def test_without_agreements_nobody_is_joined_by_one(holdings: Holdings) -> None:
    none = replace(holdings, agreements={})
    network = build_network(none, "agreements", Restriction(on=ON))
    assert len(network.graph) == 0
    assert network.selection.left_out["end"] == 34  # as many parties as the table has


def test_one_organisation_alone(holdings: Holdings) -> None:
    only = [tie for tie in holdings.ties if tie.target == iri("agr-single")]
    network = build_network(replace(holdings, ties=only), "agreements")
    assert list(network.graph) == [iri("narae")]
    assert network.graph.number_of_edges() == 0


def test_no_such_network(holdings: Holdings) -> None:
    with pytest.raises(ValueError, match="there is no network 'friends'; networks: partici"):
        build_network(holdings, "friends")  # type: ignore[arg-type]


def pairs(gaps: list[Gap]) -> dict[tuple[str, str], Gap]:
    return {(gap.host.iri, gap.partner.iri): gap for gap in gaps}


@settings(max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("level", ["unit", "parent"])
def test_an_agreement_added_removes_exactly_its_gaps(
    holdings: Holdings, level: Level, data: st.DataObject
) -> None:
    before = pairs(find_gaps(holdings, ON, level=level))
    names = sorted(holdings.organizations)
    signers = data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=4))
    signers |= data.draw(st.sampled_from([set(), *map(set, sorted(before))]))
    signed = data.draw(st.sampled_from(["", "2019-05-01", "2023", "2023-12-31", "2024-01-01"]))
    end = data.draw(st.sampled_from(["", "2023-12-30", "2023", "2023-12-31", "2030"]))
    new = Agreement("new", "MemorandumOfUnderstanding", signed=signed, end=end)
    new.parties.update({signer: f"new-{signer}" for signer in signers})
    more = replace(holdings, agreements=holdings.agreements | {"new": new})
    after = pairs(find_gaps(more, ON, level=level))

    def covers(host: str, partner: str) -> bool:
        above = holdings.organizations[partner].parents if level == "parent" else set()
        return host in signers and bool(({partner} | above) & signers)

    closed = {pair for pair in before if covers(*pair)} if is_in_force(new, ON) else set()
    assert after.keys() == before.keys() - closed
    for pair, gap in after.items():
        assert replace(gap, covered_through=None, uncertain_agreements=()) == replace(
            before[pair], covered_through=None, uncertain_agreements=()
        )
