"""``triplehelix communities``: groups that are closely tied, and the core of the network."""

from enum import StrEnum
from typing import Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    ExplainOption,
    FormatOption,
    LanguageOption,
    OneMode,
    OneModeOption,
    StoreOption,
    WeightingName,
    WeightingOption,
)
from triplehelix.commands.restriction import Wanted, open_scope, restricted
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say


class Method(StrEnum):
    """How communities are found."""

    LOUVAIN = "louvain"
    LEIDEN = "leiden"


def _read_seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**31:
        raise typer.BadParameter(say("errors.bad_number", value=text))
    return int(text)


def _read_resolution(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1000:
        raise typer.BadParameter(say("errors.bad_number", value=text))
    return value


MethodOption = Annotated[Method, typer.Option("--method", metavar="louvain|leiden", help="method")]
SeedOption = Annotated[
    int | None, typer.Option("--seed", metavar="number", help="seed", parser=_read_seed)
]
ResolutionOption = Annotated[
    float | None,
    typer.Option("--resolution", metavar="number", help="resolution", parser=_read_resolution),
]


@restricted
def communities(
    *,
    method: MethodOption = Method.LOUVAIN,
    seed: SeedOption = None,
    resolution: ResolutionOption = None,
    network: OneModeOption = OneMode.ORGANIZATIONS,
    weighting: WeightingOption = None,
    explain: ExplainOption = False,
    wanted: Wanted,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show groups that are closely tied, and the core of the network."""
    from triplehelix.measures.divisions import divide
    from triplehelix.terminal.community_listing import list_communities
    from triplehelix.terminal.definition_listing import define, list_definitions

    scope = open_scope(store, as_of, wanted)
    language = chosen_language()
    if explain:
        names = ("communities", "stability", "core_periphery", "nestedness")
        show(list_definitions([define(name) for name in names], scope, language), form)
        return
    with show_waiting():
        holdings = scope.holdings()
        try:
            found = divide(
                holdings,
                scope.restriction,
                network.value,
                (weighting or WeightingName.COUNT).value,
                method=method.value,
                first_seed=seed or 0,
                resolution=resolution or 1.0,
            )
        except ModuleNotFoundError as error:
            if error.name != "graspologic_native":
                raise
            raise Refusal(say("errors.no_leiden")) from error
        listing = list_communities(found, holdings, scope, language)
    show(listing, form)
