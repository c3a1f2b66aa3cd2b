"""``triplehelix series MEASURE DATE DATE``: a measure over a series of dates."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.compare import EarlierArgument, LaterArgument
from triplehelix.commands.measures import BACKBONE, OF_NETWORKS, SECTOR_PAIRS, SYNERGY, choose_kind
from triplehelix.commands.options import (
    STORE,
    ExplainOption,
    FormatOption,
    LanguageOption,
    NetworkName,
    NetworkOption,
    StoreOption,
    TopOption,
    WeightingName,
    WeightingOption,
)
from triplehelix.commands.restriction import Wanted, open_scope, restricted
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from triplehelix.measures.series import Take

MOST_DATES = 240
"""Twenty years of months."""


class Step(StrEnum):
    """How far one date is from the next."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


NameArgument = Annotated[str, typer.Argument(metavar="measure", help="measured")]
StepOption = Annotated[Step, typer.Option("--step", metavar="year|half|quarter|month", help="step")]


@restricted
def series(
    name: NameArgument,
    earlier: EarlierArgument,
    later: LaterArgument,
    *,
    step: StepOption = Step.YEAR,
    network: NetworkOption = None,
    weighting: WeightingOption = None,
    top: TopOption = None,
    explain: ExplainOption = False,
    wanted: Wanted,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show a measure over a series of dates."""
    from triplehelix.measures.ranking import read_measures
    from triplehelix.measures.series import list_days, measure_series
    from triplehelix.terminal.definition_listing import define, define_measure, list_definitions
    from triplehelix.terminal.measure_names import check_name
    from triplehelix.terminal.series_listing import list_series

    if later < earlier:
        raise Refusal(say("errors.dates_reversed", earlier=earlier, later=later))
    known = read_measures()
    name = check_name(name, (*known, *OF_NETWORKS), "measure")
    _refuse(name, network, weighting, top)
    days = list_days(earlier, later, step.value)
    if len(days) > MOST_DATES:
        raise Refusal(say("errors.too_many_dates", count=len(days), most=MOST_DATES))
    scope = open_scope(store, None, wanted, is_dated=False)
    language = chosen_language()
    about = define(name) if name in OF_NETWORKS else define_measure(known[name])
    if explain:
        show(list_definitions([about, define("series")], scope, language), form)
        return
    kind = choose_kind(name, network)
    with show_waiting():
        found = measure_series(
            scope.holdings(),
            days,
            _take(name),
            kind=kind,
            restriction=scope.restriction,
            weighting=(weighting or WeightingName.COUNT).value,
        )
        listing = list_series(found, about, scope, top, language)
    show(listing, form)


def _refuse(
    name: str, network: NetworkName | None, weighting: WeightingName | None, top: int | None
) -> None:
    """Refuse options that say nothing to a measure."""
    given = {"--network": network, "--weighting": weighting, "--top": top}
    idle = {SYNERGY: [*given], BACKBONE: ["--top"], SECTOR_PAIRS: ["--weighting", "--top"]}
    if options := [option for option in idle.get(name, []) if given[option] is not None]:
        raise UsageFault(say("errors.not_for_measure", options=", ".join(options), name=name))


def _take(name: str) -> Take:
    from triplehelix.measures import series as of
    from triplehelix.measures.ranking import read_measures

    of_networks = {
        SYNERGY: of.take_synergy,
        BACKBONE: of.take_backbone,
        SECTOR_PAIRS: of.take_sector_pairs,
    }
    return of_networks.get(name) or of.take_from(read_measures()[name])
