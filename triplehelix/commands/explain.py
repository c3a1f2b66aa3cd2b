"""``triplehelix explain A B``: everything that ties two organisations."""

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
from triplehelix.terminal.wording import chosen_language

FirstArgument = Annotated[str, typer.Argument(metavar="first", help="first")]
SecondArgument = Annotated[str, typer.Argument(metavar="second", help="second")]


def explain(
    first: FirstArgument,
    second: SecondArgument,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show everything that ties two organisations, with the evidence."""
    from graph.explanation import explain_pair
    from graph.organizations import find_organization
    from triplehelix.reading import open_reading
    from triplehelix.report import read_labels
    from triplehelix.terminal.explanation_listing import list_explanation

    reading = open_reading(store, as_of)
    ends = [find_organization(reading.dataset, name) for name in (first, second)]
    holdings = reading.holdings()
    explanation = explain_pair(reading.dataset, ends[0], ends[1], holdings)
    labels = read_labels(reading.dataset)
    show(list_explanation(explanation, holdings, labels, reading.on, chosen_language()), form)
