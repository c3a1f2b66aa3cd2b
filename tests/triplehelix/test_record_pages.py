"""The pages of records: one for each, linked, inert, in both languages; and the reference."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from graph.description import describe_model
from graph.namespaces import slug
from graph.store import Triple, read_triples
from triplehelix.pages.addresses import page_address
from triplehelix.pages.texts import read_texts
from triplehelix.record_pages.catalogue import read_catalogue
from triplehelix.record_pages.model_picture import PLACES, read_links
from triplehelix.record_pages.ontology_page import write_ontology
from triplehelix.record_pages.record_site import TEMPLATES, render_records, write_records
from triplehelix.record_pages.statements import APART, read_term, select_stated
from triplehelix.record_pages.texts import PACKAGE, say
from triplehelix.report import Report

VOID = {"meta", "input", "link", "br", "img"}
ONCE = ("records/style.css", "records/script.js")


class Page(HTMLParser):
    """A page taken apart: elements with attributes, and what is written in each."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.path: list[str] = []
        self.text = ""
        self.headings: list[list[str]] = []
        self.feed(source)
        self.close()
        assert self.path == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.elements.append((tag, found))
        if tag in ("h2", "h3", "dt") or (tag == "th" and found.get("scope") == "col"):
            self.headings.append([])
        if tag == "span" and found.get("class") == "t" and self.headings and self._in_heading():
            self.headings[-1].append(found["lang"])
        if tag not in VOID:
            self.path.append(tag)

    def _in_heading(self) -> bool:
        return any(tag in self.path for tag in ("h2", "h3", "dt", "th"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module")
def triples(town: Any) -> set[Triple]:
    return read_triples(town.dataset, without=APART)


@pytest.fixture(scope="module")
def site(town_build: Path) -> Path:
    return town_build / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    found = [site / "ontology.html", *(site / "records").glob("*.html")]
    return {str(p.relative_to(site)): Page(p.read_text("utf-8")) for p in found}


def page(site: Path, record: str) -> str:
    source = (site / "records" / f"{record}.html").read_text("utf-8")
    return re.sub(r"\s+", " ", Page(source).text)


def test_every_record_of_the_kinds_has_a_page(site: Path, town_report: Report) -> None:
    holdings = town_report.holdings
    known = {*holdings.organizations, *holdings.agreements, *holdings.initiatives}
    written = {path.name for path in (site / "records").glob("*.html")}
    assert {page_address(slug(iri)) for iri in known} < written
    others = {"gaon-plan", "place-codes", "startup", "maker", "place-gaon", "place-sol"}
    assert {page_address(record) for record in others} < written


def test_the_list_names_every_page_once(site: Path, pages: dict[str, Page]) -> None:
    written = {path.name for path in (site / "records").glob("*.html")} - {"index.html"}
    rows = [
        h for h in pages["records/index.html"].values("href") if "/" not in h and h.endswith("html")
    ]
    assert sorted(rows) == sorted(written)


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    ids = {name: set(page.values("id")) for name, page in pages.items()}
    ids["index.html"] = set(Page((site / "index.html").read_text("utf-8")).values("id"))
    for name, page in pages.items():
        for link in page.values("href"):
            path, _, anchor = link.partition("#")
            target = (site / name).parent / unquote(path) if path else site / name
            if "?format=" in link:
                continue
            assert target.resolve().is_file(), (name, link)
            known = str(target.resolve().relative_to(site.resolve()))
            if anchor and known in ids:
                assert anchor in ids[known], (name, link)


def test_the_start_page_leads_to_records(site: Path) -> None:
    start = Page((site / "index.html").read_text("utf-8"))
    links = [h for h in start.values("href") if h.startswith(("records/", "ontology"))]
    assert len(links) > 20
    assert [link for link in links if not (site / link).is_file()] == []


def test_nothing_is_loaded_from_outside(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        depth = "records/" if "/" not in name else ""
        assert page.values("src") == [f"{depth}script.js"]
        styles = [a["href"] for tag, a in page.elements if tag == "link"]
        assert styles == [f"{depth}style.css"]
        outside = [h for h in page.values("href") if re.match(r"\w+:|//", h)]
        assert outside == []
        assert page.values("style") == []


def test_the_policy_admits_only_files_of_the_site(pages: dict[str, Page]) -> None:
    for page in pages.values():
        policy = next(a["content"] for _, a in page.elements if "http-equiv" in a)
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert not {key for _, attrs in page.elements for key in attrs if key.startswith("on")}


def test_style_and_script_ask_for_nothing(site: Path) -> None:
    for name in ONCE:
        text = (site / name).read_text("utf-8")
        assert not re.search(r"@import|url\(|https?://|fetch\(|XMLHttp", text)


def test_every_heading_is_there_in_both_languages(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        languages = [a["lang"] for _, a in page.elements if a.get("class") == "t"]
        assert languages == ["ko", "en"] * (len(languages) // 2)
        assert page.headings
        assert [h for h in page.headings if h[:2] not in (["ko", "en"], [])] == [], name
        for tag, attrs in page.elements:
            assert ("data-ko" in attrs) == ("data-en" in attrs), tag


def test_no_english_heading_is_korean() -> None:
    hangul = re.compile("[가-힣]")
    for key, text in read_texts(PACKAGE).items():
        assert not hangul.search(text.en), key
        fields = [sorted(re.findall(r"\{(\w+)\}", words)) for words in text]
        assert fields[0] == fields[1], key


def test_words_that_exist_are_used() -> None:
    folder = TEMPLATES.parent
    code = "".join(p.read_text("utf-8") for p in (*folder.glob("*.py"), *TEMPLATES.iterdir()))
    built = ("many_", "fact_", "align_", "rule_", "datatype_", "h_")
    unused = [k for k in read_texts(PACKAGE) if not k.startswith(built) and f'"{k}"' not in code]
    assert unused == []


def test_an_organization_tells_names_ties_and_state(site: Path) -> None:
    told = page(site, "gaon-univ")
    assert "가온대" in told
    assert "Gaon University" in told
    assert "가온시–가온대학교 업무협약" in told
    assert say("status_in_force").ko in told
    assert "Gaon University Drone Research Center" in told
    assert "gaon-report:50" in told


def test_what_is_planned_is_marked(site: Path, town_report: Report) -> None:
    planned = [t for t in town_report.holdings.ties if t.kind == "participation" and not t.actual]
    assert planned
    for tie in planned:
        source = (site / "records" / page_address(slug(tie.source))).read_text("utf-8")
        assert 'class="row planned"' in source


def test_an_initiative_tells_money_indicators_and_outputs(site: Path) -> None:
    test, course = page(site, "drone-test"), page(site, "drone-course")
    assert "1,000" in test
    assert "500" in test
    assert "실증 비행" in test
    assert "드론 교육생 수" in course
    assert "수료자 수" in course
    assert "Pilot class" in course
    assert "‘교육생’에 포함" in course


def test_a_document_tells_everything_that_rests_on_it(site: Path, town_report: Report) -> None:
    source = (site / "records" / "gaon-report.html").read_text("utf-8")
    cited = [
        item
        for items in town_report.holdings.evidence.values()
        for item in items
        if item.document == "gaon-report"
    ]
    section = source[source.index('<section id="cited">') :].split("</section>")[0]
    assert section.count('<tr class="row') == len(cited)
    assert 'id="l50"' in section


def test_findings_stand_on_the_pages_they_are_about(site: Path, town_report: Report) -> None:
    holdings = town_report.holdings
    known = {**holdings.organizations, **holdings.agreements, **holdings.initiatives}
    about = [f for f in town_report.findings if f.focus in known]
    assert about
    for finding in about:
        source = (site / "records" / page_address(slug(finding.focus))).read_text("utf-8")
        assert f"../index.html#{finding.id}" in source


def test_gaps_stand_on_both_pages(site: Path, town_report: Report) -> None:
    for gap in town_report.gaps:
        for end in (gap.host, gap.partner):
            source = (site / "records" / page_address(end.id)).read_text("utf-8")
            assert '<section id="gaps">' in source


def test_the_map_is_offered_where_it_shows_the_organization(
    site: Path, pages: dict[str, Page]
) -> None:
    shown = (site / "map.html").read_text("utf-8")
    offered = {
        link.split("sel=")[1]
        for page in pages.values()
        for link in page.values("href")
        if "map.html#sel=" in link
    }
    assert offered
    assert [record for record in offered if f'"{record}"' not in shown] == []


def test_hostile_text_stays_text(hostile_report: Report, triples: set[Triple]) -> None:
    evil = "<https://w3id.org/triplehelix/id/evil-markup>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    company = "<https://w3id.org/triplehelix/ontology#Company>"
    alias = "<http://www.w3.org/2004/02/skos/core#altLabel>"
    more = {(evil, kind, company), (evil, alias, '"<img src=y onerror=\\"window.hit=3\\">"')}
    catalogue = read_catalogue(hostile_report, {*triples, *more})
    written = dict(render_records(catalogue))
    assert "evil-markup.html" in written
    for source in written.values():
        found = Page(source)
        assert [tag for tag, _ in found.elements if tag == "img"] == []
        assert [tag for tag, _ in found.elements].count("script") == 1
        assert not {key for _, attrs in found.elements for key in attrs if key.startswith("on")}
    text = Page(written["evil-markup.html"]).text
    assert "<img src=x onerror=" in text
    assert '<img src=y onerror="window.hit=3">' in text
    assert "{{7*7}}" in text


def test_the_same_report_gives_the_same_bytes(
    town: Any, town_report: Report, triples: set[Triple], site: Path, tmp_path: Path
) -> None:
    stated = select_stated({str(g): list(t) for g, t in town.assembly.graphs.items()})
    assert stated == triples
    count = write_records(town_report, sorted(stated, reverse=True), tmp_path / "records")
    write_ontology(tmp_path)
    names = sorted(path.name for path in (tmp_path / "records").iterdir())
    assert count == len(names) - 3
    for path in (
        *(tmp_path / "records").iterdir(),
        tmp_path / "ontology.html",
        tmp_path / "model.svg",
    ):
        assert path.read_bytes() == (site / path.relative_to(tmp_path)).read_bytes()


@pytest.mark.parametrize("name", ["index", "con", "NUL", "com1"])
def test_names_that_a_system_reserves_get_another_file(name: str) -> None:
    assert page_address(name) == f"_{name}.html"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a\\"b"@ko', 'a"b'),
        ('"\\uAC00\\n"', "가\n"),
        ('"c:\\\\new"', "c:\\new"),
        ('"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', "1.5"),
    ],
)
def test_terms_are_read_with_their_escapes(text: str, value: str) -> None:
    assert read_term(text).value == value


def test_every_term_has_its_place_in_the_reference(site: Path, pages: dict[str, Page]) -> None:
    ids = pages["ontology.html"].values("id")
    assert len(ids) == len(set(ids))
    own = [d for d in describe_model() if d.name.startswith("th:")]
    assert {slug(d.iri) for d in own} <= set(ids)
    text = pages["ontology.html"].text
    assert [d.name for d in describe_model() if d.iri and d.name not in text] == []
    assert "eurio:HigherOrSecondaryEducation" in text


def test_the_picture_shows_every_reference_between_its_classes(site: Path) -> None:
    picture = (site / "model.svg").read_text("utf-8")
    links = read_links()
    assert {end for pair in links for end in pair} == {*PLACES}
    assert picture.count("<line ") == sum(source != target for source, target in links)
    for names in links.values():
        assert all(f"{name}</text>" in picture or "↺" in picture for name in names)
