"""The options that commands share; their help is a key of ``wording.yml``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from triplehelix.terminal.output import Format
from triplehelix.terminal.wording import choose_language, say

STORE = "build/store"


class Language(StrEnum):
    """The languages of everything that is said."""

    KO = "ko"
    EN = "en"


class Level(StrEnum):
    """Whose agreements count: those of exactly the body, or those of its parents, too."""

    UNIT = "unit"
    PARENT = "parent"


def _speak(language: Language | None) -> Language | None:
    if language is not None:
        choose_language(language.value)
    return language


def read_day(text: str) -> date:
    """Return the last day that a date may mean.

    Raises:
        BadParameter: the text is no date.

    >>> read_day("2019"), read_day("'19. 2.")
    (datetime.date(2019, 12, 31), datetime.date(2019, 2, 28))
    """
    from graph.dates import DateError, parse_date

    try:
        return parse_date(text).latest
    except DateError as error:
        raise typer.BadParameter(say("errors.bad_date", value=text)) from error


StoreOption = Annotated[str, typer.Option("--store", metavar="store", help="store")]
LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", metavar="ko|en", help="lang", callback=_speak, is_eager=True),
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", metavar="table|json|csv|md", help="format")
]
DayOption = Annotated[
    date | None, typer.Option("--as-of", metavar="date", help="as_of", parser=read_day)
]
EcosystemArgument = Annotated[
    str, typer.Argument(metavar="ecosystem", help="ecosystem", show_default=False)
]
