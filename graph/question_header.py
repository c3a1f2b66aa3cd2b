"""What a question says about itself, and how its header is read; every unknown key is a fault.

The header is that of grlc (https://github.com/CLARIAH/grlc): lines that start with ``#+`` hold
YAML. The keys beyond grlc's: ``users``, ``columns``, ``chart``, ``empty``, ``because``; quality
questions also have ``severity`` and ``message``, reasons a ``message``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.diagnostics import SEVERITIES
from graph.model import LANGUAGES
from graph.yaml_text import read_yaml

USERS = ("researcher", "planner", "staff")
PARAMETER_TYPES = (
    "organization",
    "theme",
    "place",
    "initiative",
    "document",
    "date",
    "year",
    "integer",
    "text",
    "iri",
    "choice",
)
COLUMN_TYPES = (
    "organization",
    "agreement",
    "initiative",
    "event",
    "document",
    "theme",
    "place",
    "record",
    "text",
    "integer",
    "decimal",
    "money",
    "date",
    "year",
    "boolean",
    "percent",
)
CHARTS = ("bar", "line", "bullet")

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a question that the asker binds; a choice has values with their labels."""

    name: str
    type: str
    description: Texts
    default: str | None = None
    values: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer; ``names`` is the column of the record whose label stands in it."""

    name: str
    type: str
    label: Texts
    names: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """How an answer is drawn: the column along the axis, and those that are measured."""

    kind: str
    x: str
    y: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what its header says."""

    name: str
    text: str
    summary: Texts
    group: str = ""
    description: Texts = field(default_factory=dict)
    users: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    chart: Chart | None = None
    empty: Texts = field(default_factory=dict)
    because: str = ""
    severity: str = ""
    message: Texts = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The text without its header."""
        lines = (line for line in self.text.splitlines() if not line.startswith("#+"))
        return "\n".join(lines).strip() + "\n"


def parse_question(name: str, text: str, group: str = "") -> Question:
    r"""Return the question of a file's text; ``group`` is the name of its folder.

    Raises:
        ValueError: the header is missing, or a key of it is unknown, misformed or incomplete.

    >>> parse_question("all", "#+ summary: {ko: 모두, en: All}\nASK { ?s ?p ?o }").summary["en"]
    'All'
    """
    header = _Header(name, _read_yaml(text))
    if not header.values or not ({"summary", "message"} & header.values.keys()):
        raise ValueError(f"{name}: no header with a summary")
    header.allow(Question.__annotations__.keys() - {"name", "text", "group"})
    question = Question(
        name,
        text,
        header.texts("summary"),
        group,
        description=header.texts("description"),
        users=header.words("users", USERS),
        tags=header.words("tags"),
        parameters=tuple(_parameter(part) for part in header.parts("parameters")),
        columns=tuple(_column(part) for part in header.parts("columns")),
        chart=_chart(header),
        empty=header.texts("empty"),
        because=header.word("because"),
        severity=header.word("severity", SEVERITIES),
        message=header.texts("message"),
    )
    _check_columns(question)
    return question


def _read_yaml(text: str) -> Any:
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    return read_yaml("\n".join(lines))


class _Header:
    """A mapping of a header with its place in it, which every fault names."""

    def __init__(self, place: str, values: Any, name: str = "") -> None:
        if not isinstance(values, dict | None):
            raise ValueError(f"{place}: no mapping")
        self.place, self.name = place, name
        self.values: Mapping[str, Any] = values or {}

    def fail(self, key: str, reason: str) -> ValueError:
        return ValueError(f"{self.place}: {key}: {reason}")

    def allow(self, known: Iterable[str]) -> None:
        for key in self.values:
            if key not in known:
                raise self.fail(str(key), f"unknown key; keys: {', '.join(sorted(known))}")

    def need(self, *keys: str) -> None:
        for key in keys:
            if key not in self.values:
                raise self.fail(key, "is missing")

    def texts(self, key: str) -> dict[str, str]:
        value = self.values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or set(value) != set(LANGUAGES):
            raise self.fail(key, f"needs a text in each of {', '.join(LANGUAGES)}")
        if not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise self.fail(key, "a text is blank or no text")
        return {language: value[language] for language in LANGUAGES}

    def word(self, key: str, known: Iterable[str] | None = None) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.fail(key, "is no text")
        if value and known is not None and value not in known:
            raise self.fail(key, f"unknown type {value}; types: {', '.join(known)}")
        return value

    def words(self, key: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self.fail(key, "is no list of words")
        for word in value:
            if known is not None and word not in known:
                raise self.fail(key, f"unknown value {word}; values: {', '.join(known)}")
        return tuple(value)

    def parts(self, key: str) -> list[_Header]:
        value = self.values.get(key) or {}
        if not isinstance(value, dict):
            raise self.fail(key, "is no mapping")
        return [
            _Header(f"{self.place}: {key}.{name}", part, str(name)) for name, part in value.items()
        ]


def _parameter(part: _Header) -> Parameter:
    part.allow(Parameter.__annotations__.keys() - {"name"})
    part.need("type", "description")
    type_, default = part.word("type", PARAMETER_TYPES), part.values.get("default")
    values = {choice.name: choice.texts("label") for choice in _choices(part)}
    if (type_ == "choice") != bool(values):
        raise part.fail("values", "a choice has values, and nothing else has")
    if default is not None and values and str(default) not in values:
        raise part.fail("default", f"{default} is none of the values")
    described = part.texts("description")
    return Parameter(part.name, type_, described, None if default is None else str(default), values)


def _choices(part: _Header) -> list[_Header]:
    """Return the values of a choice, each with its label by language."""
    found = part.values.get("values") or {}
    if not isinstance(found, dict):
        raise part.fail("values", "is no mapping of values to labels")
    place = f"{part.place}.values"
    return [_Header(f"{place}.{key}", {"label": found[key]}, str(key)) for key in found]


def _column(part: _Header) -> Column:
    part.allow(Column.__annotations__.keys() - {"name"})
    part.need("type", "label")
    return Column(
        part.name, part.word("type", COLUMN_TYPES), part.texts("label"), part.word("names")
    )


def _chart(header: _Header) -> Chart | None:
    if "chart" not in header.values:
        return None
    chart = _Header(f"{header.place}: chart", header.values["chart"])
    chart.allow(Chart.__annotations__)
    chart.need("kind", "x", "y")
    return Chart(chart.word("kind", CHARTS), chart.word("x"), chart.words("y"))


def _check_columns(question: Question) -> None:
    """Check that what a header says about columns and parameters is about some that it has."""
    columns = [column.name for column in question.columns]
    known = {*columns, *(parameter.name for parameter in question.parameters)}
    named = [(f"columns.{column.name}.names", column.names) for column in question.columns]
    if question.chart:
        named += [("chart", name) for name in (question.chart.x, *question.chart.y)]
    for key, name in named:
        if name and name not in known:
            raise ValueError(f"{question.name}: {key}: there is no column {name}")
    for name in columns:
        if any(parameter.name == name for parameter in question.parameters):
            raise ValueError(f"{question.name}: columns.{name}: is a parameter")
