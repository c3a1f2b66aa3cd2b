"""What realises agreements since they were signed: the fictional town counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.agreement_gaps import find_agreement_gaps
from graph.assembly import assemble
from graph.budgets import BudgetCell, read_budget_cells
from graph.follow_up import VERDICTS, FollowUp, follow_up
from graph.gaps import Holdings, read_holdings
from graph.namespaces import ID, slug
from graph.outputs import Output, read_outputs
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem

if TYPE_CHECKING:
    from rdflib import Dataset

    from tests.conftest import Loaded

ON = date(2023, 12, 31)
Known = tuple[Holdings, list[BudgetCell], list[Output]]


def read(dataset: Dataset) -> Known:
    return read_holdings(dataset), read_budget_cells(dataset), read_outputs(dataset)


@pytest.fixture(scope="module")
def known(town: Loaded) -> Known:
    return read(town.dataset)


def found_in(known: Known, host: str = "gaon", on: date = ON) -> dict[str, FollowUp]:
    return {slug(f.agreement.iri): f for f in follow_up(*known, on, str(ID[host]))}


def reload(folder: Path) -> Known:
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity)
    assert ecosystem.faults + assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return read(dataset)


def show(found: FollowUp) -> list[str]:
    """What realises it; a question mark where the dates do not tell, units in brackets."""
    return [
        slug(each.initiative.iri)
        + ("" if each.certain else "?")
        + (f" [{', '.join(unit.id for unit in each.units)}]" if each.units else "")
        for each in (*found.initiatives, *found.events)
    ]


GAON = {
    # Signed in 2019, superseded in 2022; the forming of the council in 2023 came after it.
    "agr-assoc-old": ("nothing", []),
    # No date is stated, so whether the meeting came after the signing is not known.
    "agr-invest": ("not_known", ["ev-meeting-2?"]),
    # Terminated in the middle of 2023, and the task is only known to begin in that year.
    "agr-dal": ("not_known", ["task-maker?"]),
    # The laboratory joined in 2022-06, when it held; the narae programme is not the town's.
    "agr-lab": ("realised", ["drone-test"]),
    # The foundation runs the course from 2023-03, and was entrusted with the task in 2023-04.
    "agr-entrust": ("realised", ["drone-course", "task-maker"]),
    "agr-byeol": ("realised", ["drone-test"]),
    "agr-assoc": ("realised", ["ev-formation"]),
    # Trials since 2022-05 are ongoing, and one report tells of both; the incubator is a unit.
    "agr-univ": ("realised", ["drone-test", "task-startup [gaon-univ-incubator]"]),
    # The library signed, in the town's stead; its makers' task is ongoing.
    "agr-maker": ("realised", ["task-maker"]),
}


def test_what_realises_the_agreements_of_the_town(known: Known) -> None:
    found = found_in(known)
    assert {name: (each.verdict, show(each)) for name, each in found.items()} == GAON
    assert list(found) == list(GAON)


def test_what_is_only_intended_or_begins_later_is_left_out(known: Known) -> None:
    assert not found_in(known).keys() & {"agr-nuri", "agr-institute", "agr-academy"}
    assert found_in(known, on=date(2024, 3, 1))["agr-academy"].verdict == "nothing"


def test_plans_realise_nothing_and_are_told(known: Known) -> None:
    academy = found_in(known, on=date(2024, 3, 1))["agr-academy"]
    assert (academy.verdict, [i.id for i in academy.planned]) == ("nothing", ["drone-course"])
    # What is wished for is no plan.
    assert all("ev-fair" not in {i.id for i in each.planned} for each in found_in(known).values())


def test_an_agreement_of_the_library_is_told_with_its_signer(known: Known) -> None:
    maker = found_in(known)["agr-maker"]
    assert (maker.host.id, maker.signer.id) == ("gaon", "gaon-library")
    assert found_in(known)["agr-univ"].signer.id == "gaon"


def test_with_whom_a_single_party_did_something_cannot_be_asked(known: Known) -> None:
    assert found_in(known, "narae")["agr-single"].verdict == "not_known"


def test_outputs_are_those_of_what_realises_it(known: Known) -> None:
    outputs = {o.output.label("ko"): o for o in found_in(known)["agr-entrust"].outputs}
    assert list(outputs) == ["교육생", "기초반", "조종반"]
    trainees = outputs["교육생"]
    assert (trainees.output.value, trainees.output.unit) == (Decimal(100), "명")
    # Only the whole is dated; of its parts it is not known when they came about.
    assert [each.certain for each in outputs.values()] == [True, False, False]
    assert trainees.evidence


def test_planned_outputs_are_none(known: Known) -> None:
    fair = found_in(known, "narae")["agr-narae-promotion"]
    assert [slug(each.initiative.iri) for each in fair.events] == ["ev-fair"]
    assert fair.outputs == ()


def test_an_output_before_the_signing_is_none(town_copy: Path) -> None:
    with (town_copy / "outputs.csv").open("a", encoding="utf-8") as stream:
        stream.write(
            "out-old,drone-test,옛 비행,,3,회,2022-05,2022-06,achieved,,gaon-report,112,3회\n"
        )
        stream.write(
            "out-new,drone-test,새 비행,,4,회,2023-05,2023-06,achieved,,gaon-report,113,4회\n"
        )
    found = {
        o.output.label("ko"): o.certain for o in found_in(reload(town_copy))["agr-univ"].outputs
    }
    assert "옛 비행" not in found
    assert found["새 비행"] is True


def test_only_through_units_is_told_apart(town_copy: Path) -> None:
    path = town_copy / "participations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("gaon-univ,drone-test")]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    found = found_in(reload(town_copy))["agr-univ"]
    assert found.verdict == "by_units"
    assert show(found)[0] == "task-startup [gaon-univ-incubator]"


def test_money_is_what_is_printed_for_what_realises_it(known: Known) -> None:
    money = found_in(known)["agr-entrust"].money
    told = {(slug(m.initiative), m.phase, m.amount) for m in money}
    assert ("drone-course", "phase-planned", Decimal(60_000_000)) in told
    assert ("task-maker", "phase-planned", Decimal(60_000_000)) in told


def test_without_a_host_those_of_every_government(known: Known) -> None:
    everyone = follow_up(*known, ON)
    assert {each.host.id for each in everyone} == {"gaon", "narae"}
    for host in ("gaon", "narae"):
        own = [slug(each.agreement.iri) for each in everyone if each.host.id == host]
        assert own == list(found_in(known, host))


def test_before_anything_is_stated_nothing_is_known(known: Known) -> None:
    assert follow_up(*known, date(1999, 12, 31)) == []


@settings(max_examples=25)
@given(on=st.dates(date(2019, 1, 1), date(2027, 1, 1)))
def test_what_has_nothing_is_an_unused_agreement(known: Known, on: date) -> None:
    """Unused ones are found elsewhere, too: certain or not, but never one that is realised."""
    unused = {
        gap.agreement.iri: gap for gap in find_agreement_gaps(known[0], on) if gap.kind == "unused"
    }
    for each in follow_up(*known, on):
        assert each.verdict in VERDICTS
        gap = unused.get(each.agreement.iri)
        if each.verdict == "realised":
            assert gap is None
        elif each.verdict == "nothing":
            assert gap is not None
            assert gap.certain
        elif len(each.parties) > 1:
            assert gap is not None
