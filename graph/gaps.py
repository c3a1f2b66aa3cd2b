"""Gaps: those with whom a host works without an agreement in force on a date.

Coverage has two answers. At *unit* level the exact organisation must be a party with the host; at
*parent* level an agreement of a body that the organisation is a unit of is accepted, too. An
agreement that the host's own unit signed is named, but it is not the host's. Planned agreements
cover nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from rdflib import Dataset

from graph.agreement_reading import read_agreements
from graph.agreements import Agreement, is_in_force
from graph.dates import parse_lexical
from graph.decisions import Decision, read_decisions
from graph.evidence import Evidence, read_evidence, sort_evidence
from graph.initiatives import Initiative, read_initiatives
from graph.model import read_model
from graph.namespaces import TH
from graph.organizations import Organization, read_organizations
from graph.ties import Tie, read_ranks, read_ties, strongest

Level = Literal["unit", "parent"]
PartnerClass = Literal["core", "funder", "government"]
FUNDING_ROLES = frozenset({"funder", "selector", "evaluator"})
GOVERNMENT_TYPES = frozenset(
    {"LocalGovernment", "Ministry", "ForeignAgency", "Department", "GovernmentGroup"}
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """An agreement in force through a body other than the two themselves."""

    party: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Gap:
    """A partner without an agreement in force, what ties it to the host, and the evidence.

    Where the host has decided that it needs none, the gap is waived: it is kept, with the reason,
    and does not count among the open ones.
    """

    host: Organization
    partner: Organization
    partner_class: PartnerClass
    rung: str
    actual: bool
    initiatives: tuple[Initiative, ...]
    ties: tuple[Tie, ...]
    planned_agreements: tuple[Agreement, ...] = ()
    uncertain_agreements: tuple[Agreement, ...] = ()
    covered_through: Coverage | None = None
    decision: Decision | None = None
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)

    @property
    def waived(self) -> bool:
        """Whether the host has decided that it needs no agreement with this partner."""
        return self.decision is not None and self.decision.waives


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that gaps are found from, read once from a store."""

    organizations: dict[str, Organization]
    initiatives: dict[str, Initiative]
    agreements: dict[str, Agreement]
    ties: list[Tie]
    ranks: dict[str, int]
    evidence: dict[str, list[Evidence]]
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)


def read_holdings(dataset: Dataset, evidence: dict[str, list[Evidence]] | None = None) -> Holdings:
    """Return organisations, initiatives, agreements, ties and evidence of a store.

    ``evidence`` saves reading it again where the caller has it.
    """
    return Holdings(
        read_organizations(dataset),
        read_initiatives(dataset),
        read_agreements(dataset),
        read_ties(dataset),
        read_ranks(dataset),
        read_evidence(dataset) if evidence is None else evidence,
        read_decisions(dataset),
    )


def find_gaps(
    holdings: Holdings, on: date, *, level: Level = "unit", host: str | None = None
) -> list[Gap]:
    """Return the gaps of a host, or of every local government that has any tie.

    Ordered by host, then the waived last, actual before planned, stronger rungs and more
    initiatives first.
    """
    hosts = [host] if host else local_governments(holdings)
    found = [gap for iri in hosts for gap in _gaps_of(holdings, iri, on, level)]
    order = {iri: number for number, iri in enumerate(hosts)}
    return sorted(
        found,
        key=lambda gap: (
            order[gap.host.iri],
            gap.waived,
            not gap.actual,
            -holdings.ranks.get(gap.rung, 0),
            -len(gap.initiatives),
            gap.partner.label("ko"),
        ),
    )


def local_governments(holdings: Holdings) -> list[str]:
    """Return the local governments that host something or take part in it, sorted."""
    tied = {tie.source for tie in holdings.ties if tie.kind == "participation"}
    tied |= {host for initiative in holdings.initiatives.values() for host in initiative.hosts}
    organizations = holdings.organizations.values()
    return [o.iri for o in organizations if o.type == "LocalGovernment" and o.iri in tied]


def partners_of(holdings: Holdings, host: str, on: date) -> dict[str, list[Tie]]:
    """Return who hosts or takes part in what a host hosts or takes part in, with their ties.

    Units of the host are not its partners, nor are facilities and councils, which cannot sign.
    What began after the date is left out.
    """
    own = {iri for iri, initiative in holdings.initiatives.items() if host in initiative.hosts}
    taking = [t for t in holdings.ties if t.kind == "participation"]
    mine = [
        tie
        for tie in taking
        if tie.source == host
        and tie.target not in own
        and not _begins_after(tie, holdings.initiatives[tie.target], on)
    ]
    shared = {tie.target for tie in mine}
    actual = {tie.target for tie in mine if tie.actual}
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in taking:
        if tie.target in own:
            found[tie.source].append(tie)
        elif tie.target in shared:
            found[tie.source].append(replace(tie, actual=tie.actual and tie.target in actual))
    for tie in mine:
        for other in holdings.initiatives[tie.target].hosts:
            found[other].append(replace(tie, source=other, role="host"))
    kept = {
        partner: [t for t in ties if not _begins_after(t, holdings.initiatives[t.target], on)]
        for partner, ties in found.items()
        if is_partner(holdings.organizations.get(partner), host)
    }
    return {partner: ties for partner, ties in kept.items() if ties}


