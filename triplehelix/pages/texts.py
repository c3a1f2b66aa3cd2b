"""Words in both languages at once: those of pages and tables, and the names in a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graph.namespaces import TH, THV
from graph.yaml_text import read_yaml
from triplehelix.report import Report


class Text(NamedTuple):
    """One text in Korean and English."""

    ko: str
    en: str

    @property
    def both(self) -> str:
        """Both texts on one line, for cells that cannot switch the language.

        >>> Text("학계", "academia").both, Text("MOU", "MOU").both
        ('학계 (academia)', 'MOU')
        """
        return self.ko if self.ko == self.en else f"{self.ko} ({self.en})"


@cache
def read_texts(package: str = "triplehelix.pages") -> Mapping[str, Text]:
    """Return the words of a package by key; those of the pages serve the tables, too."""
    source = files(package).joinpath("texts.yml").read_text(encoding="utf-8")
    return {key: Text(**words) for key, words in read_yaml(source).items()}


def say(key: str, **arguments: object) -> Text:
    """Return the words of a key with values filled in.

    Raises:
        KeyError: there are no such words.

    >>> say("count_more", count=3).en
    '3 more'
    """
    return fill(read_texts()[key], arguments)


def fill(template: Text, arguments: Mapping[str, object]) -> Text:
    """Return a text with values filled in; a Text is filled in by language."""
    if not arguments:
        return template
    return Text(*(_fill(words, arguments, at) for at, words in enumerate(template)))


def _fill(template: str, arguments: Mapping[str, object], at: int) -> str:
    chosen = {k: v[at] if isinstance(v, Text) else v for k, v in arguments.items()}
    return template.format_map(chosen)


def plain(value: str) -> Text:
    """Return a text that is the same in both languages."""
    return Text(value, value)


def name(report: Report, iri: str) -> Text:
    """Return the name of a record."""
    return Text(report.label(iri, "ko"), report.label(iri, "en"))


def title(report: Report) -> Text:
    """Return the title of an ecosystem; one language may stand for the other."""
    ko = report.title.get("ko") or next(iter(report.title.values()), "")
    return Text(ko, report.title.get("en") or ko)


def concept(report: Report, code: str) -> Text:
    """Return the label of a concept of the vocabulary, such as a sector; nothing for no code."""
    return name(report, THV + code) if code else plain("")


def type_name(report: Report, type_: str) -> Text:
    """Return the label of a class of the ontology by its local name."""
    return name(report, TH + type_)


def join(texts: Iterable[Text], separator: str = ", ") -> Text:
    """Return the texts one after another.

    >>> join([Text("가", "a"), Text("나", "b")])
    Text(ko='가, 나', en='a, b')
    """
    pairs = list(texts)
    return Text(*(separator.join(pair[at] for pair in pairs) for at in (0, 1)))
