"""Networks from the ties of the graph, each under a restriction that is part of the result.

What a tie leads to decides what becomes of it: organisations that lead to the same undertaking or
the same agreement are joined, and a tie from one organisation to another joins the two. No kind of
tie is known by name here; a relation class that the ontology declares tomorrow is a tie like any
other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import networkx as nx

from graph.gaps import Holdings
from graph.restriction import Restriction
from graph.selection import Selection, bodies, select_ties
from graph.ties import Tie, strongest

if TYPE_CHECKING:
    from graph.projection import Weighting

NetworkKind = Literal["participations", "organizations", "agreements", "affiliations", "all"]
NETWORK_KINDS: tuple[NetworkKind, ...] = (
    "participations",
    "organizations",
    "agreements",
    "affiliations",
    "all",
)
EVENT = "event"
"""The kind of an edge to an event: taking part in an event is weaker than in an initiative."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network with what it was made from.

    ``graph``: nodes are IRIs with ``id``, ``label_ko``, ``label_en``, ``type``, ``kind``
    (organization, group, initiative or event) and ``sector``. Edges have ``kinds``, ``actual``,
    ``rung`` (the highest that both ends reach), ``ties`` (the IRIs of the records behind them, to
    which the evidence belongs), and between organisations ``shared`` (what both lead to, or the
    tie itself) and ``weight`` (how many that are).
    ``ties``: all of them, with those of hosts. ``selection`` counts what the restriction left out.
    """

    kind: NetworkKind
    graph: nx.Graph[str]
    restriction: Restriction
    selection: Selection
    ties: tuple[Tie, ...]
    initiatives: frozenset[str]
    events: frozenset[str]
    agreements: frozenset[str]


def build_network(
    holdings: Holdings,
    kind: NetworkKind = "organizations",
    restriction: Restriction | None = None,
    weighting: Weighting = "count",
) -> Network:
    """Return a network of the ties that meet a restriction, by default of all actual ones.

    * "participations": the two-mode network of organisations (``bipartite`` 0) and what they take
      part in (1); edges have ``roles``.
    * "organizations": its projection, weighted as :mod:`graph.projection` tells.
    * "agreements": parties of the same agreement; with ``restriction.on``, of those in force.
    * "affiliations": organisations with a tie from one to the other.
    * "all": a multigraph that keeps the kinds apart; the key of an edge is its kind.

    Raises:
        ValueError: there is no such network, or no such weighting.
    """
    if kind not in NETWORK_KINDS:
        raise ValueError(f"there is no network {kind!r}; networks: {', '.join(NETWORK_KINDS)}")
    restriction = restriction or Restriction()
    selection = select_ties(holdings, restriction)
    found = (*selection.ties, *selection.hosting)
    ties = tuple(tie for tie in found if kind in _networks_of(holdings, tie))
    graph = _make_graph(holdings, kind, ties, restriction, weighting)
    _describe_nodes(graph, holdings)
    led = {tie.target for tie in ties}
    events = frozenset(iri for iri in led if _is_event(holdings, iri))
    initiatives = frozenset(led & holdings.initiatives.keys()) - events
    agreements = frozenset(led & holdings.agreements.keys())
    return Network(kind, graph, restriction, selection, ties, initiatives, events, agreements)


def _make_graph(
    holdings: Holdings,
    kind: NetworkKind,
    ties: Collection[Tie],
    restriction: Restriction,
    weighting: Weighting,
) -> nx.Graph[str]:
    if kind == "participations":
        return _two_modes(holdings, ties, restriction)
    if kind == "organizations":
        two_modes = _two_modes(holdings, ties, restriction)
        return _project_with_ties(two_modes, holdings, weighting)
    return _one_mode(holdings, ties, restriction, apart=kind == "all")


def two_mode_network(holdings: Holdings, on: date | None = None) -> nx.Graph[str]:
    """Return the bipartite network of organisations (0) and initiatives or events (1).

    Actual participations only; hosts are tied to what they host. With a date, what began after
    it is left out. Nodes carry ``bipartite``; edges carry the roles of their ties.
    """
    restriction = Restriction(on=on)
    selection = select_ties(holdings, restriction)
    ties = [tie for tie in selection.ties if tie.target in holdings.initiatives]
    return _two_modes(holdings, [*ties, *selection.hosting], restriction)


def project(network: nx.Graph[str]) -> nx.Graph[str]:
    """Return the one-mode network of organisations; an edge's weight counts shared initiatives.

    See Newman, *Networks* (2nd ed., 2018), section 6.6, on one-mode projections.
    """
    nodes = [node for node in network if network.nodes[node]["bipartite"] == 0]
    if not nodes:
        return nx.Graph()
    projected: nx.Graph[str] = nx.bipartite.weighted_projected_graph(network, nodes)
    return projected


def _networks_of(holdings: Holdings, tie: Tie) -> Collection[NetworkKind]:
    """Return the networks that a tie belongs to, by what it leads to."""
    if tie.target in holdings.initiatives:
        return ("participations", "organizations", "all")
    return ("agreements" if tie.target in holdings.agreements else "affiliations", "all")


def _is_event(holdings: Holdings, iri: str) -> bool:
    return iri in holdings.initiatives and holdings.initiatives[iri].is_event


def _kind(holdings: Holdings, tie: Tie) -> str:
    return EVENT if _is_event(holdings, tie.target) else tie.kind


def _two_modes(holdings: Holdings, ties: Iterable[Tie], restriction: Restriction) -> nx.Graph[str]:
    network: nx.Graph[str] = nx.Graph()
    behind: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        for body in bodies(holdings, tie.source, restriction.level):
            behind[body, tie.target].append(tie)
    for (body, target), found in behind.items():
        network.add_node(body, bipartite=0)
        network.add_node(target, bipartite=1)
        roles = {tie.role for tie in found}
        network.add_edge(body, target, roles=roles, **_facts(holdings, found))
    return network


def _facts(holdings: Holdings, ties: Collection[Tie]) -> dict[str, Any]:
    """Return what an edge says of the ties behind it."""
    return {
        "actual": any(tie.actual for tie in ties),
        "kinds": {_kind(holdings, tie) for tie in ties},
        "rung": strongest(ties, holdings.ranks),
        "ties": {tie.iri for tie in ties},
    }


def _project_with_ties(
    network: nx.Graph[str], holdings: Holdings, weighting: Weighting
) -> nx.Graph[str]:
    """Return the projection whose edges name what is shared and the ties behind it.

    The rung of an edge is the highest that both organisations reach in the same undertaking.
    """
    from graph.projection import project_two_mode  # NumPy takes long to import.

    projected = project_two_mode(network, weighting)
    for one, other, facts in projected.edges(data=True):
        shared = set(network[one]) & set(network[other])
        edges = [(network[one][thing], network[other][thing]) for thing in shared]
        rungs = [min(a["rung"], b["rung"], key=_rank(holdings)) for a, b in edges]
        facts["shared"] = shared
        facts["kinds"] = {kind for a, b in edges for kind in a["kinds"] | b["kinds"]}
        facts["rung"] = max(rungs, key=_rank(holdings))
        facts["actual"] = any(a["actual"] and b["actual"] for a, b in edges)
        facts["ties"] = {tie for a, b in edges for tie in a["ties"] | b["ties"]}
    return projected


def _rank(holdings: Holdings) -> Any:
    return lambda rung: (holdings.ranks.get(rung, 0), rung)


def _one_mode(
    holdings: Holdings, ties: Collection[Tie], restriction: Restriction, *, apart: bool
) -> nx.Graph[str]:
    """Return organisations joined by what they share, or by one edge for each kind of tie."""
    network: nx.Graph[str] = nx.MultiGraph() if apart else nx.Graph()
    for tie in ties:
        network.add_nodes_from(bodies(holdings, tie.source, restriction.level))
    behind: defaultdict[tuple[str, str, str], list[_Joint]] = defaultdict(list)
    for joint in _joints(holdings, ties, restriction):
        behind[joint.one, joint.other, joint.kind if apart else ""].append(joint)
    for (one, other, kind), joints in sorted(behind.items()):
        found = [tie for joint in joints for tie in joint.ties]
        facts = _facts(holdings, found)
        facts["rung"] = max((joint.rung for joint in joints), key=_rank(holdings))
        facts["shared"] = {joint.shared for joint in joints}
        facts["weight"] = len(facts["shared"])
        network.add_edge(one, other, **({"key": kind} if apart else {}), **facts)
    return network


@dataclass(frozen=True, slots=True)
class _Joint:
    """Two organisations, the first in order before the other, and one thing that joins them."""

    one: str
    other: str
    kind: str
    shared: str
    rung: str
    ties: tuple[Tie, ...]


def _joints(holdings: Holdings, ties: Iterable[Tie], restriction: Restriction) -> Iterator[_Joint]:
    """Yield what joins organisations: a tie between the two, or something that both lead to."""
    around: defaultdict[str, defaultdict[str, list[Tie]]]
    around = defaultdict(lambda: defaultdict(list))
    for tie in ties:
        for body in bodies(holdings, tie.source, restriction.level):
            if tie.target not in holdings.organizations:
                around[tie.target][body].append(tie)
                continue
            for end in bodies(holdings, tie.target, restriction.level):
                if end != body:
                    one, other = min(body, end), max(body, end)
                    yield _Joint(one, other, _kind(holdings, tie), tie.iri, tie.rung, (tie,))
    for shared, found in around.items():
        reached = {body: strongest(found[body], holdings.ranks) for body in sorted(found)}
        for one, other in combinations(reached, 2):
            rung = min(reached[one], reached[other], key=_rank(holdings))
            for kind in _common_kinds(holdings, found[one], found[other]):
                yield _Joint(one, other, kind, shared, rung, (*found[one], *found[other]))


def _common_kinds(holdings: Holdings, some: Iterable[Tie], others: Iterable[Tie]) -> list[str]:
    """Return the kinds in which two lead to the same thing; all kinds when none is the same."""
    here, there = ({_kind(holdings, tie) for tie in ties} for ties in (some, others))
    return sorted(here & there or here | there)


def _describe_nodes(network: nx.Graph[str], holdings: Holdings) -> None:
    for node, attributes in network.nodes.items():
        organization = holdings.organizations.get(node)
        named = organization or holdings.initiatives[node]
        attributes["id"] = named.id
        attributes["label_ko"] = named.label("ko")
        attributes["label_en"] = named.label("en")
        attributes["type"] = named.type
        attributes["sector"] = organization.sector if organization else ""
        if organization:
            attributes["kind"] = "group" if organization.is_group else "organization"
        else:
            attributes["kind"] = EVENT if _is_event(holdings, node) else "initiative"
