"""What ties two organisations: agreements, shared undertakings, affiliations, and what follows.

Where a tie was inferred, the rule and the facts behind it are given, as the reasoner traced them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Dataset, URIRef

from graph.agreements import Agreement
from graph.evidence import Evidence, sort_evidence
from graph.gaps import Holdings, read_holdings
from graph.initiatives import Initiative
from graph.namespaces import TH, slug
from graph.organizations import Organization
from graph.reasons import Reason, find_reasons
from graph.store import Triple, select
from graph.ties import Tie

_BETWEEN = """
SELECT ?subject ?property ?object ?inferred WHERE {
  GRAPH ?graph { ?subject ?property ?object }
  BIND(?graph = g:inferred AS ?inferred)
}
"""
_STATED_TYPE = """
SELECT ?relation ?type WHERE {
  GRAPH ?source { ?relation a ?type }
  FILTER(?source != g:inferred)
}
"""


@dataclass(frozen=True, slots=True)
class CommonAgreement:
    """An agreement, the two bodies that it ties, and whether both are parties and not prospects."""

    agreement: Agreement
    parties: tuple[str, str]
    actual: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CommonUndertaking:
    """An initiative or event that both take part in, or that one hosts and the other joins.

    ``hosting`` tells why one of them is the host where that was inferred.
    """

    initiative: Initiative
    ties: tuple[Tie, ...]
    hosts: tuple[str, ...]
    hosting: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]

    @property
    def actual(self) -> bool:
        """Whether both actually take part: no side is only planned, considered or wished for."""
        present = {tie.source for tie in self.ties if tie.actual} | set(self.hosts)
        return {tie.source for tie in self.ties} <= present


@dataclass(frozen=True, slots=True)
class DirectTie:
    """A relation of one to the other, such as a tenancy; ``kind`` is the name of its class."""

    tie: Tie
    kind: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A stated property of one whose value is the other, such as being a unit of it."""

    subject: str
    property: str
    object: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that ties two organisations.

    ``related`` are agreements between a parent or unit of the one and the other or its family.
    """

    first: Organization
    second: Organization
    agreements: tuple[CommonAgreement, ...]
    related: tuple[CommonAgreement, ...]
    undertakings: tuple[CommonUndertaking, ...]
    direct: tuple[DirectTie, ...]
    links: tuple[Link, ...]
    inferred: tuple[Reason, ...]


def explain_pair(
    dataset: Dataset, first: str, second: str, holdings: Holdings | None = None
) -> Explanation:
    """Return everything that ties two organisations, given by IRI.

    Raises:
        KeyError: one of them is no organisation of the store.
        InputError: the store holds a conclusion that its own premises do not give.
    """
    # An IRI of rdflib is a string, but not equal to the same text.
    first, second = str(first), str(second)
    known = holdings or read_holdings(dataset)
    stated, inferred = _between(dataset, first, second)
    shared = _undertakings(known, first, second)
    hosting = {
        (_term(initiative), _term(str(TH.hostedBy)), _term(host))
        for initiative, (_, hosts) in shared.items()
        for host in hosts
        if not _is_stated(dataset, initiative, str(TH.hostedBy), host)
    }
    wanted = [*inferred, *sorted(hosting)]
    reasons = dict(zip(wanted, find_reasons(dataset, wanted, known.evidence), strict=True))
    return Explanation(
        known.organizations[first],
        known.organizations[second],
        tuple(_agreements(known, {first}, {second})),
        tuple(_related(known, first, second)),
        tuple(_common(known, iri, *parts, reasons) for iri, parts in sorted(shared.items())),
        tuple(_direct(dataset, known, first, second)),
        tuple(Link(*link, tuple(known.evidence.get(link[0], ()))) for link in stated),
        tuple(reasons[triple] for triple in inferred),
    )


def _term(iri: str) -> str:
    return f"<{iri}>"


def _between(
    dataset: Dataset, first: str, second: str
) -> tuple[list[tuple[str, str, str]], list[Triple]]:
    """Return the stated and the inferred triples between two; a symmetric one only once."""
    stated: set[tuple[str, str, str]] = set()
    inferred: dict[str, Triple] = {}
    for subject, object_ in ((first, second), (second, first)):
        ends = {"subject": URIRef(subject), "object": URIRef(object_)}
        for _, property_, _, is_inferred in select(dataset, _BETWEEN, **ends):
            if is_inferred.toPython():
                triple = (_term(subject), _term(str(property_)), _term(object_))
                inferred.setdefault(str(property_), triple)
            else:
                stated.add((subject, str(property_), object_))
    return sorted(stated), [inferred[name] for name in sorted(inferred)]


def _is_stated(dataset: Dataset, subject: str, property_: str, object_: str) -> bool:
    triple = {"subject": subject, "property": property_, "object": object_}
    rows = select(dataset, _BETWEEN, **{name: URIRef(iri) for name, iri in triple.items()})
    return any(not inferred.toPython() for *_, inferred in rows)


def _agreements(holdings: Holdings, first: set[str], second: set[str]) -> Iterable[CommonAgreement]:
    """Yield the agreements that tie someone of the one set to someone of the other."""
    for iri, agreement in holdings.agreements.items():
        everyone = agreement.parties | agreement.prospective
        pairs = [(a, b) for a in sorted(first) for b in sorted(second) if a != b]
        pair = next((p for p in pairs if set(p) <= everyone.keys()), None)
        if pair is not None:
            records = (iri, *(everyone[party] for party in pair))
            actual = set(pair) <= agreement.parties.keys()
            yield CommonAgreement(agreement, pair, actual, _evidence(holdings, records))


def _related(holdings: Holdings, first: str, second: str) -> Iterable[CommonAgreement]:
    """Yield the agreements that tie the families of two, unless they are of one family."""
    families = [_family(holdings, iri) for iri in (first, second)]
    if families[0] & families[1]:
        return
    for common in _agreements(holdings, *families):
        both = common.agreement.parties.keys() | common.agreement.prospective.keys()
        if not {first, second} <= both:
            yield common


def _family(holdings: Holdings, iri: str) -> set[str]:
    """Return an organisation with what it is a unit of and what is a unit of it."""
    organizations = holdings.organizations
    units = {o.iri for o in organizations.values() if iri in o.parents}
    return {iri, *organizations[iri].parents, *units}


def _undertakings(
    holdings: Holdings, first: str, second: str
) -> dict[str, tuple[list[Tie], list[str]]]:
    """Return ties and hosts of what both take part in, planned or not, or host."""
    pair = (first, second)
    ties: dict[str, list[Tie]] = {}
    for tie in holdings.ties:
        if tie.kind == "participation" and tie.source in pair:
            ties.setdefault(tie.target, []).append(tie)
    found = {}
    for iri, present in ties.items():
        hosts = [host for host in pair if host in holdings.initiatives[iri].hosts]
        if {tie.source for tie in present} | set(hosts) >= set(pair):
            found[iri] = (present, hosts)
    return found


def _common(
    holdings: Holdings,
    iri: str,
    ties: list[Tie],
    hosts: list[str],
    reasons: dict[Triple, Reason],
) -> CommonUndertaking:
    because = (reasons.get((_term(iri), _term(str(TH.hostedBy)), _term(h))) for h in hosts)
    return CommonUndertaking(
        holdings.initiatives[iri],
        tuple(ties),
        tuple(hosts),
        tuple(reason for reason in because if reason is not None),
        _evidence(holdings, (tie.iri for tie in ties)),
    )


def _direct(dataset: Dataset, holdings: Holdings, first: str, second: str) -> Iterable[DirectTie]:
    """Yield the relations whose two ends are the two organisations."""
    for tie in holdings.ties:
        if {tie.source, tie.target} == {first, second}:
            rows = select(dataset, _STATED_TYPE, relation=URIRef(tie.iri))
            kind = min((slug(type_) for _, type_ in rows), default=tie.kind)
            yield DirectTie(tie, kind, tuple(holdings.evidence.get(tie.iri, ())))


def _evidence(holdings: Holdings, records: Iterable[str]) -> tuple[Evidence, ...]:
    return tuple(sort_evidence(e for r in records for e in holdings.evidence.get(r, ())))
