"""Gaps: the town counted by hand, and the hard cases of the four documents."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.assembly import assemble
from graph.gaps import (
    Gap,
    Holdings,
    Level,
    classify_partner,
    find_gaps,
    local_governments,
    read_holdings,
)
from graph.namespaces import ID, slug
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem

if TYPE_CHECKING:
    from tests.conftest import Loaded

EXPECTED = Path(__file__).parent.parent / "expected"
TOWN: dict[str, list[list[Any]]] = json.loads((EXPECTED / "gaps.json").read_text("utf-8"))
SHIPPED: dict[str, list[str]] = json.loads((EXPECTED / "gaps_shipped.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def documents(shipped: Loaded) -> Holdings:
    return read_holdings(shipped.dataset)


def gaps_of(holdings: Holdings, host: str, on: str, level: Level = "unit") -> dict[str, Gap]:
    found = find_gaps(holdings, date.fromisoformat(on), level=level, host=str(ID[host]))
    return {gap.partner.id: gap for gap in found}


def reload(folder: Path) -> Holdings:
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity)
    assert ecosystem.faults + assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return read_holdings(dataset)


def show(gap: Gap) -> list[Any]:
    through = gap.covered_through
    return [
        gap.partner.id,
        gap.partner_class,
        gap.rung,
        "actual" if gap.actual else "planned",
        sorted(initiative.id for initiative in gap.initiatives),
        [slug(agreement.iri) for agreement in gap.planned_agreements],
        [slug(agreement.iri) for agreement in gap.uncertain_agreements],
        [slug(through.party), slug(through.agreement.iri)] if through else [],
    ]


@pytest.mark.parametrize("case", TOWN)
def test_gaps_of_the_town(holdings: Holdings, case: str) -> None:
    host, on = case.split()
    assert [show(gap) for gap in gaps_of(holdings, host, on).values()] == TOWN[case]


@pytest.mark.parametrize(
    ("on", "covered"),
    [
        ("2021-06-30", set()),
        ("2023-12-31", {"gaon-univ-incubator"}),
        ("2024-03-31", {"gaon-univ-incubator", "gaon-univ-drone-centre"}),
    ],
)
def test_units_are_covered_at_parent_level(holdings: Holdings, on: str, covered: set[str]) -> None:
    unit, parent = (gaps_of(holdings, "gaon", on, level) for level in ("unit", "parent"))
    assert unit.keys() - parent.keys() == covered
    assert parent.keys() <= unit.keys()
    assert {slug(unit[name].covered_through.party) for name in covered} <= {"gaon-univ"}


def test_a_parent_s_agreement_with_another_host_covers_nothing(town_copy: Path) -> None:
    with (town_copy / "participations.csv").open("a", encoding="utf-8") as stream:
        stream.write("gaon-univ-incubator,narae-drone,,partner,,,,,narae-report,2,협력,,\n")
    changed = reload(town_copy)
    for level in ("unit", "parent"):
        gap = gaps_of(changed, "narae", "2023-12-31", level)["gaon-univ-incubator"]
        assert gap.covered_through is None


def test_who_is_only_to_join_an_agreement_is_not_covered(town_copy: Path) -> None:
    with (town_copy / "parties.csv").open("a", encoding="utf-8") as stream:
        stream.write(",agr-univ,,test-lab,,gaon-report,50,한빛시험원,,\n")
    for level in ("unit", "parent"):
        assert "test-lab" in gaps_of(reload(town_copy), "gaon", "2023-12-31", level)


def test_hosts_are_the_local_governments_with_ties(holdings: Holdings) -> None:
    assert [slug(iri) for iri in local_governments(holdings)] == ["gaon", "narae"]
    everyone = find_gaps(holdings, date(2023, 12, 31))
    assert list(dict.fromkeys(gap.host.id for gap in everyone)) == ["gaon", "narae"]


def test_a_shared_partner_is_a_gap_of_one_and_covered_by_the_other(holdings: Holdings) -> None:
    assert "saebyeok-univ" in gaps_of(holdings, "gaon", "2023-12-31")
    assert "saebyeok-univ" not in gaps_of(holdings, "narae", "2023-12-31")
    assert "saebyeok-univ" in gaps_of(holdings, "narae", "2024-07-01")


def test_what_the_library_signed_is_named_but_not_the_town_s(holdings: Holdings) -> None:
    for level in ("unit", "parent"):
        gap = gaps_of(holdings, "gaon", "2023-12-31", level)["gaon-promotion"]
        assert gap.covered_through is not None
        assert slug(gap.covered_through.party) == "gaon-library"
    assert gaps_of(holdings, "gaon", "2023-06-30")["saebyeok-univ"].covered_through is None


def test_an_agreement_of_the_university_does_not_cover_its_foundation(holdings: Holdings) -> None:
    assert "gaon-univ-iacf" not in gaps_of(holdings, "gaon", "2024-02-29", "parent")
    for level in ("unit", "parent"):
        gap = gaps_of(holdings, "gaon", "2024-03-01", level)["gaon-univ-iacf"]
        assert gap.covered_through is None
    assert "gaon-univ" not in gaps_of(holdings, "gaon", "2024-03-01")


def test_a_planned_tie_is_not_actual(holdings: Holdings) -> None:
    found = gaps_of(holdings, "gaon", "2023-12-31")
    assert {name for name, gap in found.items() if not gap.actual} == {"gaon-academy", "nuri"}
    assert found["isle-agency"].actual
    assert all(tie.actual for tie in found["isle-agency"].ties)


def test_a_planned_agreement_covers_nothing(holdings: Holdings) -> None:
    gap = gaps_of(holdings, "gaon", "2023-12-31")["nuri-drone"]
    assert [slug(agreement.iri) for agreement in gap.planned_agreements] == ["agr-nuri"]


def test_an_agreement_without_dates_is_told_as_uncertain(holdings: Holdings) -> None:
    gap = gaps_of(holdings, "gaon", "2023-12-31")["onnuri-invest"]
    assert [slug(agreement.iri) for agreement in gap.uncertain_agreements] == ["agr-invest"]
    during = gaps_of(holdings, "gaon", "2022-10-15")["gaon-univ"]
    assert [slug(agreement.iri) for agreement in during.uncertain_agreements] == ["agr-univ"]


def test_an_agreement_that_begins_later_or_has_ended_covers_nothing(holdings: Holdings) -> None:
    assert "gaon-academy" in gaps_of(holdings, "gaon", "2024-02-29")
    assert "gaon-academy" not in gaps_of(holdings, "gaon", "2024-03-01")
    assert "test-lab" not in gaps_of(holdings, "gaon", "2022-12-31")
    assert "test-lab" in gaps_of(holdings, "gaon", "2023-01-01")


def test_own_units_councils_and_facilities_are_no_partners(holdings: Holdings) -> None:
    found = gaps_of(holdings, "gaon", "2023-12-31")
    assert not found.keys() & {"gaon", "gaon-library", "gaon-council", "gaon-makerspace"}


def test_a_meeting_place_is_the_weakest_tie(holdings: Holdings) -> None:
    found = gaps_of(holdings, "gaon", "2023-12-31")
    assert found["onnuri-invest"].rung == "contact"
    assert holdings.ranks["contact"] == min(holdings.ranks.values())
    assert holdings.ranks["programme"] > holdings.ranks["joint-event"]
    still_open = (gap for gap in found.values() if gap.actual and not gap.waived)
    ranks = [holdings.ranks[gap.rung] for gap in still_open]
    assert ranks == sorted(ranks, reverse=True)


def test_who_joined_later_was_no_partner_before(holdings: Holdings) -> None:
    assert "gaon-univ-drone-centre" not in gaps_of(holdings, "gaon", "2024-01-31")
    assert "gaon-univ-drone-centre" in gaps_of(holdings, "gaon", "2024-02-01")


def test_the_host_s_own_part_must_have_begun(holdings: Holdings) -> None:
    """Narae comes to the fair in October; what is wished for the fair is not Narae's before."""
    assert "isle-agency" not in gaps_of(holdings, "narae", "2023-09-30")


