"""Missing collaborations: scores against NetworkX and by hand, and the judgement by experiments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import parse_lexical
from graph.gaps import Holdings, read_holdings
from graph.link_judgement import judge_links
from graph.link_scores import score_pair
from graph.meetings import Meeting
from graph.missing_links import MissingLinks, find_missing_links, score_missing_links
from graph.namespaces import ID, slug

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)
NODES = "abcdefgh"


@pytest.fixture(scope="module")
def links(town: Loaded) -> MissingLinks:
    return find_missing_links(read_holdings(town.dataset), ON)


def test_the_best_link_of_the_town_by_hand(links: MissingLinks) -> None:
    """Gaon and the Byeol Soft of Narae share Dal Robot (7 partners), Narae (6), Saebyeok (7) and
    the test laboratory (10): 1/7 + 1/6 + 1/7 + 1/10.
    """
    best = links.links[0]
    assert (best.first.id, best.second.id, best.rank) == ("byeol-soft-2", "gaon", 1)
    assert [slug(iri) for iri in best.partners] == [
        "dal-robot",
        "narae",
        "saebyeok-univ",
        "test-lab",
    ]
    assert best.score.resource_allocation == pytest.approx(2 / 7 + 1 / 6 + 1 / 10)
    assert best.score.adamic_adar == pytest.approx(2 / 1.945910 + 1 / 1.791759 + 1 / 2.302585)
    assert [slug(theme) for theme in best.themes] == ["drone"]


def test_equal_scores_share_a_rank(links: MissingLinks) -> None:
    assert [link.rank for link in links.links[:5]] == [1, 2, 2, 4, 5]


def test_who_shares_an_undertaking_or_a_body_is_no_missing_link(
    town: Loaded, links: MissingLinks
) -> None:
    holdings = read_holdings(town.dataset)
    assert len(links.links) == links.candidates == 67
    found = {frozenset((link.first.id, link.second.id)) for link in links.links}
    assert frozenset(("gaon", "test-lab")) not in found
    assert frozenset(("gaon-univ", "gaon-univ-incubator")) not in found
    named = {name for pair in found for name in pair}
    assert not named & {"gaon-council", "gaon-makerspace", "grp-tenants"}
    assert all(not holdings.organizations[str(ID[name])].is_group for name in named)


def test_an_agreement_without_an_undertaking_is_told(links: MissingLinks) -> None:
    (link,) = (
        link
        for link in links.links
        if (link.first.id, link.second.id) == ("gaon-promotion", "saebyeok-univ")
    )
    assert "have_agreement" in [reason.code for reason in link.reasons]


def test_what_both_plan_together_is_told(town: Loaded) -> None:
    """Were Saebyeok to plan to come to the fair, it would be where the agency already is."""
    holdings = read_holdings(town.dataset)
    tie = next(t for t in holdings.ties if t.kind == "participation" and not t.actual)
    plan = replace(tie, source=str(ID["saebyeok-univ"]), target=str(ID["ev-fair"]), iri="new")
    found = find_missing_links(replace(holdings, ties=[*holdings.ties, plan]), ON)
    told = [
        {link.first.id, link.second.id}
        for link in found.links
        if "plan_together" in [reason.code for reason in link.reasons]
    ]
    assert {"gaon-promotion", "saebyeok-univ"} in told


def test_themes_are_named_where_their_names_are_given(town: Loaded) -> None:
    labels = {str(ID["drone"]): {"ko": "드론", "en": "Drones"}}
    found = find_missing_links(read_holdings(town.dataset), ON, limit=1, labels=labels)
    assert len(found.links) == 1
    assert found.candidates == 67
    assert "드론" in found.links[0].reasons[1].text("ko")


@pytest.mark.parametrize("name", ["town", "shipped"])
def test_with_too_few_dates_nothing_is_claimed(name: str, request: pytest.FixtureRequest) -> None:
    loaded: Loaded = request.getfixturevalue(name)
    judgement = find_missing_links(read_holdings(loaded.dataset), ON).judgement
    assert judgement.verdict == "unknown"
    assert judgement.auc is None
    assert "cannot be judged" in judgement.reason.text("en")
    assert "알 수 없습니다" in judgement.reason.text("ko")


@given(st.sets(st.sampled_from(list(combinations(NODES, 2)))), st.sets(st.sampled_from(NODES)))
def test_scores_are_those_of_networkx(ties: set[tuple[str, str]], speaking: set[str]) -> None:
    network: nx.Graph[str] = nx.Graph(sorted(ties))
    network.add_nodes_from(NODES)
    themes = {node: {"it"} for node in speaking}
    found = score_missing_links(network, themes)
    apart = [p for p in combinations(NODES, 2) if p not in ties and speaking >= set(p)]
    allocation = {(u, v): s for u, v, s in nx.resource_allocation_index(network, apart)}
    adamic = {(u, v): s for u, v, s in nx.adamic_adar_index(network, apart)}
    expected = {pair for pair in apart if allocation[pair] > 0}
    assert found.keys() == expected
    neighbours = {node: set(network[node]) for node in network}
    for pair, score in found.items():
        assert score.resource_allocation == pytest.approx(allocation[pair])
        assert score.adamic_adar == pytest.approx(adamic[pair])
        assert score.themes == 1
        plain = score_pair(neighbours, themes, *pair)
        assert tuple(score) == pytest.approx(tuple(plain))


def test_blocks_of_rows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    network = nx.relabel_nodes(nx.karate_club_graph(), lambda node: f"{node:02}")
    themes = {node: {"karate", node[0]} for node in network}
    whole = score_missing_links(network, themes)
    monkeypatch.setattr("graph.link_scores._BLOCK", 5)
    assert score_missing_links(network, themes) == whole
    assert list(whole) == sorted(whole)


SPLIT = date(2020, 1, 1)


def meet(name: str, start: str, members: list[str]) -> Meeting:
    return Meeting(name, dict.fromkeys(members, parse_lexical(start)), frozenset({"it"}))


def early(random: Random) -> list[Meeting]:
    """Twelve circles of eight, of each of which four meet at a time, three times before 2020."""
    return [
        meet(f"early-{c}-{n}", "2010", random.sample([f"{c}{m}" for m in range(8)], 4))
        for c in "abcdefghijkl"
        for n in range(3)
    ]


def late(random: Random, *, close: bool) -> list[Meeting]:
    """Two meet at a time in 2020: of one circle where they are close, or any two."""
    everyone = [f"{c}{n}" for c in "abcdefghijkl" for n in range(8)]
    circles = [random.choice("abcdefghijkl") if close else "" for _ in range(100)]
    return [
        meet(f"late-{n}", "2020-05", random.sample([e for e in everyone if circle in e], 2))
        for n, circle in enumerate(circles)
    ]


def test_where_circles_close_the_list_is_better_than_chance() -> None:
    random = Random(1)
    judgement = judge_links([*early(random), *late(random, close=True)], split=SPLIT)
    assert judgement.verdict == "better"
    assert judgement.auc is not None
    assert judgement.auc > 0.8
    assert judgement.hits > 3 * judgement.expected
    assert judgement.pairs > 20
    assert judgement.reason.text("en").endswith(f"like degrees: {judgement.expected:.3g}.")
    assert "not better" not in judgement.reason.text("en")


@pytest.mark.parametrize("seed", range(3))
def test_where_anybody_meets_anybody_it_is_not(seed: int) -> None:
    random = Random(seed)
    judgement = judge_links([*early(random), *late(random, close=False)], split=SPLIT)
    assert judgement.verdict == "not_better"
    assert judgement.auc == pytest.approx(0.5, abs=0.07)
    assert judgement.hits <= judgement.expected + 5
    assert "not better than chance" in judgement.reason.text("en")


def test_who_meets_because_it_is_large_is_no_merit_of_the_score() -> None:
    """Large ones meet each other later, whoever their partners are; like ones do as often."""
    random = Random(5)
    large = [f"{c}0" for c in "abcdefghijkl"]
    before = early(random)
    before += [
        meet(f"own-{who}-{n}", "2011", [who, f"{who}-{n}", f"{who}-{n}-x"])
        for who in large
        for n in range(6)
    ]
    after = [meet(f"late-{n}", "2021", random.sample(large, 2)) for n in range(40)]
    judgement = judge_links([*before, *after], split=SPLIT)
    assert judgement.pairs >= 20
    assert judgement.verdict == "not_better"


def test_the_same_seed_gives_the_same_result() -> None:
    random = Random(1)
    meetings = [*early(random), *late(random, close=True)]
    first = judge_links(meetings, split=SPLIT, seed=7)
    assert judge_links(list(reversed(meetings)), split=SPLIT, seed=7) == first


@pytest.mark.parametrize(("start", "share"), [("", 0), ("2019", 0), ("2021", 1)])
def test_who_may_have_met_before_is_no_test(start: str, share: int) -> None:
    """Another undertaking of the same two, without a date or before: then it is not the first."""
    random = Random(1)
    known, after = early(random), late(random, close=True)
    others = [
        replace(m, undertaking=f"x{m.undertaking}", joined=dict.fromkeys(m.joined, day))
        for m in after
        for day in [parse_lexical(start) if start else None]
    ]
    pairs = judge_links([*known, *after], split=SPLIT).pairs
    assert judge_links([*known, *after, *others], split=SPLIT).pairs == share * pairs
    # A date that lies on both sides of the split tells no more than none.
    assert judge_links([*known, *others], split=date(2021, 6, 1)).pairs == 0


def test_who_joins_later_meets_the_others_then() -> None:
    joined = {"a": parse_lexical("2019-05"), "b": parse_lexical("2021-03")}
    meeting = Meeting("u", joined)
    assert meeting.pairs_after(date(2020, 1, 1)) == {("a", "b"): date(2021, 3, 1)}
    assert meeting.undecided(date(2020, 1, 1)) == set()
    assert meeting.undecided(date(2021, 3, 15)) == {("a", "b")}
    assert meeting.before(date(2022, 1, 1)).joined == joined


@pytest.mark.parametrize("meetings", [[], [Meeting("u", {"a": None, "b": None})]])
def test_without_dates_there_is_no_split(meetings: list[Meeting]) -> None:
    judgement = judge_links(meetings)
    assert (judgement.verdict, judgement.split) == ("unknown", None)
    assert judgement.reason.text("ko")


def test_an_empty_network_and_one_without_ties() -> None:
    assert score_missing_links(nx.Graph(), {}) == {}
    assert score_missing_links(nx.empty_graph(["a", "b"]), {"a": ["it"], "b": ["it"]}) == {}
    nothing = Holdings({}, {}, {}, [], {}, {})
    assert find_missing_links(nothing, ON).links == ()
