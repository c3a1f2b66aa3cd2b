"""The agreements of the map and their states, whether or not a line is drawn for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.agreements import Agreement, notice_date
from graph.coverings import STATES
from graph.namespaces import slug
from triplehelix.network_map import map_rows as rows
from triplehelix.network_map.subject_rows import slugs
from triplehelix.network_map.tie_rows import write_evidence
from triplehelix.pages.citations import agreement_evidence
from triplehelix.pages.texts import say
from triplehelix.report import Report


def write_agreements(report: Report, drawn: Collection[str]) -> Iterator[rows.Agreement]:
    """Yield the agreements that anyone on the map is or is to be a party to.

    ``drawn`` are the identifiers of the organisations on the map.
    """
    for agreement in report.holdings.agreements.values():
        parties = slugs(agreement.parties.keys() | agreement.prospective.keys())
        if present := tuple(party for party in parties if party in drawn):
            yield _write(report, agreement, present)


def _write(report: Report, agreement: Agreement, parties: tuple[str, ...]) -> rows.Agreement:
    notice = notice_date(agreement, report.on)
    return rows.Agreement(
        slug(agreement.iri),
        agreement.label("ko"),
        agreement.label("en"),
        report.status(agreement),
        agreement.signed,
        agreement.start or agreement.signed,
        agreement.end,
        notice.lexical if notice else "",
        parties,
        write_evidence(agreement_evidence(report, agreement)),
    )


def write_states(agreements: Collection[rows.Agreement]) -> Iterator[rows.AgreementState]:
    """Yield the states of agreements, what covers best first."""
    found = {agreement.state for agreement in agreements}
    for state in STATES:
        if state in found:
            yield rows.AgreementState(state, *say(f"status_{state}"))
