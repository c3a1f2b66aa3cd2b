"""How what people changed in a workbook is written into the register."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from triplehelix.desk.journal import Entry
from triplehelix.desk.register import DEPARTMENTS, Register, mint
from triplehelix.desk.workbook_columns import tell
from triplehelix.desk.workbook_faults import INTENDED
from triplehelix.desk.workbook_plan import Edit, Plan
from triplehelix.desk.workbook_rows import DATES, decision_id, term_id
from triplehelix.desk.workbook_values import split

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who records and when: the department by its name, and as a record where it is one."""

    department: str
    record: str
    day: date

    @property
    def document(self) -> str:
        """The document that the rows of this department and day rest on.

        >>> Stamp("산업지원과", "gaon-industry", date(2024, 1, 5)).document
        'office-gaon-industry-2024-01-05'
        """
        named = self.record or self.department.lower()
        known = named if _PLAIN.fullmatch(named) else mint("department", named)[len("office-") :]
        return f"office-{known}-{self.day.isoformat()}"


def record_plan(register: Register, plan: Plan, host: str, stamp: Stamp) -> list[Entry]:
    """Write rows of a host into a register, and return what its journal is to say."""
    entries: list[Entry] = []
    register.put("documents", stamp.document, _document(stamp))
    for key, name in plan.departments.items():
        about = {"type": "Department", "label": name, "unit_of": host}
        evidence = {"document": stamp.document, "locator": name}
        register.put(DEPARTMENTS, key, {**about, **evidence})
    for edit in plan.edits:
        first = edit.changes[0]
        evidence = {"document": stamp.document, "locator": f"{first.sheet}!{first.place}"}
        if edit.sheet == "work":
            _write_decision(register, edit, host, {**evidence, "decided": stamp.day.isoformat()})
        elif edit.sheet == "agreements":
            _write_agreement(register, edit, host, evidence)
        else:
            _write_renewal(register, edit, evidence)
        entries += [
            Entry(
                stamp.day.isoformat(),
                stamp.department,
                stamp.document,
                f"{change.sheet}!{change.place}",
                change.record,
                change.column,
                change.before,
                change.after,
            )
            for change in edit.changes
        ]
    return entries


def _document(stamp: Stamp) -> dict[str, str]:
    named = {"department": stamp.department, "date": stamp.day.isoformat()}
    return {
        "type": "Document",
        "label": tell("document_label", "ko", **named),
        "label_en": tell("document_label", "en", **named),
        "publisher": stamp.record,
        "issued": stamp.day.isoformat(),
    }


def _write_decision(register: Register, edit: Edit, host: str, evidence: Mapping[str, str]) -> None:
    key = decision_id(host, edit.key)
    if edit.is_removal:
        register.remove("decisions", key)
        return
    register.put("decisions", key, {"host": host, "partner": edit.key, **edit.cells, **evidence})


def _write_agreement(
    register: Register, edit: Edit, host: str, evidence: Mapping[str, str]
) -> None:
    if edit.is_new or register.row("agreements", edit.key):
        _write_own_agreement(register, edit, host, evidence)
    else:
        dates = {column: _beside(edit, column) for column in (*DATES, "notice_days")}
        _write_term(register, edit.key, "original", dates, evidence)
    ended = {"until": _beside(edit, "terminated")}
    _write_term(register, edit.key, "termination", ended, evidence)


def _beside(edit: Edit, column: str) -> str:
    """Return what an office says beside the documents: nothing where it says the same."""
    value = edit.cells.get(column, "")
    return "" if value == edit.stated.get(column) else value


def _write_own_agreement(
    register: Register, edit: Edit, host: str, evidence: Mapping[str, str]
) -> None:
    for party in register.parties(edit.key):
        register.remove("parties", party)
    if edit.is_removal:
        register.remove("agreements", edit.key)
        for key in [k for k, row in register.rows["terms"].items() if row["agreement"] == edit.key]:
            register.remove("terms", key)
        return
    columns = ("label", "type", "subject", *DATES, "notice_days")
    cells = {column: edit.cells.get(column, "") for column in columns}
    register.put("agreements", edit.key, {**cells, **evidence})
    role = "prospective_party" if cells["type"] == INTENDED else "party"
    for body in (host, *split(edit.cells["partners"])):
        row = {"agreement": edit.key, role: body, "capacity": "party"}
        register.put("parties", mint("party", edit.key, body), {**row, **evidence})


def _write_term(
    register: Register,
    agreement: str,
    kind: str,
    cells: Mapping[str, str],
    evidence: Mapping[str, str],
) -> None:
    """Write what an office says of the dates of an agreement; an unchanged row is left alone."""
    key = term_id(kind, agreement)
    before = register.row("terms", key)
    if not any(cells.values()):
        register.remove("terms", key)
    elif any(value != before.get(column, "") for column, value in cells.items()):
        register.put("terms", key, {"agreement": agreement, "kind": kind, **cells, **evidence})


def _write_renewal(register: Register, edit: Edit, evidence: Mapping[str, str]) -> None:
    dates = {column: edit.cells.get(column, "") for column in DATES}
    if not any(dates.values()):
        register.remove("terms", edit.key)
        return
    agreement = edit.cells.get("agreement") or register.row("terms", edit.key)["agreement"]
    row = {"agreement": agreement, "kind": "renewal", **dates}
    register.put("terms", edit.key, {**row, **evidence})
