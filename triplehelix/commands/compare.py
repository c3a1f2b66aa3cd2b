"""``triplehelix compare DATE DATE``: what changed between two dates."""

from datetime import date
from typing import Annotated

import typer

from triplehelix.commands.hubs import ByOption
from triplehelix.commands.options import (
    STORE,
    ExplainOption,
    FormatOption,
    LanguageOption,
    StoreOption,
    read_day,
)
from triplehelix.commands.restriction import Wanted, open_scope, restricted
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say

EarlierArgument = Annotated[
    date, typer.Argument(metavar="earlier", help="earlier", parser=read_day)
]
LaterArgument = Annotated[date, typer.Argument(metavar="later", help="later", parser=read_day)]


@restricted
def compare(
    earlier: EarlierArgument,
    later: LaterArgument,
    *,
    by: ByOption = "initiatives",
    explain: ExplainOption = False,
    wanted: Wanted,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show what changed between two dates."""
    from graph.comparison import compare as compare_dates
    from triplehelix.measures.ranking import kind_for
    from triplehelix.terminal.comparison_listing import list_comparison
    from triplehelix.terminal.definition_listing import define, define_measure, list_definitions
    from triplehelix.terminal.measure_names import find_measure

    if later < earlier:
        raise Refusal(say("errors.dates_reversed", earlier=earlier, later=later))
    measure = find_measure(by)
    scope = open_scope(store, None, wanted, is_dated=False)
    language = chosen_language()
    if explain:
        definitions = [define("compare"), define_measure(measure)]
        show(list_definitions(definitions, scope, language), form)
        return
    with show_waiting():
        holdings = scope.holdings()
        found = compare_dates(
            holdings,
            earlier,
            later,
            scope.restriction,
            measure=measure.compute,
            kind=kind_for(measure),
        )
        listing = list_comparison(found, (earlier, later), measure, holdings, scope, language)
    show(listing, form)
