"""The words of the pages of measures, beside those of the other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from triplehelix.pages.texts import Text, fill, read_texts
from triplehelix.record_pages.texts import read_words as read_record_words

PACKAGE = "triplehelix.analysis_pages"


@cache
def read_words() -> Mapping[str, Text]:
    """Return the words of these pages, and those of the other pages that have no other here."""
    return {**read_record_words(), **read_texts(PACKAGE)}


def say(key: str, **arguments: object) -> Text:
    """Return the words of a key with values filled in.

    Raises:
        KeyError: there are no such words.

    >>> say("place_shared", rank=3).en
    '=3'
    """
    return fill(read_words()[key], arguments)


def rank_text(place: int, tied: int) -> Text:
    """Return a rank, and whether it is one of several.

    >>> rank_text(3, 2).en, rank_text(1, 1).en
    ('=3', '1')
    """
    return say("place_shared" if tied > 1 else "place", rank=place)


def speak(tell: Callable[[str], str]) -> Text:
    """Return what a function of the language tells, in both.

    >>> speak(lambda language: language.upper())
    Text(ko='KO', en='EN')
    """
    return Text(tell("ko"), tell("en"))


def both(names: Mapping[str, str]) -> Text:
    """Return names by language; Korean stands for a missing English one."""
    return Text(names["ko"], names.get("en") or names["ko"])


def sentences(texts: Iterable[Text]) -> Text:
    """Return sentences one after another.

    >>> sentences([Text("가.", "A."), Text("나.", "B.")]).en
    'A. B.'
    """
    pairs = list(texts)
    return Text(*(" ".join(pair[at] for pair in pairs if pair[at]) for at in (0, 1)))
