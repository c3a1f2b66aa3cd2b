"""Days of notice and ends of agreements: what is due, what has passed, what is not certain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.agreements import Agreement, Period
from graph.dates import Interval
from graph.deadlines import WITHIN, Deadline, find_deadlines
from graph.decisions import Decision
from graph.gaps import Holdings, read_holdings
from graph.namespaces import ID, slug
from graph.organizations import Organization

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)
BODIES = ("host", "partner", "other", "unit")


@pytest.fixture(scope="module")
def town_holdings(town: Loaded) -> Holdings:
    return read_holdings(town.dataset)


def hold(*agreements: Agreement, decisions: tuple[Decision, ...] = ()) -> Holdings:
    organizations = {name: Organization(name, "Company", {"ko": name}) for name in BODIES}
    organizations["unit"].parents.add("host")
    return Holdings(
        organizations,
        {},
        {agreement.iri: agreement for agreement in agreements},
        [],
        {},
        {},
        {(d.host, d.partner): d for d in decisions},
    )


def agree(iri: str = "a", kind: str = "Agreement", **stated: object) -> Agreement:
    parties = stated.pop("parties", ("host", "partner"))
    assert isinstance(parties, tuple)
    return Agreement(iri, kind, parties={p: f"{iri}-{p}" for p in parties}, **stated)  # type: ignore[arg-type]


def show(deadline: Deadline) -> tuple[str, str, str]:
    mood = "overdue" if deadline.overdue else "due"
    return deadline.id, deadline.day.lexical, mood if deadline.certain else f"perhaps {mood}"


def find(
    holdings: Holdings, on: date = ON, days: int = 180, host: str | None = "host"
) -> list[tuple[str, str, str]]:
    return [show(d) for d in find_deadlines(holdings, on, timedelta(days=days), host)]


def test_deadlines_of_the_town(town_holdings: Holdings) -> None:
    assert find(town_holdings, host=None) == [
        ("agr-lab-end", "2022-12-31", "overdue"),
        ("agr-narae-robot-end", "2023-03-31", "overdue"),
        ("agr-narae-promotion-notice", "2023-12-16", "overdue"),
        ("agr-entrust-end", "2024-02-29", "due"),
        ("agr-narae-promotion-end", "2024-03-15", "due"),
        ("agr-narae-univ-end", "2024-06-01/2024-06-30", "perhaps due"),
    ]
    own = [d[0] for d in find(town_holdings, host=str(ID["gaon"]))]
    assert own == ["agr-lab-end", "agr-entrust-end"]


def test_the_notice_follows_the_renewed_end(town_holdings: Holdings) -> None:
    found = {d.id: d for d in find_deadlines(town_holdings, ON, timedelta(days=600))}
    assert found["agr-byeol-end"].day == Interval(date(2025, 4, 30), date(2025, 4, 30))
    assert found["agr-byeol-notice"].day == Interval(date(2025, 3, 31), date(2025, 3, 31))


def test_an_agreement_of_the_host_s_unit_is_its_concern(town_holdings: Holdings) -> None:
    found = find(town_holdings, on=date(2025, 5, 1), host=str(ID["gaon"]))
    assert ("agr-maker-end", "2025-07-11", "due") in found
    assert ("agr-maker-end", "2025-07-11", "due") not in find(
        town_holdings, on=date(2025, 5, 1), host=str(ID["narae"])
    )


@pytest.mark.parametrize(
    ("end", "days", "expected"),
    [
        ("2024-06-28", 180, [("a-end", "2024-06-28", "due")]),
        ("2024-06-29", 180, []),
        ("2023-12-31", 0, [("a-end", "2023-12-31", "due")]),
        ("2023-12-30", 0, [("a-end", "2023-12-30", "overdue")]),
        # A month: due for certain where all of it lies in the time.
        ("2024-02", 180, [("a-end", "2024-02-01/2024-02-29", "due")]),
        ("2024-06", 180, [("a-end", "2024-06-01/2024-06-30", "perhaps due")]),
        ("2024-07", 180, []),
        # It may have passed already.
        ("2023-12", 180, [("a-end", "2023-12-01/2023-12-31", "perhaps due")]),
        ("2023-11", 180, [("a-end", "2023-11-01/2023-11-30", "overdue")]),
        ("2024", 30, [("a-end", "2024-01-01/2024-12-31", "perhaps due")]),
    ],
)
def test_at_the_edges(end: str, days: int, expected: list[tuple[str, str, str]]) -> None:
    assert find(hold(agree(signed="2020-01-01", end=end)), days=days) == expected


def test_notice_and_end() -> None:
    known = hold(agree(signed="2020-01-01", end="2024-02-29", notice_days=30))
    assert find(known) == [
        ("a-notice", "2024-01-30", "due"),
        ("a-end", "2024-02-29", "due"),
    ]
    assert find(known, on=date(2024, 2, 1))[0] == ("a-notice", "2024-01-30", "overdue")
    # After the end there is nothing to give notice of.
    assert find(known, on=date(2024, 3, 1)) == [("a-end", "2024-02-29", "overdue")]


def test_the_notice_of_a_rough_end_is_an_interval() -> None:
    known = hold(agree(signed="2020-01-01", end="2024-02", notice_days=30))
    assert find(known)[0] == ("a-notice", "2024-01-02/2024-01-30", "due")
    assert find(known, on=date(2024, 1, 15))[0][2] == "perhaps due"


def test_what_was_done_about_it_is_no_deadline() -> None:
    ended = agree(signed="2020-01-01", end="2023-06-30")
    assert find(hold(ended)) == [("a-end", "2023-06-30", "overdue")]
    follower = agree("b", signed="2023-07-01", end="2026-06-30")
    assert find(hold(ended, follower)) == []
    with_others = agree("b", signed="2023-07-01", parties=("host", "other"))
    assert find(hold(ended, with_others)) == [("a-end", "2023-06-30", "overdue")]
    terminated = agree(signed="2020-01-01", end="2023-06-30", terminated="2023-06-30")
    assert find(hold(terminated)) == []
    superseded = agree(
        signed="2020-01-01", end="2023-06-30", superseded_by=("b",), superseded="2023-07-01"
    )
    assert find(hold(superseded)) == []
    waived = Decision("d", "host", "partner", "not-needed")
    assert find(hold(ended, decisions=(waived,))) == []


def test_a_renewal_moves_the_end() -> None:
    renewed = agree(
        signed="2020-01-01",
        end="2026-06-30",
        periods=(
            Period("2020-01-01", "2023-06-30", "2020-01-01", "a"),
            Period("2023-07-01", "2026-06-30", "2023-06-01", "a-2"),
        ),
    )
    assert find(hold(renewed)) == []
    (end,) = find_deadlines(hold(renewed), date(2026, 1, 31), WITHIN, "host")
    assert (end.id, end.day.earliest) == ("a-end", date(2026, 6, 30))


def test_a_decision_in_preparation_stays_due_and_is_told() -> None:
    noted = Decision("d", "host", "partner", "in-preparation", due="2024-01-31")
    ending = agree(signed="2020-01-01", end="2024-02-29")
    (found,) = find_deadlines(hold(ending, decisions=(noted,)), ON, WITHIN, "host")
    assert found.decisions == (noted,)


def test_what_is_waived_with_one_party_is_due_with_the_others() -> None:
    ending = agree(signed="2020-01-01", end="2024-02-29", parties=("host", "partner", "other"))
    waived = [Decision(f"d-{p}", "host", p, "not-needed") for p in ("partner", "other")]
    assert find(hold(ending, decisions=(waived[0],))) == [("a-end", "2024-02-29", "due")]
    # With both the host needs none; what the two have with each other is not its concern.
    assert find(hold(ending, decisions=tuple(waived))) == []
    assert find(hold(ending, decisions=tuple(waived)), host=None) != []


def test_intended_and_later_signed_ones_have_no_deadline() -> None:
    assert find(hold(agree(kind="IntendedAgreement", end="2024-02-29"))) == []
    assert find(hold(agree(signed="2024-01-15", end="2024-02-29"))) == []
    assert find(hold(agree(signed="2020-01-01"))) == []


def test_a_day_at_the_end_of_time_is_no_fault() -> None:
    known = hold(agree(signed="2020-01-01", end="9999-12-31"))
    assert find(known, on=date(9999, 12, 1)) == [("a-end", "9999-12-31", "due")]


@settings(max_examples=50)
@given(
    on=st.dates(date(2019, 1, 1), date(2027, 1, 1)),
    days=st.integers(0, 800),
    more=st.integers(0, 800),
)
def test_more_time_shows_more(town_holdings: Holdings, on: date, days: int, more: int) -> None:
    fewer = find_deadlines(town_holdings, on, timedelta(days=days))
    all_ = find_deadlines(town_holdings, on, timedelta(days=days + more))
    assert {d.id for d in fewer} <= {d.id for d in all_}
    assert len({d.id for d in all_}) == len(all_)
    for deadline in all_:
        assert deadline.day.earliest <= on + timedelta(days=days + more)
        assert deadline.overdue == (deadline.day.latest < on)
        assert slug(deadline.agreement.iri) in deadline.id
