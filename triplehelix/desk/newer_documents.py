"""What an import records although a newer document says otherwise: it is kept, but not used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from graph.agreement_statements import DATES as STATED_DATES
from graph.dates import parse_lexical
from graph.diagnostics import Diagnostic
from graph.namespaces import slug
from graph.record import Location
from triplehelix.desk.workbook_plan import Edit, Plan
from triplehelix.desk.workbook_reading import Problem
from triplehelix.desk.workbook_rows import DATES, Desk


def find_newer(plan: Plan, desk: Desk, day: date, file: str) -> list[Problem]:
    """Return a warning for each row that a document from after the day of recording contradicts.

    Of dates that sources state the newest document is used
    (:mod:`graph.agreement_statements`), of decisions the latest (:mod:`graph.decisions`).
    """
    agreements = {slug(iri): agreement for iri, agreement in desk.holdings.agreements.items()}
    found: list[Problem] = []
    for edit in plan.edits:
        newer: set[str] = set()
        if edit.sheet == "work" and any(edit.stated.values()):
            newer = set(_newer_decision(edit, desk, day))
        elif edit.sheet == "agreements" and edit.key in agreements and edit.stated:
            columns = [c for c in DATES if edit.cells.get(c, "") != edit.stated.get(c, "")]
            newer = {
                slug(statement.document)
                for statement in agreements[edit.key].statements
                if slug(statement.record) not in desk.register.rows["terms"]
                and _is_after(statement.issued, day)
                and any(STATED_DATES[DATES[column]](statement) for column in columns)
            }
        if newer:
            found.append(_warn(edit, {"documents": ", ".join(sorted(newer))}, file))
    return found


def _newer_decision(edit: Edit, desk: Desk, day: date) -> Iterator[str]:
    for (host, partner), decision in desk.holdings.decisions.items():
        is_meant = host == desk.host and slug(partner) == edit.key and decision.decided
        # On the same day the one of the document is used.
        if is_meant and parse_lexical(decision.decided).latest >= day:
            yield from (item.document for item in desk.holdings.evidence.get(decision.iri, ()))


def _is_after(issued: str, day: date) -> bool:
    return bool(issued) and parse_lexical(issued).latest > day


def _warn(edit: Edit, arguments: Mapping[str, str], file: str) -> Problem:
    first = edit.changes[0]
    row = int("".join(sign for sign in first.place if sign.isdigit()))
    where = Location(file, row, first.sheet)
    fault = Diagnostic("newer_document", where, severity="warning", arguments=arguments)
    return Problem(fault, first.place)
