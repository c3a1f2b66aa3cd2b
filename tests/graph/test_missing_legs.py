"""Missing legs: the town read by hand, and groups and plans by themselves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graph.gaps import Holdings, read_holdings
from graph.initiatives import Initiative
from graph.missing_legs import LEGS, find_missing_legs
from graph.namespaces import ID, slug
from graph.organizations import Organization
from graph.ties import Tie

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)


def test_legs_of_the_town(holdings: Holdings) -> None:
    """In Narae no institute takes part; the makers have none; the founders have no university."""
    found = [(g.rank, g.kind, slug(g.iri), g.missing) for g in find_missing_legs(holdings, ON)]
    assert found == [
        (1, "initiative", "narae-drone", ("research",)),
        (1, "place", "place-narae", ("research",)),
        (3, "initiative", "task-maker", ("research",)),
        (3, "initiative", "task-startup", ("academia",)),
        (3, "theme", "maker", ("research",)),
        (6, "initiative", "drone-course", ("industry", "research")),
        (7, "initiative", "startup-call", ("academia", "industry", "research")),
    ]


def test_who_is_present_is_told_by_leg(holdings: Holdings) -> None:
    (task,) = (g for g in find_missing_legs(holdings, ON) if g.iri == str(ID["task-maker"]))
    assert {leg: [slug(o) for o in members] for leg, members in task.present.items()} == {
        "academia": ["gaon-univ-iacf", "saebyeok-univ"],
        "industry": ["dal-robot", "grp-tenants"],
        "government": ["gaon", "gaon-library"],
    }
    assert [slug(group) for group in task.groups] == ["grp-tenants"]


def test_a_leg_that_has_not_begun_to_take_part_is_missing(holdings: Holdings) -> None:
    """The survey with the institute was in February 2023."""
    before, after = (
        {g.iri: g.missing for g in find_missing_legs(holdings, date.fromisoformat(on))}
        for on in ("2023-01-31", "2023-02-28")
    )
    assert before[str(ID["task-startup"])] == ("academia", "research")
    assert after[str(ID["task-startup"])] == ("academia",)


def made(*members: tuple[str, str, str, bool]) -> Holdings:
    """An initiative with members: name, type, sector, and whether they take part already."""
    organizations = {n: Organization(n, t, {"ko": n}, sector=s) for n, t, s, _ in members}
    ties = [Tie(f"t-{n}", "participation", n, "work", actual) for n, _, _, actual in members]
    return Holdings(organizations, {"work": Initiative("work", "Programme")}, {}, ties, {}, {})


def test_a_group_counts_for_its_sector_and_is_told() -> None:
    (gap,) = find_missing_legs(
        made(("firms", "CompanyGroup", "industry", True), ("city", "Ministry", "government", True)),
        ON,
    )
    assert gap.missing == ("academia", "research")
    assert [reason.code for reason in gap.reasons] == ["missing_legs", "leg_of_groups"]
    assert gap.certain


def test_a_group_of_unknown_sector_may_hold_the_missing_leg() -> None:
    (gap,) = find_missing_legs(
        made(("ten", "OrganizationGroup", "", True), ("city", "Ministry", "government", True)), ON
    )
    assert not gap.certain
    assert "group_of_unknown_sector" in {reason.code for reason in gap.reasons}


def test_who_only_plans_to_take_part_is_missing_and_told() -> None:
    (gap,) = find_missing_legs(
        made(("univ", "University", "academia", False), ("city", "Ministry", "government", True)),
        ON,
    )
    assert "academia" in gap.missing
    assert [r.values["leg"] for r in gap.reasons if r.code == "leg_planned"] == [
        {"ko": "학계", "en": "academia"}
    ]


def test_with_all_legs_or_with_none_there_is_no_gap() -> None:
    assert find_missing_legs(made(*((leg, "Company", leg, True) for leg in LEGS)), ON) == []
    assert find_missing_legs(made(("hub", "SupportCenter", "intermediary", True)), ON) == []


def test_the_plan_of_goyang_has_no_research_institute(shipped: Loaded) -> None:
    found = find_missing_legs(read_holdings(shipped.dataset), ON)
    by_iri = {slug(gap.iri): gap for gap in found}
    assert by_iri["tv-pledge"].missing == ("research",)
    assert not by_iri["tv-pledge"].certain
