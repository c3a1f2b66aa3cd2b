"""The catalogue: which records have a page, under which address, and what refers to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib.namespace import RDF, SKOS

from graph.evidence import Evidence
from graph.findings import Finding
from graph.model import is_subclass
from graph.namespaces import TH, slug
from graph.schema import Column, Schema, Table
from graph.shapes import read_schema
from graph.store import Triple
from triplehelix.pages.addresses import page_address
from triplehelix.pages.texts import Text, join, name, plain
from triplehelix.record_pages.statements import Statements, Term, group_statements
from triplehelix.report import Report

TYPE, ALIAS = str(RDF.type), str(SKOS.altLabel)
KINDS = {
    "organizations": (TH.Organization,),
    "agreements": (TH.Agreement, TH.IntendedAgreement),
    "initiatives": (TH.Initiative,),
    "events": (TH.Event,),
    "documents": (TH.Document,),
    "themes": (TH.Theme,),
    "places": (TH.Place,),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that has a page."""

    iri: str
    kind: str
    type: str
    name: Text
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The identifier in the tables."""
        return slug(self.iri)

    @property
    def address(self) -> str:
        """The file name of the page."""
        return page_address(self.id)


Referring = Mapping[tuple[str, str], list[str]]
"""The records that refer to one, by their table and the key of the column."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that the pages of records are made from."""

    report: Report
    schema: Schema
    statements: Statements
    tables: Mapping[str, Table]
    entries: Mapping[str, Entry]
    referring: Mapping[str, Referring]
    documents: Mapping[str, str]
    owners: Mapping[str, list[str]]
    findings: Mapping[str, list[Finding]]
    cited: Mapping[str, list[tuple[Evidence, str]]]

    def values(self, iri: str, path: str) -> list[Term]:
        """Return what the sources state about a record by a property."""
        return self.statements.get(iri, {}).get(path, [])

    def referring_to(self, iri: str, table: str) -> list[str]:
        """Return the records of a table that refer to a record."""
        found = self.referring.get(iri, {})
        return list(dict.fromkeys(r for (t, _), rs in found.items() if t == table for r in rs))

    def describe(self, iri: str) -> Text:
        """Return the name of a record; one without a name is told by what it relates."""
        table = self.tables.get(iri)
        if iri in self.report.labels or table is None:
            return name(self.report, iri)
        told = [
            name(self.report, term.value) if term.is_iri else plain(term.value)
            for column in table.columns
            if column.kind in ("reference", "code", "year") and column.key != "unit"
            for term in self.values(iri, column.path)
        ]
        return join(told, " · ")


def read_catalogue(report: Report, triples: Iterable[Triple]) -> Catalogue:
    """Return the catalogue of a report and of what the sources state."""
    schema, statements = read_schema(), group_statements(triples)
    by_class = {class_: table for table in schema.tables.values() for class_ in table.classes}
    types = {iri: _type(stated, by_class) for iri, stated in statements.items()}
    tables = {iri: by_class[type_] for iri, type_ in types.items() if type_}
    entries = _list_entries(report, statements, types)
    owners = {iri: _owners(iri, statements, tables, entries) for iri in tables}
    return Catalogue(
        report,
        schema,
        statements,
        tables,
        entries,
        _refer(statements, tables),
        {entry.id: iri for iri, entry in entries.items() if entry.kind == "documents"},
        owners,
        _find(report, owners),
        _cite(report),
    )


def _type(stated: Mapping[str, list[Term]], known: Mapping[str, Table]) -> str:
    found = (term.value for term in stated.get(TYPE, ()))
    return next((type_ for type_ in found if type_ in known), "")


def _list_entries(
    report: Report, statements: Statements, types: Mapping[str, str]
) -> dict[str, Entry]:
    """Return the records with a page by kind, then by name."""
    kinds = {type_: kind for type_ in {*types.values()} if type_ and (kind := _kind(type_))}
    found = [
        Entry(
            iri,
            kinds[type_],
            slug(type_),
            name(report, iri),
            tuple(term.value for term in statements[iri].get(ALIAS, ())),
        )
        for iri, type_ in types.items()
        if type_ in kinds
    ]
    order = list(KINDS)
    found.sort(key=lambda entry: (order.index(entry.kind), entry.name.ko, entry.iri))
    return {entry.iri: entry for entry in found}


def _kind(type_: str) -> str:
    return next(
        (k for k, above in KINDS.items() if any(is_subclass(type_, str(a)) for a in above)), ""
    )


def references(table: Table) -> list[Column]:
    """Return the columns of a table that name other records."""
    return [column for column in table.columns if column.kind == "reference"]


def _refer(statements: Statements, tables: Mapping[str, Table]) -> dict[str, Referring]:
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    columns = {table.name: references(table) for table in tables.values()}
    for iri, table in tables.items():
        for column in columns[table.name]:
            for term in statements[iri].get(column.path, ()):
                found[term.value][table.name, column.key].append(iri)
    return dict(found)


def _owners(
    iri: str,
    statements: Statements,
    tables: Mapping[str, Table],
    entries: Mapping[str, Entry],
    seen: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the records with a page that a record belongs to: itself, or what it refers to.

    The value of an indicator refers to no page, but to an indicator that does.
    """
    if iri in entries or iri not in tables or iri in seen:
        return [iri]
    named = [
        term.value
        for column in references(tables[iri])
        for term in statements[iri].get(column.path, ())
    ]
    if direct := [value for value in named if value in entries]:
        return direct
    seen |= {iri}
    return [o for value in named for o in _owners(value, statements, tables, entries, seen)]


def _find(report: Report, owners: Mapping[str, list[str]]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        records = dict.fromkeys((finding.focus, *finding.records))
        for owner in dict.fromkeys(o for record in records for o in owners.get(record, ())):
            found[owner].append(finding)
    return dict(found)


def _cite(report: Report) -> dict[str, list[tuple[Evidence, str]]]:
    """Return the evidence that stands in each document, with the records it supports."""
    found: dict[str, list[tuple[Evidence, str]]] = defaultdict(list)
    for record, items in report.holdings.evidence.items():
        for item in items:
            found[item.document].append((item, record))
    return dict(found)
