"""Partners of a host: the fictional town counted by hand, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.agreements import Agreement, Status, status
from graph.assembly import assemble
from graph.budgets import BudgetCell, read_budget_cells
from graph.gaps import Holdings, Level, find_gaps, local_governments, read_holdings
from graph.initiatives import Initiative
from graph.namespaces import ID, slug
from graph.next_steps import STEPS
from graph.partnerships import Partnership, list_partnerships
from graph.shapes import read_schema
from graph.shared_work import is_about
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem

if TYPE_CHECKING:
    from rdflib import Dataset

    from tests.conftest import Loaded

ON = date(2023, 12, 31)
Known = tuple[Holdings, list[BudgetCell]]


def read(dataset: Dataset) -> Known:
    return read_holdings(dataset), read_budget_cells(dataset)


@pytest.fixture(scope="module")
def known(town: Loaded) -> Known:
    return read(town.dataset)


def rows_of(
    known: Known, host: str = "gaon", on: date = ON, level: Level = "unit"
) -> dict[str, Partnership]:
    found = list_partnerships(*known, str(ID[host]), on, level)
    return {row.partner.id: row for row in found}


def reload(folder: Path) -> Known:
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity)
    assert ecosystem.faults + assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return read(dataset)


def append(folder: Path, table: str, *lines: str) -> None:
    with (folder / f"{table}.csv").open("a", encoding="utf-8") as stream:
        stream.write("".join(f"{line}\n" for line in lines))


GAON = [
    # partner, rung, undertakings, amount, at unit level, with parents, step at either level
    ("ministry", "contract-or-grant", 2, 1_000_000_000, "none", "none", "sign", "sign"),
    ("mirae-institute", "contract-or-grant", 2, 1_000_000_000, "under_review", "under_review",
     "sign", "sign"),
    ("gaon-univ-iacf", "entrusted-operation", 2, 60_000_000, "expiring", "expiring", "renew",
     "renew"),
    ("dal-robot", "tenancy", 1, 60_000_000, "terminated", "terminated", "sign", "sign"),
    ("grp-tenants", "tenancy", 1, 60_000_000, "none", "none", "confirm_party", "confirm_party"),
    ("test-lab", "programme", 2, 1_000_000_000, "expired", "expired", "renew", "renew"),
    ("nuri-drone", "programme", 2, 1_000_000_000, "planned", "planned", "sign", "sign"),
    ("gaon-univ", "programme", 1, 1_000_000_000, "without_end", "without_end", "record_end",
     "record_end"),
    ("byeol-soft", "programme", 1, 1_000_000_000, "renewed", "renewed", "none", "none"),
    ("saebyeok-univ", "programme", 1, 60_000_000, "none", "in_force", "sign", "confirm_party"),
    ("gaon-univ-incubator", "programme", 1, 30_000_000, "none", "without_end", "sign",
     "confirm_party"),
    ("grp-exhibitors", "programme", 1, 0, "none", "none", "confirm_party", "confirm_party"),
    ("grp-universities", "programme", 1, 0, "none", "none", "confirm_party", "confirm_party"),
    ("isle-agency", "programme", 1, 0, "none", "none", "none", "none"),
    ("grp-schools", "programme", 1, 0, "none", "none", "confirm_party", "confirm_party"),
    ("gaon-promotion", "joint-event", 1, 0, "none", "in_force", "sign", "confirm_party"),
    ("maker-association", "joint-event", 1, 0, "in_force", "in_force", "extend_subject",
     "extend_subject"),
    ("narae", "contact", 2, 70_000_000, "none", "none", "sign", "sign"),
    ("onnuri-invest", "contact", 1, 30_000_000, "unknown", "unknown", "confirm_party",
     "confirm_party"),
    ("grp-agencies", "contact", 1, 30_000_000, "none", "none", "confirm_party", "confirm_party"),
    ("grp-neighbours", "contact", 1, 0, "none", "none", "confirm_party", "confirm_party"),
    ("gaon-academy", "programme", 1, 60_000_000, "signed", "signed", "none", "none"),
    ("nuri", "programme", 1, 1_000_000_000, "none", "none", "sign", "sign"),
]  # fmt: skip


def test_the_partners_of_the_town_in_their_order(known: Known) -> None:
    unit, parent = (rows_of(known, level=level) for level in ("unit", "parent"))
    assert list(unit) == list(parent)
    found = [
        (
            name,
            row.rung,
            len(row.initiatives),
            int(row.stake.amount) if row.stake else 0,
            row.unit.state,
            row.parents.state,
            row.step.code,
            parent[name].step.code,
        )
        for name, row in unit.items()
    ]
    assert found == GAON
    planned = [name for name, row in unit.items() if not row.actual]
    assert planned == ["gaon-academy", "nuri"]


def test_every_state_and_every_step_occurs_in_the_town(known: Known) -> None:
    holdings, _ = known
    states = {status(agreement, ON) for agreement in holdings.agreements.values()}
    assert states == set(get_args(Status))
    rows = list_partnerships(*known, None, ON)
    assert {row.step.code for row in rows} == set(STEPS)
    assert list(dict.fromkeys(row.host.id for row in rows)) == ["gaon", "narae"]


def test_what_ends_before_the_last_day_of_notice_is_to_be_renewed(known: Known) -> None:
    row = rows_of(known, "narae")["gaon-promotion"]
    assert (row.unit.state, row.step.code) == ("in_notice", "renew")
    assert "2023-12-16" in row.step.reasons[0].text("ko")


def test_units_of_the_host_and_what_cannot_sign_are_no_partners(known: Known) -> None:
    for level in ("unit", "parent"):
        found = rows_of(known, level=level).keys()
        assert not found & {"gaon", "gaon-library", "gaon-industry", "gaon-council"}
        assert "gaon-makerspace" not in found


@settings(max_examples=25)
@given(on=st.dates(date(2018, 1, 1), date(2027, 1, 1)), level=st.sampled_from(["unit", "parent"]))
def test_gaps_are_those_that_are_found_elsewhere(known: Known, on: date, level: Level) -> None:
    holdings, _ = known
    for host in local_governments(holdings):
        rows = {r.partner.iri: r for r in list_partnerships(*known, host, on, level) if r.is_gap}
        gaps = {gap.partner.iri: gap for gap in find_gaps(holdings, on, level=level, host=host)}
        assert rows.keys() == gaps.keys()
        for iri, gap in gaps.items():
            row = rows[iri]
            assert (row.actual, row.rung, row.waived) == (gap.actual, gap.rung, gap.waived)
            assert {i.iri for i in row.initiatives} == {i.iri for i in gap.initiatives}


@settings(max_examples=25)
@given(on=st.dates(date(2018, 1, 1), date(2027, 1, 1)))
def test_the_order_is_as_told(known: Known, on: date) -> None:
    holdings, _ = known
    for host in local_governments(holdings):
        rows = list_partnerships(*known, host, on)
        keys = [(not row.ties, not row.actual, -holdings.ranks.get(row.rung, 0)) for row in rows]
        assert keys == sorted(keys)
        assert [row.rank for row in rows] == sorted(row.rank for row in rows)
        for row in rows:
            assert row.step.code in STEPS
            assert row.step.reasons
            assert row.evidence


def test_dates_are_the_stated_ones_up_to_the_day(known: Known) -> None:
    found = rows_of(known)
    assert (found["gaon-univ-iacf"].since, found["gaon-univ-iacf"].last) == ("2023-03", "2023-11")
    assert (found["test-lab"].since, found["test-lab"].last) == ("2022-06", "2023-06-07")
    # The trials go on until 2024-12, which is no activity yet.
    assert found["byeol-soft"].last == "2022-05"
    assert (found["nuri"].since, found["nuri"].last) == ("", "")


def test_money_is_told_by_phase_and_for_what_it_is_printed(known: Known) -> None:
    money = rows_of(known)["gaon-univ"].money
    told = [(slug(m.initiative), m.phase, m.amount, m.year, m.above, m.summed) for m in money]
    assert told == [
        ("drone-test", "phase-planned", Decimal(1_000_000_000), "", False, False),
        ("drone-test", "secured", Decimal(500_000_000), "2023", False, False),
        ("drone-test", "executed", Decimal(450_000_000), "2023", False, False),
    ]
    narae = rows_of(known, "narae")["test-lab"].money
    assert [(m.phase, m.amount) for m in narae] == [
        ("phase-planned", Decimal(70_000_000)),
        ("executed", Decimal(1_500_000)),
    ]
    assert all(m.above for m in rows_of(known)["mirae-institute"].money if m.amount == 30_000_000)


def test_a_blank_is_not_zero(known: Known) -> None:
    row = rows_of(known)["grp-schools"]
    assert (row.money, row.stake) == ((), None)


def test_departments_are_those_of_the_work_and_of_the_agreement(known: Known) -> None:
    found = rows_of(known)
    assert [slug(d) for d in found["dal-robot"].departments] == ["gaon-industry"]
    assert [slug(d) for d in found["byeol-soft"].departments] == ["gaon-industry"]
    assert found["isle-agency"].departments == ()
    assert [slug(t) for t in found["saebyeok-univ"].themes] == ["maker"]


def test_what_is_waived_stays_a_gap_and_needs_nothing(known: Known) -> None:
    row = rows_of(known)["isle-agency"]
    assert (row.is_gap, row.waived, row.step.code) == (True, True, "none")
    assert "심사만 맡아" in row.step.reasons[0].text("ko")


def test_what_is_in_preparation_tells_department_and_date(known: Known) -> None:
    texts = [reason.text("ko") for reason in rows_of(known)["nuri-drone"].step.reasons]
    assert "준비 중입니다: 실증 결과를 보고 맺기로 함" in texts
    assert "담당부서: 산업지원과." in texts
    assert "기한은 2024-02-29이며 60일 남았습니다." in texts
    late = rows_of(known, on=date(2024, 3, 10))["nuri-drone"].step
    assert "Overdue by 10 days (due 2024-02-29)." in [r.text("en") for r in late.reasons]


def test_a_partner_of_whom_only_something_was_decided_is_listed(town_copy: Path) -> None:
    append(
        town_copy,
        "decisions",
        "gaon,hollo-works,in-preparation,시제품 제작,,2024-06,2023-12-01,gaon-report,96,홀로공방",
    )
    row = rows_of(reload(town_copy))["hollo-works"]
    assert (row.ties, row.unit.state, row.step.code) == ((), "none", "sign")
    assert not row.is_gap


def test_an_agreement_without_joint_work_is_listed_last(town_copy: Path) -> None:
    append(
        town_copy,
        "agreements",
        "agr-hollo,MemorandumOfUnderstanding,홀로공방 업무협약,,,,,2021-01-04,,2026-12-31"
        ",,,,,,,gaon-report,97,홀로공방,",
        "agr-haneul,MemorandumOfUnderstanding,하늘전문대학 업무협약,,,,,2019-01-04,,2023-06-30"
        ",,,,,,,gaon-report,98,하늘전문대학,",
    )
    append(
        town_copy,
        "parties",
        ",agr-hollo,gaon,,party,gaon-report,97,가온시,,",
        ",agr-hollo,hollo-works,,party,gaon-report,97,홀로공방,,",
        ",agr-haneul,gaon,,party,gaon-report,98,가온시,,",
        ",agr-haneul,haneul-college,,party,gaon-report,98,하늘전문대학,,",
    )
    found = rows_of(reload(town_copy))
    assert list(found)[-2:] == ["haneul-college", "hollo-works"]
    hollo, haneul = found["hollo-works"], found["haneul-college"]
    assert (hollo.unit.state, hollo.step.code, hollo.is_gap) == ("in_force", "none", False)
    assert (haneul.unit.state, haneul.step.code, haneul.is_gap) == ("expired", "none", False)
    assert [reason.code for reason in haneul.step.reasons] == ["ended_unused", "no_work"]


def test_a_party_that_is_only_inferred_is_to_be_confirmed(known: Known) -> None:
    row = rows_of(known, on=date(2022, 6, 30))["test-lab"]
    assert row.unit.state == "in_force"
    assert (row.step.code, row.step.reasons[0].code) == ("confirm_party", "party_inferred")
    assert "가온시" in row.step.reasons[0].text("ko")


def test_who_is_only_to_join_is_not_covered(town_copy: Path) -> None:
    append(town_copy, "parties", ",agr-univ,,dal-robot,,gaon-report,50,달로봇,,")
    row = rows_of(reload(town_copy), on=date(2024, 1, 31))["dal-robot"]
    # An agreement that it is to join goes before one that was terminated.
    assert row.unit.state == "planned"
    assert slug(row.unit.agreement.iri) == "agr-univ"
    assert row.is_gap


def test_what_was_signed_later_is_not_known_on_the_day(known: Known) -> None:
    """The academy signed in 2023-11 and begins in 2024-03; before, there was nothing to list."""
    assert "gaon-academy" in rows_of(known, on=date(2023, 11, 30))
    before = rows_of(known, on=date(2023, 10, 31))["gaon-academy"]
    assert (before.unit.state, before.step.code) == ("none", "sign")


def test_the_time_before_an_end_is_as_asked(known: Known) -> None:
    for days, state in ((59, "in_force"), (60, "expiring")):
        rows = list_partnerships(*known, str(ID["gaon"]), ON, within=timedelta(days=days))
        (row,) = (row for row in rows if row.partner.id == "gaon-univ-iacf")
        assert row.unit.state == state


def test_what_an_agreement_is_about() -> None:
    agreement = Agreement("a", "MemorandumOfUnderstanding")
    maker = Initiative("maker", "Task", themes={"maker"}, all_themes={"maker", "startup"})
    lab = Initiative("lab", "Task", parents={"maker"})
    assert is_about(agreement, (), [maker, lab]) is None
    about_startup = replace(agreement, themes={"startup"})
    assert is_about(about_startup, {"startup"}, [maker]) is True
    assert is_about(about_startup, {"startup"}, [lab]) is None
    about_drones = replace(agreement, themes={"drone"})
    assert is_about(about_drones, {"drone"}, [maker, lab]) is False
    # A narrower theme than that of the work meets it, too.
    printing = replace(agreement, themes={"printing"})
    assert is_about(printing, {"printing", "maker"}, [maker]) is True
    of_maker = replace(agreement, initiatives={"maker"})
    assert is_about(of_maker, (), [lab]) is True
    assert is_about(replace(agreement, initiatives={"other"}), (), [lab]) is False
