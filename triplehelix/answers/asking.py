"""Asking: the results of questions and queries as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier, Node

from graph import sparql
from graph.question_header import Chart, Column, Question
from triplehelix.answers.answer import Answer
from triplehelix.answers.values import Record, Row, guess_type, read_value
from triplehelix.contracts import Labels
from triplehelix.terminal.wording import say


def ask(
    dataset: Dataset,
    question: Question,
    arguments: Mapping[str, str],
    labels: Labels,
    language: str,
) -> Answer:
    """Return the answer to a question of the library, or the reason why there is none.

    Raises:
        InputError: a parameter is unknown, missing, or its value does not fit its type.
    """
    names, found = _list_rows(sparql.ask(dataset, question, arguments))
    columns = _columns(question, names, found)
    rows = [_read(row, columns, names, labels, language) for row in found]
    reason = "" if rows else _reason(dataset, question, arguments, language)
    return Answer(
        question.summary.get(language) or question.name,
        columns,
        rows,
        question.description.get(language, ""),
        reason,
        language,
        _drawing(question),
    )


def ask_freely(
    dataset: Dataset, query: str, bindings: Mapping[str, Identifier], labels: Labels, language: str
) -> Answer | Graph | bool:
    """Return the answer to a query: rows, a graph, or yes or no.

    Raises:
        InputError: it is no SPARQL query, or it calls another server.
        ValueError: the variable of a binding does not stand in the projection.
    """
    try:
        result = sparql.ask_freely(dataset, query, bindings)
    except RuntimeError as error:  # the store's own, for a variable that is not projected
        raise ValueError(str(error)) from error
    if result.type == "ASK":
        return bool(result.askAnswer)
    if result.graph is not None:
        return result.graph
    names, found = _list_rows(result)
    columns = tuple(
        Column(name, guess_type(row[at] for row in found), {language: name})
        for at, name in enumerate(names)
        if name not in bindings
    )
    rows = [_read(row, columns, names, labels, language) for row in found]
    nothing = say("query.nothing", language)
    return Answer("SPARQL", columns, rows, reason=nothing, language=language)


def _list_rows(result: Result) -> tuple[list[str], list[Sequence[Node | None]]]:
    """Return the variables of a result, and its rows."""
    rows: list[Sequence[Node | None]] = [tuple(row) for row in result]  # type: ignore[arg-type]
    return [str(variable) for variable in result.vars or []], rows


def _columns(
    question: Question, names: Sequence[str], rows: Sequence[Sequence[Node | None]]
) -> tuple[Column, ...]:
    """Return the columns that a header declares, or else those of the result.

    A column that only names the records of another is left out: records bring their names.
    """
    declared = tuple(column for column in question.columns if not column.names)
    if declared:
        return declared
    bound = {parameter.name for parameter in question.parameters}
    return tuple(
        Column(name, guess_type(row[at] for row in rows), {})
        for at, name in enumerate(names)
        if name not in bound
    )


def _drawing(question: Question) -> Chart | None:
    """Return the chart that a header suggests; names along its axis are those of the records."""
    if question.chart is None:
        return None
    records = {column.name: column.names for column in question.columns if column.names}
    return replace(question.chart, x=records.get(question.chart.x, question.chart.x))


def _read(
    row: Sequence[Node | None],
    columns: Sequence[Column],
    names: Sequence[str],
    labels: Labels,
    language: str,
) -> Row:
    terms = dict(zip(names, row, strict=True))
    return {c.name: read_value(terms[c.name], c.type, labels, language) for c in columns}


def _reason(
    dataset: Dataset, question: Question, arguments: Mapping[str, str], language: str
) -> str:
    reasons = sparql.tell_reason(dataset, question, arguments)
    return reasons[language] if reasons else say("query.nothing", language)


def read_term(value: Record | date | str | float) -> Identifier:
    """Return the term of a value: a record's IRI, else a literal.

    >>> read_term(2019)
    rdflib.term.Literal('2019', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#integer'))
    """
    if isinstance(value, Identifier):
        return value
    if isinstance(value, Record):
        return URIRef(value.iri)
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=XSD.date)
    return Literal(value)
