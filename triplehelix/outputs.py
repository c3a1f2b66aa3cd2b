"""What a build leaves beside the store, each made from plain values, also in another process."""

from __future__ import annotations

import gc
import hashlib
import json
import signal
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Dataset

from graph.dataset_description import About, describe_dataset
from graph.diagnostics import Diagnostic
from graph.namespaces import EVIDENCE_GRAPH, ONTOLOGY_GRAPH
from graph.places import read_places
from graph.question_graph import encode_questions
from graph.questions import read_questions
from graph.record import Location
from graph.shapes import read_schema
from graph.store import Triple, write_trig, write_turtle
from triplehelix.report import Report

if TYPE_CHECKING:
    from graph.history import History
    from triplehelix.analysis_pages.readings import Readings
    from triplehelix.desk_pages.worklists import Desk
    from triplehelix.query_pages.contents import Contents


_HERE = Path(__file__).parent
_ALWAYS = timedelta(days=36_525)
"""The calendar holds what runs out within a hundred years."""
LAYOUT = "layout.json"
"""Where things stand on the map, kept beside the build for the next one."""
_FOR_BOTH = ("graph.measures", "triplehelix.record_pages.record_site")
"""What takes long to import and is needed in both processes."""
_FOR_RECORDS = (*_FOR_BOTH, "triplehelix.desk_pages.desk_site")
"""What takes long to import of all that is written in the main process."""
_FOR_PAGES = (
    *_FOR_BOTH,
    "triplehelix.pages.site",
    "triplehelix.network_map.planner_map",
    "triplehelix.analysis_pages.analysis_site",
    "triplehelix.matrix_page.matrix_site",
    "triplehelix.query_pages.site",
    "scipy.sparse",
    "openpyxl",
    "icalendar",
)
"""What takes long to import of all that is written in the other process."""


@dataclass(frozen=True, slots=True)
class Needed:
    """Plain values for the pages of measures, the map of districts and the pages that ask."""

    readings: Readings
    places: Mapping[str, str]
    contents: Contents


def other_process() -> Executor:
    """Return a process that takes over a part of the outputs.

    On Linux it is a copy of this one, which saves it the imports of both; but a copy has only the
    thread that made it, so where others run, and elsewhere, it starts Python anew. That runs the
    main script again up to its ``__name__ == "__main__"``: a script without that line must not
    use it.
    """
    alone = sys.platform == "linux" and _count_threads() == 1
    if alone:
        read_schema()
        _import(_FOR_BOTH, "record_pages")
    pool = ProcessPoolExecutor(1, get_context("fork" if alone else "spawn"), _prepare)
    pool.submit(_import_for_pages)  # This starts it.
    return pool


def _count_threads() -> int:
    """Return how many threads this process has on Linux, those of the store among them.

    A store on disk that was opened leaves threads behind that Python does not know of, and a copy
    of the process would wait for them for ever.
    """
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def _prepare() -> None:
    # Who interrupts the build stops the parent, and with it this process: one message is enough.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _import_for_pages() -> None:
    """Prepare what is written from the report alone, while the process would else wait."""
    _import(_FOR_PAGES, "pages", "analysis_pages", "district_map", "matrix_page", "query_pages")


def import_for_records() -> None:
    """Prepare what the report and pages of records need, while the engines leave Python free."""
    _import(_FOR_RECORDS, "record_pages", "desk_pages")


def _import(modules: Iterable[str], *packages: str) -> None:
    """Import modules, and compile the templates of packages."""
    from triplehelix.pages.templating import compile_templates

    for module in modules:
        import_module(module)
    for package in packages:
        compile_templates(_HERE / package / "templates")


def write_reference(folder: Path) -> None:
    """Write what is the same in every build: the ontology and the questions."""
    from triplehelix.record_pages.ontology_page import write_ontology

    (folder / "questions.ttl").write_bytes(encode_questions(read_questions().values()))
    write_ontology(folder / "site")


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


