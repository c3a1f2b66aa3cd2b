"""``triplehelix changes [FOLDER]``: what changed from build to build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import FormatOption, LanguageOption, read_count
from triplehelix.terminal.output import show
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from graph.history import History

FolderArgument = Annotated[str, typer.Argument(metavar="folder", help="built")]
LastOption = Annotated[
    int | None, typer.Option("--last", metavar="number", help="last", parser=read_count)
]


HostOption = Annotated[str, typer.Option("--host", metavar="organization", help="changes_host")]


def changes(
    folder: FolderArgument = "build",
    host: HostOption = "",
    last: LastOption = None,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show what changed from build to build."""
    from graph.history import restrict_to_host
    from triplehelix.history import read_changes
    from triplehelix.terminal.history_listing import list_history

    history = read_changes(Path(folder))
    if host:
        history = restrict_to_host(history, _find_host(history, host))
    show(list_history(history, last, chosen_language()), form)


def _find_host(history: History, name: str) -> str:
    """Return the IRI of a host by identifier or name; the store of that day is gone."""
    from graph.history import name_hosts
    from graph.names import match_key
    from graph.namespaces import slug

    key = match_key(name)
    hosts = name_hosts(history)
    for iri, names in hosts.items():
        if key in {match_key(each) for each in (slug(iri), *names.values())}:
            return iri
    known = ", ".join(names.get(chosen_language(), slug(iri)) for iri, names in hosts.items())
    raise Refusal(say("errors.unknown_host", name=name, known=known))
