"""``triplehelix build [ECOSYSTEM]``: the main job, and what it made in a few lines."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.collector import pause_collector
from triplehelix.commands.options import (
    DayOption,
    EcosystemArgument,
    FormatOption,
    LanguageOption,
)
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import Heading, Listing, show
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from graph.publication import Change
    from triplehelix.pipeline import Summary

PlaceOption = Annotated[str, typer.Option("--store", metavar="store", help="place")]
RehearseOption = Annotated[bool, typer.Option("--dry-run", help="dry_run")]
OutOption = Annotated[str, typer.Option("--out", metavar="folder", help="out")]
OfficeOption = Annotated[str, typer.Option("--office", metavar="folder", help="office")]
WithoutOption = Annotated[bool, typer.Option("--no-office", help="no_office")]


@pause_collector()
def build(
    ecosystem: EcosystemArgument = "",
    out: OutOption = "build",
    as_of: DayOption = None,
    store: PlaceOption = "",
    dry_run: RehearseOption = False,
    office: OfficeOption = "",
    no_office: WithoutOption = False,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Build the graph, the pages, the map and the tables from an ecosystem."""
    if office and no_office:
        raise UsageFault(say("errors.office_or_not"))
    from loaders.ecosystem import shipped_ecosystem
    from triplehelix.manifest import choose_register
    from triplehelix.outputs import other_process
    from triplehelix.pipeline import build as build_folder
    from triplehelix.pipeline import rehearse
    from triplehelix.terminal.progress import show_progress

    source = Path(ecosystem) if ecosystem else shipped_ecosystem()
    register = choose_register(Path(out), source, office, without=no_office)
    if dry_run:
        with show_progress("findings") as progress:
            changes = rehearse(
                source, Path(out), on=as_of, progress=progress, store=store, office=register
            )
        show(list_changes(changes, store or str(Path(out) / "store"), chosen_language()), form)
        return
    last = "publishing" if "://" in store else "site"
    # The other process comes first: it is a copy of this one as long as no spinner turns.
    with other_process() as aside, show_progress(last) as progress:
        summary = build_folder(
            source,
            Path(out),
            on=as_of,
            progress=progress,
            aside=aside,
            store=store,
            office=register,
        )
    show(list_summary(summary, chosen_language(), store), form)
    # When the process ends, nobody need look through all that was made.
    atexit.register(gc.freeze)


def list_changes(changes: Sequence[Change], store: str, language: str) -> Listing:
    """Return what a build would do to the graphs of a store."""
    from graph.protocol import show_location

    place = show_location(store)
    return Listing(
        say("changes.title", language, store=place, count=len(changes)),
        (
            Heading(say("columns.graph", language), share=1),
            Heading(say("columns.change", language)),
            Heading(say("columns.before", language), right=True),
            Heading(say("columns.after", language), right=True),
        ),
        [
            (c.graph, say(f"changes.{c.action}", language), f"{c.before:,}", f"{c.after:,}")
            for c in changes
        ],
        {"store": place, "graphs": [asdict(change) for change in changes]},
        empty=say("changes.empty", language),
        note=say("changes.note", language),
    )


def list_summary(summary: Summary, language: str, store: str = "") -> Listing:
    """Return what a build made: counts by kind, findings by severity, where to look next."""
    from graph.diagnostics import render

    warnings = [render(warning, language) for warning in summary.warnings]
    following = _following(summary.folder, store, language)
    width = max(len(what) for what, _ in following)
    triples = f"{summary.triples:,} {say('build.triple_count', language)}"
    rows = [
        (say("build.records", language), _count_records(summary, language)),
        (say("build.triples", language), triples),
        (say("build.findings", language), _count_findings(summary, language)),
        *([(say("build.office", language), str(summary.office))] if summary.office else []),
        *((say("build.warnings", language), warning) for warning in warnings),
        (
            say("build.next", language),
            "\n".join(f"{what:{width}}  {why}" for what, why in following),
        ),
    ]
    return Listing(
        say("build.title", language, title=_title(summary, language)),
        (
            Heading(say("columns.what", language)),
            Heading(say("columns.value", language), share=1),
        ),
        rows,
        {
            "title": _title(summary, language),
            "folder": str(summary.folder),
            "office": str(summary.office) if summary.office else None,
            "records": dict(summary.records),
            "triples": summary.triples,
            "findings": dict(summary.findings),
            "warnings": warnings,
            "next": [what for what, _ in following],
        },
        plain=True,
    )


def _title(summary: Summary, language: str) -> str:
    return summary.title.get(language) or next(iter(summary.title.values()), "")


def _count_records(summary: Summary, language: str) -> str:
    from graph.shapes import read_schema

    tables = read_schema().tables
    counted = ((tables[name].labels[language], count) for name, count in summary.records.items())
    return " · ".join(f"{label} {count:,}" for label, count in counted)


def _count_findings(summary: Summary, language: str) -> str:
    from graph.diagnostics import SEVERITIES

    found = [(s, summary.findings[s]) for s in SEVERITIES if summary.findings.get(s)]
    told = (f"{say(f'severity.{severity}', language)} {count:,}" for severity, count in found)
    return " · ".join(told) or say("build.none", language)


def _following(folder: Path, store: str, language: str) -> list[tuple[str, str]]:
    """Return where to look next, and what is there."""
    from graph.protocol import show_location

    elsewhere = folder != Path("build") or store
    command = f" --store {show_location(store or str(folder / 'store'))}" if elsewhere else ""
    return [
        (str(folder / "site" / "index.html"), say("build.pages", language)),
        (str(folder / "site" / "map.html"), say("build.map", language)),
        (str(folder / "site" / "desk.html"), say("build.desk", language)),
        (str(folder / "tables"), say("build.tables", language)),
        (f"triplehelix gaps{command}", say("build.ask_gaps", language)),
        (f"triplehelix findings{command}", say("build.ask_findings", language)),
    ]
