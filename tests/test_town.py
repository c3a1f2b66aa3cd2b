"""The fictional town holds every kind of record, under headers in both languages."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from graph.assembly import assemble
from graph.cells import find_choice
from graph.shapes import read_schema
from loaders.ecosystem import load_ecosystem

if TYPE_CHECKING:
    from tests.conftest import Loaded

KINDS = (
    "type", "role", "modality", "capacity", "intent", "source", "phase", "kind",
)  # fmt: skip


def headers(folder: Path) -> dict[str, list[str]]:
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem] = next(csv.reader(stream))
    return found


def test_every_table_is_there(town_folder: Path) -> None:
    assert set(headers(town_folder)) == set(read_schema().tables)


def test_half_of_the_headers_are_korean(town_folder: Path) -> None:
    languages = [header[0].isascii() for header in headers(town_folder).values()]
    assert abs(languages.count(True) - languages.count(False)) <= 1


def test_it_is_small_enough_to_be_read(town: Loaded) -> None:
    assert len(town.ecosystem.records) < 250


def test_every_allowed_value_of_the_model_occurs(town: Loaded) -> None:
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    tables = read_schema().tables
    for record in town.ecosystem.records:
        for column in tables[record.table].columns:
            if column.key in KINDS and (cell := record.values.get(column.key)):
                used[record.table, column.key].add(find_choice(column, cell).iri)
    for table in tables.values():
        for column in table.columns:
            if column.key in KINDS and column.choices:
                allowed = {choice.iri for choice in column.choices}
                assert used[table.name, column.key] == allowed, (table.name, column.key)


def test_the_language_of_the_headers_makes_no_difference(town: Loaded, town_copy: Path) -> None:
    schema = read_schema()
    for name, header in headers(town_copy).items():
        columns = schema.header(schema.tables[name])
        other = {column.names["ko"]: column.names["en"] for column in columns}
        other |= {column.names["en"]: column.names["ko"] for column in columns}
        path = town_copy / f"{name}.csv"
        _, _, rest = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(",".join(other[cell] for cell in header) + "\n" + rest, encoding="utf-8")
    ecosystem = load_ecosystem(town_copy, schema)
    assert ecosystem.faults == []
    assert assemble(ecosystem.records, ecosystem.identity).graphs == town.assembly.graphs


def test_decomposed_letters_make_no_difference(town: Loaded, town_copy: Path) -> None:
    names = (town_copy / "universities.csv").read_text(encoding="utf-8")
    assert f",{unicodedata.normalize('NFD', '새벽대학교')}," in names
    for path in town_copy.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    ecosystem = load_ecosystem(town_copy, read_schema())
    assert ecosystem.faults == []
    assert assemble(ecosystem.records, ecosystem.identity).graphs == town.assembly.graphs
