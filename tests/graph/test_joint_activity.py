"""Whether parties of an agreement did something together while it held."""

from __future__ import annotations

from datetime import date

import pytest

from graph.dates import parse_lexical
from graph.gaps import Holdings
from graph.initiatives import Initiative
from graph.involvement import Involvement
from graph.joint_activity import JointActivity, was_active
from graph.organizations import Organization
from graph.ties import Tie

BODIES = {name: Organization(name, "Company") for name in ("host", "partner", "third", "unit")}
BODIES["unit"].parents.add("partner")


def hold(*ties: Tie, **stated: str) -> Holdings:
    thing = Initiative("thing", "Task", hosts={"host"}, **stated)
    return Holdings(BODIES, {"thing": thing}, {}, list(ties), {}, {})


def tie(who: str, start: str = "", end: str = "") -> Tie:
    return Tie(f"tie-{who}", "participation", who, "thing", True, start=start, end=end)


def held(who: str, start: str, record: str = "") -> Involvement:
    return Involvement(who, "thing", "", record or f"tie-{who}", start)


def ask(theirs: list[Involvement], begins: str, until: str, **stated: str) -> bool | None:
    return was_active(
        hold(**stated),
        "agreement",
        "thing",
        theirs,
        parse_lexical(begins) if begins else None,
        date.fromisoformat(until),
    )


def test_two_parties_or_units_in_their_stead() -> None:
    activity = JointActivity(hold(tie("unit", "2023-01")), date(2023, 12, 31))
    assert activity.shared(["host", "partner"]) == {}
    assert list(activity.with_units(["host", "partner"])) == ["thing"]
    both = JointActivity(hold(tie("partner", "2023-01")), date(2023, 12, 31))
    assert list(both.shared(["host", "partner"])) == ["thing"]
    assert both.shared(["host", "third"]) == {}
    assert (
        JointActivity(hold(tie("partner", "2023-01")), date(2022, 12, 31)).shared(
            ["host", "partner"]
        )
        == {}
    )


@pytest.mark.parametrize(
    ("begins", "until", "expected"),
    [
        ("2023-01-01", "2023-12-31", True),
        ("2023-03-01", "2023-12-31", True),
        ("2023-03", "2023-12-31", None),
        ("2023-06-01", "2023-12-31", None),
        ("2022-01-01", "2023-02-28", False),
        ("2022-01-01", "2023-03-15", None),
        ("", "2023-12-31", None),
    ],
)
def test_the_dates_decide(begins: str, until: str, expected: bool | None) -> None:
    theirs = [held("partner", "2023-03"), held("third", "2022")]
    assert ask(theirs, begins, until) is expected


def test_whose_undertaking_it_is_was_there_when_the_first_joined() -> None:
    """A plan of 2019 tells of a school that somebody has run since 2016."""
    host = held("host", "2019", record="thing")
    assert ask([host, held("partner", "2016-03-01")], "2016-03-01", "2019-02-28") is True
    assert ask([host], "2016-03-01", "2019-02-28") is None
    # Two others who take part must both have joined.
    others = [held("third", "2019"), held("partner", "2016-03-01")]
    assert ask(others, "2016-03-01", "2018-12-31") is False


def test_what_has_ended_before_is_none() -> None:
    theirs = [held("partner", "2020-01"), held("third", "2020-01")]
    assert ask(theirs, "2022-01-01", "2023-12-31", end="2021-12") is False
    assert ask(theirs, "2022-01-01", "2023-12-31", end="2022-12") is True
    assert ask(theirs, "2022-01-01", "2023-12-31", status="status-planned") is None
