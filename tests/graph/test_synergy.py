"""Synergy: values that follow from the definition, and the choice of who is government."""

from __future__ import annotations

from itertools import product
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.synergy import (
    RESEARCH_APART,
    RESEARCH_AS_GOVERNMENT,
    RESEARCH_AS_UNIVERSITY,
    Helices,
    HelixCounts,
    Synergy,
    count_helices,
    count_sector_pairs,
    measure_synergy,
    missing_legs,
    mutual_information,
    synergy_by_group,
)

U, I, G, R = "academia", "industry", "government", "research"  # noqa: E741 – the field's letters
SECTORS = (U, I, G, R, "intermediary", "")
UNDERTAKINGS = st.lists(st.sets(st.sampled_from(SECTORS)), max_size=30)
COUNTS = st.builds(HelixCounts, *[st.integers(0, 50)] * 8)


def test_independent_legs_have_no_synergy() -> None:
    assert mutual_information(HelixCounts(*[7] * 8)) == 0
    # Half have u, a third i, a fifth g, each whatever the others do.
    spread = HelixCounts(u=8, i=4, g=2, ui=4, ug=2, ig=1, uig=1, none=8)
    assert mutual_information(spread) == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        (HelixCounts(ui=5, ug=5, ig=5, none=5), -1000),
        (HelixCounts(u=5, i=5, g=5, uig=5), -1000),
        (HelixCounts(uig=3, none=3), 1000),
        (HelixCounts(u=4, i=4, g=4), -415.04),
        (HelixCounts(uig=9), 0),
        (HelixCounts(u=9), 0),
    ],
)
def test_exclusive_or_identical_and_exclusive_thirds(counts: HelixCounts, value: float) -> None:
    assert mutual_information(counts) == pytest.approx(value, abs=5e-3)


def test_two_of_the_three_alone_have_no_synergy() -> None:
    """With g nowhere, T is the information of u and i less itself."""
    assert mutual_information(HelixCounts(u=3, i=8, ui=5, none=2)) == pytest.approx(0, abs=1e-8)


@given(COUNTS)
def test_it_is_the_information_of_two_less_that_under_the_third(counts: HelixCounts) -> None:
    """T(uig) = I(u;i) − I(u;i|g): another way to the same value."""
    value = mutual_information(counts)
    if not counts.n:
        assert value is None
        return

    def information(cells: dict[tuple[bool, bool], int]) -> float:
        total = sum(cells.values())
        sums = [
            {
                side: sum(n for pair, n in cells.items() if pair[at] == side)
                for side in (True, False)
            }
            for at in (0, 1)
        ]
        return sum(
            n * log2(n * total / sums[0][u] / sums[1][i]) for (u, i), n in cells.items() if n
        )

    cells = counts.cells()
    under = {
        g: {(u, i): cells[u, i, g] for u, i in product([True, False], repeat=2)}
        for g in (True, False)
    }
    both = {pair: under[True][pair] + under[False][pair] for pair in under[True]}
    given_g = information(under[True]) + information(under[False])
    expected = 1000 * (information(both) - given_g) / counts.n
    assert value == pytest.approx(expected, abs=1e-6)
    assert -1000 <= value <= 1000


@given(COUNTS, st.integers(2, 5))
def test_more_of_the_same_and_swapped_legs_change_nothing(counts: HelixCounts, times: int) -> None:
    c = counts
    more = HelixCounts(*(times * n for n in c.cells().values()))
    swapped = HelixCounts(u=c.i, i=c.g, g=c.u, ui=c.ig, ug=c.ui, ig=c.ug, uig=c.uig, none=c.none)
    value = mutual_information(c)
    assert mutual_information(more) == pytest.approx(value, abs=1e-8)
    assert mutual_information(swapped) == pytest.approx(value, abs=1e-8)


def test_undertakings_are_counted_by_the_sectors_that_take_part() -> None:
    undertakings = [[U], [U, I], [I, U, U], [U, I, G, R], [R], [R, ""], [G, "intermediary"]]
    assert count_helices(undertakings) == HelixCounts(u=1, ui=2, uig=1, g=1, left_out=2)
    rest = count_helices(undertakings, count_rest=True)
    assert rest == HelixCounts(u=1, ui=2, uig=1, g=1, none=2)
    assert (count_helices(undertakings).n, rest.n) == (5, 7)


