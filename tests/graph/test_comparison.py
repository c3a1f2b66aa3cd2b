"""Over time: what the town's tables say between two dates, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.agreements import Agreement, is_in_force
from graph.comparison import Comparison, OrganizationChange, compare, measure_over_time
from graph.gaps import Holdings
from graph.initiatives import Initiative
from graph.namespaces import ID, slug
from graph.organizations import Organization
from graph.restriction import Restriction
from graph.ties import Tie

if TYPE_CHECKING:
    pass

EMPTY = Holdings({}, {}, {}, [], {}, {})
NEW_YEAR, END = date(2022, 12, 31), date(2023, 12, 31)


def count_neighbours(network: nx.Graph[str]) -> dict[str, float]:
    return {node: len(network[node]) for node in network}


def names(changes: tuple[OrganizationChange, ...]) -> dict[str, bool]:
    return {change.organization.id: change.certain for change in changes}


def begun(comparison: Comparison) -> dict[str, bool]:
    return {slug(change.agreement.iri): change.certain for change in comparison.begun}


def ended(comparison: Comparison) -> dict[str, bool]:
    return {slug(change.agreement.iri): change.certain for change in comparison.ended}


def test_who_came_in_2023(holdings: Holdings) -> None:
    came = compare(holdings, NEW_YEAR, END).came
    assert names(came) == dict.fromkeys(
        (
            # The drone course, the tasks of 2023, and the events; all others were there in 2022.
            *("gaon-univ-iacf", "gaon-library", "gaon-univ-incubator"),
        ),
        True,
    )


def test_who_was_there_only_in_2023(holdings: Holdings) -> None:
    comparison = compare(holdings, NEW_YEAR, END)
    # All but these have something that goes on; an event without an end ends as it begins.
    assert comparison.left == ()
    assert names(comparison.between) == dict.fromkeys(
        (
            *("maker-association", "gaon-promotion", "gaon-council"),
            *("mirae-institute", "isle-agency", "onnuri-invest"),
        ),
        True,
    )


def test_dates_of_a_month_may_not_tell(holdings: Holdings) -> None:
    # The institute was consulted in August, after a survey that ended in March.
    survey = compare(holdings, date(2023, 2, 10), date(2023, 3, 1))
    assert names(survey.came)["mirae-institute"] is False
    assert "mirae-institute" not in names(survey.left)
    consulted = compare(holdings, date(2023, 8, 10), date(2023, 8, 20))
    assert names(consulted.left)["mirae-institute"] is False
    assert names(compare(holdings, date(2023, 8, 1), date(2023, 9, 1)).left)["mirae-institute"]


def test_agreements_that_began_and_ended(holdings: Holdings) -> None:
    year = compare(holdings, NEW_YEAR, END)
    assert begun(year) == {"agr-maker": True, "agr-single": True}
    # The laboratory's ended on the last day of 2022, on which it was still in force; that with
    # the robot firm was terminated in June. A renewal is no beginning.
    assert ended(year) == {"agr-lab": True, "agr-dal": True}
    # The association's second agreement took the place of its first.
    year_before = compare(holdings, date(2022, 1, 1), NEW_YEAR)
    assert ended(year_before) == {"agr-assoc-old": True}
    assert begun(year_before)["agr-assoc"] is True
    next_year = compare(holdings, END, date(2024, 12, 31))
    assert begun(next_year) == {"agr-academy": True}
    assert ended(next_year) == dict.fromkeys(
        ("agr-entrust", "agr-narae-univ", "agr-narae-promotion"), True
    )


def test_an_agreement_of_a_month_may_have_begun(holdings: Holdings) -> None:
    assert begun(compare(holdings, date(2022, 10, 10), date(2022, 10, 20))) == {"agr-univ": False}
    assert begun(compare(holdings, date(2022, 9, 30), date(2022, 10, 31))) == {"agr-univ": True}
    assert ended(compare(holdings, date(2024, 6, 10), date(2024, 6, 20))) == {
        "agr-narae-univ": False
    }


def test_an_agreement_that_ends_before_it_begins_does_neither(holdings: Holdings) -> None:
    robots = compare(holdings, date(2023, 3, 1), date(2023, 5, 1))
    assert "agr-narae-robot" not in begun(robots) | ended(robots)


def test_who_rose_and_fell(holdings: Holdings) -> None:
    comparison = compare(holdings, NEW_YEAR, END)
    [risen] = comparison.risen
    assert risen.organization.id == "gaon"
    # From the drone trials alone to five; the laboratory had two all along.
    assert (risen.before.value, risen.after.value) == (1, 5)
    assert (risen.old_rank, risen.new_rank, risen.climb) == (2, 1, 1)
    fallen = {change.organization.id: change for change in comparison.fallen}
    assert (fallen["test-lab"].old_rank, fallen["test-lab"].new_rank) == (1, 2)
    # Four that were second with the rest now have gaon and five others before them.
    behind = {n: c.new_rank for n, c in fallen.items() if n != "test-lab"}
    assert behind == dict.fromkeys(("byeol-soft", "byeol-soft-2", "gaon-univ", "narae"), 7)


def test_nobody_falls_for_others_having_come(holdings: Holdings) -> None:
    comparison = compare(holdings, NEW_YEAR, END, measure=count_neighbours, kind="organizations")
    came = names(comparison.came)
    moved = [*comparison.risen, *comparison.fallen]
    assert not came.keys() & {change.organization.id for change in moved}
    assert max(change.old_rank for change in moved) <= len(comparison.before.hubs)


def test_restricted(holdings: Holdings) -> None:
    narae = Restriction(host=str(ID["narae"]))
    comparison = compare(holdings, NEW_YEAR, END, narae)
    assert names(comparison.between) == {"gaon": True}  # at the forum of November
    assert comparison.came == comparison.left == ()
    assert begun(comparison) == {"agr-single": True}
    assert comparison.after.network.restriction == replace(narae, on=END)


def test_what_has_no_date_neither_comes_nor_leaves(holdings: Holdings) -> None:
    comparison = compare(holdings, NEW_YEAR, END, kind="affiliations")
    # Only the makerspace's tenant has a date, and it is a member of the tenants without one.
    assert comparison.came == comparison.left == ()
    assert comparison.undated == 11


def test_nothing_changes_on_one_day(holdings: Holdings) -> None:
    for day in (NEW_YEAR, date(2022, 10, 10), date(2023, 8, 10)):
        same = compare(holdings, day, day)
        changes = same.came + same.left + same.begun + same.ended + same.risen + same.fallen
        assert changes == ()


@pytest.mark.parametrize("between", [(date.min, date.min), (date.min, date.max), (END, date.max)])
@pytest.mark.parametrize("nothing", [True, False])
def test_any_dates(holdings: Holdings, between: tuple[date, date], nothing: bool) -> None:
    comparison = compare(EMPTY if nothing else holdings, *between)
    assert comparison.undated == 0
    if nothing or between[1] == date.min:
        assert comparison.came + comparison.left + comparison.risen == ()


def test_dates_the_wrong_way_round(holdings: Holdings) -> None:
    with pytest.raises(ValueError, match="2022-12-31 is before 2023-12-31"):
        compare(holdings, END, NEW_YEAR)


DAYS = st.dates(date(2020, 1, 1), date(2024, 12, 31))


@given(first=DAYS, last=DAYS, one=DAYS, other=DAYS)
def test_what_began_is_in_force_only_later(first: date, last: date, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    agreement = Agreement("a", "Agreement", start=str(first), end=str(max(first, last)))
    agreement.parties["x"] = "tie"
    tie = Tie("tie", "agreement", "x", "a", actual=True)
    holdings = replace(
        EMPTY, organizations={"x": Organization("x", "Company")}, agreements={"a": agreement}
    )
    comparison = compare(replace(holdings, ties=[tie]), earlier, later)
    before, after = is_in_force(agreement, earlier), is_in_force(agreement, later)
    changed = (bool(comparison.begun), bool(comparison.ended))
    if changed == (True, False):
        assert (before, after) == (False, True)
    elif changed == (False, True):
        assert (before, after) == (True, False)
    else:
        assert before == after


@given(start=DAYS, length=st.integers(0, 900), one=DAYS, other=DAYS)
def test_who_came_is_only_there_later(start: date, length: int, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    end = start + timedelta(length)
    thing = Initiative("i", "Task", start=str(start), end=str(end))
    holdings = Holdings(
        {"x": Organization("x", "Company")},
        {"i": thing},
        {},
        [Tie("t", "participation", "x", "i", actual=True)],
        {},
        {},
    )
    comparison = compare(holdings, earlier, later)
    came, left = earlier < start <= later, earlier <= end < later
    assert bool(comparison.came) == (came and not left)
    assert bool(comparison.left) == (left and not came)
    assert [change.certain for change in comparison.between] == [True] * (came and left)


def test_who_was_at_an_event_of_some_day_of_the_year_may_be_there_still() -> None:
    holdings = replace(
        EMPTY,
        organizations={"x": Organization("x", "Company")},
        initiatives={"i": Initiative("i", "Event", start="2023", is_event=True)},
        ties=[Tie("t", "participation", "x", "i", actual=True)],
    )
    comparison = compare(holdings, NEW_YEAR, END)
    assert [change.certain for change in comparison.between] == [False]
    assert comparison.came == comparison.left == ()


def test_any_measure_over_time(holdings: Holdings) -> None:
    days = [date(2022, 12, 31), date(1900, 1, 1), date(2023, 12, 31), date(2022, 12, 31)]
    moments = measure_over_time(holdings, days, nx.density)
    assert [moment.on.year for moment in moments] == [1900, 2022, 2023]
    assert moments[0].value == 0
    counted = measure_over_time(holdings, days, len, kind="agreements")
    # With gaon: the university, the laboratory, the foundation, two firms, the association; with
    # narae: its university, the promotion agency. Then the laboratory and the robot firm are out,
    # and of the five makers two more are in.
    assert [moment.value for moment in counted] == [0, 10, 10]
    assert [moment.network.restriction.on for moment in counted] == sorted(set(days))


def test_no_day_at_all(holdings: Holdings) -> None:
    assert measure_over_time(holdings, [], len) == []
