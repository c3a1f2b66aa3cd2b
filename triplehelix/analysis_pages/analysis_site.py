"""The files: hubs, gaps, money, indicators and timeline, each one page that asks no network."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from graph.communities import find_communities
from triplehelix.analysis_pages.blocks import Page, Part
from triplehelix.analysis_pages.brokers import list_brokers, list_cut_points
from triplehelix.analysis_pages.charts import Charts
from triplehelix.analysis_pages.gaps import make_gaps_page
from triplehelix.analysis_pages.groups import list_communities, tell_structure
from triplehelix.analysis_pages.helices import list_pairs, list_synergy
from triplehelix.analysis_pages.hubs import list_hubs
from triplehelix.analysis_pages.indicators import make_indicators_page
from triplehelix.analysis_pages.money import make_money_page
from triplehelix.analysis_pages.networks import read_networks, tell_network
from triplehelix.analysis_pages.readings import Readings
from triplehelix.analysis_pages.rows import TEMPLATES, Writer
from triplehelix.analysis_pages.texts import say
from triplehelix.analysis_pages.timeline import make_timeline_page
from triplehelix.pages.content_policy import hash_source
from triplehelix.pages.site import LINKED, read_files
from triplehelix.pages.site import TEMPLATES as SHARED
from triplehelix.pages.templating import open_templates
from triplehelix.pages.texts import concept, title
from triplehelix.record_pages.record_site import MAP, bilingual
from triplehelix.record_pages.record_site import TEMPLATES as RECORDS
from triplehelix.replacement import write_aside
from triplehelix.report import Report

PAGES = ("hubs", "gaps", "money", "indicators", "timeline")


def write_analysis(report: Report, readings: Readings, folder: Path) -> None:
    """Write the pages to a folder; the same report and readings give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in render_analysis(report, readings):
        write_aside(folder / f"{name}.html", page.encode())


def render_analysis(report: Report, readings: Readings) -> Iterator[tuple[str, str]]:
    """Yield the names of the pages with what stands in each."""
    environment = make_environment(report)
    style = read_files(SHARED / "index.css", RECORDS / "records.css", TEMPLATES / "analysis.css")
    script = read_files(MAP / "search.js", RECORDS / "script.js", TEMPLATES / "analysis.js")
    template = environment.get_template("page.html.j2")
    for page in make_pages(report, readings, Charts(environment)):
        yield (
            page.name,
            template.render(
                page=page,
                title=title(report),
                as_of=say("as_of", date=report.on),
                pages=[(name, say(f"open_{name}")) for name in LINKED],
                style=Markup(style),
                script=Markup(script),
                style_hash=hash_source(style),
                script_hash=hash_source(script),
            ),
        )


def make_pages(report: Report, readings: Readings, charts: Charts) -> Iterator[Page]:
    """Yield the pages as plain values."""
    yield make_hubs_page(report)
    yield make_gaps_page(report, readings)
    yield make_money_page(report, readings, charts)
    yield make_indicators_page(report, readings, charts)
    yield make_timeline_page(report, charts)


def make_hubs_page(report: Report) -> Page:
    """Return the page of hubs, brokers, communities and synergy."""
    networks = read_networks(report)
    communities = find_communities(networks.one_mode.graph)
    parts = [
        Part("network", say("h_network"), tell_network(networks)),
        list_hubs(networks, communities),
        list_brokers(networks),
        list_cut_points(networks),
        list_communities(networks, communities),
        tell_structure(networks),
        list_synergy(networks),
        list_pairs(networks),
    ]
    return Page("hubs", say("open_hubs"), say("page_hubs_lead"), parts)


def make_environment(report: Report) -> Environment:
    """Return the templates, those of the pages of records among them."""
    environment = open_templates(TEMPLATES, RECORDS)
    environment.globals |= {
        "say": cache(say),
        "t": bilingual,
        "concept": cache(lambda code: concept(report, code)),
    }
    environment.globals["writer"] = Writer(environment)
    return environment
