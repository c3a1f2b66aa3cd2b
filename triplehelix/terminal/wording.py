"""The words of the command line in Korean and English, and the language of the reader."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from graph.yaml_text import read_yaml

LANGUAGES = ("ko", "en")
VARIABLE = "TRIPLEHELIX_LANG"

_chosen: ContextVar[str] = ContextVar("language")


FILES = (
    "help_wording.yml",
    "wording.yml",
    "measure_wording.yml",
    "history_wording.yml",
    "desk_wording.yml",
)
"""The files with words: of the help, of commands, of measures, of the history of builds; each is
read when it is needed."""


@cache
def read_words(file: str) -> dict[str, Any]:
    """Return what a file of this package holds, such as words by key and language."""
    text = files("triplehelix.terminal").joinpath(file).read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def _find(key: str) -> Any:
    """Return what stands at a key, in the first file that has its first part."""
    first, *rest = key.split(".")
    found: Any = next((words for file in FILES if first in (words := read_words(file))), {})
    for part in (first, *rest):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def say(key: str, language: str | None = None, **arguments: object) -> str:
    """Return the words of a key in a language, by default the chosen one.

    Raises:
        KeyError: there are no such words.

    >>> say("status.in_force", "ko"), say("errors.several", "en", count=2)
    ('유효', '2 faults.')
    """
    found = _find(key)
    if found is None:
        raise KeyError(key)
    words: str = found[language or chosen_language()]
    return words.format_map(arguments)


def knows(key: str) -> bool:
    """Return whether there are words for a key.

    >>> knows("rules.prp-trp"), knows("rules.none")
    (True, False)
    """
    return _find(key) is not None


def choose_language(language: str) -> None:
    """Speak a language from here on."""
    _chosen.set(language)


def chosen_language() -> str:
    """Return the language that was chosen, or the reader's."""
    return _chosen.get(None) or default_language()


def default_language(environment: Mapping[str, str] | None = None) -> str:
    """Return the language of TRIPLEHELIX_LANG, or else Korean where the locale is Korean.

    >>> default_language({"LANG": "ko_KR.UTF-8"}), default_language({"LC_ALL": "C"})
    ('ko', 'en')
    >>> default_language({"LANG": "ko_KR.UTF-8", "TRIPLEHELIX_LANG": "en"})
    'en'
    """
    variables = os.environ if environment is None else environment
    if (wanted := variables.get(VARIABLE, "").lower()) in LANGUAGES:
        return wanted
    names = (variables.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    # Windows has no such variables; its locale is called Korean_Korea.
    spoken = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "ko" if spoken.lower().startswith("ko") else "en"


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language that --lang asks for, or the reader's where it asks for none.

    It is looked up before the command line is parsed, so that faults in it are told in the
    language, too.

    >>> asked_language(["gaps", "--lang", "ko"]), asked_language(["--lang=en"])
    ('ko', 'en')
    """
    for number, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or next(iter(arguments[number + 1 :]), "")
            if value in LANGUAGES:
                return value
    return default_language()
