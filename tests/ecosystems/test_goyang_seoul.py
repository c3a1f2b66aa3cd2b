"""The shipped tables hold what a careful reading finds, each row with its evidence, and nobody.

That the documents say so is tested in ``test_goyang_seoul_documents.py``.
"""

import csv
import gzip
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from graph.findings import find_findings
from graph.namespaces import TH
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


class TestStructure:
    def test_the_pipeline_finds_no_fault(self, shipped: Any) -> None:
        assert shipped.ecosystem.faults == []
        assert shipped.assembly.diagnostics == []

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
        said = [f.messages["ko"] for f in find_findings(shipped.dataset)]
        for pair in (("20,792", "22,393"), ("225", "255"), ("53,873", "54,873")):
            scaled = [f"{n},000,000" for n in pair]
            assert any(
                all(p in text or s in text for p, s in zip(pair, scaled, strict=True))
                for text in said
            ), pair


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
