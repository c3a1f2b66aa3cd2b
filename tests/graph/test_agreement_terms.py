"""The terms of agreements, derived from tables: renewals, terminations, successors, statements."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset

from graph.agreement_reading import read_agreements
from graph.agreement_statements import Statement, choose, mark_used
from graph.agreement_terms import StatedTerms, derive_periods
from graph.agreements import Agreement
from graph.assembly import assemble
from graph.namespaces import slug
from graph.questions import find_question
from graph.shapes import read_schema
from graph.sparql import ask
from graph.store import load_graphs, memory_store
from loaders.ecosystem import load_ecosystem

Bounds = list[tuple[str, str]]


def renewal(start: str, end: str, signed: str = "", record: str = "") -> Statement:
    return Statement(record or f"r{start}{end}", start=start, end=end, signed=signed)


def bounds(
    *own: Statement,
    renewals: tuple[Statement, ...] = (),
    terminated: str = "",
    successors: tuple[str, ...] = (),
) -> Bounds:
    ends = [Statement("t", end=terminated)] if terminated else []
    about = StatedTerms(list(own), list(renewals), ends)
    return [(p.start, p.end) for p in derive_periods("a", about, successors)]


OWN = Statement("a", signed="2019-12-20", start="2020-01-01", end="2021-12-31")


class TestPeriods:
    def test_an_agreement_is_its_own_first_term(self) -> None:
        assert bounds(OWN) == [("2020-01-01", "2021-12-31")]

    def test_it_counts_from_its_signing_where_no_beginning_is_stated(self) -> None:
        assert bounds(Statement("a", signed="2019-12")) == [("2019-12", "")]

    def test_renewals_follow_by_their_beginning(self) -> None:
        later, earlier = renewal("2024-01-01", "2025-12-31"), renewal("2022-01-01", "2023-12-31")
        assert bounds(OWN, renewals=(later, earlier)) == [
            ("2020-01-01", "2021-12-31"),
            ("2022-01-01", "2023-12-31"),
            ("2024-01-01", "2025-12-31"),
        ]

    def test_a_renewal_counts_from_its_signing(self) -> None:
        found = bounds(OWN, renewals=(renewal("", "2023-12-31", signed="2021-12-01"),))
        assert found[1] == ("2021-12-01", "2023-12-31")

    def test_a_renewal_without_any_beginning_goes_on_from_the_period_before(self) -> None:
        found = bounds(OWN, renewals=(renewal("", "2023-12-31"),))
        assert found[1] == ("2020-01-01", "2023-12-31")

    def test_a_renewal_tells_when_an_agreement_without_an_end_ends(self) -> None:
        own = Statement("a", signed="2019")
        assert bounds(own, renewals=(renewal("2022", "2024-06"),)) == [
            ("2019", "2024-06"),
            ("2022", "2024-06"),
        ]

    def test_two_rows_of_one_renewal_are_one_period(self) -> None:
        rows = (
            Statement("r1", "plan", "2021", start="2022-01-01", end="2023-06-30"),
            Statement("r2", "report", "2022", start="2022-01-01", end="2023-12-31"),
        )
        assert bounds(OWN, renewals=rows)[1:] == [("2022-01-01", "2023-12-31")]


class TestEnds:
    @pytest.mark.parametrize(
        ("terminated", "end"),
        [
            ("2021-03-31", "2021-03-31"),
            ("2021-03", "2021-03"),
            ("2021-12", "2021-12"),
            ("2022-03-31", "2021-12-31"),  # after its end there is nothing to terminate
        ],
    )
    def test_a_termination_cuts_short(self, terminated: str, end: str) -> None:
        assert bounds(OWN, terminated=terminated) == [("2020-01-01", end)]

    def test_a_renewal_after_a_termination_is_left_alone(self) -> None:
        found = bounds(
            OWN, renewals=(renewal("2022-01-01", "2023-12-31"),), terminated="2021-03-31"
        )
        assert found == [("2020-01-01", "2021-03-31"), ("2022-01-01", "2023-12-31")]

    @pytest.mark.parametrize(
        ("begin", "end"),
        [
            ("2021-07-01", "2021-06-30"),  # the day before
            ("2021-07", "2021-07"),  # nothing better is known than the month
            ("2023-01-01", "2021-12-31"),
        ],
    )
    def test_a_successor_cuts_short(self, begin: str, end: str) -> None:
        assert bounds(OWN, successors=(begin,)) == [("2020-01-01", end)]

    def test_of_two_successors_the_earlier_cuts(self) -> None:
        found = bounds(OWN, successors=("2021-07-01", "2020-10-01"))
        assert found == [("2020-01-01", "2020-09-30")]


class TestStatements:
    def test_the_newest_document_is_used(self) -> None:
        plan = Statement("a", "plan", "2021-12", end="2023-06-30", own=True)
        report = Statement("b", "report", "2023-12-29", end="2023-12-31")
        undated = Statement("c", "note", "", end="2024-12-31")
        used = {s.document: s.used for s in mark_used([undated, report, plan])}
        assert used == {"plan": False, "report": True, "note": False}

    def test_on_the_same_day_the_agreement_s_own_row_is_used(self) -> None:
        own = Statement("z", "plan", "2023", end="2023-06-30", own=True)
        other = Statement("a", "report", "2023", end="2023-12-31")
        assert choose([own, other], "end") is own

    def test_each_date_is_chosen_for_itself(self) -> None:
        own = Statement("a", "plan", "2021", signed="2021-01-05", own=True)
        report = Statement("b", "report", "2023", end="2023-12-31")
        assert {s.document: s.used_for for s in mark_used([own, report])} == {
            "plan": ("signed",),
            "report": ("end",),
        }

    def test_a_more_precise_date_within_the_newest_is_used(self) -> None:
        plan = Statement("a", "plan", "2021", end="2023-06-30", own=True)
        report = Statement("b", "report", "2023", end="2023-06")
        assert choose([plan, report], "end") is plan
        assert choose([plan, Statement("c", "report", "2023", end="2023-07")], "end") is not plan

    def test_nothing_is_used_where_nothing_is_stated(self) -> None:
        assert choose([Statement("a")], "end") is None


def extend(folder: Path, table: str, text: str) -> Dataset:
    """A town with rows added to a table."""
    with (folder / f"{table}.csv").open("a", encoding="utf-8") as stream:
        stream.write(text)
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity)
    assert ecosystem.faults + assembly.violations == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    return dataset


def rewrite(folder: Path, table: str, text: str) -> dict[str, Agreement]:
    """The agreements of a town with rows added to a table."""
    dataset = extend(folder, table, text)
    return {slug(iri): found for iri, found in read_agreements(dataset).items()}


class TestTables:
    def test_another_document_states_an_end_that_was_missing(self, town_copy: Path) -> None:
        row = "agr-univ,original,,,2024-10,gaon-report,97,2024년까지,\n"
        found = rewrite(town_copy, "terms", row)["agr-univ"]
        assert (found.signed, found.end) == ("2022-10", "2024-10")

    def test_an_intended_agreement_replaces_nothing_yet(self, town_copy: Path) -> None:
        row = "agr-plan,예정 협약,새 협약,New,,,,,,,,agr-univ,planned,,,,gaon-report,98,예정,\n"
        found = rewrite(town_copy, "agreements", row)["agr-univ"]
        assert (found.end, found.superseded_by) == ("", ())

    def test_documents_that_disagree_on_a_renewal_or_termination_are_reported(
        self, town_copy: Path
    ) -> None:
        rows = (
            "agr-byeol,renewal,,2025-05-01,2027-04-30,gaon-plan,60,다음 갱신,\n"
            "agr-dal,termination,,,2023-09-30,gaon-plan,60,해지,\n"
            "agr-dal,termination,,,2023-06,gaon-plan,60,같은 해지,\n"
        )
        dataset = extend(town_copy, "terms", rows)
        found = ask(dataset, find_question("agreement_terms_in_conflict"), {})
        told = [[slug(str(cell)) for cell in row][:6] for row in found]
        # The town itself has two ends of one renewal; the next renewal is no conflict.
        assert told == [
            ["agr-byeol", "renewal", "2025-04-30", "gaon-report", "2026-04-30", "gaon-plan"],
            ["agr-dal", "termination", "2023-06-30", "gaon-report", "2023-09-30", "gaon-plan"],
        ]

    @pytest.mark.parametrize(
        ("table", "row"),
        [
            ("terms", "agr-univ,termination,2023-01-01,,,gaon-report,97,해지,\n"),
            ("terms", "agr-univ,renewal,,,,gaon-report,97,갱신,\n"),
            ("terms", "agr-nuri,renewal,,,2024,gaon-report,97,갱신,\n"),
            ("decisions", "gaon,nuri,not-needed,,,,,gaon-report,97,불필요\n"),
            ("agreements", "agr-x,협약,새 협약,New,,,,,,,,agr-univ,,,,,gaon-report,98,협약,\n"),
        ],
        ids=["no end", "no date", "of a plan", "no reason", "replaces without a date"],
    )
    def test_rows_that_say_too_little_are_refused(
        self, town_copy: Path, table: str, row: str
    ) -> None:
        if table == "agreements":
            row = row.replace("협약,새", "MemorandumOfUnderstanding,새", 1)
        with (town_copy / f"{table}.csv").open("a", encoding="utf-8") as stream:
            stream.write(row)
        ecosystem = load_ecosystem(town_copy, read_schema())
        assembly = assemble(ecosystem.records, ecosystem.identity)
        assert len(assembly.violations) == 1
        assert assembly.violations[0].location.file.endswith(f"{table}.csv")
