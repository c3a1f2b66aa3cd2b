"""CSV tables: rows, headers in two languages, and everything that can be wrong with them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.diagnostics import Diagnostic
from graph.record import Record
from graph.shapes import read_schema
from loaders.tables import CELL_LIMIT, read_table

SCHEMA = read_schema()
PLACES = SCHEMA.tables["places"]
HEADER = "id,label,label_en,code,broader,document,lines,locator"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "places.csv"


def read(file: Path, text: str | bytes, **renamed: str) -> tuple[list[Record], list[Diagnostic]]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    faults: list[Diagnostic] = []
    return list(read_table(file, PLACES, SCHEMA, faults, renamed)), faults


def faults_of(file: Path, text: str | bytes) -> list[tuple[str, int | None]]:
    _, faults = read(file, text)
    assert all(fault.location.file == "places.csv" for fault in faults)
    return [(fault.code, fault.location.row) for fault in faults]


def test_rows_become_records_with_their_place(file: Path) -> None:
    records, faults = read(
        file, f"{HEADER}\nkr-1,서울,Seoul,11,,codes,,11\nkr-2,부산,,26,,codes,,26\n"
    )
    assert faults == []
    assert [(r.table, r.location.file, r.location.row) for r in records] == [
        ("places", "places.csv", 2),
        ("places", "places.csv", 3),
    ]
    assert records[0].values["label"] == "서울"
    assert records[0].evidence == {"document": "codes", "lines": "", "locator": "11"}


def test_headers_in_korean_english_and_any_order_are_one(file: Path) -> None:
    english, _ = read(file, f"{HEADER}\nkr-1,서울,Seoul,11,,codes,,11\n")
    text = (
        "등록번호,이름, Label EN ,행정코드,문서,줄,식별자,상위지역\n11,서울,Seoul,11,codes,,kr-1,\n"
    )
    mixed, faults = read(file, text)
    assert faults == []
    assert mixed == english


def test_a_decomposed_header_is_known(file: Path) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "식별자,이름,문서\nkr-1,서울,codes\n")
    records, faults = read(file, text)
    assert faults == []
    assert set(records[0].values) == {"id", "label"}


def test_names_of_the_source_can_be_renamed(file: Path) -> None:
    records, faults = read(file, "관리번호,이름\nkr-1,서울\n", 관리번호="id")
    assert (faults, records[0].values["id"]) == ([], "kr-1")


def test_blank_rows_and_columns_are_passed_over_and_rows_keep_their_numbers(file: Path) -> None:
    records, faults = read(file, f"{HEADER},,\n,,,,,,,\n\nkr-1,서울,,,,codes,,1,,\n , ,\n")
    assert faults == []
    assert [record.location.row for record in records] == [4]


def test_a_short_row_has_blank_cells(file: Path) -> None:
    records, faults = read(file, f"{HEADER}\nkr-1,서울\n")
    assert faults == []
    assert records[0].values == {"id": "kr-1", "label": "서울"}


def test_quoted_cells_hold_commas_quotes_and_lines(file: Path) -> None:
    records, faults = read(
        file, f'{HEADER}\nkr-1,"서울, ""특별시""\n수도",,,,,,\nkr-2,부산,,,,,,\n'
    )
    assert faults == []
    assert records[0].values["label"] == '서울, "특별시"\n수도'
    assert records[1].location.row == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("empty_table", None)]),
        (f"{HEADER},이웃\nkr-1\n", [("unknown_column", 1)]),
        (f"{HEADER},이름\n", [("duplicate_column", 1)]),
        ("label,code\n서울,11\n", [("missing_column", 1)]),
        ("행정코드,문서\n", [("missing_column", 1), ("missing_column", 1)]),
        (f"{HEADER}\nkr-1,서울,,,,,,,남는 칸\n", [("too_many_cells", 2)]),
        (f'{HEADER}\nkr-1,"서울\n', [("broken_csv", 2)]),
        (f'{HEADER}\nkr-1,"서울"시\n', [("broken_csv", 2)]),
        (f"{HEADER}\nkr-1,서울\nkr-2,{'가' * (CELL_LIMIT + 1)}\n", [("cell_too_long", 3)]),
        (b"id,label\nkr-1,\xff\xff\n", [("unknown_encoding", None)]),
        (
            f"{HEADER},이웃,나이\nkr-1,,,,,,,,,,x\n",
            [("unknown_column", 1)] * 2 + [("too_many_cells", 2)],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_row(
    file: Path, text: str | bytes, expected: list[tuple[str, int | None]]
) -> None:
    assert faults_of(file, text) == expected


def test_the_longest_cell_is_read(file: Path) -> None:
    records, faults = read(file, f"{HEADER}\nkr-1,{'가' * CELL_LIMIT}\n")
    assert faults == []
    assert len(records[0].values["label"]) == CELL_LIMIT


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",))), max_size=6))
def test_cells_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    import csv

    file = tmp_path_factory.mktemp("tables") / "places.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER.split(","), ["kr-1", *cells]])
    faults: list[Diagnostic] = []
    (record,) = read_table(file, PLACES, SCHEMA, faults)
    found = {**record.values, **record.evidence}
    assert faults == []
    assert [found.get(key, "") for key in HEADER.split(",")[1:]][: len(cells)] == cells
