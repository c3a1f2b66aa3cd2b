"""The tables of the map's data: of which rows each is made, and which columns refer to others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from triplehelix.network_map.map_rows import (
    Agreement,
    AgreementState,
    Basis,
    Broker,
    Community,
    Document,
    EvidenceItem,
    Initiative,
    Organization,
    ParentMeasures,
    Place,
    Rung,
    Sector,
    Theme,
    Tie,
    Unit,
)

ROWS: Mapping[str, type[Any]] = {
    "organizations": Organization,
    "ties": Tie,
    "initiatives": Initiative,
    "agreements": Agreement,
    "evidence": EvidenceItem,
    "documents": Document,
    "sectors": Sector,
    "themes": Theme,
    "places": Place,
    "rungs": Rung,
    "bases": Basis,
    "states": AgreementState,
    "communities": Community,
    "units": Unit,
    "parent_measures": ParentMeasures,
    "brokers": Broker,
}
REFERENCES: Mapping[tuple[str, str], str] = {
    ("organizations", "sector"): "sectors",
    ("organizations", "community"): "communities",
    ("organizations", "places"): "places",
    ("initiatives", "themes"): "themes",
    ("initiatives", "places"): "places",
    ("initiatives", "hosts"): "organizations",
    ("ties", "source"): "organizations",
    ("ties", "target"): "organizations",
    ("ties", "rung"): "rungs",
    ("ties", "initiatives"): "initiatives",
    ("ties", "themes"): "themes",
    ("ties", "evidence"): "evidence",
    ("agreements", "state"): "states",
    ("agreements", "parties"): "organizations",
    ("agreements", "evidence"): "evidence",
    ("evidence", "document"): "documents",
    ("evidence", "basis"): "bases",
    ("units", "organization"): "organizations",
    ("units", "parent"): "organizations",
    ("parent_measures", "organization"): "organizations",
    ("brokers", "organization"): "organizations",
    ("brokers", "cut_off"): "organizations",
}
RENAMED = {"since": "from"}
"""What a column is called that Python has another name for."""


def column_name(field: str) -> str:
    """Return what the column of a field is called.

    >>> column_name("since"), column_name("until")
    ('from', 'until')
    """
    return RENAMED.get(field, field)


def has_id(table: str) -> bool:
    """Whether the rows of a table are referred to by an id of their own."""
    return any(field.name == "id" for field in fields(ROWS[table]))


def find_references(table: str, row: Any) -> Iterator[tuple[str, str]]:
    """Yield each table that a row refers to, with the id; evidence is no row with an id."""
    for field, target in _REFERRING[table]:
        value = getattr(row, field)
        for identifier in value if isinstance(value, tuple) else (value,):
            if identifier or (identifier == "" and target in _NEVER_EMPTY):
                yield target, identifier


_NEVER_EMPTY = ("organizations", "sectors")
_REFERRING: Mapping[str, Sequence[tuple[str, str]]] = {
    name: [
        (field, target)
        for (source, field), target in REFERENCES.items()
        if source == name and has_id(target)
    ]
    for name in ROWS
}
