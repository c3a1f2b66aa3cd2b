"""What the network map shows: rows a caller fills in, and the columns the page reads.

The rows (:mod:`triplehelix.network_map.map_rows`) are easy to build one at a time.
:meth:`MapData.to_columns` turns them into one list per column with whole numbers instead of
repeated identifiers, which is what the page is sent.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from functools import cache, cached_property
from itertools import chain
from typing import Any, TypeAlias

from triplehelix.network_map.map_rows import (
    Agreement,
    AgreementState,
    Basis,
    Broker,
    Community,
    Document,
    EvidenceItem,
    Initiative,
    Meta,
    Organization,
    ParentMeasures,
    Place,
    Rung,
    Sector,
    Theme,
    Tie,
    Unit,
)
from triplehelix.network_map.map_tables import (
    REFERENCES,
    ROWS,
    column_name,
    find_references,
    has_id,
)

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Columns: TypeAlias = dict[str, list[Json]]


@dataclass(frozen=True)
class MapData:
    """Everything one map shows.

    ``ties`` are those at unit level; at parent level ``units`` give way to their parents, and the
    ties that are only of unit level to ``parent_ties``. ``ended_ties``, of both levels, are of
    agreements that are over, and drawn in the years in which they were not.

    Raises:
        ValueError: when an id appears twice, or a row points at one that does not exist.

    >>> from triplehelix.network_map.map_rows import TieKind
    >>> meta = Meta("지도", "Map")
    >>> rows = (Organization("a", "가 대학"), Organization("b", "나 기업"))
    >>> data = MapData(meta, rows, (Tie("a", "b", TieKind.GAP), Tie("b", "a", TieKind.MEETING)))
    >>> data.to_columns()["ties"]["kind"], data.degrees
    ([3, 2], (1, 1))
    """

    meta: Meta
    organizations: tuple[Organization, ...] = ()
    ties: tuple[Tie, ...] = ()
    sectors: tuple[Sector, ...] = ()
    documents: tuple[Document, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    themes: tuple[Theme, ...] = ()
    places: tuple[Place, ...] = ()
    rungs: tuple[Rung, ...] = ()
    communities: tuple[Community, ...] = ()
    bases: tuple[Basis, ...] = ()
    states: tuple[AgreementState, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    units: tuple[Unit, ...] = ()
    parent_ties: tuple[Tie, ...] = ()
    ended_ties: tuple[Tie, ...] = ()
    parent_measures: tuple[ParentMeasures, ...] = ()
    brokers: tuple[Broker, ...] = ()

    def __post_init__(self) -> None:
        """Check that ids are unique and that every reference has something to refer to."""
        numbers = self.numbers
        for name in ROWS:
            for at, row in enumerate(self._rows(name)):
                for target, identifier in find_references(name, row):
                    if identifier not in numbers[target]:
                        raise ValueError(
                            f"{name}, row {at}: {identifier!r} is not among the {target}"
                        )
        for organization in self.organizations:
            if (organization.x is None) != (organization.y is None):
                raise ValueError(f"organisation {organization.id!r} has half a position")

    def _rows(self, table: str) -> tuple[Any, ...]:
        """Return the rows of a table; all ties stand in one, repeated evidence once."""
        if table == "ties":
            return (*self.ties, *self.parent_ties, *self.ended_ties)
        rows: tuple[Any, ...] = getattr(self, table)
        return rows

    @cached_property
    def evidence(self) -> tuple[EvidenceItem, ...]:
        """Return the evidence of ties and agreements, each item once."""
        told: Iterable[Tie | Agreement] = chain(self._rows("ties"), self.agreements)
        return tuple(dict.fromkeys(item for row in told for item in row.evidence))

    @cached_property
    def numbers(self) -> dict[str, dict[str, int]]:
        """Return the place of each id in the rows, by the name of the table.

        Raises:
            ValueError: when an id appears twice.
        """
        return {name: _number(name, getattr(self, name)) for name in ROWS if has_id(name)}

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return the place of each organisation's id in the rows."""
        return self.numbers["organizations"]

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """Return each organisation's degree: as given, or else its number of distinct partners."""
        partners: dict[str, set[str]] = {row.id: set() for row in self.organizations}
        for tie in self.ties:
            if tie.source != tie.target:
                partners[tie.source].add(tie.target)
                partners[tie.target].add(tie.source)
        return tuple(
            len(partners[row.id]) if row.degree is None else row.degree
            for row in self.organizations
        )

    def to_columns(self) -> dict[str, Columns | dict[str, Json]]:
        """Return one list per column, text in NFC."""
        return dict(self._all_columns)

    @cached_property
    def _all_columns(self) -> dict[str, Columns | dict[str, Json]]:
        tables: dict[str, Columns | dict[str, Json]] = {n: self._columns(n) for n in ROWS}
        return {**tables, "meta": {key: _nfc(value) for key, value in asdict(self.meta).items()}}

    def to_json(self) -> str:
        """Return the columns as JSON (not yet escaped for a page)."""
        return json.dumps(
            self.to_columns(), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )

    def _columns(self, table: str) -> Columns:
        rows = self._rows(table)
        columns = {
            column_name(name): self._column(table, name, [getattr(row, name) for row in rows])
            for name in ROWS[table].__dataclass_fields__
        }
        if table == "organizations":
            columns["degree"] = list(self.degrees)
        return columns

    def _column(self, table: str, name: str, values: Sequence[Any]) -> list[Json]:
        """Return the values of a column; of references the numbers of rows, -1 for none."""
        target = REFERENCES.get((table, name))
        if target is None:
            return [_nfc(value) for value in values]
        numbers = self._evidence_numbers if target == "evidence" else self.numbers[target]
        return [_refer(numbers, value) for value in values]

    @cached_property
    def _evidence_numbers(self) -> dict[Any, int]:
        return {item: number for number, item in enumerate(self.evidence)}


def _number(table: str, rows: Iterable[Any]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row.id in numbers:
            raise ValueError(f"{row.id!r} appears twice among the {table}")
        numbers[row.id] = number
    return numbers


def _refer(numbers: Mapping[Any, int], value: Any) -> Json:
    if isinstance(value, tuple):
        return [numbers[one] for one in value]
    return numbers[value] if value else -1


@cache
def _code(value: Enum) -> int:
    """Return the number of a value among all that there are."""
    return list(type(value)).index(value)


def _nfc(value: Any) -> Json:
    if isinstance(value, Enum):
        return _code(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, tuple):
        return [_nfc(item) for item in value]
    return value  # type: ignore[no-any-return]
