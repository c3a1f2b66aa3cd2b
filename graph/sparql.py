"""Questions are asked with bound parameters, never with formatted text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier

from graph.dates import DateError, parse_date
from graph.diagnostics import Diagnostic, InputError
from graph.organizations import find_organization
from graph.questions import Parameter, Question, tell_unknown
from graph.record import Location


def ask(dataset: Dataset, question: Question, arguments: Mapping[str, str] | None = None) -> Result:
    """Return the result of a question; arguments are bound as terms, never put into the text.

    Raises:
        InputError: a parameter is unknown, missing, or its value does not fit its type.
    """
    return dataset.query(question.text, initBindings=bind(dataset, question, arguments or {}))


def bind(
    dataset: Dataset, question: Question, arguments: Mapping[str, str]
) -> dict[str, Identifier]:
    """Return the terms that the arguments stand for, defaults included."""
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
    if parameter.type == "organization":
        return URIRef(find_organization(dataset, value))
    if parameter.type == "text":
        return Literal(value)
    if parameter.type == "integer" and re.fullmatch(r"-?\d+", value):
        return Literal(value, datatype=XSD.integer)
    if parameter.type == "year" and re.fullmatch(r"\d{4}", value):
        return Literal(value)
    if parameter.type == "iri" and re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value):
        return URIRef(value)
    if parameter.type == "date":
        try:
            return Literal(parse_date(value).lexical)
        except DateError:
            pass
    arguments = {"name": parameter.name, "value": value, "type": parameter.type}
    raise InputError([Diagnostic("wrong_parameter", Location(""), arguments=arguments)])
