"""The workbook that an office fills in: what stands in it, and what a spreadsheet makes of it."""

from dataclasses import replace
from datetime import datetime
from itertools import cycle

import pytest
from openpyxl import load_workbook

from graph.coverings import STATES
from graph.diagnostics import InputError
from graph.namespaces import ID
from loaders.formulas import DANGEROUS
from tests.triplehelix.desk_workbooks import (
    ON,
    SCHEMA,
    fill,
    make_desk,
    plan,
    read_cell,
    with_language,
)
from triplehelix.desk.register import Register
from triplehelix.desk.workbook_columns import SHEETS, find_column, heading, note, read_words, tell
from triplehelix.desk.workbook_export import BASE, GUIDE_CELL, write_desk
from triplehelix.desk.workbook_reading import read_desk
from triplehelix.desk.workbook_rows import Desk
from triplehelix.terminal.desk_listing import state_label

DECISIONS = SCHEMA.tables["decisions"].column("decision").choices


@pytest.fixture(scope="module")
def desk(town):
    return make_desk(town.dataset)


@pytest.fixture(scope="module")
def path(desk, tmp_path_factory):
    """The exported workbook of the town; not to be written to."""
    path = tmp_path_factory.mktemp("desk") / "desk.xlsx"
    write_desk(desk, path)
    return path


@pytest.fixture(scope="module")
def book(path):
    return load_workbook(path)


def test_the_sheets_in_their_order_and_the_hidden_one(book):
    assert book.sheetnames == ["안내", "할 일", "협약", "갱신", "값 목록", BASE]
    assert {sheet.title for sheet in book if sheet.sheet_state != "visible"} == {BASE}


@pytest.mark.parametrize("key", SHEETS)
def test_each_column_has_a_heading_a_note_a_frozen_row_and_a_filter(book, key):
    sheet = book[tell(f"sheet_{key}", "ko")]
    assert [cell.value for cell in sheet[1]] == [heading(key, c.key, "ko") for c in SHEETS[key]]
    assert [cell.comment.text for cell in sheet[1]] == [note(key, c.key, "ko") for c in SHEETS[key]]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize("key", SHEETS)
def test_headings_lead_back_to_their_columns_in_both_languages(key):
    for language in ("ko", "en"):
        found = [find_column(key, heading(key, column.key, language)) for column in SHEETS[key]]
        assert found == list(SHEETS[key])


def test_all_words_stand_in_both_languages():
    assert all(text.ko and text.en for text in read_words().values())


