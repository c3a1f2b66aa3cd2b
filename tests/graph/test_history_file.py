"""The file of a history: read as it was written, and refused when it is none."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.history import Build, History, carry_on
from graph.history_file import HistoryError, decode_history, encode_history
from triplehelix.report import Report


@pytest.fixture(scope="module")
def history(town_report: Report) -> History:
    """A history of the town with one entry."""
    holdings, findings = town_report.holdings, town_report.findings
    days = (date(2022, 6, 30), date(2024, 3, 31))
    first, second = (Build(day, date(2024, 4, 1), "1") for day in days)
    return carry_on(carry_on(None, holdings, findings, first), holdings, findings, second)


def test_a_history_is_read_as_it_was_written(history: History) -> None:
    written = encode_history(history)
    assert decode_history(written) == history
    assert encode_history(decode_history(written)) == written
    assert "가온시" in written.decode()


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe{}", b"null", b"[]", b"{}", b'{"history": 1}', b"[" * 100_000],
    ids=["empty", "encoding", "null", "list", "table", "other", "deep"],
)
def test_what_is_no_history_is_refused(data: bytes) -> None:
    with pytest.raises(HistoryError):
        decode_history(data)


def test_a_later_format_is_not_guessed(history: History) -> None:
    loaded = json.loads(encode_history(history))
    loaded["triplehelix_history"] = 2
    with pytest.raises(HistoryError, match="later version"):
        decode_history(json.dumps(loaded).encode())


def _drop_change(loaded: Any) -> None:
    del loaded["entries"][0]["changes"][0]["kind"]


def _number_as_text(loaded: Any) -> None:
    loaded["entries"][0]["number"] = "1"


def _unknown_kind(loaded: Any) -> None:
    loaded["entries"][0]["changes"][0]["kind"] = "exploded"


def _no_date(loaded: Any) -> None:
    loaded["build"]["on"] = "yesterday"


def _no_table(loaded: Any) -> None:
    loaded["snapshot"]["partners"] = ["gaon"]


def _unknown_cover(loaded: Any) -> None:
    partners = next(iter(loaded["snapshot"]["partners"].values()))
    next(iter(partners.values()))["unit"] = "half"


def _name_of_a_name(loaded: Any) -> None:
    loaded["snapshot"]["names"]["x"] = {"ko": {"ko": "이름"}}


def _half_a_character(loaded: Any) -> None:
    loaded["snapshot"]["names"]["x"] = {"ko": "\ud800"}


@pytest.mark.parametrize(
    "damage",
    [
        _drop_change,
        _number_as_text,
        _unknown_kind,
        _no_date,
        _no_table,
        _unknown_cover,
        _name_of_a_name,
        _half_a_character,
    ],
)
def test_a_damaged_history_is_refused(history: History, damage: Callable[[Any], None]) -> None:
    loaded = json.loads(encode_history(history))
    damage(loaded)
    with pytest.raises(HistoryError):
        decode_history(json.dumps(loaded).encode())
