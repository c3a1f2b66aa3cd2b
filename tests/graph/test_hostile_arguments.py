"""Fifty hostile strings: in a text parameter they are only text, elsewhere they are refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Literal

from graph.diagnostics import InputError
from graph.question_header import PARAMETER_TYPES, Parameter, Question
from graph.questions import read_questions
from graph.sparql import ask, read_argument

if TYPE_CHECKING:
    from rdflib import Dataset

    from tests.conftest import Loaded

HOSTILE = (
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\\\",
    '\\"',
    "\\u0022",
    "{}",
    "}}",
    "{{0}}",
    "}",
    "%s",
    "%(host)s",
    "{host}",
    "$host",
    "?name",
    "$text }",
    "#",
    "# }",
    "\n",
    "\r\n}",
    "\t",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\ufeff\ufeff",
    "\U0001f480",
    '" . } ; DROP ALL #',
    '"} UNION { ?s ?p ?o } #',
    '") } # ',
    '" || true || "',
    '") || (1=1',
    '"@ko) || true #',
    '"^^<http://www.w3.org/2001/XMLSchema#string> ; ?p ?o . #',
    "> } DELETE WHERE { ?s ?p ?o } #",
    "<http://example.org/>",
    "<script>alert(1)</script>",
    "'; DROP TABLE records; --",
    "' OR '1'='1",
    "SERVICE <http://example.org/> { ?s ?p ?o }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "LOAD <file:///etc/passwd>",
    "FROM <file:///etc/passwd>",
    "BIND(1 AS ?x)",
    "VALUES ?host { <urn:a> }",
    "OPTIONAL { ?s ?p ?o }",
    ".*",
    "(a+)+$",
    "[" * 2000,
)
EXPECTED = Path(__file__).parent.parent / "expected"
QUESTIONS = list(read_questions().values())
TEXTS = [
    pytest.param(question, parameter, id=f"{question.name}-{parameter.name}")
    for question in QUESTIONS
    for parameter in question.parameters
    if parameter.type == "text"
]
TYPED = [kind for kind in PARAMETER_TYPES if kind != "text"]


def test_there_are_fifty_different_strings() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) == 50


def _cases(question: Question) -> list[dict[str, str]]:
    cases = json.loads((EXPECTED / f"{question.name}.json").read_text("utf-8"))
    return [case["arguments"] for case in cases]


def _answer(dataset: Dataset, question: Question, arguments: dict[str, str]) -> list[Any]:
    return [tuple(row) for row in ask(dataset, question, arguments)]


def _digest(dataset: Dataset) -> str:
    lines = sorted("\t".join(str(term) for term in quad) for quad in dataset.quads())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("question", "parameter"), TEXTS)
def test_hostile_text_is_only_text(town: Loaded, question: Question, parameter: Parameter) -> None:
    cases = _cases(question)
    good, store = [_answer(town.dataset, question, c) for c in cases], _digest(town.dataset)
    nothing = _answer(town.dataset, question, {**cases[0], parameter.name: "no such words at all"})
    place = [str(v) for v in ask(town.dataset, question, cases[0]).vars or []].index(parameter.name)
    for text in HOSTILE:
        found = _answer(town.dataset, question, {**cases[0], parameter.name: text})
        bare = [row[:place] + row[place + 1 :] for row in found]
        assert bare == [row[:place] + row[place + 1 :] for row in nothing], text
        assert all(
            row[place] in (None, Literal(text), Literal(text, datatype=_STRING)) for row in found
        )
    assert [_answer(town.dataset, question, c) for c in cases] == good
    assert _digest(town.dataset) == store


_STRING = "http://www.w3.org/2001/XMLSchema#string"


@pytest.mark.parametrize("kind", TYPED)
def test_hostile_arguments_are_refused_where_a_type_is_asked(town: Loaded, kind: str) -> None:
    texts = {"ko": "가", "en": "a"}
    values = {"yes": texts} if kind == "choice" else {}
    parameter = Parameter("x", kind, texts, values=values)
    for text in HOSTILE:
        with pytest.raises(InputError) as caught:
            read_argument(town.dataset, parameter, text)
        assert caught.value.diagnostics[0].arguments["name"] in ("x", text)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_hostile_names_and_values_are_refused_by_every_question(
    town: Loaded, question: Question
) -> None:
    for text in ('"} UNION { ?s ?p ?o } #', "?name", "\x00"):
        with pytest.raises(InputError):
            ask(town.dataset, question, {text: "x"})
    for parameter in question.parameters:
        if parameter.type != "text":
            with pytest.raises(InputError):
                read_argument(town.dataset, parameter, "> } #")
