"""Who has taken part in what by a date: hosts, plans, and what states no date of its own."""

from __future__ import annotations

from datetime import date

from graph.gaps import Holdings
from graph.initiatives import Initiative
from graph.involvement import Involvement, Starts, find_involvements, is_before_all
from graph.organizations import Organization
from graph.ties import Tie


def made() -> Holdings:
    """A plan of 2022 with a task without a date and an event, and a call without any date."""
    organizations = {n: Organization(n, "Company") for n in ("city", "firm", "univ")}
    things = {
        "plan": Initiative("plan", "Plan", hosts={"city"}, start="2022"),
        "task": Initiative("task", "Task", parents={"plan"}, hosts={"city"}),
        "event": Initiative("event", "Fair", parents={"task", "plan"}, start="2023-05"),
        "call": Initiative("call", "PublicCall"),
    }
    ties = [
        Tie("t1", "participation", "firm", "task", True, role="partner"),
        Tie("t2", "participation", "univ", "event", True, role="attendee"),
        Tie("t3", "participation", "univ", "task", False, role="partner"),
        Tie("t4", "participation", "firm", "call", True, role="beneficiary"),
        Tie("t5", "affiliation", "firm", "univ", True),
    ]
    return Holdings(organizations, things, {}, ties, {}, {})


def found(on: date) -> set[tuple[str, str]]:
    return {(i.organization, i.undertaking) for i in find_involvements(made(), on)}


def test_what_has_no_date_begins_with_what_it_is_part_of() -> None:
    starts = Starts(made())
    assert [starts.of(name) for name in ("plan", "task", "event", "call")] == [
        "2022",
        "2022",
        "2023-05",
        "",
    ]


def test_actual_parts_and_their_hosts_count_from_their_beginning() -> None:
    both = {("firm", "task"), ("city", "task"), ("firm", "call")}
    assert found(date(2022, 6, 1)) == both
    assert found(date(2023, 5, 1)) == both | {("univ", "event")}


def test_a_host_is_told_by_the_record_of_what_it_hosts() -> None:
    hosting = [i for i in find_involvements(made(), date(2023, 1, 1)) if i.role == "host"]
    assert hosting == [Involvement("city", "task", "host", "task", "2022")]


def test_before_the_first_date_of_all_nothing_is_known() -> None:
    assert found(date(2021, 12, 31)) == set()
    assert is_before_all(made(), date(2021, 12, 31))
    assert not is_before_all(made(), date(2022, 1, 1))


def test_without_any_date_no_day_is_before_all() -> None:
    assert not is_before_all(Holdings({}, {}, {}, [], {}, {}), date(1, 1, 1))
