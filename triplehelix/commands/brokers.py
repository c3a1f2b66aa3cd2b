"""``triplehelix brokers``: who stands between others, and who would be cut off without them."""

from triplehelix.commands.options import (
    STORE,
    DayOption,
    ExplainOption,
    FormatOption,
    LanguageOption,
    OneMode,
    OneModeOption,
    StoreOption,
    TopOption,
    WeightingName,
    WeightingOption,
)
from triplehelix.commands.restriction import Wanted, open_scope, restricted
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.wording import chosen_language


@restricted
def brokers(
    *,
    top: TopOption = None,
    network: OneModeOption = OneMode.ORGANIZATIONS,
    weighting: WeightingOption = None,
    explain: ExplainOption = False,
    wanted: Wanted,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show who stands between others, and who would be cut off without them."""
    from triplehelix.measures.brokers import find_brokers
    from triplehelix.terminal.broker_listing import list_brokers
    from triplehelix.terminal.definition_listing import define, list_definitions

    scope = open_scope(store, as_of, wanted)
    language = chosen_language()
    if explain:
        names = ("roles", "effective_size", "constraint", "cut_points")
        show(list_definitions([define(name) for name in names], scope, language), form)
        return
    with show_waiting():
        holdings = scope.holdings()
        weight = weighting or WeightingName.COUNT
        found = find_brokers(holdings, scope.restriction, network.value, weight.value)
        listing = list_brokers(found, holdings, scope, top, language)
    show(listing, form)
