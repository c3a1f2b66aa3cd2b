"""What of a report the network map shows: every organisation with a tie, and one line per tie.

Between two organisations there may be several lines: one for each agreement in force, one dashed
line when a host and its partner have none, otherwise one for their joint work or meetings, and
one for each agreement or participation that is only planned.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from graph.agreements import IN_FORCE_STATES, Agreement
from graph.evidence import Evidence, sort_evidence
from graph.gaps import Gap
from graph.namespaces import slug
from graph.stated_money import MoneyIndex
from graph.ties import Tie, strongest
from triplehelix.network_map import map_rows as rows
from triplehelix.network_map.bonds import Bond, Pair, find_bonds, tied_organizations
from triplehelix.network_map.communities import divide
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import TieKind
from triplehelix.pages.citations import agreement_evidence, gather
from triplehelix.pages.money import Amount
from triplehelix.pages.overview import document_names
from triplehelix.pages.texts import Text, concept, join, name, plain, say, title, type_name
from triplehelix.report import Report
from triplehelix.spreadsheets.table_rows import coverage

SECTORS = ("academia", "industry", "research", "government", "intermediary")
LISTED = 4
"""How many initiatives the label of a line names; the others are counted."""


def map_data(report: Report) -> MapData:
    """Return the rows of the map of a report."""
    bonds = find_bonds(report)
    ties = [
        *_agreement_ties(report),
        *_bond_ties(report, bonds),
        *_planned_ties(report, bonds),
    ]
    heading, source = title(report), say("map_source")
    meta = rows.Meta(heading.ko, heading.en, report.on.isoformat(), source.ko, source.en)
    organizations = tuple(_organizations(report, bonds))
    taken = {initiative for tie in ties for initiative in tie.initiatives}
    subjects = _Subjects(report, taken, {row.id for row in organizations})
    cited = {item.document for tie in ties for item in tie.evidence}
    documents = {id_: text for id_, text in document_names(report).items() if id_ in cited}
    data = MapData(
        meta,
        organizations,
        tuple(ties),
        tuple(rows.Sector(code, *concept(report, code)) for code in _sectors(report)),
        tuple(rows.Document(identifier, *text) for identifier, text in documents.items()),
        tuple(subjects.initiatives()),
        tuple(rows.Theme(slug(iri), *name(report, iri)) for iri in subjects.themes()),
        tuple(rows.Place(slug(iri), *name(report, iri)) for iri in subjects.places()),
        tuple(rows.Rung(rung, *concept(report, rung)) for rung in _rungs(report)),
    )
    return divide(data)


def _rungs(report: Report) -> list[str]:
    ranks = report.holdings.ranks
    return sorted(ranks, key=lambda rung: (ranks[rung], rung))


def _slugs(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(slug, iris)))


def _sectors(report: Report) -> list[str]:
    """Return the sectors, the usual five first, then any others that an ontology adds."""
    found = {o.sector for o in report.holdings.organizations.values() if o.sector}
    return [*SECTORS, *sorted(found - {*SECTORS})]


def _organizations(report: Report, bonds: dict[Pair, Bond]) -> Iterator[rows.Organization]:
    """Yield every organisation that is an end of any tie, or hosts what others take part in."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for pair, bond in bonds.items():
        for end in pair if bond.initiatives else ():
            neighbours[end] |= pair - {end}
    hubs = {hub.organization.iri: hub for hub in report.hubs}
    tied = tied_organizations(report)
    for iri, organization in report.holdings.organizations.items():
        if iri not in tied:
            continue
        hub = hubs.get(iri)
        type_ = type_name(report, organization.type)
        yield rows.Organization(
            organization.id,
            organization.label("ko"),
            organization.names.get("en", ""),
            tuple(sorted(organization.aliases)),
            organization.sector or None,
            type_.ko,
            type_.en,
            degree=len(neighbours[iri]),
            strength=float(hub.strength) if hub else 0.0,
            betweenness=hub.betweenness if hub else 0.0,
            places=_slugs(organization.all_places),
            group=organization.is_group,
        )


def _hosts(report: Report, tie: Tie) -> set[str]:
    initiative = report.holdings.initiatives.get(tie.target)
    return initiative.hosts if initiative else set()


def _agreement_ties(report: Report) -> Iterator[rows.Tie]:
    """Yield a line for each two parties of an agreement that is in force, or intended."""
    kinds: dict[str, TieKind] = dict.fromkeys(IN_FORCE_STATES, TieKind.AGREEMENT)
    kinds |= dict.fromkeys(("planned", "under_review", "signed"), TieKind.PLANNED)
    for agreement in report.holdings.agreements.values():
        kind = kinds.get(report.status(agreement))
        if kind is None:
            continue
        for one, two in combinations(sorted(agreement.parties | agreement.prospective), 2):
            yield _tie(
                report,
                frozenset((one, two)),
                kind,
                _agreement_label(report, agreement),
                agreement_evidence(report, agreement),
                rung="agreement",
                since=agreement.start or agreement.signed,
                until=agreement.end,
                initiatives=agreement.initiatives,
                themes=agreement.themes,
            )


def _agreement_label(report: Report, agreement: Agreement) -> Text:
    label = Text(agreement.label("ko"), agreement.label("en"))
    return join([label, say(f"status_{report.status(agreement)}")], " · ")