def test_one_row_for_each_partner_in_the_order_of_the_work_list(book, desk):
    sheet = book["할 일"]
    keys = [row[-1].value for row in sheet.iter_rows(min_row=2)]
    assert keys == list(desk.read_rows()["work"])
    assert len(keys) == len(set(keys)) > 10
    rows = {row[-1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
    step, state = (at for at, c in enumerate(SHEETS["work"]) if c.key in ("step", "state"))
    assert (rows["test-lab"][step], rows["test-lab"][state]) == ("갱신", "끝남")


def test_full_dates_are_dates_and_partial_ones_are_text(path):
    full, partial = (
        read_cell(path, "agreements", key, "signed") for key in ("agr-lab", "agr-univ")
    )
    assert full.is_date
    assert full.value == datetime(2020, 3, 2)
    assert full.number_format == "yyyy-mm-dd"
    assert (partial.value, partial.number_format) == ("2022-10", "@")
    # A month that is typed into a cell of dates would become its first day.
    assert read_cell(path, "agreements", "agr-univ", "until").number_format == "@"
    assert read_cell(path, "work", "test-lab", "due").number_format == "yyyy-mm-dd"


def test_what_documents_state_is_grey_and_what_people_fill_in_is_white(path):
    colours = {
        column.key: read_cell(path, "work", "test-lab", column.key).fill.fgColor.rgb[-6:]
        for column in SHEETS["work"]
    }
    assert {colours[c.key] for c in SHEETS["work"] if c.editable} == {"FFFFFF"}
    assert {colours[c.key] for c in SHEETS["work"] if not c.editable} == {"EDEFF2"}
    # The dates of an agreement of a document may be edited, its parties not.
    cells = {key: read_cell(path, "agreements", "agr-lab", key) for key in ("partners", "until")}
    assert cells["partners"].fill.fgColor.rgb[-6:] == "EDEFF2"
    assert cells["until"].fill.fgColor.rgb[-6:] == "FFFFFF"


def test_drop_downs_offer_the_values_of_the_sheet_of_values(book):
    values = {column[0].value: [c.value for c in column[1:] if c.value] for column in
              book["값 목록"].iter_cols()}  # fmt: skip
    assert values["판단"] == ["협약 불필요", "협약 준비 중"]
    assert "산업지원과" in values["부서"]
    # Two companies share a name: it is offered with the identifier.
    assert "별소프트 [byeol-soft]" in values["기관"]
    lists = {v.formula1 for v in book["할 일"].data_validations.dataValidation}
    assert lists == {"'값 목록'!$D$2:$D$3", f"'값 목록'!$A$2:$A${len(values['부서']) + 1}"}


def test_every_state_has_a_colour(book):
    rules = book["할 일"].conditional_formatting
    coloured = {rule.formula[0] for cells in rules for rule in cells.rules}
    assert coloured == {f'"{state_label(state, "ko")}"' for state in STATES}


def test_an_english_workbook_holds_the_same(desk, path, tmp_path):
    english = tmp_path / "desk.xlsx"
    write_desk(with_language(desk, "en"), english)
    assert load_workbook(english).sheetnames == [
        "Guide", "Work", "Agreements", "Renewals", "Values", BASE,
    ]  # fmt: skip
    ours, theirs = read_desk(path), read_desk(english)
    assert (ours.host, theirs.host, theirs.language) == ("gaon", "gaon", "en")
    for key in SHEETS:
        assert {k: row.cells for k, row in ours.base[key].items()} == {
            k: row.cells for k, row in theirs.base[key].items()
        }


def test_an_english_workbook_is_filled_in_in_english(desk, tmp_path):
    path = tmp_path / "desk.xlsx"
    english = with_language(desk, "en")
    write_desk(english, path)
    (label,) = (c.labels["en"] for c in DECISIONS if c.notation == "not-needed")
    fill(path, "work", "ministry", "en", decision=label, reason="Funds by public calls")
    changes = plan(path, desk).changes
    assert [(c.sheet, c.column, c.after) for c in changes] == [
        ("Work", "Decision", label),
        ("Work", "Reason", "Funds by public calls"),
    ]


def test_who_fills_it_in_is_read_from_the_guide(path, tmp_path):
    assert read_desk(path).department == ""
    book = load_workbook(path)
    book["안내"].cell(*GUIDE_CELL).value = " 산업지원과 "
    book.save(tmp_path / "desk.xlsx")
    assert read_desk(tmp_path / "desk.xlsx").department == "산업지원과"


def test_the_same_desk_gives_the_same_bytes(desk, path, tmp_path):
    write_desk(desk, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_no_name_becomes_a_formula(hostile_report, tmp_path):
    """A name that begins like a formula is a text, also for those who copy the cell."""
    holdings = hostile_report.holdings
    signs = cycle(DANGEROUS)
    bodies = {
        iri: replace(body, names={"ko": next(signs) + body.label("ko")})
        for iri, body in holdings.organizations.items()
    }
    hostile = replace(holdings, organizations=bodies)
    host = str(ID["gaon"])
    write_desk(Desk(hostile, [], Register(), SCHEMA, host, ON, "ko"), tmp_path / "desk.xlsx")
    found = 0
    for sheet in load_workbook(tmp_path / "desk.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix
                    found += 1
    assert found > 5


@pytest.mark.parametrize("sheet", [BASE, "협약"])
def test_a_workbook_without_one_of_its_sheets_is_not_the_desks(path, tmp_path, sheet):
    book = load_workbook(path)
    del book[sheet]
    book.save(tmp_path / "desk.xlsx")
    with pytest.raises(InputError, match="desk export"):
        read_desk(tmp_path / "desk.xlsx")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"cells": 1}'])
def test_a_hidden_sheet_that_was_tampered_with_is_refused(path, tmp_path, text):
    book = load_workbook(path)
    book[BASE]["C1"] = text
    book.save(tmp_path / "desk.xlsx")
    with pytest.raises(InputError, match="desk export"):
        read_desk(tmp_path / "desk.xlsx")
