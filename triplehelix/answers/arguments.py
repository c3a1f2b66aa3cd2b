"""What people give in Python, and how they are told what is wrong: dates, languages, names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from graph.diagnostics import InputError, render
from triplehelix.answers.values import Record
from triplehelix.terminal.wording import LANGUAGES

Day = date | str | None
"""A date, or one as people write it; a year or month means its last day."""
Argument = Record | date | str | int | bool


def check_language(language: str) -> str:
    """Return a language that there is.

    Raises:
        ValueError: there is no such language.

    >>> check_language("fr")
    Traceback (most recent call last):
    ValueError: there is no language 'fr'; languages: ko, en
    """
    if language not in LANGUAGES:
        raise ValueError(f"there is no language {language!r}; languages: {', '.join(LANGUAGES)}")
    return language


def write(value: Argument) -> str:
    """Return an argument as people write it.

    >>> write(date(2023, 12, 31)), write(3)
    ('2023-12-31', '3')
    """
    if isinstance(value, Record):
        return value.iri
    return value.isoformat() if isinstance(value, date) else str(value)


def read_day(text: str) -> date:
    """Return the last day that a date may mean; its error is told by ``graph.dates``.

    >>> read_day("'19. 2.")
    datetime.date(2019, 2, 28)
    """
    from graph.dates import parse_date

    return parse_date(text).latest


@contextmanager
def in_words(language: str) -> Iterator[None]:
    """Let an error speak the language of the graph."""
    try:
        yield
    except InputError as error:
        error.args = ("\n".join(render(each, language) for each in error.diagnostics),)
        raise
