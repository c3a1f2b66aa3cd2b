"""``triplehelix validate [ECOSYSTEM]``: everything that is wrong with an ecosystem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.options import EcosystemArgument, FormatOption, LanguageOption
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import Heading, Listing, show
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from graph.diagnostics import Diagnostic


CheckedOption = Annotated[str, typer.Option("--store", metavar="store", help="checked_store")]


def validate(
    ecosystem: EcosystemArgument = "",
    store: CheckedOption = "",
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Tell everything that is wrong with an ecosystem, or with a store; nothing is written."""
    if ecosystem and store:
        raise UsageFault(say("errors.extra", names=ecosystem))
    records, diagnostics = _check_store(store) if store else _check_tables(ecosystem)
    show(list_diagnostics(diagnostics, records, chosen_language()), form)
    if any(diagnostic.severity == "violation" for diagnostic in diagnostics):
        raise typer.Exit(1)


def _check_store(store: str) -> tuple[int, list[Diagnostic]]:
    from graph.inspection import check_store
    from graph.store import open_store

    return check_store(open_store(store))


def _check_tables(ecosystem: str) -> tuple[int, list[Diagnostic]]:
    from loaders.ecosystem import shipped_ecosystem
    from triplehelix.pipeline import check
    from triplehelix.terminal.progress import show_progress

    source = Path(ecosystem) if ecosystem else shipped_ecosystem()
    with show_progress("reasoning") as progress:
        loaded, diagnostics = check(source, progress)
    return len(loaded.records), diagnostics


def list_diagnostics(diagnostics: Sequence[Diagnostic], records: int, language: str) -> Listing:
    """Return all diagnostics, the violations first, and how many records were read."""
    from graph.diagnostics import SEVERITIES, render

    found = sorted(diagnostics, key=lambda d: SEVERITIES.index(d.severity))
    counts = {
        "violations": sum(d.severity == "violation" for d in found),
        "warnings": sum(d.severity == "warning" for d in found),
    }
    return Listing(
        say("validate.counts", language, **counts) if found else say("validate.title", language),
        (
            Heading(say("columns.severity", language)),
            Heading(say("columns.message", language), share=1),
            Heading(say("columns.file", language), hidden=True),
            Heading(say("columns.row", language), hidden=True),
            Heading(say("columns.column", language), hidden=True),
        ),
        [
            (
                say(f"severity.{diagnostic.severity}", language),
                render(diagnostic, language),
                diagnostic.location.file,
                str(diagnostic.location.row or ""),
                diagnostic.column.get(language, ""),
            )
            for diagnostic in found
        ],
        {
            "records": records,
            **counts,
            "diagnostics": [_write_diagnostic(diagnostic, language) for diagnostic in found],
        },
        empty=say("validate.clean", language, records=f"{records:,}"),
    )


def _write_diagnostic(diagnostic: Diagnostic, language: str) -> dict[str, object]:
    from graph.diagnostics import render

    where = diagnostic.location
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "file": where.file or None,
        "sheet": where.sheet,
        "row": where.row,
        "column": diagnostic.column.get(language) or None,
        "value": diagnostic.value or None,
        "message": render(diagnostic, language),
    }
