"""Weakly tied organisations: one tie, one broker, or a component apart from the largest.

The network is that of organisations that take part in the same initiatives and events. Not to be
mixed up with the "weak ties" of Granovetter (1973): here it is the position that is weak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import networkx as nx

from graph.evidence import Evidence
from graph.gap_reasons import GapReason, Value, assign_ranks
from graph.gaps import Holdings
from graph.involvement import find_involvements, gather_evidence
from graph.network import project
from graph.organizations import Organization
from graph.structure import find_cut_points

WeakTieKind = Literal["apart", "single_broker", "single_partner", "single_undertaking"]
_ORDER: tuple[WeakTieKind, ...] = (
    "apart",
    "single_broker",
    "single_partner",
    "single_undertaking",
)


@dataclass(frozen=True, slots=True)
class WeakTie:
    """Organisations in a weak position; ``broker`` is the one they depend on, where there is one.

    ``organizations`` are the members of a component for ``apart``, else those who depend on the
    broker together, or one. ``undertakings`` are what ties them.
    """

    kind: WeakTieKind
    organizations: tuple[Organization, ...]
    undertakings: tuple[str, ...]
    reasons: tuple[GapReason, ...]
    broker: Organization | None = None
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def find_weak_ties(holdings: Holdings, on: date) -> list[WeakTie]:
    """Return the organisations in a weak position by a date.

    *apart*: a component other than the largest. *single_broker*: all paths of several to the
    largest piece of the largest component lead through one organisation; what it cuts off is
    found by :func:`graph.structure.find_cut_points`. *single_partner*: it shares undertakings
    with one other only. *single_undertaking*: it has several partners, and one undertaking is
    all that ties it to them. Unnamed groups count as neighbours, since somebody stands behind
    them, and are never listed by themselves.

    Ordered by kind as above; then those who concern more organisations; then those with fewer
    undertakings.
    """
    tied = _Tied(holdings, on)
    found = [*_apart(tied), *_depending(tied), *_single(tied)]
    return assign_ranks(
        found,
        lambda gap: (_ORDER.index(gap.kind), -len(gap.organizations), len(gap.undertakings)),
        lambda gap: gap.organizations[0].label("ko"),
    )


class _Tied:
    """The network by a date, its components, and what ties its organisations to others."""

    def __init__(self, holdings: Holdings, on: date) -> None:
        self.holdings = holdings
        self.two_mode: nx.Graph[str] = nx.Graph()
        self.records: dict[str, set[str]] = {}
        for i in find_involvements(holdings, on):
            self.two_mode.add_node(i.organization, bipartite=0)
            self.two_mode.add_node(i.undertaking, bipartite=1)
            self.two_mode.add_edge(i.organization, i.undertaking)
            self.records.setdefault(i.organization, set()).add(i.record)
        self.network = project(self.two_mode)
        components = nx.connected_components(self.network)
        self.components = sorted(components, key=lambda c: (-len(c), min(c)))

    def named(self, iris: Iterable[str]) -> tuple[Organization, ...]:
        """Return the organisations that are no unnamed groups, by name."""
        found = [self.holdings.organizations[iri] for iri in iris]
        named = [o for o in found if not o.is_group]
        return tuple(sorted(named, key=lambda o: (o.label("ko"), o.iri)))

    def tying(self, iri: str) -> list[str]:
        """Return the undertakings in which an organisation meets others."""
        return sorted(u for u in self.two_mode[iri] if self.two_mode.degree(u) > 1)

    def gap(
        self, kind: WeakTieKind, members: Iterable[str], reason: GapReason, broker: str = ""
    ) -> WeakTie:
        """Return a gap of some organisations, with all that they take part in."""
        members = set(members)
        return WeakTie(
            kind=kind,
            organizations=self.named(members),
            undertakings=tuple(sorted({u for m in members for u in self.two_mode[m]})),
            reasons=(reason,),
            broker=self.holdings.organizations[broker] if broker else None,
            evidence=gather_evidence(self.holdings, {r for m in members for r in self.records[m]}),
        )


def _apart(tied: _Tied) -> Iterator[WeakTie]:
    for component in tied.components[1:]:
        if tied.named(component):
            values = {"members": len(component), "largest": len(tied.components[0])}
            yield tied.gap("apart", component, GapReason("apart", values))


def _depending(tied: _Tied) -> Iterator[WeakTie]:
    if not tied.components:
        return
    largest = tied.network.subgraph(tied.components[0])
    for broker, pieces in find_cut_points(largest).items():
        for piece in pieces:
            # One alone behind a broker has no other partner, and is told as such.
            if len(piece) > 1 and tied.named(piece):
                name = tied.holdings.organizations[broker].names
                reason = GapReason("single_broker", {"broker": name, "members": len(piece)})
                yield tied.gap("single_broker", piece, reason, broker)


def _single(tied: _Tied) -> Iterator[WeakTie]:
    for iri in sorted(tied.network):
        partners = sorted(tied.network[iri])
        undertakings = tied.tying(iri)
        if not partners or not tied.named([iri]):
            continue
        initiatives = tied.holdings.initiatives
        names = tuple(initiatives[u].labels for u in undertakings)
        if len(partners) == 1:
            partner = tied.holdings.organizations[partners[0]].names
            reason = GapReason("single_partner", {"partner": partner, "undertakings": names})
            yield tied.gap("single_partner", [iri], reason, partners[0])
        elif len(undertakings) == 1:
            values: dict[str, Value] = {"undertakings": names, "partners": len(partners)}
            yield tied.gap("single_undertaking", [iri], GapReason("single_undertaking", values))
