"""From records to drafts of what they say: literals and codes are read, references still names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from urllib.parse import quote

from graph.cells import (
    DASHES,
    CellError,
    find_choice,
    format_decimal,
    literal,
    read_literal,
    read_number,
)
from graph.diagnostics import Diagnostic
from graph.names import fold_digits, normalise
from graph.namespaces import ID
from graph.record import Location, Record
from graph.schema import Column, Schema, Table

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell that names another record, not yet resolved."""

    predicate: str
    name: str
    column: Column


@dataclass(slots=True)
class Draft:
    """What one record says about one thing."""

    iri: str
    table: str
    location: Location
    statements: list[tuple[str, str]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The drafts of all records, and what could not be read."""

    drafts: list[Draft]
    diagnostics: list[Diagnostic]


def map_records(records: Iterable[Record], schema: Schema, namespace: str = str(ID)) -> Mapping:
    """Return the drafts of records; every fault of every cell is kept, none raised."""
    result = Mapping([], [])
    seen: dict[str, Location] = {}
    for record in records:
        for draft in _map_record(record, schema, namespace, result.diagnostics):
            if (first := seen.setdefault(draft.iri, draft.location)) is draft.location:
                result.drafts.append(draft)
            else:
                result.diagnostics.append(_duplicate(record, schema, draft, first, namespace))
    return result


def _duplicate(
    record: Record, schema: Schema, draft: Draft, first: Location, namespace: str
) -> Diagnostic:
    column = schema.tables[record.table].column("id")
    where = f"{first.sheet or first.file}:{first.row}"
    return Diagnostic(
        "duplicate_identifier",
        draft.location,
        column.names if column else {},
        draft.iri.removeprefix(namespace),
        arguments={"first": where},
    )


def _map_record(
    record: Record, schema: Schema, namespace: str, faults: list[Diagnostic]
) -> Iterator[Draft]:
    table = schema.tables[record.table]
    identifier = normalise(record.values.get("id", "")) or mint_identifier(table, record)
    draft = Draft(mint_iri(namespace, identifier), table.name, record.location)
    _fill(draft, table, {**record.values, "id": identifier}, faults)
    yield draft
    if table.inlined and any(record.evidence.values()):
        other = schema.tables[table.inlined]
        values = {**record.evidence, other.owner: identifier}
        inlined = Record(other.name, values, location=record.location)
        yield from _map_record(inlined, schema, namespace, faults)


def mint_iri(namespace: str, identifier: str) -> str:
    """Return the IRI of an identifier; what an IRI cannot hold is escaped.

    >>> mint_iri("https://example.org/", "drone centre")
    'https://example.org/drone%20centre'
    """
    plain = _PLAIN.fullmatch(identifier)
    return namespace + (identifier if plain else quote(identifier, safe=""))


def mint_identifier(table: Table, record: Record) -> str:
    """Return an identifier made from the cells that tell one row of a table from another.

    The same cells give the same identifier in every build; without such cells it is empty.
    """
    if not table.minted_from:
        return ""
    cells = {**record.evidence, **record.values}
    key = "\x1f".join(normalise(cells.get(name, "")) for name in table.minted_from)
    return f"{table.name.replace('_', '-')}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _fill(draft: Draft, table: Table, values: dict[str, str], faults: list[Diagnostic]) -> None:
    if table.column("type") is None:
        draft.statements.append((RDF_TYPE, _term(table.classes[0])))
    for column in table.columns:
        cell = values.get(column.key)
        if not (cell and (text := normalise(cell))):
            if column.default:
                draft.statements.append((_term(column.path), _term(column.default)))
            elif column.required:
                faults.append(_fault("missing_value", draft, column, ""))
            continue
        for part in split_cell(column, text):
            try:
                _read_cell(draft, table, column, part, values)
            except CellError as error:
                faults.append(_fault(error.code, draft, column, part, error.arguments))


@cache
def _term(iri: str) -> str:
    """Return an IRI of the schema as N-Triples writes it: one string for all triples."""
    return f"<{iri}>"


def split_cell(column: Column, text: str) -> list[str]:
    """Return the values of a cell: several when the column allows it."""
    if not column.multiple:
        return [text]
    return [part for piece in text.split(column.separator) if (part := piece.strip())]


def _fault(
    code: str, draft: Draft, column: Column, value: str, arguments: dict[str, str] | None = None
) -> Diagnostic:
    return Diagnostic(
        code, draft.location, column.names, value, arguments=arguments or {}, remedy=column.messages
    )


def _read_cell(
    draft: Draft, table: Table, column: Column, text: str, values: dict[str, str]
) -> None:
    predicate = _term(column.path)
    if column.kind == "identifier":
        draft.statements.append((predicate, read_literal(column, text)))
    elif column.kind in ("type", "code"):
        draft.statements.append((predicate, _term(find_choice(column, text).iri)))
    elif column.kind == "reference":
        draft.references.append(Reference(predicate, text, column))
    elif column.printed_as:
        _read_quantity(draft, table, column, text, values)
    else:
        draft.statements.append((predicate, read_literal(column, text)))
    if column.key in ("label", "label_en", "alias"):
        draft.names.append(text)


def _read_quantity(
    draft: Draft, table: Table, column: Column, text: str, values: dict[str, str]
) -> None:
    """Keep a quantity as printed, and as a number unless a dash is printed."""
    draft.statements.append((_term(column.printed_as), literal(text)))
    if fold_digits(text) in DASHES:
        return
    number = read_number(text)
    scale = table.column(column.scaled_by) if column.scaled_by else None
    if scale and (unit := normalise(values.get(scale.key, ""))):
        number *= Decimal(find_choice(scale, unit).factor or "1")
    draft.statements.append((_term(column.path), literal(format_decimal(number), "decimal")))
