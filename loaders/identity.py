"""Reviewed identity decisions (SSSOM/TSV): which records are the same, and which are not.

The columns are those of SSSOM (https://mapping-commons.github.io/sssom/): subject_id,
predicate_id, object_id, and predicate_modifier, which is ``Not`` for a negative decision.
"""

from __future__ import annotations

import csv
from pathlib import Path

from graph.diagnostics import Diagnostic
from graph.linking import Identity
from graph.record import Location
from loaders.encoding import detect_encoding

EXACT = "skos:exactMatch"


def read_identity(path: Path, faults: list[Diagnostic]) -> Identity:
    """Return the decisions of a file; the object of a positive one is replaced by its subject."""
    same: dict[str, str] = {}
    different: set[frozenset[str]] = set()
    with path.open(encoding=detect_encoding(path), newline="") as stream:
        lines = (line for line in stream if not line.startswith("#"))
        reader = csv.DictReader(lines, delimiter="\t")
        for number, row in enumerate(reader, start=2):
            subject, target = row.get("subject_id"), row.get("object_id")
            if not subject or not target or row.get("predicate_id") != EXACT:
                faults.append(Diagnostic("wrong_identity", Location(path.name, number)))
            elif row.get("predicate_modifier") == "Not":
                different.add(frozenset((subject, target)))
            else:
                same[target] = subject
    return Identity(same, frozenset(different))
