"""An ecosystem: a folder of tables with a sidecar, or a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.linking import Identity
from graph.record import Location, Record
from graph.schema import Schema
from loaders.identity import read_identity
from loaders.sidecar import FILE_NAME, Sidecar, read_sidecar
from loaders.tables import read_table
from loaders.workbook import read_workbook

FILE_LIMIT = 512
"""The largest file that is read, in MB."""


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """The sidecar, all records, the identity decisions, and what was wrong with the files."""

    sidecar: Sidecar
    records: list[Record]
    identity: Identity
    faults: list[Diagnostic] = field(default_factory=list)


def shipped_ecosystem() -> Path:
    """Return the folder of the ecosystem that is shipped with the package."""
    return Path(str(files("loaders.ecosystems"))) / "goyang_seoul"


def load_ecosystem(path: Path, schema: Schema) -> Ecosystem:
    """Read an ecosystem; faults of its tables are collected, all of them.

    Raises:
        InputError: the path does not exist, or the sidecar cannot be read.
    """
    if not path.exists():
        raise InputError([Diagnostic("missing_file", Location(str(path)))])
    faults: list[Diagnostic] = []
    if path.is_file():
        sidecar = Sidecar({"ko": path.stem, "en": path.stem}, tuple(schema.tables))
        return Ecosystem(sidecar, list(read_workbook(path, schema, faults)), Identity(), faults)
    sidecar = read_sidecar(path)
    identity = Identity()
    if sidecar.identity:
        identity = read_identity(path / sidecar.identity, faults)
    records = list(_read_tables(path, sidecar, schema, faults))
    faults += _check_counts(sidecar, records)
    return Ecosystem(sidecar, records, identity, faults)


def _read_tables(
    folder: Path, sidecar: Sidecar, schema: Schema, faults: list[Diagnostic]
) -> Iterator[Record]:
    present = {file.stem: file for file in sorted(folder.glob("*.csv"))}
    for name in sorted(set(present) - set(sidecar.tables)):
        faults.append(Diagnostic("unlisted_table", Location(present[name].name)))
    for name in sidecar.tables:
        file = folder / f"{name}.csv"
        table = schema.tables.get(name)
        if table is None:
            names = ", ".join(schema.tables)
            where = Location(FILE_NAME)
            faults.append(
                Diagnostic("unknown_table", where, value=name, arguments={"tables": names})
            )
        elif not file.is_file():
            faults.append(Diagnostic("missing_table", Location(file.name)))
        elif (size := file.stat().st_size >> 20) > FILE_LIMIT:
            sizes = {"size": str(size), "limit": str(FILE_LIMIT)}
            faults.append(Diagnostic("file_too_large", Location(file.name), arguments=sizes))
        else:
            yield from read_table(file, table, schema, faults, sidecar.columns)


def _check_counts(sidecar: Sidecar, records: list[Record]) -> list[Diagnostic]:
    counts = Counter(record.table for record in records)
    faults = []
    for name, bounds in sidecar.expected.items():
        found, least, most = counts[name], bounds.get("min"), bounds.get("max")
        where = Location(f"{name}.csv")
        if least is not None and found < least:
            sizes = {"found": str(found), "expected": str(least)}
            faults.append(Diagnostic("too_few_records", where, arguments=sizes))
        if most is not None and found > most:
            sizes = {"found": str(found), "expected": str(most)}
            faults.append(
                Diagnostic("too_many_records", where, severity="warning", arguments=sizes)
            )
    return faults
