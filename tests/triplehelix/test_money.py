"""The money as the documents print it: nothing is guessed, a blank is not zero."""

from decimal import Decimal

import pytest

from graph.namespaces import slug
from triplehelix.pages.money import (
    PHASES,
    Account,
    MoneyRow,
    compare_sources,
    million_of,
    read_accounts,
)
from triplehelix.report import Report

PLANNED, SECURED, EXECUTED = PHASES


def account(report: Report, initiative: str) -> Account:
    return next(a for a in read_accounts(report) if slug(a.initiative) == initiative)


def show(rows: tuple[MoneyRow, ...]) -> dict[str, dict[str, list[str]]]:
    return {
        row.label.ko: {phase: [a.million for a in found] for phase, found in row.amounts.items()}
        for row in rows
    }


def test_every_cell_belongs_to_an_account(shipped_report: Report) -> None:
    cells = {item.iri for a in read_accounts(shipped_report) for item in a.cells}
    assert cells == {item.iri for item in shipped_report.budgets}


def test_sources_are_summed_over_the_units_and_meet_the_printed_total(
    shipped_report: Report,
) -> None:
    found = account(shipped_report, "gc-pledge")
    assert show(found.totals) == {
        "합계": {PLANNED: ["32,675"], SECURED: ["13,004"], EXECUTED: ["13,004"]}
    }
    assert {row.label.ko: row.first(EXECUTED) for row in found.sources} == {
        "국비": Decimal(7_628_000_000),
        "도비": Decimal(1_064_000_000),
        "시비": Decimal(2_125_000_000),
        "기타": Decimal(2_187_000_000),
    }
    assert compare_sources(found) == dict.fromkeys(PHASES, Decimal(0))


def test_money_beside_the_budget_table_is_not_added_to_it(shipped_report: Report) -> None:
    found = account(shipped_report, "tv-pledge")
    national = next(row for row in found.sources if row.label.ko == "국비")
    assert national.first(SECURED) == 2_900_000_000
    assert {slug(item.initiative) for item in found.cells} >= {"tv-k-digital", "tv-vertiport"}
    assert set(compare_sources(found).values()) == {Decimal(0)}


def test_a_lost_year_is_told_apart_and_never_shared_by_two_phases(shipped_report: Report) -> None:
    found = account(shipped_report, "tv-pledge")
    assert len(found.periods) == 10
    for row in found.periods:
        assert row.is_ambiguous
        assert row.label.ko.startswith("연도 불명확")
        assert len(row.amounts) == 1


def test_contradicting_values_stand_side_by_side(shipped_report: Report) -> None:
    found = account(shipped_report, "sp-plan")
    assert found.totals == ()
    shown = show(found.sources)
    assert shown["2019 · 시비"] == {PLANNED: ["53,873"]}
    assert shown["2019 · 지방비"] == {PLANNED: ["54,873"]}
    assert not found.tells_spending


def test_a_blank_stays_blank_and_a_dash_a_dash(shipped_report: Report) -> None:
    found = account(shipped_report, "sj-pledge")
    assert show(found.totals) == {"합계": {PLANNED: ["250"], EXECUTED: ["73"]}}
    after = next(row for row in found.periods if row.label.ko == "임기 후")
    assert show((after,)) == {"임기 후": {PLANNED: ["-"]}}
    assert after.first(PLANNED) is None


def test_two_values_of_one_cell_are_both_kept(town_report: Report) -> None:
    found = account(town_report, "strategy-1")
    assert {row.label.en for row in found.sources} >= {"2024 · city funds", "2024 · local funds"}


def test_amounts_below_a_million_keep_their_fraction(town_report: Report) -> None:
    found = account(town_report, "narae-drone")
    assert show(found.periods)["2023"] == {EXECUTED: ["1.5"]}
    assert compare_sources(found) == {}
    assert {million_of(item) for item in found.cells} >= {"1.5", "40"}


@pytest.mark.parametrize("name", ["town_report", "shipped_report"])
def test_every_row_has_evidence(name: str, request: pytest.FixtureRequest) -> None:
    for found in read_accounts(request.getfixturevalue(name)):
        rows = (*found.totals, *found.sources, *found.periods)
        assert rows
        assert all(row.evidence for row in rows)
