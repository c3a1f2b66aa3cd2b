"""Deadlines as an iCalendar file (RFC 5545) that calendars update instead of duplicating.

*Identity*: the UID follows from the agreement and the kind of day, so that a corrected or renewed
end moves the event that is there. A build remembers no earlier file and so cannot count revisions:
there is no SEQUENCE, and DTSTAMP and LAST-MODIFIED are the date that is told for. Of two files
the later date wins (RFC 5546, section 2.1.5); what is subscribed to is replaced as a whole.

*Rough dates*: a day that is only known as a month or a year is an event on its first possible
day, marked "at the earliest". A reminder that is early does less harm than one that is late, and
an event over a whole year would hide the days beneath it.

The only door to the library icalendar, which takes a tenth of a second to import.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from graph.deadlines import Deadline
from triplehelix import __version__
from triplehelix.desk.texts import tell
from triplehelix.terminal.output import clean

if TYPE_CHECKING:
    from icalendar import Alarm, Event

AHEAD = timedelta(days=30)
"""So long before the day the alarm rings."""


def encode_calendar(deadlines: Iterable[Deadline], on: date, language: str) -> bytes:
    """Return the calendar of deadlines as told for a date; the same input gives the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Triple Helix//{__version__}//{language.upper()}")
    calendar.add("name", tell("calendar_name", language))
    calendar.add("x-wr-calname", tell("calendar_name", language))  # What most calendars read.
    for deadline in deadlines:
        calendar.add_component(_event(deadline, on, language))
    encoded: bytes = calendar.to_ical()
    return encoded


def identify(deadline: Deadline) -> str:
    """Return the UID of a deadline: that of the agreement and the kind of day."""
    return str(uuid5(NAMESPACE_URL, f"{deadline.agreement.iri}#{deadline.kind}"))


def _event(deadline: Deadline, on: date, language: str) -> Event:
    from icalendar import Event

    told = datetime.combine(on, time(), UTC)
    summary = _summarise(deadline, language)
    event = Event()
    event.add("uid", identify(deadline))
    event.add("dtstamp", told)
    event.add("last-modified", told)
    event.add("dtstart", deadline.day.earliest)
    event.add("summary", summary, parameters={"LANGUAGE": language})
    event.add("description", _describe(deadline, language), parameters={"LANGUAGE": language})
    event.add("categories", [tell("calendar_name", language)])
    event.add("transp", "TRANSPARENT")  # A day of notice leaves a day free for meetings.
    event.add_component(_alarm(summary))
    return event


def _alarm(summary: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -AHEAD)
    return alarm


def _summarise(deadline: Deadline, language: str) -> str:
    name = clean(deadline.agreement.label(language))
    rough = deadline.day.earliest != deadline.day.latest
    key = f"calendar_{deadline.kind}_{'earliest' if rough else 'day'}"
    return tell(key, language, agreement=name)


def _describe(deadline: Deadline, language: str) -> str:
    """Return between whom, what was agreed, when exactly, and where it says so."""
    agreement, day = deadline.agreement, deadline.day
    parties = ", ".join(party.label(language) for party in deadline.parties)
    lines = [tell("calendar_parties", language, parties=parties)] if parties else []
    if subject := agreement.subject(language):
        lines.append(tell("calendar_subject", language, subject=subject))
    if day.earliest != day.latest:
        lines.append(tell("calendar_rough", language, earliest=day.earliest, latest=day.latest))
    places = "; ".join(dict.fromkeys(item.place for item in deadline.evidence))
    if places:
        lines.append(tell("calendar_evidence", language, places=places))
    return "\n".join(map(clean, lines))
