"""The options that the parts of the desk share, and what they open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from triplehelix.desk.contracts import DeskWriter
    from triplehelix.reading import Reading

LONGEST = 36_525
"""The longest time ahead, in days: a hundred years."""
_UNITS = {"": 1, "d": 1, "일": 1, "w": 7, "주": 7}


def read_duration(text: str) -> timedelta:
    """Return a time of days or weeks.

    Raises:
        BadParameter: it is none.

    >>> read_duration("180d"), read_duration("26주")
    (datetime.timedelta(days=180), datetime.timedelta(days=182))
    """
    word = text.strip().lower()
    number = word.rstrip("".join(_UNITS))
    unit = word[len(number) :]
    if number.isascii() and number.isdigit() and unit in _UNITS and len(number) <= 6:
        days = int(number) * _UNITS[unit]
        if days <= LONGEST:
            return timedelta(days=days)
    raise typer.BadParameter(say("errors.bad_duration", value=text))


HostOption = Annotated[str | None, typer.Option("--host", metavar="organization", help="desk_host")]
WithinOption = Annotated[
    timedelta | None,
    typer.Option("--within", metavar="duration", help="within", parser=read_duration),
]


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A store that is read for the desk, and the host that is asked for, if one is."""

    reading: Reading
    host: str | None

    def make_writer(self) -> DeskWriter:
        """Return what writes for the desk, in the chosen language."""
        from triplehelix.desk.contracts import DeskWriter
        from triplehelix.report import read_labels

        labels = read_labels(self.reading.dataset)
        return DeskWriter(self.reading.holdings(), labels, self.reading.on, chosen_language())


def open_desk(store: str, as_of: date | None, host: str | None) -> OpenDesk:
    """Return a store opened for the desk; the host goes by identifier, name or alias.

    Raises:
        InputError: there is no store, or no organisation has the name, or several have it.
    """
    from graph.references import find_reference
    from triplehelix.reading import open_reading

    reading = open_reading(store, as_of)
    found = None if host is None else find_reference(reading.dataset, "organization", host)
    return OpenDesk(reading, found)
