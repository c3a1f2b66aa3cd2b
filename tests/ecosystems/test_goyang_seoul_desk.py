"""The work lists of Goyang and Seoul, line by line, and why each line stands there.

``tests/expected/desk_shipped.csv`` was held against the four documents. Its columns: the
partner; whether it is an unnamed group; whether the joint work is actual, planned or none; the
strongest rung; the largest amount that is printed for the joint work, or for what that is part of
(above); what covers it at unit level and with parents; the step at either level; where a document
tells of the joint work (of the intended agreement, where there is none) and in which words; and
why the step is what it is.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.budgets import BudgetCell, read_budget_cells
from graph.deadlines import find_deadlines
from graph.follow_up import FollowUp, follow_up
from graph.gaps import Holdings, Level, find_gaps, read_holdings
from graph.namespaces import ID, slug
from graph.outputs import read_outputs
from graph.partnerships import Partnership, list_partnerships
from loaders.ecosystem import shipped_ecosystem

if TYPE_CHECKING:
    from tests.conftest import Loaded

Row = dict[str, str]
EXPECTED = Path(__file__).parent.parent / "expected" / "desk_shipped.csv"
with EXPECTED.open(encoding="utf-8", newline="") as stream:
    ROWS: list[Row] = list(csv.DictReader(stream))
CASES = {"goyang": date(2023, 12, 31), "seoul": date(2019, 6, 30)}


def expected_of(host: str) -> list[Row]:
    return [row for row in ROWS if row["host"] == host]


@pytest.fixture(scope="module")
def holdings(shipped: Loaded) -> Holdings:
    return read_holdings(shipped.dataset)


@pytest.fixture(scope="module")
def cells(shipped: Loaded) -> list[BudgetCell]:
    return read_budget_cells(shipped.dataset)


@pytest.fixture(scope="module")
def lists(
    holdings: Holdings, cells: list[BudgetCell]
) -> dict[tuple[str, Level], list[Partnership]]:
    levels: tuple[Level, ...] = ("unit", "parent")
    return {
        (host, level): list_partnerships(holdings, cells, str(ID[host]), on, level)
        for host, on in CASES.items()
        for level in levels
    }


Lists = dict[tuple[str, Level], list[Partnership]]


def show(unit: Partnership, parent: Partnership) -> Row:
    stake = unit.stake
    work = ("actual" if unit.actual else "planned") if unit.ties else "none"
    return {
        "host": unit.host.id,
        "on": CASES[unit.host.id].isoformat(),
        "partner": unit.partner.id,
        "group": "yes" if unit.partner.is_group else "",
        "work": work,
        "rung": unit.rung,
        "amount": str(int(stake.amount)) if stake else "",
        "printed_for": slug(stake.initiative) + " (above)" * stake.above if stake else "",
        "unit": unit.unit.state,
        "parent": parent.parents.state,
        "step": unit.step.code,
        "step_parent": parent.step.code,
    }


@pytest.mark.parametrize("host", CASES)
def test_each_line_of_the_list_at_both_levels(lists: Lists, host: str) -> None:
    found = [show(*pair) for pair in zip(lists[host, "unit"], lists[host, "parent"], strict=True)]
    told = ("where", "says", "why")
    expected = [{k: v for k, v in row.items() if k not in told} for row in expected_of(host)]
    assert [row["partner"] for row in found] == [row["partner"] for row in expected]
    assert found == expected


@pytest.mark.parametrize("host", CASES)
def test_each_line_rests_on_the_words_that_are_named(lists: Lists, host: str) -> None:
    for row, told in zip(lists[host, "unit"], expected_of(host), strict=True):
        places = {(evidence.place, evidence.quote) for evidence in row.evidence}
        assert (told["where"], told["says"]) in places, told["partner"]
        assert told["why"], told["partner"]


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def line_numbers(lines: str) -> Iterator[int]:
    for piece in lines.split(","):
        first, _, last = piece.partition("-")
        yield from range(int(first), int(last or first) + 1)


def test_the_documents_say_so(shared: Path) -> None:
    folder = shared / "documents"
    if not folder.is_dir():
        pytest.skip("the documents are not at hand")
    with (shipped_ecosystem() / "documents.csv").open(encoding="utf-8", newline="") as stream:
        documents = {
            row["id"]: (folder / row["file"]).read_text("utf-8").split("\n")
            for row in csv.DictReader(stream)
            if row["file"]
        }
    for row in ROWS:
        document, _, lines = row["where"].partition(":")
        text = "\n".join(documents[document][n - 1] for n in line_numbers(lines))
        assert bare(row["says"]) in bare(text), row["partner"]


@pytest.mark.parametrize("host", CASES)
def test_the_open_lines_are_the_gaps(lists: Lists, holdings: Holdings, host: str) -> None:
    levels: tuple[Level, ...] = ("unit", "parent")
    for level in levels:
        gaps = find_gaps(holdings, CASES[host], level=level, host=str(ID[host]))
        open_ = {row.partner.iri for row in lists[host, level] if row.is_gap}
        assert open_ == {gap.partner.iri for gap in gaps}


def test_the_totals(lists: Lists) -> None:
    def count(host: str, level: Level) -> tuple[int, int, dict[str, int]]:
        rows = lists[host, level]
        return len(rows), sum(r.is_gap for r in rows), dict(Counter(r.step.code for r in rows))

    assert count("goyang", "unit") == (
        44,
        40,
        {"sign": 27, "confirm_party": 15, "record_end": 2},
    )
    # Two centres of the aerospace university are covered by its agreement.
    assert count("goyang", "parent") == (
        44,
        38,
        {"sign": 21, "confirm_party": 21, "record_end": 2},
    )
    # No partner of Seoul is a unit of a party: both levels are alike.
    assert count("seoul", "unit") == count("seoul", "parent")
    assert count("seoul", "unit")[:2] == (95, 92)


def step_of(lists: Lists, host: str, partner: str, level: Level = "unit") -> list[str]:
    (row,) = (row for row in lists[host, level] if row.partner.id == partner)
    return [row.step.code, *(reason.code for reason in row.step.reasons)]


def test_the_university_signed_and_its_centres_did_not(lists: Lists) -> None:
    assert step_of(lists, "goyang", "kau")[:2] == ["record_end", "no_end"]
    for centre in ("kau-incubator", "kau-sme-venture-centre"):
        assert step_of(lists, "goyang", centre)[0] == "sign"
        assert "parent_has" in step_of(lists, "goyang", centre)
        # The agreement is about air mobility, the centre is supported as an incubator.
        reasons = step_of(lists, "goyang", centre, "parent")
        assert reasons[:3] == ["confirm_party", "through_parent", "subject_apart"]
    # The cooperation foundation is a legal person, no unit of the university.
    assert step_of(lists, "goyang", "kau-iacf", "parent")[:2] == ["sign", "never_signed"]


def test_the_library_center_signed_in_the_city_s_stead(lists: Lists) -> None:
    for partner in ("joongbu-univ", "gipa", "goyang-childrens-museum", "national-cancer-center"):
        assert "unit_has" in step_of(lists, "goyang", partner)
        assert step_of(lists, "goyang", partner, "parent")[:2] == ["confirm_party", "by_own_unit"]


def test_three_of_four_entrustments_ran_out(lists: Lists) -> None:
    for partner in ("kyungbok-univ", "elim-welfare-society", "korea-ability-dev-institute"):
        assert step_of(lists, "seoul", partner)[:2] == ["renew", "expired"]
        (row,) = (r for r in lists["seoul", "unit"] if r.partner.id == partner)
        assert "122일" in row.step.reasons[0].text("ko")
    assert step_of(lists, "seoul", "myongji-college-iacf")[:3] == [
        "confirm_party",
        "party_inferred",
        "covered",
    ]


def test_a_wish_is_told_apart_from_a_plan(lists: Lists) -> None:
    assert "plans_together" in step_of(lists, "goyang", "kau-iacf")
    for wished in ("hanwha", "gyeonggi-drone-certification-center"):
        assert step_of(lists, "goyang", wished) == ["sign", "never_signed", "wishes_together"]


def test_what_is_due_in_seoul(holdings: Holdings) -> None:
    seoul = str(ID["seoul"])
    on = CASES["seoul"]
    overdue = [(d.id, d.overdue) for d in find_deadlines(holdings, on, host=seoul)]
    assert overdue == [(f"sp-agr-tti-{n}-end", True) for n in ("bukbu", "dongbu", "nambu")]
    later = find_deadlines(holdings, on, timedelta(days=244), seoul)
    assert [d.id for d in later if not d.overdue] == ["sp-agr-tti-jungbu-end"]
    assert find_deadlines(holdings, CASES["goyang"], host=str(ID["goyang"])) == []


def follow(shipped: Loaded, holdings: Holdings, cells: list[BudgetCell], host: str) -> dict[
    str, FollowUp
]:  # fmt: skip
    outputs = read_outputs(shipped.dataset)
    found = follow_up(holdings, cells, outputs, CASES[host], str(ID[host]))
    return {slug(each.agreement.iri): each for each in found}


def test_follow_up_of_goyang(shipped: Loaded, holdings: Holdings, cells: list[BudgetCell]) -> None:
    found = follow(shipped, holdings, cells, "goyang")
    assert {name: each.verdict for name, each in found.items()} == {
        # The fair is planned for 2024.
        "tv-agr-fair-kintex-2023-10": "nothing",
        # When the makers' cooperation began is not printed.
        "tv-agr-maker-2023-07": "not_known",
        # The test site was begun under it in 2022-11.
        "tv-agr-kotsa-2022-10": "realised",
        # The drone anchor centre opened in the month of the signing.
        "tv-agr-air-mobility-2023-08": "realised",
    }
    fair = found["tv-agr-fair-kintex-2023-10"]
    assert [i.id for i in fair.planned] == ["tv-ev-fair-committee", "tv-mobility-fair"]
    air = found["tv-agr-air-mobility-2023-08"]
    certain = [i.initiative.id for i in (*air.initiatives, *air.events) if i.certain]
    assert certain == ["tv-drone-anchor", "tv-ev-anchor-tenant-call"]
    units = {unit.id for each in (*air.initiatives, *air.events) for unit in each.units}
    assert units == {"kau-incubator", "kau-sme-venture-centre"}
    assert found["tv-agr-maker-2023-07"].signer.id == "goyang-library-center"


def test_follow_up_of_seoul(shipped: Loaded, holdings: Holdings, cells: list[BudgetCell]) -> None:
    found = follow(shipped, holdings, cells, "seoul")
    entrusted = {name for name in found if name.startswith("sp-agr-tti")}
    assert len(entrusted) == 4
    assert {found[name].verdict for name in entrusted} == {"realised"}
    # The market opened in the month of the MOU; whether after it is not told.
    assert found["sj-agr-traditional-market"].verdict == "not_known"


def test_who_is_funded_is_no_funder(holdings: Holdings, cells: list[BudgetCell]) -> None:
    """The province funds what the city hosts: to the city it is a funder, not the reverse."""
    on = CASES["goyang"]
    (city,) = (
        row
        for row in list_partnerships(holdings, cells, str(ID["gyeonggi"]), on)
        if row.partner.id == "goyang"
    )
    assert (city.partner_class, city.rung) == ("government", "contract-or-grant")
    province = list_partnerships(holdings, cells, str(ID["goyang"]), on)[0]
    assert (province.partner.id, province.partner_class) == ("gyeonggi", "funder")
