"""The questions: ``.rq`` files with a header, grouped by subject in folders."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from graph.diagnostics import Diagnostic, InputError
from graph.question_header import Chart, Column, Parameter, Question, parse_question
from graph.record import Location

__all__ = [
    "GROUPS",
    "Chart",
    "Column",
    "Parameter",
    "Question",
    "find_question",
    "parse_question",
    "read_questions",
    "read_reason",
    "tell_unknown",
]

GROUPS = (
    "organizations",
    "agreements",
    "programmes",
    "money",
    "indicators",
    "events",
    "themes",
    "places",
    "hubs",
    "gaps",
    "time",
    "evidence",
    "quality",
)
"""The folders, in the order in which people are shown them."""
_REASONS = "reasons"


@cache
def _list_paths() -> Mapping[str, Path]:
    """Return the files of the questions by name."""
    root = Path(str(files("graph.queries")))
    found = sorted(root.glob("*/*.rq"), key=lambda path: path.stem)
    return {path.stem: path for path in found if path.parent.name != _REASONS}


@cache
def _read(path: Path) -> Question:
    return parse_question(path.stem, path.read_text(encoding="utf-8"), path.parent.name)


@cache
def read_questions(group: str = "") -> Mapping[str, Question]:
    """Return the shipped questions by name: all, or those of a group.

    Raises:
        ValueError: the header of a file is not what it should be.

    >>> read_questions("quality")["budget_parts"].severity
    'warning'
    """
    paths = _list_paths()
    return {n: _read(path) for n, path in paths.items() if group in ("", path.parent.name)}


def find_question(name: str) -> Question:
    """Return a shipped question by name; hyphens and underscores are alike.

    Raises:
        InputError: there is no such question; similar names are told.
    """
    paths = _list_paths()
    key = name.replace("-", "_")
    if key in paths:
        return _read(paths[key])
    raise InputError([tell_unknown("unknown_query", name, list(paths))])


def read_reason(name: str) -> Question:
    """Return the question that tells why others have no answer, by the name of its file.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return _read(Path(str(files("graph.queries"))) / _REASONS / f"{name}.rq")


def tell_unknown(code: str, name: str, known: list[str], **more: str) -> Diagnostic:
    """Return the diagnostic of a name that is not known, with similar ones."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f" ({', '.join(near)}?)" if near else ""
    return Diagnostic(code, Location(""), arguments={"name": name, "hint": hint, **more})
