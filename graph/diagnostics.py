"""What is wrong with an input: code, place, value; the words are in ``messages.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from graph.record import Location
from graph.yaml_text import read_yaml

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault of an input, said in the language of the reader by :func:`render`."""

    code: str
    location: Location
    column: Mapping[str, str] = field(default_factory=dict)
    value: str = ""
    severity: Severity = "violation"
    arguments: Mapping[str, str] = field(default_factory=dict)
    remedy: Mapping[str, str] = field(default_factory=dict)


class InputError(Exception):
    """The input cannot be used; carries every diagnostic found, not only the first."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics."""
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(render(d, "en") for d in self.diagnostics[:3]))


@cache
def _messages() -> dict[str, Any]:
    text = files("graph").joinpath("messages.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def message(code: str, language: str, **arguments: str) -> str:
    """Return the message of a code in a language.

    Raises:
        KeyError: there is no such message.

    >>> message("unknown_store", "en", path="build/store")
    'There is no store at build/store. Run triplehelix build first.'
    """
    text: str = _messages()[code][language]
    return text.format_map(arguments)


def render(diagnostic: Diagnostic, language: str) -> str:
    """Return one line: file, sheet, row, column, value, what is wrong and the remedy."""
    where = diagnostic.location
    labels = _messages()["labels"][language]
    parts = [where.file]
    if where.sheet:
        parts.append(labels["sheet"].format(where.sheet))
    if where.row is not None:
        parts.append(labels["row"].format(where.row))
    if diagnostic.column:
        parts.append(labels["column"].format(diagnostic.column.get(language, "")))
    if diagnostic.value:
        parts.append(labels["value"].format(shorten(diagnostic.value)))
    text = message(diagnostic.code, language, **diagnostic.arguments)
    if remedy := diagnostic.remedy.get(language, ""):
        text = f"{text} {remedy}"
    place = ", ".join(part for part in parts if part)
    return f"{place}: {text}" if place else text


def shorten(text: str, width: int = 60) -> str:
    """Return the text on one line, cut to a width.

    >>> shorten("a" * 70, 10)
    'aaaaaaaaa…'
    """
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
