"""The library of questions as the pages need it: plain values that become JSON."""

from __future__ import annotations

import re
from typing import Any

from graph.questions import GROUPS, Parameter, Question, read_questions, read_reason

_TOKENS = re.compile(
    r"""\#[^\n]*                                 # a comment
    | <[^<>"{}|^`\\\s]*>                         # an IRI
    | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'  # a string
    | [\w?$:][\w?$:.-]*[\w:] | \S                # a word, a sign""",
    re.VERBOSE,
)
_BEFORE_GROUP = frozenset({"WHERE", "UNION", "{", "}", "."})
"""After these a brace opens a group of its own: no OPTIONAL, FILTER, GRAPH or VALUES."""


def list_questions() -> list[dict[str, Any]]:
    """Return the shipped questions in the order of the groups, each as a mapping for JSON."""
    questions = sorted(
        read_questions().values(), key=lambda q: (GROUPS.index(q.group), q.summary["ko"])
    )
    return [_tell(question) for question in questions]


def _tell(question: Question) -> dict[str, Any]:
    chart = question.chart
    return {
        "name": question.name,
        "group": question.group,
        "summary": dict(question.summary),
        "description": dict(question.description),
        "users": list(question.users),
        "tags": list(question.tags),
        "parameters": [_tell_parameter(parameter) for parameter in question.parameters],
        "columns": [
            {
                "name": column.name,
                "type": column.type,
                "label": dict(column.label),
                "names": column.names,
            }
            for column in question.columns
        ],
        "chart": {"kind": chart.kind, "x": chart.x, "y": list(chart.y)} if chart else None,
        "empty": dict(question.empty),
        "because": _tell_reason(question.because) if question.because else None,
        "parts": cut(question.query),
    }


def _tell_parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "type": parameter.type,
        "description": dict(parameter.description),
        "default": parameter.default,
        "values": {value: dict(label) for value, label in parameter.values.items()},
    }


def _tell_reason(name: str) -> dict[str, Any]:
    """Return the question that finds out why another has no answer, and its sentence."""
    reason = read_reason(name)
    names = [parameter.name for parameter in reason.parameters]
    return {"message": dict(reason.message), "parameters": names, "parts": cut(reason.query)}


def cut(query: str) -> list[str]:
    """Return a query cut where its groups begin: after ``WHERE {``, and in each part of a UNION.

    A reader of the page who wants to ask with other means gets the conditions as a VALUES block at
    each cut; the server never does that, it binds terms.

    >>> cut('SELECT * WHERE { ?s ?p "WHERE {" } # WHERE {')
    ['SELECT * WHERE {', ' ?s ?p "WHERE {" } # WHERE {']
    """
    tokens = [token for token in _TOKENS.finditer(query) if token[0][0] != "#"]
    words = [token[0].upper() for token in tokens]
    ends = [
        token.end()
        for token, before, word, after in zip(
            tokens[1:], words[:-1], words[1:], [*words[2:], ""], strict=True
        )
        if word == "{" and before in _BEFORE_GROUP and after != "SELECT"
    ]
    return [query[a:b] for a, b in zip([0, *ends], [*ends, len(query)], strict=True)]
