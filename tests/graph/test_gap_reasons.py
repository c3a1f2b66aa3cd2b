"""The words of gaps: complete in both languages, and the ranks of lists."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from graph.agreement_gaps import find_agreement_gaps
from graph.findings import find_findings
from graph.gap_reasons import (
    GapReason,
    Value,
    assign_ranks,
    concept_name,
    explain_rank,
    kind_label,
)
from graph.gaps import Holdings, read_holdings
from graph.indicator_gaps import find_indicator_gaps
from graph.missing_legs import find_missing_legs
from graph.missing_links import find_missing_links
from graph.money_gaps import find_money_gaps
from graph.store import memory_store
from graph.trust_gaps import find_trust_gaps
from graph.weak_ties import find_weak_ties

if TYPE_CHECKING:
    from rdflib import Dataset

    from tests.conftest import Loaded

TEXTS: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(
    files("graph").joinpath("gap_reasons.yml").read_text("utf-8")
)
NOTHING = Holdings({}, {}, {}, [], {}, {})


def find_all(dataset: Dataset, on: date) -> dict[str, list[Any]]:
    holdings = read_holdings(dataset)
    return {
        "agreement_gaps": find_agreement_gaps(holdings, on),
        "missing_legs": find_missing_legs(holdings, on),
        "weak_ties": find_weak_ties(holdings, on),
        "missing_links": list(find_missing_links(holdings, on).links),
        "money_gaps": find_money_gaps(dataset, on, holdings),
        "indicator_gaps": find_indicator_gaps(dataset, on, holdings),
        "trust_gaps": find_trust_gaps(holdings, on, find_findings(dataset)),
    }


@pytest.mark.parametrize("section", ["ranks", "kinds", "reasons"])
def test_every_text_is_there_in_both_languages(section: str) -> None:
    for code, text in TEXTS[section].items():
        assert list(text) == ["ko", "en"], code
        ko, en = ({n for _, n, *_ in string.Formatter().parse(t) if n} for t in text.values())
        assert ko == en, code


@pytest.mark.parametrize("name", ["town", "shipped"])
def test_every_gap_has_a_kind_reasons_a_rank_and_evidence(
    name: str, request: pytest.FixtureRequest
) -> None:
    loaded: Loaded = request.getfixturevalue(name)
    for subject, gaps in find_all(loaded.dataset, date(2023, 12, 31)).items():
        assert gaps, subject
        assert [gap.rank for gap in gaps] == sorted(gap.rank for gap in gaps)
        for gap in gaps:
            assert gap.rank >= 1
            assert gap.reasons
            assert gap.evidence
            for language in ("ko", "en"):
                assert explain_rank(subject, language)
                assert kind_label(getattr(gap, "kind", "missing_link"), language)
                assert all("{" not in reason.text(language) for reason in gap.reasons)


@pytest.mark.parametrize("name", ["town", "shipped"])
def test_before_everything_nothing_is_found(name: str, request: pytest.FixtureRequest) -> None:
    loaded: Loaded = request.getfixturevalue(name)
    assert not any(find_all(loaded.dataset, date(1900, 1, 1)).values())


def test_in_an_empty_ecosystem_nothing_is_found() -> None:
    assert not any(find_all(memory_store(), date(2023, 12, 31)).values())
    assert find_missing_links(NOTHING, date(2023, 12, 31)).judgement.verdict == "unknown"


def test_values_are_shown_as_people_read_them() -> None:
    values: dict[str, Value] = {"end": "2024", "days": 12345}
    assert "12,345" in GapReason("expired", values).text("en")
    money = {"amount": Decimal("1234567.50")}
    assert GapReason("no_participants", money).text("ko").startswith("1,234,567.5원")


def test_of_a_long_list_five_are_named() -> None:
    names = tuple({"ko": f"기관{n}", "en": f"body {n}"} for n in range(7))
    reason = GapReason("participants_planned", {"organizations": names})
    assert "body 4 and 2 more" in reason.text("en")
    assert "기관4 외 2" in reason.text("ko")


def test_a_name_without_english_is_said_in_korean() -> None:
    reason = GapReason("participants_planned", {"organizations": ({"ko": "가온대"},)})
    assert "가온대" in reason.text("en")


def test_an_unknown_reason_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError):
        GapReason("no such reason").text("ko")
    with pytest.raises(KeyError):
        GapReason("expired").text("ko")


def test_concepts_have_the_names_of_the_vocabulary() -> None:
    assert concept_name("national")["ko"] == "국비"


@dataclass(frozen=True)
class Thing:
    name: str
    size: int
    rank: int = 0


def test_equal_things_share_a_rank_and_stand_by_name() -> None:
    things = [Thing("c", 1), Thing("b", 2), Thing("a", 2), Thing("d", 0)]
    ranked = assign_ranks(things, lambda thing: (-thing.size,), lambda thing: thing.name)
    assert [(thing.name, thing.rank) for thing in ranked] == [
        ("a", 1),
        ("b", 1),
        ("c", 3),
        ("d", 4),
    ]
