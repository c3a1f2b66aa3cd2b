"""``triplehelix gaps``: what is missing, kind by kind, with reasons and evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import (
    STORE,
    DayOption,
    ExplainOption,
    FormatOption,
    LanguageOption,
    StoreOption,
    TopOption,
)
from triplehelix.commands.restriction import Modality, Wanted, open_scope, restricted
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from triplehelix.measures.scope import Scope
    from triplehelix.terminal.output import Listing

KindOption = Annotated[str, typer.Option("--kind", metavar="kind", help="gap_kind")]


@restricted
def gaps(
    *,
    kind: KindOption = "without-agreement",
    top: TopOption = None,
    explain: ExplainOption = False,
    wanted: Wanted,
    as_of: DayOption = None,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show what is missing, by default who works together without an agreement in force."""
    from triplehelix.measures.gap_kinds import EVERY, OPTIONS
    from triplehelix.terminal.definition_listing import define, list_definitions
    from triplehelix.terminal.measure_names import check_name

    kind = check_name(kind, OPTIONS, "kind")
    _refuse(kind, wanted, OPTIONS[kind])
    scope = open_scope(store, as_of, wanted, Modality.ALL)
    language = chosen_language()
    if explain:
        names = [name for name in OPTIONS if name != EVERY] if kind == EVERY else [kind]
        show(list_definitions([define(name) for name in names], scope, language), form)
        return
    with show_waiting():
        listing = _find(kind, scope, top, language)
    show(listing, form)


def _refuse(kind: str, wanted: Wanted, allowed: tuple[str, ...]) -> None:
    """Refuse restrictions that say nothing about a kind, rather than leave them unheeded."""
    if rest := [wanted.option(name) for name in wanted.given if name not in allowed]:
        raise UsageFault(say("errors.not_for_kind", options=", ".join(rest), kind=kind))


def _find(kind: str, scope: Scope, top: int | None, language: str) -> Listing:
    from triplehelix.measures.gap_contracts import GapWriter
    from triplehelix.measures.gap_kinds import (
        EVERY,
        WITHOUT_AGREEMENT,
        count_kinds,
        find_kind,
        find_without_agreement,
    )
    from triplehelix.report import read_labels
    from triplehelix.terminal.gap_listing import list_counts, list_found
    from triplehelix.terminal.listings import list_gaps

    if kind == EVERY:
        return list_counts(count_kinds(scope), scope, language)
    holdings = scope.holdings()
    if kind == WITHOUT_AGREEMENT:
        gaps_found = find_without_agreement(scope, holdings)[:top]
        return list_gaps(gaps_found, holdings, scope, language)
    writer = GapWriter(holdings, read_labels(scope.reading.dataset), language)
    return list_found(kind, find_kind(kind, scope, holdings), top, scope, writer)
