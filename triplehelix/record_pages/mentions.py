"""Where a record is named: by other records, by documents and by findings."""

from __future__ import annotations

from collections.abc import Iterator

from graph.evidence import Evidence
from graph.findings import Finding
from graph.namespaces import slug
from graph.schema import Table
from triplehelix.pages.citations import gather
from triplehelix.pages.page_data import finding_kind
from triplehelix.pages.texts import Text, concept, join, name, plain
from triplehelix.record_pages.catalogue import Catalogue, Entry, references
from triplehelix.record_pages.facts import column_name
from triplehelix.record_pages.sections import (
    Cell,
    Column,
    Piece,
    Row,
    Section,
    columns,
    lines_anchor,
    link,
)
from triplehelix.record_pages.texts import say


def list_referring(catalogue: Catalogue, entry: Entry) -> Iterator[tuple[Text, list[Piece]]]:
    """Yield the records with a page that refer to one, by their table and the column."""
    for table, key in sorted(catalogue.referring.get(entry.iri, {})):
        records = catalogue.referring[entry.iri][table, key]
        named = [catalogue.entries[record] for record in records if record in catalogue.entries]
        if named:
            named.sort(key=lambda e: (e.name.ko, e.iri))
            found = catalogue.schema.tables[table]
            yield _heading(found, key), [Piece(e.name, e.address) for e in named]


def _heading(table: Table, key: str) -> Text:
    column = table.column(key)
    assert column is not None
    labels = Text(table.labels["ko"], table.labels["en"].capitalize())
    return say("referring", table=labels, column=column_name(column))


def list_findings(catalogue: Catalogue, entry: Entry) -> Section:
    """Return what the quality questions say about a record and what belongs to it."""
    rows = [
        Row(
            [
                [
                    Piece(
                        Text(finding.messages["ko"], finding.messages["en"]),
                        f"../index.html#{finding.id}",
                    ),
                    Piece(finding_kind(finding), style="remark"),
                ],
                [Piece(say(f"severity_{finding.severity}"))],
                [Piece(plain(finding.stated))] if finding.stated else [],
                [Piece(plain(finding.computed))] if finding.computed else [],
            ],
            _grounds(catalogue, entry, finding),
        )
        for finding in catalogue.findings.get(entry.iri, ())
    ]
    headings = columns("col_message", "severity")
    headings += [Column(say("col_stated"), "figure"), Column(say("col_computed"), "figure")]
    return Section("findings", say("h_findings"), headings, rows)


def _grounds(catalogue: Catalogue, entry: Entry, finding: Finding) -> list[Evidence]:
    """Return the evidence of a finding: all of it where it is about this record, else its share."""
    if finding.focus == entry.iri:
        return list(finding.evidence)
    own = (r for r in finding.records if entry.iri in catalogue.owners.get(r, ()))
    return gather(catalogue.report, own)


def list_evidence(catalogue: Catalogue, entry: Entry) -> Section:
    """Return the places in documents that the record itself rests on."""
    rows = []
    for item in catalogue.report.evidence(entry.iri):
        iri = catalogue.documents.get(item.document, item.document)
        piece = link(catalogue, iri)
        rows.append(Row([[piece], _lines(item, piece.href), *_words(catalogue, item)]))
    headings = columns("document", "lines", "quote", "basis")
    return Section("evidence", say("evidence"), headings, rows)


def _lines(item: Evidence, address: str = "") -> Cell:
    anchor = lines_anchor(item.lines)
    href = f"{address}#{anchor}" if address and anchor else ""
    return [Piece(plain(item.lines or item.locator), href, "place")]


def _words(catalogue: Catalogue, item: Evidence) -> list[Cell]:
    basis = [Piece(concept(catalogue.report, item.basis), style=f"basis {item.basis}")]
    if item.remark:
        basis.append(Piece(plain(item.remark), style="remark", language="en"))
    return [[Piece(plain(item.quote), style="quote", language="ko")] if item.quote else [], basis]


def list_cited(catalogue: Catalogue, entry: Entry) -> Section:
    """Return everything that rests on a document, in the order of its lines."""
    cited = sorted(catalogue.cited.get(entry.id, ()), key=_place)
    seen: set[str] = set()
    rows = []
    for item, record in cited:
        anchor = lines_anchor(item.lines)
        table = catalogue.tables.get(record)
        kind = Text(table.labels["ko"], table.labels["en"]) if table else plain(slug(record))
        cells = [_lines(item), _record(catalogue, record), [Piece(kind)]]
        rows.append(
            Row([*cells, *_words(catalogue, item)], anchor="" if anchor in seen else anchor)
        )
        seen.add(anchor)
    headings = columns("lines", "record", "kind", "quote", "basis")
    return Section("cited", say("cited"), headings, rows, say("cited_note"))


def _place(cited: tuple[Evidence, str]) -> tuple[int, str, str]:
    item, record = cited
    digits = item.lines.split(",")[0].split("-")[0]
    return (int(digits) if digits.isdecimal() else 0, item.lines or item.locator, record)


def _record(catalogue: Catalogue, iri: str) -> Cell:
    """Return a record; one without a page is told as the things it ties together."""
    table = catalogue.tables.get(iri)
    if iri in catalogue.entries or table is None or iri in catalogue.report.labels:
        return [link(catalogue, iri), *_homes(catalogue, iri)]
    terms = [
        term
        for column in table.columns
        if column.kind in ("reference", "code", "year") and column.key != "unit"
        for term in catalogue.values(iri, column.path)
    ]
    linked = [link(catalogue, t.value) for t in terms if t.value in catalogue.tables]
    others = [t for t in terms if t.value not in catalogue.tables]
    told = join(
        (name(catalogue.report, t.value) if t.is_iri else plain(t.value) for t in others), " · "
    )
    return [*linked, Piece(told, style="remark")] if told.ko else list(linked)


def _homes(catalogue: Catalogue, iri: str) -> Cell:
    """Return the pages on which a record without one is shown."""
    if iri in catalogue.entries or iri not in catalogue.tables:
        return []
    named = (
        term.value
        for column in references(catalogue.tables[iri])
        for term in catalogue.values(iri, column.path)
    )
    return [link(catalogue, value) for value in named if value in catalogue.entries]
