"""``triplehelix agreements``: agreements and their states on a date."""

from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    StoreOption,
)
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language


def agreements(
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show agreements and their state on a date."""
    from triplehelix.reading import open_reading
    from triplehelix.terminal.listings import list_agreements

    reading = open_reading(store, as_of)
    holdings = reading.holdings()
    known = list(holdings.agreements.values())
    show(list_agreements(known, holdings, reading.on, chosen_language()), form)
