"""The words of the pages of records, beside those of the other pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from triplehelix.pages.texts import Text, fill, read_texts

PACKAGE = "triplehelix.record_pages"


@cache
def read_words() -> Mapping[str, Text]:
    """Return the words of these pages, and those of the other pages that have no other here."""
    return {**read_texts(), **read_texts(PACKAGE)}


def say(key: str, **arguments: object) -> Text:
    """Return the words of a key with values filled in.

    Raises:
        KeyError: there are no such words.

    >>> say("as_data").en
    'As data'
    """
    return fill(read_words()[key], arguments)
