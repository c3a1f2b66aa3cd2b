"""What a build leaves beside the store, each made from plain values, also in another process."""

from __future__ import annotations

import gc
import hashlib
import json
import signal
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from datetime import timedelta
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Dataset

from graph.dataset_description import About, describe_dataset
from graph.diagnostics import Diagnostic
from graph.namespaces import EVIDENCE_GRAPH, ONTOLOGY_GRAPH
from graph.question_graph import encode_questions
from graph.questions import read_questions
from graph.record import Location
from graph.store import Triple, write_trig, write_turtle
from triplehelix.report import Report

if TYPE_CHECKING:
    from graph.history import History
    from triplehelix.analysis_pages.readings import Readings
    from triplehelix.desk_pages.worklists import Desk


_HERE = Path(__file__).parent
_ALWAYS = timedelta(days=36_525)
"""The calendar holds what runs out within a hundred years."""
LAYOUT = "layout.json"
"""Where things stand on the map, kept beside the build for the next one."""
_TEMPLATES = (
    "query_pages",
    "pages",
    "analysis_pages",
    "desk_pages",
    "district_map",
    "matrix_page",
)
"""Where the templates of the pages written in the main process are."""
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
    from triplehelix.pages.templating import compile_templates
    from triplehelix.record_pages.ontology_page import write_ontology

    (folder / "questions.ttl").write_bytes(encode_questions(read_questions().values()))
    write_ontology(folder / "site")
    for module in _LATER:
        import_module(module)
    compile_templates(_HERE / "record_pages" / "templates")


def import_for_pages() -> None:
    """Prepare what measures, pages and map need while the engines leave Python free."""
    from triplehelix.pages.templating import compile_templates

    for module in (
        "triplehelix.pages.site",
        "triplehelix.network_map.planner_map",
        "triplehelix.analysis_pages.analysis_site",
        "triplehelix.desk_pages.desk_site",
        "triplehelix.matrix_page.matrix_site",
        "icalendar",
    ):
        import_module(module)
    for package in _TEMPLATES:
        compile_templates(_HERE / package / "templates")


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


def read_for_desk(dataset: Dataset, report: Report, history: History) -> Desk:
    """Return what the page of the desk shows, as plain values."""
    from graph.outputs import read_outputs
    from triplehelix.desk_pages.worklists import read_desk

    return read_desk(report, read_outputs(dataset), history)


def write_desk_page(report: Report, desk: Desk, folder: Path) -> None:
    """Write the page of the agreement desk."""
    from triplehelix.desk_pages.desk_site import write_desk

    write_desk(report, desk, folder)


def write_pages_beside_map(report: Report, places: Mapping[str, str], folder: Path) -> None:
    """Write the district map and the matrices; ``places`` are all places with their codes."""
    from triplehelix.district_map.district_site import write_districts
    from triplehelix.district_map.pairs import list_pairs
    from triplehelix.matrix_page.matrix_site import write_matrix

    pairs = list_pairs(report)
    write_districts(report, places, folder, pairs)
    write_matrix(report, folder, pairs)


def write_calendar(report: Report, path: Path) -> None:
    """Write the days of notice and ends of all agreements, in the language of the data."""
    from graph.deadlines import find_deadlines
    from triplehelix.desk.calendar import encode_calendar

    deadlines = find_deadlines(report.holdings, report.on, _ALWAYS)
    path.write_bytes(encode_calendar(deadlines, report.on, "ko"))


def write_pages(report: Report, folder: Path, last: Path) -> list[Diagnostic]:
    """Write the first page, the map and its data, and return what is to be told.

    What stood on the map of the last build stands there again. A layout that cannot be read is
    told, and a new one made.
    """
    from triplehelix.network_map.map_schema import make_schema
    from triplehelix.network_map.stored_layout import LayoutError, decode_layout, encode_layout
    from triplehelix.pages.site import write_index, write_map

    told, known, path = [], None, last / LAYOUT
    try:
        known = decode_layout(path.read_bytes()) if path.is_file() else None
    except LayoutError as error:
        reason = {"reason": str(error)}
        fault = Diagnostic("unread_layout", Location(LAYOUT), severity="warning", arguments=reason)
        told = [fault]
    write_index(report, folder / "site")
    drawn = write_map(report, folder / "site" / "map.html", known)
    (folder / LAYOUT).write_bytes(encode_layout(drawn))
    (folder / "site" / "map-data.json").write_text(drawn.to_json(), encoding="utf-8")
    schema = json.dumps(make_schema(), indent=1)
    (folder / "site" / "map-schema.json").write_text(schema, encoding="utf-8")
    return told


def write_query_pages(dataset: Dataset, report: Report, folder: Path) -> None:
    """Write the questions and the editor, which also name what the store holds."""
    from triplehelix.query_pages import site

    site.write_query_pages(dataset, report, folder)
