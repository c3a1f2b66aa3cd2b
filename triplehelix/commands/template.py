"""``triplehelix template FILE.xlsx``: an empty workbook to fill in."""

from typing import Annotated

import typer

from triplehelix.commands.options import FormatOption, LanguageOption
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language, say


def _check_suffix(path: str) -> str:
    if not path.lower().endswith(".xlsx"):
        raise typer.BadParameter(say("errors.bad_suffix", value=path))
    return path


FileArgument = Annotated[
    str, typer.Argument(metavar="workbook", help="file", callback=_check_suffix)
]
ForceOption = Annotated[bool, typer.Option("--force", help="force")]
KnownOption = Annotated[str, typer.Option("--store", metavar="store", help="listed_store")]


def template(
    file: FileArgument,
    force: ForceOption = False,
    store: KnownOption = "",
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Write an empty workbook with sheets, columns, drop-downs and notes."""
    from triplehelix.commands.written import find_target, list_written
    from triplehelix.spreadsheets.template import write_template

    path = find_target(file, overwrite=force)
    known = _read_identifiers(store) if store else {}
    write_template(path, chosen_language(), known=known)
    show(list_written(path), form)


def _read_identifiers(store: str) -> dict[str, list[str]]:
    from graph.inspection import list_identifiers
    from graph.store import open_store

    return list_identifiers(open_store(store))
