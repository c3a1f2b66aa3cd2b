"""The shapes are the schema: a new column is a new property shape and nothing else."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.assembly import Assembly, assemble
from graph.diagnostics import Diagnostic
from graph.model import LANGUAGES, ontology_folder
from graph.schema import Column, Schema, Table, fold_header
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store, select
from loaders.ecosystem import Ecosystem, load_ecosystem
from triplehelix.spreadsheets.template import write_template

TABLES = list(read_schema().tables.values())
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}-{column.key}")
    for table in TABLES
    for column in table.columns
]
ADDED = """
@prefix : <https://example.org/added#> .

ths:UniversitiesShape sh:property [
    sh:path :founded ;
    sh:name "설립연도"@ko, "founded"@en ;
    sh:order 16 ;
    sh:datatype xsd:gYear ;
    sh:maxCount 1 ;
    th:example "1952" ;
    sh:description "문을 연 해."@ko, "The year it opened."@en ;
    sh:message "네 자리 연도를 적습니다."@ko, "Write a year of four digits."@en ] , [
    sh:path :students ;
    sh:name "학생수"@ko, "students"@en ;
    sh:order 17 ;
    sh:datatype xsd:integer ;
    sh:minInclusive 1 ;
    sh:maxCount 1 ;
    sh:message "1 이상의 수를 적습니다."@ko, "Write a number of one or more."@en ] , [
    sh:path :twin ;
    sh:name "자매대학"@ko, "twin"@en ;
    sh:order 18 ;
    sh:nodeKind sh:IRI ;
    sh:class th:University ;
    th:separator "|" ;
    sh:message "대학의 이름을 적습니다."@ko, "Write the name of a university."@en ] .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the ontology whose shapes have three more columns for universities."""
    copy = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    with (copy / "shapes.ttl").open("a", encoding="utf-8") as stream:
        stream.write(ADDED)
    return copy


@pytest.fixture
def schema(folder: Path) -> Schema:
    return read_schema(folder)


class TestANewColumn:
    """Loaded, validated, stored and offered, without a line of code."""

    FIRST = ("2010", "12,000", "새벽대 | 하늘전문대")

    def load(self, town: Path, schema: Schema, *cells: tuple[str, str, str]) -> Ecosystem:
        """The town with the three cells in the first rows of its universities."""
        path = town / "universities.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
        header += ["설립연도", "students", "자매대학"]
        for row, values in zip(rows, cells, strict=False):
            row += values
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
        return load_ecosystem(town, schema)

    def assemble(self, ecosystem: Ecosystem, folder: Path) -> Assembly:
        return assemble(
            ecosystem.records,
            ecosystem.identity,
            namespace=ecosystem.sidecar.namespace,
            folder=folder,
        )

    def test_is_unknown_without_its_shape(self, town_copy: Path) -> None:
        ecosystem = self.load(town_copy, read_schema(), self.FIRST)
        assert [(d.code, d.column["ko"]) for d in ecosystem.faults] == [
            ("unknown_column", "설립연도"),
            ("unknown_column", "students"),
            ("unknown_column", "자매대학"),
        ]

    def test_stands_in_its_place_in_the_header(self, schema: Schema) -> None:
        keys = [column.key for column in schema.header(schema.tables["universities"])]
        assert keys[keys.index("stated_count") :][:5] == [
            "stated_count", "founded", "students", "twin", "place",
        ]  # fmt: skip

    def test_is_loaded_under_either_name(self, town_copy: Path, schema: Schema) -> None:
        ecosystem = self.load(town_copy, schema, self.FIRST)
        assert ecosystem.faults == []
        first = next(r for r in ecosystem.records if r.table == "universities")
        assert tuple(first.values[key] for key in ("founded", "students", "twin")) == self.FIRST

    def test_reaches_the_store_as_its_datatype(
        self, town_copy: Path, schema: Schema, folder: Path
    ) -> None:
        assembly = self.assemble(self.load(town_copy, schema, self.FIRST), folder)
        assert assembly.diagnostics == []
        dataset = memory_store()
        load_graphs(dataset, dict(assembly.graphs))
        query = """PREFIX : <https://example.org/added#>
            SELECT DISTINCT ?label ?founded (DATATYPE(?founded) AS ?type) ?students ?twin WHERE {
              ?it rdfs:label ?label ; :founded ?founded ; :students ?students ;
                  :twin/rdfs:label ?twin
              FILTER(LANG(?label) = "ko" && LANG(?twin) = "ko") } ORDER BY ?twin"""
        rows = [tuple(map(str, row)) for row in select(dataset, query)]
        year = "http://www.w3.org/2001/XMLSchema#gYear"
        assert rows == [
            ("가온대학교", "2010", year, "12000", "새벽대학교"),
            ("가온대학교", "2010", year, "12000", "하늘전문대학"),
        ]

    @pytest.mark.parametrize(
        ("cells", "code", "column", "value"),
        [
            (("이천십년", "1", ""), "wrong_year", "설립연도", "이천십년"),
            (("2010", "많음", ""), "wrong_integer", "학생수", "많음"),
            (("2010", "0", ""), "shape_violation", "학생수", "0"),
            (("2010", "1", "없는대학교"), "unknown_reference", "자매대학", "없는대학교"),
            (("2010", "1", "달로봇"), "shape_violation", "자매대학", "dal-robot"),
        ],
    )
    def test_reports_a_wrong_value_with_its_place(
        self,
        town_copy: Path,
        schema: Schema,
        folder: Path,
        cells: tuple[str, str, str],
        code: str,
        column: str,
        value: str,
    ) -> None:
        ecosystem = self.load(town_copy, schema, ("", "", ""), cells)
        (found,) = self.assemble(ecosystem, folder).diagnostics
        place = (found.location.file, found.location.row, found.column["ko"])
        assert place == ("universities.csv", 3, column)
        assert (found.code, found.value, found.severity) == (code, value, "violation")
        assert set(found.remedy) == set(LANGUAGES)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_stands_in_the_template_and_comes_back_from_it(
        self, tmp_path: Path, schema: Schema, folder: Path, language: str
    ) -> None:
        path = tmp_path / "template.xlsx"
        write_template(path, language, schema)
        table = schema.tables["universities"]
        book = load_workbook(path)
        sheet = book[table.labels[language]]
        head = {cell.value: cell for cell in sheet[1]}
        columns = [table.column(key) for key in ("founded", "students", "twin")]
        names = [column.names[language] for column in columns if column]
        assert set(names) <= set(head)
        assert all(part in head[names[0]].comment.text for part in ("문을 연 해.", "1952"))
        key, document = (
            next(c for c in schema.header(table) if c.key == k) for k in ("id", "document")
        )
        row = {names[0]: "2010", names[1]: "5", key.names[language]: "a-univ"}
        sheet.append([row.get(cell.value) for cell in sheet[1]])
        book.save(path)
        ecosystem = load_ecosystem(path, schema)
        assert ecosystem.faults == []
        (record,) = ecosystem.records
        assert {k: v for k, v in record.values.items() if v} == {
            "id": "a-univ", "founded": "2010", "students": "5",
        }  # fmt: skip
        assert document.key in record.evidence


class TestColumns:
    @pytest.mark.parametrize(("table", "column"), COLUMNS)
    def test_has_names_and_a_message_in_each_language(self, table: Table, column: Column) -> None:
        for said in (column.names, column.messages):
            assert set(said) == set(LANGUAGES), (table.name, column.key)
            assert all(text.strip() for text in said.values())
        assert column.key == column.names["en"]
        assert column.key.replace("_", "").isalnum()
        assert column.key.isascii()

    @pytest.mark.parametrize(("table", "column"), COLUMNS)
    def test_has_a_description_in_each_language(self, table: Table, column: Column) -> None:
        """Of its own, or that of its property; identifiers and types speak by their messages."""
        if column.kind not in ("identifier", "type") and "skos" not in column.path:
            assert set(column.descriptions) == set(LANGUAGES), (table.name, column.key)

    @pytest.mark.parametrize(("table", "column"), COLUMNS)
    def test_codes_have_a_name_in_each_language(self, table: Table, column: Column) -> None:
        assert all(set(choice.labels) == set(LANGUAGES) for choice in column.choices)
        names = Counter(
            fold_header(name)
            for choice in column.choices
            for name in {choice.notation, *choice.labels.values()}
        )
        assert len(column.choices) == len({c.notation for c in column.choices}), table.name
        owners = [{c.iri for c in column.choices if n in _names_of(c)} for n in names]
        assert all(len(owner) == 1 for owner in owners)

    @pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
    def test_names_are_unique_on_a_sheet(self, table: Table) -> None:
        """In both languages together, for a sheet may mix them; the inlined columns count, too."""
        names = [
            name
            for column in read_schema().header(table)
            for name in {fold_header(name) for name in column.names.values()}
        ]
        assert [name for name, count in Counter(names).items() if count > 1] == []

    @pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
    def test_the_identifier_stands_first_and_the_evidence_last(self, table: Table) -> None:
        schema = read_schema()
        header = schema.header(table)
        assert header[0].kind == "identifier"
        assert header[len(table.columns) :] == schema.inlined(table)

    @pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
    def test_what_identifiers_are_minted_from_are_columns(self, table: Table) -> None:
        keys = {column.key for column in read_schema().header(table)}
        assert set(table.minted_from) <= keys
        assert not table.minted_from or len(table.minted_from) > 1

    def test_tables_are_found_by_every_name(self) -> None:
        schema = read_schema()
        for table in TABLES:
            for name in (table.name, table.name.upper(), *table.labels.values()):
                assert schema.find_table(name) == table
        assert schema.find_table("그런 표 없음") is None

    def test_names_of_tables_are_unique(self) -> None:
        names = [
            name
            for table in TABLES
            for name in {fold_header(n) for n in (table.name, *table.labels.values())}
        ]
        assert [name for name, count in Counter(names).items() if count > 1] == []

    @pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
    def test_a_row_of_the_examples_is_read_without_fault(self, table: Table) -> None:
        """What the template gives as an example is right; references need their records."""
        from graph.mapping import map_records
        from graph.record import Record

        schema = read_schema()
        values = {c.key: _example(c) for c in table.columns}
        inlined = {c.key: _example(c) for c in schema.inlined(table)}
        faults = map_records([Record(table.name, values, inlined)], schema).diagnostics
        assert [d for d in faults if _is_about_the_value(d)] == []


def _names_of(choice: object) -> set[str]:
    from graph.schema import Choice

    assert isinstance(choice, Choice)
    return {fold_header(name) for name in (choice.notation, *choice.labels.values())}


def _example(column: Column) -> str:
    if column.example:
        return column.example
    return (
        column.choices[0].notation
        if column.choices
        else "가나다" * (column.kind == "text" and not column.pattern)
    )


def _is_about_the_value(diagnostic: Diagnostic) -> bool:
    return diagnostic.code != "missing_value"
