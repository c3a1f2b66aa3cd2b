"""The shipped tables against the four documents: places, words, numbers and sums.

The documents are not part of the repository: tests that need them are skipped without the folder.
The sums need the tables alone.
"""

import csv
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.mapping import split_cell
from graph.shapes import read_schema
from loaders.ecosystem import shipped_ecosystem
from loaders.sidecar import read_sidecar

FOLDER = shipped_ecosystem()
SIDECAR = read_sidecar(FOLDER)
SCHEMA = read_schema()
ORGANIZATIONS = ("universities", "centres", "agencies", "companies", "other_organizations")
Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


TABLES = {name: read_rows(name) for name in SIDECAR.tables}
ROWS = [(name, number, row) for name, rows in TABLES.items() for number, row in enumerate(rows, 2)]
QUOTED = [(f"{name}.csv:{number}", row) for name, number, row in ROWS if row.get("quote")]
ORGS = {row["id"]: row for name in ORGANIZATIONS for row in TABLES[name]}


def bare(text: str) -> str:
    """Without white space, composed: the text was cut into lines by a machine."""
    return "".join(unicodedata.normalize("NFC", text).split())


def line_numbers(cell: str) -> Iterator[int]:
    for piece in cell.split(","):
        first, _, last = piece.partition("-")
        yield from range(int(first), int(last or first) + 1)


def number(cell: str) -> Decimal | None:
    return None if cell == "-" else Decimal(cell.replace(",", ""))


@pytest.fixture(scope="session")
def documents(shared: Path) -> dict[str, list[str]]:
    """The lines of each document."""
    folder = shared / "documents"
    if not folder.is_dir():
        pytest.skip("the documents are not at hand")
    named = {row["id"]: row["file"] for row in TABLES["documents"] if row["file"]}
    return {
        document: (folder / name).read_text(encoding="utf-8").split("\n")
        for document, name in named.items()
    }


def cited(row: Row, documents: dict[str, list[str]]) -> str:
    lines = documents[row["document"]]
    return "\n".join(lines[n - 1] for n in line_numbers(row["lines"]))


class TestDocuments:
    """Against the documents themselves."""

    def test_are_the_files_that_were_read(self, documents: Any, shared: Path) -> None:
        for row in TABLES["documents"]:
            if row["file"]:
                content = (shared / "documents" / row["file"]).read_bytes()
                assert hashlib.sha256(content).hexdigest() == row["sha256"]

    def test_have_the_lines_that_are_cited(self, documents: dict[str, list[str]]) -> None:
        for name, line, row in ROWS:
            if row.get("lines"):
                numbers = list(line_numbers(row["lines"]))
                assert numbers == sorted(set(numbers)), f"{name}.csv:{line}"
                assert max(numbers) <= len(documents[row["document"]]), f"{name}.csv:{line}"
                assert bare(cited(row, documents)), f"{name}.csv:{line}"

    def test_have_the_words_that_are_quoted(self, documents: dict[str, list[str]]) -> None:
        wrong = [
            where for where, row in QUOTED if bare(row["quote"]) not in bare(cited(row, documents))
        ]
        assert wrong == []

    @pytest.mark.parametrize(
        ("table", "column"),
        [("budgets", "amount"), ("outputs", "value"), ("indicator_values", "value")],
    )
    def test_print_every_number_where_it_is_cited(
        self, documents: dict[str, list[str]], table: str, column: str
    ) -> None:
        """As a number of its own, not as a part of a longer one."""
        wrong = [
            f"{table}.csv:{line}: {row[column]}"
            for line, row in enumerate(TABLES[table], 2)
            if not re.search(
                rf"(?<![\d,.]){re.escape(row[column])}(?![\d]|,\d|\.\d)", cited(row, documents)
            )
        ]
        assert wrong == []

    def test_print_a_name_of_every_organisation(self, documents: dict[str, list[str]]) -> None:
        """Its name, or another form of it; groups without a name have one of ours."""
        text = bare("".join(line for lines in documents.values() for line in lines))
        unnamed = [
            key
            for key, row in ORGS.items()
            if not row["type"].endswith("Group")
            and not any(bare(n) in text for n in (row["label"], *row["alias"].split("|")) if n)
        ]
        assert unnamed == []

    def test_print_every_other_form_of_a_name(self, documents: dict[str, list[str]]) -> None:
        text = bare("".join(line for lines in documents.values() for line in lines))
        alias = SCHEMA.tables["universities"].column("alias")
        assert alias
        # Composed of a heading and the name of a column.
        composed = {f"{x}부기술교육원" for x in "동중북남"}
        made_up = {
            form
            for row in ORGS.values()
            for form in split_cell(alias, row["alias"])
            if bare(form) not in text and form not in composed
        }
        assert made_up == set()

    def test_name_people_and_the_tables_do_not(self, documents: dict[str, list[str]]) -> None:
        people = set(_people(documents))
        assert len(people) > 15
        for name, line, row in ROWS:
            for key, cell in row.items():
                assert not any(person in cell for person in people), f"{name}.csv:{line}: {key}"


