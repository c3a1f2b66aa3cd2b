"""Gaps of trust: open findings, and ties and agreements with weak evidence.

What connects organisations is what hubs, gaps and the map rest on, so its evidence is looked at
record by record. Of all other records the findings tell how many are inferred or ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.dates import parse_lexical
from graph.diagnostics import SEVERITIES
from graph.evidence import Evidence
from graph.findings import Finding
from graph.gap_reasons import GapReason, Name, assign_ranks
from graph.gaps import Holdings
from graph.involvement import is_before_all
from graph.namespaces import slug

TrustGapKind = Literal["open_finding", "only_inferred", "single_document"]
_ORDER: tuple[TrustGapKind, ...] = ("open_finding", "only_inferred", "single_document")
_SEVERITY: dict[str, int] = {severity: number for number, severity in enumerate(SEVERITIES)}
_NO_NAME: Name = {}


@dataclass(frozen=True, slots=True)
class TrustGap:
    """A finding, or a fact whose evidence is weak; ``subject`` is the record it is about.

    ``names`` are those of the fact, with an arrow from an organisation to what it is tied to.
    """

    kind: TrustGapKind
    subject: str
    names: Name
    reasons: tuple[GapReason, ...]
    finding: Finding | None = None
    rung: str = ""
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def find_trust_gaps(
    holdings: Holdings, on: date, findings: Iterable[Finding] = ()
) -> list[TrustGap]:
    """Return open findings, and ties and agreements that are inferred or told of only once.

    *only_inferred*: each piece of evidence is inferred, and none states it. *single_document*:
    all evidence stands in one document; a registry, which is the authority for what it holds, is
    enough by itself. What begins after the date is left out.

    Ordered by kind as above; findings by severity, facts by rung, the strongest first, since
    more rests on them.
    """
    if is_before_all(holdings, on):
        return []
    found = [*map(_open, findings), *_weak_facts(holdings, on)]
    return assign_ranks(
        found,
        lambda gap: (
            _ORDER.index(gap.kind),
            _SEVERITY[gap.finding.severity] if gap.finding else 0,
            -holdings.ranks.get(gap.rung, 0),
        ),
        lambda gap: f"{gap.names.get('ko', '')} {gap.subject}",
    )


def _open(finding: Finding) -> TrustGap:
    return TrustGap(
        kind="open_finding",
        subject=finding.focus,
        names=_NO_NAME,
        reasons=(GapReason("finding", {"message": finding.messages}),),
        finding=finding,
        evidence=finding.evidence,
    )


def _weak_facts(holdings: Holdings, on: date) -> Iterator[TrustGap]:
    for record, (names, rung, start) in _facts(holdings).items():
        evidence = tuple(holdings.evidence.get(record, ()))
        if not evidence or (start and parse_lexical(start).earliest > on):
            continue
        documents = sorted({item.document for item in evidence})
        kind: TrustGapKind
        if all(item.basis == "inferred" for item in evidence):
            kind = "only_inferred"
        elif len(documents) == 1 and not any(item.locator for item in evidence):
            kind = "single_document"
        else:
            continue
        reason = GapReason(kind, {"documents": ", ".join(documents)})
        yield TrustGap(kind, record, names, (reason,), rung=rung, evidence=evidence)


def _facts(holdings: Holdings) -> dict[str, tuple[Name, str, str]]:
    """Return name, rung and beginning of every tie and agreement."""
    agreements = holdings.agreements
    found: dict[str, tuple[Name, str, str]] = {
        iri: (agreement.labels, "agreement", agreement.start or agreement.signed)
        for iri, agreement in agreements.items()
    }
    for tie in holdings.ties:
        start = tie.start
        if (thing := holdings.initiatives.get(tie.target)) and tie.actual:
            start = start or thing.start
        if agreement := agreements.get(tie.target):
            start = start or agreement.start or agreement.signed
        source, target = _names(holdings, tie.source), _names(holdings, tie.target)
        names = {
            language: " → ".join(n.get(language) or n["ko"] for n in (source, target))
            for language in ("ko", "en")
        }
        found[tie.iri] = (names, tie.rung, start)
    return found


def _names(holdings: Holdings, iri: str) -> Mapping[str, str]:
    """Return the names of an organisation, initiative or agreement; there is a Korean one."""
    if organization := holdings.organizations.get(iri):
        return {"ko": organization.label("ko"), **organization.names}
    for known in (holdings.initiatives.get(iri), holdings.agreements.get(iri)):
        if known:
            return {"ko": known.label("ko"), **known.labels}
    return {"ko": slug(iri)}
