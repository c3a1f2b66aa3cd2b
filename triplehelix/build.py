"""The main job: from an ecosystem to the store, the exports, the tables, the pages and the map."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Thread

from graph.assembly import assemble, pause_collector
from graph.dates import parse_date
from graph.diagnostics import Diagnostic, InputError
from graph.evidence import read_evidence
from graph.findings import encode_findings, find_findings
from graph.namespaces import EVIDENCE_GRAPH, FINDINGS_GRAPH, ONTOLOGY_GRAPH
from graph.shapes import read_schema
from graph.store import Triple, close, create_store, flush, load_graphs, write_trig, write_turtle
from loaders.ecosystem import Ecosystem, load_ecosystem
from triplehelix.edition import EDITION_GRAPH, Edition, encode_edition
from triplehelix.replacement import replace_folder
from triplehelix.report import Report, read_report

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


def check(path: Path, progress: Progress = lambda step: None) -> tuple[Ecosystem, list[Diagnostic]]:
    """Return an ecosystem and every diagnostic about it, without writing anything."""
    ecosystem, _, diagnostics = _assemble(path, progress)
    return ecosystem, diagnostics


def _assemble(
    path: Path, progress: Progress
) -> tuple[Ecosystem, dict[str, set[Triple]], list[Diagnostic]]:
    progress("loading")
    ecosystem = load_ecosystem(path, read_schema())
    assembly = assemble(
        ecosystem.records,
        ecosystem.identity,
        namespace=ecosystem.sidecar.namespace,
        progress=progress,
    )
    return ecosystem, assembly.graphs, ecosystem.faults + assembly.diagnostics


@pause_collector()
def build(
    path: Path, out: Path, *, on: date | None = None, progress: Progress = lambda step: None
) -> Summary:
    """Build everything from an ecosystem into a folder, which is replaced as a whole.

    ``on`` is the date that hubs, gaps and states are told for, by default the sidecar's.

    Raises:
        InputError: the ecosystem has violations; the folder stays as it was.
    """
    Thread(target=_import_ahead, daemon=True).start()
    with replace_folder(out) as folder:
        ecosystem, graphs, diagnostics = _assemble(path, progress)
        if violations := [d for d in diagnostics if d.severity == "violation"]:
            raise InputError(violations)
        edition = Edition(ecosystem.sidecar.title, on or _stated_date(ecosystem))
        graphs[str(EDITION_GRAPH)] = set(encode_edition(edition))
        progress("store")
        dataset = create_store(folder / "store")
        load_graphs(dataset, dict(graphs))
        progress("findings")
        evidence = read_evidence(dataset)
        findings = find_findings(dataset, evidence)
        graphs[str(FINDINGS_GRAPH)] = set(encode_findings(findings))
        load_graphs(dataset, {str(FINDINGS_GRAPH): graphs[str(FINDINGS_GRAPH)]})
        flush(dataset)
        progress("exports")
        _write_exports(graphs, folder)
        progress("measures")
        report = read_report(dataset, ecosystem.sidecar, findings, on, evidence)
        _write_reports(report, folder, progress)
        close(dataset)
    return Summary(
        dict(ecosystem.sidecar.title),
        dict(Counter(record.table for record in ecosystem.records)),
        sum(map(len, graphs.values())),
        dict(Counter(finding.severity for finding in findings)),
        tuple(d for d in diagnostics if d.severity != "violation"),
        out,
    )


def _import_ahead() -> None:
    """Import what the reports need while the engines, which leave Python free, are at work."""
    for module in ("openpyxl", "triplehelix.pages.site", "triplehelix.network_map.planner_map"):
        import_module(module)


def _stated_date(ecosystem: Ecosystem) -> date | None:
    stated = ecosystem.sidecar.date
    return parse_date(stated).latest if stated else None


def _write_exports(graphs: dict[str, set[Triple]], folder: Path) -> None:
    trig = folder / "graph.trig"
    write_trig(dict(graphs), trig)
    digest = hashlib.sha256(trig.read_bytes()).hexdigest()
    (folder / "graph.trig.sha256").write_text(f"{digest}  graph.trig\n", encoding="ascii")
    apart = {str(EVIDENCE_GRAPH), str(ONTOLOGY_GRAPH)}
    merged = set[Triple]().union(*(t for name, t in graphs.items() if name not in apart))
    write_turtle(merged, folder / "graph.ttl")


def _write_reports(report: Report, folder: Path, progress: Progress) -> None:
    """Write tables, pages and map, which are made from the report alone."""
    from triplehelix.pages.site import write_site
    from triplehelix.spreadsheets.tables import write_tables

    progress("tables")
    write_tables(report, folder / "tables")
    progress("site")
    write_site(report, folder / "site")
