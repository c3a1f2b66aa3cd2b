"""``triplehelix desk``: the agreement desk as a command with commands of its own."""

from __future__ import annotations

from collections.abc import Callable

import typer

from triplehelix.commands.desk_brief import brief
from triplehelix.commands.desk_due import due
from triplehelix.commands.desk_follow_up import follow_up
from triplehelix.commands.desk_list import list_work
from triplehelix.commands.desk_workbook import export_workbook, import_workbook
from triplehelix.terminal.help import Command, Group

app = typer.Typer(cls=Group, add_completion=False, pretty_exceptions_enable=False)
app.callback(invoke_without_command=True)(list_work)
COMMANDS: dict[str, Callable[..., None]] = {
    "follow-up": follow_up,
    "due": due,
    "brief": brief,
    "export": export_workbook,
    "import": import_workbook,
}
"""The parts of the desk; without one the work list is shown."""
for name, command in COMMANDS.items():
    app.command(name, cls=Command, context_settings={"allow_extra_args": True})(command)
