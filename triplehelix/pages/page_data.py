"""The rows of the page: hubs, gaps, agreements and findings, each with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from graph.agreements import IN_FORCE_STATES, Agreement
from graph.dates import parse_lexical
from graph.diagnostics import SEVERITIES
from graph.evidence import Evidence
from graph.findings import Finding
from graph.gaps import Gap
from graph.hub import Hub
from graph.questions import read_questions
from graph.ties import Tie
from triplehelix.pages.citations import agreement_evidence, ties_by_source
from triplehelix.pages.texts import Text, concept, join, name, plain, say
from triplehelix.report import Report
from triplehelix.spreadsheets.table_rows import coverage

TOP = 20
LEADING = 3
"""How many findings are told at the very top."""
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that an organisation hosts or takes part in, its roles, and where it says so."""

    label: Text
    roles: Text
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class HubRow:
    """A hub with its place among all, and what its measures rest on."""

    rank: int
    hub: Hub
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap with the answer of the parent level in words."""

    gap: Gap
    covered: Text


@dataclass(frozen=True, slots=True)
class HostSummary:
    """With how many a host works without an agreement, and with whom it has one in force."""

    host: str
    counts: dict[str, int]
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement with its state and its evidence."""

    agreement: Agreement
    status: str
    ends_soon: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AgreementGroup:
    """The agreements that end in the same year, or do not say when they end."""

    label: Text
    rows: tuple[AgreementRow, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one severity."""

    severity: str
    rows: tuple[Finding, ...]


def rank_hubs(report: Report) -> list[HubRow]:
    """Return the strongest hubs, and every university among the others, with their ranks."""
    ties = ties_by_source(report.holdings)
    return [
        HubRow(rank, hub, tuple(_works(report, hub, ties)))
        for rank, hub in enumerate(report.hubs, start=1)
        if rank <= TOP or is_university(hub)
    ]


def is_university(hub: Hub) -> bool:
    """Whether a hub is a university; its foundation and its units are other bodies."""
    return hub.organization.type == "University"


def _works(report: Report, hub: Hub, ties: Mapping[str, list[Tie]]) -> Iterator[Work]:
    """Yield what a hub takes part in, and what it hosts for others."""
    iri = hub.organization.iri
    own: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties.get(iri, ()):
        if tie.kind == "participation" and tie.actual:
            own[tie.target].append(tie)
    busy = {t.target for t in report.holdings.ties if t.kind == "participation" and t.actual}
    for target, initiative in report.holdings.initiatives.items():
        hosts = iri in initiative.hosts and target in busy
        if target not in own and not hosts:
            continue
        roles = dict.fromkeys(concept(report, tie.role) for tie in own[target] if tie.role)
        evidence = [e for t in own[target] for e in report.evidence(t.iri)]
        host_role = [concept(report, "host")] if hosts else []
        yield Work(
            name(report, target),
            join(dict.fromkeys([*host_role, *roles])),
            tuple(evidence or report.evidence(target)),
        )


def list_gaps(report: Report) -> list[GapRow]:
    """Return all gaps, those of the host with most of them first."""
    order = [summary.host for summary in summarise_hosts(report)]
    rows = [GapRow(gap, coverage(report, gap)) for gap in report.gaps]
    return sorted(rows, key=lambda row: order.index(row.gap.host.iri))


def summarise_hosts(report: Report) -> list[HostSummary]:
    """Return each host with the number of its open gaps by class, the host with most first."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for gap in report.gaps:
        kind = gap.partner_class if gap.actual else "planned"
        if gap.waived:
            found[gap.host.iri]["waived"] += 1
            continue
        found[gap.host.iri][kind] += 1
        through = gap.covered_through
        found[gap.host.iri]["covered"] += gap.actual and through is not None
    hosts = sorted(found, key=lambda host: (-sum(found[host].values()), host))
    return [
        HostSummary(host, dict(found[host]), tuple(_agreed_partners(report, host)))
        for host in hosts
    ]


def _agreed_partners(report: Report, host: str) -> list[str]:
    """Return with whom a host has an agreement in force, by name."""
    parties = {
        party
        for agreement in report.holdings.agreements.values()
        if report.status(agreement) in IN_FORCE_STATES and host in agreement.parties
        for party in agreement.parties
    }
    return sorted(parties - {host}, key=lambda iri: report.label(iri, "ko"))


def group_agreements(report: Report) -> list[AgreementGroup]:
    """Return agreements by the year in which they end, then the open and the intended ones."""
    groups: dict[tuple[int, str], list[AgreementRow]] = defaultdict(list)
    for agreement in report.holdings.agreements.values():
        row = _agreement_row(report, agreement)
        if agreement.is_intended:
            groups[2, "intended"].append(row)
        elif agreement.end:
            groups[0, agreement.end[:4]].append(row)
        else:
            groups[1, "end_unstated"].append(row)
    return [
        AgreementGroup(
            say("ends_in", year=key) if kind == 0 else say(key),
            tuple(sorted(rows, key=lambda r: (r.agreement.end, r.agreement.label("ko")))),
        )
        for (kind, key), rows in sorted(groups.items())
    ]


def _agreement_row(report: Report, agreement: Agreement) -> AgreementRow:
    status = report.status(agreement)
    soon = (
        status in IN_FORCE_STATES
        and bool(agreement.end)
        and parse_lexical(agreement.end).latest - report.on <= YEAR
    )
    return AgreementRow(agreement, status, soon, tuple(agreement_evidence(report, agreement)))


def group_findings(report: Report) -> list[FindingGroup]:
    """Return the findings by severity, the severe ones first."""
    return [
        FindingGroup(severity, rows)
        for severity in SEVERITIES
        if (rows := tuple(f for f in report.findings if f.severity == severity))
    ]


def leading_findings(report: Report) -> list[Finding]:
    """Return the findings told at the very top: the first that are more than a note."""
    return [f for f in report.findings if f.severity != SEVERITIES[-1]][:LEADING]


def find_subjects(report: Report) -> dict[str, list[str]]:
    """Return what has a page of what each finding is about: the record, or its initiative."""
    holdings = report.holdings
    known = {**holdings.organizations, **holdings.agreements, **holdings.initiatives}
    initiatives = {item.iri: item.initiative for item in report.budgets}
    found = {f.id: initiatives.get(f.focus, f.focus) for f in report.findings}
    return {id_: [iri] if iri in known else [] for id_, iri in found.items()}


def finding_kind(finding: Finding) -> Text:
    """Return what kind of finding it is, in the words of its question."""
    question = read_questions("quality").get(finding.kind)
    if question is None:
        return plain(finding.kind)
    return Text(question.summary["ko"], question.summary["en"])


def span_of(agreement: Agreement) -> Iterable[tuple[Text, str]]:
    """Yield the dates of an agreement as stated, with what they mean."""
    for key, value in (
        ("signed", agreement.signed),
        ("from", agreement.start),
        ("until", agreement.end),
    ):
        if value:
            yield say(f"column_{key}"), value
