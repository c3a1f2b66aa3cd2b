"""``triplehelix describe [TERM]``: the model from a terminal."""

from typing import Annotated

import typer

from triplehelix.commands.options import FormatOption, LanguageOption
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language

TermArgument = Annotated[str, typer.Argument(metavar="term", help="term", show_default=False)]


def describe(
    term: TermArgument = "", lang: LanguageOption = None, form: FormatOption = None
) -> None:
    """Describe the model: classes, properties, concepts, tables, columns."""
    from graph.description import describe_model, find_descriptions
    from triplehelix.terminal.description_listing import list_descriptions, list_terms

    language = chosen_language()
    if term:
        show(list_descriptions(find_descriptions(term), language), form)
    else:
        show(list_terms(describe_model(), language), form)