def is_partner(organization: Organization | None, host: str) -> bool:
    """Whether it is another body than the host and its units, and one that can sign."""
    if organization is None or host in {organization.iri, *organization.parents}:
        return False
    return _can_sign(organization)


def _can_sign(organization: Organization) -> bool:
    """Whether the ontology lets bodies of this type be a party to an agreement."""
    return (TH[organization.type], TH.noParty, None) not in read_model()


def _begins_after(tie: Tie, initiative: Initiative, on: date) -> bool:
    """Whether an actual tie begins after a date; plans are kept, they are marked as such."""
    start = tie.start or initiative.start
    return bool(tie.actual and start and parse_lexical(start).earliest > on)


def _gaps_of(holdings: Holdings, host: str, on: date, level: Level) -> Iterable[Gap]:
    for partner, ties in sorted(partners_of(holdings, host, on).items()):
        states = _agreements_between(holdings, host, partner, on)
        if states["in_force"]:
            continue
        through = _coverage(holdings, host, partner, on)
        own_unit_signed = (
            through is not None and host in holdings.organizations[through.party].parents
        )
        if level == "parent" and through is not None and not own_unit_signed:
            continue
        yield _gap(holdings, host, partner, ties, states, through)


def _gap(
    holdings: Holdings,
    host: str,
    partner: str,
    ties: list[Tie],
    states: dict[str, list[Agreement]],
    through: Coverage | None,
) -> Gap:
    actual = [tie for tie in ties if tie.actual]
    counted = actual or ties
    initiatives = {tie.target: holdings.initiatives[tie.target] for tie in counted}
    organization = holdings.organizations[partner]
    return Gap(
        host=holdings.organizations[host],
        partner=organization,
        partner_class=classify_partner(organization, counted),
        rung=strongest(counted, holdings.ranks),
        actual=bool(actual),
        initiatives=tuple(initiatives.values()),
        ties=tuple(counted),
        planned_agreements=tuple(states["planned"]),
        uncertain_agreements=tuple(states["unknown"]),
        covered_through=through,
        decision=holdings.decisions.get((host, partner)),
        evidence=tuple(sort_evidence(e for t in counted for e in holdings.evidence.get(t.iri, ()))),
    )


def classify_partner(partner: Organization, ties: Iterable[Tie]) -> PartnerClass:
    """Return whether a partner funds or selects, is a government, or is a core partner.

    A public agency is a core partner: it works, and can sign, like any other body.
    """
    if any(tie.role in FUNDING_ROLES for tie in ties):
        return "funder"
    return "government" if partner.type in GOVERNMENT_TYPES else "core"


def _agreements_between(
    holdings: Holdings, host: str, partner: str, on: date
) -> dict[str, list[Agreement]]:
    states: dict[str, list[Agreement]] = {"in_force": [], "planned": [], "unknown": []}
    for agreement in holdings.agreements.values():
        everyone = agreement.parties.keys() | agreement.prospective.keys()
        if not {host, partner} <= everyone:
            continue
        if agreement.is_intended:
            states["planned"].append(agreement)
        elif {host, partner} <= agreement.parties.keys():
            covered = is_in_force(agreement, on)
            if covered is not False:
                states["in_force" if covered else "unknown"].append(agreement)
    return states


def _coverage(holdings: Holdings, host: str, partner: str, on: date) -> Coverage | None:
    """Return an agreement in force of the host with a parent, or of the host's unit with it."""
    organizations = holdings.organizations
    parents = organizations[partner].parents
    # Who the parties are is asked first: that is soon told, and true of few.
    for agreement in holdings.agreements.values():
        parties = agreement.parties.keys()
        above = sorted(parents & parties) if host in parties else []
        if above and is_in_force(agreement, on):
            return Coverage(above[0], agreement)
    for agreement in holdings.agreements.values():
        if not {partner, *parents} & agreement.parties.keys():
            continue
        units = [p for p in sorted(agreement.parties) if host in organizations[p].parents]
        if units and is_in_force(agreement, on):
            return Coverage(units[0], agreement)
    return None
