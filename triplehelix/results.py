"""Results of queries as tables: headings and cells in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import Dataset, Graph, Literal, URIRef

from graph.description import qualify
from graph.namespaces import ID
from graph.questions import Column, Question
from graph.references import read_labels
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from rdflib.query import Result
    from rdflib.term import Node

Cell = str | int | float | Decimal | bool | None
Terms = tuple["Node | None", ...]
Labels = Callable[[str], Mapping[str, str]]

_NUMBERS = frozenset({"integer", "decimal", "money", "percent"})


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column: its variable, heading and type; a bound one is a parameter, alike in all rows."""

    name: str
    heading: str
    type: str = ""
    bound: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers that are counted or measured, as a year is not."""
        return self.type in _NUMBERS


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The rows of a result, as terms and as cells; ``reason`` says why there are none.

    ``truth`` is the answer of an ASK query, ``graph`` that of CONSTRUCT and DESCRIBE.
    """

    columns: tuple[ResultColumn, ...]
    terms: Sequence[Terms]
    rows: Sequence[tuple[Cell, ...]]
    title: str = ""
    note: str = ""
    reason: str = ""
    truth: bool | None = None
    graph: Graph | None = None


def tabulate_answer(
    dataset: Dataset, question: Question, result: Result, language: str, reason: str = ""
) -> ResultTable:
    """Return the result of a question, with headings and English names from its header."""
    table = tabulate_result(result, language)
    if result.type == "SELECT":
        names = [column.name for column in table.columns]
        labels: Labels = lambda iri: read_labels(dataset, iri)  # noqa: E731
        table = tabulate_terms(question, names, table.terms, labels, language)
    title = question.summary[language]
    return replace(table, title=title, note=question.description.get(language, ""), reason=reason)


def tabulate_result(result: Result, language: str) -> ResultTable:
    """Return the result of any query; its variables are the headings."""
    if result.type == "ASK":
        column = ResultColumn("answer", say("query.answer", language), "boolean")
        truth = bool(result.askAnswer)
        return ResultTable((column,), (), ((truth,),), truth=truth)
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        assert result.graph is not None
        columns = tuple(ResultColumn(n, n) for n in ("subject", "predicate", "object"))
        triples = sorted(result.graph, key=lambda triple: [term.n3() for term in triple])
        return ResultTable(columns, triples, _read_rows(triples), graph=result.graph)
    variables = result.vars or []
    terms = [tuple(row.get(v) for v in variables) for row in result.bindings]
    columns = tuple(ResultColumn(str(v), str(v), _guess(terms, n)) for n, v in enumerate(variables))
    return ResultTable(columns, terms, _read_rows(terms))


def tabulate_terms(
    question: Question, names: Sequence[str], terms: Sequence[Terms], labels: Labels, language: str
) -> ResultTable:
    """Return rows of terms under the headings that the header of a question gives them.

    ``labels`` gives the labels of a record by language, for the columns that hold its name.
    """
    known = {column.name: column for column in question.columns}
    bound = {parameter.name for parameter in question.parameters}
    columns = tuple(_head(name, known.get(name), name in bound, language) for name in names)
    rows = _read_rows(terms)
    for number, name in enumerate(names):
        if language != "ko" and name in known and known[name].names in names:
            record = names.index(known[name].names)
            translated = _translate(terms, record, labels, language)
            rows = [
                (*row[:number], english or row[number], *row[number + 1 :])
                for row, english in zip(rows, translated, strict=True)
            ]
    return ResultTable(columns, terms, rows)


def _head(name: str, column: Column | None, bound: bool, language: str) -> ResultColumn:
    if column is None:
        return ResultColumn(name, name, bound=bound)
    return ResultColumn(name, column.label[language], column.type, bound)


def _translate(terms: Iterable[Terms], record: int, labels: Labels, language: str) -> list[str]:
    """Return the label of the record of each row; every record is looked up once."""
    found: dict[str, str] = {}
    told = []
    for row in terms:
        iri = str(row[record])
        if iri not in found:
            found[iri] = labels(iri).get(language, "") if isinstance(row[record], URIRef) else ""
        told.append(found[iri])
    return told


def _read_rows(terms: Iterable[Terms]) -> list[tuple[Cell, ...]]:
    return [tuple(map(read_cell, row)) for row in terms]


def read_cell(term: Node | None) -> Cell:
    """Return what a term is for people: a number, a truth, an identifier, or its text.

    >>> read_cell(Literal(12)), read_cell(ID["goyang"]), read_cell(Literal("12"))
    (12, 'goyang', '12')
    """
    if term is None:
        return None
    if isinstance(term, URIRef):
        return str(term).removeprefix(str(ID)) if term.startswith(str(ID)) else qualify(str(term))
    if isinstance(term, Literal) and isinstance(term.value, bool | int | float | Decimal):
        return term.value
    return str(term)


def _guess(terms: Sequence[Terms], number: int) -> str:
    cells = [read_cell(row[number]) for row in terms if row[number] is not None]
    plain = all(isinstance(cell, int | float | Decimal) for cell in cells)
    return "decimal" if cells and plain and not any(isinstance(c, bool) for c in cells) else ""
