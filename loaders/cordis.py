"""CORDIS, the projects of the EU framework programmes: who takes part in what, and of which sector.

Two layouts of the open data, plain or packed with gzip: the tables of organisations (a row for each
participation, with the official type of the body) and of projects; and the bare list of pairs in
which the whole of FP7 is kept. Contact data are not read.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph.diagnostics import Diagnostic, Severity
from graph.projection import join_modes
from graph.record import Location, Record

if TYPE_CHECKING:
    import networkx as nx

SECTORS = {"HES": "academia", "PRC": "industry", "REC": "research", "PUB": "government", "OTH": ""}
"""The sector of each official type of body; "other" is none of ours."""

SIZE_LIMIT = 200 * 1024 * 1024

_PARTICIPATION = ("projectID", "organisationID", "name", "activityType", "country")
_PROJECT = (
    "project_id",
    "project_acronym",
    "framework_programme",
    "thematic_priority",
    "start_date",
    "end_date",
)
_PAIR = ("projectRcn", "new_org_id")
_IDENTIFIERS = {
    "organization": re.compile(r"([0-9]{1,10}|[0-9a-f]{32})(?:\.0)?"),
    "project": re.compile(r"([0-9]{1,10})"),
}


def read_cordis(organizations: Path, projects: Path, faults: list[Diagnostic]) -> nx.Graph[str]:
    """Return the two-mode network of both tables; what is wrong is added to the faults.

    Organisations (``organization/…``) carry ``label``, ``country`` and ``sector``, which is blank
    where the type is "other" or not told; projects (``project/…``) carry ``label``, ``programme``,
    ``theme``, ``start`` and ``end``. A row without the identifier of the body is left out with a
    warning. Where rows tell different types of a body, the most frequent counts (of equal ones the
    first by name), with a warning.
    """
    known = {
        node: {
            "label": record.values["project_acronym"],
            "programme": record.values["framework_programme"],
            "theme": record.values["thematic_priority"],
            "start": record.values["start_date"],
            "end": record.values["end_date"],
        }
        for record in read_rows(projects, "project", _PROJECT, faults)
        if (node := _identify(record, "project_id", faults))
    }
    bodies: dict[str, list[Record]] = defaultdict(list)
    pairs: list[tuple[str, str]] = []
    for record in read_rows(organizations, "organization", _PARTICIPATION, faults):
        project = _identify(record, "projectID", faults)
        body = _identify(record, "organisationID", faults)
        if project and project not in known:
            faults.append(_fault("unknown_reference", record, "projectID", hint=""))
        elif project and body:
            bodies[body].append(record)
            pairs.append((body, project))
    described = {body: _describe(records, faults) for body, records in bodies.items()}
    return join_modes(pairs, described, known)


def read_pairs(path: Path, faults: list[Diagnostic]) -> nx.Graph[str]:
    """Return the two-mode network of a list of pairs; what is wrong is added to the faults."""
    pairs: list[tuple[str, str]] = []
    for record in read_rows(path, "pair", _PAIR, faults):
        body = _identify(record, "new_org_id", faults)
        project = _identify(record, "projectRcn", faults)
        if body and project:
            pairs.append((body, project))
    bodies: dict[str, dict[str, str]] = {body: {} for body, _ in pairs}
    projects: dict[str, dict[str, str]] = {project: {} for _, project in pairs}
    return join_modes(pairs, bodies, projects)


def read_rows(
    path: Path, table: str, columns: Sequence[str], faults: list[Diagnostic]
) -> Iterator[Record]:
    """Yield the records of a file, with the columns asked for; what is wrong becomes a fault."""
    text = _read_text(path, faults)
    if text is None:
        return
    name, number = path.name, 0
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        places = _find_columns(header, columns, Location(name, 1), faults)
        if not places:
            return
        for number, cells in enumerate(rows, start=2):
            location = Location(name, number)
            if len(cells) > len(header):
                sizes = {"found": str(len(cells)), "expected": str(len(header))}
                faults.append(Diagnostic("too_many_cells", location, arguments=sizes))
            elif any(cells):
                cells += [""] * (len(header) - len(cells))
                values = {column: cells[place] for column, place in places.items()}
                yield Record(table, values, location=location)
    except csv.Error as error:
        location = Location(name, number + 1)
        faults.append(Diagnostic("broken_csv", location, arguments={"reason": str(error)}))


def _read_text(path: Path, faults: list[Diagnostic]) -> str | None:
    """Return the text of a file, or nothing and a fault."""
    where = Location(path.name)
    if not path.is_file():
        faults.append(Diagnostic("missing_file", where))
        return None
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = stream.read(SIZE_LIMIT + 1)
        if len(content) <= SIZE_LIMIT:
            return unicodedata.normalize("NFC", content.decode("utf-8-sig"))
        limit = str(SIZE_LIMIT >> 20)
        sizes = {"size": f"{limit}+", "limit": limit}
        faults.append(Diagnostic("file_too_large", where, arguments=sizes))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        faults.append(Diagnostic("broken_csv", where, arguments={"reason": str(error)}))
    except UnicodeDecodeError as error:
        arguments = {"offset": str(error.start)}
        faults.append(Diagnostic("unknown_encoding", where, arguments=arguments))
    return None


def _find_columns(
    header: Sequence[str], columns: Sequence[str], where: Location, faults: list[Diagnostic]
) -> dict[str, int]:
    """Return where the columns stand, or nothing and a fault for each that is missing."""
    if not any(header):
        faults.append(Diagnostic("empty_table", Location(where.file)))
        return {}
    absent = [column for column in columns if column not in header]
    faults += [Diagnostic("missing_column", where, {"ko": c, "en": c}) for c in absent]
    return {} if absent else {column: header.index(column) for column in columns}


def _identify(record: Record, column: str, faults: list[Diagnostic]) -> str:
    """Return the node of an identifier, or nothing and a fault."""
    mode = "organization" if "org" in column else "project"
    written = record.values[column].strip()
    if not written:
        faults.append(_fault("missing_value", record, column, severity="warning"))
        return ""
    # A table that went through a data frame has identifiers like 999886574.0.
    if found := _IDENTIFIERS[mode].fullmatch(written):
        return f"{mode}/{found[1]}"
    faults.append(_fault("wrong_identifier", record, column))
    return ""


def _describe(records: Sequence[Record], faults: list[Diagnostic]) -> Mapping[str, str]:
    """Return the attributes of a body from the rows that tell of it."""
    for record in records:
        if record.values["activityType"] not in {"", *SECTORS}:
            faults.append(_fault("wrong_code", record, "activityType", allowed=", ".join(SECTORS)))
    types = Counter(
        type_ for record in records if (type_ := record.values["activityType"]) in SECTORS
    )
    if len(types) > 1:
        values = {"activityType": ", ".join(sorted(types))}
        told = Record("organization", values, location=records[0].location)
        faults.append(_fault("too_many_values", told, "activityType", severity="warning"))
    frequent = min(types, key=lambda type_: (-types[type_], type_), default="")
    first = records[0].values
    return {
        "label": first["name"],
        "country": first["country"],
        "sector": SECTORS.get(frequent, ""),
    }


def _fault(
    code: str, record: Record, column: str, *, severity: Severity = "violation", **arguments: str
) -> Diagnostic:
    return Diagnostic(
        code,
        record.location,
        {"ko": column, "en": column},
        record.values[column],
        severity,
        arguments,
    )
