"""Gaps of trust: the evidence of the town's ties and agreements, and its findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph.diagnostics import SEVERITIES
from graph.evidence import Evidence
from graph.findings import Finding, find_findings
from graph.gaps import Holdings, read_holdings
from graph.namespaces import ID
from graph.trust_gaps import find_trust_gaps

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)
LAB = str(ID["agr-lab"])


@pytest.fixture(scope="module")
def findings(town: Loaded) -> list[Finding]:
    return find_findings(town.dataset)


def kinds_of(holdings: Holdings, record: str) -> list[str]:
    return [gap.kind for gap in find_trust_gaps(holdings, ON) if gap.subject == record]


def test_every_finding_is_open_and_the_severe_come_first(
    holdings: Holdings, findings: list[Finding]
) -> None:
    found = find_trust_gaps(holdings, ON, findings)
    opened = [gap.finding for gap in found if gap.finding]
    assert {finding.id for finding in opened} == {finding.id for finding in findings}
    severities = [SEVERITIES.index(finding.severity) for finding in opened]
    assert severities == sorted(severities)
    assert found[0].reasons[0].text("ko") == opened[0].messages["ko"]


def test_what_the_town_only_infers(holdings: Holdings) -> None:
    """That the city is a party of the laboratory's agreement, and that Nuri Drone is a tenant."""
    found = [gap for gap in find_trust_gaps(holdings, ON) if gap.kind == "only_inferred"]
    assert [gap.names["ko"] for gap in found] == [
        "가온시 → 가온시–한빛시험원 업무협약",
        "㈜누리드론 → 입주기업 5개사",
    ]
    assert [gap.rung for gap in found] == ["agreement", "joint-event"]


def test_what_two_documents_tell_is_no_gap(holdings: Holdings) -> None:
    assert kinds_of(holdings, str(ID["agr-maker"])) == []
    assert kinds_of(holdings, str(ID["agr-univ"])) == ["single_document"]


def test_a_fact_of_higher_rung_comes_first(holdings: Holdings) -> None:
    single = [gap for gap in find_trust_gaps(holdings, ON) if gap.kind == "single_document"]
    ranks = [holdings.ranks[gap.rung] for gap in single if gap.rung]
    assert ranks == sorted(ranks, reverse=True)
    assert all(len({item.document for item in gap.evidence}) == 1 for gap in single)


@pytest.mark.parametrize(
    ("evidence", "kinds"),
    [
        (["a:1 stated"], ["single_document"]),
        (["a:1 stated", "a:9 stated"], ["single_document"]),
        (["a:1 stated", "b:1 stated"], []),
        (["a:1 inferred", "b:1 inferred"], ["only_inferred"]),
        (["a:1 inferred", "b:1 stated"], []),
        (["a:1 ambiguous"], ["single_document"]),
    ],
)
def test_what_weak_evidence_is(holdings: Holdings, evidence: list[str], kinds: list[str]) -> None:
    items = [
        Evidence(document, lines, "", "", basis)
        for text in evidence
        for place, basis in [text.split()]
        for document, lines in [place.split(":")]
    ]
    assert kinds_of(replace(holdings, evidence={LAB: items}), LAB) == kinds


def test_a_registry_is_enough_by_itself(holdings: Holdings) -> None:
    entry = Evidence("registry", "", "4711", "", "stated")
    assert kinds_of(replace(holdings, evidence={LAB: [entry]}), LAB) == []


def test_what_begins_later_is_left_out(holdings: Holdings) -> None:
    academy = str(ID["agr-academy"])
    assert kinds_of(holdings, academy) == []
    later = find_trust_gaps(holdings, date(2024, 3, 1))
    assert academy in {gap.subject for gap in later}


def test_the_documents_infer_the_other_side_of_agreements(shipped: Loaded) -> None:
    found = find_trust_gaps(read_holdings(shipped.dataset), ON)
    inferred = [gap for gap in found if gap.kind == "only_inferred" and gap.rung == "agreement"]
    assert any(gap.names["ko"].startswith("고양시 → ") for gap in inferred)
