"""What a build leaves beside the store, each made from plain values, also in another process."""

from __future__ import annotations

import gc
import hashlib
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Dataset

from graph.dataset_description import About, describe_dataset
from graph.namespaces import EVIDENCE_GRAPH, ONTOLOGY_GRAPH
from graph.question_graph import encode_questions
from graph.questions import read_questions
from graph.store import Triple, write_trig, write_turtle
from triplehelix.report import Report

if TYPE_CHECKING:
    from triplehelix.analysis_pages.readings import Readings


_LATER = ("openpyxl", "triplehelix.record_pages.record_site")
"""What the tables and pages written in the other process need."""


def other_process() -> Executor:
    """Return a process that takes over a part of the outputs.

    It starts Python anew, on every system alike, and thereby runs the main script again up to its
    ``__name__ == "__main__"``: a script without that line must not use it.
    """
    return ProcessPoolExecutor(1, get_context("spawn"), _prepare)


def _prepare() -> None:
    # Who interrupts the build stops the parent, and with it this process: one message is enough.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def write_reference(folder: Path) -> None:
    """Write what is the same in every build, the ontology and the questions; import the rest.

    This is done in the process that will write tables and pages, while it would else wait.
    """
    from triplehelix.record_pages.ontology_page import write_ontology

    (folder / "questions.ttl").write_bytes(encode_questions(read_questions().values()))
    write_ontology(folder / "site")
    for module in _LATER:
        import_module(module)


def import_for_pages() -> None:
    """Import what measures, pages and map need while the engines leave Python free."""
    for module in (
        "triplehelix.pages.site",
        "triplehelix.network_map.planner_map",
        "triplehelix.analysis_pages.analysis_site",
    ):
        import_module(module)


def write_exports(graphs: dict[str, set[Triple]], about: About, folder: Path) -> None:
    """Write the graph by source as TriG with its digest, merged as Turtle, and what is in it."""
    trig = folder / "graph.trig"
    write_trig(dict(graphs), trig)
    digest = hashlib.sha256(trig.read_bytes()).hexdigest()
    (folder / "graph.trig.sha256").write_text(f"{digest}  graph.trig\n", encoding="ascii")
    apart = {str(EVIDENCE_GRAPH), str(ONTOLOGY_GRAPH)}
    merged = set[Triple]().union(*(t for name, t in graphs.items() if name not in apart))
    write_turtle(merged, folder / "graph.ttl")
    dumps = [trig, folder / "graph.ttl"]
    (folder / "void.ttl").write_bytes(describe_dataset(graphs, about, dumps))


def write_tables(report: Report, folder: Path) -> None:
    """Write the tables as CSV and as one workbook."""
    from triplehelix.spreadsheets import tables

    tables.write_tables(report, folder)


def write_record_pages(report: Report, triples: set[Triple], folder: Path) -> None:
    """Write a page for each record."""
    from triplehelix.record_pages.record_site import write_records

    write_records(report, triples, folder / "records")


def read_for_analysis(dataset: Dataset, report: Report) -> Readings:
    """Return what the pages of measures need from the store, as plain values."""
    from triplehelix.analysis_pages.readings import read_readings

    return read_readings(dataset, report)


def write_analysis_pages(report: Report, readings: Readings, folder: Path) -> None:
    """Write the pages of hubs, gaps, money, indicators and what was when."""
    from triplehelix.analysis_pages.analysis_site import write_analysis

    write_analysis(report, readings, folder)


def write_pages(report: Report, folder: Path) -> None:
    """Write the pages and the map."""
    from triplehelix.pages.site import write_site

    write_site(report, folder)


def write_query_pages(dataset: Dataset, report: Report, folder: Path) -> None:
    """Write the questions and the editor, which also name what the store holds."""
    from triplehelix.query_pages import site

    site.write_query_pages(dataset, report, folder)
