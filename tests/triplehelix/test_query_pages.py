"""What the pages that ask are made of: questions cut for a reader, names, terms, YASGUI's files."""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset
from rdflib.term import Identifier, Variable

from graph.namespaces import TH
from graph.questions import Question, read_questions, read_reason
from graph.sparql import bind
from triplehelix.query_pages.contents import read_contents
from triplehelix.query_pages.entries import read_entries
from triplehelix.query_pages.library import cut, list_questions
from triplehelix.query_pages.site import TEMPLATES, YASGUI, write_query_pages
from triplehelix.query_pages.vocabulary import read_terms
from triplehelix.report import Report

EXPECTED = Path(__file__).resolve().parent.parent / "expected"
CASES = [
    (path.stem, number)
    for path in sorted(EXPECTED.glob("*.json"))
    if path.stem in read_questions()
    for number in range(len(json.loads(path.read_text(encoding="utf-8"))))
]


def rows(dataset: Dataset, query: str, names: list[str], **bindings: Identifier) -> Counter[Any]:
    result = dataset.query(query, initBindings=bindings)
    return Counter(tuple(row.get(Variable(name)) for name in names) for row in result.bindings)


def as_values(question: Question, bindings: dict[str, Identifier]) -> str:
    blocks = "".join(f"\n  VALUES ?{name} {{ {term.n3()} }}" for name, term in bindings.items())
    return blocks.join(cut(question.query))


@pytest.mark.parametrize(("name", "number"), CASES)
def test_the_text_on_the_page_answers_like_the_bound_question(
    town: Any, name: str, number: int
) -> None:
    case = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))[number]
    question = read_questions()[name]
    bindings = bind(town.dataset, question, case["arguments"])
    told = [column.name for column in question.columns]
    shown = rows(town.dataset, as_values(question, bindings), told)
    assert shown == rows(town.dataset, question.text, told, **bindings)


def test_a_reason_on_the_page_is_the_reason_of_the_library(town: Any) -> None:
    seen = 0
    for name, number in CASES:
        question = read_questions()[name]
        case = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))[number]
        if case["rows"] or not question.because:
            continue
        reason = read_reason(question.because)
        bound = bind(town.dataset, question, case["arguments"])
        own = {parameter.name: bound[parameter.name] for parameter in reason.parameters}
        blanks = re.findall(r"\{(\w+)\}", reason.message["ko"])
        shown = rows(town.dataset, as_values(reason, own), blanks)
        assert shown == rows(town.dataset, reason.text, blanks, **own), name
        seen += bool(shown)
    assert seen


def test_every_question_is_told_in_the_order_of_the_groups() -> None:
    told = list_questions()
    assert {question["name"] for question in told} == set(read_questions())
    groups = list(dict.fromkeys(question["group"] for question in told))
    assert len(groups) == len({question["group"] for question in told})
    assert json.loads(json.dumps(told)) == told


def test_what_can_be_chosen_has_its_names(town: Any, town_report: Report) -> None:
    entries = read_entries(town.dataset, town_report)
    assert {"organization", "initiative", "document", "theme", "place"} <= set(entries)
    assert ("gaon", "가온시") in {row[:2] for row in entries["organization"]}
    for kind, found in entries.items():
        assert found, kind
        assert len({row[0] for row in found}) == len(found)


def test_terms_are_those_in_use(town: Any, town_report: Report) -> None:
    terms = read_terms(town.dataset, town_report)
    classes = {iri: (ko, en) for iri, ko, en in terms["classes"]}
    assert classes[str(TH.University)] == ("대학교", "university")
    assert str(TH.hasParty) in {iri for iri, *_ in terms["properties"]}
    for iri in classes:
        assert town.dataset.query(f"ASK {{ ?thing a <{iri}> }}").askAnswer


def test_the_same_report_gives_the_same_bytes(
    town: Any, town_report: Report, tmp_path: Path
) -> None:
    contents = read_contents(town.dataset, town_report)
    for name in ("one", "two"):
        write_query_pages(town_report, contents, tmp_path / name)
    files = sorted(path for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert {path.name for path in files} >= {"questions.html", "editor.html", "yasgui.min.js"}
    for path in files:
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes()


def test_the_pages_name_no_other_host_as_a_source(
    town: Any, town_report: Report, tmp_path: Path
) -> None:
    write_query_pages(town_report, read_contents(town.dataset, town_report), tmp_path)
    for name in ("questions.html", "editor.html"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == []
        [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe" not in scripts
        assert "connect-src 'self'" in policy


def test_every_word_of_the_pages_is_in_both_languages() -> None:
    import yaml

    texts = (TEMPLATES.parent / "texts.yml").read_text(encoding="utf-8")
    words = yaml.safe_load(texts)
    assert all(set(texts) == {"ko", "en"} for texts in words.values())
    used = set()
    for path in TEMPLATES.iterdir():
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'data-(?:text|label|placeholder)="(\w+)"', text))
        used |= set(re.findall(r'\bword\("(\w+)"', text))
    assert used <= set(words)


@pytest.mark.parametrize(
    ("file", "digest"),
    [
        ("yasgui.min.js", "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75"),
        ("yasgui.min.css", "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55"),
    ],
)
def test_yasgui_is_the_file_that_its_note_names(file: str, digest: str) -> None:
    assert hashlib.sha256((YASGUI / file).read_bytes()).hexdigest() == digest
    assert digest in (YASGUI / "README.md").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in (YASGUI / "LICENSES.txt").read_text(encoding="utf-8")
