"""Gaps of indicators: the town read by hand, and how formulas are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Dataset

from graph.assembly import assemble
from graph.indicator_gaps import IndicatorGap, find_indicator_gaps, find_operands
from graph.namespaces import slug
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem

if TYPE_CHECKING:
    from tests.conftest import Loaded

ON = date(2023, 12, 31)


def reload(folder: Path) -> Dataset:
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity)
    assert ecosystem.faults + assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return dataset


def append(folder: Path, table: str, row: str) -> Dataset:
    with (folder / f"{table}.csv").open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")
    return reload(folder)


def show(gap: IndicatorGap) -> tuple[int, str, str, str, float | None]:
    target = None if gap.target is None else float(gap.target)
    return gap.rank, gap.kind, slug(gap.indicator.iri), gap.year, target


def test_indicators_of_the_town(town: Loaded) -> None:
    assert [show(gap) for gap in find_indicator_gaps(town.dataset, ON)] == [
        (1, "target_missed", "ind-trainees", "2023", 40),
        (2, "no_result", "ind-rate", "2023", 65),
        (2, "no_result", "ind-startups", "2023", 1200),
        (2, "no_result", "ind-startups", "2023", 1250),
        (5, "target_unchanged", "ind-trainees", "2023", 40),
        (6, "not_computable", "ind-rate", "", None),
    ]


def test_what_is_missing_is_told_in_words(town: Loaded) -> None:
    missed, *_, formula = find_indicator_gaps(town.dataset, ON)
    assert missed.shortfall * 40 == 5
    assert missed.reasons[0].text("ko") == "2023년 목표는 40명, 실적은 35명입니다."
    assert formula.reasons[0].text("ko").endswith("생존기업, 창업기업.")
    assert [item.place for item in missed.evidence] == ["gaon-report:100"] * 2


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        ("2022-12-31", {"not_computable"}),
        ("2023-06-30", {"target_missed", "target_unchanged", "not_computable"}),
    ],
)
def test_a_result_is_not_due_before_the_year_is_over(
    town: Loaded, on: str, kinds: set[str]
) -> None:
    found = find_indicator_gaps(town.dataset, date.fromisoformat(on))
    assert {gap.kind for gap in found} == kinds


def test_a_result_closes_exactly_its_gap(town: Loaded, town_copy: Path) -> None:
    changed = append(town_copy, "indicator_values", ",ind-rate,actual,2023,70,,gaon-plan,101,70")
    before, after = (
        {show(gap)[1:] for gap in find_indicator_gaps(dataset, ON)}
        for dataset in (town.dataset, changed)
    )
    assert before - after == {("no_result", "ind-rate", "2023", 65.0)}
    assert after <= before


def test_a_target_of_unknown_year_is_not_certain(town_copy: Path) -> None:
    changed = append(town_copy, "indicator_values", ",ind-rate,target,,66,,gaon-plan,101,66")
    (gap,) = (g for g in find_indicator_gaps(changed, ON) if g.target == 66)
    assert (gap.kind, gap.certain, gap.reasons[0].code) == ("no_result", False, "no_result_undated")


def test_a_formula_is_computable_where_its_values_are_stated(town_copy: Path) -> None:
    outputs = (
        "out-alive,task-startup,생존기업,,30,개사,,,achieved,,gaon-plan,101,생존기업\n"
        "out-founded,task-startup,창업기업 수,,50,개사,,,achieved,,gaon-plan,101,창업기업"
    )
    found = find_indicator_gaps(append(town_copy, "outputs", outputs), ON)
    assert "not_computable" not in {gap.kind for gap in found}


def test_a_rate_without_a_formula_is_told(town_copy: Path) -> None:
    row = "ind-new,새 비율,,task-startup,%,,,,gaon-plan,101,새 비율"
    found = find_indicator_gaps(append(town_copy, "indicators", row), ON)
    codes = {slug(g.indicator.iri): g.reasons[0].code for g in found if g.kind == "not_computable"}
    assert codes == {"ind-new": "formula_missing", "ind-rate": "formula_without_values"}


@pytest.mark.parametrize(
    ("formula", "operands"),
    [
        ("", []),
        ("교육생 수(참석서명)", []),
        ("전년도 운영횟수 기준 작성", []),
        ("산-학 협약 수", []),
        ("취업대상/취업인원*100%", ["취업대상", "취업인원"]),
        (
            "(사업화성공과제수/연구개발비지원과제수)*100",
            ["사업화성공과제수", "연구개발비지원과제수"],
        ),
        ("매출(백만원) ÷ 종사자 수(명)", ["매출", "종사자 수"]),
        ("졸업 - 중도 포기", ["졸업", "중도 포기"]),
        ("(가+나+가)/3", ["가", "나"]),
    ],
)
def test_what_a_formula_computes_with(formula: str, operands: list[str]) -> None:
    assert find_operands(formula) == operands


def test_targets_of_the_documents(shipped: Loaded) -> None:
    found = find_indicator_gaps(shipped.dataset, ON)
    unchanged = {slug(g.indicator.iri) for g in found if g.kind == "target_unchanged"}
    assert unchanged == {
        "sp-ind-clubs",
        "sp-ind-council",
        "sp-ind-digital-trainees",
        "sp-ind-forum",
    }
    due = [(slug(g.indicator.iri), g.year) for g in found if g.kind == "no_result"]
    assert due[:2] == [("sj-ind-ncs", "2017"), ("sj-ind-ncs", "2018")]
    assert due[-1] == ("sp-ind-ct2", "")
    odd = [g for g in found if slug(g.indicator.iri) == "sp-ind-employment"]
    assert "not_computable" in {gap.kind for gap in odd}
