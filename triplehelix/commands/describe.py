"""``triplehelix describe [TERM]``: the model from a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import FormatOption, LanguageOption
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language

if TYPE_CHECKING:
    from graph.description import Description

TermArgument = Annotated[str, typer.Argument(metavar="term", help="term", show_default=False)]
UsedOption = Annotated[str, typer.Option("--store", metavar="store", help="described_store")]


def describe(
    term: TermArgument = "",
    store: UsedOption = "",
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Describe the model: classes, properties, concepts, tables, columns."""
    from graph.description import describe_model, find_descriptions
    from triplehelix.terminal.description_listing import list_descriptions, list_terms

    language = chosen_language()
    found = find_descriptions(term) if term else describe_model()
    if store:
        found = _with_uses(found, store)
    show((list_descriptions if term else list_terms)(found, language), form)


def _with_uses(descriptions: list[Description], store: str) -> list[Description]:
    """Return descriptions with the number of records of a store that use each term."""
    from graph.description import Mention
    from graph.inspection import count_uses
    from graph.store import open_store

    uses = count_uses(open_store(store))
    return [
        replace(each, facts={**each.facts, "uses": (Mention(f"{uses.get(each.iri, 0):,}"),)})
        if each.iri
        else each
        for each in descriptions
    ]
