"""The brief: everything about a partner with numbered sources, as a page and as a document."""

import base64
import hashlib
import io
import re
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest

from graph.outputs import Output, read_outputs
from graph.partnerships import Partnership
from triplehelix.desk.brief import Brief
from triplehelix.desk.brief_contents import find_partnerships, make_brief
from triplehelix.desk.brief_document import encode_document
from triplehelix.desk.brief_page import encode_page
from triplehelix.desk.brief_sources import shorten_quote
from triplehelix.report import Report

ID = "https://w3id.org/triplehelix/id/"


@pytest.fixture(scope="module")
def outputs(town: Any) -> list[Output]:
    return read_outputs(town.dataset)


def find(report: Report, partner: str, host: str = "gaon") -> Partnership:
    iris = {slug: next(i for i in report.holdings.organizations if i.endswith(f"/{slug}"))
            for slug in (partner, host)}  # fmt: skip
    (found,) = find_partnerships(report, iris[host], iris[partner])
    return found


@pytest.fixture(scope="module")
def brief(town_report: Report, outputs: list[Output]) -> Brief:
    return make_brief(town_report, find(town_report, "nuri-drone"), outputs)


@pytest.fixture(scope="module")
def every_brief(town_report: Report, outputs: list[Output]) -> list[Brief]:
    rows = [
        row
        for iri in town_report.holdings.organizations
        for row in find_partnerships(town_report, None, iri)
    ]
    return [make_brief(town_report, row, outputs) for row in rows]


@pytest.fixture(scope="module")
def hostile_brief(hostile_report: Report, outputs: list[Output]) -> Brief:
    return make_brief(hostile_report, find(hostile_report, "evil-markup"), outputs)


def rows_of(brief: Brief, heading: str) -> list[list[str]]:
    (section,) = (each for each in brief.sections if each.heading.en == heading)
    return [[cell.en for cell in row] for row in section.rows]


def test_it_tells_the_joint_work_the_agreement_and_what_is_missing(brief: Brief) -> None:
    facts = {heading.en: text.en for heading, text in brief.facts}
    assert facts["Agreement"] == "planned"
    assert facts["Next step"] == "sign"
    assert facts["In charge"] == "Industry Division"
    assert facts["Due"] == "2024-02-29"
    assert facts["Money"] == "1,000 million won (planned): Drone trials"
    work = rows_of(brief, "What is done together")[0]
    assert work == ["Drone trials", "2022-05 ~ 2024-12", "participant", "1,000 (planned)", "1"]
    (agreement,) = rows_of(brief, "Agreements")
    assert agreement[:2] == ["Intended MOU with Nuri Drone", "planned"]
    missing = " ".join(row[0] for row in rows_of(brief, "What is missing or to be settled"))
    assert "nothing says that it was signed" in missing
    assert "Due 2024-02-29" in missing
    assert ["Trial flights", "Drone trials", "10회", "4"] in rows_of(brief, "Outputs")


def test_agreements_through_a_body_above_are_told_as_such(
    town_report: Report, outputs: list[Output]
) -> None:
    brief = make_brief(town_report, find(town_report, "gaon-univ-incubator"), outputs)
    facts = {heading.en: text.en for heading, text in brief.facts}
    assert "no agreement" in facts["Agreement"]
    assert "with bodies above" in facts["Agreement"]
    assert any("(through Gaon" in row[0] for row in rows_of(brief, "Agreements"))


def test_every_number_has_its_source_and_every_source_is_named(every_brief: list[Brief]) -> None:
    assert len(every_brief) > 25
    for brief in every_brief:
        numbers = [source.number for source in brief.sources]
        assert numbers == list(range(1, len(numbers) + 1))
        cited = [
            int(number)
            for section in brief.sections
            if section.columns
            for row in section.rows
            for number in row[-1].en.split(", ")
            if number
        ]
        assert set(cited) == set(numbers)
        assert list(dict.fromkeys(cited)) == sorted(set(cited))


def test_every_row_fills_its_columns(every_brief: list[Brief]) -> None:
    for brief in every_brief:
        for section in brief.sections:
            assert len(section.wide) == len(section.columns)
            assert sum(section.wide) in (0, 100)
            assert {len(row) for row in section.rows} <= {len(section.columns) or 1}


def test_quotes_have_fewer_than_fifteen_words(every_brief: list[Brief]) -> None:
    quotes = [source.quote for brief in every_brief for source in brief.sources]
    assert max(len(quote.split()) for quote in quotes) < 15
    assert len(shorten_quote("말 " * 30).split()) < 15
    assert shorten_quote("가\n나  다") == "가 나 다"
    assert len(shorten_quote("가" * 500)) < 70


