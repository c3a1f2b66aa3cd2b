"""What the network map shows: rows a caller fills in, and the columns the page reads.

The rows (:mod:`triplehelix.network_map.map_rows`) are easy to build one at a time.
:meth:`MapData.to_columns` turns them into one list per column with whole numbers instead of
repeated identifiers, which is what the page is sent.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TypeAlias

from triplehelix.network_map.map_rows import (
    Community,
    Document,
    EvidenceItem,
    Initiative,
    Meta,
    Organization,
    Place,
    Rung,
    Sector,
    Theme,
    Tie,
    TieKind,
)

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Columns: TypeAlias = dict[str, list[Json]]


@dataclass(frozen=True)
class MapData:
    """Everything one map shows.

    Raises:
        ValueError: when an id appears twice, or a row points at one that does not exist.

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

    def __post_init__(self) -> None:
        """Check that ids are unique and that every reference has something to refer to."""
        _ = self.numbers
        for row in self.organizations:
            where = f"organisation {row.id!r}"
            self._check("sectors", [row.sector] if row.sector is not None else [], where)
            self._check("places", row.places, where)
            self._check("communities", [row.community] if row.community else [], where)
            if (row.x is None) != (row.y is None):
                raise ValueError(f"{where} has half a position")
        for initiative in self.initiatives:
            where = f"initiative {initiative.id!r}"
            self._check("themes", initiative.themes, where)
            self._check("places", initiative.places, where)
            self._check("organizations", initiative.hosts, where)
        for tie in self.ties:
            where = f"tie {tie.source!r} - {tie.target!r}"
            self._check("organizations", (tie.source, tie.target), where)
            self._check("documents", (item.document for item in tie.evidence), where)
            self._check("initiatives", tie.initiatives, where)
            self._check("themes", tie.themes, where)
            self._check("rungs", [tie.rung] if tie.rung else [], where)

    def _check(self, table: str, identifiers: Iterable[str], where: str) -> None:
        for identifier in identifiers:
            if identifier not in self.numbers[table]:
                raise ValueError(f"{where}: {identifier!r} is not among the {table}")

    @cached_property
    def numbers(self) -> dict[str, dict[str, int]]:
        """Return the place of each id in the rows, by the name of the table.

        Raises:
            ValueError: when an id appears twice.
        """
        return {name: _number(name, getattr(self, name)) for name in TABLES}

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
        """Return one list per column, text in NFC, repeated evidence once."""
        evidence = tuple(dict.fromkeys(item for tie in self.ties for item in tie.evidence))
        evidence_columns = _columns(EvidenceItem, evidence)
        evidence_columns["document"] = self._refer("documents", (i.document for i in evidence))
        return {
            "organizations": self._organization_columns(),
            "ties": self._tie_columns(evidence),
            "initiatives": self._initiative_columns(),
            "evidence": evidence_columns,
            "documents": _columns(Document, self.documents),
            "sectors": _columns(Sector, self.sectors),
            "themes": _columns(Theme, self.themes),
            "places": _columns(Place, self.places),
            "rungs": _columns(Rung, self.rungs),
            "communities": _columns(Community, self.communities),
            "meta": {key: _nfc(value) for key, value in asdict(self.meta).items()},
        }

    def to_json(self) -> str:
        """Return the columns as JSON (not yet escaped for a page)."""
        return json.dumps(
            self.to_columns(), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )

    def _refer(self, table: str, identifiers: Iterable[str | None]) -> list[Json]:
        """Return the numbers of rows; -1 stands for none."""
        return [self.numbers[table][i] if i else -1 for i in identifiers]

    def _organization_columns(self) -> Columns:
        rows = self.organizations
        columns = _columns(Organization, rows)
        columns["sector"] = self._refer("sectors", (row.sector for row in rows))
        columns["places"] = [self._refer("places", row.places) for row in rows]
        columns["community"] = self._refer("communities", (row.community for row in rows))
        columns["degree"] = list(self.degrees)
        return columns

    def _initiative_columns(self) -> Columns:
        rows = self.initiatives
        columns = _columns(Initiative, rows)
        columns["themes"] = [self._refer("themes", row.themes) for row in rows]
        columns["places"] = [self._refer("places", row.places) for row in rows]
        columns["hosts"] = [self._refer("organizations", row.hosts) for row in rows]
        columns["from"] = columns.pop("since")
        return columns

    def _tie_columns(self, evidence: Sequence[EvidenceItem]) -> Columns:
        columns = _columns(Tie, self.ties)
        numbers = {item: number for number, item in enumerate(evidence)}
        kinds = {kind: number for number, kind in enumerate(TieKind)}
        columns["source"] = self._refer("organizations", (tie.source for tie in self.ties))
        columns["target"] = self._refer("organizations", (tie.target for tie in self.ties))
        columns["kind"] = [kinds[tie.kind] for tie in self.ties]
        columns["rung"] = self._refer("rungs", (tie.rung for tie in self.ties))
        columns["initiatives"] = [self._refer("initiatives", t.initiatives) for t in self.ties]
        columns["themes"] = [self._refer("themes", tie.themes) for tie in self.ties]
        columns["evidence"] = [[numbers[item] for item in tie.evidence] for tie in self.ties]
        columns["from"] = columns.pop("since")
        return columns


TABLES = (
    "organizations",
    "sectors",
    "documents",
    "initiatives",
    "themes",
    "places",
    "rungs",
    "communities",
)
Named: TypeAlias = Organization | Initiative | Document | Sector | Theme | Place | Rung | Community
Row: TypeAlias = Named | Tie | EvidenceItem


def _number(table: str, rows: Iterable[Named]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row.id in numbers:
            raise ValueError(f"{row.id!r} appears twice among the {table}")
        numbers[row.id] = number
    return numbers


def _columns(row_type: type[Row], rows: Sequence[Row]) -> Columns:
    names = row_type.__dataclass_fields__
    return {name: [_nfc(getattr(row, name)) for row in rows] for name in names}


def _nfc(value: Json) -> Json:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, tuple):
        return [_nfc(item) for item in value]
    return value
