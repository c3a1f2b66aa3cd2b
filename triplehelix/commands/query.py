"""``triplehelix query [NAME]``: the questions that are ready, and queries of one's own."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import STORE, LanguageOption, StoreOption
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import Format, ResultForm, show
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from rdflib import Dataset

    from graph.questions import Question
    from triplehelix.results import ResultTable


class User(StrEnum):
    """Whom questions are for."""

    RESEARCHER = "researcher"
    PLANNER = "planner"
    STAFF = "staff"


NameArgument = Annotated[str, typer.Argument(metavar="name", help="name", show_default=False)]
ParamOption = Annotated[list[str] | None, typer.Option("--param", metavar="pair", help="param")]
ShowOption = Annotated[bool, typer.Option("--show", help="show")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="explain")]
SearchOption = Annotated[str, typer.Option("--search", metavar="word", help="search")]
GroupOption = Annotated[str, typer.Option("--group", metavar="group", help="group")]
UserOption = Annotated[
    User | None, typer.Option("--user", metavar="researcher|planner|staff", help="user")
]
SparqlOption = Annotated[str, typer.Option("--sparql", metavar="file", help="sparql")]
OutputOption = Annotated[str, typer.Option("--output", metavar="file", help="output")]
ForceOption = Annotated[bool, typer.Option("--force", help="force")]
FormOption = Annotated[
    ResultForm | None,
    typer.Option("--format", metavar="table|json|csv|tsv|xlsx|md|ttl", help="query_format"),
]


def query(
    name: NameArgument = "",
    param: ParamOption = None,
    show_text: ShowOption = False,
    explain: ExplainOption = False,
    search: SearchOption = "",
    group: GroupOption = "",
    user: UserOption = None,
    sparql: SparqlOption = "",
    store: StoreOption = STORE,
    output: OutputOption = "",
    force: ForceOption = False,
    lang: LanguageOption = None,
    form: FormOption = None,
) -> None:
    """List the questions that are ready, explain or run one, or run a query of one's own."""
    from graph.questions import find_question
    from graph.store import open_store
    from triplehelix.terminal.question_listing import explain_question

    if sparql:
        _refuse_with_sparql(name, param)
        table = _ask_freely(open_store(store), _read_query(sparql))
    elif not name:
        _list(search, group, user, form)
        return
    elif show_text:
        sys.stdout.write(find_question(name).text.rstrip() + "\n")
        return
    elif explain:
        show(explain_question(find_question(name), chosen_language()), _plain_format(form))
        return
    else:
        question, arguments = find_question(name), dict(_split(pair) for pair in param or [])
        table = _ask(open_store(store), question, arguments)
    _deliver(table, form, output, overwrite=force)


def _list(search: str, group: str, user: User | None, form: ResultForm | None) -> None:
    from graph.questions import GROUPS, read_questions
    from triplehelix.terminal.question_listing import list_questions, matches

    if group and group not in GROUPS:
        choices = ", ".join(GROUPS)
        raise UsageFault(say("errors.bad_choice", name="--group", choices=choices))
    known = [
        question
        for question in read_questions(group).values()
        if matches(question, search) and (user is None or user in question.users)
    ]
    show(list_questions(known, chosen_language()), _plain_format(form))


def _plain_format(form: ResultForm | None) -> Format | None:
    """Return the form of a list of questions, which has fewer forms than a result."""
    if form is None:
        return None
    if form not in {each.value for each in Format}:
        choices = ", ".join(Format)
        raise UsageFault(say("errors.bad_choice", name="--format", choices=choices))
    return Format(form.value)


def _ask(dataset: "Dataset", question: "Question", arguments: dict[str, str]) -> "ResultTable":
    """Return the answer of a question of the library, or with it why there is none."""
    from graph.sparql import ask, tell_reason
    from triplehelix.results import tabulate_answer

    language = chosen_language()
    result = ask(dataset, question, arguments)
    reasons = tell_reason(dataset, question, arguments) if not len(result) else None
    return tabulate_answer(dataset, question, result, language, (reasons or {}).get(language, ""))


def _ask_freely(dataset: "Dataset", text: str) -> "ResultTable":
    from graph.sparql import ask_freely
    from triplehelix.results import tabulate_result

    return tabulate_result(ask_freely(dataset, text), chosen_language())


def _read_query(path: str) -> str:
    """Return the text of a query, from the standard input for ``-``."""
    if path == "-":
        return sys.stdin.read()
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageFault(say("errors.bad_encoding", path=path)) from error


def _refuse_with_sparql(name: str, param: list[str] | None) -> None:
    if name or param:
        raise UsageFault(say("errors.sparql_alone"))


def _deliver(
    table: "ResultTable", form: ResultForm | None, output: str, *, overwrite: bool
) -> None:
    """Write a result to a file or to the standard output, and say why it is empty."""
    from triplehelix.commands.written import find_target, list_written
    from triplehelix.replacement import write_aside
    from triplehelix.result_forms import encode_result, list_rows

    language = chosen_language()
    form = form or _default_form(table, output)
    if output:
        if form is ResultForm.TABLE:
            raise UsageFault(say("errors.table_in_file"))
        target = find_target(output, overwrite=overwrite)
        write_aside(target, encode_result(table, form, language))
        show(list_written(target))
    elif form is ResultForm.XLSX:
        raise UsageFault(say("errors.needs_output", form=form))
    elif form in (ResultForm.TABLE, ResultForm.MD):
        show(list_rows(table, language), Format(form.value))
        return
    else:
        written = encode_result(table, form, language).decode("utf-8-sig")
        sys.stdout.write(written)
    if table.reason:
        print(table.reason, file=sys.stderr)


def _default_form(table: "ResultTable", output: str) -> ResultForm:
    """Return the form that the name of a file asks for, or the usual one of a terminal or pipe."""
    if output:
        suffix = Path(output).suffix.lower().lstrip(".")
        if suffix not in {form.value for form in ResultForm} - {ResultForm.TABLE}:
            raise UsageFault(say("errors.unknown_suffix", value=output))
        return ResultForm(suffix)
    if table.graph is not None:
        return ResultForm.TTL
    return ResultForm.TABLE if sys.stdout.isatty() else ResultForm.JSON


def _split(pair: str) -> tuple[str, str]:
    name, sign, value = pair.partition("=")
    if not sign or not name:
        raise UsageFault(say("errors.bad_pair", value=pair))
    return name.strip(), value.strip()
