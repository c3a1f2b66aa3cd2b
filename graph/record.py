"""The record: one row about one thing, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Location:
    """Where a record stands: file, row (the header is row 1) and, in a workbook, the sheet."""

    file: str
    row: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one table: the cells by column key, and the evidence written beside them."""

    table: str
    values: Mapping[str, str]
    evidence: Mapping[str, str] = field(default_factory=dict)
    location: Location = Location("")
