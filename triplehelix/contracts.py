"""The JSON contracts: how objects of the graph are written for programs that rely on it.

Fields may be added, never renamed. Identifiers are those of the tables; labels are in the language
asked for; what no document states is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from graph.agreements import Agreement, status
from graph.decisions import Decision
from graph.description import Description, Mention
from graph.evidence import Evidence
from graph.explanation import CommonAgreement, CommonUndertaking, Explanation
from graph.findings import Finding
from graph.gaps import Coverage, Gap, Holdings
from graph.initiatives import Initiative
from graph.namespaces import slug
from graph.reasons import Reason
from graph.ties import Tie

Json = dict[str, Any]
Labels = Mapping[str, Mapping[str, str]]
"""The labels of everything by IRI and language."""


def write_evidence(evidence: Iterable[Evidence]) -> list[Json]:
    """Return evidence: document, lines, locator, quote, basis, remark; all are always there."""
    return [asdict(item) for item in evidence]


def write_organization(holdings: Holdings, iri: str, language: str) -> Json:
    """Return an organisation as identifier and label."""
    organization = holdings.organizations[iri]
    return {"id": organization.id, "label": organization.label(language)}


def write_initiative(initiative: Initiative, language: str) -> Json:
    """Return an initiative or event as identifier and label."""
    return {"id": initiative.id, "label": initiative.label(language)}


def write_agreement(agreement: Agreement, holdings: Holdings, on: date, language: str) -> Json:
    """Return an agreement with its state on a date, its parties, and all its evidence."""
    relations = [*agreement.parties.values(), *agreement.prospective.values()]
    records = (agreement.iri, *relations)
    found = {item: None for record in records for item in holdings.evidence.get(record, ())}
    return {
        "id": slug(agreement.iri),
        "label": agreement.label(language),
        "kind": agreement.kind,
        "status": status(agreement, on),
        "signed": agreement.signed or None,
        "from": agreement.start or None,
        "until": agreement.end or None,
        "parties": _organizations(agreement.parties, holdings, language),
        "prospective_parties": _organizations(agreement.prospective, holdings, language),
        "subject": agreement.subject(language) or None,
        "evidence": write_evidence(found),
    }


def _organizations(iris: Iterable[str], holdings: Holdings, language: str) -> list[Json]:
    return [write_organization(holdings, iri, language) for iri in sorted(iris)]


def write_gap(gap: Gap, holdings: Holdings, on: date, language: str) -> Json:
    """Return a gap: host, partner, what ties them, and the agreements that fall short."""
    return {
        "host": gap.host.id,
        "host_label": gap.host.label(language),
        "partner": gap.partner.id,
        "partner_label": gap.partner.label(language),
        "partner_is_group": gap.partner.is_group,
        "sector": gap.partner.sector or None,
        "partner_class": gap.partner_class,
        "rung": gap.rung or None,
        "actual": gap.actual,
        "initiatives": [write_initiative(i, language) for i in gap.initiatives],
        "planned_agreements": _short(gap.planned_agreements, on, language),
        "uncertain_agreements": _short(gap.uncertain_agreements, on, language),
        "covered_through": _write_coverage(gap.covered_through, holdings, language),
        "waived": gap.waived,
        "decision": _write_decision(gap.decision, holdings, language),
        "evidence": write_evidence(gap.evidence),
    }


def _write_decision(decision: Decision | None, holdings: Holdings, language: str) -> Json | None:
    if decision is None:
        return None
    department = decision.department
    return {
        "decision": decision.kind or None,
        "reason": decision.reason or None,
        "department": write_organization(holdings, department, language) if department else None,
        "due": decision.due or None,
        "decided": decision.decided or None,
    }


def _short(agreements: Iterable[Agreement], on: date, language: str) -> list[Json]:
    return [
        {"id": slug(a.iri), "label": a.label(language), "status": status(a, on)} for a in agreements
    ]


def _write_coverage(through: Coverage | None, holdings: Holdings, language: str) -> Json | None:
    if through is None:
        return None
    party = write_organization(holdings, through.party, language)
    return {
        "party": party["id"],
        "party_label": party["label"],
        "agreement": slug(through.agreement.iri),
        "agreement_label": through.agreement.label(language),
        "subject": through.agreement.subject(language) or None,
    }


def write_finding(finding: Finding, language: str) -> Json:
    """Return a finding; the values are as people read them."""
    return {
        "id": finding.id,
        "kind": finding.kind,
        "severity": finding.severity,
        "message": finding.messages.get(language) or finding.messages["ko"],
        "stated": finding.stated or None,
        "computed": finding.computed or None,
        "about": slug(finding.focus),
        "evidence": write_evidence(finding.evidence),
    }


def write_description(description: Description, language: str) -> Json:
    """Return a term of the model: name, kind, label, meaning, and its facts by kind."""
    return {
        "name": description.name,
        "kind": description.kind,
        "iri": description.iri or None,
        "label": _speak(description.labels, language),
        "definition": _speak(description.definitions, language) or None,
        "facts": {
            kind: [_write_mention(mention, language) for mention in mentions]
            for kind, mentions in description.facts.items()
        },
    }


def _write_mention(mention: Mention, language: str) -> Json:
    return {"name": mention.name, "label": _speak(mention.labels, language) or None}


def _speak(names: Any, language: str) -> str:
    return str(names.get(language) or names.get("ko") or names.get("") or "")


def write_explanation(
    explanation: Explanation, holdings: Holdings, labels: Labels, on: date, language: str
) -> Json:
    """Return everything that ties two organisations; inferred ties with rule and facts."""
    return {
        "first": write_organization(holdings, explanation.first.iri, language),
        "second": write_organization(holdings, explanation.second.iri, language),
        "agreements": [
            _write_common(common, holdings, on, language) for common in explanation.agreements
        ],
        "related_agreements": [
            _write_common(common, holdings, on, language) for common in explanation.related
        ],
        "initiatives": [
            _write_undertaking(common, labels, language) for common in explanation.undertakings
        ],
        "relations": [
            {
                "kind": direct.kind,
                "source": slug(direct.tie.source),
                "target": slug(direct.tie.target),
                "actual": direct.tie.actual,
                **_write_period(direct.tie),
                "evidence": write_evidence(direct.evidence),
            }
            for direct in explanation.direct
        ],
        "hierarchy": [
            {
                "subject": slug(link.subject),
                "property": slug(link.property),
                "object": slug(link.object),
                "evidence": write_evidence(link.evidence),
            }
            for link in explanation.links
        ],
        "inferred": [write_reason(reason, labels, language) for reason in explanation.inferred],
    }


def _write_period(timed: Tie | Initiative) -> Json:
    return {"from": timed.start or None, "until": timed.end or None}


def _write_common(common: CommonAgreement, holdings: Holdings, on: date, language: str) -> Json:
    return {
        **write_agreement(common.agreement, holdings, on, language),
        "between": [slug(party) for party in common.parties],
        "actual": common.actual,
    }


def _write_undertaking(common: CommonUndertaking, labels: Labels, language: str) -> Json:
    return {
        **write_initiative(common.initiative, language),
        "kind": common.initiative.type,
        "is_event": common.initiative.is_event,
        **_write_period(common.initiative),
        "actual": common.actual,
        "hosts": [slug(host) for host in common.hosts],
        "participations": [
            {
                "organization": slug(tie.source),
                "role": tie.role or None,
                "rung": tie.rung or None,
                "actual": tie.actual,
                "modality": tie.modality or None,
                **_write_period(tie),
            }
            for tie in common.ties
        ],
        "hosting": [write_reason(reason, labels, language) for reason in common.hosting],
        "evidence": write_evidence(common.evidence),
    }


def write_reason(reason: Reason, labels: Labels, language: str) -> Json:
    """Return a triple, the rule that gave it (null where it is stated), and what it rests on."""
    subject, property_, object_ = (
        {"id": show_term(term), "label": speak_term(term, labels, language)}
        for term in reason.statement
    )
    return {
        "subject": subject,
        "property": property_,
        "object": object_,
        "rule": reason.rule or None,
        "because": [write_reason(each, labels, language) for each in reason.because],
        "evidence": write_evidence(reason.evidence),
    }


def show_term(term: str) -> str:
    """Return the identifier of an IRI in N-Triples form, or the text of a literal.

    >>> show_term("<https://w3id.org/triplehelix/id/goyang>"), show_term('"2023"@ko')
    ('goyang', '2023')
    """
    return slug(term[1:-1]) if term.startswith("<") else term[1:].rpartition('"')[0]


def speak_term(term: str, labels: Labels, language: str) -> str | None:
    """Return the label of an IRI in N-Triples form, or nothing where it has none."""
    names = labels.get(term.strip("<>"), {})
    return names.get(language) or names.get("ko") or None
