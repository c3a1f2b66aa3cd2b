"""Byte-order mark, then UTF-8, then cp949, else an error that says where."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.diagnostics import InputError
from loaders.encoding import detect_encoding, first_fault

TEXT = "식별자,이름\nkonkuk-univ,건국대학교\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "universities.csv"


def refused(path: Path) -> str:
    """The offset that the error names."""
    with pytest.raises(InputError) as caught:
        detect_encoding(path)
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.file) == ("unknown_encoding", path.name)
    return found.arguments["offset"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp949", "cp949"),
        ("euc-kr", "cp949"),
        ("utf-16", "utf-16"),
        ("ascii", "utf-8"),
    ],
)
def test_a_file_is_read_as_it_was_written(file: Path, written: str, found: str) -> None:
    text = TEXT if written != "ascii" else "id,label\n"
    file.write_bytes(text.encode(written))
    assert detect_encoding(file) == found
    assert file.read_text(encoding=detect_encoding(file)) == text


def test_utf16_of_either_order(file: Path) -> None:
    for order, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        file.write_bytes(mark + TEXT.encode(order))
        assert file.read_text(encoding=detect_encoding(file)) == TEXT


@given(st.text(st.characters(codec="utf-8")))
def test_every_text_in_utf8_is_read_as_such(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.mktemp("encoding") / "a.csv"
    file.write_bytes(text.encode())
    assert file.read_text(encoding=detect_encoding(file)).removeprefix("\ufeff") in (
        text.replace("\r\n", "\n").replace("\r", "\n"),
        text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"),
    )


def test_an_empty_file_is_utf8(file: Path) -> None:
    file.touch()
    assert detect_encoding(file) == "utf-8"


@pytest.mark.parametrize(
    ("content", "offset"),
    [
        (b"id,label\n\xff\xff", "9"),
        ("이름\n".encode() + b"\xff", "7"),
        (b"abc\x80", "3"),
        ("이름".encode()[:-1] + b"\xff", "3"),
    ],
)
def test_broken_bytes_are_named_by_their_offset(file: Path, content: bytes, offset: str) -> None:
    file.write_bytes(content)
    assert refused(file) == offset


def test_a_mark_is_no_promise(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfid\n\xff\xfe")
    assert refused(file) == "6"
    file.write_bytes(b"\xff\xfea\x00b")
    assert refused(file) == "4"


def test_a_letter_on_the_border_of_two_pieces(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in pieces; a letter or a fault may lie across two of them."""
    monkeypatch.setattr("loaders.encoding._CHUNK", 4)
    for encoding in ("utf-8", "cp949", "utf-16"):
        file.write_bytes(TEXT.encode(encoding))
        assert detect_encoding(file) == encoding
    content = TEXT.encode() + b"\xea\xb1\xff"
    file.write_bytes(content)
    assert first_fault(file, "utf-8") == len(content) - 3