def _people(documents: dict[str, list[str]]) -> Iterator[str]:
    """Who is named in the documents, found by where names stand; none is written down here."""
    for lines in documents.values():
        text = "\n".join(lines)
        for block in re.findall(r"담당자\s+((?:[가-힣]{3}\s+)+)(?:전화번호|연락처)", text):
            yield from block.split()
        yield from re.findall(r": ?([가-힣]{3}) ☎", text)
        for block in re.findall(r"국회의원\(((?:[가-힣]{3}(?:, )?)+)\)", text):
            yield from block.split(", ")
    head = documents["goyang-technovalley"][10:30]
    yield from (
        x.strip()
        for x in head
        if re.fullmatch(r"[가-힣]{3}", x.strip()) and "연락" not in x and "담당" not in x
    )


TASKS = {"1": "123", "2": "12", "3": "12", "4": "123"}
"""The tasks of each strategy of Seoul's plan."""


class TestArithmetic:
    """The documents' own sums, added again from our rows."""

    @staticmethod
    def cells(document: str, *initiatives: str) -> dict[tuple[str, str, str, str], Decimal]:
        found: dict[tuple[str, str, str, str], Decimal] = {}
        for row in TABLES["budgets"]:
            value = number(row["amount"])
            if (
                row["document"] == document
                and row["initiative"] in initiatives
                and value is not None
            ):
                key = (row["initiative"], row["source"], row["phase"], row["period"])
                assert key not in found
                found[key] = value
        return found

    @pytest.mark.parametrize(
        ("document", "pledge", "units"),
        [
            ("goyang-consortium", "gc-pledge", ("gc-unit-1", "gc-unit-2", "gc-unit-3")),
            ("goyang-technovalley", "tv-pledge", ("tv-unit-ict", "tv-unit-uam")),
        ],
    )
    def test_rows_and_columns_of_goyang(
        self, document: str, pledge: str, units: tuple[str, ...]
    ) -> None:
        """No exception: every row and column of the four tables adds up."""
        cells = self.cells(document, pledge, *units)
        rows, columns = defaultdict(Decimal), defaultdict(Decimal)
        for (initiative, source, phase, period), value in cells.items():
            if period != "계":
                rows[initiative, source, phase] += value
            if initiative != pledge:
                columns[phase, period] += value
        for (initiative, source, phase), total in rows.items():
            assert cells[initiative, source, phase, "계"] == total
        totals = {(ph, pe): v for (i, s, ph, pe), v in cells.items() if (i, s) == (pledge, "total")}
        assert columns == totals
        assert {phase for phase, _ in totals} == {"planned", "secured", "executed"}

    def test_nothing_is_executed_that_is_not_secured(self) -> None:
        for document in ("goyang-consortium", "goyang-technovalley"):
            amounts = {
                (r["initiative"], r["source"], r["period"], r["phase"]): number(r["amount"])
                for r in TABLES["budgets"]
                if r["document"] == document
            }
            for (initiative, source, period, phase), value in amounts.items():
                if phase == "executed":
                    secured = amounts[initiative, source, period, "secured"]
                    assert value is not None
                    assert secured is not None
                    assert value <= secured

    @pytest.fixture
    def seoul(self) -> dict[tuple[str, str, str], Decimal]:
        """The amounts of Seoul's plan by initiative, year and where in the document."""
        return {
            (row["initiative"], row["year"], row["detail"]): value
            for row in TABLES["budgets"]
            if row["document"] == "seoul-plan-2019" and (value := number(row["amount"])) is not None
        }

    @pytest.mark.parametrize("year", ["2018", "2019"])
    @pytest.mark.parametrize("strategy", TASKS)
    def test_tasks_of_seoul(self, seoul: Any, year: str, strategy: str) -> None:
        parts = (f"sp-task-{strategy}-{task}" for task in TASKS[strategy])
        added = sum(seoul.get((part, year, "일반회계"), Decimal(0)) for part in parts)
        stated = seoul[f"sp-strategy-{strategy}", year, ""]
        # The document contradicts itself once: 75 and 180 are not 225.
        expected = {("3", "2019"): (225, 255)}.get((strategy, year), (added, added))
        assert (stated, added) == expected

    @pytest.mark.parametrize(("year", "total"), [("2018", 33516), ("2019", 54873)])
    def test_strategies_of_seoul(self, seoul: Any, year: str, total: int) -> None:
        added = sum(seoul[f"sp-strategy-{strategy}", year, ""] for strategy in TASKS)
        stated = {seoul["sp-plan", year, d] for d in ("총괄 합계", "세부 과제별 합계", "일반회계")}
        assert {added} == stated == {total}

    def test_texts_of_seoul_against_its_table(self, seoul: Any) -> None:
        texts = {
            "sp-task-2-1": seoul["sp-prog-rnd", "2019", "과제 본문 사업비"],
            "sp-task-2-2": seoul["sp-prog-invention-fair", "2019", "과제 본문 서울시 지원예산"],
            "sp-task-1-1": seoul["sp-task-1-1", "2019", "과제 본문 소요예산"],
            "sp-plan": seoul["sp-plan", "2019", "요약"],
        }
        table = {key: seoul[key, "2019", "일반회계"] for key in texts}
        wrong = {key: (texts[key], table[key]) for key in texts if texts[key] != table[key]}
        # The text repeats the budget of the year before; the summary has another second digit.
        assert wrong == {"sp-task-1-1": (20792, 22393), "sp-plan": (53873, 54873)}
        parts = ("sp-act-fair-organizer-support", "sp-act-fair-booths")
        assert sum(seoul[part, "2019", "과제 본문"] for part in parts) == table["sp-task-2-2"]

    def test_growth_of_seoul(self, seoul: Any) -> None:
        growth = seoul["sp-plan", "2019", "일반회계"] / seoul["sp-plan", "2018", "일반회계"] - 1
        (stated,) = (r["value"] for r in TABLES["outputs"] if r["id"] == "sp-out-budget-growth")
        assert round(growth * 100, 1) == Decimal(stated)

    def test_pledge_of_seoul(self) -> None:
        by_table: dict[tuple[str, str], list[tuple[str, Decimal]]] = defaultdict(list)
        for row in TABLES["budgets"]:
            value = number(row["amount"])
            if row["document"] == "seoul-jobs-342" and value is not None and row["detail"]:
                by_table[row["initiative"], row["detail"]].append((row["period"], value))
        for cells in by_table.values():
            parts = [value for period, value in cells if period != "계"]
            if parts:
                assert [v for period, v in cells if period == "계"] == [sum(parts)]
        totals = {key: max(v for _, v in cells) for key, cells in by_table.items()}
        assert totals == {
            ("sj-pledge", "요약 총 사업비"): 250,
            ("sj-pledge", "요약 집행액"): 73,
            ("sj-pledge", "연차별 투자수요"): 250,
            ("sj-unit-job", "연차별 투자수요"): 250,
            ("sj-unit-job", "연도별 집행액"): 73,
        }

    def test_parts_of_outputs(self) -> None:
        values = {row["id"]: number(row["value"]) for row in TABLES["outputs"]}
        added: dict[str, Decimal] = defaultdict(Decimal)
        for row in TABLES["outputs"]:
            if row["part_of"]:
                part = values[row["id"]]
                assert part is not None
                added[row["part_of"]] += part
        wrong = {
            whole: (values[whole], total)
            for whole, total in added.items()
            if values[whole] != total
        }
        # 49 members are the mayor and 48 presidents; the mayor is no output of his own.
        assert wrong == {"sp-out-council-members": (49, 48)}
