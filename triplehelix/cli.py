"""The command line: the commands, and what happens when something goes wrong.

Exit codes: 0 all is well; 1 the input or the disk will not do; 2 the command line is wrong;
130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Annotated, Any, TextIO

import typer

from graph.diagnostics import InputError, render
from triplehelix import __version__
from triplehelix.commands.agreements import agreements
from triplehelix.commands.brokers import brokers
from triplehelix.commands.build import build
from triplehelix.commands.changes import changes
from triplehelix.commands.communities import communities
from triplehelix.commands.compare import compare
from triplehelix.commands.describe import describe
from triplehelix.commands.desk import app as desk
from triplehelix.commands.explain import explain
from triplehelix.commands.findings import findings
from triplehelix.commands.gaps import gaps
from triplehelix.commands.hubs import hubs
from triplehelix.commands.map import write_map
from triplehelix.commands.measures import measures
from triplehelix.commands.network import network
from triplehelix.commands.options import LanguageOption
from triplehelix.commands.query import query
from triplehelix.commands.series import series
from triplehelix.commands.serve import serve
from triplehelix.commands.template import template
from triplehelix.commands.validate import validate
from triplehelix.terminal.help import Command, Group, QuestionCommand, tell_usage
from triplehelix.terminal.output import clean
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import (
    asked_language,
    choose_language,
    chosen_language,
    knows,
    say,
)

INTERRUPTED = 130

app = typer.Typer(cls=Group, add_completion=False, pretty_exceptions_enable=False)
COMMANDS: dict[str, Callable[..., None]] = {
    "build": build,
    "validate": validate,
    "query": query,
    "hubs": hubs,
    "brokers": brokers,
    "communities": communities,
    "gaps": gaps,
    "compare": compare,
    "changes": changes,
    "measures": measures,
    "series": series,
    "network": network,
    "agreements": agreements,
    "findings": findings,
    "map": write_map,
    "explain": explain,
    "describe": describe,
    "serve": serve,
    "template": template,
}
for name, command in COMMANDS.items():
    asks = command is query
    app.command(
        name,
        cls=QuestionCommand if asks else Command,
        context_settings={"allow_extra_args": True, "ignore_unknown_options": asks},
    )(command)
app.add_typer(desk, name="desk")


def _tell_version(wanted: bool) -> None:
    if wanted:
        print(f"triplehelix {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="version", callback=_tell_version, is_eager=True)
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Show the help where no command is named."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code; faults are told, never a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    choose_language(asked_language(given))
    for stream in (sys.stdout, sys.stderr):
        _prepare(stream)
    sys.exit(_run(given))


@cache
def _command() -> Any:
    # To read all signatures takes Typer as long as many a command takes.
    return typer.main.get_command(app)


def _prepare(stream: TextIO) -> None:
    """Pipes and files get the same bytes everywhere, in UTF-8; a terminal shows what it can."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure and stream.isatty():
        reconfigure(errors="replace")
    elif reconfigure:
        reconfigure(encoding="utf-8", newline="")


def _run(arguments: list[str]) -> int:
    try:
        code = _command()(arguments, prog_name="triplehelix", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        _complain([tell_usage(error)])
        return 2
    except InputError as error:
        _complain(render(each, chosen_language()) for each in error.diagnostics)
        return 1
    except Refusal as error:
        _complain([str(error)])
        return 1
    except BrokenPipeError:
        # The reader has gone. Nothing more can be said, also not when Python flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        _complain([_tell_disk(error)])
        return 1
    if code == INTERRUPTED:
        key = "interrupted_build" if "build" in arguments else "interrupted"
        _complain([say(f"errors.{key}")])
    return int(code or 0)


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        print(clean(line), file=sys.stderr)


def _tell_disk(error: OSError) -> str:
    name = errno.errorcode.get(error.errno or 0, "")
    known = knows(f"errors.reasons.{name}")
    reason = say(f"errors.reasons.{name}") if known else error.strerror or str(error)
    return say("errors.disk", path=error.filename or "-", reason=reason)
