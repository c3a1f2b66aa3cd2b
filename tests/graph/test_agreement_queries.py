"""Questions about agreements and gaps give what the functions of the library compute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from rdflib.query import ResultRow

from graph.agreements import Agreement, current_end, is_in_force
from graph.dates import parse_lexical
from graph.gaps import Gap, Holdings, find_gaps, local_governments, read_holdings
from graph.namespaces import slug
from graph.questions import find_question
from graph.sparql import ask

if TYPE_CHECKING:
    from tests.conftest import Loaded

DAYS = ("2019-06-15", "2022-10-15", "2023-06-20", "2023-12-15", "2024-03-15", "2024-06-15")
EDGES = (
    *("2022-06-30", "2022-07-01", "2023-04-19", "2023-04-20", "2023-04-30", "2023-05-01"),
    *("2023-06-30", "2023-07-01", "2023-12-31", "2024-02-29", "2024-03-01", "2025-05-01"),
)
"""Days on which an agreement of the town is renewed, ended, replaced, or runs out."""
ACADEMIC = {"University", "IndustryAcademiaCooperationFoundation"}

pytestmark = pytest.mark.parametrize("ecosystem", ["town", "shipped"])


@pytest.fixture
def loaded(ecosystem: str, request: pytest.FixtureRequest) -> Loaded:
    """One of the two ecosystems, in a store."""
    found: Loaded = request.getfixturevalue(ecosystem)
    return found


def column(loaded: Loaded, name: str, wanted: str, **arguments: str) -> list[str]:
    """One column of an answer; IRIs by their last part."""
    result = ask(loaded.dataset, find_question(name), arguments)
    rows = (row for row in result if isinstance(row, ResultRow))
    return [slug(str(row[wanted])) for row in rows if row[wanted] is not None]


def parties(holdings: Holdings) -> list[str]:
    """Everyone who is party to an agreement."""
    return sorted({party for a in holdings.agreements.values() for party in a.parties})


def agreements_of(holdings: Holdings, host: str, kept: Callable[[Agreement], bool]) -> set[str]:
    """The concluded agreements of a host that are kept."""
    concluded = (a for a in holdings.agreements.values() if not a.is_intended and host in a.parties)
    return {slug(a.iri) for a in concluded if kept(a)}


@pytest.mark.parametrize("day", DAYS + EDGES)
def test_states_of_agreements_are_those_of_the_library(loaded: Loaded, day: str) -> None:
    holdings, on = read_holdings(loaded.dataset), date.fromisoformat(day)
    for host in parties(holdings):
        ended = agreements_of(
            holdings, host, lambda a: is_in_force(a, on) is False and _has_ended(a, on)
        )
        for name, expected in {
            "agreements_in_force": agreements_of(
                holdings, host, lambda a: is_in_force(a, on) is True
            ),
            "agreements_uncertain": agreements_of(
                holdings, host, lambda a: is_in_force(a, on) is None
            ),
            "agreements_lapsed": ended - _alone(holdings),
        }.items():
            found = column(loaded, name, "agreement", host=slug(host), date=day)
            assert set(found) == expected, (name, host)


def _has_ended(agreement: Agreement, on: date) -> bool:
    ends = [parse_lexical(period.end) for period in agreement.periods if period.end]
    return any(end.latest < on for end in ends)


def _alone(holdings: Holdings) -> set[str]:
    return {slug(a.iri) for a in holdings.agreements.values() if len(a.parties) < 2}


@pytest.mark.parametrize("day", DAYS + EDGES)
def test_agreements_that_expire_are_in_force_and_end_in_time(loaded: Loaded, day: str) -> None:
    holdings, on, by = read_holdings(loaded.dataset), date.fromisoformat(day), date(2024, 6, 28)
    for host in parties(holdings):
        expected = agreements_of(
            holdings,
            host,
            lambda a: is_in_force(a, on) is True and _may_end_by(a, on, by),
        )
        arguments = {"host": slug(host), "date": day, "by": by.isoformat()}
        assert set(column(loaded, "agreements_expiring", "agreement", **arguments)) == expected


def _may_end_by(agreement: Agreement, on: date, by: date) -> bool:
    end = current_end(agreement, on)
    return end is not None and end.earliest <= by


def is_academic(gap: Gap, holdings: Holdings) -> bool:
    """Whether a partner is a university, a foundation of one, or a unit of a university."""
    above = {holdings.organizations[parent].type for parent in gap.partner.parents}
    return not gap.partner.is_group and (gap.partner.type in ACADEMIC or "University" in above)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("universities_without_agreement", "unit"),
        ("universities_without_agreement_of_parent", "parent"),
    ],
)
def test_universities_without_agreement_are_gaps(
    loaded: Loaded, name: str, level: str, day: str
) -> None:
    holdings = read_holdings(loaded.dataset)
    for host in local_governments(holdings):
        gaps = find_gaps(
            holdings,
            date.fromisoformat(day),
            host=host,
            level="parent" if level == "parent" else "unit",
        )
        expected = [g.partner.id for g in gaps if g.actual and is_academic(g, holdings)]
        found = column(loaded, name, "partner", host=slug(host), date=day)
        assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("day", DAYS)
def test_partners_covered_by_a_parent_are_gaps_so_covered(loaded: Loaded, day: str) -> None:
    holdings = read_holdings(loaded.dataset)
    for host in local_governments(holdings):
        gaps = find_gaps(holdings, date.fromisoformat(day), host=host)
        expected = {
            gap.partner.id
            for gap in gaps
            if gap.actual
            and gap.covered_through
            and host in gap.covered_through.agreement.parties
            and gap.covered_through.party in gap.partner.parents
        }
        found = column(loaded, "partners_covered_by_parent", "partner", host=slug(host), date=day)
        assert set(found) == expected


@pytest.mark.parametrize("day", DAYS)
def test_gaps_with_a_planned_agreement_are_agreements_to_conclude(loaded: Loaded, day: str) -> None:
    holdings = read_holdings(loaded.dataset)
    for host in local_governments(holdings):
        gaps = find_gaps(holdings, date.fromisoformat(day), host=host)
        planned = {slug(a.iri) for gap in gaps for a in gap.planned_agreements}
        found = column(loaded, "agreements_to_conclude", "agreement", host=slug(host), date=day)
        assert planned <= set(found)


def test_companies_consulted_are_gaps(loaded: Loaded, ecosystem: str) -> None:
    arguments = {"host": "고양시" if ecosystem == "shipped" else "gaon", "date": "2023-12-31"}
    found = column(loaded, "companies_consulted_without_agreement", "partner", **arguments)
    consulted = ["lotte-ec", "sk-telecom", "lotte-data", "lotte-corp", "hanwha-systems"]
    assert found == ([*consulted, "hyundai-motor"] if ecosystem == "shipped" else [])
