"""The brief: everything that a host does with a partner, for one page that goes into a meeting.

A plain structure of texts in both languages, without any form: see
:mod:`triplehelix.desk.brief_contents` for how it is made, :mod:`triplehelix.desk.brief_page` and
:mod:`triplehelix.desk.brief_document` for how it is set.
"""

from __future__ import annotations

from dataclasses import dataclass

from triplehelix.pages.texts import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a heading; one without columns holds sentences.

    ``wide``: the share of the width that each column takes. ``left``: how many rows a page has
    no room for.
    """

    heading: Text
    columns: tuple[Text, ...]
    wide: tuple[int, ...]
    rows: tuple[tuple[Text, ...], ...]
    empty: Text
    left: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: the document, its lines, and what it says there."""

    number: int
    document: Text
    lines: str
    quote: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief about a partner of a host."""

    title: Text
    about: Text
    facts: tuple[tuple[Text, Text], ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
