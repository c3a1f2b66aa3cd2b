"""The lines of the map: what of a report ties two organisations, at unit and at parent level.

Between two organisations there may be several lines: one for each agreement in force, one dashed
line when a host and its partner have none, otherwise one for their joint work or meetings, and
one for each agreement or participation that is only planned.

At parent level the bodies that others are units of stand for them: their joint work is theirs, and
a gap is one of the gap list at parent level, drawn between those who stand for host and partner.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product
from typing import NamedTuple

from graph.agreements import IN_FORCE_STATES, Agreement
from graph.evidence import Evidence, sort_evidence
from graph.gaps import Gap, Level, find_gaps
from graph.namespaces import slug
from graph.ties import Tie, strongest
from triplehelix.network_map import map_rows as rows
from triplehelix.network_map.bonds import Bond, Pair, stand_for
from triplehelix.network_map.map_rows import TieKind
from triplehelix.network_map.subject_rows import slugs
from triplehelix.pages.citations import agreement_evidence, gather
from triplehelix.pages.texts import Text, concept, join, name, say
from triplehelix.report import Report
from triplehelix.spreadsheets.table_rows import coverage

ENDED = ("expired", "terminated", "superseded")
"""The states of an agreement that was in force, and is no more."""
LISTED = 4
"""How many initiatives the label of a line names; the others are counted."""


class Lines(NamedTuple):
    """The lines at unit level, those only of parent level, and those of ended agreements."""

    units: tuple[rows.Tie, ...]
    parents: tuple[rows.Tie, ...]
    ended: tuple[rows.Tie, ...]


def write_ties(report: Report, bonds: dict[Pair, Bond], above: dict[Pair, Bond]) -> Lines:
    """Return the lines; ``bonds`` and ``above`` are what is shared at the two levels."""
    units = list(_draw(report, "unit", bonds))
    parents = list(_draw(report, "parent", above))
    marked = [*_mark(units, parents, rows.Level.UNIT)]
    only = [t for t in _mark(parents, units, rows.Level.PARENT) if t.level is rows.Level.PARENT]
    return Lines(
        tuple(tie for tie in marked if not tie.ended),
        tuple(tie for tie in only if not tie.ended),
        tuple(tie for tie in (*marked, *only) if tie.ended),
    )


def _mark(
    ties: Iterable[rows.Tie], others: Iterable[rows.Tie], level: rows.Level
) -> Iterator[rows.Tie]:
    """Yield the lines, with the level of those that are not among the lines of the other level."""
    left = Counter(others)
    for tie in ties:
        if left[tie]:
            left[tie] -= 1
            yield tie
        else:
            yield replace(tie, level=level)


def _draw(report: Report, level: Level, bonds: dict[Pair, Bond]) -> Iterator[rows.Tie]:
    yield from _agreement_ties(report, level)
    yield from _bond_ties(report, level, bonds)
    yield from _planned_ties(report, level, bonds)


def _agreement_ties(report: Report, level: Level) -> Iterator[rows.Tie]:
    """Yield a line for each two parties of an agreement that is in force, intended, or ended.

    When an ended one was in force must be known, since it is drawn for that time only.
    """
    kinds: dict[str, TieKind] = dict.fromkeys((*IN_FORCE_STATES, *ENDED), TieKind.AGREEMENT)
    kinds |= dict.fromkeys(("planned", "under_review", "signed"), TieKind.PLANNED)
    for agreement in report.holdings.agreements.values():
        state, since = report.status(agreement), agreement.start or agreement.signed
        kind = kinds.get(state)
        if kind is None or (state in ENDED and not (since and agreement.end)):
            continue
        parties = agreement.parties.keys() | agreement.prospective.keys()
        bodies = {body for party in parties for body in stand_for(report, party, level)}
        for pair in map(frozenset, combinations(sorted(bodies), 2)):
            label = _agreement_label(report, agreement)
            yield _tie(
                report,
                pair,
                kind,
                join([label, *_units(report, _stood_for(report, level, parties, pair))], " · "),
                agreement_evidence(report, agreement),
                rung="agreement",
                since=since,
                until=agreement.end,
                initiatives=agreement.initiatives,
                themes=agreement.themes,
                ended=state in ENDED,
            )


def _agreement_label(report: Report, agreement: Agreement) -> Text:
    label = Text(agreement.label("ko"), agreement.label("en"))
    return join([label, say(f"status_{report.status(agreement)}")], " · ")


def _bond_ties(report: Report, level: Level, bonds: dict[Pair, Bond]) -> Iterator[rows.Tie]:
    """Yield one line for what two share: dashed where a host lacks an agreement with a partner."""
    gaps = find_actual_gaps(report, level)
    ranks = report.holdings.ranks
    for pair, bond in sorted(bonds.items(), key=lambda item: sorted(item[0])):
        evidence = gather(report, bond.records)
        if pair in gaps:
            label = _gap_label(report, gaps[pair], pair)
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


def find_actual_gaps(report: Report, level: Level = "unit") -> dict[Pair, list[Gap]]:
    """Return the open gaps with actual ties by who stands for the two; both may be hosts.

    At parent level a gap within one body is between no two, and left out.
    """
    holdings, on = report.holdings, report.on
    listed = report.gaps if level == "unit" else find_gaps(holdings, on, level=level)
    found: dict[Pair, list[Gap]] = defaultdict(list)
    for gap in listed:
        if gap.actual and not gap.waived:
            ends = (stand_for(report, o.iri, level) for o in (gap.host, gap.partner))
            for one, two in product(*ends):
                found[frozenset((one, two))].append(gap)
    return {pair: gaps for pair, gaps in found.items() if len(pair) == 2}


def _gap_label(report: Report, gaps: list[Gap], pair: Pair) -> Text:
    initiatives = {initiative.iri for gap in gaps for initiative in gap.initiatives}
    units = {one.iri for gap in gaps for one in (gap.host, gap.partner)} - pair
    through = dict.fromkeys(coverage(report, gap) for gap in gaps if gap.covered_through)
    told = [say("map_gap"), _listed(report, initiatives), *_units(report, units), *through]
    return join(told, " · ")


def _stood_for(report: Report, level: Level, members: Iterable[str], pair: Pair) -> set[str]:
    """Return those of some organisations for whom one of two others stands."""
    return {one for one in members if one not in pair and pair & {*stand_for(report, one, level)}}


def _units(report: Report, units: Iterable[str]) -> list[Text]:
    """Return the words for whom a body stands, at parent level."""
    return [say("map_units", names=_listed(report, units))] if units else []


def _bond_label(report: Report, bond: Bond) -> Text:
    parts = list(dict.fromkeys(concept(report, t.rung) for t in bond.affiliations if t.rung))
    if bond.initiatives:
        parts.append(_listed(report, bond.initiatives))
    return join([*parts, *_units(report, bond.units)], " · ")


def _listed(report: Report, named: Iterable[str]) -> Text:
    iris = sorted(named)
    texts = [name(report, iri) for iri in iris[:LISTED]]
    if len(iris) > LISTED:
        texts.append(say("count_more", count=len(iris) - LISTED))
    return join(texts)


def _planned_ties(report: Report, level: Level, bonds: dict[Pair, Bond]) -> Iterator[rows.Tie]:
    """Yield one line for host and partner whose participation is only planned."""
    planned: dict[Pair, list[Tie]] = defaultdict(list)
    for tie in report.holdings.ties:
        if tie.kind == "participation" and not tie.actual:
            for host in _hosts(report, tie):
                both = (stand_for(report, end, level) for end in (host, tie.source))
                for one, two in product(*both):
                    planned[frozenset((one, two))].append(tie)
    for pair, ties in sorted(planned.items(), key=lambda item: sorted(item[0])):
        if pair in bonds or len(pair) == 1:
            continue
        targets = {tie.target for tie in ties}
        degrees = dict.fromkeys(concept(report, tie.modality) for tie in ties if tie.modality)
        ends = {end for tie in ties for end in (tie.source, *_hosts(report, tie))}
        units = _units(report, _stood_for(report, level, ends, pair))
        label = join([*degrees, _listed(report, targets), *units], " · ")
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


def _hosts(report: Report, tie: Tie) -> set[str]:
    initiative = report.holdings.initiatives.get(tie.target)
    return initiative.hosts if initiative else set()


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
    ended: bool = False,
) -> rows.Tie:
    source, target = sorted(map(slug, pair))
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
        slugs(initiatives),
        slugs(themes),
        write_evidence(evidence),
        ended=ended,
    )


def write_evidence(evidence: Iterable[Evidence]) -> tuple[rows.EvidenceItem, ...]:
    """Return evidence in the order of documents and lines."""
    return tuple(
        rows.EvidenceItem(e.document, e.lines or e.locator, e.quote, e.basis)
        for e in sort_evidence(evidence)
    )
