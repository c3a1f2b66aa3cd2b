"""Reviewed identity decisions (SSSOM/TSV): which records are the same, and which are not.

The columns are those of SSSOM (https://mapping-commons.github.io/sssom/): subject_id,
predicate_id, object_id, and predicate_modifier, which is ``Not`` for a negative decision.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.linking import Identity
from graph.record import Location
from loaders.encoding import detect_encoding

EXACT = "skos:exactMatch"


def read_identity(path: Path, faults: list[Diagnostic]) -> Identity:
    """Return the decisions of a file; the object of a positive one is replaced by its subject."""
    same: dict[str, str] = {}
    different: set[frozenset[str]] = set()
    for number, row in _read_rows(path, faults):
        subject, target = row.get("subject_id"), row.get("object_id")
        if not subject or not target or row.get("predicate_id") != EXACT:
            faults.append(Diagnostic("wrong_identity", Location(path.name, number)))
        elif row.get("predicate_modifier") == "Not":
            different.add(frozenset((subject, target)))
        else:
            same[target] = subject
    return Identity(same, frozenset(different))


def _read_rows(path: Path, faults: list[Diagnostic]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows with the numbers of their lines; comments and blank lines are passed over."""
    if not path.is_file():
        faults.append(Diagnostic("missing_file", Location(path.name)))
        return
    try:
        encoding = detect_encoding(path)
    except InputError as error:
        faults += error.diagnostics
        return
    with path.open(encoding=encoding, newline="") as stream:
        lines = [
            (number, line)
            for number, line in enumerate(stream, start=1)
            if line.strip() and not line.startswith("#")
        ]
    reader = csv.DictReader((line for _, line in lines), delimiter="\t")
    yield from zip((number for number, _ in lines[1:]), reader, strict=False)
