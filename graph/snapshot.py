"""What an ecosystem holds on a date, as plain values that can be kept and compared later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from graph.agreements import Agreement, current_end, status
from graph.findings import Finding
from graph.gaps import Gap, Holdings, Level, find_gaps, local_governments, partners_of

LEVELS: tuple[Level, ...] = get_args(Level)
Cover = Literal["covered", "open", "waived"]
COVERS: tuple[Cover, ...] = get_args(Cover)
"""How it stands between a host and a partner: an agreement in force, a gap, or a gap of which it
was decided that no agreement is needed."""
Pair = tuple[str, str]
"""The IRI of a host, and that of a partner."""


@dataclass(frozen=True, slots=True)
class AgreementState:
    """The state of an agreement, its last day as stated, how many periods, the hosts concerned.

    A host is concerned when it is a party, or a body above one; prospective parties count, too.
    """

    state: str
    until: str = ""
    periods: int = 1
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingState:
    """The severity of a finding, and the IRI of the record that it is about."""

    severity: str
    about: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Partners with their cover by level, agreements and findings; names by language.

    Partners are those of :func:`graph.gaps.partners_of`. Everything goes by IRI, findings by
    their identifier; the name of a finding is its message.
    """

    on: date
    partners: Mapping[Pair, Mapping[Level, Cover]]
    agreements: Mapping[str, AgreementState]
    findings: Mapping[str, FindingState]
    names: Mapping[str, Mapping[str, str]]


def take_snapshot(holdings: Holdings, findings: Iterable[Finding], on: date) -> Snapshot:
    """Return what is there on a date, of every local government that has any tie."""
    gaps = {level: _covers(find_gaps(holdings, on, level=level)) for level in LEVELS}
    hosts = local_governments(holdings)
    pairs = [(host, partner) for host in hosts for partner in partners_of(holdings, host, on)]
    partners = {
        pair: {level: gaps[level].get(pair, "covered") for level in LEVELS} for pair in pairs
    }
    found = sorted(findings, key=lambda finding: finding.id)
    agreements = holdings.agreements
    bodies = sorted({iri for pair in pairs for iri in pair} | {*hosts})
    return Snapshot(
        on,
        partners,
        {iri: _state(agreement, hosts, holdings, on) for iri, agreement in agreements.items()},
        {finding.id: FindingState(finding.severity, finding.focus) for finding in found},
        {
            **{iri: dict(holdings.organizations[iri].names) for iri in bodies},
            **{iri: dict(agreement.labels) for iri, agreement in agreements.items()},
            **{finding.id: dict(finding.messages) for finding in found},
        },
    )


def _covers(gaps: Iterable[Gap]) -> dict[Pair, Cover]:
    return {(gap.host.iri, gap.partner.iri): "waived" if gap.waived else "open" for gap in gaps}


def _state(
    agreement: Agreement, hosts: Iterable[str], holdings: Holdings, on: date
) -> AgreementState:
    parties = agreement.parties.keys() | agreement.prospective.keys()
    above = set[str]().union(*(holdings.organizations[party].parents for party in parties))
    concerned = tuple(host for host in hosts if host in parties | above)
    end = current_end(agreement, on)
    until = end.lexical if end else ""
    return AgreementState(status(agreement, on), until, len(agreement.periods) or 1, concerned)
