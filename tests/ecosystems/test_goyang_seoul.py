"""The shipped tables say what the four documents say, where they say it; nothing else, nobody.

The documents are not part of the repository: tests that need them are skipped without the folder.
"""

import csv
import gzip
import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.diagnostics import SEVERITIES
from graph.mapping import split_cell
from graph.model import LANGUAGES
from graph.namespaces import TH
from graph.schema import read_schema
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


class TestStructure:
    def test_the_pipeline_finds_no_fault(self, shipped: Any) -> None:
        assert shipped.ecosystem.faults == []
        assert shipped.assembly.diagnostics == []
        assert SEVERITIES

    @pytest.mark.parametrize("table", sorted(SIDECAR.expected))
    def test_no_kind_has_fewer_records_than_expected(self, table: str) -> None:
        bounds = SIDECAR.expected[table]
        assert len(TABLES[table]) >= bounds["min"] > 0

    def test_the_kinds_that_matter_are_counted(self) -> None:
        assert {*ORGANIZATIONS, "programmes", "agreements", "budgets"} <= set(SIDECAR.expected)

    def test_identifiers_are_unique_over_all_tables(self) -> None:
        counts = Counter(row["id"] for _, _, row in ROWS if row.get("id"))
        assert [key for key, count in counts.items() if count > 1] == []

    def test_every_record_has_evidence(self) -> None:
        further = {row["record"] for row in TABLES["evidence"]}
        for name, line, row in ROWS:
            if name == "documents":
                continue
            place = row["lines"] or row.get("locator", "")
            assert (row["document"] and place) or row.get("id") in further, f"{name}.csv:{line}"

    def test_evidence_is_in_known_documents(self) -> None:
        known = {row["id"] for row in TABLES["documents"]}
        assert {row["document"] for _, _, row in ROWS if row.get("document")} == known

    def test_quotations_are_short(self) -> None:
        long = [where for where, row in QUOTED if len(row["quote"].split()) > 14]
        assert long == []
        assert len(QUOTED) > 1000

    def test_nobody_is_named_by_number_or_address(self) -> None:
        """By telephone, with or without the area, or by e-mail; years and lines are no numbers."""
        telephone = re.compile(r"(?<![\d-])(?:0\d{1,2}[-.) ])?\d{3,4}-\d{4}(?![\d-])|☎")
        years = re.compile(r"(?:19|20)\d\d-(?:19|20)\d\d")
        address = re.compile(r"[\w.]+@[\w-]+\.\w+")
        found = [
            f"{name}.csv:{line}: {key}"
            for name, line, row in ROWS
            for key, cell in row.items()
            if key not in ("lines", "sha256")
            and (telephone.search(years.sub("", cell)) or address.search(cell))
        ]
        assert found == []

    def test_every_organisation_has_a_name_in_each_language(self) -> None:
        assert [key for key, row in ORGS.items() if not (row["label"] and row["label_en"])] == []
        assert LANGUAGES == ("ko", "en")

    def test_text_is_composed_and_without_outer_space(self) -> None:
        for name, line, row in ROWS:
            for key, cell in row.items():
                assert unicodedata.is_normalized("NFC", cell), f"{name}.csv:{line}: {key}"
                assert cell == cell.strip(), f"{name}.csv:{line}: {key}"

    def test_members_of_a_group_are_no_more_than_stated(self) -> None:
        members = Counter(r["of"] for r in TABLES["affiliations"] if r["type"] == "Membership")
        for group, count in members.items():
            stated = ORGS[group].get("stated_count")
            assert not stated or count <= int(stated)

    def test_only_groups_have_a_stated_count(self) -> None:
        counted = {row["type"] for row in ORGS.values() if row.get("stated_count")}
        assert {kind for kind in counted if not kind.endswith("Group")} == set()


