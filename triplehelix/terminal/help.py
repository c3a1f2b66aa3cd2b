"""Help and usage faults in the language of the reader; Typer has only English words.

Options and arguments carry keys of ``help_wording.yml`` where Typer expects their help.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from triplehelix.terminal.wording import knows, say

if TYPE_CHECKING:
    from rich.console import RenderableType

LINE = 100
"""The widest that help is set."""


class UsageFault(typer.BadParameter):
    """The command line is wrong; the message says so in the reader's language."""


class Command(TyperCommand):
    """A command whose help is said in the reader's language; it lets extra arguments through."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line, with ``--json`` as short for ``--format json``."""
        return super().parse_args(ctx, _lengthen(self, args))

    def invoke(self, ctx: Any) -> Any:
        """Run the command.

        Raises:
            UsageFault: there are more arguments than the command takes.
        """
        if ctx.args:
            raise UsageFault(say("errors.extra", names=" ".join(ctx.args)), ctx=ctx)
        return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the command."""
        formatter.write(_draw([*_head(ctx, _tell_command(ctx)), *_parameters(ctx)]))


class QuestionCommand(Command):
    """The command whose further options are the parameters of the question that it asks."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command, with ``--host X`` as ``--param host=X``.

        Raises:
            UsageFault: an option has no value, or no question is named that could have options.
        """
        rest, words, pairs = [ctx.params["name"], *ctx.args], [], []
        while rest:
            word = rest.pop(0)
            name, sign, value = word.removeprefix("--").partition("=")
            if not word.startswith("--"):
                words.append(word)
            elif sign or rest:
                pairs.append(f"{name}={value if sign else rest.pop(0)}")
            else:
                raise UsageFault(say("errors.missing", name=word), ctx=ctx)
        name, *ctx.args = words or [""]
        if pairs and not name:
            option = "--" + pairs[0].partition("=")[0]
            known = [each for parameter in self.params for each in parameter.opts]
            hint = _hint(option, known)
            raise UsageFault(say("errors.no_such_option", name=option, hint=hint), ctx=ctx)
        ctx.params["name"], ctx.params["param"] = name, [*(ctx.params["param"] or []), *pairs]
        return super().invoke(ctx)


class Group(TyperGroup):
    """The application, or a part of it, whose help lists its commands.

    An unknown command is told with hints.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line up to the command, with ``--json`` as with commands."""
        return super().parse_args(ctx, _lengthen(self, args))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the application."""
        commands = [(name, _tell_command(ctx, name)) for name in self.list_commands(ctx)]
        more = say("help.more", command=ctx.command_path)
        parts = [*_head(ctx, _tell_command(ctx)), *_section("commands", commands)]
        formatter.write(_draw([*parts, *_parameters(ctx), "", more]))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name.

        Raises:
            UsageFault: there is no such command.
        """
        if self.get_command(ctx, args[0]) is None:
            hint = _hint(args[0], self.list_commands(ctx))
            raise UsageFault(say("errors.no_such_command", name=args[0], hint=hint), ctx=ctx)
        return super().resolve_command(ctx, args)


def _lengthen(command: Any, args: list[str]) -> list[str]:
    if not any("--format" in parameter.opts for parameter in command.params):
        return args
    return ["--format=json" if word == "--json" else word for word in args]


def _tell_command(ctx: Any, name: str = "") -> str:
    """Return what a command does; one of a part of the application goes by both names."""
    names = [*ctx.command_path.split()[1:], *([name] if name else [])]
    return say(f"commands.{'_'.join(names)}") if names else say("app")


def _hint(name: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return say("errors.hint", names=", ".join(near)) if near else ""


def _head(ctx: Any, about: str) -> list[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    pieces = [ctx.command_path, say("help.options_metavar")]
    if isinstance(ctx.command, TyperGroup):
        pieces.append(say("help.command_metavar"))
    pieces += [_metavar(p) for p in ctx.command.get_params(ctx) if not isinstance(p, TyperOption)]
    usage = Text(f"{say('help.usage')}: ", "bold").append(" ".join(pieces), "not bold")
    return [usage, Padding(about, (1, 2, 0, 2))]


def _metavar(parameter: Any) -> str:
    """Return what stands for a value: a word of ours, or the allowed values themselves."""
    key = parameter.metavar or ""
    word = say(f"metavars.{key}") if knows(f"metavars.{key}") else key
    if isinstance(parameter, TyperOption):
        return word
    return word if parameter.required else f"[{word}]"


def _parameters(ctx: Any) -> list[RenderableType]:
    options, arguments = [], []
    for parameter in ctx.command.get_params(ctx):
        if isinstance(parameter, TyperOption):
            names = ", ".join([*parameter.opts, *parameter.secondary_opts])
            key = "help" if "--help" in parameter.opts else str(parameter.help)
            options.append((f"{names} {_metavar(parameter)}".strip(), _about(parameter, key)))
        else:
            arguments.append((_metavar(parameter).strip("[]"), say(f"arguments.{parameter.help}")))
    return [*_section("arguments", arguments), *_section("options", options)]


def _about(parameter: Any, key: str) -> str:
    about, value = say(f"options.{key}"), parameter.default
    if isinstance(value, str) and value:
        about += f" [{say('help.default', value=str(value))}]"
    return about


def _section(key: str, rows: list[tuple[str, str]]) -> list[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return []
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column()
    for name, about in rows:
        table.add_row(f"  {name}", about)
    return ["", Text(say(f"help.{key}"), "bold"), table]


def _draw(parts: list[RenderableType]) -> str:
    from rich.console import Console

    stream = io.StringIO()
    terminal = sys.stdout.isatty()
    found = typer.get_terminal_size().columns if terminal or os.environ.get("COLUMNS") else LINE
    console = Console(
        file=stream, width=min(found, LINE), force_terminal=terminal, markup=False, highlight=False
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def tell_usage(error: typer.TyperException) -> str:
    """Return what is wrong with a command line, and where help is."""
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx is not None else "triplehelix"
    return f"{_tell(error)}\n{say('errors.see_help', command=command)}"


def _tell(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if hasattr(error, "option_name"):
        if not hasattr(error, "possibilities"):
            return say("errors.missing", name=error.option_name)
        hint = _hint(error.option_name, list(error.possibilities or ()))
        return say("errors.no_such_option", name=error.option_name, hint=hint)
    if parameter is None:
        return str(error.message)
    name = parameter.opts[0] if isinstance(parameter, TyperOption) else _metavar(parameter)
    name = name.strip("[]")
    if hasattr(error, "param_type"):
        return say("errors.missing", name=name)
    if "|" in (parameter.metavar or ""):
        return say("errors.bad_choice", name=name, choices=parameter.metavar.replace("|", ", "))
    return say("errors.bad_value", name=name, detail=error.message)
