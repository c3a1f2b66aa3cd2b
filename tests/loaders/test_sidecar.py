"""The sidecar: what it must say, and what is said when it does not."""

from pathlib import Path

import pytest

from graph.diagnostics import InputError, render
from graph.namespaces import ID
from loaders.sidecar import FILE_NAME, Sidecar, read_sidecar

LEAST = "title: {ko: 가온시, en: Gaon}\ntables: [documents, universities]\n"


def read(folder: Path, text: str) -> Sidecar:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return read_sidecar(folder)


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    sidecar = read(tmp_path, LEAST)
    assert sidecar.tables == ("documents", "universities")
    assert sidecar.title["ko"] == "가온시"
    assert (sidecar.namespace, sidecar.identity, sidecar.expected) == (str(ID), "", {})


def test_everything_it_can_say(tmp_path: Path) -> None:
    sidecar = read(
        tmp_path,
        LEAST
        + """publisher: 가온시
licence: 공공누리 1유형
date: "2023-12-31"
language: ko
namespace: https://example.org/gaon/
columns: {관리번호: id}
expected: {universities: {min: 4, max: 9}}
identity: identity.tsv
""",
    )
    assert sidecar.columns == {"관리번호": "id"}
    assert sidecar.expected == {"universities": {"min": 4, "max": 9}}
    assert sidecar.namespace == "https://example.org/gaon/"


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(LEAST, encoding="utf-8-sig")
    assert read_sidecar(tmp_path).tables == ("documents", "universities")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not a mapping"),
        ("- a\n", "not a mapping"),
        ("title: [", "expected"),
        ("tables: [documents]\n", "title is missing"),
        ("title: {ko: 가, en: a}\n", "tables is missing"),
        ("title: 가온시\ntables: []\n", "title is no dict"),
        ("title: {ko: 가온시}\ntables: []\n", "title has no en"),
        ("title: {ko: 가, en: 1}\ntables: []\n", "title has no en"),
        (LEAST + "tabels: []\n", "unknown key tabels"),
        (LEAST + "date: 2023-12-31\n", "date is no str"),
        (LEAST + "columns: [id]\n", "columns is no dict"),
        (LEAST + "expected: {universities: 4}\n", "expected universities"),
        (LEAST + "expected: {universities: {min: many}}\n", "expected universities"),
        (LEAST + "publisher: !!python/object/apply:os.getcwd []\n", "could not determine"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.file) == ("broken_sidecar", FILE_NAME)
    assert reason in found.arguments["reason"]
    assert all(reason in render(found, language) for language in ("ko", "en"))


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(LEAST.encode("cp949"))
    with pytest.raises(InputError, match="cannot be read"):
        read_sidecar(tmp_path)


def test_a_missing_sidecar_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_sidecar(tmp_path)
    assert caught.value.diagnostics[0].location.file.endswith(FILE_NAME)
