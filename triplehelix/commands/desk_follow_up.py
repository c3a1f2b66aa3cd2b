"""``triplehelix desk follow-up``: what realises each agreement since it was signed (이행점검)."""

from __future__ import annotations

from triplehelix.commands.desk_options import HostOption, open_desk
from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    StoreOption,
)
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting


def follow_up(
    host: HostOption = None,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show what realises each agreement of a host, and those with nothing."""
    from graph.budgets import read_budget_cells
    from graph.follow_up import follow_up as follow
    from graph.outputs import read_outputs
    from triplehelix.terminal.follow_up_listing import list_follow_up

    desk = open_desk(store, as_of, host)
    with show_waiting():
        writer, reading = desk.make_writer(), desk.reading
        cells, outputs = read_budget_cells(reading.dataset), read_outputs(reading.dataset)
        found = follow(writer.holdings, cells, outputs, reading.on, desk.host)
        listing = list_follow_up(found, writer)
    show(listing, form)
