"""The questions: ``.rq`` files with a header, run with bound parameters, never formatted text.

The header is that of grlc (https://github.com/CLARIAH/grlc): lines that start with ``#+`` hold
YAML: ``summary``, ``description`` (both by language), ``tags``, ``parameters``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import Identifier

from graph.dates import DateError, parse_date
from graph.diagnostics import Diagnostic, InputError
from graph.organizations import find_organization
from graph.record import Location

_TYPES = ("organization", "date", "year", "integer", "text", "iri")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a question that the asker binds."""

    name: str
    type: str
    description: Mapping[str, str]
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what its header says."""

    name: str
    text: str
    summary: Mapping[str, str]
    description: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


def parse_question(name: str, text: str) -> Question:
    r"""Return the question of a file's text.

    Raises:
        ValueError: the header is missing, or a parameter has an unknown type.

    >>> parse_question("all", "#+ summary: {en: All}\nSELECT * { ?s ?p ?o }").summary["en"]
    'All'
    """
    import yaml

    lines = [line[2:] for line in text.splitlines() if line.startswith("#+")]
    header = yaml.safe_load("\n".join(line.removeprefix(" ") for line in lines))
    if not isinstance(header, dict) or "summary" not in header:
        raise ValueError(f"{name}: no header with a summary")
    known = ("summary", "description", "tags", "parameters")
    parameters = tuple(
        _parameter(name, key, value) for key, value in (header.get("parameters") or {}).items()
    )
    return Question(
        name,
        text,
        header["summary"],
        header.get("description") or {},
        tuple(header.get("tags") or ()),
        parameters,
        {key: value for key, value in header.items() if key not in known},
    )


def _parameter(question: str, name: str, value: Mapping[str, Any]) -> Parameter:
    if value["type"] not in _TYPES:
        raise ValueError(f"{question}: parameter {name} has the unknown type {value['type']}")
    default = value.get("default")
    return Parameter(
        name, value["type"], value["description"], None if default is None else str(default)
    )


@cache
def read_questions(folder: str = "") -> Mapping[str, Question]:
    """Return the shipped questions by name; ``folder`` names a sub-folder such as ``quality``."""
    root = Path(str(files("graph.queries"))) / folder
    return {
        path.stem: parse_question(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(root.glob("*.rq"))
    }


def find_question(name: str) -> Question:
    """Return a shipped question by name; hyphens and underscores are alike.

    Raises:
        InputError: there is no such question; similar names are told.
    """
    questions = read_questions()
    key = name.replace("-", "_")
    if key in questions:
        return questions[key]
    raise InputError([_unknown("unknown_query", name, list(questions))])


def _unknown(code: str, name: str, known: list[str], **more: str) -> Diagnostic:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f" ({', '.join(near)}?)" if near else ""
    return Diagnostic(code, Location(""), arguments={"name": name, "hint": hint, **more})


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
            raise InputError([_unknown("unknown_parameter", name, names, parameters=listed)])
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