def _bond_ties(report: Report, bonds: dict[Pair, Bond]) -> Iterator[rows.Tie]:
    """Yield one line for what two share: dashed where a host lacks an agreement with a partner."""
    gaps = find_actual_gaps(report)
    ranks = report.holdings.ranks
    for pair, bond in sorted(bonds.items(), key=lambda item: sorted(item[0])):
        evidence = gather(report, bond.records)
        if pair in gaps:
            label = _gap_label(report, gaps[pair])
            kind, count = TieKind.GAP, len(bond.initiatives) or 1
        else:
            works = ranks.get(bond.rung, 0) >= ranks.get("programme", 0)
            kind = TieKind.JOINT_WORK if works else TieKind.MEETING
            label = _bond_label(report, bond)
            count = len(bond.initiatives) + len(bond.affiliations)
        yield _tie(
            report,
            pair,
            kind,
            label,
            evidence,
            count=count,
            rung=bond.rung,
            initiatives=bond.initiatives,
        )


def find_actual_gaps(report: Report) -> dict[Pair, Gap]:
    """Return the open gaps with actual ties, one for each pair (both ends may be hosts)."""
    actual = (gap for gap in reversed(report.gaps) if gap.actual and not gap.waived)
    return {frozenset((gap.host.iri, gap.partner.iri)): gap for gap in actual}


def _gap_label(report: Report, gap: Gap) -> Text:
    listed = _listed(report, (initiative.iri for initiative in gap.initiatives))
    parts = [say("map_gap"), listed]
    if gap.covered_through:
        parts.append(coverage(report, gap))
    return join(parts, " · ")


def _bond_label(report: Report, bond: Bond) -> Text:
    parts = list(dict.fromkeys(concept(report, t.rung) for t in bond.affiliations if t.rung))
    if bond.initiatives:
        parts.append(_listed(report, bond.initiatives))
    return join(parts, " · ")


def _listed(report: Report, initiatives: Iterable[str]) -> Text:
    iris = sorted(initiatives)
    texts = [name(report, iri) for iri in iris[:LISTED]]
    if len(iris) > LISTED:
        texts.append(say("count_more", count=len(iris) - LISTED))
    return join(texts)


def _planned_ties(report: Report, bonds: dict[Pair, Bond]) -> Iterator[rows.Tie]:
    """Yield one line for host and partner whose participation is only planned."""
    planned: dict[Pair, list[Tie]] = defaultdict(list)
    for tie in report.holdings.ties:
        if tie.kind == "participation" and not tie.actual:
            for host in _hosts(report, tie) - {tie.source}:
                planned[frozenset((host, tie.source))].append(tie)
    for pair, ties in sorted(planned.items(), key=lambda item: sorted(item[0])):
        if pair in bonds:
            continue
        targets = {tie.target for tie in ties}
        degrees = dict.fromkeys(concept(report, tie.modality) for tie in ties if tie.modality)
        label = join([*degrees, _listed(report, targets)], " · ")
        evidence = gather(report, (tie.iri for tie in ties))
        yield _tie(
            report,
            pair,
            TieKind.PLANNED,
            label,
            evidence,
            count=len(targets),
            rung=strongest(ties, report.holdings.ranks),
            initiatives=targets,
        )


def _tie(
    report: Report,
    pair: Pair,
    kind: TieKind,
    label: Text,
    evidence: Iterable[Evidence],
    *,
    count: int = 1,
    rung: str,
    since: str = "",
    until: str = "",
    initiatives: Iterable[str] = (),
    themes: Iterable[str] = (),
) -> rows.Tie:
    source, target = sorted(map(slug, pair))
    items = tuple(
        rows.EvidenceItem(e.document, e.lines or e.locator, e.quote, concept(report, e.basis).both)
        for e in sort_evidence(evidence)
    )
    return rows.Tie(
        source,
        target,
        kind,
        count,
        label.ko,
        label.en,
        rung,
        since,
        until,
        _slugs(initiatives),
        _slugs(themes),
        items,
    )


class _Subjects:
    """What the ties are about: initiatives, and the themes and places of these and of others."""

    def __init__(self, report: Report, taken: set[str], drawn: set[str]) -> None:
        self._report = report
        self._drawn = drawn
        holdings = report.holdings
        self._taken = [i for i in holdings.initiatives.values() if i.id in taken]
        self._index = MoneyIndex(report.cells(), holdings.initiatives)
        self._organizations = [o for o in holdings.organizations.values() if o.id in drawn]

    def initiatives(self) -> Iterator[rows.Initiative]:
        """Yield what ties stand for; hosts that the map does not show are left out."""
        for known in self._taken:
            names = name(self._report, known.iri)
            yield rows.Initiative(
                known.id,
                names.ko,
                names.en,
                known.is_event,
                _slugs(known.all_themes),
                _slugs(known.all_places),
                tuple(host for host in _slugs(known.hosts) if host in self._drawn),
                known.start,
                known.end,
                *self._money(known.iri),
            )

    def _money(self, initiative: str) -> Text:
        """Return what is printed for it in each phase, in million won."""
        found = self._index.find([initiative], self._report.on)
        return join(
            say(
                "map_money",
                phase=concept(self._report, money.phase),
                million=plain(Amount(money.amount).million),
                year=plain(f" ({money.year})" if money.year else ""),
            )
            for money in found
            if not money.above
        )

    def themes(self) -> list[str]:
        """Return the themes of initiatives and agreements."""
        agreements = self._report.holdings.agreements.values()
        return sorted(
            set().union(*(i.all_themes for i in self._taken), *(a.themes for a in agreements))
        )

    def places(self) -> list[str]:
        """Return the places of initiatives and organisations."""
        return sorted(
            set().union(
                *(i.all_places for i in self._taken), *(o.all_places for o in self._organizations)
            )
        )
