"""The facts of a record: its names, its type, and every column of its table that is filled."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib.namespace import RDFS, SKOS

from graph.namespaces import TH
from graph.schema import Column
from triplehelix.pages.texts import Text, concept, name, plain, type_name
from triplehelix.record_pages.catalogue import ALIAS, Catalogue, Entry
from triplehelix.record_pages.sections import Fact, Piece, link
from triplehelix.record_pages.statements import Term
from triplehelix.record_pages.texts import say

LABEL, HOSTED_BY = str(RDFS.label), str(TH.hostedBy)
_ABOVE = (str(TH.isPartOf), str(TH.unitOf), str(SKOS.broader))
_APART = frozenset({"id", "type", "label", "label_en", "alias"})
_LINKED = frozenset({str(TH.fileName), str(TH.sha256)})
_RANKED = ("strength", "events", "degree", "betweenness", "sectors")


def column_name(column: Column) -> Text:
    """Return the name of a column as a heading.

    >>> from graph.shapes import read_schema
    >>> column_name(read_schema().tables["centres"].column("unit_of"))
    Text(ko='소속기관', en='Unit of')
    """
    english = column.names["en"].replace("_", " ")
    return Text(column.names["ko"], english[:1].upper() + english[1:])


def list_facts(catalogue: Catalogue, entry: Entry) -> list[Fact]:
    """Return the facts of a record in the order of its table, what follows from them included."""
    report = catalogue.report
    type_ = Piece(type_name(report, entry.type), f"../ontology.html#{entry.type}")
    stated = (
        Fact(column_name(column), values)
        for column in catalogue.tables[entry.iri].columns
        if column.key not in _APART and (values := _values(catalogue, entry.iri, column))
    )
    return [
        Fact(say("type"), [type_]),
        *_states(catalogue, entry),
        *_names(catalogue, entry),
        *stated,
        *_inherited(catalogue, entry),
    ]


def _names(catalogue: Catalogue, entry: Entry) -> Iterator[Fact]:
    known = {term.language: term.value for term in catalogue.values(entry.iri, LABEL)}
    for language, key in (("ko", "name_ko"), ("en", "name_en")):
        if language in known:
            yield Fact(say(key), [Piece(plain(known[language]), language=language)])
    if aliases := catalogue.values(entry.iri, ALIAS):
        yield Fact(say("aliases"), [Piece(plain(term.value)) for term in aliases])


def _states(catalogue: Catalogue, entry: Entry) -> Iterator[Fact]:
    """Yield the sector, which follows from the type, and the state on the date."""
    report, holdings = catalogue.report, catalogue.report.holdings
    if (organization := holdings.organizations.get(entry.iri)) and organization.sector:
        yield Fact(say("sector"), [Piece(concept(report, organization.sector))])
    if agreement := holdings.agreements.get(entry.iri):
        state = report.status(agreement)
        piece = Piece(say(f"status_{state}"), style=f"status {state}")
        yield Fact(say("state_on", date=report.on), [piece])


def _inherited(catalogue: Catalogue, entry: Entry) -> Iterator[Fact]:
    """Yield the hosts of what an initiative is part of."""
    if initiative := catalogue.report.holdings.initiatives.get(entry.iri):
        stated = {term.value for term in catalogue.values(entry.iri, HOSTED_BY)}
        if inherited := sorted(initiative.hosts - stated):
            yield Fact(say("host_inherited"), [link(catalogue, host) for host in inherited])


def _values(catalogue: Catalogue, iri: str, column: Column) -> list[Piece]:
    terms = catalogue.values(iri, column.path)
    if column.language:
        terms = [term for term in terms if term.language == column.language]
    return [_piece(catalogue, column, term) for term in terms]


def _piece(catalogue: Catalogue, column: Column, term: Term) -> Piece:
    if column.kind == "reference":
        return link(catalogue, term.value)
    if term.is_iri:
        return Piece(name(catalogue.report, term.value))
    style = "place" if column.path in _LINKED else ""
    return Piece(plain(term.value), style=style, language=term.language)


def list_measures(catalogue: Catalogue, entry: Entry) -> list[Fact]:
    """Return the rank and the measures of an organisation among the hubs; nothing for others."""
    hubs = catalogue.report.hubs
    at = next((n for n, hub in enumerate(hubs) if hub.organization.iri == entry.iri), None)
    if at is None:
        return []
    hub = hubs[at]
    shown = [
        Fact(say(f"measure_{key}"), [Piece(plain(f"{getattr(hub, key):.3g}"))]) for key in _RANKED
    ]
    rank = Piece(say("rank_of", rank=at + 1, count=len(hubs)))
    return [Fact(say("rank"), [rank]), *shown]


def list_ancestors(catalogue: Catalogue, iri: str) -> list[Piece]:
    """Return what a record is a part or unit of, the outermost first."""
    found: list[str] = []
    while parents := [t.value for path in _ABOVE for t in catalogue.values(iri, path)]:
        iri = parents[0]
        if iri in found:
            break
        found.append(iri)
    return [link(catalogue, ancestor) for ancestor in reversed(found)]
