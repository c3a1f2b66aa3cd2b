"""The rows of what the last build changed: partners, gaps and agreements."""

from __future__ import annotations

from graph.history import Change, Entry
from graph.namespaces import slug
from triplehelix.analysis_pages.blocks import Cell, Row, record_address, words
from triplehelix.analysis_pages.texts import speak
from triplehelix.pages.texts import Text, join
from triplehelix.record_pages.sections import Piece
from triplehelix.report import Report
from triplehelix.terminal.history_listing import tell_cause, tell_detail, tell_kind


def change_rows(report: Report, entry: Entry) -> list[Row]:
    """Return the changes of partners, gaps and agreements; findings stand on the first page."""
    told = (change for change in entry.changes if change.subject != "finding")
    return [_row(report, entry, change) for change in told]


def _row(report: Report, entry: Entry, change: Change) -> Row:
    cells: list[Cell] = [
        [_link(report, entry, change.iri)],
        words(speak(lambda language: tell_kind(change, language))),
        words(join(_label(entry, host) for host in change.hosts)),
        words(speak(lambda language: tell_detail(change, language))),
        words(speak(lambda language: tell_cause(change.cause, language))),
    ]
    return Row(cells, facts={"host": " ".join(map(slug, change.hosts))} if change.hosts else {})


def _link(report: Report, entry: Entry, iri: str) -> Piece:
    """Return a name, leading to the page of what is still there."""
    holdings = report.holdings
    is_known = iri in holdings.organizations or iri in holdings.agreements
    return Piece(_label(entry, iri), record_address(iri) if is_known else "", "record")


def _label(entry: Entry, iri: str) -> Text:
    return speak(lambda language: entry.name(iri, language))
