"""Cells become literals and back: numbers, codes, identifiers, texts."""

from decimal import Decimal
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal
from rdflib.namespace import XSD
from rdflib.util import from_n3

from graph.cells import CellError, find_choice, format_decimal, literal, read_literal, read_number
from graph.mapping import mint_identifier, split_cell
from graph.record import Record
from graph.schema import Column, Table
from graph.shapes import read_schema

SCHEMA = read_schema()
TABLES = list(SCHEMA.tables.values())
CODED = [
    pytest.param(column, id=f"{table.name}-{column.key}")
    for table in TABLES
    for column in table.columns
    if column.choices
]
WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
NUMBERS = st.decimals(-(10**15), 10**15, places=3) | st.integers(-(10**18), 10**18).map(Decimal)


def column(table: str, key: str) -> Column:
    found = SCHEMA.tables[table].column(key)
    assert found
    return found


@given(NUMBERS)
def test_a_number_comes_back_however_it_is_printed(number: Decimal) -> None:
    plain, grouped = f"{number:f}", f"{number:,f}"
    for text in (plain, grouped, grouped.translate(WIDE), f" {grouped} "):
        assert read_number(text) == number
    assert Decimal(format_decimal(number)) == number


@given(NUMBERS)
def test_a_decimal_is_written_as_the_store_keeps_it(number: Decimal) -> None:
    text = format_decimal(number)
    store = ox.Store()
    stated = ox.Literal(text, datatype=ox.NamedNode(str(XSD.decimal)))
    store.add(ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), stated))
    (answer,) = store.query("SELECT (?o + 0.0 AS ?sum) { ?s ?p ?o }")  # type: ignore[misc]
    assert answer["sum"].value.removesuffix(".0") == text.replace(
        "-0", "0" if number == 0 else "-0"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1,23",
        "12,34",
        "1,2345",
        "1234,567",
        "1.2.3",
        "(4)",
        "4명",
        "약 300",
        "1e3",
        "+4",
        "٤",
        "½",
        "NaN",
        "Infinity",
        "1 000",
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(CellError, match="wrong_number"):
        read_number(text)


@given(st.integers(0, 10**12))
def test_a_whole_number_comes_back(number: int) -> None:
    count = column("universities", "stated_count")
    for text in (str(number), f"{number:,}", str(number).translate(WIDE)):
        assert from_n3(read_literal(count, text)) == Literal(number)


@pytest.mark.parametrize("text", ["1.5", "1,5", "-3", "0x10", "열셋", "13개", "1 3"])
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(CellError, match="wrong_integer"):
        read_literal(column("universities", "stated_count"), text)


@given(st.integers(1, 9999))
def test_a_year_comes_back(year: int) -> None:
    text = f"{year:04}"
    for form in (text, text + "년", text.translate(WIDE)):
        assert read_literal(column("budgets", "year"), form) == literal(text, "gYear")


@pytest.mark.parametrize("text", ["'23", "23", "20230", "2023-01", "٢٠٢٣", "0000", "계"])
def test_what_is_no_year(text: str) -> None:
    with pytest.raises(CellError, match="wrong_year"):
        read_literal(column("budgets", "year"), text)


@given(TEXTS, st.sampled_from(["", "ko", "en"]))
def test_a_text_comes_back_from_ntriples(text: str, language: str) -> None:
    line = f"<x:a> <x:b> {literal(text, language=language)} .\n"
    (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    assert (quad.object.value, quad.object.language or "") == (text, language)


@pytest.mark.parametrize("coded", CODED)
def test_a_code_is_known_by_notation_and_by_name_in_each_language(coded: Column) -> None:
    for choice in coded.choices:
        for name in (choice.notation, *choice.labels.values()):
            for form in (name, f" {name.upper()} ", name.replace("_", " ")):
                assert find_choice(coded, form) == choice


@pytest.mark.parametrize("coded", CODED)
def test_another_code_is_an_error_that_lists_the_allowed_ones(coded: Column) -> None:
    with pytest.raises(CellError) as caught:
        find_choice(coded, "그런 값 없음")
    assert caught.value.code == "wrong_code"
    assert caught.value.arguments["allowed"].split(", ") == [c.notation for c in coded.choices]


@given(st.from_regex(r"[a-z0-9][a-z0-9-]{0,40}", fullmatch=True))
def test_an_identifier_comes_back(identifier: str) -> None:
    assert read_literal(column("universities", "id"), identifier) == literal(identifier)


@pytest.mark.parametrize(
    "text", ["Konkuk", "건국대", "a b", "-a", "a/b", "a>b", "a#b", "a_b", "../a"]
)
def test_what_is_no_identifier(text: str) -> None:
    with pytest.raises(CellError, match="wrong_identifier"):
        read_literal(column("universities", "id"), text)


@given(st.dictionaries(st.sampled_from(["agreement", "party"]), TEXTS), st.randoms())
def test_a_minted_identifier_depends_on_its_cells_alone(
    values: dict[str, str], random: Random
) -> None:
    parties: Table = SCHEMA.tables["parties"]
    shuffled = dict(random.sample(sorted(values.items()), len(values)))
    minted = mint_identifier(parties, Record("parties", values))
    assert minted == mint_identifier(parties, Record("parties", {**shuffled, "capacity": "lead"}))
    assert read_literal(column("parties", "id"), minted) == literal(minted)


def test_cells_that_change_places_are_not_the_same() -> None:
    parties = SCHEMA.tables["parties"]
    rows = ({"agreement": "a", "party": "b"}, {"agreement": "a", "prospective_party": "b"})
    assert len({mint_identifier(parties, Record("parties", row)) for row in rows}) == 2


def test_several_values_in_a_cell() -> None:
    assert split_cell(column("universities", "alias"), "건국대 | 건대||") == ["건국대", "건대"]
    assert split_cell(column("universities", "label"), "가 | 나") == ["가 | 나"]
