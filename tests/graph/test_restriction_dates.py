"""Restrictions to a day or a period: what they leave of the town, and dates stated in part."""

from dataclasses import replace
from datetime import date

import pytest

from graph.gaps import Holdings
from graph.namespaces import ID, slug
from graph.restriction import Restriction
from graph.selection import (
    Selection,
    select_ties,
)
from graph.terms import begins_by, goes_on, term
from graph.ties import Tie

ON = date(2023, 12, 31)
GAON, NARAE = str(ID["gaon"]), str(ID["narae"])


def pairs(selection: Selection) -> set[str]:
    return {f"{slug(tie.source)} {slug(tie.target)}" for tie in selection.ties}


def test_as_of_a_day_only_agreements_in_force(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(on=ON))
    left = {pair.split()[1] for pair in pairs(selection) if " agr-" in pair}
    assert left == {
        *("agr-univ", "agr-maker", "agr-entrust", "agr-narae-univ", "agr-single"),
        *("agr-byeol", "agr-assoc", "agr-narae-promotion"),
    }
    # Over: with the laboratory; terminated: the robot firm; replaced: the first with the
    # association; ends before it begins: robots; later: the academy.
    assert selection.left_out["in_force"] == 10
    assert selection.unknown == {"in_force": 2}  # nothing is said of the investor's dates
    assert "gaon-univ-drone-centre drone-test" not in pairs(selection)


def test_as_of_a_day_affiliations_that_hold(holdings: Holdings) -> None:
    before = select_ties(holdings, Restriction(on=date(2020, 12, 31)))
    during = select_ties(holdings, Restriction(on=date(2023, 4, 15)))
    after = select_ties(holdings, Restriction(on=date(2024, 3, 1)))
    centre, maker = "gaon-univ-iacf gaon-startup-centre", "nuri-drone gaon-makerspace"
    assert not {centre, maker} & pairs(before)
    assert {centre, maker} <= pairs(during)
    assert centre not in pairs(after)
    assert maker in pairs(after)
    assert during.undated == 11
    # What began in April may not have begun by its middle: the tenancy, and the foundation's part
    # in the maker task. What began in 2023 may not have, either: six parts in the two tasks.
    assert during.uncertain == 8


def test_before_everything_what_has_no_date_stays(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(on=date(1900, 1, 1)))
    assert selection.undated == len(selection.ties) == 11
    assert selection.hosting == ()
    assert {tie.kind for tie in selection.ties} == {"affiliation"}


def test_period_of_partial_dates(holdings: Holdings) -> None:
    august = select_ties(holdings, Restriction(since="2023-08", until="2023-08"))
    events = {pair for pair in pairs(august) if " ev-" in pair}
    assert events == {"mirae-institute ev-consultation"}
    assert "gaon-univ-iacf drone-course" in pairs(august)
    december = select_ties(holdings, Restriction(since="2023-12"))
    assert "gaon-univ-iacf drone-course" not in pairs(december)
    year = select_ties(holdings, Restriction(since="2019", until="2019"))
    assert {pair for pair in pairs(year) if " agr-" in pair} == {
        *("narae agr-narae-univ", "saebyeok-univ agr-narae-univ"),
        *("gaon agr-invest", "onnuri-invest agr-invest"),
        *("gaon agr-assoc-old", "maker-association agr-assoc-old"),
    }
    assert year.undated == 13  # the investor's two, and 11 affiliations


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        ("2023", "2022-12-31", False),
        ("2023", "2023-12-30", None),
        ("2023", "2023-12-31", True),
        ("2023-02", "2023-02-27", None),
        ("2023-02", "2023-02-28", True),
        ("2023-02-28", "2023-02-27", False),
        ("", "2023-02-27", None),
    ],
)
def test_begins_by(start: str, day: str, expected: bool | None) -> None:
    assert begins_by(start, date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("end", "day", "expected"),
    [
        ("2023", "2024-01-01", False),
        ("2023", "2023-01-02", None),
        ("2023", "2023-01-01", True),
        ("2023-02-28", "2023-02-28", True),
        ("2023-02-28", "2023-03-01", False),
        ("", "2023-03-01", True),
    ],
)
def test_goes_on(end: str, day: str, expected: bool | None) -> None:
    assert goes_on(end, date.fromisoformat(day)) is expected


def test_terms_of_ties(holdings: Holdings) -> None:
    found = {f"{slug(tie.source)} {slug(tie.target)}": term(holdings, tie) for tie in holdings.ties}
    assert found["test-lab drone-test"] == ("2022-06", "2024-12")
    assert found["byeol-soft drone-test"] == ("2022-05", "2024-12")
    assert found["mirae-institute ev-consultation"] == ("2023-08", "2023-08")
    assert found["gaon agr-univ"] == ("2022-10", "")
    assert found["gaon-univ-iacf gaon-startup-centre"] == ("2021-01-01", "2024-02-29")


def test_an_end_that_nobody_knows_is_counted(holdings: Holdings) -> None:
    stray = Tie("t", "participation", GAON, str(ID["nothing"]), actual=True)
    other = Tie("u", "participation", str(ID["nobody"]), str(ID["task-maker"]), actual=True)
    selection = select_ties(replace(holdings, ties=[stray, other]))
    assert selection == Selection((), left_out={"end": 2})
