"""Questions and their results as listings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

from rdflib import URIRef
from rdflib.query import Result
from rdflib.term import Node

from graph.description import qualify
from graph.names import match_key
from graph.namespaces import ID
from graph.questions import Question
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import say


def matches(question: Question, word: str) -> bool:
    """Return whether a word stands in the name, summary, description or tags of a question."""
    told = (question.name, *question.summary.values(), *question.description.values())
    return any(match_key(word) in match_key(text) for text in (*told, *question.tags))


def list_questions(questions: Sequence[Question], language: str) -> Listing:
    """Return questions with what they answer, and their parameters."""
    rows = [
        (
            question.name,
            _speak(question.summary, language),
            "\n".join(
                f"{p.name}={p.default}" if p.default is not None else f"{p.name}"
                for p in question.parameters
            ),
        )
        for question in questions
    ]
    return Listing(
        say("query.title", language, count=len(rows)),
        (
            Heading(say("columns.question", language)),
            Heading(say("columns.summary", language), share=5),
            Heading(say("columns.parameters", language), share=2),
        ),
        rows,
        [_write_question(question, language) for question in questions],
        empty=say("query.empty", language),
        note=say("query.note", language),
    )


def _write_question(question: Question, language: str) -> dict[str, object]:
    return {
        "name": question.name,
        "summary": _speak(question.summary, language),
        "description": _speak(question.description, language) or None,
        "tags": list(question.tags),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "description": _speak(parameter.description, language),
                "default": parameter.default,
            }
            for parameter in question.parameters
        ],
    }


def list_result(question: Question, result: Result, language: str) -> Listing:
    """Return the rows of a result; as JSON they are SPARQL 1.1 Query Results JSON."""
    contract = json.loads(result.serialize(format="json") or b"{}")
    names = [str(variable) for variable in result.vars or []]
    rows: list[tuple[str, ...]]
    if result.type == "ASK":
        names, answer = ["answer"], "true" if result.askAnswer else "false"
        rows = [(say(f"query.{answer}", language),)]
    else:
        rows = [tuple(_show(row.get(v)) for v in result.vars or []) for row in result.bindings]
    summary = _speak(question.summary, language)
    # A bound parameter comes back in every row, the same each time.
    bound = {parameter.name for parameter in question.parameters}
    headings = tuple(
        Heading(
            name,
            share=0 if _is_number(rows, number) else _longest(rows, number),
            right=_is_number(rows, number),
            hidden=name in bound,
        )
        for number, name in enumerate(names)
    )
    return Listing(
        say("query.rows", language, summary=summary, count=len(rows)),
        headings,
        rows,
        contract,
        empty=say("query.nothing", language),
        note=_speak(question.description, language),
    )


def _show(term: Node | None) -> str:
    if term is None:
        return ""
    if isinstance(term, URIRef):
        return str(term).removeprefix(str(ID)) if term.startswith(str(ID)) else qualify(str(term))
    return str(term)


def _longest(rows: Sequence[tuple[str, ...]], column: int) -> int:
    """Return how wide the widest cell is set, within bounds, as its share of the width."""
    return min(max((_measure(row[column]) for row in rows), default=0), 40) or 1


def _measure(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _is_number(rows: Sequence[tuple[str, ...]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column]]
    return bool(cells) and all(cell.replace(".", "", 1).lstrip("-").isdigit() for cell in cells)


def _speak(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("ko") or ""
