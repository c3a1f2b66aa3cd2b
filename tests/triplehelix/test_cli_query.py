"""``triplehelix query``: the list, one explained, every form, and queries of one's own."""

import csv
import io
import json
import sys

import openpyxl
import pytest
from rdflib import Graph

from graph.questions import GROUPS, read_questions
from graph.store import open_store
from triplehelix.terminal.question_listing import OPTIONS, example_command

ASKED = ("query", "connections", "--a", "가온시", "--b", "saebyeok-univ")


def test_the_list_is_grouped_by_subject(run):
    out = run("query", "--format", "table", "--lang", "ko").out
    assert "기관\n" in out
    assert out.index("universities") < out.index("agreements_by_year") < out.index("budget_parts")
    listed = [question["group"] for question in run("query").json]
    assert listed == sorted(listed, key=GROUPS.index)
    assert len(listed) == len(read_questions())


@pytest.mark.parametrize("group", GROUPS)
def test_the_list_of_a_subject(run, group):
    found = run("query", "--group", group).json
    assert {question["name"] for question in found} == set(read_questions(group))
    assert found


@pytest.mark.parametrize("user", ["researcher", "planner", "staff"])
def test_the_list_for_some_people(run, user):
    found = run("query", "--user", user).json
    assert found
    assert all(user in question["users"] for question in found)
    assert len(found) < len(read_questions())


def test_filters_are_taken_together(run):
    both = run("query", "--group", "gaps", "--search", "협약").json
    assert {q["name"] for q in both} <= {q["name"] for q in run("query", "--group", "gaps").json}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--group", "money2"), "--group: not allowed. Allowed: organizations, agreements"),
        (("--user", "boss"), "Allowed: researcher, planner, staff"),
        (("--hots", "x"), "no option '--hots'"),
        (("--serach", "x"), "Did you mean --search"),
        (("--format", "xlsx"), "--format: not allowed"),
        (("agreements", "--host"), "--host is missing"),
        (("agreements", "more"), "Too many arguments: more"),
        (("agreements", "--format", "xlsx"), "xlsx needs --output FILE"),
        (("agreements", "--sparql", "-"), "goes without the name"),
        (("agreements", "--output", "x.doc"), "unknown form"),
        (("agreements", "--output", "x.md", "--format", "table"), "for terminals"),
    ],
)
def test_a_wrong_command_line_is_told(run, store, arguments, told):
    result = run("query", *arguments, "--store", store)
    assert (result.code, result.out) == (2, "")
    assert told in result.err


@pytest.mark.parametrize("name", sorted(read_questions()))
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_question_is_explained(run, name, language):
    result = run("query", name, "--explain", "--format", "table", "--lang", language)
    assert result.code == 0
    question = read_questions()[name]
    out = "".join(result.out.split())
    for texts in (question.summary, *(p.description for p in question.parameters)):
        assert "".join(texts[language].split()) in out
    assert f"triplehelixquery{name}" in out


def test_an_example_command_gives_every_parameter_without_default():
    for question in read_questions().values():
        command = example_command(question, "en")
        for parameter in question.parameters:
            given = f"--{parameter.name} " in command or f" {parameter.name}=" in command
            assert given == (parameter.default is None)
            assert f"--{parameter.name} " not in command or parameter.name not in OPTIONS


def test_parameters_are_options(run, store):
    short = run(*ASKED, "--store", store)
    first = run(
        "query", "--a=가온시", "connections", "--param", "b=saebyeok-univ", "--store", store
    )
    assert short.code == 0
    assert short.out == first.out
    assert short.json["results"]["bindings"]


def test_a_misspelt_parameter_is_told_with_similar_ones(run, store):
    result = run("query", "agreements_ending", "--yaer", "2023", "--store", store)
    assert result.code == 1
    assert "no parameter 'yaer'. (year?)" in result.err


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "md"])
def test_headings_and_names_follow_the_language(run, store, form):
    told = {}
    for language in ("ko", "en"):
        result = run(*ASKED, "--store", store, "--format", form, "--lang", language)
        told[language] = result.out
        question = read_questions()["connections"]
        for column in question.columns:
            heading = "".join(column.label[language].split())
            assert heading in "".join(result.out.split())
    assert "가온대" in told["ko"]
    assert not any("가" <= sign <= "힣" for sign in told["en"])


def test_an_empty_answer_tells_the_reason(run, store):
    asked = ("query", "agreements_ending", "--year", "1900", "--store", store)
    told = read_questions()["agreements_ending"].empty
    for form in ("table", "md"):
        assert told["en"] in " ".join(run(*asked, "--format", form).out.split())
    for form in ("json", "csv", "tsv"):
        result = run(*asked, "--format", form, "--lang", "ko")
        assert told["ko"] in result.err
        assert told["ko"] not in result.out


