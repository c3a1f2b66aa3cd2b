"""The headers of the question files: complete, in both languages, and true to their queries."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from graph.namespaces import PREFIXES
from graph.question_header import COLUMN_TYPES, USERS, Question, parse_question
from graph.questions import GROUPS, find_question, read_questions, read_reason
from graph.store import memory_store

EVERY = list(read_questions().values())
NAMES = [question.name for question in EVERY]
every_question = pytest.mark.parametrize("question", EVERY, ids=NAMES)


def projection(question: Question) -> list[str]:
    """The variables of the result, as the engine tells them."""
    return [str(v) for v in memory_store().query(question.text, initNs=PREFIXES).vars or []]


@every_question
def test_header_says_everything_in_both_languages(question: Question) -> None:
    parts = [*question.parameters, *question.columns]
    told = [question.summary, question.description, question.empty]
    told += [getattr(part, "label", None) or part.description for part in parts]
    for texts in told:
        assert set(texts) == {"ko", "en"}
    assert question.tags
    assert question.users
    assert question.group in GROUPS
    assert re.search("[가-힣]", question.summary["ko"])


@every_question
def test_columns_are_those_of_the_answer(question: Question) -> None:
    asked = [parameter.name for parameter in question.parameters]
    answered = projection(question)
    assert [column.name for column in question.columns] == [v for v in answered if v not in asked]
    # A bound variable that is not projected would not be bound at all.
    assert [name for name in asked if name not in answered] == []


@every_question
def test_answer_has_an_order(question: Question) -> None:
    assert "\nORDER BY " in question.text
    assert "SERVICE" not in question.text


@every_question
def test_prefixes_are_those_of_the_project(question: Question) -> None:
    declared = dict(re.findall(r"^PREFIX (\w*): <(.*)>$", question.text, re.MULTILINE))
    assert declared.items() <= PREFIXES.items()
    used = set(re.findall(r"\b([a-z]+):[\w]", re.sub(r"<[^>]*>|\"[^\"]*\"", "", question.query)))
    assert used <= declared.keys()


@every_question
def test_reason_is_asked_with_parameters_of_the_question(question: Question) -> None:
    if not question.because:
        return
    reason = read_reason(question.because)
    mine = {parameter.name: parameter.type for parameter in question.parameters}
    theirs = {parameter.name: parameter.type for parameter in reason.parameters}
    assert theirs.items() <= mine.items()
    named = {name for text in reason.message.values() for name in re.findall(r"{(\w+)}", text)}
    assert set(reason.message) == {"ko", "en"}
    assert named <= set(projection(reason))


def test_every_group_has_questions() -> None:
    assert {question.group for question in EVERY} == set(GROUPS)
    assert len(EVERY) >= 60


def test_quality_questions_say_how_severe_they_are() -> None:
    quality = read_questions("quality")
    assert quality.items() <= read_questions().items()
    assert all(question.severity and question.message for question in quality.values())
    assert find_question("budget-parts") is quality["budget_parts"]


GOOD: dict[str, Any] = {
    "summary": {"ko": "가", "en": "a"},
    "description": {"ko": "가", "en": "a"},
    "users": ["planner"],
    "tags": ["a"],
    "parameters": {
        "kind": {
            "type": "choice",
            "description": {"ko": "가", "en": "a"},
            "default": "1.5",
            "values": {"1.5": {"ko": "가", "en": "a"}, "no": {"ko": "나", "en": "b"}},
        }
    },
    "columns": {
        "s": {"type": "record", "label": {"ko": "가", "en": "a"}},
        "p": {"type": "text", "label": {"ko": "가", "en": "a"}, "names": "s"},
    },
    "chart": {"kind": "bar", "x": "s", "y": ["p"]},
    "empty": {"ko": "가", "en": "a"},
    "because": "some_reason",
}


def parse(header: Any) -> Question:
    text = yaml.safe_dump(header, allow_unicode=True)
    lines = "".join(f"#+ {line}\n" for line in text.splitlines())
    return parse_question("broken", lines + "SELECT ?kind ?s ?p { ?s ?p ?o }\n", "money")


def test_a_header_is_read_as_it_stands() -> None:
    question = parse(GOOD)
    assert (question.group, question.users, question.because) == (
        "money",
        ("planner",),
        "some_reason",
    )
    assert question.parameters[0].values["1.5"] == {"ko": "가", "en": "a"}
    assert question.parameters[0].default == "1.5"
    assert {column.name: column.names for column in question.columns} == {"s": "", "p": "s"}
    assert question.chart is not None
    assert question.chart.y == ("p",)
    assert question.query == "SELECT ?kind ?s ?p { ?s ?p ?o }\n"


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("chartt", {}, "broken: chartt: unknown key"),
        ("summary", {"ko": "가"}, "broken: summary: needs a text"),
        ("summary", {"ko": "가", "en": " "}, "broken: summary: a text is blank"),
        ("users", ["boss"], "broken: users: unknown value boss"),
        ("users", "planner", "broken: users: is no list"),
        ("empty", {"en": "a"}, "broken: empty: needs a text"),
        ("because", ["a"], "broken: because: is no text"),
        ("columns", [1], "broken: columns: is no mapping"),
        ("columns.s.type", "thing", "broken: columns.s: type: unknown type thing"),
        ("columns.s.label", {"ko": "가"}, "broken: columns.s: label: needs a text"),
        ("columns.s.width", 3, "broken: columns.s: width: unknown key"),
        ("columns.s", {"type": "text"}, "broken: columns.s: label: is missing"),
        ("columns.s", "text", "broken: columns.s: no mapping"),
        ("columns.p.names", "q", "columns.p.names: there is no column q"),
        ("columns.kind", {"type": "text", "label": {"ko": "가", "en": "a"}}, "is a parameter"),
        ("parameters.kind.type", "anything", "parameters.kind: type: unknown type anything"),
        ("parameters.kind.type", "text", "parameters.kind: values: a choice has values"),
        ("parameters.kind.default", "x", "parameters.kind: default: x is none"),
        ("parameters.kind.values", {}, "parameters.kind: values: a choice has values"),
        ("parameters.kind.values.no", {"ko": "나"}, "parameters.kind.values.no: label: needs"),
        ("parameters.kind.hint", "x", "parameters.kind: hint: unknown key"),
        ("chart.kind", "pie", "broken: chart: kind: unknown type pie"),
        ("chart.x", "q", "chart: there is no column q"),
        ("severity", "bad", "broken: severity: unknown type bad"),
    ],
)
def test_a_fault_of_a_header_names_file_and_key(path: str, value: Any, told: str) -> None:
    header = yaml.safe_load(yaml.safe_dump(GOOD))
    place = header
    *above, last = re.split(r"\.(?!5)", path)
    for key in above:
        place = place[key]
    place[last] = value
    with pytest.raises(ValueError, match=re.escape(told)):
        parse(header)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "#+ tags: [a]\nSELECT * { ?s ?p ?o }"])
def test_a_file_without_a_summary_is_no_question(text: str) -> None:
    with pytest.raises(ValueError, match="broken: no header with a summary"):
        parse_question("broken", text)


def test_types_of_columns_and_users_are_few() -> None:
    assert len(set(COLUMN_TYPES)) == len(COLUMN_TYPES) == 16
    assert USERS == ("researcher", "planner", "staff")
