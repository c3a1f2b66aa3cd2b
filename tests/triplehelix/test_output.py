"""Listings in their forms: what a spreadsheet, a terminal or a Markdown reader could misread."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from triplehelix.terminal.output import Heading, Listing, clean, to_csv, to_markdown
from triplehelix.terminal.screen import EDGES, show_table

HEADINGS = (
    Heading("가"),
    Heading("나", share=2),
    Heading("다", share=3, least=20),
    Heading("라", wide=True),
)


def _list(*rows: tuple[str, ...], **more: object) -> Listing:
    return Listing("제목", HEADINGS, rows, [], **more)


@given(st.lists(st.tuples(*[st.text()] * 4), max_size=4))
def test_csv_keeps_every_cell_and_runs_none(rows):
    read = list(csv.reader(io.StringIO(to_csv(_list(*rows)), newline="")))[1:]
    assert len(read) == len(rows)
    for cells, row in zip(read, rows, strict=True):
        for cell, text in zip(cells, row, strict=True):
            assert cell.replace("\r\n", "\n") in {
                t.replace("\r\n", "\n") for t in (text, f"'{text}")
            }
            assert not cell.startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_signs_that_begin_a_formula_are_prefixed(sign):
    assert f"'{sign}1+1" in to_csv(_list((f"{sign}1+1", "", "", "")))


@given(st.lists(st.tuples(*[st.text()] * 4), min_size=1, max_size=4))
def test_markdown_has_a_line_for_each_row_and_no_markup_of_html(rows):
    lines = to_markdown(_list(*rows)).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == len(rows) + 2
    assert "<" not in "".join(table).replace("<br>", "")


def test_groups_are_headings_and_a_column_of_csv():
    listing = _list(("하나", "a", "", ""), ("둘", "b", "", ""), groups={"하나": "하나 (1)"})
    assert [line for line in to_markdown(listing).splitlines() if line.startswith("###")] == [
        "### 하나 (1)",
        "### 둘",
    ]
    assert to_csv(listing).splitlines()[1] == "하나,a,,"


@pytest.mark.parametrize("columns", [60, 80, 120, 160, 200])
@pytest.mark.parametrize(
    "text", ["산학연 협력 기본계획", "협력" * 40, "a" * 90, "한글 and English"]
)
def test_a_table_fits_the_terminal(capsys, monkeypatch, columns, text):
    monkeypatch.setenv("COLUMNS", str(columns))
    show_table(_list(("고양시", text, text, "plan:1-2"), groups={}))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= columns
    joined = "".join("".join(line.split()) for line in lines)
    assert "plan:1-2" in joined
    assert (
        len({cell_len(line) for line in lines if line.startswith(" " * EDGES) or "─" in line}) <= 2
    )


def test_names_are_neither_markup_nor_control_signs(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    hostile = "[red]가[/red] \x1b[2J :smile: \x07"
    show_table(_list((hostile, hostile, hostile, "")))
    out = capsys.readouterr().out
    assert "[red]가[/red]" in out
    assert ":smile:" in out
    assert "\x1b" not in out
    assert "\x07" not in out


@given(st.text())
def test_clean_text_has_no_control_signs_but_tabs_and_lines(text):
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in clean(text))
