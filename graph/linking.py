"""From drafts to graphs: names are resolved to records, and each record goes to its sources."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from functools import cache

from rdflib.namespace import RDFS, SKOS

from graph.diagnostics import Diagnostic
from graph.mapping import RDF_TYPE, Draft, Reference, mint_iri
from graph.model import is_subclass
from graph.names import match_key
from graph.namespaces import (
    DOCUMENTS_GRAPH,
    EVIDENCE_GRAPH,
    GRAPH,
    ID,
    TH,
    slug,
    source_graph,
)
from graph.record import Location
from graph.store import Triple

IN_DOCUMENT = f"<{TH.inDocument}>"
SUPPORTS = f"<{TH.supports}>"
LABEL = f"<{RDFS.label}>"
ALIAS = f"<{SKOS.altLabel}>"
_GRAPHS = {"evidence": str(EVIDENCE_GRAPH), "documents": str(DOCUMENTS_GRAPH)}
UNSOURCED_GRAPH = str(GRAPH["source/none"])


@dataclass(frozen=True, slots=True)
class Identity:
    """Reviewed decisions: which identifiers name the same thing."""

    same: MappingType[str, str] = field(default_factory=dict)
    different: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Linked:
    """Triples by graph, where each record stands, and what could not be resolved."""

    graphs: dict[str, set[Triple]]
    locations: dict[str, tuple[str, Location]]
    diagnostics: list[Diagnostic]


class _Names:
    """Finds records by identifier, or by a name that only one record has."""

    def __init__(self, drafts: list[Draft], namespace: str, identity: Identity) -> None:
        self.namespace = namespace
        self._same = {namespace + old: namespace + new for old, new in identity.same.items() if new}
        self.iris = {draft.iri for draft in drafts}
        self.names = {draft.iri: draft.names for draft in drafts}
        self.statements = {draft.iri: draft.statements for draft in drafts}
        self.by_name: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, set[str]] = {}
        for draft in drafts:
            for name in draft.names:
                self.by_name[match_key(name)].add(self.canonical(draft.iri))

    def canonical(self, iri: str) -> str:
        return self._same.get(iri, iri)

    def find(self, name: str) -> set[str]:
        """Return the records of a name; each name is looked up once."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> set[str]:
        iri = mint_iri(self.namespace, name)
        if iri in self.iris:
            return {self.canonical(iri)}
        return self.by_name.get(match_key(name), set())

    def keep_kinds(self, iris: set[str], classes: tuple[str, ...]) -> set[str]:
        """Return those records that are of one of the classes: a city is no place."""
        kinds = {
            iri: {value[1:-1] for p, value in self.statements.get(iri, ()) if p == RDF_TYPE}
            for iri in iris
        }
        return {
            iri
            for iri, types in kinds.items()
            if not classes or any(is_subclass(t, c) for t in types for c in classes)
        } or iris

    def hint(self, name: str) -> list[str]:
        shown = {
            match_key(n): n for iri in self.iris for n in (slug(iri), *self.names.get(iri, ()))
        }
        near = difflib.get_close_matches(match_key(name), list(shown), n=3, cutoff=0.75)
        return [shown[key] for key in near]


def link_drafts(
    drafts: list[Draft], identity: Identity | None = None, namespace: str = str(ID)
) -> Linked:
    """Resolve every reference and put each record in the graph of each document that supports it.

    Evidence goes to a graph of its own; documents and registries to theirs.
    """
    names = _Names(drafts, namespace, identity or Identity())
    linked = Linked(defaultdict(set), {}, [])
    resolved = [(draft, _resolve(draft, names, linked.diagnostics)) for draft in drafts]
    sources = _sources(resolved, namespace)
    for draft, triples in resolved:
        iri = names.canonical(draft.iri)
        linked.locations.setdefault(iri, (draft.table, draft.location))
        for graph in _graphs_of(draft, iri, sources):
            linked.graphs[graph].update(triples)
    return linked


def _resolve(draft: Draft, names: _Names, faults: list[Diagnostic]) -> list[Triple]:
    iri = names.canonical(draft.iri)
    subject = f"<{iri}>"
    statements = draft.statements if iri == draft.iri else _as_aliases(draft.statements)
    triples = [(subject, predicate, value) for predicate, value in statements]
    for reference in draft.references:
        found = names.find(reference.name)
        if len(found) > 1:
            found = names.keep_kinds(found, reference.column.classes)
        if len(found) == 1:
            triples.append((subject, reference.predicate, f"<{next(iter(found))}>"))
        else:
            faults.append(_unresolved(draft, reference, found, names))
    return triples


def _as_aliases(statements: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of a record that another one replaces, its names remain as other names, and its types."""
    kept = [(p, value) for p, value in statements if p in (RDF_TYPE, ALIAS)]
    return kept + [(ALIAS, value.rpartition("@")[0]) for p, value in statements if p == LABEL]


def _unresolved(draft: Draft, reference: Reference, found: set[str], names: _Names) -> Diagnostic:
    if found:
        arguments = {"candidates": ", ".join(sorted(map(slug, found)))}
        code = "ambiguous_reference"
    else:
        near = ", ".join(names.hint(reference.name))
        arguments = {"hint": f" ({near}?)" if near else ""}
        code = "unknown_reference"
    column = reference.column
    return Diagnostic(
        code,
        draft.location,
        column.names,
        reference.name,
        arguments=arguments,
        remedy=column.messages,
    )


def _sources(resolved: list[tuple[Draft, list[Triple]]], namespace: str) -> dict[str, set[str]]:
    sources: dict[str, set[str]] = defaultdict(set)
    for draft, triples in resolved:
        if draft.table != "evidence":
            continue
        documents = {o for _, p, o in triples if p == IN_DOCUMENT}
        for _, predicate, record in triples:
            if predicate == SUPPORTS:
                sources[record[1:-1]] |= {slug(document[1:-1]) for document in documents}
    return sources


def _graphs_of(draft: Draft, iri: str, sources: dict[str, set[str]]) -> list[str]:
    if graph := _GRAPHS.get(draft.table):
        return [graph]
    return [_source_graph(document) for document in sources.get(iri, ())] or [UNSOURCED_GRAPH]


@cache
def _source_graph(document: str) -> str:
    return str(source_graph(document))
