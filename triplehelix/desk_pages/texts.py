"""The words of the agreement desk, beside those of the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from triplehelix.analysis_pages.texts import read_words as read_other_words
from triplehelix.analysis_pages.texts import speak
from triplehelix.pages.texts import Text, fill, read_texts
from triplehelix.terminal.wording import say as say_there

PACKAGE = "triplehelix.desk_pages"


@cache
def read_words() -> Mapping[str, Text]:
    """Return the words of the desk, and those of the other pages that have no other here."""
    return {**read_other_words(), **read_texts(PACKAGE)}


def say(key: str, **arguments: object) -> Text:
    """Return the words of a key with values filled in.

    Raises:
        KeyError: there are no such words.

    >>> say("undertakings", count=3).en
    '3 undertakings'
    """
    return fill(read_words()[key], arguments)


def told(key: str) -> Text:
    """Return the words of the command line, which tells the same.

    >>> told("desk.verdicts.nothing").en
    'nothing recorded'
    """
    return speak(lambda language: say_there(key, language))


def name_state(code: str) -> Text:
    """Return what a state of what covers a partner is called.

    >>> name_state("in_force").en, name_state("waived").en
    ('in force', 'not needed')
    """
    return told(f"desk.states.{code}") if code in ("none", "waived") else say(f"status_{code}")
