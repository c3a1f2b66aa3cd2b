"""The page: self-contained, in both languages, inert, and with a place for every answer."""

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from triplehelix.pages.site import LINKED, render_page, write_index, write_map
from triplehelix.pages.texts import read_texts
from triplehelix.report import Report

VOID = {"meta", "input", "rect", "link", "br", "img"}


class Page(HTMLParser):
    """A page taken apart: elements with attributes, texts of elements, and rows of tables."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.rows: dict[str, list[str]] = {}
        self.path: list[str] = []
        self.section = ""
        self.feed(source)
        self.close()
        assert self.path == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        self.elements.append((tag, found))
        if tag == "section":
            self.section = found["id"]
        if tag == "tr" and "row" in found.get("class", "").split():
            self.rows.setdefault(self.section, []).append("")
        if tag not in VOID:
            self.path.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.path.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self.path), data))
        if "tr" in self.path and self.rows.get(self.section):
            self.rows[self.section][-1] += data

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]

    def contents(self, tag: str) -> list[str]:
        return [text for path, text in self.texts if path and path[-1] == tag]


@pytest.fixture(scope="module")
def source(shipped_report: Report) -> str:
    return render_page(shipped_report)


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


@pytest.fixture(scope="module")
def town_page(town_report: Report) -> Page:
    return Page(render_page(town_report))


def row(page: Page, section: str, *words: str) -> str:
    return next(r for r in page.rows[section] if all(word in r for word in words))


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    assert page.values("src") == []
    assert [tag for tag, _ in page.elements if tag in ("link", "iframe", "object", "img")] == []
    outside = {link for link in page.values("href") if not link.startswith("#")}
    own = {link for link in outside if link.startswith("records/")} | {"ontology.html"}
    own |= {"questions.html", "editor.html"}
    own |= {f"{name}.html" for name in LINKED}
    assert outside - own == {"map.html", "../tables/ecosystem.xlsx", "../graph.ttl"}


def test_the_policy_admits_the_one_script_and_the_one_style(page: Page) -> None:
    policy = next(a["content"] for _, a in page.elements if "http-equiv" in a)
    assert policy.startswith("default-src 'none'; ")
    for tag in ("script", "style"):
        texts = page.contents(tag)
        assert len(texts) == 1
        digest = base64.b64encode(hashlib.sha256(texts[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert page.values("style") == []
    assert not {key for _, attrs in page.elements for key in attrs if key.startswith("on")}


def test_every_text_is_there_in_both_languages(page: Page) -> None:
    languages = [a["lang"] for _, a in page.elements if a.get("class") == "t"]
    assert languages
    assert languages == ["ko", "en"] * (len(languages) // 2)
    for tag, attrs in page.elements:
        assert ("data-ko" in attrs) == ("data-en" in attrs), tag


def quoted(key: str, code: str) -> bool:
    return f'"{key}"' in code or f"'{key}'" in code


def test_words_that_are_used_exist_and_words_that_exist_are_used() -> None:
    folder = Path(render_page.__globals__["TEMPLATES"])
    code = "".join(p.read_text("utf-8") for p in folder.parents[1].glob("**/*.py"))
    code += (folder / "index.html.j2").read_text("utf-8")
    built = ("column_", "status_", "severity_", "class_", "kind_", "sheet_", "measure_")
    built += ("decision_",)
    unused = [k for k in read_texts() if not k.startswith(built) and not quoted(k, code)]
    assert unused == []
    for key, text in read_texts().items():
        fields = [sorted(re.findall(r"\{(\w+)\}", words)) for words in text]
        assert fields[0] == fields[1], key


def test_anchors_lead_somewhere_and_are_unique(page: Page) -> None:
    ids = Counter(page.values("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    targets = {link[1:] for link in page.values("href") if link.startswith("#")}
    assert targets <= ids.keys()


@pytest.mark.parametrize("section", ["hubs", "agreements", "money", "findings"])
def test_every_row_tells_document_and_lines(page: Page, section: str) -> None:
    assert page.rows[section]
    assert [r for r in page.rows[section] if not re.search(r"[a-z0-9-]+:\d", r)] == []


def test_there_is_a_row_for_every_gap_agreement_and_finding(
    page: Page, shipped_report: Report
) -> None:
    hosts = {gap.host.iri for gap in shipped_report.gaps}
    assert len(page.rows["gaps"]) == len(hosts) + len(shipped_report.gaps)
    assert len(page.rows["agreements"]) == len(shipped_report.holdings.agreements)
    assert len(page.rows.get("findings", [])) == len(shipped_report.findings)


def test_whom_goyang_works_with_without_an_agreement(page: Page) -> None:
    dongguk = row(page, "gaps", "고양시", "Dongguk University Business Incubator")
    assert "goyang-consortium:" in dongguk
    agreed = row(page, "gaps", "고양시", "한국교통안전공단")
    assert "한국항공대학교" in agreed


def test_which_universities_are_hubs(page: Page) -> None:
    assert re.search(r"goyang-\w+:\d", row(page, "hubs", "한국항공대학교"))


def test_which_agreements_run_out_in_2019(page: Page) -> None:
    ending = [r for r in page.rows["agreements"] if "2019-02-28" in r]
    assert len(ending) == 3
    assert all("seoul-plan-2019:" in r for r in ending)
    joined = "".join(text for _, text in page.texts)
    assert "2019년에 끝남" in joined


def test_what_each_city_spent_and_from_which_source(page: Page) -> None:
    total = row(page, "money", "합계", "32,675")
    assert "13,004" in total
    assert "goyang-consortium:58" in total
    assert "Σ" in row(page, "money", "국비", "7,628")


def test_where_the_documents_contradict_themselves(page: Page) -> None:
    found = row(page, "findings", "53,873", "54,873")
    assert "seoul-plan-2019:1298" in found


def test_planned_is_marked_and_covers_nothing(town_page: Page) -> None:
    nuri = row(town_page, "gaps", "Gaon City", "Nuri Drone")
    assert "누리드론 업무협약 추진" in nuri
    assert "없음" in nuri
    academy = row(town_page, "agreements", "MOU of Gaon and its university")
    assert "2022-10" in academy


def test_hostile_text_stays_text(hostile_report: Report) -> None:
    hostile = Page(render_page(hostile_report))
    assert [tag for tag, _ in hostile.elements if tag == "img"] == []
    assert len([tag for tag, _ in hostile.elements if tag == "script"]) == 1
    assert not {key for _, attrs in hostile.elements for key in attrs if key.startswith("on")}
    text = "".join(text for _, text in hostile.texts)
    assert "<img src=x onerror=" in text
    assert "{{7*7}}" in text


def test_the_same_report_gives_the_same_bytes(town_report: Report, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_index(town_report, tmp_path / name)
        write_map(town_report, tmp_path / name / "map.html")
    written = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert written == ["index.html", "map.html"]
    for name in written:
        pages = [(tmp_path / folder / name).read_bytes() for folder in ("one", "two")]
        assert pages[0] == pages[1]
