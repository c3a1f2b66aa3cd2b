"""What importing a workbook would do: cells that change, rows in conflict, and problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from triplehelix.desk.workbook_columns import SheetKey
from triplehelix.desk.workbook_reading import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: where it stands, whose row it is, what was recorded and what will be, as shown."""

    sheet: str
    place: str
    record: str
    name: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell of a row that was changed meanwhile: what is written here, and what is recorded."""

    sheet: str
    place: str
    name: str
    column: str
    shown: str
    here: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A row to record: its sheet, its identifier, all its cells, and what of it is changed.

    ``stated`` is what documents say in its cells.
    """

    sheet: SheetKey
    key: str
    cells: Mapping[str, str]
    changes: tuple[Change, ...]
    stated: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = False

    @property
    def is_removal(self) -> bool:
        """Whether nothing is left of the row."""
        return not any(self.cells.values())


@dataclass(slots=True)
class Plan:
    """The rows to record, what stands against it, and what others changed meanwhile.

    ``departments`` are those that are recorded for the first time, by their identifiers.
    """

    edits: list[Edit] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    departments: dict[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> list[Change]:
        """All cells that would be changed."""
        return [change for edit in self.edits for change in edit.changes]

    @property
    def is_forbidden(self) -> bool:
        """Whether a problem stands against recording anything."""
        return any(p.diagnostic.severity == "violation" for p in self.problems)
