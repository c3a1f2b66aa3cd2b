"""The file: the district map, one page that asks no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from graph.namespaces import slug
from triplehelix.analysis_pages.rows import TEMPLATES as ANALYSIS
from triplehelix.district_map.boundaries import Boundaries
from triplehelix.district_map.district_data import make_data
from triplehelix.district_map.locations import list_off_map, list_without_place, locate
from triplehelix.district_map.pairs import WorkingPair, list_pairs
from triplehelix.district_map.texts import read_own_words, say
from triplehelix.pages.addresses import page_address
from triplehelix.pages.content_policy import hash_source
from triplehelix.pages.site import LINKED, read_files
from triplehelix.pages.site import TEMPLATES as SHARED
from triplehelix.pages.templating import open_templates
from triplehelix.pages.texts import Text, name, title
from triplehelix.record_pages.record_site import MAP, bilingual
from triplehelix.record_pages.record_site import TEMPLATES as RECORDS
from triplehelix.replacement import write_aside
from triplehelix.report import Report

TEMPLATES = Path(__file__).parent / "templates"
_WHOLE = "300 100 10000 11200"
"""The part of the plane in which Korea lies."""
_SCRIPTS = ("district_model.js", "district_drawing.js", "districts.js")
_OF_SCRIPT = "map_"


def write_districts(
    report: Report, places: Mapping[str, str], folder: Path, pairs: list[WorkingPair] | None = None
) -> None:
    """Write the page to a folder; the same report and codes of places give the same bytes.

    ``pairs`` saves reading them again where the caller has them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page = render_districts(report, places, list_pairs(report) if pairs is None else pairs)
    write_aside(folder / "districts.html", page.encode())


def render_districts(report: Report, places: Mapping[str, str], pairs: list[WorkingPair]) -> str:
    """Return the page; ``places`` are all places by IRI with their codes."""
    locations = locate(places)
    boundaries = locations.boundaries
    words = {
        key.removeprefix(_OF_SCRIPT): text
        for key, text in read_own_words().items()
        if key.startswith(_OF_SCRIPT)
    }
    return render_page(
        report,
        "districts",
        (say("open_districts"), say("page_districts_lead")),
        say,
        [(part, say(f"h_{part}")) for part in ("areas", "lines", "off")],
        {"data": make_data(report, locations, pairs), "words": words},
        (TEMPLATES / "districts.css",),
        [TEMPLATES / script for script in _SCRIPTS],
        whole=_WHOLE,
        areas=list(boundaries.districts.values()),
        provinces=list(_provinces(boundaries)),
        borders=boundaries.borders,
        off=list_off_map(report, locations),
        lost=list_without_place(report),
    )


def _provinces(boundaries: Boundaries) -> list[dict[str, Any]]:
    """Return the names of 시도 with where they stand."""
    return [
        {
            "ko": ko,
            "en": en,
            "x": boundaries.sido[code].point[0],
            "y": boundaries.sido[code].point[1],
        }
        for code, (ko, en) in boundaries.names.items()
    ]


def render_page(
    report: Report,
    page: str,
    told: tuple[Text, Text],
    say: Callable[..., Text],
    parts: Sequence[tuple[str, Text]],
    payload: Mapping[str, Any],
    styles: Sequence[Path],
    scripts: Sequence[Path],
    **shown: Any,
) -> str:
    """Return a page beside the network: its frame, its template of that name, style and scripts.

    ``told`` is what it is called, and what it is about; ``payload`` is what the scripts read;
    ``shown`` what the template shows.
    """
    environment = open_templates(TEMPLATES, *{style.parent for style in styles}, RECORDS)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.globals |= {
        "say": cache(say),
        "t": bilingual,
        "name": lambda iri: name(report, iri),
        "address": lambda iri: f"records/{page_address(slug(iri))}",
    }
    style = read_files(
        SHARED / "index.css", RECORDS / "records.css", ANALYSIS / "analysis.css", *styles
    )
    script = read_files(MAP / "search.js", RECORDS / "script.js", *scripts)
    return environment.get_template(f"{page}.html.j2").render(
        page=page,
        heading=told[0],
        lead=told[1],
        title=title(report),
        on=report.on,
        parts=parts,
        linked=LINKED,
        payload=payload,
        style=Markup(style),
        script=Markup(script),
        style_hash=hash_source(style),
        script_hash=hash_source(script),
        **shown,
    )
