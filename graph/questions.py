"""The questions: ``.rq`` files with a header, grouped by subject in folders.

The header is that of grlc (https://github.com/CLARIAH/grlc): lines that start with ``#+`` hold
YAML: ``summary``, ``description`` (both by language), ``tags``, ``parameters``.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.diagnostics import Diagnostic, InputError
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
def read_questions(group: str = "") -> Mapping[str, Question]:
    """Return the shipped questions by name: all that people ask, or those of a group."""
    root = Path(str(files("graph.queries")))
    paths = root.glob(f"{group or '*'}/*.rq")
    apart = () if group else ("quality", "reasons")
    return {
        path.stem: parse_question(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(paths, key=lambda path: path.stem)
        if path.parent.name not in apart
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
    raise InputError([tell_unknown("unknown_query", name, list(questions))])


def tell_unknown(code: str, name: str, known: list[str], **more: str) -> Diagnostic:
    """Return the diagnostic of a name that is not known, with similar ones."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f" ({', '.join(near)}?)" if near else ""
    return Diagnostic(code, Location(""), arguments={"name": name, "hint": hint, **more})
