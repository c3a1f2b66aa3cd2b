"""In which form to answer: the Accept header against what there is (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answering import GRAPH_FORMATS, RESULT_FORMATS
from triplehelix.server.problems import Fault

RESULTS, GRAPHS = tuple(RESULT_FORMATS), tuple(GRAPH_FORMATS)
SHORT = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "json-ld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""Short names of media types, for addresses that carry ``format=``."""
_ALSO = {
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/plain": ("application/n-triples",),
    "application/x-turtle": ("text/turtle",),
}
"""Media types that clients also ask by, and what they get: the first that is offered."""


def read_preferences(header: str) -> list[tuple[str, float]]:
    """Return the ranges of an Accept header and their quality, the best first.

    >>> read_preferences("text/csv;q=0.5, */*;q=0.1, text/turtle")
    [('text/turtle', 1.0), ('text/csv', 0.5), ('*/*', 0.1)]
    """
    found = []
    for part in header.split(",")[:100]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                quality = _read_quality(parameter[2:])
        found.append((name, quality))
    return sorted(found, key=lambda each: -each[1])


def _read_quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def choose(header: str, offered: Sequence[str]) -> str:
    """Return the media type to answer in; the first one offered where there is no preference.

    Raises:
        Fault: nothing that is offered is accepted (406).

    >>> choose("application/xml;q=0.9, */*;q=0.8", ["text/csv", "application/sparql-results+xml"])
    'application/sparql-results+xml'
    """
    preferences = read_preferences(header)
    if not preferences:
        return offered[0]
    refused = {name for name, quality in preferences if quality == 0}
    for name, quality in preferences:
        if quality > 0 and (found := _match(name, offered, refused)):
            return found
    raise Fault("format", offered=", ".join(offered))


def _match(name: str, offered: Sequence[str], refused: set[str]) -> str:
    for known in (name, *_ALSO.get(name, ())):
        if known in offered and known not in refused:
            return known
    if not name.endswith("/*"):
        return ""
    start = "" if name == "*/*" else name[:-1]
    return next((each for each in offered if each.startswith(start) and each not in refused), "")
