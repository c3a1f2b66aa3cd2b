"""Every way an input can be wrong: file, row, column, value and remedy, all faults at once.

Each case damages a copy of the town and goes through the build; a build made before stays as it
was, byte for byte.
"""

import csv
import hashlib
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.assembly import assemble
from graph.diagnostics import Diagnostic, InputError, render
from graph.model import LANGUAGES
from graph.shapes import read_schema
from loaders.ecosystem import FILE_LIMIT, load_ecosystem
from loaders.tables import CELL_LIMIT
from triplehelix.pipeline import build, check

Damage = Callable[[Path], None]


def replace(file: str, old: str, new: str) -> Damage:
    """Replace a text that stands in a file once or more, the first time it does."""

    def damage(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return damage


def set_cell(file: str, row: int, column: str, value: str) -> Damage:
    """Write a value into a cell; the header is row 1."""

    def damage(folder: Path) -> None:
        rows = read_rows(folder / file)
        rows[row - 1][rows[0].index(column)] = value
        write_rows(folder / file, rows)

    return damage


def read_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write_rows(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)


def remove(file: str) -> Damage:
    return lambda folder: (folder / file).unlink()


def write(file: str, content: bytes) -> Damage:
    def damage(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return damage


def digests(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def violations(folder: Path) -> list[Diagnostic]:
    _, found = check(folder)
    return [d for d in found if d.severity == "violation"]


# what is done → code, file, row, column in Korean, value
CASES: dict[str, tuple[Damage, str, str, int | None, str, str]] = {
    "missing table": (remove("problems.csv"), "missing_table", "problems.csv", None, "", ""),
    "table that is not listed": (
        write("problem.csv", b"id\n"), "unlisted_table", "problem.csv", None, "", "",
    ),
    "listed table that does not exist": (
        replace("ecosystem.yml", "  - documents", "  - papers\n  - documents"),
        "unknown_table", "ecosystem.yml", None, "", "papers",
    ),
    "unknown column": (
        replace("universities.csv", "지역", "사는곳"),
        "unknown_column", "universities.csv", 1, "사는곳", "",
    ),
    "column that stands twice": (
        replace("companies.csv", "alias", "label"),
        "duplicate_column", "companies.csv", 1, "label", "",
    ),
    "missing column": (
        replace("problems.csv", "label,", "label_en,"),
        "missing_column", "problems.csv", 1, "이름", "",
    ),
    "day that does not exist": (
        set_cell("agreements.csv", 2, "체결일", "2023-02-30"),
        "wrong_date", "agreements.csv", 2, "체결일", "2023-02-30",
    ),
    "words for a date": (
        set_cell("events.csv", 3, "시작", "지난봄"),
        "wrong_date", "events.csv", 3, "시작", "지난봄",
    ),
    "unknown reference": (
        set_cell("participations.csv", 4, "기관", "없는 기관"),
        "unknown_reference", "participations.csv", 4, "기관", "없는 기관",
    ),
    "unknown document": (
        set_cell("companies.csv", 3, "document", "gaon-plans"),
        "unknown_reference", "companies.csv", 3, "문서", "gaon-plans",
    ),
    "ambiguous reference": (
        set_cell("participations.csv", 4, "기관", "가온센터"),
        "ambiguous_reference", "participations.csv", 4, "기관", "가온센터",
    ),
    "duplicate identifier": (
        set_cell("themes.csv", 4, "id", "drone"),
        "duplicate_identifier", "themes.csv", 4, "식별자", "drone",
    ),
    "identifier with a space": (
        set_cell("problems.csv", 3, "id", "prob people"),
        "wrong_identifier", "problems.csv", 3, "식별자", "prob people",
    ),
    "identifier that would break out of an IRI": (
        set_cell("problems.csv", 3, "id", "a> <b"),
        "wrong_identifier", "problems.csv", 3, "식별자", "a> <b",
    ),
    "no identifier": (
        set_cell("problems.csv", 3, "id", ""),
        "missing_value", "problems.csv", 3, "식별자", "",
    ),
    "no name": (
        set_cell("problems.csv", 3, "label", " "),
        "missing_value", "problems.csv", 3, "이름", "",
    ),
    "words for a number": (
        set_cell("budgets.csv", 3, "amount", "많이"),
        "wrong_number", "budgets.csv", 3, "금액", "많이",
    ),
    "fraction for a count": (
        set_cell("events.csv", 2, "횟수", "1,5"),
        "wrong_integer", "events.csv", 2, "횟수", "1,5",
    ),
    "year of two digits": (
        set_cell("budgets.csv", 4, "year", "22"), "wrong_year", "budgets.csv", 4, "연도", "22",
    ),
    "unknown code": (
        set_cell("participations.csv", 2, "역할", "구경"),
        "wrong_code", "participations.csv", 2, "역할", "구경",
    ),
    "type of another table": (
        set_cell("universities.csv", 2, "유형", "Company"),
        "wrong_code", "universities.csv", 2, "유형", "Company",
    ),
    "lines that are no lines": (
        set_cell("companies.csv", 2, "lines", "25쪽"),
        "wrong_pattern", "companies.csv", 2, "줄", "25쪽",
    ),
    "quotation of more than fourteen words": (
        set_cell("companies.csv", 2, "quote", "가 " * 15),
        "wrong_pattern", "companies.csv", 2, "인용", ("가 " * 15).strip(),
    ),
    "more cells than columns": (
        replace("problems.csv", "창업 공간 부족,", "창업, 공간, 부족,"),
        "too_many_cells", "problems.csv", 2, "", "",
    ),
    "quotation mark without its twin": (
        replace("problems.csv", "조종 인력 부족", '"조종 인력 부족'),
        "broken_csv", "problems.csv", 3, "", "",
    ),
    "cell over the limit": (
        set_cell("problems.csv", 2, "label", "가" * (CELL_LIMIT + 1)),
        "cell_too_long", "problems.csv", 2, "", "",
    ),
    "bytes of no encoding": (
        write("problems.csv", b"id,label\n\xff\xfe\xfd"),
        "unknown_encoding", "problems.csv", None, "", "",
    ),
    "UTF-16 cut short": (
        write("problems.csv", "id,label\n".encode("utf-16")[:-1]),
        "unknown_encoding", "problems.csv", None, "", "",
    ),
    "empty file": (write("problems.csv", b""), "empty_table", "problems.csv", None, "", ""),
    "half a file": (
        replace("ecosystem.yml", "participations: {min: 30}", "participations: {min: 300}"),
        "too_few_records", "participations.csv", None, "", "",
    ),
    "no identity file": (remove("identity.tsv"), "missing_file", "identity.tsv", None, "", ""),
    "party of two kinds": (
        set_cell("parties.csv", 2, "prospective_party", "gaon-univ"),
        "shape_violation", "parties.csv", 2, "", "",
    ),
    "reference to a record of the wrong kind": (
        set_cell("parties.csv", 2, "party", "plan"),
        "shape_violation", "parties.csv", 2, "당사자", "plan",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_is_told_with_its_place_and_a_remedy_and_the_last_build_stays(
    case: str, town_copy: Path, earlier: Path, before: dict[str, str]
) -> None:
    damage, code, file, row, column, value = CASES[case]
    damage(town_copy)
    with pytest.raises(InputError) as caught:
        build(town_copy, earlier)
    assert digests(earlier) == before
    assert [p.name for p in earlier.parent.iterdir()] == [earlier.name]
    all_told = caught.value.diagnostics
    told = next((d for d in all_told if (d.code, d.location.file) == (code, file)), None)
    assert told, [render(d, "en") for d in all_told]
    assert (told.location.row, told.column.get("ko", "")) == (row, column)
    assert not value or told.value == value
    for language in LANGUAGES:
        text = render(told, language)
        place, _, advice = text.partition(": ")
        assert place.startswith(file)
        assert row is None or str(row) in place
        assert told.column.get(language, "") in place
        assert advice.endswith(".")
        assert "{" not in text
    assert render(told, "ko") != render(told, "en")


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory, town_build: Path) -> Path:
    """What an earlier build made."""
    return shutil.copytree(town_build, tmp_path_factory.mktemp("earlier") / "build")


@pytest.fixture(scope="module")
def before(earlier: Path) -> dict[str, str]:
    return digests(earlier)


def test_all_faults_of_all_files_are_told_together(town_copy: Path) -> None:
    damages = {
        ("agreements.csv", 2): set_cell("agreements.csv", 2, "체결일", "어제"),
        ("agreements.csv", 3): set_cell("agreements.csv", 3, "종료", "2025-13-01"),
        ("budgets.csv", 3): set_cell("budgets.csv", 3, "amount", "많이"),
        ("budgets.csv", 5): set_cell("budgets.csv", 5, "source", "하늘"),
        ("events.csv", 4): set_cell("events.csv", 4, "지역", "없는 곳"),
        ("themes.csv", 4): set_cell("themes.csv", 4, "id", "drone"),
    }
    for damage in damages.values():
        damage(town_copy)
    found = {(d.location.file, d.location.row) for d in violations(town_copy)}
    assert set(damages) <= found


def test_several_faults_of_one_row_are_told_apart(town_copy: Path) -> None:
    for column, value in (("year", "22"), ("source", "하늘"), ("amount", "많이"), ("unit", "원권")):
        set_cell("budgets.csv", 4, column, value)(town_copy)
    found = [(d.location.row, d.column["en"]) for d in violations(town_copy)]
    assert found == [(4, "year"), (4, "source"), (4, "amount"), (4, "unit")]


def test_a_fault_is_told_once(town_copy: Path) -> None:
    """What mapping has told, SHACL does not tell again."""
    set_cell("agreements.csv", 2, "체결일", "어제")(town_copy)
    assert [d.code for d in violations(town_copy)] == ["wrong_date"]


def test_a_misspelt_reference_is_told_what_is_near(town_copy: Path) -> None:
    set_cell("participations.csv", 4, "기관", "gaon-unvi")(town_copy)
    (found,) = violations(town_copy)
    assert all("gaon-univ" in render(found, language) for language in LANGUAGES)


def test_an_ambiguous_reference_is_told_its_candidates(town_copy: Path) -> None:
    set_cell("participations.csv", 4, "기관", "가온센터")(town_copy)
    (found,) = violations(town_copy)
    candidates = {"gaon-startup-centre", "gaon-univ-drone-centre"}
    assert set(found.arguments["candidates"].split(", ")) == candidates


def test_a_folder_that_is_no_ecosystem(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", tmp_path):
        with pytest.raises(InputError, match="no such file or folder"):
            check(path)


def rewrite(encoding: str, change: Callable[[str], str] = str) -> Damage:
    """Write every table anew, in an encoding and with a change of every cell."""

    def damage(folder: Path) -> None:
        for path in folder.glob("*.csv"):
            rows = [[change(cell) for cell in row] for row in read_rows(path)]
            write_rows(path, rows, encoding)

    return damage


def widen(text: str) -> str:
    """A number, date or count in full-width signs, as some Korean keyboards write it."""
    if not text or set(text) - set("0123456789,.-"):
        return text
    return text.translate(str.maketrans("0123456789,.-", "０１２３４５６７８９，．－"))


def widen_numbers(folder: Path) -> None:
    for file, columns in (
        ("budgets.csv", ("year", "amount")),
        ("events.csv", ("시작", "종료", "횟수")),
        ("agreements.csv", ("체결일", "시작", "종료")),
    ):
        rows = read_rows(folder / file)
        places = [rows[0].index(column) for column in columns]
        for row in rows[1:]:
            for place in places:
                row[place] = widen(row[place])
        write_rows(folder / file, rows)


def statements(folder: Path) -> set[tuple[str, str, str]]:
    """What the tables say, apart from numbers as they are printed."""
    loaded = load_ecosystem(folder, read_schema())
    assembly = assemble(loaded.records, loaded.identity, namespace=loaded.sidecar.namespace)
    assert (loaded.faults, assembly.diagnostics) == ([], [])
    triples = (t for graph in assembly.graphs.values() for t in graph)
    return {t for t in triples if "ontology#printed" not in t[1] and "#identifier" not in t[1]}


@pytest.mark.parametrize(
    "harmless",
    [
        pytest.param(rewrite("utf-8-sig"), id="byte-order mark"),
        pytest.param(rewrite("utf-16"), id="UTF-16"),
        pytest.param(rewrite("utf-8", lambda cell: unicodedata.normalize("NFD", cell)), id="NFD"),
        pytest.param(rewrite("utf-8", lambda cell: f" {cell} "), id="spaces"),
        pytest.param(widen_numbers, id="full-width digits"),
    ],
)
def test_what_is_harmless_makes_no_difference(
    harmless: Damage, town_copy: Path, town_folder: Path
) -> None:
    harmless(town_copy)
    assert statements(town_copy) == statements(town_folder)


def test_cp949_makes_no_difference(town_copy: Path, town_folder: Path) -> None:
    """As Korean spreadsheets save CSV; signs that it lacks are taken out on both sides."""

    def plain(cell: str) -> str:
        composed = unicodedata.normalize("NFC", cell)
        return composed.encode("cp949", "ignore").decode("cp949")

    rewrite("utf-8", plain)(town_copy)
    expected = statements(town_copy)
    rewrite("cp949")(town_copy)
    assert statements(town_copy) == expected
    assert "가온대학교".encode("cp949") in (town_copy / "universities.csv").read_bytes()


def test_a_cell_of_200_mb_is_told_and_not_kept(town_copy: Path) -> None:
    with (town_copy / "problems.csv").open("wb") as stream:
        stream.write(b"id,initiative,label,document,lines\nbig,pledge,")
        for _ in range(200):
            stream.write(b"x" * (1 << 20))
        stream.write(b",gaon-plan,1\n")
    ecosystem = load_ecosystem(town_copy, read_schema())
    (told,) = ecosystem.faults
    assert (told.code, told.location.file, told.location.row) == (
        "cell_too_long", "problems.csv", 2,
    )  # fmt: skip
    assert all("32,767" in render(told, language) for language in LANGUAGES)
    assert "problems" not in {record.table for record in ecosystem.records}


def test_a_file_over_the_limit_is_not_read(town_copy: Path) -> None:
    path = town_copy / "problems.csv"
    with path.open("ab") as stream:
        stream.truncate((FILE_LIMIT + 1) << 20)
    (told, *_) = (d for d in violations(town_copy) if d.location.file == "problems.csv")
    assert told.code == "file_too_large"
    assert all("513 MB > 512 MB" in render(told, language) for language in LANGUAGES)
