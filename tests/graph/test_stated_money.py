"""Printed amounts of undertakings: what is taken, what is added, what is left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from graph.budgets import BudgetCell
from graph.initiatives import Initiative
from graph.stated_money import MoneyIndex, StatedMoney

ON = date(2023, 6, 30)
THINGS = {
    "plan": Initiative("plan", "Plan"),
    "task": Initiative("task", "Task", parents={"plan"}),
    "step": Initiative("step", "Activity", parents={"plan", "task"}),
}


def cell(amount: int, source: str = "all", span: str = "total", **more: str) -> BudgetCell:
    known = {"initiative": "task", "phase": "phase-planned", "year": "", "period": "", "detail": ""}
    return BudgetCell(
        f"cell-{amount}", source=source, span=span, amount=Decimal(amount), **{**known, **more}
    )


def find(*cells: BudgetCell, asked: tuple[str, ...] = ("task",)) -> tuple[StatedMoney, ...]:
    return MoneyIndex(cells, THINGS).find(asked, ON)


def amounts(*cells: BudgetCell) -> list[tuple[str, str, tuple[int, ...], bool]]:
    return [(m.phase, m.year, tuple(int(a) for a in m.amounts), m.summed) for m in find(*cells)]


def test_phases_stay_apart_and_the_largest_comes_first() -> None:
    told = amounts(cell(5, phase="executed"), cell(9, phase="secured"), cell(7))
    assert told == [
        ("secured", "", (9,), False),
        ("phase-planned", "", (7,), False),
        ("executed", "", (5,), False),
    ]


def test_the_printed_total_goes_before_its_parts() -> None:
    parts = [cell(3, "national"), cell(4, "city")]
    assert amounts(cell(8), *parts) == [("phase-planned", "", (8,), False)]
    assert amounts(*parts) == [("phase-planned", "", (7,), True)]
    assert amounts(cell(3, "national")) == [("phase-planned", "", (3,), False)]
    assert amounts(cell(6, "unstated"), *parts) == [("phase-planned", "", (6,), False)]


def test_local_money_is_that_of_city_and_province() -> None:
    assert amounts(cell(9, "local"), cell(5, "city"), cell(4, "province")) == [
        ("phase-planned", "", (9,), True)
    ]
    assert amounts(cell(9, "local"), cell(2, "national")) == [("phase-planned", "", (11,), True)]


def test_the_whole_time_goes_before_years_and_years_are_not_added() -> None:
    years = [cell(n, span="year", year=str(2020 + n)) for n in (1, 2, 3, 4)]
    assert amounts(cell(10), *years) == [("phase-planned", "", (10,), False)]
    assert amounts(*years) == [("phase-planned", "2023", (3,), False)]
    later = cell(5, span="year", year="2025")
    assert amounts(later, years[3]) == [("phase-planned", "2024", (4,), False)]
    before = cell(7, span="before-term")
    assert amounts(before, years[0]) == [("phase-planned", "2021", (1,), False)]


def test_a_column_whose_year_is_lost_is_no_whole() -> None:
    assert amounts(cell(7, span="", period="?1")) == []
    assert amounts(cell(7, span="")) == [("phase-planned", "", (7,), False)]


def test_places_that_disagree_are_both_kept() -> None:
    told = amounts(cell(7, detail="요약"), cell(9, detail="본문"))
    assert told == [("phase-planned", "", (7, 9), False)]
    (money,) = find(cell(7, detail="요약"), cell(9, detail="본문"))
    assert money.amount == 9
    assert money.records == ("cell-7", "cell-9")


def test_what_has_none_takes_that_of_the_nearest_above() -> None:
    (above,) = find(cell(7), cell(90, initiative="plan"), asked=("step",))
    assert (above.initiative, above.above, above.amount) == ("task", True, 7)
    own, other = find(cell(7), cell(90, initiative="plan"), asked=("plan", "step"))
    assert [(m.initiative, m.above) for m in (own, other)] == [("plan", False), ("task", True)]
    assert find(cell(7), asked=("plan",)) == ()


@pytest.mark.parametrize("asked", [(), ("unknown",)])
def test_nothing_is_found_for_nothing(asked: tuple[str, ...]) -> None:
    assert find(cell(7), asked=asked) == ()
