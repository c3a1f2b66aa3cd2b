"""The way back of a workbook: what it would change, and how that is recorded and built.

The register is written aside and the build is made from it; both are moved into place when all
went well, else both stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.cells import CellError
from graph.diagnostics import Diagnostic, InputError
from graph.gaps import find_gaps
from graph.namespaces import ID, slug
from graph.record import Location
from loaders.sidecar import FILE_NAME, read_sidecar
from triplehelix.desk.journal import add_entries
from triplehelix.desk.newer_documents import find_newer
from triplehelix.desk.opening import find_manifest, open_desk
from triplehelix.desk.recording import Stamp, record_plan
from triplehelix.desk.register import write_register
from triplehelix.desk.register_lock import hold_register
from triplehelix.desk.workbook_changes import compare
from triplehelix.desk.workbook_columns import tell
from triplehelix.desk.workbook_plan import Plan
from triplehelix.desk.workbook_reading import Filled, Problem, read_desk
from triplehelix.desk.workbook_rows import Desk
from triplehelix.desk.workbook_values import Values
from triplehelix.manifest import Manifest, Register
from triplehelix.outputs import other_process
from triplehelix.pipeline import build
from triplehelix.replacement import replace_folder


@dataclass(frozen=True, slots=True)
class Import:
    """A workbook held against a build: what would change, and by whom and when."""

    folder: Path
    manifest: Manifest
    filled: Filled
    desk: Desk
    plan: Plan
    stamp: Stamp

    @property
    def register(self) -> Path:
        """The folder of the register; the first import makes one beside the build."""
        home = self.manifest.office or self.folder.absolute().parent / "office"
        return home.resolve()


@dataclass(frozen=True, slots=True)
class Effect:
    """What recording did to the gaps of the host: partners whose gap closed, was waived, opened."""

    closed: tuple[str, ...]
    waived: tuple[str, ...]
    opened: tuple[str, ...]


def plan_import(path: Path, folder: Path, department: str, day: date, language: str) -> Import:
    """Return what importing a workbook into a build would do; nothing is written.

    ``department`` is who records; without it what the workbook names.

    Raises:
        InputError: the workbook or the build cannot be read.
    """
    filled = read_desk(path)
    desk = open_desk(folder, filled.host, filled.on, language)
    plan = compare(filled, desk)
    stamp = _make_stamp(department or filled.department, desk, day, filled, plan)
    plan.problems += find_newer(plan, desk, day, filled.file)
    return Import(folder, find_manifest(folder), filled, desk, plan, stamp)


def _make_stamp(name: str, desk: Desk, day: date, filled: Filled, plan: Plan) -> Stamp:
    """Return who records and when; a department need not be a record of the graph."""
    values = Values(desk.holdings, desk.schema, filled.language)
    guide = Location(filled.file, sheet=tell("sheet_guide", filled.language))
    if not name:
        plan.problems.append(Problem(Diagnostic("department_needed", guide), "B4"))
    try:
        record = values.departments.find(name)
    except CellError as error:
        if error.code == "ambiguous_reference":
            fault = Diagnostic(error.code, guide, value=name, arguments=error.arguments)
            plan.problems.append(Problem(fault, "B4"))
        return Stamp(name, "", day)
    bodies = desk.holdings.organizations.values()
    return Stamp(next(o.label("ko") for o in bodies if o.id == record), record, day)


def record_import(asked: Import, progress: Callable[[str], None]) -> Effect:
    """Record what a workbook changes, build again, and return what became of the gaps.

    Raises:
        InputError: the register cannot be written there, another import is writing or has
            written it, or the build has violations; register and build stay as they were.
    """
    manifest, home, desk = asked.manifest, asked.register, asked.desk
    if home.exists() and any(home.iterdir()) and not (home / FILE_NAME).is_file():
        raise InputError([Diagnostic("foreign_register", Location(str(home)))])
    register = deepcopy(desk.register)
    entries = record_plan(register, asked.plan, slug(desk.host), asked.stamp)
    held = hold_register(home, desk.register, desk.schema)
    with held, replace_folder(home, copy=True) as fresh:
        write_register(register, fresh, desk.schema, _namespace(manifest))
        add_entries(fresh, entries)
        build(
            manifest.ecosystem,
            asked.folder,
            on=manifest.on,
            progress=progress,
            aside=other_process(),
            store=manifest.store,
            office=Register(fresh, home),
        )
    after = open_desk(asked.folder, slug(desk.host), desk.on, desk.language)
    return _compare_gaps(desk, after)


def _namespace(manifest: Manifest) -> str:
    is_folder = manifest.ecosystem.is_dir()
    return read_sidecar(manifest.ecosystem).namespace if is_folder else str(ID)


def _compare_gaps(before: Desk, after: Desk) -> Effect:
    was, now = _read_gaps(before), _read_gaps(after)
    was_open = {partner for partner, waived in was.items() if not waived}
    now_open = {partner for partner, waived in now.items() if not waived}
    names = {o.id: o.label(after.language) for o in after.holdings.organizations.values()}

    def call(partners: set[str]) -> tuple[str, ...]:
        return tuple(sorted(names[partner] for partner in partners))

    return Effect(
        closed=call(was_open - now.keys()),
        waived=call((was_open & now.keys()) - now_open),
        opened=call(now_open - was_open),
    )


def _read_gaps(desk: Desk) -> dict[str, bool]:
    found = find_gaps(desk.holdings, desk.on, host=desk.host)
    return {gap.partner.id: gap.waived for gap in found}
