"""The main job: from an ecosystem to the store, the exports, the tables, the pages and the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread

from graph.assembly import assemble
from graph.collector import pause_collector
from graph.dataset_description import About
from graph.dates import parse_date
from graph.diagnostics import Diagnostic, InputError
from graph.evidence import read_evidence
from graph.findings import encode_findings, find_findings
from graph.namespaces import FINDINGS_GRAPH
from graph.publication import Change
from graph.shapes import read_schema
from graph.store import Triple, load_graphs, memory_store, write_store
from loaders.ecosystem import Ecosystem
from loaders.layering import load_layers
from loaders.sidecar import Sidecar
from triplehelix.edition import EDITION_GRAPH, Edition, encode_edition
from triplehelix.history import renew_history
from triplehelix.manifest import Manifest, Register, write_manifest
from triplehelix.outputs import (
    import_for_records,
    read_for_desk,
    read_for_pages,
    write_desk_page,
    write_exports,
    write_from_report,
    write_record_pages,
    write_reference,
)
from triplehelix.placement import place_store, plan_placement
from triplehelix.record_pages.statements import select_stated
from triplehelix.replacement import replace_folder
from triplehelix.report import read_report

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made: records by table, triples, findings by severity, and warnings."""

    title: dict[str, str]
    records: dict[str, int]
    triples: int
    findings: dict[str, int]
    warnings: tuple[Diagnostic, ...]
    folder: Path
    office: Path | None = None


def check(path: Path, progress: Progress = lambda step: None) -> tuple[Ecosystem, list[Diagnostic]]:
    """Return an ecosystem and every diagnostic about it, without writing anything."""
    ecosystem, _, diagnostics = _assemble(path, None, progress)
    return ecosystem, diagnostics


def _assemble(
    path: Path, office: Register | None, progress: Progress
) -> tuple[Ecosystem, dict[str, set[Triple]], list[Diagnostic]]:
    progress("loading")
    folder, name = (office.folder, office.home.name) if office else (None, "")
    ecosystem = load_layers(path, folder, read_schema(), name)
    assembly = assemble(
        ecosystem.records,
        ecosystem.identity,
        namespace=ecosystem.sidecar.namespace,
        progress=progress,
    )
    return ecosystem, assembly.graphs, ecosystem.faults + assembly.diagnostics


@pause_collector()
def build(
    path: Path,
    out: Path,
    *,
    on: date | None = None,
    progress: Progress = lambda step: None,
    aside: Executor | None = None,
    store: str = "",
    office: Register | None = None,
) -> Summary:
    """Build everything from an ecosystem into a folder, which is replaced as a whole.

    ``on`` is the date that hubs, gaps and states are told for, by default the sidecar's. ``aside``
    writes exports, tables and pages of measures while this thread goes on; it is shut down at the
    end. ``store`` is another place for the store than inside the folder: a folder of its own, or
    an endpoint. ``office`` is a register that is laid over the ecosystem.

    Raises:
        InputError: the ecosystem has violations, or the store cannot be placed; the folder stays
            as it was.
    """
    with (
        replace_folder(out) as folder,
        place_store(store, out, folder) as place,
        aside or ThreadPoolExecutor(1) as pool,
    ):
        referred = pool.submit(write_reference, folder)
        Thread(target=import_for_records, daemon=True).start()
        ecosystem, graphs, diagnostics = _assemble(path, office, progress)
        if violations := [d for d in diagnostics if d.severity == "violation"]:
            raise InputError(violations)
        edition = Edition(ecosystem.sidecar.title, on or _stated_date(ecosystem))
        graphs[str(EDITION_GRAPH)] = set(encode_edition(edition))
        progress("store")
        # Everything is asked of a store in memory, which answers several times as fast.
        dataset = memory_store()
        load_graphs(dataset, dict(graphs))
        progress("findings")
        evidence = read_evidence(dataset)
        findings = find_findings(dataset, evidence)
        graphs[str(FINDINGS_GRAPH)] = set(encode_findings(findings))
        load_graphs(dataset, {str(FINDINGS_GRAPH): graphs[str(FINDINGS_GRAPH)]})
        progress("exports")
        about = _describe(ecosystem.sidecar, edition)
        exported = pool.submit(write_exports, graphs, about, folder)
        progress("measures")
        report = read_report(dataset, ecosystem.sidecar, findings, on, evidence)
        needed = read_for_pages(dataset, report)
        progress("tables")
        written = pool.submit(write_from_report, report, needed, folder, out)
        progress("site")
        write_record_pages(report, select_stated(graphs), folder / "site")
        history, told = renew_history(out, folder, report.holdings, findings, report.on)
        write_desk_page(report, read_for_desk(dataset, report, history), folder / "site")
        if place.folder:
            write_store(dict(graphs), place.folder)
        for made in (referred, exported):
            made.result()
        told += written.result()
        manifest = Manifest(path, office.home if office else None, on, store)
        write_manifest(manifest, folder, out)
        if place.endpoint:
            progress("publishing")
            place.fill(graphs)
    return Summary(
        dict(ecosystem.sidecar.title),
        dict(Counter(record.table for record in ecosystem.records)),
        sum(map(len, graphs.values())),
        dict(Counter(finding.severity for finding in findings)),
        (*(d for d in diagnostics if d.severity != "violation"), *told),
        out,
        office.home if office else None,
    )


def rehearse(
    path: Path,
    out: Path,
    *,
    on: date | None = None,
    progress: Progress = lambda step: None,
    store: str = "",
    office: Register | None = None,
) -> list[Change]:
    """Return what a build would do to the graphs of a store; nothing is written.

    Raises:
        InputError: the ecosystem has violations, or the store cannot be read.
    """
    ecosystem, graphs, diagnostics = _assemble(path, office, progress)
    if violations := [d for d in diagnostics if d.severity == "violation"]:
        raise InputError(violations)
    edition = Edition(ecosystem.sidecar.title, on or _stated_date(ecosystem))
    graphs[str(EDITION_GRAPH)] = set(encode_edition(edition))
    progress("store")
    dataset = memory_store()
    load_graphs(dataset, dict(graphs))
    progress("findings")
    graphs[str(FINDINGS_GRAPH)] = set(encode_findings(find_findings(dataset)))
    return plan_placement(store, out, graphs)


def _describe(sidecar: Sidecar, edition: Edition) -> About:
    """Return what the sidecar says of the whole, for the descriptions of the dataset."""
    day = edition.on.isoformat() if edition.on else ""
    publisher, licence, language = sidecar.publisher, sidecar.licence, sidecar.language
    return About(sidecar.title, publisher, licence, day, language, sidecar.namespace)


def _stated_date(ecosystem: Ecosystem) -> date | None:
    stated = ecosystem.sidecar.date
    return parse_date(stated).latest if stated else None
