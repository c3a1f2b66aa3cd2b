"""Results as files: JSON, CSV, TSV, a workbook, Markdown, and Turtle for graphs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD

from graph.diagnostics import Diagnostic, InputError
from graph.record import Location
from graph.store import decode_ntriples, encode_turtle
from loaders.formulas import guard
from triplehelix.results import Cell, ResultColumn, ResultTable
from triplehelix.spreadsheets.workbook import pack_workbook, text_cell
from triplehelix.terminal.output import Heading, Listing, ResultForm, to_markdown
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from rdflib.term import Node


def encode_result(table: ResultTable, form: ResultForm, language: str) -> bytes:
    """Return a result in a form; the same result gives the same bytes.

    CSV, TSV and workbooks hold no formulas, whatever a name begins with.

    Raises:
        InputError: the form is Turtle and the result is no graph.
        KeyError: the form is a table, which is for terminals.
    """
    encode: dict[ResultForm, Callable[[], bytes]] = {
        ResultForm.JSON: lambda: to_sparql_json(table),
        ResultForm.CSV: lambda: to_csv(table).encode("utf-8-sig"),
        ResultForm.TSV: lambda: to_csv(table, "\t").encode("utf-8"),
        ResultForm.XLSX: lambda: to_workbook(table),
        ResultForm.MD: lambda: to_markdown(list_rows(table, language)).encode("utf-8"),
        ResultForm.TTL: lambda: to_turtle(table),
    }
    return encode[form]()


def to_turtle(table: ResultTable) -> bytes:
    """Return the graph of a result as Turtle.

    Raises:
        InputError: the result is no graph.
    """
    if table.graph is None:
        raise InputError([Diagnostic("result_is_no_graph", Location(""))])
    triples = table.graph.serialize(format="nt", encoding="utf-8")
    return encode_turtle(decode_ntriples(triples))


def to_sparql_json(table: ResultTable) -> bytes:
    """Return SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    made: dict[str, Any]
    if table.truth is not None:
        made = {"head": {}, "boolean": table.truth}
    else:
        names = [column.name for column in table.columns]
        bindings = [
            {n: _encode(t) for n, t in zip(names, row, strict=True) if t is not None}
            for row in table.terms
        ]
        made = {"head": {"vars": names}, "results": {"bindings": bindings}}
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def _encode(term: Node) -> dict[str, str]:
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    made = {"type": "literal", "value": str(term)}
    assert isinstance(term, Literal)
    if term.language:
        made["xml:lang"] = term.language
    elif term.datatype not in (None, XSD.string):
        made["datatype"] = str(term.datatype)
    return made


def to_csv(table: ResultTable, delimiter: str = ",") -> str:
    """Return the rows under their headings; between tabs no cell has a tab or a line break."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    for row in ([column.heading for column in table.columns], *table.rows):
        cells = (_plain(cell) for cell in row)
        writer.writerow([" ".join(c.split()) if delimiter == "\t" else c for c in cells])
    return stream.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return guard(cell)
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)


def to_workbook(table: ResultTable) -> bytes:
    """Return the rows as a workbook of one sheet, numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, NamedStyle
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    book.add_named_style(
        NamedStyle("heading", Font(bold=True), alignment=Alignment(vertical="top"))
    )
    book.add_named_style(NamedStyle("text", number_format="@"))
    page = book.create_sheet("1")
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(table.columns) or 1)}{len(table.rows) + 1}"
    for number in range(len(table.columns)):
        page.column_dimensions[get_column_letter(number + 1)].width = 24
    page.append([text_cell(page, column.heading, "heading") for column in table.columns])
    for row in table.rows:
        page.append([_cell(page, cell) for cell in row])
    return pack_workbook(book)


def _cell(page: Any, cell: Cell) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return text_cell(page, cell, "text")
    return WriteOnlyCell(page, cell)  # type: ignore[arg-type]  # it takes integers and decimals, too


def list_rows(table: ResultTable, language: str) -> Listing:
    """Return a result as a listing, for a terminal and for Markdown."""
    rows = [
        tuple(
            _show(cell, column, language) for cell, column in zip(row, table.columns, strict=True)
        )
        for row in table.rows
    ]
    headings = tuple(
        Heading(
            column.heading,
            share=0 if column.is_number else _longest(rows, number),
            right=column.is_number,
            # A bound parameter comes back in every row, the same each time.
            hidden=column.bound,
        )
        for number, column in enumerate(table.columns)
    )
    return Listing(
        say("query.rows", language, summary=table.title, count=len(rows)).strip(),
        headings,
        rows,
        json.loads(to_sparql_json(table)),
        empty=table.reason or say("query.nothing", language),
        note=table.note,
    )


def _show(cell: Cell, column: ResultColumn, language: str) -> str:
    """Return a cell as people read it: thousands apart, yes and no in words."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return say(f"answer.{'yes' if cell else 'no'}", language)
    if column.is_number and isinstance(cell, int | Decimal):
        return f"{cell:,}"
    return str(cell)


def _longest(rows: list[tuple[str, ...]], column: int) -> int:
    """Return how wide the widest cell is set, within bounds, as its share of the width."""
    return min(max((_measure(row[column]) for row in rows), default=0), 40) or 1


def _measure(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
