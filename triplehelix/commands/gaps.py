"""``triplehelix gaps``: who works together without an agreement in force."""

from typing import Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    Level,
    StoreOption,
)
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language

HostOption = Annotated[str | None, typer.Option("--host", metavar="organization", help="host")]
LevelOption = Annotated[Level, typer.Option("--level", metavar="unit|parent", help="level")]


def gaps(
    host: HostOption = None,
    as_of: DayOption = None,
    level: LevelOption = Level.UNIT,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show who works together without an agreement in force."""
    from graph.gaps import find_gaps
    from graph.organizations import find_organization
    from triplehelix.reading import open_reading
    from triplehelix.terminal.listings import list_gaps

    reading = open_reading(store, as_of)
    iri = find_organization(reading.dataset, host) if host else None
    holdings = reading.holdings()
    found = find_gaps(holdings, reading.on, level=level.value, host=iri)
    show(list_gaps(found, holdings, reading.on, level.value, chosen_language()), form)
