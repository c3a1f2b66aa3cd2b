"""Restrictions: what they leave of the town, counted by hand from its tables, and their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.concepts import nearest, widen
from graph.gaps import Holdings, read_holdings
from graph.model import LANGUAGES
from graph.namespaces import ID, slug
from graph.restriction import Restriction, describe, vocabulary
from graph.selection import (
    REASONS,
    Selection,
    bodies,
    describe_selection,
    select_ties,
)
from graph.terms import begins_by, goes_on, term
from graph.ties import Tie
from triplehelix.report import read_labels

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)
GAON, NARAE = str(ID["gaon"]), str(ID["narae"])
ACTUAL = 79  # 36 participations, 30 parties and 13 affiliations; 4 and 4 more are planned


@pytest.fixture(scope="module")
def holdings(town: Loaded) -> Holdings:
    return read_holdings(town.dataset)


def pairs(selection: Selection) -> set[str]:
    return {f"{slug(tie.source)} {slug(tie.target)}" for tie in selection.ties}


def hosts(selection: Selection) -> set[str]:
    return {f"{slug(tie.source)} {slug(tie.target)}" for tie in selection.hosting}


def test_by_default_everything_actual(holdings: Holdings) -> None:
    selection = select_ties(holdings)
    assert len(selection.ties) == ACTUAL
    assert selection.left_out == {"modality": 8}
    assert (selection.undated, selection.uncertain, selection.unknown) == (0, 0, {})
    assert "gaon task-maker" in hosts(selection)
    assert not any("step-expand" in pair for pair in hosts(selection))


def test_planned_ties_and_both(holdings: Holdings) -> None:
    planned = select_ties(holdings, Restriction(modality="planned"))
    assert pairs(planned) == {
        *("gaon-academy drone-course", "nuri step-expand", "haneul-college narae-drone"),
        *("isle-agency ev-fair", "gaon agr-nuri", "nuri-drone agr-nuri"),
        *("gaon agr-institute", "mirae-institute agr-institute"),
    }
    assert hosts(planned) == {
        *("gaon drone-course", "gaon step-expand", "gaon ev-fair", "narae narae-drone"),
    }
    assert len(select_ties(holdings, Restriction(modality="both")).ties) == ACTUAL + 8


def test_host_of_undertakings_party_of_agreements(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(host=NARAE))
    assert pairs(selection) == {
        *("dal-robot narae-drone", "saebyeok-univ narae-drone", "test-lab narae-drone"),
        *("byeol-soft-2 narae-drone", "gaon ev-briefing"),
        *("narae agr-narae-univ", "saebyeok-univ agr-narae-univ", "narae agr-single"),
        *("narae agr-narae-robot", "dal-robot agr-narae-robot"),
        *("narae agr-narae-promotion", "gaon-promotion agr-narae-promotion"),
    }
    assert hosts(selection) == {"narae narae-drone", "narae ev-briefing"}
    assert selection.left_out["host"] == ACTUAL - 12


def test_units_count_for_the_host_at_parent_level(holdings: Holdings) -> None:
    unit = select_ties(holdings, Restriction(host=GAON))
    parent = select_ties(holdings, Restriction(host=GAON, level="parent"))
    # The library is a department of the city, and the only one of its bodies that signed.
    assert pairs(parent) - pairs(unit) == {
        f"{name} agr-maker"
        for name in (
            *("gaon-library", "saebyeok-univ", "gaon-promotion", "maker-association"),
            "gaon-high",
        )
    }


def test_theme_with_narrower_ones(holdings: Holdings) -> None:
    maker = select_ties(holdings, Restriction(theme=str(ID["maker"])))
    startup = select_ties(holdings, Restriction(theme=str(ID["startup"])))
    task = {"gaon-univ-iacf", "saebyeok-univ", "dal-robot", "grp-tenants", "gaon-library"}
    parties = {"gaon-library", "saebyeok-univ", "gaon-promotion", "maker-association", "gaon-high"}
    assert pairs(maker) == {f"{name} task-maker" for name in task} | {
        f"{name} agr-maker" for name in parties
    }
    assert pairs(startup) - pairs(maker) == {
        *("gaon agr-entrust", "gaon-univ-iacf agr-entrust"),
        *("gaon startup-call", "ministry startup-call"),
        *("gaon-univ-incubator task-startup", "nuri-drone task-startup"),
        # Events that state no theme take it from what they are part of.
        *("gaon-council ev-meeting-1", "grp-agencies ev-meeting-1", "test-lab ev-meeting-2"),
        *("onnuri-invest ev-meeting-2", "maker-association ev-formation"),
        "mirae-institute ev-survey",
    }
    # 13 affiliations, and 19 parties of the nine agreements for which no theme is stated.
    assert maker.unknown == startup.unknown == {"theme": 32}


def test_place_of_the_undertaking_or_the_organisation(holdings: Holdings) -> None:
    narae = select_ties(holdings, Restriction(place=str(ID["place-narae"])))
    assert pairs(narae) == {
        *("saebyeok-univ narae-drone", "dal-robot narae-drone", "byeol-soft-2 narae-drone"),
        *("test-lab narae-drone", "gaon ev-briefing", "narae ev-fair"),
        *("narae agr-narae-univ", "narae agr-narae-robot", "narae agr-single"),
        *("saebyeok-univ task-maker", "saebyeok-univ agr-maker", "saebyeok-univ agr-narae-univ"),
        *("saebyeok-univ grp-universities", "narae agr-narae-promotion"),
    }
    province = select_ties(holdings, Restriction(place=str(ID["place-sol"])))
    assert pairs(narae) < pairs(province)
    assert province.left_out == {"modality": 8}
    assert province.unknown == {"place": ACTUAL - len(province.ties)}


def test_sectors_of_all_ends(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(sectors=("industry",)))
    assert pairs(selection) == {
        *("byeol-soft drone-test", "byeol-soft-2 narae-drone", "dal-robot narae-drone"),
        *("dal-robot task-maker", "dal-robot agr-narae-robot", "grp-tenants task-maker"),
        *("nuri-drone drone-test", "nuri-drone task-startup", "nuri-drone grp-tenants"),
        *("onnuri-invest agr-invest", "onnuri-invest ev-meeting-2"),
        *("byeol-soft agr-byeol", "dal-robot agr-dal"),
    }
    assert selection.hosting == ()
    # The exhibitors may be anybody, and the makerspace of two tenants has no sector.
    assert selection.unknown == {"sector": 3}


def test_a_unit_has_the_sector_of_its_body_at_parent_level(holdings: Holdings) -> None:
    unit = select_ties(holdings, Restriction(sectors=("academia",)))
    parent = select_ties(holdings, Restriction(sectors=("academia",), level="parent"))
    assert pairs(parent) - pairs(unit) == {
        *("gaon-univ-incubator task-startup", "gaon-univ-drone-centre drone-test"),
    }


def test_least_rung(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(least_rung="tenancy"))
    parties = {pair for pair in pairs(selection) if " agr-" in pair}
    assert len(parties) == 30
    assert pairs(selection) - parties == {
        *("dal-robot task-maker", "grp-tenants task-maker"),
        *("gaon-univ-iacf task-maker", "gaon-univ-iacf drone-course"),
        *("ministry drone-test", "mirae-institute ev-survey"),
        *("nuri-drone gaon-makerspace", "grp-tenants gaon-makerspace"),
        *("gaon-univ-iacf gaon-startup-centre", "gaon-promotion gaon-makerspace"),
        "ministry gaon-startup-centre",
    }
    # To host is as much as to take part in a programme, which is less than a tenancy.
    assert selection.hosting == ()


def test_stated_or_inferred(holdings: Holdings) -> None:
    inferred = select_ties(holdings, Restriction(basis="inferred"))
    assert pairs(inferred) == {
        *("gaon agr-lab", "grp-universities ev-contest", "nuri-drone grp-tenants"),
    }
    stated = select_ties(holdings, Restriction(basis="stated"))
    assert len(stated.ties) == ACTUAL - 3
    bare = replace(holdings, evidence={})
    assert select_ties(bare, Restriction(basis="stated")).unknown == {"basis": ACTUAL}


def test_without_events(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(events=False))
    assert selection.left_out == {"modality": 8, "events": 16}
    assert not any(" ev-" in pair for pair in pairs(selection) | hosts(selection))


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


def test_bodies(holdings: Holdings) -> None:
    assert bodies(holdings, str(ID["gaon-library"]), "parent") == (GAON,)
    assert bodies(holdings, str(ID["gaon-library"]), "unit") == (str(ID["gaon-library"]),)
    # A cooperation foundation is a legal person, no unit.
    foundation = str(ID["gaon-univ-iacf"])
    assert bodies(holdings, foundation, "parent") == (foundation,)


RESTRICTIONS: list[dict[str, Any]] = [
    {"host": GAON},
    {"theme": str(ID["drone"])},
    {"place": str(ID["place-gaon"])},
    {"on": ON},
    {"since": "2023"},
    {"until": "2022-12"},
    {"sectors": ("academia", "government")},
    {"least_rung": "programme"},
    {"basis": "stated"},
    {"events": False},
]


@given(chosen=st.sets(st.integers(0, len(RESTRICTIONS) - 1)))
def test_every_tie_is_kept_or_counted(holdings: Holdings, chosen: set[int]) -> None:
    settings: dict[str, Any] = {}
    for number in sorted(chosen):
        settings |= RESTRICTIONS[number]
    if {4, 5} <= chosen:
        del settings["since"]
    selection = select_ties(holdings, Restriction(**settings))
    apart = sum(selection.left_out.values()) + sum(selection.unknown.values())
    assert len(selection.ties) + apart == len(holdings.ties)
    assert pairs(selection) <= pairs(select_ties(holdings))


def test_words(town: Loaded) -> None:
    labels = read_labels(town.dataset)
    full = Restriction(
        host=GAON,
        theme=str(ID["drone"]),
        place=str(ID["place-sol"]),
        on=ON,
        since="2022",
        until="2023-06",
        sectors=("academia", "industry"),
        least_rung="contract-or-grant",
        modality="both",
        basis="inferred",
        level="parent",
        events=False,
    )
    assert describe(full, labels, "ko") == (
        "실제와 예정된 관계; 2023-12-31 기준; 2022부터; 2023-06까지; 주관·당사자: 가온시; "
        "분야: 드론(하위 분야 포함); 지역: 솔도(하위 지역 포함); 부문: 학계, 산업계; "
        "협력 단계: 계약·재정지원 이상; 추론되었거나 불명확한 관계만; "
        "하부조직은 상위 기관으로 합침; 행사 제외"
    )
    assert describe(full, labels, "en") == (
        "actual and planned ties; as of 2023-12-31; from 2022; until 2023-06; "
        "hosted or signed by Gaon City; theme Drones with narrower ones; in Sol Province; "
        "sectors: academia, industry; rung: contract or grant or higher; "
        "only ties that are inferred or ambiguous; units rolled up to their parent bodies; "
        "without events"
    )


def test_words_for_what_is_not_known(holdings: Holdings) -> None:
    selection = select_ties(holdings, Restriction(on=date(2023, 4, 15), theme=str(ID["maker"])))
    assert describe_selection(selection, "ko") == (
        "날짜가 넓어 알 수 없지만 포함 5건; 분야가 없어 제외 32건"
    )
    assert describe_selection(selection, "en") == (
        "included though the date is too rough to tell: 5; left out, no theme stated: 32"
    )
    assert describe_selection(select_ties(holdings), "en") == ""
    everything = Selection((), (), 1, 0, {}, dict.fromkeys(REASONS, 1))
    for language in LANGUAGES:
        assert len(describe_selection(everything, language).split("; ")) == len(REASONS) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_default(language: str) -> None:
    assert describe(Restriction(), {}, language) in ("실제 관계만", "actual ties only")


def test_to_json() -> None:
    restriction = Restriction(host=GAON, on=ON, sectors=("academia",))
    assert restriction.to_json() == {"host": GAON, "on": "2023-12-31", "sectors": ("academia",)}
    assert Restriction().to_json() == {}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"sectors": ("academy",)}, "there is no sector 'academy'; there are academia"),
        ({"least_rung": "friendship"}, "there is no rung 'friendship'; there are agreement"),
        ({"since": "2023-13"}, "'2023-13' is no date"),
        ({"until": "soon"}, "'soon' is no date"),
        ({"since": "'23. 1."}, "is no date like 2023"),
        ({"since": "2024", "until": "2023-12-31"}, "ends before it begins"),
    ],
)
def test_what_cannot_be_restricted_so(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Restriction(**settings)


def test_vocabulary() -> None:
    assert vocabulary("sector") == {
        *("academia", "government", "industry", "intermediary", "research"),
    }


def test_concepts_in_a_circle_end() -> None:
    assert widen(["a"], {"a": {"b"}, "b": {"a"}}) == {"a", "b"}
    above = {"a": {"b", "a"}, "b": {"a", "b"}}
    assert nearest("a", {"b": {"theme"}}, above) == {"theme"}
    assert nearest("a", {}, above) == set()
