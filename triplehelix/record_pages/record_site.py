"""The files: a page for every record and a list of them, with one style and one script beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from graph.store import Triple
from triplehelix.network_map.bonds import tied_organizations
from triplehelix.pages.site import TEMPLATES as SHARED
from triplehelix.pages.templating import open_templates
from triplehelix.pages.texts import Text, concept, title, type_name
from triplehelix.record_pages import contents, facts, mentions, ties
from triplehelix.record_pages.catalogue import Catalogue, Entry, read_catalogue
from triplehelix.record_pages.rows import Writer
from triplehelix.record_pages.sections import Section, only
from triplehelix.record_pages.texts import say
from triplehelix.report import Report

TEMPLATES = Path(__file__).parent / "templates"
MAP = SHARED.parents[1] / "network_map" / "templates"
"""Where the search stands that reads initial consonants, too."""

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
"""Only files of the site itself; opened from a disk, a page is not of one origin with them."""

_HANGUL = re.compile("[가-힣]")
FORMATS = (("turtle", "Turtle"), ("jsonld", "JSON-LD"), ("ntriples", "N-Triples"))


def write_records(report: Report, triples: Iterable[Triple], folder: Path) -> int:
    """Write the pages of all records to a folder of its own, and return how many there are.

    ``triples`` are what the sources state, see :mod:`triplehelix.record_pages.statements`. The
    same report and triples give the same bytes. The folder is not moved into place: a build
    does so with everything.
    """
    folder.mkdir(parents=True, exist_ok=True)
    catalogue = read_catalogue(report, triples)
    write_assets(folder)
    for address, page in render_records(catalogue):
        (folder / address).write_bytes(page.encode())
    return len(catalogue.entries)


def write_assets(folder: Path) -> None:
    """Write the style and the script that the pages share."""
    style = (SHARED / "index.css", TEMPLATES / "records.css")
    script = (MAP / "search.js", TEMPLATES / "script.js")
    for name, parts in (("style.css", style), ("script.js", script)):
        (folder / name).write_bytes(b"\n".join(part.read_bytes() for part in parts))


def render_records(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the file names of the list and of all pages of records, with the pages."""
    report = catalogue.report
    environment = make_environment()
    environment.globals |= {
        "as_of": say("as_of", date=report.on),
        "concept": lambda value: concept(report, value),
        "type_name": lambda value: type_name(report, value),
    }
    environment.globals["writer"] = Writer(environment)
    for name, parts in (("m", "macros"), ("frame", "frame")):
        # The same for every page, which would else look for it anew.
        environment.globals[name] = environment.get_template(f"{parts}.html.j2").module
    groups = [
        (kind, list(group)) for kind, group in groupby(catalogue.entries.values(), lambda e: e.kind)
    ]
    listing = environment.get_template("list.html.j2")
    yield "index.html", listing.render(title=title(report), groups=groups)
    template, ends = environment.get_template("record.html.j2"), _Ends(catalogue)
    for entry in catalogue.entries.values():
        yield (
            entry.address,
            template.render(
                entry=entry,
                ancestors=facts.list_ancestors(catalogue, entry.iri),
                facts=facts.list_facts(catalogue, entry),
                measures=facts.list_measures(catalogue, entry),
                on_map=entry.iri in ends.mapped,
                sections=list(only(_sections(catalogue, entry, ends))),
                referring=list(mentions.list_referring(catalogue, entry)),
            ),
        )


class _Ends:
    """What is looked up for every page, by the records at its ends."""

    def __init__(self, catalogue: Catalogue) -> None:
        report = catalogue.report
        self.ties = ties.ties_by_end(report.holdings.ties)
        self.agreements = ties.agreements_by_party(report.holdings.agreements.values())
        self.gaps = ties.gaps_by_end(report.gaps)
        self.mapped = tied_organizations(report)
        self.budgets = {
            iri: list(items)
            for iri, items in groupby(
                sorted(report.budgets, key=lambda item: item.initiative), lambda i: i.initiative
            )
        }


def _sections(catalogue: Catalogue, entry: Entry, ends: _Ends) -> Iterator[Section | None]:
    iri = entry.iri
    if entry.kind == "organizations":
        yield ties.list_agreements(catalogue, entry, ends.agreements.get(iri, []))
        yield ties.list_gaps(catalogue, entry, ends.gaps.get(iri, []))
        yield ties.list_participations(catalogue, iri, ends.ties.get(iri, ()))
        yield ties.list_affiliations(catalogue, iri, ends.ties.get(iri, ()))
    elif entry.kind == "agreements":
        yield ties.list_parties(catalogue, catalogue.report.holdings.agreements[iri])
    elif entry.kind in ("initiatives", "events"):
        yield ties.list_participations(catalogue, iri, ends.ties.get(iri, ()))
        yield contents.list_money(catalogue, ends.budgets.get(iri, ()))
        yield contents.list_indicators(catalogue, iri)
        yield contents.list_outputs(catalogue, iri)
        yield contents.list_problems(catalogue, iri)
        yield contents.list_remedies(catalogue, iri)
    yield mentions.list_findings(catalogue, entry)
    yield mentions.list_evidence(catalogue, entry)
    if entry.kind == "documents":
        yield mentions.list_cited(catalogue, entry)


def make_environment() -> Environment:
    """Return the templates with what every page needs."""
    environment = open_templates(TEMPLATES)
    environment.globals |= {"say": cache(say), "t": bilingual, "policy": POLICY, "formats": FORMATS}
    return environment


@cache
def bilingual(text: Text) -> Markup:
    """Return a text in both languages, of which the style shows one.

    >>> bilingual(Text("<가>", "a"))
    Markup('<span class="t" lang="ko">&lt;가&gt;</span><span class="t" lang="en">a</span>')
    """
    if text.ko != text.en:
        ko, en = escape(text.ko), escape(text.en)
        return Markup(f'<span class="t" lang="ko">{ko}</span><span class="t" lang="en">{en}</span>')
    shown = escape(text.ko)
    return Markup(f'<span lang="ko">{shown}</span>') if _HANGUL.search(text.ko) else shown
