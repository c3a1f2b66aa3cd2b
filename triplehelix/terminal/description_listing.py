"""The model as listings for people: all terms, or a few in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.description import Description, Mention
from triplehelix.contracts import write_description
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import knows, say


def list_terms(descriptions: Sequence[Description], language: str) -> Listing:
    """Return terms with their meaning, by kind."""
    rows = [
        (
            say(f"describe.{description.kind}", language),
            description.name,
            speak(description.labels, language),
            speak(description.definitions, language),
        )
        for description in descriptions
    ]
    return Listing(
        say("describe.title", language, count=len(rows)),
        (
            Heading(say("columns.kind", language)),
            Heading(say("columns.id", language), share=5),
            Heading(say("columns.name", language), share=3),
            Heading(say("columns.definition", language), share=8),
        ),
        rows,
        [write_description(description, language) for description in descriptions],
        groups={},
        note=say("describe.note", language),
    )


def list_descriptions(descriptions: Sequence[Description], language: str) -> Listing:
    """Return everything about a few terms."""
    return Listing(
        ", ".join(dict.fromkeys(speak(d.labels, language) for d in descriptions)),
        (
            Heading(say("columns.what", language)),
            Heading(say("columns.aspect", language)),
            Heading(say("columns.value", language), share=1),
        ),
        [row for description in descriptions for row in _tell(description, language)],
        [write_description(description, language) for description in descriptions],
        groups={},
    )


def _tell(description: Description, language: str) -> Iterator[tuple[str, str, str]]:
    name = say(
        "describe.term",
        language,
        label=speak(description.labels, language),
        name=description.name,
        kind=say(f"describe.{description.kind}", language),
    )
    ordered = sorted(description.labels, key=lambda spoken: (spoken != language, spoken))
    both = " / ".join(dict.fromkeys(description.labels[spoken] for spoken in ordered))
    yield name, say("describe.label", language), both
    if meaning := speak(description.definitions, language):
        yield name, say("describe.definition", language), meaning
    for kind, mentions in description.facts.items():
        values = (_tell_mention(kind, mention, language) for mention in mentions)
        joint = " → " if kind == "chain" else "\n"
        yield name, say(f"facts.{kind}", language), joint.join(values)


def _tell_mention(kind: str, mention: Mention, language: str) -> str:
    if kind == "required":
        return say("answer.yes", language)
    section = {"traits": "traits", "datatype": "datatypes"}.get(kind, "")
    if section and knows(f"{section}.{mention.name}"):
        return say(f"{section}.{mention.name}", language)
    label = speak(mention.labels, language)
    return f"{label} ({mention.name})" if label and mention.name else label or mention.name


def speak(names: Mapping[str, str], language: str) -> str:
    """Return the name in a language, or in Korean, or in none.

    >>> speak({"ko": "대학교"}, "en")
    '대학교'
    """
    return names.get(language) or names.get("ko") or names.get("") or ""
