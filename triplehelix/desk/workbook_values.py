"""Between what a cell of the workbook shows and what is recorded.

Recorded are identifiers, codes and dates as precise as stated; shown are names and labels.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.cells import CellError, read_literal
from graph.dates import DateError, parse_date
from graph.gaps import Holdings
from graph.names import fold_digits, match_key, normalise
from graph.namespaces import slug
from graph.schema import Choice, Column, Schema, fold_header
from triplehelix.desk.register import mint
from triplehelix.desk.workbook_columns import Column as SheetColumn
from triplehelix.desk.workbook_columns import Kind

SEPARATOR = "|"
_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")


class Names:
    """Records by what they are called; a name that several share is shown with its identifier."""

    def __init__(self, labels: Mapping[str, str], others: Mapping[str, Iterable[str]]) -> None:
        """Take the label that is shown for each identifier, and the other names of each."""
        self._labels = labels
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for identifier, label in labels.items():
            for name in (label, *others.get(identifier, ())):
                self._by_name[match_key(name)].add(identifier)

    def show(self, identifier: str) -> str:
        """Return the name of a record, or its identifier where it is not known."""
        label = self._labels.get(identifier)
        if label is None:
            return identifier
        shared = len(self._by_name[match_key(label)]) > 1 or SEPARATOR in label
        return f"{label} [{identifier}]" if shared else label

    def find(self, text: str) -> str:
        """Return the identifier of a record by identifier or name.

        Raises:
            CellError: no record has the name, or several have it.
        """
        bracketed = _BRACKETS.search(text)
        name = bracketed[1].strip() if bracketed else text
        if name in self._labels:
            return name
        found = self._by_name.get(match_key(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            candidates = ", ".join(f"{self._labels[i]} [{i}]" for i in sorted(found))
            raise CellError("ambiguous_reference", candidates=candidates)
        near = difflib.get_close_matches(match_key(text), list(self._by_name), n=3, cutoff=0.6)
        hints = ", ".join(self._labels[min(self._by_name[key])] for key in near)
        raise CellError("unknown_reference", hint=f" ({hints}?)" if hints else "")

    def all(self) -> list[str]:
        """Return all records as they are shown, sorted."""
        return sorted(self.show(identifier) for identifier in self._labels)


class Values:
    """Reads and shows the cells of each kind of column."""

    def __init__(self, holdings: Holdings, schema: Schema, language: str) -> None:
        """Take the records that cells may name, and the language that is shown."""
        self.language = language
        bodies = {o.id: o for o in holdings.organizations.values()}
        others = {i: [*o.names.values(), *o.aliases] for i, o in bodies.items()}
        self.organizations = Names({i: o.label(language) for i, o in bodies.items()}, others)
        offices = {i: o.label(language) for i, o in bodies.items() if o.type == "Department"}
        self.departments = Names(offices, others)
        pacts = {slug(a.iri): a for a in holdings.agreements.values() if not a.is_intended}
        self.agreements = Names(
            {i: a.label(language) for i, a in pacts.items()},
            {i: a.labels.values() for i, a in pacts.items()},
        )
        self._choices: Mapping[Kind, Column] = {
            "code": _column(schema, "decisions", "decision"),
            "type": _column(schema, "agreements", "type"),
        }
        self._days = _column(schema, "agreements", "notice_days")
        self.new_departments: dict[str, str] = {}

    def choices(self, kind: Kind) -> list[str]:
        """Return the allowed values of a kind of column as they are shown."""
        return [self._label(choice) for choice in self._choices[kind].choices]

    def show(self, column: SheetColumn, value: str) -> str:
        """Return what a cell shows for what is recorded."""
        if not value:
            return ""
        if column.kind in self._choices:
            found = self._choices[column.kind].lookup.get(fold_header(value))
            return self._label(found) if found else value
        if column.kind == "organizations":
            return f" {SEPARATOR} ".join(self.organizations.show(i) for i in split(value))
        if column.kind == "department":
            return self.new_departments.get(value) or self.organizations.show(value)
        return self.agreements.show(value) if column.kind == "agreement" else value

    def read(self, column: SheetColumn, text: str) -> str:
        """Return what is recorded for what a cell shows.

        Raises:
            CellError: the cell cannot be read; carries the code of the message.
        """
        text = tidy(text)
        if not text:
            return ""
        if column.kind == "date":
            return _read_date(text)
        if column.kind == "days":
            read_literal(self._days, text)
            return str(int(fold_digits(text).replace(",", "")))
        if column.kind in self._choices:
            return self._read_choice(self._choices[column.kind], text)
        if column.kind == "organizations":
            parts = re.split(r"[|;\n]", text)
            return SEPARATOR.join(
                sorted({self.organizations.find(part.strip()) for part in parts if part.strip()})
            )
        if column.kind == "department":
            return self._read_department(text)
        return self.agreements.find(text) if column.kind == "agreement" else text

    def _read_department(self, text: str) -> str:
        """Return a department, or else any other body in charge, or else a new department.

        Documents name few departments of a city; the others begin with the office itself.
        """
        for names in (self.departments, self.organizations):
            try:
                return names.find(text)
            except CellError as error:
                if error.code == "ambiguous_reference":
                    raise
        made = mint("department", text)
        self.new_departments[made] = text
        return made

    def _read_choice(self, column: Column, text: str) -> str:
        found = column.lookup.get(fold_header(text))
        if found is None:
            allowed = ", ".join(self._label(choice) for choice in column.choices)
            raise CellError("wrong_code", allowed=allowed)
        return found.notation

    def _label(self, choice: Choice) -> str:
        return choice.labels.get(self.language) or choice.notation


def tidy(text: str) -> str:
    """Return a text as it is compared: composed, without outer white space, lines ended alike."""
    return normalise(text.replace("\r\n", "\n").replace("_x000D_", ""))


def split(value: str) -> list[str]:
    """Return the identifiers of a recorded value.

    >>> split("a|b"), split("")
    (['a', 'b'], [])
    """
    return [part for part in value.split(SEPARATOR) if part]


def _read_date(text: str) -> str:
    try:
        return parse_date(text).lexical
    except DateError as error:
        raise CellError("wrong_date") from error


def _column(schema: Schema, table: str, key: str) -> Column:
    column = schema.tables[table].column(key)
    assert column is not None, key
    return column
