"""``triplehelix desk brief ORG``: one page about a partner, to take into a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triplehelix.commands.desk_options import HostOption, open_desk
from triplehelix.commands.options import (
    STORE,
    DayOption,
    FormatOption,
    LanguageOption,
    StoreOption,
)
from triplehelix.terminal.help import UsageFault
from triplehelix.terminal.output import show
from triplehelix.terminal.progress import show_waiting
from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import chosen_language, say

if TYPE_CHECKING:
    from graph.partnerships import Partnership
    from triplehelix.commands.desk_options import OpenDesk
    from triplehelix.desk.brief import Brief
    from triplehelix.report import Report

FORMS = (".html", ".docx")
PartnerArgument = Annotated[str, typer.Argument(metavar="organization", help="partner")]
OutputOption = Annotated[str, typer.Option("--output", metavar="file", help="brief_output")]
ForceOption = Annotated[bool, typer.Option("--force", help="force")]


def brief(
    partner: PartnerArgument,
    host: HostOption = None,
    as_of: DayOption = None,
    output: OutputOption = "brief.html",
    force: ForceOption = False,
    store: StoreOption = STORE,
    lang: LanguageOption = None,
    form: FormatOption = None,
) -> None:
    """Write one page about a partner: joint work, agreements, what is missing, sources."""
    from graph.outputs import read_outputs
    from graph.references import find_reference
    from triplehelix.commands.written import list_written
    from triplehelix.desk.brief_contents import make_brief
    from triplehelix.replacement import write_aside

    target = _find_target(output, overwrite=force)
    desk = open_desk(store, as_of, host)
    dataset = desk.reading.dataset
    iri = find_reference(dataset, "organization", partner)
    with show_waiting():
        report = _read_report(desk)
        made = make_brief(report, _find_partnership(report, desk.host, iri), read_outputs(dataset))
        encoded = _encode(made, target.suffix.lower(), chosen_language())
    write_aside(target, encoded)
    show(list_written(target), form)


def _find_target(output: str, *, overwrite: bool) -> Path:
    """Return the file to write; its suffix tells the form."""
    from graph.diagnostics import Diagnostic, InputError
    from graph.record import Location
    from triplehelix.commands.written import find_target

    if Path(output).suffix.lower() not in FORMS:
        known = ", ".join(FORMS)
        raise UsageFault(say("errors.unknown_brief_suffix", value=output, known=known))
    if Path(output).is_dir():
        raise InputError([Diagnostic("folder_for_file", Location(output))])
    return find_target(output, overwrite=overwrite)


def _read_report(desk: OpenDesk) -> Report:
    from graph.findings import read_findings
    from loaders.sidecar import Sidecar
    from triplehelix.report import read_report

    reading = desk.reading
    sidecar = Sidecar(reading.edition.title, ())
    return read_report(reading.dataset, sidecar, read_findings(reading.dataset), reading.on)


def _find_partnership(report: Report, host: str | None, partner: str) -> Partnership:
    """Return how the partner stands to the host, or to the only one it works with."""
    from triplehelix.desk.brief_contents import find_partnerships

    found = find_partnerships(report, host, partner)
    name = report.label(partner, chosen_language())
    if not found:
        raise Refusal(say("errors.no_partner", name=name))
    if len(found) > 1:
        known = ", ".join(row.host.label(chosen_language()) for row in found)
        raise Refusal(say("errors.several_hosts", name=name, known=known))
    return found[0]


def _encode(made: Brief, suffix: str, language: str) -> bytes:
    """Return the bytes of the form that a suffix tells."""
    if suffix == ".html":
        from triplehelix.desk.brief_page import encode_page

        return encode_page(made, language)
    from triplehelix.desk.brief_document import encode_document

    try:
        return encode_document(made, language)
    except ModuleNotFoundError as error:
        if error.name not in ("docx", "lxml"):
            raise
        raise Refusal(say("errors.no_docx")) from error
