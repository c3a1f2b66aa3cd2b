"""Agreements: their state on a date, where dates are only months or years, and their parties."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.agreement_reading import read_agreements
from graph.agreements import Agreement, Status, is_in_force, status
from graph.dates import parse_lexical
from graph.namespaces import ID, slug

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)
STATES = {
    "agr-univ": "without_end",
    "agr-maker": "in_force",
    "agr-entrust": "expiring",
    "agr-lab": "expired",
    "agr-academy": "signed",
    "agr-nuri": "planned",
    "agr-institute": "under_review",
    "agr-invest": "unknown",
    "agr-narae-univ": "in_force",
    "agr-narae-robot": "expired",
    "agr-empty": "without_end",
    "agr-single": "without_end",
    "agr-byeol": "renewed",
    "agr-assoc-old": "superseded",
    "agr-assoc": "in_force",
    "agr-dal": "terminated",
    "agr-narae-promotion": "in_notice",
}
"""The town as of the date of its newest document: every state occurs."""


def agreement(**stated: Any) -> Agreement:
    return Agreement("a", stated.pop("kind", "MemorandumOfUnderstanding"), **stated)


@pytest.fixture(scope="module")
def agreements(town: Loaded) -> dict[str, Agreement]:
    return {slug(iri): found for iri, found in read_agreements(town.dataset).items()}


def test_states_of_the_town(agreements: dict[str, Agreement]) -> None:
    assert {name: status(found, ON) for name, found in agreements.items()} == STATES
    assert set(STATES.values()) == set(get_args(Status))


def test_what_is_stated_is_kept(agreements: dict[str, Agreement]) -> None:
    maker = agreements["agr-maker"]
    assert (maker.kind, maker.signed, maker.start, maker.end) == (
        "InstitutionalAgreement",
        "2023-07-12",
        "2023-07-12",
        "2025-07-11",
    )
    assert (maker.label("ko"), maker.label("en")) == (
        "메이커 문화 확산 기관 협약",
        "Maker agreement",
    )
    assert (maker.subject("ko"), maker.subject("en")) == ("메이커 문화 확산", "Maker culture")
    assert agreements["agr-univ"].signed == "2022-10"
    assert agreements["agr-univ"].end == ""


def test_the_town_is_no_party_of_what_its_library_signed(
    agreements: dict[str, Agreement],
) -> None:
    parties = {slug(party) for party in agreements["agr-maker"].parties}
    assert parties == {
        "gaon-library",
        "saebyeok-univ",
        "gaon-promotion",
        "maker-association",
        "gaon-high",
    }


def test_intended_agreements_have_prospective_parties_only(
    agreements: dict[str, Agreement],
) -> None:
    intended = {name for name, found in agreements.items() if found.is_intended}
    assert intended == {"agr-nuri", "agr-institute"}
    for name in intended:
        assert agreements[name].parties == {}
        assert ID["gaon"] in {ID[slug(party)] for party in agreements[name].prospective}
        assert is_in_force(agreements[name], ON) is False


def test_dates_that_documents_disagree_about_are_all_kept(
    agreements: dict[str, Agreement],
) -> None:
    association = agreements["agr-assoc"]
    told = {(slug(s.document), s.end): s.used_for for s in association.statements}
    assert told == {
        ("gaon-plan", "2025-06-30"): ("signed", "start"),
        ("gaon-report", "2025-08-31"): ("end",),
    }
    assert association.end == "2025-08-31"


def test_what_ends_an_agreement_is_read(agreements: dict[str, Agreement]) -> None:
    old, robot = agreements["agr-assoc-old"], agreements["agr-dal"]
    assert [slug(iri) for iri in old.superseded_by] == ["agr-assoc"]
    assert (old.superseded, old.end) == ("2022-07-01", "2022-06-30")
    assert (robot.terminated, robot.end) == ("2023-06-30", "2023-06-30")
    assert robot.statements[0].end == "2024-05-31"
    assert agreements["agr-narae-promotion"].notice_days == 90


def test_an_agreement_may_have_no_party(agreements: dict[str, Agreement]) -> None:
    assert agreements["agr-empty"].parties == {}
    assert len(agreements["agr-single"].parties) == 1


@pytest.mark.parametrize(
    ("stated", "on", "expected"),
    [
        # the day of the beginning and the day of the end are within
        ({"start": "2021-01-01", "end": "2024-02-29"}, "2020-12-31", False),
        ({"start": "2021-01-01", "end": "2024-02-29"}, "2021-01-01", True),
        ({"start": "2021-01-01", "end": "2024-02-29"}, "2024-02-29", True),
        ({"start": "2021-01-01", "end": "2024-02-29"}, "2024-03-01", False),
        # a month: not before its first day, surely from its last day
        ({"signed": "2022-10"}, "2022-09-30", False),
        ({"signed": "2022-10"}, "2022-10-01", None),
        ({"signed": "2022-10"}, "2022-10-30", None),
        ({"signed": "2022-10"}, "2022-10-31", True),
        ({"start": "2022", "end": "2024-02"}, "2024-02-01", True),
        ({"start": "2022", "end": "2024-02"}, "2024-02-02", None),
        ({"start": "2022", "end": "2024-02"}, "2024-02-29", None),
        ({"start": "2022", "end": "2024-02"}, "2024-03-01", False),
        ({"end": "2023"}, "2022-12-31", True),
        ({"end": "2023"}, "2023-06-30", None),
        ({"end": "2023"}, "2024-01-01", False),
        # the beginning counts, not the signing, where both are stated
        ({"signed": "2023-11", "start": "2024-03-01"}, "2023-12-31", False),
        ({"signed": "2023-11", "start": "2024-03-01"}, "2024-03-01", True),
        # no date at all, and an end that was never stated
        ({}, "2023-12-31", None),
        ({"signed": "2001-01-01"}, "2099-12-31", True),
    ],
)
def test_in_force(stated: dict[str, str], on: str, expected: bool | None) -> None:
    assert is_in_force(agreement(**stated), date.fromisoformat(on)) is expected


DAYS = st.dates(date(2019, 11, 20), date(2020, 4, 10))
PARTIAL = st.one_of(
    st.just(""),
    st.just("2020"),
    st.sampled_from(["2019-12", "2020-01", "2020-02", "2020-03"]),
    DAYS.map(date.isoformat),
)


def meanings(lexical: str) -> list[date | None]:
    """Every day that a partial date can mean; no date means no bound."""
    if not lexical:
        return [None]
    bounds = parse_lexical(lexical)
    days = (bounds.latest - bounds.earliest).days
    return [bounds.earliest + timedelta(days=number) for number in range(days + 1)]


@given(PARTIAL, PARTIAL, DAYS)
@example("2020-02", "2020-02", date(2020, 2, 29))
@example("2019-12", "2020", date(2020, 1, 1))
def test_in_force_is_what_every_reading_of_the_dates_agrees_on(
    start: str, end: str, on: date
) -> None:
    found = is_in_force(agreement(start=start, end=end), on)
    if not start and not end:
        assert found is None
        return
    begun = {day is None or day <= on for day in meanings(start)}
    lasting = {day is None or on <= day for day in meanings(end)}
    readings = {a and b for a in begun for b in lasting}
    assert found is (readings.pop() if len(readings) == 1 else None)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2023-12-31", "expiring"),
        ("2024-06-28", "expiring"),
        ("2024-06-29", "in_force"),
        ("2024-06", "in_force"),
        ("2023-12-30", "expired"),
        ("2023-12", "unknown"),
        ("", "without_end"),
    ],
)
def test_expiring_within_180_days(end: str, expected: str) -> None:
    assert status(agreement(start="2020-01-01", end=end), ON) == expected


@pytest.mark.parametrize(
    ("intent", "expected"),
    [("planned", "planned"), ("considered", "under_review"), ("", "planned")],
)
def test_intended_states(intent: str, expected: str) -> None:
    intended = agreement(kind="IntendedAgreement", intent=intent, signed="2020-01-01")
    assert status(intended, ON) == expected


def test_contracts_of_seoul_that_ran_out(shipped: Loaded) -> None:
    on = date(2019, 6, 30)
    found = read_agreements(shipped.dataset).values()
    states = {
        slug(party): status(one, on)
        for one in found
        if one.kind == "EntrustmentContract"
        for party in one.parties
        if slug(party) != "seoul"
    }
    assert states == {
        "kyungbok-univ": "expired",
        "elim-welfare-society": "expired",
        "korea-ability-dev-institute": "expired",
        "myongji-college-iacf": "in_force",
    }
