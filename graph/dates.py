"""Dates that are only as precise as their source: a year, a month or a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from graph.names import fold_digits

_SEPARATED = re.compile(
    r"(?P<y>\d{4}|'\d{2})\s*[-./년]?\s*(?:(?P<m>\d{1,2})\s*[-./월]?\s*)?"
    r"(?:(?P<d>\d{1,2})\s*[.일]?)?",
    re.ASCII,
)
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class DateError(ValueError):
    """The text is no date, or names a day that does not exist."""


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date with a precision; the lexical form is that of xsd:gYear, gYearMonth or date."""

    lexical: str

    @property
    def datatype(self) -> str:
        """The local name of the XML Schema datatype."""
        return _DATATYPES[len(self.lexical)]

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        year, month, day = _parts(self.lexical)
        return date(year, month or 1, day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        year, month, day = _parts(self.lexical)
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The days between which a day lies that follows from a partial date."""

    earliest: date
    latest: date

    @property
    def lexical(self) -> str:
        """The day, or first and last day as ISO 8601 writes an interval."""
        ends = dict.fromkeys((self.earliest.isoformat(), self.latest.isoformat()))
        return "/".join(ends)


@lru_cache(maxsize=4096)
def _parts(lexical: str) -> tuple[int, int | None, int | None]:
    numbers = [int(part) for part in lexical.split("-")]
    year, month, day = [*numbers, None, None][:3]
    assert year is not None
    return year, month, day


def parse_date(text: str) -> PartialDate:
    """Read a date as Korean documents write it, keeping its precision.

    Raises:
        DateError: the text is no date, or the day does not exist.

    >>> [parse_date(text).lexical for text in ("'22. 10.", "2023.8.29.", "2019년")]
    ['2022-10', '2023-08-29', '2019']
    """
    found = _SEPARATED.fullmatch(fold_digits(text))
    if not found:
        raise DateError(text)
    year = found["y"].replace("'", "20")
    pieces = [year, *(part.zfill(2) for part in (found["m"], found["d"]) if part)]
    result = PartialDate("-".join(pieces))
    if "00" in pieces[1:]:
        raise DateError(text)
    try:
        _ = result.latest
    except ValueError as error:
        raise DateError(text) from error
    return result


def parse_lexical(lexical: str) -> PartialDate:
    """Return the date of an XML Schema lexical form that is already valid.

    >>> parse_lexical("2019-02").latest
    datetime.date(2019, 2, 28)
    """
    return PartialDate(lexical)


def sort_key(lexical: str) -> tuple[date, date]:
    """Return what puts stated dates in order, by their last day; nothing stated comes first.

    >>> sorted(["2023-08", "", "2023", "2023-08-29"], key=sort_key)
    ['', '2023-08-29', '2023-08', '2023']
    """
    if not lexical:
        return date.min, date.min
    stated = parse_lexical(lexical)
    return stated.latest, stated.earliest
