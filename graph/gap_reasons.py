"""Why something is listed as a gap, and in what order: codes with values, words in a table.

The words are in ``gap_reasons.yml``, in Korean and English; a value is a number, a text, or the
name of something by language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from graph.model import labels, read_model
from graph.namespaces import THV
from graph.yaml_text import read_yaml

Name = Mapping[str, str]
Value = str | int | float | Decimal | Name | tuple[Name, ...]
Key = tuple[Any, ...]
Ranked = TypeVar("Ranked")
LISTED = 5
"""Of a longer list so many names are said, and how many more there are."""


@dataclass(frozen=True, slots=True)
class GapReason:
    """A code and the values that its sentence is filled with."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the sentence in a language.

        Raises:
            KeyError: there is no such reason, or a value is missing.

        >>> GapReason("expired", {"end": "2022-12-31", "days": 1200}).text("en")
        'It ended on 2022-12-31, 1,200 days before the date asked for.'
        """
        shown = {name: show_value(value, language) for name, value in self.values.items()}
        template: str = _texts()["reasons"][self.code][language]
        return template.format_map(shown)


@cache
def _texts() -> dict[str, Any]:
    text = files("graph").joinpath("gap_reasons.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def kind_label(kind: str, language: str) -> str:
    """Return what a kind of gap is called.

    Raises:
        KeyError: there is no such kind.

    >>> kind_label("expired", "ko")
    '끝난 협약'
    """
    label: str = _texts()["kinds"][kind][language]
    return label


def explain_rank(subject: str, language: str) -> str:
    """Return by what a list of gaps is ordered; the subject is the name of its module.

    Raises:
        KeyError: there is no such list.
    """
    text: str = _texts()["ranks"][subject][language]
    return text


def concept_name(concept: str) -> dict[str, str]:
    """Return the names of a concept of the vocabulary by language.

    >>> concept_name("academia")["en"]
    'academia'
    """
    return labels(read_model(), THV[concept])


def show_value(value: Value, language: str) -> str:
    """Return a value as people read it; of more than five names the number of the others."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return value.get(language) or value.get("ko", "")
    if isinstance(value, tuple):
        names = ", ".join(show_value(name, language) for name in value[:LISTED])
        more: str = _texts()["more"][language]
        return names + more.format(len(value) - LISTED) if len(value) > LISTED else names
    if isinstance(value, float):
        return f"{value:.3g}"
    return f"{value:,f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value):,}"


def assign_ranks(
    gaps: Iterable[Ranked], key: Callable[[Ranked], Key], name: Callable[[Ranked], str]
) -> list[Ranked]:
    """Return gaps in the order of a key, with their ranks; equal ones share the better rank.

    The name only orders what is equal, so that people always see the same.
    """
    ordered = sorted(gaps, key=lambda gap: (key(gap), name(gap)))
    ranked: list[Ranked] = []
    previous: tuple[Key, int] | None = None
    for number, gap in enumerate(ordered, start=1):
        if previous is None or previous[0] != key(gap):
            previous = (key(gap), number)
        ranked.append(replace(gap, rank=previous[1]))  # type: ignore[type-var]
    return ranked


def days_between(earlier: date, later: date) -> int:
    """Return the number of days from one date to another.

    >>> days_between(date(2024, 2, 28), date(2024, 3, 1))
    2
    """
    return (later - earlier).days
