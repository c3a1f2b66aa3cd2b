"""Weakly tied organisations: the town read by hand, and the shapes of small networks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.gaps import Holdings, read_holdings
from graph.initiatives import Initiative
from graph.namespaces import slug
from graph.organizations import Organization
from graph.ties import Tie
from graph.weak_ties import WeakTie, find_weak_ties

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)


def show(gap: WeakTie) -> tuple[str, list[str], str]:
    broker = gap.broker.id if gap.broker else ""
    return gap.kind, sorted(o.id for o in gap.organizations), broker


def test_weak_ties_of_the_town(town: Loaded) -> None:
    """All meet the council at its first meeting only; schools and universities are groups."""
    found = [show(gap) for gap in find_weak_ties(read_holdings(town.dataset), ON)]
    assert found[:4] == [
        ("single_broker", ["gaon-council"], "gaon"),
        ("single_broker", ["isle-agency"], "gaon"),
        ("single_partner", ["maker-association"], "gaon"),
        ("single_partner", ["mirae-institute"], "gaon"),
    ]
    assert {kind for kind, *_ in found[4:]} == {"single_undertaking"}
    assert sorted(names[0] for _, names, _ in found[4:]) == [
        "byeol-soft",
        "byeol-soft-2",
        "gaon-council",
        "gaon-library",
        "gaon-promotion",
        "gaon-univ",
        "gaon-univ-incubator",
        "isle-agency",
        "onnuri-invest",
    ]


def network(*undertakings: str, groups: str = "") -> Holdings:
    """Undertakings as the letters of their members."""
    members = sorted({who for text in undertakings for who in text})
    organizations = {
        who: Organization(who, "CompanyGroup" if who in groups else "Company", {"ko": who})
        for who in members
    }
    things = {f"of {t}": Initiative(f"of {t}", "Project", {"ko": t}) for t in undertakings}
    ties = [
        Tie(f"{who}-{text}", "participation", who, f"of {text}", True)
        for text in undertakings
        for who in text
    ]
    return Holdings(organizations, things, {}, ties, {}, {})


def test_a_component_apart_is_told_with_its_size() -> None:
    (gap, *rest) = find_weak_ties(network("abc", "bcd", "acd", "xy"), ON)
    assert show(gap) == ("apart", ["x", "y"], "")
    assert gap.reasons[0].values == {"members": 2, "largest": 4}
    assert [show(gap)[0] for gap in rest] == ["single_partner", "single_partner"]


def test_several_behind_one_depend_on_it() -> None:
    """Without d the triangle of e, f and g is cut off, and without e what is left of it."""
    found = find_weak_ties(network("abcd", "abcx", "adx", "de", "efg", "ef", "fg"), ON)
    assert [show(gap) for gap in found if gap.broker] == [
        ("single_broker", ["e", "f", "g"], "d"),
        ("single_broker", ["f", "g"], "e"),
    ]


def test_of_two_parts_as_large_as_each_other_both_depend_on_the_broker() -> None:
    found = find_weak_ties(network("abc", "cde"), ON)
    assert [show(gap) for gap in found if gap.broker] == [
        ("single_broker", ["a", "b"], "c"),
        ("single_broker", ["d", "e"], "c"),
    ]


def test_one_alone_behind_a_broker_is_told_once() -> None:
    found = find_weak_ties(network("abc", "ab", "bc", "ac", "cx"), ON)
    assert [show(gap) for gap in found] == [("single_partner", ["x"], "c")]


def test_groups_are_neighbours_but_are_not_listed() -> None:
    found = find_weak_ties(network("abg", "ab", "bg", "gx", "gy", groups="gy"), ON)
    assert ("single_partner", ["x"], "g") in [show(gap) for gap in found]
    assert not any("y" in names or "g" in names for _, names, _ in map(show, found))


def test_who_works_alone_is_apart() -> None:
    found = find_weak_ties(network("ab", "bc", "ac", "z"), ON)
    assert [show(gap) for gap in found] == [("apart", ["z"], "")]


@given(st.lists(st.text("abcdef", min_size=1, max_size=4).map(lambda t: "".join(sorted(set(t))))))
def test_other_names_change_nothing(undertakings: list[str]) -> None:
    names = str.maketrans("abcdef", "uvwxyz")
    renamed = [text.translate(names) for text in undertakings]
    before, after = (
        sorted(show(gap) for gap in find_weak_ties(network(*set(texts)), ON))
        for texts in (undertakings, renamed)
    )
    translated = [
        (kind, [who.translate(names) for who in members], broker.translate(names))
        for kind, members, broker in before
    ]
    # Of two components of the same size the first by name is the main one, and stays so.
    assert sorted(translated) == after


def test_goyang_and_seoul_are_apart(shipped: Loaded) -> None:
    found = find_weak_ties(read_holdings(shipped.dataset), ON)
    (apart,) = (gap for gap in found if gap.kind == "apart")
    names = {slug(o.iri) for o in apart.organizations}
    assert "goyang" in names
    assert "seoul" not in names
    brokers = {gap.broker.id for gap in found if gap.kind == "single_broker" and gap.broker}
    assert "seoul" in brokers


@pytest.mark.parametrize("undertakings", [(), ("a",)])
def test_nothing_and_nobody(undertakings: tuple[str, ...]) -> None:
    assert find_weak_ties(network(*undertakings), ON) == []
