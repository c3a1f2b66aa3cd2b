"""The questions as listings: the library by subject, and one explained."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from graph.names import match_key
from graph.questions import GROUPS, Parameter, Question
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import say

OPTIONS = (
    *("param", "show", "explain", "search", "group", "user", "sparql"),
    *("store", "output", "force", "lang", "format", "help"),
)
"""The options of the command; a parameter of that name is given by ``--param``."""


def matches(question: Question, word: str) -> bool:
    """Return whether a word stands in the name, summary, description or tags of a question."""
    told = (question.name, *question.summary.values(), *question.description.values())
    return any(match_key(word) in match_key(text) for text in (*told, *question.tags))


def list_questions(questions: Sequence[Question], language: str) -> Listing:
    """Return questions by subject, with what they answer, and their parameters."""
    ordered = sorted(questions, key=lambda q: (GROUPS.index(q.group), q.name))
    rows = [
        (
            question.group,
            question.name,
            question.summary[language],
            "\n".join(
                f"{p.name}={p.default}" if p.default is not None else f"{p.name}"
                for p in question.parameters
            ),
        )
        for question in ordered
    ]
    return Listing(
        say("query.title", language, count=len(rows)),
        (
            Heading(say("columns.group", language)),
            Heading(say("columns.question", language)),
            Heading(say("columns.summary", language), share=5),
            Heading(say("columns.parameters", language), share=2),
        ),
        rows,
        [write_question(question, language) for question in ordered],
        groups={group: say(f"groups.{group}", language) for group in GROUPS},
        empty=say("query.empty", language),
        note=say("query.note", language),
    )


def explain_question(question: Question, language: str) -> Listing:
    """Return what a question answers, what it wants to know, and how to ask it."""
    return Listing(
        question.summary[language],
        (
            Heading(say("columns.aspect", language)),
            Heading(say("columns.value", language), share=1),
        ),
        list(_explain(question, language)),
        write_question(question, language),
        plain=True,
    )


def _explain(question: Question, language: str) -> Iterator[tuple[str, str]]:
    def aspect(key: str) -> str:
        return say(f"query.{key}", language)

    yield aspect("name"), question.name
    yield aspect("group"), say(f"groups.{question.group}", language)
    if question.description:
        yield aspect("description"), question.description[language]
    if question.users:
        yield aspect("users"), ", ".join(say(f"users.{user}", language) for user in question.users)
    for parameter in question.parameters:
        yield aspect("parameter"), _tell_parameter(parameter, language)
    columns = [f"{column.label[language]} ({column.name})" for column in question.columns]
    if columns:
        yield aspect("columns"), ", ".join(columns)
    if question.empty:
        yield aspect("when_empty"), question.empty[language]
    yield aspect("example"), example_command(question, language)


def _tell_parameter(parameter: Parameter, language: str) -> str:
    """Return name, type, meaning, default and values of a parameter."""
    type_ = say(f"parameter_types.{parameter.type}", language)
    lines = [f"{parameter.name} ({type_}): {parameter.description[language]}"]
    if parameter.default is not None:
        lines[0] += f" [{say('help.default', language, value=parameter.default)}]"
    lines += [f"  {value}: {labels[language]}" for value, labels in parameter.values.items()]
    return "\n".join(lines)


def example_command(question: Question, language: str) -> str:
    """Return a command that asks a question; records are left for the reader to name.

    >>> from graph.questions import find_question
    >>> example_command(find_question("connections"), "en")
    'triplehelix query connections --a ORGANISATION --b ORGANISATION'
    """
    words = ["triplehelix", "query", question.name]
    for parameter in question.parameters:
        if parameter.default is None:
            values = list(parameter.values) or [say(f"examples.{parameter.type}", language)]
            option = ["--param", f"{parameter.name}={values[0]}"]
            if parameter.name not in OPTIONS:
                option = [f"--{parameter.name}", values[0]]
            words += option
    return shlex.join(words)


def write_question(question: Question, language: str) -> dict[str, object]:
    """Return the contract of a question: all that its header says, in a language."""
    return {
        "name": question.name,
        "group": question.group,
        "summary": question.summary[language],
        "description": question.description.get(language),
        "users": list(question.users),
        "tags": list(question.tags),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "description": parameter.description[language],
                "default": parameter.default,
                "values": {key: labels[language] for key, labels in parameter.values.items()},
            }
            for parameter in question.parameters
        ],
        "columns": [
            {"name": column.name, "type": column.type, "label": column.label[language]}
            for column in question.columns
        ],
        "empty": question.empty.get(language),
    }
