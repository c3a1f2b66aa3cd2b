"""Questions are asked with bound parameters, never with formatted text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pyparsing import ParseException
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier, Variable

from graph.dates import DateError, parse_date
from graph.diagnostics import Diagnostic, InputError
from graph.federation import calls_servers
from graph.model import LANGUAGES
from graph.names import match_key
from graph.namespaces import PREFIXES, slug
from graph.questions import Parameter, Question, read_reason, tell_unknown
from graph.record import Location
from graph.references import IRI, KINDS, find_reference, read_labels
from graph.store import select_result


def ask(dataset: Dataset, question: Question, arguments: Mapping[str, str] | None = None) -> Result:
    """Return the result of a question; arguments are bound as terms, never put into the text.

    Raises:
        InputError: a parameter is unknown, missing, or its value does not fit its type.
    """
    result = select_result(dataset, question.text, bind(dataset, question, arguments or {}))
    flags = [Variable(column.name) for column in question.columns if column.type == "boolean"]
    return _read_booleans(result, flags) if flags else result


def _read_booleans(result: Result, names: list[Variable]) -> Result:
    """Return a result with the booleans that Virtuoso computes, which has only 0 and 1 for them."""
    for row in result.bindings:
        for name in names:
            term = row.get(name)
            if isinstance(term, Literal) and term.datatype == XSD.integer:
                row[name] = Literal(bool(int(term)))  # type: ignore[index]  # ours are dicts
    return result


def ask_freely(
    dataset: Dataset, query: str, bindings: Mapping[str, Identifier] | None = None
) -> Result:
    """Return the result of a query of one's own; the prefixes of the project are known.

    It reads: an update is no query, and no other server is called. The variables of bindings
    must stand in the projection.

    Raises:
        InputError: it is no SPARQL query, or has a ``SERVICE`` clause.
    """
    if calls_servers(query):
        raise InputError([Diagnostic("query_calls_servers", Location(""))])
    try:
        return dataset.query(query, initNs=PREFIXES, initBindings=dict(bindings or {}))
    except (SyntaxError, ParseException) as error:
        reason = " ".join(str(error).split())
        raise InputError(
            [Diagnostic("wrong_query", Location(""), arguments={"reason": reason})]
        ) from error


def tell_reason(
    dataset: Dataset, question: Question, arguments: Mapping[str, str] | None = None
) -> dict[str, str] | None:
    """Return by language why a question has no answer, and nothing where its header is silent.

    It is what the header says, and after it what the question of its ``because`` finds out: one
    sentence for each row.
    """
    if not question.empty:
        return None
    if not question.because:
        return dict(question.empty)
    reason = read_reason(question.because)
    declared = [parameter.name for parameter in reason.parameters]
    bound = bind(dataset, question, arguments or {})
    bindings = {name: term for name, term in bound.items() if name in declared}
    result = dataset.query(reason.text, initBindings=bindings)
    names = [str(variable) for variable in result.vars or []]
    rows = [dict(zip(names, tuple(row), strict=True)) for row in result]  # type: ignore[arg-type]
    return {
        language: " ".join([text, *(_fill(dataset, reason, row, language) for row in rows)])
        for language, text in question.empty.items()
    }


def _fill(dataset: Dataset, reason: Question, row: Mapping[str, Any], language: str) -> str:
    """Return the sentence of a row, with records called by their labels."""
    shown = {}
    for name, term in row.items():
        shown[name] = "" if term is None else str(term)
        if isinstance(term, URIRef):
            labels = read_labels(dataset, str(term))
            shown[name] = labels.get(language) or labels.get(LANGUAGES[0]) or slug(term)
    return reason.message[language].format_map(shown)


def bind(
    dataset: Dataset, question: Question, arguments: Mapping[str, str]
) -> dict[str, Identifier]:
    """Return the terms that the arguments stand for, defaults included.

    Raises:
        InputError: a parameter is unknown, missing, or its value does not fit its type.
    """
    names = [parameter.name for parameter in question.parameters]
    for name in arguments:
        if name not in names:
            listed = ", ".join(names) or "-"
            raise InputError([tell_unknown("unknown_parameter", name, names, parameters=listed)])
    bindings: dict[str, Identifier] = {}
    for parameter in question.parameters:
        value = arguments.get(parameter.name, parameter.default)
        if value is None:
            arguments_ = {"name": parameter.name}
            raise InputError([Diagnostic("missing_parameter", Location(""), arguments=arguments_)])
        bindings[parameter.name] = read_argument(dataset, parameter, value)
    return bindings


def read_argument(dataset: Dataset, parameter: Parameter, value: str) -> Identifier:
    """Return the term of one argument.

    Raises:
        InputError: the value does not fit the type of the parameter.
    """
    if parameter.type in KINDS:
        return URIRef(find_reference(dataset, parameter.type, value))
    if parameter.type == "choice":
        return Literal(_choose(parameter, value))
    term = _read_value(parameter.type, value)
    if term is None:
        raise _fault("wrong_parameter", parameter, value, type=parameter.type)
    return term


def _read_value(type_: str, value: str) -> Identifier | None:
    """Return the term of a value, or nothing where it is none of the type."""
    if type_ == "text":
        return Literal(value)
    if type_ == "integer" and re.fullmatch(r"-?[0-9]+", value):
        return Literal(value, datatype=XSD.integer)
    if type_ == "year" and re.fullmatch(r"[0-9]{4}", value):
        return Literal(value)
    if type_ == "iri" and IRI.fullmatch(value):
        return URIRef(value)
    if type_ == "date":
        try:
            return Literal(parse_date(value).lexical)
        except DateError:
            return None
    return None


def _choose(parameter: Parameter, value: str) -> str:
    """Return the value of a choice that a value or a label names."""
    if value in parameter.values:
        return value
    key = match_key(value)
    for known, labels in parameter.values.items():
        if key in {match_key(known), *map(match_key, labels.values())}:
            return known
    raise _fault("wrong_choice", parameter, value, values=", ".join(parameter.values))


def _fault(code: str, parameter: Parameter, value: str, **more: str) -> InputError:
    arguments = {"name": parameter.name, "value": value, **more}
    return InputError([Diagnostic(code, Location(""), arguments=arguments)])
