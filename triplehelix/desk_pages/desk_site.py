"""The file: the agreement desk, one page that asks no network."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from triplehelix.analysis_pages.rows import TEMPLATES as ANALYSIS
from triplehelix.analysis_pages.rows import Writer
from triplehelix.desk_pages.page import make_page
from triplehelix.desk_pages.parts import Parts
from triplehelix.desk_pages.texts import say
from triplehelix.desk_pages.worklists import Desk
from triplehelix.pages.content_policy import hash_source
from triplehelix.pages.site import LINKED, read_files
from triplehelix.pages.site import TEMPLATES as SHARED
from triplehelix.pages.templating import open_templates
from triplehelix.pages.texts import concept, title
from triplehelix.record_pages.record_site import MAP, bilingual
from triplehelix.record_pages.record_site import TEMPLATES as RECORDS
from triplehelix.replacement import write_aside
from triplehelix.report import Report

TEMPLATES = Path(__file__).parent / "templates"


def write_desk(report: Report, desk: Desk, folder: Path) -> None:
    """Write the page to a folder; the same report and desk give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    write_aside(folder / "desk.html", render_desk(report, desk).encode())


def render_desk(report: Report, desk: Desk) -> str:
    """Return the page."""
    environment = make_environment(report)
    style = read_files(SHARED / "index.css", RECORDS / "records.css", TEMPLATES / "desk.css")
    script = read_files(MAP / "search.js", RECORDS / "script.js", TEMPLATES / "desk.js")
    return environment.get_template("desk.html.j2").render(
        page=make_page(report, desk, Parts(environment)),
        heading=say("open_desk"),
        title=title(report),
        as_of=say("as_of", date=report.on),
        linked=[(name, say(f"open_{name}")) for name in LINKED],
        style=Markup(style),
        script=Markup(script),
        style_hash=hash_source(style),
        script_hash=hash_source(script),
    )


def make_environment(report: Report) -> Environment:
    """Return the templates, those of the pages of records and of measures among them."""
    environment = open_templates(TEMPLATES, ANALYSIS, RECORDS)
    environment.globals |= {
        "say": cache(say),
        "t": bilingual,
        "concept": cache(lambda code: concept(report, code)),
    }
    environment.globals["writer"] = Writer(environment)
    return environment
