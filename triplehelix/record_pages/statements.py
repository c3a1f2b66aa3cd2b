"""What the sources say about each record: subject, then property, then values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph.namespaces import EVIDENCE_GRAPH, FINDINGS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH
from graph.store import Triple
from triplehelix.edition import EDITION_GRAPH

APART = tuple(
    map(str, (EVIDENCE_GRAPH, FINDINGS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, EDITION_GRAPH))
)
"""The graphs that are not what a source says."""

_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SIGNS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Term(NamedTuple):
    """A value: an IRI, or a text with its language where it has one."""

    value: str
    language: str = ""
    is_iri: bool = False


Statements = Mapping[str, Mapping[str, list[Term]]]


def select_stated(graphs: Mapping[str, Iterable[Triple]]) -> set[Triple]:
    """Return the triples that the sources state, of graphs that are still in memory."""
    return set[Triple]().union(*(t for name, t in graphs.items() if name not in APART))


def group_statements(triples: Iterable[Triple]) -> Statements:
    r"""Return triples by subject and property; what two sources say alike stands once, sorted.

    >>> group_statements([("<a>", "<b>", r'"\"가\""@ko')])
    {'a': {'b': [Term(value='"가"', language='ko', is_iri=False)]}}
    """
    found: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, object_ in sorted(set(triples)):
        values = found.setdefault(subject[1:-1], {})
        values.setdefault(predicate[1:-1], []).append(read_term(object_))
    return found


def read_term(text: str) -> Term:
    r"""Return a term of N-Triples.

    >>> read_term("<https://example.org/a>").is_iri, read_term('"2023"^^<year>').value
    (True, '2023')
    """
    if text.startswith("<"):
        return Term(text[1:-1], is_iri=True)
    body, _, rest = text[1:].rpartition('"')
    if "\\" in body:
        body = _ESCAPED.sub(_unescape, body)
    return Term(body, rest[1:] if rest.startswith("@") else "")


def _unescape(found: re.Match[str]) -> str:
    short, long, sign = found.groups()
    return chr(int(short or long, 16)) if short or long else _SIGNS.get(sign, sign)