def test_json_is_sparql_results_json(run, store):
    made = run(*ASKED, "--store", store).json
    own = open_store(str(store)).query(read_questions()["agreements"].text)
    assert set(made) == {"head", "results"}
    assert made["head"]["vars"][:2] == ["a", "b"]
    asked = run("query", "agreements", "--store", store).json
    plain = json.loads(own.serialize(format="json"))
    for row in plain["results"]["bindings"]:
        for term in row.values():
            if term.get("datatype", "").endswith("#string"):
                del term["datatype"]
    assert asked == plain


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xlsx", "md"])
def test_files_take_their_form_from_the_suffix(run, store, tmp_path, form):
    target = tmp_path / f"answer.{form}"
    result = run(*ASKED, "--store", store, "--output", target)
    assert (result.code, result.json) == (0, {"file": str(target)})
    first = target.read_bytes()
    assert run(*ASKED, "--store", store, "--output", target).code == 1
    assert run(*ASKED, "--store", store, "--output", target, "--force").code == 0
    assert target.read_bytes() == first
    if form == "xlsx":
        page = openpyxl.load_workbook(target).worksheets[0]
        assert [c.value for c in page[1]][:2] == ["a", "b"]
        assert page.max_row > 1
    elif form == "csv":
        assert first.startswith(b"\xef\xbb\xbf")


def ask_freely(run, store, monkeypatch, text, *more):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return run("query", "--sparql", "-", "--store", store, *more)


def test_a_query_of_ones_own(run, store, monkeypatch, tmp_path):
    text = "SELECT DISTINCT ?u { ?u a th:University }"
    found = ask_freely(run, store, monkeypatch, text + " ORDER BY ?u").json
    assert len(found["results"]["bindings"]) == 3
    path = tmp_path / "own.rq"
    path.write_text("\ufeff" + text + " ORDER BY ?u", encoding="utf-8")
    assert run("query", "--sparql", path, "--store", store).json == found
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    count = ask_freely(run, store, monkeypatch, text, "--format", "csv")
    assert count.out.split()[0] == "n"
    assert int(count.out.split()[1]) > 1000


def test_graphs_are_turtle_by_themselves(run, store, monkeypatch):
    text = "CONSTRUCT { ?t a th:Theme ; rdfs:label ?l } WHERE { ?t a th:Theme ; rdfs:label ?l }"
    result = ask_freely(run, store, monkeypatch, text)
    assert len(Graph().parse(data=result.out, format="turtle")) == 9
    assert ask_freely(run, store, monkeypatch, text).out == result.out
    table = ask_freely(run, store, monkeypatch, text, "--format", "csv").out
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0] == ["subject", "predicate", "object"]
    assert len(rows) == 10


def test_a_truth_is_told(run, store, monkeypatch):
    text = "ASK { ?s a th:University }"
    assert ask_freely(run, store, monkeypatch, text).json == {"head": {}, "boolean": True}
    assert "yes" in ask_freely(run, store, monkeypatch, text, "--format", "table").out
    assert "true" in ask_freely(run, store, monkeypatch, text, "--format", "csv").out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT", "no SPARQL query"),
        ("DROP ALL", "no SPARQL query"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "no SPARQL query"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "calls another server"),
    ],
)
def test_what_is_no_query_is_told(run, store, monkeypatch, text, told):
    result = ask_freely(run, store, monkeypatch, text)
    assert (result.code, result.out) == (1, "")
    assert told in result.err


def test_only_graphs_are_written_as_turtle(run, store):
    result = run("query", "agreements", "--format", "ttl", "--store", store)
    assert (result.code, result.out) == (1, "")
    assert "Only the graph of CONSTRUCT" in result.err


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx"])
def test_no_cell_is_a_formula(run, store, monkeypatch, tmp_path, form):
    cells = ["=1+1", "+1", "-1", "@x", "＝1", "\t=1", '=HYPERLINK("http://192.0.2.1")']
    values = " ".join(json.dumps(cell) for cell in cells)
    text = f"SELECT ?x ?n {{ VALUES ?x {{ {values} }} BIND(-1 AS ?n) }}"
    target = tmp_path / f"answer.{form}"
    assert ask_freely(run, store, monkeypatch, text, "--output", target).code == 0
    if form == "xlsx":
        page = openpyxl.load_workbook(target).worksheets[0]
        assert [row[0].data_type for row in page.iter_rows(min_row=2)] == ["s"] * len(cells)
        assert {row[1].value for row in page.iter_rows(min_row=2)} == {-1}
        return
    text = target.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter="," if form == "csv" else "\t"))[1:]
    assert [row[1] for row in rows] == ["-1"] * len(cells)
    assert all(row[0].startswith("'") for row in rows)