class TestCarefulReading:
    """Cases that tell a careful reading from a hasty one."""

    def parties(self, agreement: str) -> set[str]:
        return {r["party"] for r in TABLES["parties"] if r["agreement"] == agreement}

    def test_an_intended_agreement_has_prospects_and_the_others_have_parties(self) -> None:
        kinds = {row["id"]: row["type"] for row in TABLES["agreements"]}
        for row in TABLES["parties"]:
            intended = kinds[row["agreement"]] == "IntendedAgreement"
            assert bool(row["prospective_party"]) == intended
            assert bool(row["party"]) != intended
        for key, kind in kinds.items():
            assert kind == "IntendedAgreement" or len(self.parties(key)) >= 2

    def test_the_maker_agreement_has_five_parties_and_the_city_is_none_of_them(self) -> None:
        (row,) = (r for r in TABLES["agreements"] if r["signed"] == "2023-07")
        assert self.parties(row["id"]) == {
            "joongbu-univ", "goyang-library-center", "goyang-childrens-museum",
            "national-cancer-center", "gipa",
        }  # fmt: skip
        assert len(row["alias"].split("|")) == 2

    def test_considering_is_no_agreement(self) -> None:
        (row,) = (r for r in TABLES["agreements"] if "검토" in r["quote"])
        assert (row["type"], row["intent"], row["signed"]) == (
            "IntendedAgreement",
            "considered",
            "",
        )

    def test_four_bodies_of_one_university(self) -> None:
        kinds = {key: row["type"] for key, row in ORGS.items() if key.startswith("kau")}
        assert kinds == {
            "kau": "University",
            "kau-iacf": "IndustryAcademiaCooperationFoundation",
            "kau-incubator": "Incubator",
            "kau-sme-venture-centre": "SupportCenter",
        }
        assert not ORGS["kau-iacf"].get("unit_of")
        assert ORGS["kau-iacf"]["foundation_of"] == "kau"

    def test_an_example_of_what_one_would_like_is_a_wish(self) -> None:
        wished = {
            r["organization"]: r for r in TABLES["participations"] if r["modality"] == "wished"
        }
        assert {"hyundai-motor", "sk-telecom", "hanwha"} <= set(wished)
        assert all(row["planned_in"] and not row["in"] for row in wished.values())

    def test_the_place_of_a_consultation_is_no_partner(self) -> None:
        consultations = {r["id"] for r in TABLES["events"] if r["id"].startswith("gc-ev-consult")}
        assert len(consultations) == 6
        roles = {r["role"] for r in TABLES["participations"] if r["in"] in consultations}
        assert roles <= {"venue", "consulted"}
        assert "venue" in roles

    def test_planned_is_said_of_what_is_planned(self) -> None:
        for row in TABLES["participations"]:
            assert bool(row["in"]) != bool(row["planned_in"])
            assert bool(row["modality"]) == bool(row["planned_in"])

    def test_three_of_four_contracts_end_in_february_2019(self) -> None:
        ends = [r["until"] for r in TABLES["agreements"] if r["type"] == "EntrustmentContract"]
        assert sorted(ends) == ["2019-02-28"] * 3 + ["2020-02-29"]

    @pytest.mark.parametrize(
        ("initiative", "amounts"),
        [
            ("sp-task-1-1", {"20,792", "22,393"}),
            ("sp-strategy-3", {"225"}),
            ("sp-task-3-1", {"75"}),
            ("sp-task-3-2", {"180"}),
            ("sp-plan", {"53,873", "54,873", "-"}),
        ],
    )
    def test_both_sides_of_a_contradiction_are_kept(
        self, initiative: str, amounts: set[str]
    ) -> None:
        found = {
            row["amount"]
            for row in TABLES["budgets"]
            if row["initiative"] == initiative and row["year"] == "2019"
        }
        assert found == amounts

    def test_the_findings_tell_the_contradictions(self, shipped: Any) -> None:
        from graph.findings import find_findings

        said = [f.messages["ko"] for f in find_findings(shipped.dataset)]
        for pair in (("20,792", "22,393"), ("225", "255"), ("53,873", "54,873")):
            scaled = [f"{n},000,000" for n in pair]
            assert any(
                all(p in text or s in text for p, s in zip(pair, scaled, strict=True))
                for text in said
            ), pair


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


@pytest.fixture(scope="module")
def register(shared: Path) -> dict[str, Row]:
    """The public register of legal districts by code."""
    path = shared / "data" / "korea" / "mois-legal-dong-20230501.csv.gz"
    if not path.is_file():
        pytest.skip("the register of places is not at hand")
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return {row["법정동코드"]: row for row in csv.DictReader(stream)}


class TestPlaces:
    def test_codes_are_in_the_register_and_were_not_abolished(
        self, register: dict[str, Row]
    ) -> None:
        coded = [row for row in TABLES["places"] if row["code"]]
        assert len(coded) > 20
        for row in coded:
            entry = register[row["code"]]
            names = [entry[level] for level in ("시도명", "시군구명", "읍면동명") if entry[level]]
            assert names[-1].split()[-1] == row["label"]
            assert entry["말소일자"] == ""

    def test_codes_lie_within_the_codes_above(self) -> None:
        codes = {row["id"]: row["code"] for row in TABLES["places"]}
        for row in TABLES["places"]:
            above = codes.get(row["broader"], "").rstrip("0")
            assert not row["code"] or row["code"].startswith(above)

    def test_an_identifier_is_the_code(self) -> None:
        assert all(r["id"] == f"kr-{r['code']}" for r in TABLES["places"] if r["code"])
        assert str(TH.Place) in SCHEMA.tables["places"].classes
