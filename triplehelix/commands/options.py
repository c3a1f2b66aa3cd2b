"""The options that commands share; their help is a key of ``help_wording.yml``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.terminal.output import Format
from triplehelix.terminal.wording import choose_language, say

if TYPE_CHECKING:
    from graph.network import NetworkKind

STORE = "build/store"


class Language(StrEnum):
    """The languages of everything that is said."""

    KO = "ko"
    EN = "en"


class Level(StrEnum):
    """Whose agreements count: those of exactly the body, or those of its parents, too."""

    UNIT = "unit"
    PARENT = "parent"


class OneMode(StrEnum):
    """Networks among organisations."""

    ORGANIZATIONS = "organizations"
    AGREEMENTS = "agreements"
    AFFILIATIONS = "affiliations"


class NetworkName(StrEnum):
    """All networks, as they are asked for."""

    TWO_MODE = "two-mode"
    ORGANIZATIONS = "organizations"
    AGREEMENTS = "agreements"
    AFFILIATIONS = "affiliations"
    ALL = "all"

    @property
    def kind(self) -> NetworkKind:
        """The name of the network in the library.

        >>> NetworkName.TWO_MODE.kind
        'participations'
        """
        kinds: dict[NetworkName, NetworkKind] = {
            NetworkName.TWO_MODE: "participations",
            NetworkName.ORGANIZATIONS: "organizations",
            NetworkName.AGREEMENTS: "agreements",
            NetworkName.AFFILIATIONS: "affiliations",
            NetworkName.ALL: "all",
        }
        return kinds[self]


class WeightingName(StrEnum):
    """How the undertakings that two share add up to the weight of their tie."""

    COUNT = "count"
    NEWMAN = "newman"
    HYPERBOLIC = "hyperbolic"


def read_level(text: str) -> float:
    """Return a level of significance, above 0 and up to 1.

    Raises:
        BadParameter: it is none.

    >>> read_level("0.05")
    0.05
    """
    try:
        level = float(text)
    except ValueError:
        level = 0.0
    if not 0 < level <= 1:
        raise typer.BadParameter(say("errors.bad_level", value=text))
    return level


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


def read_count(text: str) -> int:
    """Return a number from 1 up.

    Raises:
        BadParameter: it is none.

    >>> read_count("12")
    12
    """
    if not text.isdecimal() or int(text) < 1:
        raise typer.BadParameter(say("errors.bad_count", value=text))
    return int(text)


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
TopOption = Annotated[
    int | None, typer.Option("--top", metavar="number", help="top", parser=read_count)
]
ExplainOption = Annotated[bool, typer.Option("--explain", help="explain_measure")]
NetworkOption = Annotated[
    NetworkName | None,
    typer.Option(
        "--network", metavar="two-mode|organizations|agreements|affiliations|all", help="network"
    ),
]
OneModeOption = Annotated[
    OneMode,
    typer.Option("--network", metavar="organizations|agreements|affiliations", help="network"),
]
WeightingOption = Annotated[
    WeightingName | None,
    typer.Option("--weighting", metavar="count|newman|hyperbolic", help="weighting"),
]
EcosystemArgument = Annotated[
    str, typer.Argument(metavar="ecosystem", help="ecosystem", show_default=False)
]
