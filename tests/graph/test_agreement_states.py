"""The states of agreements at every edge: in Python and in SPARQL alike, and as dates widen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.agreement_statements import Statement
from graph.agreement_terms import StatedTerms, derive_periods
from graph.agreements import (
    IN_FORCE_STATES,
    Agreement,
    current_end,
    is_in_force,
    notice_date,
    status,
)
from graph.dates import parse_lexical

FIRST, LAST = date(2019, 11, 20), date(2021, 4, 10)
DAYS = st.dates(FIRST, LAST)


def make(
    *own: Statement,
    renewals: tuple[Statement, ...] = (),
    terminated: str = "",
    successor: str = "",
    notice: int | None = None,
    kind: str = "MemorandumOfUnderstanding",
) -> Agreement:
    """An agreement as it is read from a store."""
    ends = [Statement("t", end=terminated)] if terminated else []
    about = StatedTerms(list(own), list(renewals), ends)
    periods = derive_periods("a", about, [successor] if successor else [])
    return Agreement(
        "a",
        kind,
        signed=own[0].signed,
        start=own[0].start,
        end=periods[-1].end,
        periods=periods,
        terminated=terminated,
        superseded=successor,
        superseded_by=("b",) if successor else (),
        notice_days=notice,
    )


OWN = Statement("a", signed="2019-12-20", start="2020-01-01", end="2020-12-31")
RENEWAL = Statement("r", signed="2020-12-01", start="2021-01-01", end="2022-12-31")
LATE = Statement("r", signed="2020-12-01", start="2021-02-01", end="2022-12-31")


@pytest.mark.parametrize(
    ("agreement", "on", "expected"),
    [
        (make(OWN), "2019-12-31", "signed"),
        (make(OWN), "2020-01-01", "in_force"),
        (make(OWN), "2020-07-03", "in_force"),  # 181 days before the end
        (make(OWN), "2020-07-04", "expiring"),
        (make(OWN), "2020-12-31", "expiring"),
        (make(OWN), "2021-01-01", "expired"),
        # notice: the day by which it must be given, and no earlier
        (make(OWN, notice=30), "2020-11-30", "expiring"),
        (make(OWN, notice=30), "2020-12-01", "in_notice"),
        (make(OWN, notice=0), "2020-12-31", "in_notice"),
        (make(OWN, notice=200), "2020-06-14", "in_notice"),
        # a renewal: known from its signing on, its own period from its beginning
        (make(OWN, renewals=(RENEWAL,)), "2020-11-30", "expiring"),
        (make(OWN, renewals=(RENEWAL,)), "2020-12-01", "in_force"),
        (make(OWN, renewals=(RENEWAL,)), "2020-12-31", "in_force"),
        (make(OWN, renewals=(RENEWAL,)), "2021-01-01", "renewed"),
        (make(OWN, renewals=(RENEWAL,)), "2022-12-31", "expiring"),
        (make(OWN, renewals=(RENEWAL,)), "2023-01-01", "expired"),
        # notice follows the renewed end
        (make(OWN, renewals=(RENEWAL,), notice=30), "2020-12-15", "in_force"),
        (make(OWN, renewals=(RENEWAL,), notice=30), "2022-12-01", "in_notice"),
        # between two periods it is not in force, though the renewal is signed
        (make(OWN, renewals=(LATE,)), "2021-01-15", "signed"),
        (make(OWN, renewals=(LATE,)), "2021-02-01", "renewed"),
        # a termination
        (make(OWN, terminated="2020-06-30"), "2020-06-30", "expiring"),
        (make(OWN, terminated="2020-06-30"), "2020-07-01", "terminated"),
        (make(OWN, terminated="2020-06"), "2020-06-15", "unknown"),
        (make(OWN, terminated="2020-06"), "2020-07-01", "terminated"),
        (make(OWN, terminated="2021-06-30"), "2021-01-01", "expired"),
        # a successor
        (make(OWN, successor="2020-07-01"), "2020-06-30", "expiring"),
        (make(OWN, successor="2020-07-01"), "2020-07-01", "superseded"),
        (make(OWN, successor="2020-07"), "2020-07-15", "unknown"),
        (make(OWN, successor="2020-07"), "2020-08-01", "superseded"),
        (make(OWN, successor="2021-07-01"), "2021-06-30", "expired"),
        (make(OWN, successor="2021-07-01"), "2021-07-01", "superseded"),
        # no end, no date
        (make(Statement("a", signed="2020-01-01")), "2030-01-01", "without_end"),
        (make(Statement("a")), "2020-01-01", "unknown"),
        # a month is open while it lasts
        (make(Statement("a", signed="2020-03")), "2020-03-15", "unknown"),
        (make(Statement("a", start="2020", end="2020")), "2020-06-15", "unknown"),
        # a plan is none, whatever its dates
        (make(OWN, kind="IntendedAgreement"), "2020-06-15", "planned"),
    ],
)
def test_states(agreement: Agreement, on: str, expected: str) -> None:
    assert status(agreement, date.fromisoformat(on)) == expected


def test_the_time_within_which_it_ends_can_be_chosen() -> None:
    on = date(2020, 12, 1)
    assert status(make(OWN), on, timedelta(days=29)) == "in_force"
    assert status(make(OWN), on, timedelta(days=30)) == "expiring"


class TestNotice:
    def test_is_counted_back_from_the_renewed_end(self) -> None:
        found = notice_date(make(OWN, renewals=(RENEWAL,), notice=31))
        assert found is not None
        assert found.lexical == "2022-11-30"

    def test_is_an_interval_where_the_end_is_a_month(self) -> None:
        found = notice_date(make(Statement("a", signed="2019", end="2024-02"), notice=10))
        assert found is not None
        assert found.lexical == "2024-01-22/2024-02-19"

    @pytest.mark.parametrize(
        "agreement",
        [make(OWN), make(Statement("a", signed="2020"), notice=30)],
        ids=["no notice", "no end"],
    )
    def test_is_nothing_without_an_end_or_a_length(self, agreement: Agreement) -> None:
        assert notice_date(agreement) is None

    def test_the_end_as_known_on_a_date(self) -> None:
        agreement = make(OWN, renewals=(RENEWAL,))
        ends = [current_end(agreement, date(2020, *day)) for day in ((11, 30), (12, 1))]
        assert [end.lexical for end in ends if end] == ["2020-12-31", "2022-12-31"]


PARTIAL = st.one_of(
    st.sampled_from(["2019", "2020", "2021"]),
    st.sampled_from(["2019-12", "2020-01", "2020-02", "2020-12", "2021-01"]),
    DAYS.map(date.isoformat),
)
OPTIONAL = st.one_of(st.just(""), PARTIAL)
OWNS = st.builds(Statement, record=st.just("a"), signed=OPTIONAL, start=OPTIONAL, end=OPTIONAL)
RENEWALS = st.lists(
    st.builds(Statement, record=st.sampled_from("rs"), start=OPTIONAL, end=PARTIAL), max_size=2
).map(tuple)
AGREEMENTS = st.builds(
    make,
    OWNS,
    renewals=RENEWALS,
    terminated=OPTIONAL,
    successor=OPTIONAL,
    notice=st.none() | st.integers(0, 400),
)


@given(AGREEMENTS, DAYS)
@example(make(OWN, renewals=(LATE,)), date(2021, 1, 15))
def test_state_and_force_agree(agreement: Agreement, on: date) -> None:
    state = status(agreement, on)
    expected = {True: state in IN_FORCE_STATES, None: state == "unknown"}
    assert expected.get(is_in_force(agreement, on), state not in {*IN_FORCE_STATES, "unknown"})


def widen(lexical: str) -> str:
    return lexical[:-3] if len(lexical) > 4 else lexical


@given(OWNS, OPTIONAL, DAYS, st.sampled_from(["signed", "start", "end", "successor"]))
def test_a_wider_date_never_turns_yes_into_no(
    own: Statement, successor: str, on: date, widened: str
) -> None:
    dates = {"signed": own.signed, "start": own.start, "end": own.end, "successor": successor}
    wider = {**dates, widened: widen(dates[widened])}
    before, after = (
        is_in_force(
            make(
                Statement("a", signed=d["signed"], start=d["start"], end=d["end"]),
                successor=d["successor"],
            ),
            on,
        )
        for d in (dates, wider)
    )
    assert {before, after} != {True, False}


@given(OWNS, RENEWALS, DAYS)
def test_a_renewal_never_takes_a_day_away_but_tells_an_end(
    own: Statement, renewals: tuple[Statement, ...], on: date
) -> None:
    alone, renewed = make(own), make(own, renewals=renewals)
    if own.end and is_in_force(alone, on) is True:
        assert is_in_force(renewed, on) is True


@given(AGREEMENTS, st.integers(1, 400))
def test_notice_comes_so_many_days_before_the_end(agreement: Agreement, days: int) -> None:
    agreement.notice_days = days
    notice, end = notice_date(agreement), current_end(agreement)
    assert (notice is None) == (end is None)
    if notice and end:
        assert parse_lexical(end.lexical).latest - notice.latest == timedelta(days=days)
