"""The rows of the network map, one kind after another; ids refer from one row to another."""

from dataclasses import dataclass
from enum import StrEnum


class TieKind(StrEnum):
    """How two organisations are tied; the order is the code number in the columns."""

    AGREEMENT = "agreement"
    JOINT_WORK = "joint_work"
    MEETING = "meeting"
    GAP = "gap"
    PLANNED = "planned"


class Level(StrEnum):
    """At which level a row stands; the order is the code number in the columns.

    At unit level every body stands for itself, at parent level for the bodies it is a unit of.
    """

    BOTH = "both"
    UNIT = "unit"
    PARENT = "parent"


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
class Rung:
    """How firm a tie is; the rows go from the weakest to the firmest."""

    id: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of initiatives and agreements."""

    id: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative area."""

    id: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Basis:
    """How a tie follows from a quote, such as stated or inferred; the firmest comes first."""

    id: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class AgreementState:
    """In what state an agreement is on the date of the map, such as in force or expired."""

    id: str
    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Initiative:
    """What organisations take part in; themes, places and hosts are identifiers of rows.

    ``themes`` and ``places`` hold the wider ones, too. ``since`` and ``until`` are as precise as
    stated, or empty. ``money`` is what is printed for it, told in words.
    """

    id: str
    ko: str
    en: str = ""
    event: bool = False
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    money_ko: str = ""
    money_en: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Where a tie is written: a document and a basis by their ids, the lines, a short quote."""

    document: str
    lines: str = ""
    quote: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Community:
    """Organisations that are tied to one another more than to others."""

    id: str
    ko: str
    en: str


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
    places: tuple[str, ...] = ()
    group: bool = False
    community: str | None = None
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of the map. Two ties between the same pair stay two.

    ``initiatives`` are those it stands for, ``themes`` what is said of the tie itself, ``rung`` how
    firm it is. ``since`` and ``until`` are dates as precise as the source states them, or empty.
    ``level``: one that other lines take the place of at parent level stands at unit level only.
    ``ended``: an agreement that is over on the date of the map, for the years before.
    """

    source: str
    target: str
    kind: TieKind
    count: int = 1
    label_ko: str = ""
    label_en: str = ""
    rung: str = ""
    since: str = ""
    until: str = ""
    initiatives: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    level: Level = Level.BOTH
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement of organisations on the map, whether or not a line is drawn for it.

    ``since`` is the stated beginning, or else the signing; ``notice`` the day by which notice must
    be given. ``parties`` are those on the map, with those that are only to join.
    """

    id: str
    ko: str
    en: str = ""
    state: str = ""
    signed: str = ""
    since: str = ""
    until: str = ""
    notice: str = ""
    parties: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that another one stands for at parent level."""

    organization: str
    parent: str


@dataclass(frozen=True, slots=True)
class ParentMeasures:
    """What an organisation measures at parent level, where that is not the same as at unit level.

    The measures are those of :class:`Organization`.
    """

    organization: str
    degree: int = 0
    strength: float = 0.0
    betweenness: float = 0.0


@dataclass(frozen=True, slots=True)
class Broker:
    """How often an organisation stands between two others without a tie, by role, at a level.

    The roles are those of :class:`graph.brokerage.Roles`, by sector; ``cut_off`` are those who are
    cut off from the largest part if it leaves.
    """

    organization: str
    level: Level = Level.BOTH
    coordinator: int = 0
    itinerant: int = 0
    gatekeeper: int = 0
    representative: int = 0
    liaison: int = 0
    cut_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands around the map: its title, the date it speaks for, and its sources."""

    title_ko: str
    title_en: str
    as_of: str = ""
    source_ko: str = ""
    source_en: str = ""
