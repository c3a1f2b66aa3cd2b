"""Agreements that need attention: the town read by hand, and each question of dates by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from graph.agreement_gaps import AgreementGap, find_agreement_gaps
from graph.agreements import Agreement
from graph.evidence import Evidence
from graph.gaps import Holdings, read_holdings
from graph.initiatives import Initiative
from graph.namespaces import ID, slug
from graph.organizations import Organization
from graph.ties import Tie

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)


def show(gaps: list[AgreementGap]) -> list[tuple[int, str, str, bool, int]]:
    return [
        (gap.rank, gap.kind, slug(gap.agreement.iri), gap.certain, len(gap.shared)) for gap in gaps
    ]


def codes(gap: AgreementGap) -> list[str]:
    return [reason.code for reason in gap.reasons]


def test_agreements_of_the_town(holdings: Holdings) -> None:
    assert show(find_agreement_gaps(holdings, ON)) == [
        (1, "expired", "agr-lab", True, 2),
        (2, "expired", "agr-narae-robot", True, 1),
        (3, "expired", "agr-dal", True, 1),  # terminated
        (4, "expiring", "agr-entrust", True, 2),
        (5, "expiring", "agr-narae-promotion", True, 1),
        (6, "expiring", "agr-narae-univ", False, 1),
        (7, "unsigned", "agr-nuri", True, 2),
        (7, "unsigned", "agr-institute", True, 2),
        (9, "unused", "agr-assoc-old", True, 1),
        (10, "unused", "agr-dal", False, 1),
        (11, "unused", "agr-invest", False, 1),
        (12, "without_end", "agr-univ", True, 1),
        (13, "without_end", "agr-invest", True, 1),
        (14, "without_end", "agr-empty", True, 0),
        (15, "without_end", "agr-single", True, 0),
    ]


@pytest.mark.parametrize(
    ("on", "kind", "certain", "code"),
    [
        ("2023-11-01", None, None, None),
        ("2023-12-31", "expiring", False, "perhaps_expiring"),
        ("2024-01-02", "expiring", True, "expiring"),
        ("2024-06-01", "expiring", True, "expiring"),
        ("2024-06-15", "expired", False, "perhaps_expired"),
        ("2024-06-30", "expired", False, "perhaps_expired"),
        ("2024-07-01", "expired", True, "expired"),
    ],
)
def test_an_end_that_is_a_month_leaves_the_month_open(
    holdings: Holdings, on: str, kind: str | None, certain: bool | None, code: str | None
) -> None:
    """The agreement of Narae and its university runs until 2024-06."""
    found = [
        gap
        for gap in find_agreement_gaps(holdings, date.fromisoformat(on))
        if gap.agreement.iri == str(ID["agr-narae-univ"]) and gap.kind != "unused"
    ]
    expected = [] if kind is None else [(kind, certain, code)]
    assert [(gap.kind, gap.certain, codes(gap)[0]) for gap in found] == expected


def test_how_soon_is_soon_can_be_said(holdings: Holdings) -> None:
    found = find_agreement_gaps(holdings, ON, within=timedelta(days=59))
    assert "expiring" not in {gap.kind for gap in found}


def test_what_begins_later_is_left_out(holdings: Holdings) -> None:
    found = find_agreement_gaps(holdings, ON)
    assert str(ID["agr-academy"]) not in {gap.agreement.iri for gap in found}


def test_a_new_agreement_of_the_parties_removes_exactly_what_had_ended(holdings: Holdings) -> None:
    parties = {str(ID["gaon"]): "", str(ID["test-lab"]): ""}
    new = Agreement(
        "new", "MemorandumOfUnderstanding", start="2023-01-01", end="2030-12-31", parties=parties
    )
    changed = replace(holdings, agreements={**holdings.agreements, "new": new})
    before, after = (
        {(gap.kind, gap.agreement.iri) for gap in find_agreement_gaps(h, ON)}
        for h in (holdings, changed)
    )
    assert before - after == {("expired", str(ID["agr-lab"]))}
    assert after <= before


def test_an_agreement_with_some_of_the_parties_renews_it_for_them(holdings: Holdings) -> None:
    old = Agreement("old", "Agreement", start="2019", end="2020", parties=dict.fromkeys("abc", ""))
    new = Agreement("new", "Agreement", start="2021", parties=dict.fromkeys("ab", ""))
    made = small([], agreements=[old, new])
    (gap,) = (g for g in find_agreement_gaps(made, ON) if g.kind == "expired")
    assert codes(gap) == ["expired", "partly_renewed"]


def test_a_plan_that_the_same_parties_concluded_may_be_signed(holdings: Holdings) -> None:
    plan = Agreement("plan", "IntendedAgreement", prospective=dict.fromkeys("ab", ""))
    new = Agreement("new", "Agreement", start="2021", end="2030", parties=dict.fromkeys("abc", ""))
    (gap,) = (
        g
        for g in find_agreement_gaps(small([], agreements=[plan, new]), ON)
        if g.kind == "unsigned"
    )
    assert not gap.certain
    assert codes(gap) == ["intended", "perhaps_signed"]


def small(things: list[Initiative], agreements: list[Agreement]) -> Holdings:
    """Organisations a, b and c, a unit of b, and what a and the last named takes part in."""
    organizations = {name: Organization(name, "Company", {"ko": name}) for name in "abc"}
    organizations["unit"] = Organization("unit", "Company", {"ko": "unit"}, parents={"b"})
    ties = [
        Tie(f"{who}-{thing.iri}", "participation", who, thing.iri, True)
        for thing in things
        for who in ("a", thing.type)
    ]
    known = {thing.iri: thing for thing in things}
    evidence = {
        iri: [Evidence("report", "1", "", "", "stated")]
        for iri in ("agreement", "ongoing", *(tie.iri for tie in ties))
    }
    return Holdings(organizations, known, {a.iri: a for a in agreements}, ties, {}, evidence)


def thing(iri: str, partner: str, start: str, **more: object) -> Initiative:
    made = Initiative(iri, partner, {"ko": iri}, start=start)
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("things", "signed", "expected"),
    [
        ([], "2022-10", [(True, ["unused"])]),
        ([thing("t", "c", "2023")], "2022-10", [(True, ["unused"])]),
        ([thing("t", "b", "2023-02")], "2022-10", []),
        ([thing("t", "b", "2022-10")], "2022-10", [(False, ["activity_undated"])]),
        ([thing("t", "b", "")], "2022-10", [(False, ["activity_undated"])]),
        ([thing("t", "b", "2022-03", is_event=True)], "2022-10", [(True, ["unused"])]),
        ([thing("t", "b", "2022-03", end="2022-09")], "2022-10", [(True, ["unused"])]),
        ([thing("t", "b", "2022-03", end="2022-11")], "2022-10", []),
        ([thing("t", "b", "2022-03", end="2022")], "2022-10", [(False, ["activity_undated"])]),
        ([thing("t", "b", "2022-03")], "2022-10", [(False, ["activity_undated"])]),
        ([thing("t", "b", "2022", status="ongoing")], "2022-10", [(False, ["activity_undated"])]),
        ([thing("ongoing", "b", "2022-03", status="ongoing")], "2022-10", []),
        (
            [thing("t", "b", "2023", status="status-planned")],
            "2022",
            [(False, ["activity_undated"])],
        ),
        ([thing("t", "b", "2023-02")], "", [(False, ["signing_undated"])]),
        ([thing("t", "c", "2023-02")], "", [(True, ["unused_undated"])]),
        ([thing("t", "unit", "2023-02")], "2022-10", [(True, ["unused", "used_by_units"])]),
        ([thing("t", "b", "2024-02")], "2022-10", [(True, ["unused"])]),
    ],
)
def test_what_counts_as_activity_since_the_signing(
    things: list[Initiative], signed: str, expected: list[tuple[bool, list[str]]]
) -> None:
    agreement = Agreement("agreement", "Agreement", signed=signed, parties=dict.fromkeys("ab", ""))
    made = small([*things, thing("old", "c", "2000")], [agreement])
    found = [gap for gap in find_agreement_gaps(made, ON) if gap.kind == "unused"]
    assert [(gap.certain, codes(gap)) for gap in found] == expected


def test_what_was_done_after_the_end_is_no_use_of_the_agreement() -> None:
    agreement = Agreement(
        "agreement", "Agreement", start="2020", end="2021-06", parties=dict.fromkeys("ab", "")
    )
    made = small([thing("t", "b", "2022-02")], [agreement])
    (gap,) = (g for g in find_agreement_gaps(made, ON) if g.kind == "unused")
    assert gap.certain
    assert gap.reasons[0].values["before"] == 1


def test_of_three_parties_two_are_enough() -> None:
    """The third joins only after the agreement has ended."""
    agreement = Agreement(
        "agreement", "Agreement", start="2020", end="2021-06", parties=dict.fromkeys("abc", "")
    )
    made = small([thing("t", "b", "2021-01"), thing("old", "a", "2000")], [agreement])
    third = Tie("c-t", "participation", "c", "t", True, start="2023")
    found = find_agreement_gaps(replace(made, ties=[*made.ties, third]), ON)
    assert [gap.kind for gap in found] == ["expired"]


def test_the_documents_have_four_contracts_that_ran_out(shipped: Loaded) -> None:
    found = find_agreement_gaps(read_holdings(shipped.dataset), ON)
    ended = {slug(gap.agreement.iri) for gap in found if gap.kind == "expired"}
    places = ("dongbu", "jungbu", "bukbu", "nambu")
    assert ended == {f"sp-agr-tti-{place}" for place in places}
    kintex = [gap for gap in found if gap.agreement.iri == str(ID["tv-agr-fair-kintex-2023-10"])]
    assert {gap.kind for gap in kintex} == {"unused", "without_end"}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2023-04-19", [("expiring", "2023-04-30")]),  # the renewal was signed a day later
        ("2023-04-20", []),
        ("2023-05-01", []),
        ("2025-05-01", [("expired", "2025-04-30")]),
    ],
)
def test_a_renewal_counts_from_its_signing(
    holdings: Holdings, on: str, expected: list[tuple[str, str]]
) -> None:
    found = find_agreement_gaps(holdings, date.fromisoformat(on))
    ending = [g for g in found if slug(g.agreement.iri) == "agr-byeol" and g.kind != "unused"]
    assert [(gap.kind, gap.reasons[0].values["end"]) for gap in ending] == expected