def test_the_choice_of_government_changes_the_value_and_stands_in_the_result() -> None:
    undertakings = [[U], [I], [R], [R, U], [R, I], [U, I], [G, U], [R, G]]
    found = {
        helices: measure_synergy(undertakings, helices)
        for helices in (RESEARCH_APART, RESEARCH_AS_UNIVERSITY, RESEARCH_AS_GOVERNMENT)
    }
    assert all(synergy.helices == helices for helices, synergy in found.items())
    assert found[RESEARCH_AS_GOVERNMENT].counts == HelixCounts(u=1, i=1, g=2, ui=1, ug=2, ig=1)
    assert found[RESEARCH_AS_UNIVERSITY].counts == HelixCounts(u=3, i=1, ui=2, ug=2)
    assert found[RESEARCH_APART].counts == HelixCounts(u=2, i=2, g=1, ui=1, ug=1, left_out=1)
    assert len({synergy.value for synergy in found.values()}) == 3


def test_research_as_government_triples_the_value_of_europe() -> None:
    """The 3,321 EU projects that began in 2014 (CORDIS), by the official types of participants.

    Government are public bodies (PUB), or they and the research organisations (REC).
    """
    public = HelixCounts(u=1819, i=317, g=58, ui=433, ug=34, ig=24, uig=133, left_out=503)
    research = HelixCounts(u=1639, i=241, g=536, ui=119, ug=214, ig=100, uig=447, left_out=25)
    assert public.n + public.left_out == research.n + research.left_out == 3321
    assert mutual_information(public) == pytest.approx(-97.31, abs=5e-3)
    assert mutual_information(research) == pytest.approx(-289.02, abs=5e-3)


def test_a_sector_in_two_helices_is_refused() -> None:
    with pytest.raises(ValueError, match="two helices: research"):
        Helices(university=frozenset({U, R}), government=frozenset({G, R}))


@given(UNDERTAKINGS, st.booleans())
def test_counts_are_of_all_undertakings(undertakings: list[set[str]], rest: bool) -> None:
    counts = count_helices(undertakings, count_rest=rest)
    assert counts.n + counts.left_out == len(undertakings)
    assert (counts.left_out if rest else counts.none) == 0
    assert measure_synergy(undertakings, count_rest=rest).counts == counts
    longer = count_helices([*undertakings, set()], count_rest=False)
    assert mutual_information(longer) == measure_synergy(undertakings).value


def test_missing_legs() -> None:
    groups: dict[str, list[list[str]]] = {
        "drones": [[U, G], [G]],
        "robots": [[U], [I, G]],
        "water": [[R, I]],
        "sea": [[R], ["intermediary"]],
        "air": [],
    }
    assert missing_legs(groups) == {"drones": ("industry",), "water": ("university", "government")}
    assert missing_legs(groups, RESEARCH_AS_UNIVERSITY) == {
        "drones": ("industry",),
        "water": ("government",),
        "sea": ("industry", "government"),
    }


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))))
def test_pairs_by_sector(pairs: list[tuple[str, str]]) -> None:
    sectors = {"a": U, "b": U, "c": I, "d": G, "e": ""}
    found = count_sector_pairs(pairs, sectors)
    assert sum(found.values()) == len(pairs)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert all(one <= other for one, other in found)
    assert found == count_sector_pairs([(b, a) for a, b in pairs], sectors)
    mixed = sum({sectors.get(a, ""), sectors.get(b, "")} == {U, I} for a, b in pairs)
    assert found.get((U, I), 0) == mixed


def test_nothing_to_count() -> None:
    nothing = Synergy(None, HelixCounts(), RESEARCH_APART)
    assert measure_synergy([]) == nothing
    assert measure_synergy([["intermediary"]]).value is None
    assert measure_synergy([["intermediary"]], count_rest=True).value == 0
    assert synergy_by_group({"2024": []}) == {"2024": nothing}
    assert missing_legs({}) == {}
    assert count_sector_pairs([], {}) == {}
