"""The sources of a brief: numbered where they are first needed, listed with short quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.diagnostics import shorten
from graph.evidence import Evidence
from triplehelix.desk.brief import Source
from triplehelix.pages.texts import Text, plain

_CITED = 2
"""A row names so many places; all of them stand on the page of the record."""
_WORDS, _SIGNS = 14, 60
"""A quote has fewer than fifteen words, and is about as long as a line."""


class Citations:
    """Numbers places in the order in which they are cited."""

    def __init__(self) -> None:
        """Begin with no place."""
        self._places: dict[tuple[str, str], Evidence] = {}

    def cite(self, evidence: Iterable[Evidence]) -> str:
        """Return the numbers of the first places of evidence.

        >>> Citations().cite([Evidence("plan", "7", "", "a", "stated")])
        '1'
        """
        numbers: dict[int, None] = {}
        for item in evidence:
            place = (item.document, item.lines or item.locator)
            self._places.setdefault(place, item)
            numbers[list(self._places).index(place) + 1] = None
            if len(numbers) == _CITED:
                break
        return ", ".join(map(str, numbers))

    def list_sources(self, names: Mapping[str, Text]) -> tuple[Source, ...]:
        """Return the cited places with the names of their documents."""
        return tuple(
            Source(number, names.get(document, plain(document)), lines, shorten_quote(item.quote))
            for number, ((document, lines), item) in enumerate(self._places.items(), start=1)
        )


def shorten_quote(quote: str) -> str:
    """Return a quote of fewer than fifteen words on one line.

    >>> shorten_quote("one two three four five six seven eight nine ten 11 12 13 14 15 16")
    'one two three four five six seven eight nine ten 11 12 13 14…'
    """
    words = quote.split()
    cut = " ".join(words[:_WORDS]) + ("…" if len(words) > _WORDS else "")
    return shorten(cut, _SIGNS + 2)