def write_record_pages(report: Report, triples: set[Triple], folder: Path) -> None:
    """Write a page for each record."""
    from triplehelix.record_pages.record_site import write_records

    write_records(report, triples, folder / "records")


def read_for_pages(dataset: Dataset, report: Report) -> Needed:
    """Return what the pages need from the store that the report does not hold."""
    from triplehelix.analysis_pages.readings import read_readings
    from triplehelix.query_pages.contents import read_contents

    return Needed(
        read_readings(dataset, report), read_places(dataset), read_contents(dataset, report)
    )


def read_for_desk(dataset: Dataset, report: Report, history: History) -> Desk:
    """Return what the page of the desk shows, as plain values."""
    from graph.outputs import read_outputs
    from triplehelix.desk_pages.worklists import read_desk

    return read_desk(report, read_outputs(dataset), history)


def write_desk_page(report: Report, desk: Desk, folder: Path) -> None:
    """Write the page of the agreement desk."""
    from triplehelix.desk_pages.desk_site import write_desk

    write_desk(report, desk, folder)


def write_from_report(report: Report, needed: Needed, folder: Path, last: Path) -> list[Diagnostic]:
    """Write tables, calendar and pages, but for those of records and the desk.

    ``last`` is the folder of the last build. What is to be told is returned.
    """
    from triplehelix.spreadsheets.tables import write_tables

    write_tables(report, folder / "tables")
    _write_calendar(report, folder / "desk.ics")
    return _write_pages(report, needed, folder, last)


def _write_calendar(report: Report, path: Path) -> None:
    """Write the days of notice and ends of all agreements, in the language of the data."""
    from graph.deadlines import find_deadlines
    from triplehelix.desk.calendar import encode_calendar

    deadlines = find_deadlines(report.holdings, report.on, _ALWAYS)
    path.write_bytes(encode_calendar(deadlines, report.on, "ko"))


def _write_pages(report: Report, needed: Needed, folder: Path, last: Path) -> list[Diagnostic]:
    """Write the first page, the maps, the pages of measures and those that ask.

    What is to be told is returned.
    """
    from triplehelix.analysis_pages.analysis_site import write_analysis
    from triplehelix.district_map.district_site import write_districts
    from triplehelix.district_map.pairs import list_pairs
    from triplehelix.matrix_page.matrix_site import write_matrix
    from triplehelix.pages.site import write_index
    from triplehelix.query_pages.site import write_query_pages

    site = folder / "site"
    write_index(report, site)
    told = _write_map(report, folder, last)
    write_analysis(report, needed.readings, site)
    pairs = list_pairs(report)
    write_districts(report, needed.places, site, pairs)
    write_matrix(report, site, pairs)
    write_query_pages(report, needed.contents, site)
    return told


def _write_map(report: Report, folder: Path, last: Path) -> list[Diagnostic]:
    """Write the map and its data.

    What stood on the map of the last build stands there again. A layout that cannot be read is
    told, and a new one made.
    """
    from triplehelix.network_map.map_schema import make_schema
    from triplehelix.network_map.stored_layout import LayoutError, decode_layout, encode_layout
    from triplehelix.pages.site import write_map

    told, known, path = [], None, last / LAYOUT
    try:
        known = decode_layout(path.read_bytes()) if path.is_file() else None
    except LayoutError as error:
        reason = {"reason": str(error)}
        fault = Diagnostic("unread_layout", Location(LAYOUT), severity="warning", arguments=reason)
        told = [fault]
    drawn = write_map(report, folder / "site" / "map.html", known)
    (folder / LAYOUT).write_bytes(encode_layout(drawn))
    (folder / "site" / "map-data.json").write_text(drawn.to_json(), encoding="utf-8")
    schema = json.dumps(make_schema(), indent=1)
    (folder / "site" / "map-schema.json").write_text(schema, encoding="utf-8")
    return told
