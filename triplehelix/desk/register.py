"""The office register: what an office itself has recorded, as a small ecosystem of tables.

Every row rests on a document of the register, one for each department and day, so that what an
office says stands in a graph of its own. The register may also be edited by hand; tables that the
desk does not write are left as they are.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.mapping import mint_identifier
from graph.names import normalise
from graph.namespaces import ID
from graph.record import Record
from graph.schema import Schema
from graph.yaml_text import read_yaml
from loaders.formulas import guard
from loaders.sidecar import FILE_NAME, read_sidecar
from loaders.tables import read_table

DEPARTMENTS = "other_organizations"
TABLES = ("documents", "agreements", "parties", "terms", "decisions")
"""The tables that the desk writes; departments that no document names stand in one more."""
TITLE = {"ko": "협약 장부", "en": "Office register"}

Cells = dict[str, str]


@dataclass(slots=True)
class Register:
    """Rows by table and identifier: cells by the English name of their column, without blanks."""

    rows: dict[str, dict[str, Cells]] = field(
        default_factory=lambda: {table: {} for table in (*TABLES, DEPARTMENTS)}
    )

    def row(self, table: str, identifier: str) -> Cells:
        """Return the cells of a row, nothing where there is none."""
        return self.rows[table].get(identifier, {})

    def put(self, table: str, identifier: str, cells: Mapping[str, str]) -> None:
        """Write a row in the place of the one that stood there."""
        kept = {key: text for key, text in cells.items() if text}
        self.rows[table][identifier] = {"id": identifier, **kept}

    def remove(self, table: str, identifier: str) -> None:
        """Take a row away, if there is one."""
        self.rows[table].pop(identifier, None)

    def parties(self, agreement: str) -> dict[str, Cells]:
        """Return the rows of the parties of an agreement."""
        rows = self.rows["parties"].items()
        return {key: row for key, row in rows if row.get("agreement") == agreement}


def read_register(folder: Path | None, schema: Schema) -> Register:
    """Return the register of a folder, an empty one where there is no folder.

    Raises:
        InputError: its sidecar or one of its tables cannot be read.
    """
    register = Register()
    if folder is None or not folder.is_dir():
        return register
    listed = read_sidecar(folder).tables
    faults: list[Diagnostic] = []
    for table in (name for name in register.rows if name in listed):
        for record in read_table(folder / f"{table}.csv", schema.tables[table], schema, faults):
            identifier, cells = _identify(record, schema)
            register.put(table, identifier, cells)
    if faults:
        raise InputError(faults)
    return register


def _identify(record: Record, schema: Schema) -> tuple[str, Cells]:
    cells = {key: normalise(text) for key, text in {**record.evidence, **record.values}.items()}
    return cells.get("id") or mint_identifier(schema.tables[record.table], record), cells


def write_register(
    register: Register, folder: Path, schema: Schema, namespace: str = str(ID)
) -> None:
    """Write the tables into a folder; what else stands in it is left as it is.

    The same register gives the same bytes. A text that a spreadsheet would run is kept as a text.
    """
    _drop_empty_documents(register)
    tables = [table for table in register.rows if table in TABLES or register.rows[table]]
    _list_tables(folder, tables, namespace)
    for table in tables:
        rows = register.rows[table]
        used = {key for row in rows.values() for key in row}
        columns = [
            c for c in schema.header(schema.tables[table]) if c.key in used or _is_key(c.key)
        ]
        made = io.StringIO()
        writer = csv.writer(made, lineterminator="\n")
        writer.writerow(column.names["ko"] for column in columns)
        for _, row in sorted(rows.items()):
            writer.writerow(guard(row.get(column.key, "")) for column in columns)
        (folder / f"{table}.csv").write_text(made.getvalue(), encoding="utf-8-sig")


def _is_key(key: str) -> bool:
    return key in ("id", "type", "label", "agreement", "kind", "host", "partner", "document")


def _list_tables(folder: Path, tables: list[str], namespace: str) -> None:
    """Write a sidecar, or add the missing tables to the one that is there."""
    import yaml

    path = folder / FILE_NAME
    if path.is_file():
        told = read_yaml(path.read_text(encoding="utf-8-sig"))
        missing = [table for table in tables if table not in told["tables"]]
        if not missing:
            return
        told["tables"] = [*told["tables"], *missing]
    else:
        told = {"title": TITLE, "tables": tables}
        if namespace != str(ID):
            told["namespace"] = namespace
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _drop_empty_documents(register: Register) -> None:
    """Leave out documents of the desk that no row rests on any more."""
    used = {row.get("document") for rows in register.rows.values() for row in rows.values()}
    documents = register.rows["documents"]
    for identifier in [d for d in documents if is_desk_document(d) and d not in used]:
        del documents[identifier]


def is_desk_document(identifier: str) -> bool:
    """Return whether a document is one that the desk has written.

    >>> is_desk_document("office-gaon-industry-2024-01-05"), is_desk_document("gaon-plan")
    (True, False)
    """
    return bool(re.fullmatch(r"office-.+-\d{4}-\d{2}-\d{2}", identifier))


def mint(kind: str, *parts: str) -> str:
    """Return an identifier made from what tells a row from another.

    >>> mint("decision", "gaon", "nuri")
    'office-decision-1932c67d591a'
    """
    key = "\x1f".join(normalise(part) for part in parts)
    return f"office-{kind}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
