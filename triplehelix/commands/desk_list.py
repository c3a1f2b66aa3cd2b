"""``triplehelix desk``: the partners of a host, what covers them, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.desk_options import HostOption, OpenDesk, WithinOption, open_desk
from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    Level,
    StoreOption,
    TopOption,
)
from triplehelix.commands.restriction import find_concept
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import LANGUAGES, chosen_language, say

if TYPE_CHECKING:
    from triplehelix.desk.selection import Wish

LevelOption = Annotated[Level, typer.Option("--level", metavar="unit|parent", help="desk_level")]
DepartmentOption = Annotated[
    str | None, typer.Option("--department", metavar="organization", help="department")
]
SectorOption = Annotated[
    list[str] | None, typer.Option("--sector", metavar="sector", help="sector")
]
ThemeOption = Annotated[str | None, typer.Option("--theme", metavar="theme", help="desk_theme")]
StateOption = Annotated[
    list[str] | None, typer.Option("--state", metavar="state", help="desk_state")
]
ExplainOption = Annotated[bool, typer.Option("--explain", help="explain_desk")]


def list_work(
    context: typer.Context,
    host: HostOption = None,
    as_of: DayOption = None,
    level: LevelOption = Level.UNIT,
    within: WithinOption = None,
    department: DepartmentOption = None,
    sector: SectorOption = None,
    theme: ThemeOption = None,
    state: StateOption = None,
    top: TopOption = None,
    explain: ExplainOption = False,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Show with whom a host works, what covers it, and what to do next."""
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    from triplehelix.terminal.desk_listing import explain_desk, list_desk

    if explain:
        show(explain_desk(chosen_language()), form)
        return
    desk = open_desk(store, as_of, host)
    wish = _resolve(desk, department, sector, theme, state)
    with show_waiting():
        from graph.agreements import EXPIRING_WITHIN
        from graph.budgets import read_budget_cells
        from graph.partnerships import list_partnerships

        writer, reading = desk.make_writer(), desk.reading
        within = EXPIRING_WITHIN if within is None else within
        cells = read_budget_cells(reading.dataset)
        rows = list_partnerships(writer.holdings, cells, desk.host, reading.on, level.value, within)
        listing = list_desk(rows, wish, top, writer, level.value, within)
    show(listing, form)


def _refuse_options(context: typer.Context) -> None:
    """Refuse options of the list before a command, rather than leave them unheeded."""
    given = [
        parameter.opts[0]
        for parameter in context.command.params
        if parameter.name not in (None, "lang")
        and (source := context.get_parameter_source(str(parameter.name)))
        and source.name == "COMMANDLINE"
    ]
    if given:
        command = f"{context.command_path} {context.invoked_subcommand}"
        raise UsageFault(say("errors.options_before", names=", ".join(given), command=command))


def _resolve(
    desk: OpenDesk,
    department: str | None,
    sectors: list[str] | None,
    theme: str | None,
    states: list[str] | None,
) -> Wish:
    """Return what is wanted; records go by identifier, name or alias."""
    from graph.references import find_reference
    from triplehelix.desk.selection import Wish

    def find(kind: str, name: str | None) -> str:
        return "" if name is None else find_reference(desk.reading.dataset, kind, name)

    return Wish(
        find("organization", department),
        tuple(find_concept("sector", name) for name in sectors or ()),
        find("theme", theme),
        tuple(_find_state(name) for name in states or ()),
    )


def _find_state(name: str) -> str:
    """Return the state that a code or a label in either language names."""
    from graph.names import match_key
    from triplehelix.desk.selection import CHOICES
    from triplehelix.terminal.desk_listing import state_label

    key = match_key(name.replace("-", "_"))
    for code in CHOICES:
        called = (code, *(state_label(code, language) for language in LANGUAGES))
        if key in {match_key(each) for each in called}:
            return code
    language = chosen_language()
    known = ", ".join(f"{code} ({state_label(code, language)})" for code in CHOICES)
    raise Refusal(say("errors.unknown_state", name=name, known=known))