class Tags(HTMLParser):
    """The elements of a page, and its text outside styles."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(key, value or "") for key, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.text += data


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_runs_nothing_and_asks_for_nothing(hostile_brief: Brief, language: str) -> None:
    page = encode_page(hostile_brief, language).decode()
    parsed = Tags(page)
    assert {"script", "img", "link", "a"}.isdisjoint(parsed.tags)
    assert '<img src=x onerror="window.hit=1"></script>' in parsed.text
    names = {name for name, _ in parsed.attributes}
    assert {"src", "href", "style"}.isdisjoint(names)
    assert not [name for name in names if name.startswith("on")]
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert f'<html lang="{language}">' in page


def test_a_page_is_the_same_each_time_and_told_in_one_language(brief: Brief) -> None:
    assert encode_page(brief, "ko") == encode_page(brief, "ko")
    assert "㈜누리드론 협력 현황" in encode_page(brief, "ko").decode()
    english = encode_page(brief, "en").decode()
    assert "Nuri Drone: cooperation and agreements" in english
    assert "협력 현황" not in english


def read_document(data: bytes) -> tuple[Any, str]:
    document: Any = docx.Document(io.BytesIO(data))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return document, "\n".join(texts)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_document_tells_everything_that_the_brief_does(brief: Brief, language: str) -> None:
    document, text = read_document(encode_document(brief, language))
    place = 1 if language == "en" else 0
    told = [brief.title, brief.about, *(text for fact in brief.facts for text in fact)]
    for section in brief.sections:
        told += [section.heading, *section.columns, *(cell for row in section.rows for cell in row)]
    assert all(each[place] in text for each in told)
    assert all(f"{source.number}. {source.document[place]}" in text for source in brief.sources)
    (page,) = document.sections
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert document.core_properties.title == brief.title[place]
    assert document.core_properties.language == language


def test_a_document_has_a_korean_typeface_and_headings_that_repeat(brief: Brief) -> None:
    data = encode_document(brief, "ko")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert 'w:eastAsia="Malgun Gothic"' in archive.read("word/styles.xml").decode()
        body = archive.read("word/document.xml").decode()
    assert body.count("<w:tblHeader/>") == sum(1 for each in brief.sections if each.columns)


def test_a_document_has_the_same_bytes_each_time(brief: Brief) -> None:
    assert encode_document(brief, "ko") == encode_document(brief, "ko")


def test_hostile_names_are_text_in_a_document(hostile_brief: Brief) -> None:
    _, text = read_document(encode_document(hostile_brief, "ko"))
    assert '<img src=x onerror="window.hit=1"></script>' in text


def test_control_characters_do_not_break_a_document(brief: Brief) -> None:
    facts = ((brief.title, brief.title._replace(ko="\x00\x07가\x1b[2J\uffff")),)
    broken = Brief(brief.title, brief.about, facts, brief.sections, brief.sources)
    _, text = read_document(encode_document(broken, "ko"))
    assert "가" in text


# ---- the command

Run = Callable[..., Any]


@pytest.mark.parametrize("suffix", ["html", "docx", "HTML"])
def test_the_command_writes_a_file(run: Run, store: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"brief.{suffix}"
    told = run("desk", "brief", "누리드론", "--host", "가온시", "--output", path, "--store", store)
    assert told.code == 0
    assert told.json == {"file": str(path)}
    assert path.read_bytes()[:4] == (b"PK\x03\x04" if suffix == "docx" else b"<!do")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_the_date_is_the_one_asked_for(run: Run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    where = ("--host", "gaon", "--output", path, "--store", store)
    assert run("desk", "brief", "dal-robot", *where, "--as-of", "2022-12").code == 0
    page = path.read_text(encoding="utf-8")
    assert "as of 2022-12-31" in page
    assert "terminated" not in page


def test_an_unknown_suffix_is_told_with_the_known_ones(
    run: Run, store: Path, tmp_path: Path
) -> None:
    told = run("desk", "brief", "nuri-drone", "--output", tmp_path / "b.pdf", "--store", store)
    assert told.code == 2
    assert ".html, .docx" in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_never_overwritten_and_a_file_only_when_asked(
    run: Run, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a.html"
    folder.mkdir()
    command = ("desk", "brief", "nuri-drone", "--store", store, "--output")
    told = run(*command, folder, "--force")
    assert told.code == 1
    assert "folder" in told.err
    file = tmp_path / "b.html"
    file.write_text("mine", encoding="utf-8")
    assert run(*command, file).code == 1
    assert file.read_text(encoding="utf-8") == "mine"
    assert run(*command, file, "--force").code == 0
    assert run(*command, tmp_path / "none" / "b.html").code == 1


def test_a_partner_of_several_hosts_must_be_asked_for_with_one(
    run: Run, store: Path, tmp_path: Path
) -> None:
    command = ("desk", "brief", "dal-robot", "--store", store, "--output", tmp_path / "b.html")
    told = run(*command)
    assert told.code == 1
    assert "Gaon City, Narae County" in told.err
    assert run(*command, "--host", "나래군").code == 0
    assert "Narae County" in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_nobody_is_made_a_partner(run: Run, store: Path, tmp_path: Path) -> None:
    where = ("--store", store, "--output", tmp_path / "b.html")
    told = run("desk", "brief", "haneul-college", "--host", "gaon", *where)
    assert told.code == 1
    assert "No joint work" in told.err
    assert run("desk", "brief", "no such body", *where).code == 1


def test_a_missing_extra_is_named(
    run: Run, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    command = ("desk", "brief", "nuri-drone", "--store", store, "--output")
    told = run(*command, tmp_path / "b.docx")
    assert told.code == 1
    assert "pip install 'triplehelix[docx]'" in told.err
    assert run(*command, tmp_path / "b.html").code == 0
