"""The journal of a register: every change that was recorded, who made it and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from loaders.formulas import guard

FILE_NAME = "journal.tsv"


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell that was changed: where it stood in the workbook, and what it was before."""

    date: str
    department: str
    document: str
    place: str
    record: str
    column: str
    before: str
    after: str


def add_entries(folder: Path, entries: Iterable[Entry]) -> None:
    """Write entries at the end of the journal of a folder; nothing that stands there is changed."""
    path = folder / FILE_NAME
    made = io.StringIO()
    writer = csv.writer(made, delimiter="\t", lineterminator="\n")
    if not path.is_file():
        writer.writerow(field.name for field in fields(Entry))
    writer.writerows([guard(text) for text in astuple(entry)] for entry in entries)
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write(made.getvalue())
