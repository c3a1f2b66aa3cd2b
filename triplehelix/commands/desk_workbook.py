"""``triplehelix desk export`` and ``triplehelix desk import``: the workbook of an office."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import DayOption, FormatOption, LanguageOption, read_day
from triplehelix.terminal.output import show
from triplehelix.terminal.wording import chosen_language

if TYPE_CHECKING:
    from triplehelix.desk.workbook_import import Effect, Import

FileArgument = Annotated[str, typer.Argument(metavar="workbook", help="file")]
FilledArgument = Annotated[str, typer.Argument(metavar="workbook", help="filled")]
BuildOption = Annotated[str, typer.Option("--build", metavar="folder", help="build_folder")]
HostOption = Annotated[str | None, typer.Option("--host", metavar="organization", help="desk_host")]
ForceOption = Annotated[bool, typer.Option("--force", help="force")]
RehearseOption = Annotated[bool, typer.Option("--dry-run", help="desk_dry_run")]
DepartmentOption = Annotated[
    str, typer.Option("--department", metavar="organization", help="recorded_by")
]
DateOption = Annotated[
    date | None, typer.Option("--date", metavar="date", help="recorded_on", parser=read_day)
]
SkipOption = Annotated[bool, typer.Option("--skip-conflicts", help="skip_conflicts")]


def export_workbook(
    file: FileArgument,
    host: HostOption = None,
    as_of: DayOption = None,
    force: ForceOption = False,
    build: BuildOption = "build",
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Write the work list and the agreements to a workbook that an office fills in."""
    from triplehelix.commands.written import find_target, list_written
    from triplehelix.desk.opening import open_desk
    from triplehelix.desk.workbook_export import write_desk
    from triplehelix.terminal.progress import show_waiting

    path = find_target(file, overwrite=force)
    with show_waiting():
        write_desk(open_desk(Path(build), host, as_of, chosen_language()), path)
    show(list_written(path), form)


def import_workbook(
    file: FilledArgument,
    dry_run: RehearseOption = False,
    department: DepartmentOption = "",
    day: DateOption = None,
    skip_conflicts: SkipOption = False,
    build: BuildOption = "build",
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Record a workbook that was filled in in the office register, and build again."""
    from loaders.spreadsheet import check_spreadsheet

    # What must not be read is refused before anything else is looked at.
    check_spreadsheet(Path(file))
    from triplehelix.desk.workbook_import import plan_import
    from triplehelix.terminal.desk_import_listing import list_import
    from triplehelix.terminal.progress import show_waiting

    language = chosen_language()
    with show_waiting():
        asked = plan_import(Path(file), Path(build), department, day or date.today(), language)
    plan = asked.plan
    refused = plan.is_forbidden or bool(plan.conflicts and not skip_conflicts)
    effect = None if dry_run or refused or not plan.edits else _record(asked)
    show(list_import(asked, effect, language, refused=refused and not dry_run), form)
    if refused:
        raise typer.Exit(1)


def _record(asked: Import) -> Effect:
    from triplehelix.desk.workbook_import import record_import
    from triplehelix.terminal.progress import show_progress

    with show_progress("publishing" if "://" in asked.manifest.store else "site") as progress:
        return record_import(asked, progress)
