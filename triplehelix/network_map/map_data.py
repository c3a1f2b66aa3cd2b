"""What the network map shows: rows a caller fills in, and the columns the page reads.

The rows (:class:`Organization`, :class:`Tie`, :class:`EvidenceItem` and the lists of sectors and
documents) are easy to build one at a time. :meth:`MapData.to_columns` turns them into one list per
column with whole numbers instead of repeated identifiers, which is what the page is sent.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Columns: TypeAlias = dict[str, list[Json]]


class TieKind(StrEnum):
    """How two organisations are tied; the order is the code number in the columns."""

    AGREEMENT = "agreement"
    JOINT_WORK = "joint_work"
    MEETING = "meeting"
    GAP = "gap"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of the ecosystem, such as academia or industry."""

    id: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that evidence points into."""

    id: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Where a tie is written: a document by its id, the lines, a short quote, and the basis.

    The basis says how the tie follows from the quote, such as "stated" or "inferred".
    """

    document: str
    lines: str = ""
    quote: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """A node of the map; ``sector`` is a sector's id, ``group`` an unnamed group.

    Without a position (``x`` and ``y`` both None) the map computes one; without a degree the number
    of other organisations it is tied to is counted. A measure that is None is shown as unknown.
    """

    id: str
    ko: str
    en: str = ""
    alias: tuple[str, ...] = ()
    sector: str | None = None
    type_ko: str = ""
    type_en: str = ""
    degree: int | None = None
    strength: float | None = None
    betweenness: float | None = None
    group: bool = False
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of the map. Two ties between the same pair stay two.

    ``since`` and ``until`` are dates as precise as the source states them, or empty.
    """

    source: str
    target: str
    kind: TieKind
    count: int = 1
    label_ko: str = ""
    label_en: str = ""
    since: str = ""
    until: str = ""
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands around the map: its title, the date it speaks for, and its sources."""

    title_ko: str
    title_en: str
    as_of: str = ""
    source_ko: str = ""
    source_en: str = ""


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

    def __post_init__(self) -> None:
        """Check that every reference has something to refer to."""
        organizations, documents = self.positions, _numbered("document", self.documents)
        sectors = _numbered("sector", self.sectors)
        for row in self.organizations:
            if row.sector is not None:
                _known(sectors, row.sector, f"sector of organisation {row.id!r}")
            if (row.x is None) != (row.y is None):
                raise ValueError(f"organisation {row.id!r} has half a position")
        for tie in self.ties:
            where = f"tie {tie.source!r} - {tie.target!r}"
            _known(organizations, tie.source, where)
            _known(organizations, tie.target, where)
            for item in tie.evidence:
                _known(documents, item.document, f"evidence of {where}")

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return the place of each organisation's id in the rows."""
        return _numbered("organisation", self.organizations)

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
        documents = _numbered("document", self.documents)
        evidence_columns = _columns(EvidenceItem, evidence)
        evidence_columns["document"] = [documents[item.document] for item in evidence]
        return {
            "organizations": self._organization_columns(),
            "ties": self._tie_columns(evidence),
            "evidence": evidence_columns,
            "documents": _columns(Document, self.documents),
            "sectors": _columns(Sector, self.sectors),
            "meta": {key: _nfc(value) for key, value in asdict(self.meta).items()},
        }

    def to_json(self) -> str:
        """Return the columns as JSON (not yet escaped for a page)."""
        return json.dumps(
            self.to_columns(), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )

    def _organization_columns(self) -> Columns:
        sectors = _numbered("sector", self.sectors)
        columns = _columns(Organization, self.organizations)
        columns["sector"] = [
            -1 if row.sector is None else sectors[row.sector] for row in self.organizations
        ]
        columns["degree"] = list(self.degrees)
        return columns

    def _tie_columns(self, evidence: Sequence[EvidenceItem]) -> Columns:
        columns = _columns(Tie, self.ties)
        numbers = {item: number for number, item in enumerate(evidence)}
        kinds = {kind: number for number, kind in enumerate(TieKind)}
        columns["source"] = [self.positions[tie.source] for tie in self.ties]
        columns["target"] = [self.positions[tie.target] for tie in self.ties]
        columns["kind"] = [kinds[tie.kind] for tie in self.ties]
        columns["evidence"] = [[numbers[item] for item in tie.evidence] for tie in self.ties]
        columns["from"] = columns.pop("since")
        return columns


Row: TypeAlias = Organization | Tie | EvidenceItem | Document | Sector


def _numbered(what: str, rows: Iterable[Organization | Document | Sector]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row.id in numbers:
            raise ValueError(f"{what} {row.id!r} appears twice")
        numbers[row.id] = number
    return numbers


def _known(numbers: Mapping[str, int], identifier: str, where: str) -> None:
    if identifier not in numbers:
        raise ValueError(f"{where}: {identifier!r} is not among the rows")


def _columns(row_type: type[Row], rows: Sequence[Row]) -> Columns:
    names = row_type.__dataclass_fields__
    return {name: [_nfc(getattr(row, name)) for row in rows] for name in names}


def _nfc(value: Json) -> Json:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, tuple):
        return [_nfc(item) for item in value]
    return value