@pytest.mark.parametrize(
    ("partner", "expected"),
    [
        ("ministry", "funder"),
        ("isle-agency", "funder"),
        ("narae", "government"),
        ("test-lab", "core"),
    ],
)
def test_classes_of_partners(holdings: Holdings, partner: str, expected: str) -> None:
    gap = gaps_of(holdings, "gaon", "2023-12-31")[partner]
    assert gap.partner_class == expected
    assert classify_partner(gap.partner, gap.ties) == expected


@pytest.mark.parametrize("name", ["holdings", "documents"])
def test_every_gap_rests_on_evidence(name: str, request: pytest.FixtureRequest) -> None:
    for gap in find_gaps(request.getfixturevalue(name), date(2023, 12, 31)):
        assert gap.evidence
        assert gap.rung
        assert gap.initiatives


@pytest.mark.parametrize("case", ["goyang 2023-12-31", "seoul 2019-06-30"])
def test_gaps_of_the_documents(documents: Holdings, case: str) -> None:
    host, on = case.split()
    unit, parent = (gaps_of(documents, host, on, level) for level in ("unit", "parent"))
    named = {name: gap for name, gap in unit.items() if not gap.partner.is_group}
    assert sorted(n for n, gap in named.items() if gap.actual) == SHIPPED[f"{case} actual"]
    assert sorted(n for n, gap in named.items() if not gap.actual) == SHIPPED[f"{case} planned"]
    covered = SHIPPED[f"{case} covered at parent level"]
    assert sorted(named.keys() - parent.keys()) == covered


