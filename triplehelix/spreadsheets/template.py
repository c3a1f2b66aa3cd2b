"""The template: an empty workbook to fill in, made from the schema and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.model import LANGUAGES
from graph.schema import Choice, Column, Schema, Table
from graph.shapes import read_schema
from loaders.workbook import REFERENCE_SHEETS
from triplehelix.pages.texts import Text, say
from triplehelix.spreadsheets.workbook import save_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

LAST_ROW = 1_048_576
WIDTHS = {"identifier": 24, "text": 34, "reference": 26, "type": 26, "code": 20}


def write_template(
    path: Path,
    language: str,
    schema: Schema | None = None,
    *,
    known: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write an empty workbook: a sheet per table, with columns, notes and drop-downs.

    Cells are formatted as text, so that a spreadsheet leaves dates and numbers as they are
    typed. The same schema gives the same bytes. ``known`` has the identifiers of records by class,
    which drop-downs of references then suggest.

    Raises:
        ValueError: there is no such language.
    """
    from openpyxl import Workbook

    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    schema = schema or read_schema()
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = _Lists(language, known or {})
    for table in schema.tables.values():
        _add_sheet(book, schema, table, language, lists)
    lists.add_sheet(book)
    save_workbook(book, path)


class _Lists:
    """The allowed values of drop-downs, one column of the hidden sheet for each list."""

    def __init__(self, language: str, known: Mapping[str, Sequence[str]]) -> None:
        self.language = language
        self.known = known
        self.title = next(t for t in sorted(REFERENCE_SHEETS) if t.isascii() == (language == "en"))
        self.columns: dict[tuple[str, ...], int] = {}

    def range_of(self, column: Column) -> str:
        """Return the cells that hold the values of a column."""
        from openpyxl.utils import get_column_letter

        values = self.values(column)
        number = self.columns.setdefault(values, len(self.columns) + 1)
        letter = get_column_letter(number)
        return f"'{self.title}'!${letter}$1:${letter}${len(values)}"

    def values(self, column: Column) -> tuple[str, ...]:
        """Return the allowed values of a column, or the known records that it may refer to."""
        if column.choices:
            return tuple(choice_name(choice.labels, self.language) for choice in column.choices)
        found = {name for class_ in column.classes for name in self.known.get(class_, ())}
        return tuple(sorted(found))

    def add_sheet(self, book: Workbook) -> None:
        """Add the hidden sheet."""
        sheet = book.create_sheet(self.title)
        sheet.sheet_state = "hidden"
        for values, number in self.columns.items():
            for row, value in enumerate(values, start=1):
                sheet.cell(row, number, value)


def choice_name(labels: Any, language: str) -> str:
    """Return the name of an allowed value in a language, or in any.

    >>> choice_name({"ko": "대학교"}, "en")
    '대학교'
    """
    return str(labels.get(language) or next(iter(labels.values())))


def _add_sheet(book: Workbook, schema: Schema, table: Table, language: str, lists: _Lists) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.labels[language])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(schema.header(table), start=1):
        letter = get_column_letter(number)
        needed = is_needed(column, table)
        head = sheet.cell(1, number, column.names[language])
        head.font = Font(bold=True, color="FFFFFF" if needed else "1B1F24")
        head.fill = PatternFill("solid", fgColor="0B4F9E" if needed else "E8EDF3")
        head.alignment = Alignment(vertical="center")
        head.comment = Comment(describe(column, table), "Triple Helix", height=220, width=360)
        sheet.column_dimensions[letter].width = WIDTHS.get(column.kind, 16)
        sheet.column_dimensions[letter].number_format = "@"
        if lists.values(column):
            sheet.add_data_validation(_drop_down(column, letter, lists))
    sheet.row_dimensions[1].height = 22


def _drop_down(column: Column, letter: str, lists: _Lists) -> Any:
    """Return the validation of a column; one that takes several values only suggests."""
    from openpyxl.worksheet.datavalidation import DataValidation

    made = DataValidation(
        type="list",
        formula1=lists.range_of(column),
        allow_blank=True,
        showErrorMessage=bool(column.choices) and not column.multiple,
        error="\n".join(column.messages[language] for language in sorted(column.messages))[:255],
    )
    made.add(f"{letter}2:{letter}{LAST_ROW}")
    return made


def is_needed(column: Column, table: Table) -> bool:
    """Whether every row must fill the column in; identifiers of some tables are minted."""
    if column.kind == "identifier" and table.minted_from:
        return False
    return column.required and not column.default


def describe(column: Column, table: Table) -> str:
    """Return the note of a column: what it holds, what may stand in it, and an example, twice."""
    return "\n\n".join("\n".join(_note(column, table, language)) for language in LANGUAGES)


def _note(column: Column, table: Table, language: str) -> Iterator[str]:
    def speak(text: Text) -> str:
        return text[LANGUAGES.index(language)]

    need = speak(say("template_required" if is_needed(column, table) else "template_optional"))
    yield f"{column.names[language]} ({need})"
    if description := column.descriptions.get(language):
        yield description
    if column.choices:
        values = (_choice(c, language) for c in column.choices)
        yield speak(say("template_allowed", values=", ".join(values)))
    if column.separator:
        yield speak(say("template_several", separator=column.separator))
    if column.default:
        value = next((_choice(c, language) for c in column.choices if c.iri == column.default), "")
        yield speak(say("template_default", value=value or column.default))
    if column.example:
        yield speak(say("template_example", example=column.example))
    if message := column.messages.get(language):
        yield message


def _choice(choice: Choice, language: str) -> str:
    """Return an allowed value as it may be written: its name, and its code where that differs."""
    shown = choice_name(choice.labels, language)
    return shown if shown == choice.notation else f"{shown} [{choice.notation}]"
