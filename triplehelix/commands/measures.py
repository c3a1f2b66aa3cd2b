"""``triplehelix measures [NAME]``: what can be measured, and the values of one measure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    ExplainOption,
    FormatOption,
    LanguageOption,
    NetworkName,
    NetworkOption,
    StoreOption,
    TopOption,
    WeightingName,
    WeightingOption,
    read_level,
)
from triplehelix.commands.restriction import Wanted, open_scope, restricted
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import Listing, show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from graph.measure_registry import Measure
    from graph.network import NetworkKind
    from triplehelix.measures.scope import Scope

ALPHA = 0.05
SYNERGY, BACKBONE, SECTOR_PAIRS = "synergy", "backbone", "sector_pairs"
OF_NETWORKS = (SYNERGY, BACKBONE, SECTOR_PAIRS)
"""What is measured of a network, not of its nodes."""


class By(StrEnum):
    """What the synergy is taken apart by."""

    THEME = "theme"
    PLACE = "place"
    YEAR = "year"


class Research(StrEnum):
    """What research institutes count as in the synergy."""

    APART = "apart"
    UNIVERSITY = "university"
    GOVERNMENT = "government"


NameArgument = Annotated[str, typer.Argument(metavar="measure", help="measure", show_default=False)]
ByOption = Annotated[By | None, typer.Option("--by", metavar="theme|place|year", help="synergy_by")]
ResearchOption = Annotated[
    Research | None,
    typer.Option("--research", metavar="apart|university|government", help="research"),
]
AlphaOption = Annotated[
    float | None, typer.Option("--alpha", metavar="number", help="alpha", parser=read_level)
]


@restricted
def measures(
    name: NameArgument = "",
    *,
    network: NetworkOption = None,
    weighting: WeightingOption = None,
    by: ByOption = None,
    research: ResearchOption = None,
    alpha: AlphaOption = None,
    top: TopOption = None,
    explain: ExplainOption = False,
    wanted: Wanted,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """List the measures, or show the values of one."""
    from triplehelix.measures.ranking import read_measures
    from triplehelix.terminal.definition_listing import define, define_measure, list_definitions
    from triplehelix.terminal.measure_listing import list_measures
    from triplehelix.terminal.measure_names import check_name

    language = chosen_language()
    known = read_measures()
    if not name:
        others = [define(other) for other in OF_NETWORKS]
        show(list_measures(known.values(), others, language), form)
        return
    name = check_name(name, (*known, *OF_NETWORKS), "measure")
    given: dict[str, object] = {"--network": network, "--weighting": weighting, "--by": by}
    given |= {"--research": research, "--alpha": alpha, "--top": top}
    _refuse(name, [option for option, value in given.items() if value is not None])
    scope = open_scope(store, as_of, wanted)
    if explain:
        definition = define(name) if name in OF_NETWORKS else define_measure(known[name])
        show(list_definitions([definition], scope, language), form)
        return
    weight = weighting or WeightingName.COUNT
    with show_waiting():
        if name == SYNERGY:
            listing = _synergy(scope, by or By.THEME, research or Research.APART, language)
        elif name in OF_NETWORKS:
            kind = _one_mode(name, network)
            listing = _of_network(name, kind, weight, alpha or ALPHA, scope, language)
        else:
            listing = _of_nodes(known[name], network, weight, top, scope, language)
    show(listing, form)


_OPTIONS = {
    SYNERGY: ("--by", "--research"),
    BACKBONE: ("--network", "--weighting", "--alpha", "--top"),
    SECTOR_PAIRS: ("--network",),
}


def _refuse(name: str, given: list[str]) -> None:
    """Refuse options that say nothing to a measure, rather than leave them unheeded."""
    allowed = _OPTIONS.get(name, ("--network", "--weighting", "--top"))
    if rest := [option for option in given if option not in allowed]:
        raise UsageFault(say("errors.not_for_measure", options=", ".join(rest), name=name))


def choose_kind(name: str, network: NetworkName | None) -> NetworkKind:
    """Return the network that a measure is taken on: the one asked for, or that it is for.

    Raises:
        Refusal: the measure is not defined on the network asked for.
    """
    from triplehelix.measures.ranking import kind_for, read_measures

    if name == SYNERGY:
        return "participations"
    if name in OF_NETWORKS:
        return _one_mode(name, network).kind
    measure = read_measures()[name]
    kind = network.kind if network else kind_for(measure)
    if kind == "all":
        raise Refusal(say("errors.kinds_apart"))
    if measure.network == "two-mode" and kind != "participations":
        raise Refusal(say("errors.two_modes_only", name=name))
    if measure.network == "one-mode" and kind == "participations":
        raise Refusal(say("errors.one_mode_only", name=name))
    return kind


def _one_mode(name: str, network: NetworkName | None) -> NetworkName:
    if network is NetworkName.TWO_MODE:
        raise Refusal(say("errors.one_mode_only", name=name))
    if network is NetworkName.ALL:
        raise Refusal(say("errors.kinds_apart"))
    return network or NetworkName.ORGANIZATIONS


def _synergy(scope: Scope, by: By, research: Research, language: str) -> Listing:
    from triplehelix.measures.synergy import HELICES, measure_groups
    from triplehelix.report import read_labels
    from triplehelix.terminal.synergy_listing import list_synergy

    holdings = scope.holdings()
    network = scope.network("participations", holdings=holdings)
    whole, groups = measure_groups(holdings, network, by.value, research.value)
    labels = read_labels(scope.reading.dataset)
    return list_synergy(
        whole, groups, HELICES[research.value], by.value, labels, network, scope, language
    )


def _of_network(
    name: str,
    kind: NetworkName,
    weighting: WeightingName,
    alpha: float,
    scope: Scope,
    language: str,
) -> Listing:
    from triplehelix.terminal.tie_listing import list_backbone, list_sector_pairs

    network = scope.network(kind.kind, weighting.value)
    if name == BACKBONE:
        return list_backbone(network, alpha, scope, language)
    return list_sector_pairs(network, scope, language)


def _of_nodes(
    measure: Measure,
    network: NetworkName | None,
    weighting: WeightingName,
    top: int | None,
    scope: Scope,
    language: str,
) -> Listing:
    from triplehelix.terminal.measure_listing import list_values

    kind = choose_kind(measure.name, network)
    return list_values(measure, scope.network(kind, weighting.value), scope, top, language)
