"""Records by the names that people use for them: identifier, full name or alias."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from rdflib import Dataset, Literal, URIRef

from graph.diagnostics import Diagnostic, InputError
from graph.model import LANGUAGES
from graph.names import match_key, normalise
from graph.namespaces import ID, TH, slug
from graph.record import Location
from graph.store import select

KINDS: Mapping[str, URIRef] = {
    "organization": TH.Organization,
    "theme": TH.Theme,
    "place": TH.Place,
    "initiative": TH.Initiative,
    "document": TH.Document,
}
"""The kinds of records that can be named, with their classes."""
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_IDENTIFIER = re.compile(r"[\w.-]+")

_IS = "SELECT ?record ?kind WHERE { ?record a ?kind }"
_CALLED = "SELECT DISTINCT ?record ?kind ?label WHERE { ?record rdfs:label ?label ; a ?kind }"
_LABELS = "SELECT DISTINCT ?record ?kind ?name WHERE { ?record a ?kind ; rdfs:label ?name }"
_ALIASES = "SELECT DISTINCT ?record ?kind ?name WHERE { ?record a ?kind ; skos:altLabel ?name }"


def find_reference(dataset: Dataset, kind: str, name: str) -> str:
    """Return the IRI of the record of a kind that an identifier, full name or alias names.

    An identifier goes before a full name, a full name before an alias. A full name that is
    written exactly as in the documents means that record; else all forms of a name are compared
    by :func:`graph.names.match_key`.

    Raises:
        InputError: no record has the name, or several have it; candidates are told.
    """
    if (found := _find_exactly(dataset, KINDS[kind], name)) is not None:
        return found
    labels = list(_read_names(dataset, _LABELS, KINDS[kind]))
    identified = {iri for iri, _ in labels if slug(iri) == name}
    names = labels
    for fitting in (identified, _fitting(labels, name), None):
        if fitting is None:
            names = labels + list(_read_names(dataset, _ALIASES, KINDS[kind]))
            fitting = _fitting(names, name)
        if len(fitting) == 1:
            return fitting.pop()
        if fitting:
            told = ", ".join(f"{_label(dataset, iri)} [{slug(iri)}]" for iri in sorted(fitting))
            raise InputError([_fault(f"ambiguous_{kind}", name, candidates=told)])
    raise InputError([_fault(f"unknown_{kind}", name, hint=_hint(dataset, names, name))])


def read_labels(dataset: Dataset, record: str) -> dict[str, str]:
    """Return the labels of a record by language."""
    query = "SELECT DISTINCT ?record ?label WHERE { ?record rdfs:label|skos:prefLabel ?label }"
    rows = select(dataset, query, record=URIRef(record))
    return {label.language or "ko": str(label) for _, label in rows}


def _find_exactly(dataset: Dataset, kind: URIRef, name: str) -> str | None:
    """Return what an IRI, an identifier or an exact full name means, without reading all names."""
    identified = [URIRef(name)] if IRI.fullmatch(name) else []
    identified += [ID[name]] if _IDENTIFIER.fullmatch(name) else []
    for record in identified:
        if next(select(dataset, _IS, record=record, kind=kind), None):
            return str(record)
    labels = [Literal(normalise(name), lang=language) for language in LANGUAGES]
    rows = [row for label in labels for row in select(dataset, _CALLED, label=label, kind=kind)]
    called = {str(row[0]) for row in rows}
    return called.pop() if len(called) == 1 else None


def _read_names(dataset: Dataset, query: str, kind: URIRef) -> Iterator[tuple[str, str]]:
    for record, _, name in select(dataset, query, kind=kind):
        yield str(record), str(name)


def _fitting(names: Iterable[tuple[str, str]], name: str) -> set[str]:
    key = match_key(name)
    return {iri for iri, known in names if match_key(known) == key}


def _hint(dataset: Dataset, names: Iterable[tuple[str, str]], name: str) -> str:
    key, records = match_key(name), {match_key(known): iri for iri, known in names}
    near = difflib.get_close_matches(key, list(records), n=3, cutoff=0.5)
    near += [k for k in records if key and key in k and k not in near][:3]
    told = dict.fromkeys(_label(dataset, records[k]) for k in near)
    return f" ({', '.join(told)}?)" if near else ""


def _label(dataset: Dataset, iri: str) -> str:
    return read_labels(dataset, iri).get("ko") or slug(iri)


def _fault(code: str, name: str, **arguments: str) -> Diagnostic:
    return Diagnostic(code, Location(""), arguments={"name": name, **arguments})
