"""``triplehelix hubs``: the organisations that take part in most."""

from typing import Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    StoreOption,
)
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language, say


def _read_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise typer.BadParameter(say("errors.bad_count", value=text))
    return int(text)


TopOption = Annotated[
    int | None, typer.Option("--top", metavar="number", help="top", parser=_read_count)
]


def hubs(
    top: TopOption = None,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show the organisations that take part in most."""
    from graph.measures import find_hubs
    from triplehelix.reading import open_reading
    from triplehelix.terminal.listings import list_hubs

    reading = open_reading(store, as_of)
    found = find_hubs(reading.holdings(), reading.on)
    show(list_hubs(found[:top], len(found), reading.on, chosen_language()), form)
