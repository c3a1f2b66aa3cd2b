"""``triplehelix desk due``: days of notice and ends of agreements, also as a calendar."""

from __future__ import annotations

from typing import Annotated

import typer

from triplehelix.commands.desk_options import HostOption, WithinOption, open_desk
from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    StoreOption,
)
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.wording import chosen_language

CalendarOption = Annotated[str, typer.Option("--ics", metavar="calendar_file", help="ics")]
ForceOption = Annotated[bool, typer.Option("--force", help="force")]


def due(
    host: HostOption = None,
    as_of: DayOption = None,
    within: WithinOption = None,
    ics: CalendarOption = "",
    force: ForceOption = False,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show days of notice and ends of agreements, or write them as a calendar."""
    from graph.deadlines import WITHIN, find_deadlines
    from triplehelix.commands.written import find_target, list_written
    from triplehelix.terminal.deadline_listing import list_deadlines

    target = find_target(ics, overwrite=force) if ics else None
    desk = open_desk(store, as_of, host)
    with show_waiting():
        writer, within = desk.make_writer(), WITHIN if within is None else within
        found = find_deadlines(writer.holdings, desk.reading.on, within, desk.host)
        listing = list_deadlines(found, writer, within)
    if target is None:
        show(listing, form)
        return
    from triplehelix.desk.calendar import encode_calendar

    target.write_bytes(encode_calendar(found, desk.reading.on, chosen_language()))
    show(list_written(target), form)
