"""The empty workbook: made from the schema alone, and read back by the loader."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.diagnostics import Diagnostic
from graph.model import ontology_folder
from graph.record import Record
from graph.schema import Column, Schema
from graph.shapes import read_schema
from loaders.workbook import REFERENCE_SHEETS, read_workbook
from triplehelix.spreadsheets.template import is_needed, write_template

ALL_TABLES = list(read_schema().tables.values())


@pytest.fixture(scope="module", params=["ko", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def path(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path, language)
    return path


def load(path: Path, schema: Schema | None = None) -> tuple[list[Record], list[Diagnostic]]:
    faults: list[Diagnostic] = []
    records = list(read_workbook(path, schema or read_schema(), faults))
    return records, faults


def sample(column: Column, language: str) -> str:
    """Return a value that a column takes: its first allowed one, or its example."""
    if column.choices:
        return column.choices[0].labels[language]
    return column.example or "2019"


def test_an_empty_template_has_no_faults(path: Path) -> None:
    assert load(path) == ([], [])


def test_there_is_a_sheet_for_every_table(path: Path, language: str) -> None:
    book = load_workbook(path)
    assert book.sheetnames[:-1] == [table.labels[language] for table in ALL_TABLES]
    assert book.sheetnames[-1] in REFERENCE_SHEETS
    assert book.worksheets[-1].sheet_state == "hidden"


def test_sheets_are_found_by_their_names(path: Path) -> None:
    titles = load_workbook(path).sheetnames[:-1]
    found = [read_schema().find_table(title) for title in titles]
    assert found == ALL_TABLES


def test_columns_and_notes_are_those_of_the_schema(path: Path, language: str) -> None:
    book = load_workbook(path)
    for table in ALL_TABLES:
        sheet = book[table.labels[language]]
        columns = read_schema().header(table)
        assert [cell.value for cell in sheet[1]] == [c.names[language] for c in columns]
        assert sheet.freeze_panes == "A2"
        for cell, column in zip(sheet[1], columns, strict=True):
            for text in (*column.messages.values(), *column.descriptions.values()):
                assert text in cell.comment.text
            assert column.names["ko"] in cell.comment.text
            assert column.names["en"] in cell.comment.text


def test_required_columns_are_marked(path: Path, language: str) -> None:
    book = load_workbook(path)
    marked = {
        (table.name, column.key)
        for table in ALL_TABLES
        for cell, column in zip(
            book[table.labels[language]][1], read_schema().header(table), strict=True
        )
        if cell.fill.fgColor.rgb.endswith("0B4F9E")
    }
    assert {("universities", "id"), ("universities", "label"), ("budgets", "source")} <= marked
    assert not {("budgets", "id"), ("budgets", "amount"), ("budgets", "basis")} & marked


def test_cells_are_text_so_that_dates_stay_as_typed(path: Path, language: str) -> None:
    for sheet in load_workbook(path).worksheets[:-1]:
        formats = {dimension.number_format for dimension in sheet.column_dimensions.values()}
        assert formats == {"@"}


def test_drop_downs_offer_the_allowed_values(path: Path, language: str) -> None:
    book = load_workbook(path)
    table = read_schema().tables["budgets"]
    sheet = book[table.labels[language]]
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        title, cells = rule.formula1.split("!")
        values = book[title.strip("'")][cells.replace("$", "")]
        letter = str(rule.sqref).split(":")[0].rstrip("0123456789")
        offered[sheet[f"{letter}1"].value] = [row[0].value for row in values]
    columns = [column for column in read_schema().header(table) if column.choices]
    assert offered == {
        column.names[language]: [choice.labels[language] for choice in column.choices]
        for column in columns
    }


def test_filled_rows_are_read(path: Path, language: str, tmp_path: Path) -> None:
    book = load_workbook(path)
    wanted = []
    for table in ALL_TABLES:
        columns = read_schema().header(table)
        values = [sample(c, language) if is_needed(c, table) else None for c in columns]
        book[table.labels[language]].append(values)
        wanted.append((table.name, {c.key: v for c, v in zip(columns, values, strict=True) if v}))
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    records, faults = load(filled)
    assert faults == []
    assert all(values for _, values in wanted)
    read = [(r.table, {k: v for k, v in {**r.values, **r.evidence}.items() if v}) for r in records]
    assert read == wanted


def test_a_new_property_shape_is_a_new_column(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ontology_folder(), folder)
    shapes = folder / "shapes.ttl"
    added = """
ths:UniversitiesShape sh:property [
    sh:path th:motto ; sh:name "교훈"@ko, "motto"@en ; sh:order 99 ;
    sh:languageIn ( "ko" ) ; sh:maxCount 1 ; sh:message "글자로 적습니다."@ko, "Write text."@en ] .
"""
    shapes.write_text(shapes.read_text(encoding="utf-8") + added, encoding="utf-8")
    schema = read_schema(folder)
    path = tmp_path / "template.xlsx"
    write_template(path, "ko", schema)
    assert "교훈" in [cell.value for cell in load_workbook(path)["대학"][1]]
    assert load(path, schema) == ([], [])


def test_the_same_schema_gives_the_same_bytes(path: Path, language: str, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_template(again, language)
    assert again.read_bytes() == path.read_bytes()


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'fr'"):
        write_template(tmp_path / "t.xlsx", "fr")
    assert not list(tmp_path.iterdir())
