"""The rows of deadlines: the day, what it is, of which agreement, between whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graph.deadlines import Deadline
from graph.gaps import Holdings
from graph.namespaces import slug
from triplehelix.analysis_pages.blocks import Cell, Row, link, record_address, words
from triplehelix.desk_pages.parts import Parts
from triplehelix.desk_pages.texts import name_state, say, told
from triplehelix.pages.texts import Text, plain
from triplehelix.record_pages.sections import Piece
from triplehelix.report import Report


def deadline_rows(report: Report, deadlines: Iterable[Deadline], parts: Parts) -> list[Row]:
    """Return the rows of deadlines."""
    return [_row(report, deadline, parts) for deadline in deadlines]


def _row(report: Report, deadline: Deadline, parts: Parts) -> Row:
    agreement = deadline.agreement
    cells: list[Cell] = [
        _day(deadline),
        words(told(f"desk.kinds.{deadline.kind}")),
        [link(report, agreement.iri)],
        [link(report, party.iri) for party in deadline.parties],
        words(tell_days(deadline, report.on), "late" if deadline.overdue else ""),
        parts.badge("state", deadline.state, name_state(deadline.state)),
    ]
    facts = {"host": " ".join(hosts_of(report.holdings, agreement.parties))}
    more = record_address(agreement.iri)
    return Row(cells, deadline.evidence, facts=facts, more=more)


def _day(deadline: Deadline) -> list[Piece]:
    day = Piece(plain(deadline.day.lexical.replace("/", " ~ ")), style="dates")
    doubt = [] if deadline.certain else [Piece(say("deadline_open"), style="quiet")]
    return [day, *doubt]


def tell_days(deadline: Deadline, on: date) -> Text:
    """Return how many days are left to the first day it can be, or have passed since the last."""
    if deadline.overdue:
        return say("deadline_overdue", days=(on - deadline.day.latest).days)
    return say("deadline_days", days=max((deadline.day.earliest - on).days, 0))


def hosts_of(holdings: Holdings, parties: Iterable[str]) -> list[str]:
    """Return the identifiers of parties and of the bodies above them, sorted."""
    known = holdings.organizations
    return sorted({slug(iri) for party in parties for iri in (party, *known[party].parents)})
