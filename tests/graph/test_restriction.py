"""Restrictions: what they leave of the town, counted by hand from its tables."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.concepts import nearest, widen
from graph.gaps import Holdings
from graph.namespaces import ID, slug
from graph.restriction import Restriction
from graph.selection import (
    Selection,
    bodies,
    select_ties,
)

ON = date(2023, 12, 31)
GAON, NARAE = str(ID["gaon"]), str(ID["narae"])
ACTUAL = 79  # 36 participations, 30 parties and 13 affiliations; 4 and 4 more are planned


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


def test_concepts_in_a_circle_end() -> None:
    assert widen(["a"], {"a": {"b"}, "b": {"a"}}) == {"a", "b"}
    above = {"a": {"b", "a"}, "b": {"a", "b"}}
    assert nearest("a", {"b": {"theme"}}, above) == {"theme"}
    assert nearest("a", {}, above) == set()
