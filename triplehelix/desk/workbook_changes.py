"""What people changed in a workbook, against what it showed and what is recorded by now.

A cell was changed where it differs from what the workbook showed when it was made. A row that
somebody else changed meanwhile is a conflict: it is told, never overwritten. What is recorded
already is no change, so that a workbook may be imported twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.cells import CellError
from graph.diagnostics import Diagnostic, Severity
from graph.namespaces import slug
from loaders.spreadsheet import Cell
from triplehelix.desk.register import mint
from triplehelix.desk.workbook_columns import SHEETS, Column, SheetKey, heading, note, tell
from triplehelix.desk.workbook_export import mark
from triplehelix.desk.workbook_faults import MEMORANDUM, find_faults
from triplehelix.desk.workbook_plan import Change, Conflict, Edit, Plan
from triplehelix.desk.workbook_reading import LANGUAGES, Filled, FilledRow, Problem
from triplehelix.desk.workbook_rows import Desk, Row, Rows, read_agreement
from triplehelix.desk.workbook_values import Values, split


def compare(filled: Filled, desk: Desk) -> Plan:
    """Return what a workbook would change at a desk, in the order of its sheets and rows."""
    comparison = _Comparison(filled, desk)
    for sheet in SHEETS:
        comparison.compare_sheet(sheet)
    return comparison.plan


class _Comparison:
    def __init__(self, filled: Filled, desk: Desk) -> None:
        self.filled, self.desk = filled, desk
        self.rows: Rows = desk.read_rows()
        self.values = Values(desk.holdings, desk.schema, filled.language)
        self.plan = Plan(problems=list(filled.problems))

    def compare_sheet(self, sheet: SheetKey) -> None:
        seen: set[str] = set()
        for row in self.filled.rows[sheet]:
            if row.key in seen:
                self._complain("duplicate_row", sheet, row, "id", row.key)
            elif row.key in self.filled.base[sheet]:
                self._compare_row(sheet, row)
            elif row.key or sheet == "work":
                self._complain("unknown_row", sheet, row, "id", row.key)
            elif key := self._add_row(sheet, row, seen):
                seen.add(key)
            seen |= {row.key} - {""}

    def _compare_row(self, sheet: SheetKey, row: FilledRow) -> None:
        base, known = self.filled.base[sheet][row.key], self.rows[sheet].get(row.key)
        self._find_edited(sheet, row, base.shown)
        here = self._read_cells(sheet, row, base.cells)
        if here is None:
            return
        if known is None:
            if any(here[c] != base.cells[c] for c in here):
                self._complain("row_gone", sheet, row, "id", row.key)
            return
        for column, value in here.items():
            # Clearing what the office wrote leaves what the documents state.
            if not value and base.cells[column] != known.stated.get(column, ""):
                here[column] = known.stated.get(column, "")
        changed = {c for c in here if here[c] != base.cells[c]}
        pending = {c for c in changed if here[c] != known.cells.get(c, "")}
        others = {
            c
            for c, shown in base.cells.items()
            if known.cells.get(c, "") not in (shown, here.get(c, shown) if c in changed else shown)
        }
        if pending and others:
            self._tell_conflict(sheet, row, pending | others, base.cells, here, known.cells)
        elif pending:
            self._edit(sheet, row, known, here, pending)

    def _edit(
        self, sheet: SheetKey, row: FilledRow, known: Row, here: dict[str, str], pending: set[str]
    ) -> None:
        refused = [c for c in pending if not here[c] and known.stated.get(c)]
        for column in refused:
            shown = self.values.show(_named(sheet, column), known.stated[column])
            self._complain("stated_value", sheet, row, column, shown)
        cells = {c: known.cells.get(c, "") for c in known.editable} | here
        if refused or not self._check(sheet, row, cells, is_new=False):
            return
        self._tell_department(sheet, row, here.get("department", ""))
        changes = self._changes(sheet, row, known.key, known.name, known.cells, here, pending)
        self.plan.edits.append(Edit(sheet, known.key, cells, changes, known.stated))

    def _tell_department(self, sheet: SheetKey, row: FilledRow, department: str) -> None:
        """Tell of a department that is recorded for the first time: it may be a slip."""
        if name := self.values.new_departments.get(department):
            self.plan.departments[department] = name
            self._complain("new_department", sheet, row, "department", name, severity="warning")

    def _add_row(self, sheet: SheetKey, row: FilledRow, seen: set[str]) -> str:
        """Plan a new row; return its identifier, nothing where it is empty or wrong."""
        blank = {column.key: "" for column in SHEETS[sheet] if column.editable}
        cells = self._read_cells(sheet, row, blank)
        if cells is None or not any(cells.values()):
            return ""
        cells = {**blank, **cells}
        if not self._check(sheet, row, cells, is_new=True):
            return ""
        key, name = self._identify(sheet, cells)
        if key in seen:
            self._complain("duplicate_row", sheet, row, "id", name)
            return ""
        recorded = self._recorded(sheet, key)
        pending = {c for c, value in cells.items() if value != recorded.get(c, "")}
        if recorded and pending:
            self._tell_conflict(sheet, row, pending, blank, cells, recorded)
        elif pending:
            changes = self._changes(sheet, row, key, name, {}, cells, pending)
            self.plan.edits.append(Edit(sheet, key, cells, changes, is_new=True))
        return key

    def _identify(self, sheet: SheetKey, cells: dict[str, str]) -> tuple[str, str]:
        """Return the identifier of a new row and its name; missing cells get what is usual."""
        if sheet == "renewals":
            start = cells["from"] or cells["signed"] or cells["until"]
            name = self.values.agreements.show(cells["agreement"])
            return mint("renewal", cells["agreement"], start), name
        cells["type"] = cells["type"] or MEMORANDUM
        named = cells["label"]
        if not named:
            bodies = [slug(self.desk.host), *split(cells["partners"])]
            parties = "–".join(self._name_body(body) for body in bodies)
            cells["label"] = tell("made_name", self.filled.language, parties=parties)
        about = cells["subject"] or named
        key = mint("agreement", slug(self.desk.host), cells["partners"], about)
        return key, cells["label"]

    def _name_body(self, identifier: str) -> str:
        bodies = self.desk.holdings.organizations.values()
        return next(o.label(self.filled.language) for o in bodies if o.id == identifier)

    def _recorded(self, sheet: SheetKey, key: str) -> Mapping[str, str]:
        register = self.desk.register
        if sheet == "renewals":
            return register.row("terms", key)
        if not register.row("agreements", key):
            return {}
        return read_agreement(register, key, slug(self.desk.host))

    def _read_cells(
        self, sheet: SheetKey, row: FilledRow, wanted: Iterable[str]
    ) -> dict[str, str] | None:
        """Return what the cells of some columns mean; nothing where one cannot be read."""
        found: dict[str, str] = {}
        faults = 0
        for column in SHEETS[sheet]:
            if column.key not in wanted or column.key not in self.filled.columns[sheet]:
                continue
            cell = row.cells.get(column.key, Cell("", ""))
            try:
                if cell.is_formula:
                    raise CellError("formula_cell")
                found[column.key] = self.values.read(column, cell.text)
            except CellError as error:
                faults += 1
                self._complain(error.code, sheet, row, column.key, cell.text, error.arguments)
        return None if faults else found

    def _find_edited(self, sheet: SheetKey, row: FilledRow, shown: Mapping[str, str]) -> None:
        """Warn of changes in cells that are only shown: they would be lost without a word."""
        for key in shown.keys() & self.filled.columns[sheet].keys():
            cell = row.cells.get(key, Cell("", ""))
            if mark(cell.text) != shown[key]:
                self._complain("shown_cell", sheet, row, key, cell.text, severity="warning")

    def _check(self, sheet: SheetKey, row: FilledRow, cells: dict[str, str], is_new: bool) -> bool:
        """Complain of a row whose cells do not go together; return whether all is well."""
        faults = list(find_faults(sheet, cells, slug(self.desk.host), is_new))
        for code, column in faults:
            cell = row.cells.get(column, Cell("", ""))
            self._complain(code, sheet, row, column, cell.text)
        return not faults

    def _changes(
        self,
        sheet: SheetKey,
        row: FilledRow,
        key: str,
        name: str,
        before: Mapping[str, str],
        after: Mapping[str, str],
        pending: set[str],
    ) -> tuple[Change, ...]:
        return tuple(
            Change(
                self.filled.titles[sheet],
                self._place(sheet, row, column.key),
                key,
                name,
                heading(sheet, column.key, self.filled.language),
                self.values.show(column, before.get(column.key, "")),
                self.values.show(column, after[column.key]),
            )
            for column in SHEETS[sheet]
            if column.key in pending
        )

    def _tell_conflict(
        self,
        sheet: SheetKey,
        row: FilledRow,
        columns: set[str],
        shown: Mapping[str, str],
        here: Mapping[str, str],
        recorded: Mapping[str, str],
    ) -> None:
        def show(column: Column, cells: Mapping[str, str]) -> str:
            return self.values.show(column, cells.get(column.key, ""))

        known = self.rows[sheet].get(row.key)
        self.plan.conflicts += [
            Conflict(
                self.filled.titles[sheet],
                self._place(sheet, row, column.key),
                known.name if known else here.get("label", ""),
                heading(sheet, column.key, self.filled.language),
                show(column, shown),
                show(column, here),
                show(column, recorded),
            )
            for column in SHEETS[sheet]
            if column.key in columns
        ]

    def _place(self, sheet: SheetKey, row: FilledRow, column: str) -> str:
        """Return where a cell stands; of a column that is not there, where its row stands."""
        return f"{self.filled.columns[sheet].get(column, 'A')}{row.number}"

    def _complain(
        self,
        code: str,
        sheet: SheetKey,
        row: FilledRow,
        column: str,
        value: str,
        arguments: Mapping[str, str] | None = None,
        *,
        severity: Severity = "violation",
    ) -> None:
        # What cannot be read is told with how the column is filled in.
        misread = arguments is not None
        fault = Diagnostic(
            code,
            self.filled.locate(sheet, row.number),
            {language: heading(sheet, column, language) for language in LANGUAGES},
            value,
            severity,
            arguments or {},
            {language: note(sheet, column, language) for language in LANGUAGES} if misread else {},
        )
        self.plan.problems.append(Problem(fault, self._place(sheet, row, column)))


def _named(sheet: SheetKey, key: str) -> Column:
    return next(column for column in SHEETS[sheet] if column.key == key)
