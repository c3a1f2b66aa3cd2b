"""Gaps of money: the town read by hand, each rule by itself, and the index by its definition."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from graph.assembly import assemble
from graph.budgets import compare_phases, read_budget_cells
from graph.funding_sources import concentration
from graph.money_gaps import MoneyGap, find_money_gaps
from graph.namespaces import ID, slug
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)
MILLION = Decimal(1_000_000)


def reload(folder: Path) -> Dataset:
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity)
    assert ecosystem.faults + assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return dataset


def add_cells(folder: Path, *cells: str) -> Dataset:
    """Return the town with further cells: initiative,year,period,span,source,phase,amount."""
    with (folder / "budgets.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for number, cell in enumerate(cells):
            row = ["", *cell.split(","), "million_won", "", "gaon-report", str(200 + number), "x"]
            writer.writerow([*row, "", ""])
    return reload(folder)


def show(gaps: list[MoneyGap], kind: str) -> list[tuple[str, str, str, bool, float]]:
    return [
        (g.initiative.id, g.source, g.period, g.certain, float((g.amount or 0) / MILLION))
        for g in gaps
        if g.kind == kind
    ]


def codes(gap: MoneyGap) -> list[str]:
    return [reason.code for reason in gap.reasons]


def test_money_of_the_town(town: Loaded) -> None:
    """Of 500 million secured for the trials 450 were spent; nothing else is printed twice over."""
    found = find_money_gaps(town.dataset, ON)
    assert show(found, "shortfall") == [("drone-test", "all", "2023", True, 50)]
    assert [(g.initiative.id, g.source, g.index, codes(g)[1:]) for g in found if g.index] == [
        ("drone-test", "city", pytest.approx(0.4**2 + 0.6**2), []),
        ("task-maker", "local", 1.0, ["total_not_stated"]),
        ("task-maker", "city", 1.0, ["total_not_stated"]),
        ("startup-call", "city", 1.0, ["total_not_stated"]),
    ]
    assert [gap.rank for gap in found] == [1, 2, 3, 4, 5]
    assert {gap.kind for gap in found} == {"shortfall", "single_source"}


def test_three_sources_of_the_course_are_not_concentrated(town: Loaded) -> None:
    """30, 20 and 5 million: 0.438 is below the 0.5 of two equal sources."""
    assert concentration(map(Decimal, (30, 20, 5))) == pytest.approx(1325 / 3025)
    found = find_money_gaps(town.dataset, ON)
    assert "drone-course" not in {gap.initiative.id for gap in found}


def test_of_a_year_that_is_not_over_it_is_not_certain(town: Loaded) -> None:
    assert show(find_money_gaps(town.dataset, date(2022, 12, 31)), "shortfall") == []
    (gap, *_) = find_money_gaps(town.dataset, date(2023, 6, 30))
    assert not gap.certain
    assert codes(gap) == ["shortfall", "year_not_over"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["drone-course,2023,'23,year,city,secured,15"], [("city", "2023", True, 5)]),
        (["drone-course,2023,'23,year,city,executed,12"], [("city", "2023", True, 8)]),
        (
            [
                "drone-course,2023,'23,year,city,secured,15",
                "drone-course,2023,'23,year,city,executed,12",
            ],
            [("city", "2023", True, 5), ("city", "2023", True, 3)],
        ),
        (["drone-course,2023,'23,year,city,secured,20"], []),
        (["drone-course,2023,'23,year,city,secured,-"], []),
        (["drone-course,2023,'23,year,province,secured,15"], []),
        (
            [
                "drone-course,,계,total,city,planned,20",
                "drone-course,,계,total,city,secured,15",
            ],
            [],
        ),
        (
            [
                "drone-course,,계,total,city,secured,15",
                "drone-course,,계,total,city,executed,14",
            ],
            [("city", "total", True, 1)],
        ),
        (
            [
                "drone-course,,?1,,city,planned,20",
                "drone-course,,?1,,city,secured,15",
            ],
            [("city", "?1", False, 5)],
        ),
        (
            [
                "drone-course,2024,'24,year,city,planned,20",
                "drone-course,2024,'24,year,city,secured,15",
            ],
            [],
        ),
    ],
)
def test_only_what_is_printed_is_compared(
    town_copy: Path, cells: list[str], expected: list[tuple[str, str, bool, float]]
) -> None:
    found = show(find_money_gaps(add_cells(town_copy, *cells), ON), "shortfall")
    assert [rest for name, *rest in found if name == "drone-course"] == [*map(list, expected)]


def test_a_cell_with_two_amounts_is_not_certain_and_the_larger_counts(town_copy: Path) -> None:
    dataset = add_cells(
        town_copy,
        "drone-course,2023,'23,year,city,secured,15",
        "drone-course,2023,2023년,year,city,secured,18",
    )
    found = [g for g in find_money_gaps(dataset, ON) if g.initiative.id == "drone-course"]
    assert show(found, "shortfall") == [("drone-course", "city", "2023", False, 2)]
    assert codes(found[0]) == ["shortfall", "cells_in_conflict"]


def test_what_a_wider_cell_holds_is_told_so_that_nobody_adds_both(town_copy: Path) -> None:
    dataset = add_cells(
        town_copy,
        "drone-test,2023,'23,year,city,secured,250",
        "drone-test,2023,'23,year,city,executed,220",
    )
    part, whole = (
        next(g for g in find_money_gaps(dataset, ON) if g.source == s) for s in ("city", "all")
    )
    assert codes(part) == ["shortfall", "held_by_whole"]
    assert codes(whole) == ["shortfall"]


def test_a_total_that_is_not_the_sum_leaves_other_sources_open(town_copy: Path) -> None:
    dataset = add_cells(town_copy, "startup-call,,계,total,total,planned,40")
    (gap,) = (
        g for g in find_money_gaps(dataset, ON) if g.initiative.id == "startup-call" and g.index
    )
    assert codes(gap) == ["single_source", "total_differs"]
    assert not gap.certain


def test_city_and_province_are_not_added_to_the_local_money_they_are(town_copy: Path) -> None:
    dataset = add_cells(
        town_copy,
        "step-expand,2024,'24,year,local,planned,100",
        "step-expand,2024,'24,year,city,planned,60",
        "step-expand,2024,'24,year,province,planned,40",
    )
    (gap,) = (g for g in find_money_gaps(dataset, ON) if g.initiative.id == "step-expand")
    assert gap.shares == {"city": 0.6, "province": 0.4}


def test_initiatives_without_money_are_told_by_the_topmost(town_copy: Path) -> None:
    rows = (town_copy / "budgets.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if "task-" not in row and "strategy-1" not in row]
    (town_copy / "budgets.csv").write_text("".join(kept), "utf-8")
    found = [g for g in find_money_gaps(reload(town_copy), ON) if g.kind == "no_money"]
    assert [gap.initiative.id for gap in found] == ["plan"]
    # Besides the city, which hosts it: five with the makers, two with the founders, five at the
    # meetings and the survey, and the association in the council.
    assert found[0].reasons[0].values == {"parts": 3, "participants": 13}


def test_money_without_participants_is_told_with_who_plans_to_come(town_copy: Path) -> None:
    rows = (town_copy / "participations.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [row for row in rows if ",drone-course," not in row or "예정" in row]
    (town_copy / "participations.csv").write_text("".join(kept), "utf-8")
    found = [g for g in find_money_gaps(reload(town_copy), ON) if g.kind == "no_participants"]
    assert [(g.initiative.id, g.amount) for g in found] == [("drone-course", 60 * MILLION)]
    assert codes(found[0]) == ["no_participants", "participants_planned"]


def test_rows_hold_every_phase_and_add_nothing(town: Loaded) -> None:
    rows = compare_phases(read_budget_cells(town.dataset))
    test = [r for r in rows if slug(r.initiative) == "drone-test" and r.source == "all"]
    assert {(r.period or r.span): r.amounts for r in test} == {
        "before-term": {"phase-planned": (200 * MILLION,)},
        "total": {"phase-planned": (1000 * MILLION,)},
        "2022": {"phase-planned": (300 * MILLION,)},
        "2023": {
            "phase-planned": (500 * MILLION,),
            "secured": (500 * MILLION,),
            "executed": (450 * MILLION,),
        },
    }
    # The dash before the term is no zero.
    national = [r for r in rows if slug(r.initiative) == "drone-test" and r.source == "national"]
    assert "before-term" not in {r.span for r in national}
    assert all(r.amount("executed") is None for r in national)


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=8))
def test_the_index_lies_between_equal_shares_and_one(amounts: list[int]) -> None:
    index = concentration(map(Decimal, amounts))
    assert 1 / len(amounts) - 1e-9 <= index <= 1
    assert index == pytest.approx(concentration(Decimal(a) * 7 for a in reversed(amounts)))
    assert concentration([Decimal(5)] * len(amounts)) == pytest.approx(1 / len(amounts))


def test_unspent_money_of_the_documents(shipped: Loaded) -> None:
    found = find_money_gaps(shipped.dataset, ON)
    certain = {(g.initiative.iri, g.amount) for g in found if g.kind == "shortfall" and g.certain}
    assert certain == {
        (str(ID["tv-pledge"]), 644 * MILLION),
        (str(ID["tv-unit-uam"]), 644 * MILLION),
    }
