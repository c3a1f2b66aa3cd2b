"""Gaps, agreements and findings as listings: the rows people read, and the contracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rdflib import URIRef

from graph.agreements import Agreement, Status, status
from graph.evidence import Evidence
from graph.findings import Finding
from graph.gaps import Gap, Holdings
from graph.model import labels, read_model
from graph.namespaces import THV
from graph.restriction import Restriction
from triplehelix.contracts import write_agreement, write_finding, write_gap
from triplehelix.measures.measure_contracts import write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_scope
from triplehelix.terminal.wording import say

_ORDER: tuple[Status, ...] = (
    "in_notice",
    "expiring",
    "in_force",
    "renewed",
    "without_end",
    "signed",
    "unknown",
    "under_review",
    "planned",
    "expired",
    "terminated",
    "superseded",
)
"""The states of agreements in the order in which people need them."""


def concept(code: str, language: str) -> str:
    """Return the label of a concept by its local name, or nothing for nothing.

    >>> concept("academia", "ko"), concept("", "ko")
    ('학계', '')
    """
    return labels(read_model(), URIRef(THV[code])).get(language, code) if code else ""


def cite_briefly(evidence: Iterable[Evidence], language: str, most: int = 3) -> str:
    """Return the first places of evidence, by document, and how many more there are.

    >>> items = [Evidence("plan", n, "", "", "stated") for n in ("7", "9-12", "30", "31")]
    >>> cite_briefly(items, "en")
    'plan:7, 9-12, 30 and 1 more'
    """
    places = list(dict.fromkeys((item.document, item.lines or item.locator) for item in evidence))
    lines: dict[str, list[str]] = {}
    for document, line in places[:most]:
        lines.setdefault(document, []).append(line)
    shown = "; ".join(f"{document}:{', '.join(found)}" for document, found in lines.items())
    if len(places) <= most:
        return shown
    return f"{shown} {say('gaps.and_more', language, count=len(places) - most)}"


def list_gaps(gaps: Sequence[Gap], holdings: Holdings, scope: Scope, language: str) -> Listing:
    """Return gaps by host, the actual before the planned, with what falls short of covering."""
    on, level = scope.reading.on, scope.restriction.level
    # Host and level have always been told by the gaps themselves.
    rest = replace(scope.restriction, on=None, host="", level="unit")
    is_restricted = rest != Restriction(modality="both")
    beside = {"restriction": write_restriction(scope, language)} if is_restricted else {}
    hosts = {gap.host.label(language): _tell_host(gap, gaps, language) for gap in gaps}
    return Listing(
        say("gaps.title", language, on=on, level=say(f"gaps.{level}", language)),
        (
            Heading(say("columns.host", language)),
            Heading(say("columns.partner", language), share=4),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("columns.partner_class", language)),
            Heading(say("columns.sector", language), hidden=True),
            Heading(say("columns.actual", language), hidden=True),
            Heading(say("columns.rung", language), least=13),
            Heading(say("columns.initiatives", language), share=6),
            Heading(say("columns.coverage", language), share=5, wide=True),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
        ),
        [_gap_row(gap, holdings, on, language) for gap in gaps],
        [{**write_gap(gap, holdings, on, language), **beside} for gap in gaps],
        groups=hosts,
        empty=say("gaps.empty", language),
        note=say("gaps.note", language),
        lead=tell_scope(scope, language),
    )


def _tell_host(gap: Gap, gaps: Sequence[Gap], language: str) -> str:
    own = [each for each in gaps if each.host.iri == gap.host.iri]
    still_open = [each for each in own if not each.waived]
    actual = sum(each.actual for each in still_open)
    counts = {"actual": actual, "planned": len(still_open) - actual}
    told = say("gaps.host", language, host=gap.host.label(language), **counts)
    waived = len(own) - len(still_open)
    return f"{told}, {say('gaps.waived_count', language, count=waived)}" if waived else told


def _gap_row(gap: Gap, holdings: Holdings, on: date, language: str) -> tuple[str, ...]:
    first, *more = gap.initiatives
    rung = concept(gap.rung, language)
    joint = first.label(language)
    if more:
        joint += f" {say('gaps.and_more', language, count=len(more))}"
    return (
        gap.host.label(language),
        gap.partner.label(language),
        gap.partner.id,
        say(f"partner_class.{gap.partner_class}", language),
        concept(gap.partner.sector, language),
        say(f"answer.{'yes' if gap.actual else 'no'}", language),
        rung if gap.actual else say("gaps.rung", language, rung=rung),
        joint,
        "\n".join(_shortfalls(gap, holdings, on, language)),
        cite_briefly(gap.evidence, language),
    )


def _shortfalls(gap: Gap, holdings: Holdings, on: date, language: str) -> Iterable[str]:
    """Yield what was decided, and the agreements that there are and do not cover the partner."""
    if gap.decision is not None and gap.decision.kind:
        key = gap.decision.kind.replace("-", "_")
        told = say(f"decision.{key}", language)
        yield f"{told}: {gap.decision.reason}" if gap.decision.reason else told
    if through := gap.covered_through:
        party = holdings.organizations[through.party].label(language)
        name = through.agreement.label(language)
        yield say("gaps.covered_through", language, party=party, agreement=name)
    for agreement in gap.planned_agreements:
        state = say(f"status.{status(agreement, on)}", language)
        name = agreement.label(language)
        yield say("gaps.planned_agreement", language, status=state, agreement=name)
    for agreement in gap.uncertain_agreements:
        yield say("gaps.uncertain", language, agreement=agreement.label(language))


def list_agreements(
    agreements: Sequence[Agreement], holdings: Holdings, on: date, language: str
) -> Listing:
    """Return agreements with their states on a date, those that run out first at the top."""
    agreements = sorted(
        agreements,
        key=lambda a: (_ORDER.index(status(a, on)), a.end or "9999", a.start or a.signed, a.iri),
    )
    contracts = [write_agreement(a, holdings, on, language) for a in agreements]
    unstated = say("agreements.not_stated", language)
    rows = [
        (
            say(f"status.{written['status']}", language),
            str(written["label"]),
            str(written["id"]),
            "\n".join(_parties(agreement, holdings, language)),
            *(str(written[key] or unstated) for key in ("signed", "from", "until")),
            str(written["subject"] or ""),
            cite_briefly(_evidence(agreement, holdings), language),
        )
        for agreement, written in zip(agreements, contracts, strict=True)
    ]
    return Listing(
        say("agreements.title", language, count=len(rows), on=on),
        (
            Heading(say("columns.status", language)),
            Heading(say("columns.agreement", language), share=5),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("columns.parties", language), share=4),
            Heading(say("columns.signed", language)),
            Heading(say("columns.from", language)),
            Heading(say("columns.until", language)),
            Heading(say("columns.subject", language), hidden=True),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
        ),
        rows,
        contracts,
        empty=say("agreements.empty", language),
        note=say("agreements.note", language),
    )


def _parties(agreement: Agreement, holdings: Holdings, language: str) -> Iterable[str]:
    organizations = holdings.organizations
    for party in sorted(agreement.parties):
        yield organizations[party].label(language)
    for party in sorted(agreement.prospective):
        yield say("agreements.prospective", language, name=organizations[party].label(language))


def _evidence(agreement: Agreement, holdings: Holdings) -> list[Evidence]:
    relations = [*agreement.parties.values(), *agreement.prospective.values()]
    return [e for r in (agreement.iri, *relations) for e in holdings.evidence.get(r, ())]


def list_findings(findings: Sequence[Finding], language: str) -> Listing:
    """Return findings, the severe ones first."""
    rows = [
        (
            say(f"severity.{finding.severity}", language),
            finding.messages.get(language) or finding.messages["ko"],
            finding.stated,
            finding.computed,
            cite_briefly(finding.evidence, language),
            finding.kind,
            finding.id,
        )
        for finding in findings
    ]
    return Listing(
        say("findings.title", language, count=len(rows)),
        (
            Heading(say("columns.severity", language)),
            Heading(say("columns.message", language), share=6),
            Heading(say("columns.stated", language), right=True),
            Heading(say("columns.computed", language), right=True),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
            Heading(say("columns.kind", language), hidden=True),
            Heading(say("columns.id", language), hidden=True),
        ),
        rows,
        [write_finding(finding, language) for finding in findings],
        empty=say("findings.empty", language),
        note=say("findings.note", language),
    )
