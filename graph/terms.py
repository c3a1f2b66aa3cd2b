"""Between which dates a tie holds, and how a partial date stands to a day."""

from __future__ import annotations

from datetime import date

from graph.dates import parse_lexical
from graph.gaps import Holdings
from graph.ties import Tie


def term(holdings: Holdings, tie: Tie) -> tuple[str, str]:
    """Return the partial dates between which a tie holds; an empty one is not stated.

    A participation without dates takes those of its undertaking, and an event whose end is not
    stated ends when it begins. A party is bound from the beginning of the agreement, or from its
    signing, to its end.
    """
    if thing := holdings.initiatives.get(tie.target):
        end = tie.end or thing.end or (thing.start if thing.is_event else "")
        return tie.start or thing.start, end
    if agreement := holdings.agreements.get(tie.target):
        return agreement.start or agreement.signed, agreement.end
    return tie.start, tie.end


def begins_by(start: str, day: date) -> bool | None:
    """Return whether a partial date has come by a day; nothing when it does not tell.

    >>> begins_by("2023", date(2023, 6, 30)) is None, begins_by("2023-07", date(2023, 6, 30))
    (True, False)
    """
    if not start:
        return None
    begins = parse_lexical(start)
    if begins.earliest > day:
        return False
    return True if begins.latest <= day else None


def goes_on(end: str, day: date) -> bool | None:
    """Return whether something is not over before a day; without a stated end it goes on.

    >>> goes_on("2023-06", date(2023, 6, 30)), goes_on("2023", date(2023, 6, 30)) is None
    (None, True)
    """
    if not end:
        return True
    ends = parse_lexical(end)
    if ends.latest < day:
        return False
    return True if ends.earliest >= day else None
