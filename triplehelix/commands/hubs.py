"""``triplehelix hubs``: the organisations that take part in most, or lead by another measure."""

from typing import Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    ExplainOption,
    FormatOption,
    LanguageOption,
    StoreOption,
    TopOption,
    WeightingName,
    WeightingOption,
)
from triplehelix.commands.restriction import Wanted, open_scope, restricted
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.wording import chosen_language, say

ByOption = Annotated[str, typer.Option("--by", metavar="measure", help="by")]


@restricted
def hubs(
    *,
    by: ByOption = "initiatives",
    weighting: WeightingOption = None,
    top: TopOption = None,
    explain: ExplainOption = False,
    wanted: Wanted,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show the organisations that take part in most, or lead by another measure."""
    from triplehelix.measures.ranking import Surroundings, rank_by
    from triplehelix.terminal.definition_listing import define_measure, list_definitions
    from triplehelix.terminal.hub_listing import list_hubs
    from triplehelix.terminal.measure_names import find_measure

    measure = find_measure(by)
    if weighting and not measure.weighted:
        raise UsageFault(say("errors.not_for_measure", options="--weighting", name=measure.name))
    weight = weighting or WeightingName.COUNT
    scope = open_scope(store, as_of, wanted)
    language = chosen_language()
    if explain:
        show(list_definitions([define_measure(measure)], scope, language), form)
        return
    with show_waiting():
        holdings = scope.holdings()
        found = rank_by(holdings, scope.restriction, measure, weight.value)
        around = Surroundings(holdings, scope.restriction)
        listing = list_hubs(found, around, measure, weight.value, scope, top, language)
    show(listing, form)
