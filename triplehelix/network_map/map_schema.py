"""The published form of the map's data: a JSON Schema, made from the rows, and its reading.

Each table is an object of columns of equal length. A reference is the number of a row in another
table, -1 for none. See https://json-schema.org/draft/2020-12.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields
from typing import Any

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import EvidenceItem, Level, Meta, TieKind
from triplehelix.network_map.map_tables import REFERENCES, ROWS, column_name

_TYPES: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    int | None: {"type": "integer"},
    float: {"type": "number"},
    float | None: {"type": ["number", "null"]},
    tuple[str, ...]: {"type": "array", "items": {"type": "string"}},
}
_CODES = (TieKind, Level)
"""What is written as the number of its place among all that there are."""


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema of :meth:`MapData.to_columns`.

    >>> make_schema()["properties"]["documents"]["required"]
    ['id', 'ko', 'en']
    """
    tables = {
        name: _object({column_name(f.name): _array(name, f) for f in fields(ROWS[name])})
        for name in ROWS
    }
    meta = _object({f.name: {"type": "string"} for f in fields(Meta)})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Network map: one list per column; references are numbers of rows, -1 for none",
        **_object({**tables, "meta": meta}),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    required = list(properties)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _array(table: str, field: "Field[Any]") -> dict[str, Any]:
    target = REFERENCES.get((table, field.name))
    if field.type in _CODES:
        codes: list[str] = [str(code) for code in field.type]
        items: dict[str, Any] = {
            "enum": list(range(len(codes))),
            "description": ", ".join(f"{number}: {code}" for number, code in enumerate(codes)),
        }
    elif target is None:
        items = dict(_TYPES[field.type])
    else:
        number = {"type": "integer", "minimum": -1, "description": f"a row of {target}"}
        items = {"type": "array", "items": number} if _is_many(field) else number
    return {"type": "array", "items": items}


def _is_many(field: "Field[Any]") -> bool:
    return str(field.type).startswith("tuple")


def read_map(text: str) -> MapData:
    """Return the map of the JSON that :meth:`MapData.to_json` wrote.

    Raises:
        ValueError: it is no JSON, a table or column is missing, or a reference leads nowhere.

    >>> from triplehelix.network_map.map_rows import Meta, Organization
    >>> data = MapData(Meta("지도", "Map"), (Organization("a", "가", degree=0),))
    >>> read_map(data.to_json()) == data
    True
    """
    columns = json.loads(text)
    try:
        read = {name: _read_rows(name, columns) for name in ROWS}
        meta = Meta(**columns["meta"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no map: {error}") from error
    evidence = read.pop("evidence")
    for name in ("ties", "agreements"):
        read[name] = [_with_evidence(row, evidence) for row in read[name]]
    rows = {name: tuple(ROWS[name](**row) for row in table) for name, table in read.items()}
    ties = rows.pop("ties")
    return MapData(
        meta,
        ties=tuple(t for t in ties if t.level is not Level.PARENT and not t.ended),
        parent_ties=tuple(t for t in ties if t.level is Level.PARENT and not t.ended),
        ended_ties=tuple(t for t in ties if t.ended),
        **rows,
    )


def _read_rows(table: str, columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    named = {f.name: (f, columns[table][column_name(f.name)]) for f in fields(ROWS[table])}
    count = len(next(iter(named.values()))[1])
    if any(len(values) != count for _, values in named.values()):
        raise ValueError(f"no map: columns of {table} differ in length")
    return [
        {name: _read_value(table, f, values[at], columns) for name, (f, values) in named.items()}
        for at in range(count)
    ]


def _read_value(table: str, field: "Field[Any]", value: Any, columns: Mapping[str, Any]) -> Any:
    target = REFERENCES.get((table, field.name))
    if field.type in _CODES:
        codes: Sequence[Any] = list(field.type)  # type: ignore[arg-type]
        return codes[value]
    if target == "evidence":
        return value
    if target is None:
        return tuple(value) if isinstance(value, list) else value
    ids: Sequence[str] = columns[target]["id"]
    if _is_many(field):
        return tuple(ids[number] for number in value)
    nothing = None if field.default is None or field.default is MISSING else field.default
    return nothing if value == -1 else ids[value]


def _with_evidence(row: dict[str, Any], evidence: Sequence[dict[str, Any]]) -> dict[str, Any]:
    items = tuple(EvidenceItem(**evidence[number]) for number in row["evidence"])
    return {**row, "evidence": items}
