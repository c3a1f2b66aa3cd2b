"""The history of builds as a file: JSON that people can read, and that is checked when read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from graph.history import CAUSES, KINDS, SUBJECTS, Build, Change, Entry, History
from graph.snapshot import COVERS, LEVELS, AgreementState, FindingState, Snapshot

FORMAT = 1
Json = dict[str, Any]
Word = TypeVar("Word", bound=str)


class HistoryError(ValueError):
    """A file is no history, or one of a later format."""


def encode_history(history: History) -> bytes:
    """Return a history as JSON; the same history gives the same bytes."""
    snapshot = history.snapshot
    written = {
        "triplehelix_history": FORMAT,
        "build": _write_build(history.build),
        "entries": [_write_entry(entry) for entry in history.entries],
        "snapshot": {
            "on": snapshot.on.isoformat(),
            "partners": _nest(snapshot.partners),
            "agreements": {iri: asdict(state) for iri, state in snapshot.agreements.items()},
            "findings": {iri: asdict(state) for iri, state in snapshot.findings.items()},
            "names": snapshot.names,
        },
    }
    text = json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def _nest(partners: Mapping[tuple[str, str], Any]) -> dict[str, Json]:
    nested: dict[str, Json] = {}
    for (host, partner), covers in partners.items():
        nested.setdefault(host, {})[partner] = covers
    return nested


def _write_build(build: Build) -> Json:
    return {
        "on": build.on.isoformat(),
        "built": build.built.isoformat(),
        "version": build.version,
    }


def _write_entry(entry: Entry) -> Json:
    changes = [{k: v for k, v in asdict(change).items() if v} for change in entry.changes]
    return {
        "number": entry.number,
        "before": _write_build(entry.before),
        "after": _write_build(entry.after),
        "changes": changes,
        "names": entry.names,
    }


def decode_history(data: bytes) -> History:
    """Return the history that a file holds.

    Raises:
        HistoryError: the bytes are no history, are damaged, or of a later format.

    >>> decode_history(b"[]")
    Traceback (most recent call last):
    graph.history_file.HistoryError: not a history of builds
    """
    try:
        loaded = json.loads(data)
        # JSON can escape half of a character, which no file can be written with again.
        json.dumps(loaded, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise HistoryError("not JSON") from error
    if not isinstance(loaded, dict) or "triplehelix_history" not in loaded:
        raise HistoryError("not a history of builds")
    if loaded["triplehelix_history"] != FORMAT:
        raise HistoryError("of another format, perhaps of a later version of triplehelix")
    try:
        return History(
            _read_build(loaded["build"]),
            _read_snapshot(_table(loaded["snapshot"])),
            tuple(_read_entry(_table(entry)) for entry in _list(loaded["entries"])),
        )
    except KeyError as error:
        raise HistoryError(f"{error} is missing or unknown") from error


def _read_snapshot(table: Json) -> Snapshot:
    return Snapshot(
        _day(table["on"]),
        {
            (host, partner): {level: _one_of(COVERS, _table(covers)[level]) for level in LEVELS}
            for host, partners in _table(table["partners"]).items()
            for partner, covers in _table(partners).items()
        },
        {iri: _read_agreement(_table(s)) for iri, s in _table(table["agreements"]).items()},
        {
            iri: FindingState(_text(_table(s)["severity"]), _text(_table(s)["about"]))
            for iri, s in _table(table["findings"]).items()
        },
        _names(table["names"]),
    )


def _read_agreement(table: Json) -> AgreementState:
    return AgreementState(
        _text(table["state"]),
        _text(table["until"]),
        _number(table["periods"]),
        _texts(table["hosts"]),
    )


def _read_entry(table: Json) -> Entry:
    return Entry(
        _number(table["number"]),
        _read_build(table["before"]),
        _read_build(table["after"]),
        tuple(_read_change(_table(change)) for change in _list(table["changes"])),
        _names(table["names"]),
    )


def _read_change(table: Json) -> Change:
    return Change(
        _one_of(SUBJECTS, table["subject"]),
        _one_of(KINDS, table["kind"]),
        _one_of(CAUSES, table["cause"]),
        _text(table["iri"]),
        _texts(table.get("hosts", [])),
        tuple(_one_of(LEVELS, level) for level in _list(table.get("levels", []))),
        _text(table.get("before", "")),
        _text(table.get("after", "")),
        _text(table.get("until_before", "")),
        _text(table.get("until_after", "")),
    )


def _read_build(value: Any) -> Build:
    table = _table(value)
    return Build(_day(table["on"]), _day(table["built"]), _text(table["version"]))


def _names(value: Any) -> dict[str, dict[str, str]]:
    return {
        iri: {language: _text(name) for language, name in _table(names).items()}
        for iri, names in _table(value).items()
    }


def _table(value: Any) -> Json:
    if not isinstance(value, dict):
        raise HistoryError("a table is expected")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise HistoryError("a list is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise HistoryError("a text is expected")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(value))


def _number(value: Any) -> int:
    if type(value) is not int:
        raise HistoryError("a number is expected")
    return value


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError as error:
        raise HistoryError(f"{value!r} is no date") from error


def _one_of(words: Iterable[Word], value: Any) -> Word:
    found: Word | None = next((word for word in words if word == value), None)
    if found is None:
        raise HistoryError(f"{value!r} is not known")
    return found
