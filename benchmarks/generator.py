"""Fictional ecosystems of any size, in the tables that people fill: the same seed, the same bytes.

An ecosystem grows city by city and programme by programme. Partners are drawn partly from the
city, partly in proportion to the ties an organisation has (Barabási and Albert, "Emergence of
Scaling in Random Networks", Science 286, 1999), so that there are hubs and a long tail.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.names import INDUSTRIES, THEMES, Names
from graph.mapping import map_records
from graph.record import Record
from graph.shapes import read_schema

Row = dict[str, str]
MOST_PARTNERS = 30
PERIODS = ("'22", "'23", "'24")
ROLES = ("partner", "operator", "funder", "participant", "beneficiary", "supplier", "contractor")
EVENTS = ("Meeting", "Consultation", "Fair", "Briefing", "Contest", "Selection")
ORGANIZATIONS: tuple[tuple[str, str, str, str, int], ...] = (
    ("universities", "University", "대학교", "University", 2),
    ("centres", "Incubator", " 창업보육센터", "Incubator", 1),
    ("centres", "ResearchCenter", " 연구센터", "Research Centre", 2),
    ("centres", "SupportCenter", " 지원센터", "Support Centre", 1),
    ("agencies", "SupportAgency", " 산업진흥원", "Industry Promotion Agency", 1),
    ("agencies", "ResearchInstitute", " 연구원", "Research Institute", 1),
    ("agencies", "PublicAgency", " 공단", "Corporation", 1),
    ("companies", "Company", "", "", 9),
    ("companies", "Investor", "벤처투자", "Ventures", 1),
    ("other_organizations", "Association", " 협회", "Association", 2),
    ("other_organizations", "Council", " 협의체", "Council", 1),
    ("other_organizations", "Ministry", "부", "Ministry", 1),
)


@dataclass(slots=True)
class City:
    """A city: its organisations by kind, and the document that tells of it."""

    id: str
    document: str
    place: str
    line: int = 0
    organizations: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def members(self) -> list[str]:
        """All organisations that can be partners."""
        return [name for names in self.organizations.values() for name in names]


class Generator:
    """Grows an ecosystem; :attr:`triples` counts what the tables say, evidence included."""

    def __init__(self, seed: int, target: int) -> None:
        """Grow until the tables say as many triples as wanted."""
        self.random, self.target, self.triples = Random(seed), target, 0
        self.tables: dict[str, list[Row]] = defaultdict(list)
        self._schema, self._names = read_schema(), Names(self.random)
        self._ends: list[str] = []
        self._found_registry()
        while self.triples < target:
            self._found_city(len(self.tables["places"]))

    def add(self, table: str, city: City, row: Row, quote: str = "") -> None:
        """Add a row with its evidence beside it; some rows have a second place."""
        random = self.random
        city.line += random.randrange(1, 4)
        row |= {"document": city.document, "lines": str(city.line)}
        row["quote"] = quote or row.get("label", "")
        if random.random() < 0.1:
            row |= {"basis": "inferred", "note": "shown by the heading of the section"}
        self._count(table, row)
        if row.get("id") and random.random() < 0.1:
            again = f"{city.line + 200}-{city.line + 202}"
            more = {"record": row["id"], "document": city.document, "lines": again}
            self._count("evidence", more | {"quote": row["quote"]})

    def _count(self, table: str, row: Row) -> None:
        own = {column.key for column in self._schema.tables[table].columns}
        values = {key: value for key, value in row.items() if key in own}
        beside = {key: value for key, value in row.items() if key not in own}
        drafts = map_records([Record(table, values, beside)], self._schema).drafts
        self.triples += sum(len(draft.statements) + len(draft.references) for draft in drafts)
        self.tables[table].append(row)

    def _found_registry(self) -> None:
        self._document("register", "Registry", "지역 등록부", "Register of places")
        register = City("", "register", "")
        for theme, (label, english) in THEMES.items():
            self.add("themes", register, {"id": theme, "label": label, "label_en": english})

    def _document(
        self, name: str, kind: str, label: str, english: str, publisher: str = ""
    ) -> None:
        row = {"id": name, "type": kind, "label": label, "label_en": english}
        digest = hashlib.sha256(name.encode()).hexdigest()
        row |= {"publisher": publisher, "issued": "2024-01", "file": f"{name}.txt"}
        self._count("documents", row | {"sha256": digest, "licence": "fictional"})

    def _found_city(self, number: int) -> None:
        label, english = self._names.draw("시", "City")
        city = City(f"city-{number}", f"document-{number}", f"place-{number}")
        where = {"id": city.place, "label": label, "label_en": english, "code": f"99{number:08}"}
        where |= {"document": "register", "locator": where["code"], "quote": label}
        self._count("places", where)
        self._document(
            city.document, "Document", f"{label} 산학연 협력계획", f"Plan of {english}", city.id
        )
        self._add_organizations(city, label, english)
        self._add_affiliations(city)
        for _ in range(3):
            self._add_agreement(city)
        plan = self._add_initiative(city, "Plan", "계획", "plan", "")
        for _ in range(4):
            strategy = self._add_initiative(city, "Strategy", "전략", "strategy", plan)
            self._add_problem(city, strategy)
            for _ in range(2):
                task = self._add_initiative(city, "Task", "과제", "task", strategy)
                self._add_indicator(city, task)
                for _ in range(3):
                    if self.triples >= self.target:
                        return
                    self._add_programme(city, task)

    def _add_organizations(self, city: City, label: str, english: str) -> None:
        row = {"id": city.id, "type": "LocalGovernment", "label": label, "label_en": english}
        self.add("other_organizations", city, row | {"place": city.place})
        city.organizations["LocalGovernment"].append(city.id)
        for number, theme in enumerate(self.random.sample(list(THEMES), 3)):
            department = f"{city.id}-department-{number}"
            row = {"id": department, "type": "Department", "unit_of": city.id}
            row["label"] = f"{label} {THEMES[theme][0]}과"
            self.add("other_organizations", city, row, f"{THEMES[theme][0]}과")
            city.organizations["Department"].append(department)
        for table, kind, suffix, suffix_en, count in ORGANIZATIONS:
            for number in range(count):
                self._add_organization(city, table, kind, suffix, suffix_en, number)
        self._add_dependents(city)
        self._ends += city.members

    def _add_organization(
        self, city: City, table: str, kind: str, suffix: str, suffix_en: str, number: int
    ) -> None:
        prefix = "㈜" if kind == "Company" else ""
        if kind == "Company":
            suffix, suffix_en = self.random.choice(INDUSTRIES)
        label, english = self._names.draw(suffix, suffix_en, prefix)
        row = {"id": f"{city.id}-{kind.lower()}-{number}", "type": kind}
        row |= {"label": label, "label_en": english, "place": city.place}
        if self.random.random() < 0.4:
            row["alias"] = f"{label[:4]} | {label}({number + 1})"
        if kind == "Incubator":
            row["unit_of"] = city.organizations["University"][0]
        elif kind == "PublicAgency":
            row["supervised_by"] = city.id
        self.add(table, city, row)
        city.organizations[kind].append(row["id"])

    def _add_dependents(self, city: City) -> None:
        """Add a foundation of a university, and an unnamed group: neither takes part here."""
        university = city.organizations["University"][0]
        row = {"id": f"{university}-foundation", "type": "IndustryAcademiaCooperationFoundation"}
        row |= {"label": "산학협력단", "foundation_of": university}
        self.add("universities", city, row)
        row = {"id": f"{city.id}-group", "type": "CompanyGroup", "label": "입주기업"}
        self.add("other_organizations", city, row | {"stated_count": "12"})

    def _add_affiliations(self, city: City) -> None:
        kinds = city.organizations
        pairs = [("Tenancy", company, kinds["Incubator"][0]) for company in kinds["Company"][:5]]
        pairs += [("Membership", name, kinds["Council"][0]) for name in kinds["University"]]
        pairs += [("Funding", city.id, kinds["SupportAgency"][0])]
        for kind, one, other in pairs:
            row = {"type": kind, "organization": one, "of": other, "from": "2022"}
            self.add("affiliations", city, row, "입주 및 참여 기관")

    def _partners(self, city: City, most: int) -> list[str]:
        """Return a heavy-tailed number of partners: of the city, or by their ties."""
        random, chosen = self.random, dict[str, None]()
        members = city.members
        for _ in range(min(most, int(random.paretovariate(1.3)))):
            pool = members if random.random() < 0.4 else self._ends
            chosen[random.choice(pool)] = None
        self._ends += chosen
        return list(chosen)

    def _add_agreement(self, city: City) -> None:
        number = len(self.tables["agreements"])
        signed = self.random.randrange(2018, 2024)
        label, english = self._names.work(self.random.choice(list(THEMES)), "협약", "agreement")
        intended = number % 7 == 3
        row = {"id": f"agreement-{number}", "label": label, "label_en": english}
        row["subject"] = label.removesuffix(" 협약")
        if intended:
            row |= {"type": "IntendedAgreement", "intent": "planned"}
        else:
            row |= {"type": "MemorandumOfUnderstanding", "signed": f"{signed}-0{number % 9 + 1}"}
            row["until"] = f"{signed + 3}-12-31"
        self.add("agreements", city, row)
        column = "prospective_party" if intended else "party"
        partners = self._partners(city, 6)
        for name in {city.id: None} | dict.fromkeys(partners):
            party = {"agreement": row["id"], column: name, "capacity": "party"}
            self.add("parties", city, party, "협약 당사자")
        if not intended:
            self._add_term(city, row["id"], signed, number)
        else:
            reason = {"decision": "not-needed", "reason": "심사만 맡음", "decided": "2024-01"}
            decided = {"host": city.id, "partner": partners[0], **reason}
            self.add("decisions", city, decided, "협약 불필요")

    def _add_term(self, city: City, agreement: str, signed: int, number: int) -> None:
        """Renew every eighth agreement, and end some of the others before their time."""
        row = {"agreement": agreement}
        if number % 8 == 0:
            row |= {"kind": "renewal", "from": f"{signed + 4}-01-01", "until": f"{signed + 7}"}
            self.add("terms", city, row, "협약 갱신")
        elif number % 16 == 3:
            self.add("terms", city, row | {"kind": "termination", "until": f"{signed + 2}"}, "해지")

    def _add_initiative(self, city: City, kind: str, korean: str, english: str, parent: str) -> str:
        random = self.random
        theme = random.choice(list(THEMES))
        label, label_en = self._names.work(theme, korean, english)
        name = f"{kind.lower()}-{len(self.tables['programmes'])}"
        row = {"id": name, "type": kind, "label": label, "label_en": label_en, "theme": theme}
        row |= {"part_of": parent, "status": random.choice(("ongoing", "completed", "planned"))}
        if not parent:
            row |= {"host": city.id, "place": city.place, "from": "2022", "until": "2026-12-31"}
        if kind == "Programme":
            row["department"] = random.choice(city.organizations["Department"])
            row |= {"from": f"2023-0{random.randrange(1, 10)}", "target_group": "예비창업자, 기업"}
        self.add("programmes", city, row)
        return name

    def _add_programme(self, city: City, task: str) -> None:
        random = self.random
        programme = self._add_initiative(city, "Programme", "사업", "programme", task)
        for name in self._partners(city, MOST_PARTNERS):
            self._add_participation(city, name, programme, random.choice(ROLES))
        if random.random() < 0.5:
            self._add_budget(city, programme)
        for number in range(random.randrange(0, 3)):
            row = {"id": f"{programme}-output-{number}", "initiative": programme, "unit": "건"}
            row |= {"label": "지원 실적", "label_en": "Cases supported", "status": "achieved"}
            row["value"] = f"{random.randrange(1, 4000):,}"
            self.add("outputs", city, row, row["value"])
        if random.random() < 0.6:
            self._add_event(city, programme)

    def _add_participation(self, city: City, name: str, into: str, role: str) -> None:
        row = {"organization": name, "in": into, "role": role}
        if self.random.random() < 0.1:
            row = {"organization": name, "planned_in": into, "role": role, "modality": "planned"}
        if self.random.random() < 0.3:
            row["detail"] = "공동 운영과 장비 지원"
        self.add("participations", city, row, "참여기관")

    def _add_event(self, city: City, programme: str) -> None:
        random = self.random
        number = len(self.tables["events"])
        day = f"2023-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
        row = {"id": f"event-{number}", "type": random.choice(EVENTS), "part_of": programme}
        row |= {"label": f"제{number + 1}회 행사", "label_en": f"Event no. {number + 1}"}
        self.add("events", city, row | {"from": day, "until": day, "status": "held"})
        for name in self._partners(city, MOST_PARTNERS):
            self._add_participation(city, name, row["id"], "attendee")

    def _add_budget(self, city: City, programme: str) -> None:
        for period in PERIODS[: self.random.randrange(1, 4)]:
            amounts = {name: self.random.randrange(0, 3000) for name in ("national", "city")}
            for source, amount in (amounts | {"total": sum(amounts.values())}).items():
                row = {"initiative": programme, "year": f"20{period[1:]}", "period": period}
                row |= {"span": "year", "source": source, "phase": "planned"}
                row |= {"amount": f"{amount:,}" if amount else "-", "unit": "million_won"}
                self.add("budgets", city, row, row["amount"])

    def _add_indicator(self, city: City, task: str) -> None:
        row = {"id": f"{task}-indicator", "initiative": task, "unit": "명"}
        self.add("indicators", city, row | {"label": "수료 인원", "label_en": "Graduates"})
        for kind, year in (("baseline", "2022"), ("target", "2023"), ("actual", "2023")):
            value = {"indicator": row["id"], "kind": kind, "year": year}
            value["value"] = f"{self.random.randrange(10, 2000):,}"
            self.add("indicator_values", city, value, value["value"])

    def _add_problem(self, city: City, strategy: str) -> None:
        row = {"id": f"{strategy}-problem", "initiative": strategy, "label": "전문 인력 부족"}
        self.add("problems", city, row)
        measure = {"id": f"{strategy}-measure", "initiative": strategy, "status": "ongoing"}
        self.add("measures", city, measure | {"addresses": row["id"], "label": "교육과정 확대"})


def write(tables: dict[str, list[Row]], folder: Path) -> None:
    """Write tables and sidecar into a folder; the columns are those that are used."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = read_schema()
    for name, rows in tables.items():
        used = {key for row in rows for key, value in row.items() if value}
        header = [c.key for c in schema.header(schema.tables[name]) if c.key in used]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, header, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    (folder / "ecosystem.yml").write_text(_sidecar(tables), encoding="utf-8")


def _sidecar(tables: Iterable[str]) -> str:
    lines = ["title: {ko: 지어낸 생태계, en: A fictional ecosystem}", 'date: "2023-12-31"']
    return "\n".join([*lines, "tables:", *(f"  - {name}" for name in tables), ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", type=int, default=10_000, help="how many, evidence included")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    generator = Generator(chosen.seed, chosen.triples)
    write(generator.tables, chosen.folder)
    rows = sum(map(len, generator.tables.values()))
    print(f"{generator.triples:,} triples in {rows:,} rows: {chosen.folder}")


if __name__ == "__main__":
    main()
