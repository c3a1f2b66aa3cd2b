"""Identity decisions: read with their lines, applied when names are resolved, never guessed."""

from pathlib import Path

import pytest

from graph.diagnostics import Diagnostic
from graph.linking import Identity
from loaders.ecosystem import shipped_ecosystem
from loaders.identity import read_identity

HEADER = "subject_id\tpredicate_id\tobject_id\tpredicate_modifier\n"
SAME, DIFFERENT = "skos:exactMatch\t{}\t\n", "skos:exactMatch\t{}\tNot\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "identity.tsv"


def read(file: Path, text: str, encoding: str = "utf-8") -> tuple[Identity, list[Diagnostic]]:
    file.write_text(text, encoding=encoding)
    faults: list[Diagnostic] = []
    return read_identity(file, faults), faults


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_positive_and_negative_decisions(file: Path, encoding: str) -> None:
    text = f"{HEADER}a\t{SAME.format('b')}a\t{DIFFERENT.format('가')}"
    identity, faults = read(file, text, encoding)
    assert faults == []
    assert identity == Identity({"b": "a"}, frozenset({frozenset({"a", "가"})}))


def test_comments_and_blank_lines_are_passed_over_but_counted(file: Path) -> None:
    text = f"# reviewed\n\n{HEADER}# again\na\t{SAME.format('b')}\na\towl:sameAs\tc\t\n"
    identity, faults = read(file, text)
    assert identity.same == {"b": "a"}
    assert [(f.code, f.location.file, f.location.row) for f in faults] == [
        ("wrong_identity", "identity.tsv", 7)
    ]


@pytest.mark.parametrize(
    "row",
    ["a\tskos:closeMatch\tb\t\n", "\tskos:exactMatch\tb\t\n", "a\tskos:exactMatch\n", "a b c\n"],
)
def test_what_is_no_decision_is_told(file: Path, row: str) -> None:
    identity, faults = read(file, HEADER + row)
    assert identity == Identity()
    assert [(f.code, f.location.row) for f in faults] == [("wrong_identity", 2)]


def test_a_file_without_the_columns_is_told_at_every_row(file: Path) -> None:
    _, faults = read(file, "from\tto\na\tb\nc\td\n")
    assert [f.location.row for f in faults] == [2, 3]


def test_a_missing_and_a_broken_file_are_told(file: Path) -> None:
    faults: list[Diagnostic] = []
    assert read_identity(file, faults) == Identity()
    file.write_bytes(b"subject_id\xff\xff\n")
    assert read_identity(file, faults) == Identity()
    assert [f.code for f in faults] == ["missing_file", "unknown_encoding"]


def test_the_shipped_decisions_are_about_shipped_records() -> None:
    import csv

    folder = shipped_ecosystem()
    faults: list[Diagnostic] = []
    identity = read_identity(folder / "identity.tsv", faults)
    assert faults == []
    known = set()
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            known |= {row.get("id") for row in csv.DictReader(stream)}
    named = {*identity.same, *identity.same.values(), *(x for p in identity.different for x in p)}
    assert named <= known
    assert not set(identity.same) & set(identity.same.values())
