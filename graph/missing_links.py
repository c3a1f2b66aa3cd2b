"""Missing collaborations: pairs that share partners and themes but no undertaking.

They are scored (:mod:`graph.link_scores`) and the list is judged on what happened later
(:mod:`graph.link_judgement`); the verdict is part of the result, also where it is that the list
is not better than chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import networkx as nx

from graph.concepts import nearest
from graph.dates import PartialDate, parse_lexical
from graph.evidence import Evidence
from graph.gap_reasons import GapReason, Name, assign_ranks
from graph.gaps import Holdings
from graph.involvement import (
    Involvement,
    find_involvements,
    gather_evidence,
    group_by_undertaking,
)
from graph.link_judgement import Judgement, judge_links, order
from graph.link_scores import Pair, Score, score_pairs
from graph.meetings import Meeting, collect_themes, join_members
from graph.model import read_model
from graph.namespaces import TH, slug
from graph.organizations import Organization


@dataclass(frozen=True, slots=True)
class MissingLink:
    """Two organisations that share partners and themes but no undertaking, and their scores."""

    first: Organization
    second: Organization
    score: Score
    partners: tuple[str, ...]
    themes: tuple[str, ...]
    reasons: tuple[GapReason, ...]
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class MissingLinks:
    """The best missing links, how many there are in all, and what the list is worth."""

    links: tuple[MissingLink, ...]
    candidates: int
    judgement: Judgement


def find_missing_links(
    holdings: Holdings,
    on: date,
    *,
    limit: int = 100,
    split: date | None = None,
    seed: int = 0,
    labels: Mapping[str, Name] | None = None,
) -> MissingLinks:
    """Return up to ``limit`` missing links by a date, and whether such a list beats chance.

    Unnamed groups are left out of the network. Facilities and councils count as partners, but
    no collaboration is proposed to them, nor between a body and its units or units of one body.
    ``labels`` name the themes. Ordered by resource allocation, then by themes in common.
    """
    involvements = [
        i
        for i in find_involvements(holdings, on)
        if not holdings.organizations[i.organization].is_group
    ]
    meetings = list(_meetings(holdings, involvements))
    neighbours, themes = join_members(meetings), collect_themes(meetings)
    apart = _Apart(holdings)
    scored = {
        pair: score
        for pair, score in score_pairs(neighbours, themes).items()
        if apart.may_meet(*pair)
    }
    best = sorted(scored, key=lambda pair: order(scored[pair], pair))[:limit]
    teller = _Teller(holdings, involvements, neighbours, themes, labels or {})
    links = assign_ranks(
        [teller.tell(pair, scored[pair]) for pair in best],
        lambda link: order(link.score, ("", ""))[:2],
        lambda link: f"{link.first.iri} {link.second.iri}",
    )
    judgement = judge_links(meetings, split=split, seed=seed, may_meet=apart.may_meet)
    return MissingLinks(tuple(links), len(scored), judgement)


def score_missing_links(
    network: nx.Graph[str], themes: Mapping[str, Iterable[str]]
) -> dict[Pair, Score]:
    """Return the scores of all pairs of a network without a tie that share a partner and a theme.

    >>> network = nx.Graph([("a", "z"), ("b", "z")])
    >>> score_missing_links(network, {"a": {"drones"}, "b": {"drones"}})[("a", "b")].partners
    1
    """
    neighbours = {node: set(network[node]) - {node} for node in network}
    return score_pairs(neighbours, {node: set(found) for node, found in themes.items()})


def _meetings(holdings: Holdings, involvements: Iterable[Involvement]) -> Iterator[Meeting]:
    """Yield undertakings with their members; narrow themes only, since wide ones fit all."""
    initiatives = holdings.initiatives
    stated = {iri: thing.themes for iri, thing in initiatives.items()}
    parents = {iri: thing.parents for iri, thing in initiatives.items()}
    for undertaking, involved in group_by_undertaking(involvements).items():
        joined: dict[str, PartialDate | None] = {}
        for i in involved:
            start = parse_lexical(i.start) if i.start else None
            known = joined.setdefault(i.organization, start)
            # Of two parts in it the earlier counts.
            if known and start and start.earliest < known.earliest:
                joined[i.organization] = start
        themes = frozenset(nearest(undertaking, stated, parents))
        yield Meeting(undertaking, joined, themes)


class _Apart:
    """Who can be proposed to whom."""

    def __init__(self, holdings: Holdings) -> None:
        model = read_model()
        types = {o.type for o in holdings.organizations.values()}
        self._silent = {t for t in types if (TH[t], TH.noParty, None) in model}
        self._organizations = holdings.organizations

    def may_meet(self, first: str, second: str) -> bool:
        """Whether both can work together and are no parts of one body."""
        one, other = self._organizations[first], self._organizations[second]
        if {one.type, other.type} & self._silent:
            return False
        return not {first, *one.parents} & {second, *other.parents}


class _Teller:
    """Tells why two organisations are a missing link."""

    def __init__(
        self,
        holdings: Holdings,
        involvements: Iterable[Involvement],
        neighbours: Mapping[str, set[str]],
        themes: Mapping[str, set[str]],
        labels: Mapping[str, Name],
    ) -> None:
        self.holdings, self.neighbours, self.themes = holdings, neighbours, themes
        self.labels = labels
        self.involved: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for i in involvements:
            self.involved[i.organization][i.undertaking].add(i.record)
        self.planned: dict[str, set[str]] = defaultdict(set)
        self.around: dict[str, set[str]] = defaultdict(set)
        for tie in holdings.ties:
            if tie.kind == "participation":
                hosts = holdings.initiatives[tie.target].hosts
                self.around[tie.target] |= {tie.source, *hosts}
                if not tie.actual:
                    self.planned[tie.source].add(tie.target)

    def tell(self, pair: Pair, score: Score) -> MissingLink:
        """Return the link of a pair, with the evidence of how both meet their common partners."""
        first, second = pair
        partners = tuple(sorted(self.neighbours[first] & self.neighbours[second]))
        themes = tuple(sorted(self.themes[first] & self.themes[second]))
        return MissingLink(
            first=self.holdings.organizations[first],
            second=self.holdings.organizations[second],
            score=score,
            partners=partners,
            themes=themes,
            reasons=tuple(self._reasons(pair, partners, themes)),
            evidence=gather_evidence(
                self.holdings, {r for one in pair for p in partners for r in self._meet(one, p)}
            ),
        )

    def _meet(self, one: str, other: str) -> set[str]:
        """Return the records of both in what they share."""
        mine, theirs = self.involved[one], self.involved[other]
        return {r for u in mine.keys() & theirs.keys() for r in mine[u] | theirs[u]}

    def _reasons(
        self, pair: Pair, partners: tuple[str, ...], themes: tuple[str, ...]
    ) -> Iterator[GapReason]:
        names = tuple(self.holdings.organizations[iri].names for iri in partners)
        yield GapReason("shared_partners", {"count": len(partners), "partners": names})
        called = tuple(self.labels.get(theme, {"ko": slug(theme)}) for theme in themes)
        yield GapReason("shared_themes", {"themes": called})
        agreements = [
            a.labels for a in self.holdings.agreements.values() if a.parties.keys() >= set(pair)
        ]
        if agreements:
            yield GapReason("have_agreement", {"agreements": tuple(agreements)})
        planned = sorted(self._planned(*pair) | self._planned(*reversed(pair)))
        if planned:
            things = tuple(self.holdings.initiatives[iri].labels for iri in planned)
            yield GapReason("plan_together", {"undertakings": things})

    def _planned(self, one: str, other: str) -> set[str]:
        """Return where one plans to take part, and the other does, plans to, or is host."""
        return {u for u in self.planned[one] if other in self.around[u]}
