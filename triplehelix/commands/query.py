"""``triplehelix query [NAME]``: the questions that are ready."""

import sys
from typing import Annotated

import typer

from triplehelix.commands.options import STORE, FormatOption, LanguageOption, StoreOption
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language, say

NameArgument = Annotated[str, typer.Argument(metavar="name", help="name", show_default=False)]
ParamOption = Annotated[list[str] | None, typer.Option("--param", metavar="pair", help="param")]
ShowOption = Annotated[bool, typer.Option("--show", help="show")]
SearchOption = Annotated[str, typer.Option("--search", metavar="word", help="search")]


def query(
    name: NameArgument = "",
    param: ParamOption = None,
    show_text: ShowOption = False,
    search: SearchOption = "",
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """List the questions that are ready, or run one."""
    from graph.questions import find_question, read_questions
    from graph.sparql import ask
    from graph.store import open_store
    from triplehelix.terminal.question_listing import list_questions, list_result, matches

    language = chosen_language()
    if not name:
        known = [q for q in read_questions().values() if matches(q, search)]
        show(list_questions(known, language), form)
        return
    question = find_question(name)
    if show_text:
        sys.stdout.write(question.text.rstrip() + "\n")
        return
    arguments = dict(_split(pair) for pair in param or [])
    show(list_result(question, ask(open_store(store), question, arguments), language), form)


def _split(pair: str) -> tuple[str, str]:
    name, sign, value = pair.partition("=")
    if not sign or not name:
        raise UsageFault(say("errors.bad_pair", value=pair))
    return name.strip(), value.strip()