def test_joongbu_is_a_gap_although_it_signed_the_maker_agreement(documents: Holdings) -> None:
    for level in ("unit", "parent"):
        gap = gaps_of(documents, "goyang", "2023-12-31", level)["joongbu-univ"]
        assert gap.actual
        assert gap.covered_through is not None
        assert slug(gap.covered_through.party) == "goyang-library-center"
        assert slug(gap.covered_through.agreement.iri) == "tv-agr-maker-2023-07"


def test_bodies_of_the_aerospace_university_are_told_apart(documents: Holdings) -> None:
    unit, parent = (gaps_of(documents, "goyang", "2023-12-31", x) for x in ("unit", "parent"))
    assert "kau" not in unit
    assert slug(unit["kau-incubator"].covered_through.party) == "kau"
    assert slug(unit["kau-sme-venture-centre"].covered_through.party) == "kau"
    assert not parent.keys() & {"kau", "kau-incubator", "kau-sme-venture-centre"}
    for found in (unit, parent):
        assert found["kau-iacf"].covered_through is None
        assert not found["kau-iacf"].actual


def test_three_of_four_entrusted_institutes_ran_out(documents: Holdings) -> None:
    entrusted = {"kyungbok-univ", "elim-welfare-society", "korea-ability-dev-institute"}
    assert not gaps_of(documents, "seoul", "2019-02-28").keys() & entrusted
    for on in ("2019-03-01", "2019-06-30"):
        assert entrusted <= gaps_of(documents, "seoul", on).keys()
        assert "myongji-college-iacf" not in gaps_of(documents, "seoul", on)
    assert "myongji-college-iacf" in gaps_of(documents, "seoul", "2020-03-01")


def test_a_wish_and_an_intention_are_no_ties(documents: Holdings) -> None:
    found = gaps_of(documents, "goyang", "2023-12-31")
    assert {
        tie.modality for tie in gaps_of(documents, "goyang", "2022-08-31")["hyundai-motor"].ties
    }
    assert not gaps_of(documents, "goyang", "2022-08-31")["hyundai-motor"].actual
    assert not found["hanwha"].actual
    assert not found["gyeonggi-drone-certification-center"].actual
