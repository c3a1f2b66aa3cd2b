"""The pages: ``index.html`` and ``map.html``, each one file that asks nothing of a network."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from graph.evidence import Evidence
from graph.namespaces import slug
from triplehelix.pages import money, overview, page_data
from triplehelix.pages.addresses import page_address
from triplehelix.pages.content_policy import hash_source
from triplehelix.pages.templating import open_templates
from triplehelix.pages.texts import Text, concept, name, say, title, type_name
from triplehelix.replacement import write_aside
from triplehelix.report import Report

if TYPE_CHECKING:
    from triplehelix.network_map.map_data import MapData
    from triplehelix.network_map.settling import Layout

TEMPLATES = Path(__file__).parent / "templates"
LINKED = ("desk", "hubs", "gaps", "money", "indicators", "timeline", "districts", "matrix")
"""The pages that name one another in their headings, in that order."""


def write_index(report: Report, folder: Path) -> None:
    """Write the first page to a folder; the same report gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    write_aside(folder / "index.html", render_page(report).encode())


def write_map(
    report: Report, path: Path, last: Layout | None = None, *, in_site: bool = True
) -> MapData:
    """Write the network map as one page, and return it with its positions.

    ``last`` is the layout of an earlier map, whose organisations keep their places. ``in_site``
    links to the pages that stand beside it.
    """
    # The door to pyvis, which takes long to import.
    from triplehelix.network_map.map_payload import map_data
    from triplehelix.network_map.planner_map import PlannerMap

    made = PlannerMap(map_data(report), last=last, in_site=in_site)
    write_aside(path, made.generate_html().encode())
    return made.data


def render_page(report: Report) -> str:
    """Return the page: what is in the graph, hubs, gaps, agreements, money and findings."""
    style, script = read_files(TEMPLATES / "index.css"), read_files(TEMPLATES / "index.js")
    template = open_templates(TEMPLATES).get_template("index.html.j2")
    return template.render(
        _context(report),
        style=Markup(style),
        script=Markup(script),
        style_hash=hash_source(style),
        script_hash=hash_source(script),
    )


def _context(report: Report) -> dict[str, Any]:
    hubs = page_data.rank_hubs(report)
    return {
        "report": report,
        "title": title(report),
        "say": say,
        "linked": LINKED,
        "name": lambda iri: name(report, iri),
        "concept": lambda code: concept(report, code),
        "type_name": lambda type_: type_name(report, type_),
        "places": list_places,
        "bar": bar_width,
        "span_of": page_data.span_of,
        "finding_kind": page_data.finding_kind,
        "period_name": lambda item: money.period_name(report, item),
        "Text": Text,
        "phases": money.PHASES,
        "counts": overview.count_kinds(report),
        "documents": overview.share_documents(report),
        "document_kinds": list(overview.kind_labels()),
        "top": page_data.TOP,
        "hubs": hubs,
        "universities": [row for row in hubs if page_data.is_university(row.hub)],
        "hosts": page_data.summarise_hosts(report),
        "gaps": page_data.list_gaps(report),
        "agreements": page_data.group_agreements(report),
        "accounts": money.read_accounts(report),
        "differences": money.compare_sources,
        "million": lambda value: money.Amount(value).million,
        "million_of": money.million_of,
        "slug": slug,
        "page_address": page_address,
        "subjects": page_data.find_subjects(report),
        "findings": page_data.group_findings(report),
        "leading": page_data.leading_findings(report),
    }


def list_places(evidence: Sequence[Evidence]) -> list[str]:
    """Return the places of evidence, each once, as ``document:lines``."""
    return list(dict.fromkeys(item.place for item in evidence))


def bar_width(value: Decimal | float | None, largest: Decimal | float) -> str:
    """Return how long a bar is, in hundredths of the longest.

    >>> bar_width(1, 4), bar_width(None, 4)
    ('25.0', '0.0')
    """
    share = 100 * float(value or 0) / float(largest or 1)
    return f"{share:.1f}"


def read_files(*files: Path) -> str:
    """Return styles or scripts one after another."""
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
