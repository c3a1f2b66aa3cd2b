"""The words of the district map, beside those of the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from triplehelix.pages.texts import Text, fill, read_texts
from triplehelix.record_pages.texts import read_words as read_other_words

PACKAGE = "triplehelix.district_map"


@cache
def read_own_words() -> Mapping[str, Text]:
    """Return the words of this page alone; its script takes those that begin with ``map_``."""
    return read_texts(PACKAGE)


def say(key: str, **arguments: object) -> Text:
    """Return the words of a key with values filled in.

    Raises:
        KeyError: there are no such words.

    >>> say("no_sector").en
    'no sector'
    """
    return fill({**read_other_words(), **read_own_words()}[key], arguments)
