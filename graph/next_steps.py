"""What is to be done next about a partner, and why: a code, and reasons in words.

How it is decided is told in :mod:`graph.step_decision`. The words are in ``next_steps.yml``, in
Korean and English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from graph.gap_reasons import Value, show_value
from graph.yaml_text import read_yaml

StepCode = Literal["sign", "renew", "confirm_party", "extend_subject", "record_end", "none"]
STEPS: tuple[StepCode, ...] = get_args(StepCode)
"""The steps in the order in which people need them."""


@dataclass(frozen=True, slots=True)
class StepReason:
    """A code and the values that its sentence is filled with."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the sentence in a language.

        Raises:
            KeyError: there is no such reason, or a value is missing.

        >>> StepReason("never_signed").text("en")
        'No agreement is recorded.'
        """
        shown = {name: show_value(value, language) for name, value in self.values.items()}
        template: str = _texts()["reasons"][self.code][language]
        return template.format_map(shown)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done next, and why; the reason that decides it stands first."""

    code: StepCode
    reasons: tuple[StepReason, ...] = ()


@cache
def _texts() -> dict[str, Any]:
    text = files("graph").joinpath("next_steps.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def step_label(code: StepCode, language: str) -> str:
    """Return what a step is called.

    >>> step_label("sign", "ko")
    '체결'
    """
    label: str = _texts()["steps"][code][language]
    return label


def explain_order(language: str) -> str:
    """Return by what partners are ordered."""
    text: str = _texts()["order"][language]
    return text


def explain_steps(language: str) -> str:
    """Return what each step means, and which goes before which."""
    text: str = _texts()["precedence"][language]
    return text
