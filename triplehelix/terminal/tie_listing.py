"""Ties of a network as listings: its backbone, and the sectors that they join."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.backbone import measure_significance
from graph.synergy import count_sector_pairs
from triplehelix.contracts import Json
from triplehelix.measures.measure_contracts import write_network, write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.listings import concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_scope, tell_value
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.network import Network


def list_backbone(network: Network, alpha: float, scope: Scope, language: str) -> Listing:
    """Return the significant ties of a network, the most significant first."""
    graph = network.graph
    found = measure_significance(graph)
    kept = sorted((value, tie) for tie, value in found.items() if value < alpha)
    ends = [[graph.nodes[end] for end in tie] for _, tie in kept]
    weights = [graph.edges[tie]["weight"] for _, tie in kept]
    names = [[str(facts[f"label_{language}"]) for facts in pair] for pair in ends]
    counts = {"count": len(kept), "ties": len(found)}
    return Listing(
        say("backbone.title", language, count=len(kept), alpha=alpha, on=scope.reading.on),
        (
            Heading(say("columns.first", language), share=1),
            Heading(say("columns.second", language), share=1),
            Heading(say("columns.weight", language), right=True),
            Heading(say("columns.significance", language), right=True),
        ),
        [
            (*pair, tell_value(weight), f"{value:.2g}")
            for pair, weight, (value, _) in zip(names, weights, kept, strict=True)
        ],
        {
            **_beside(network, scope, language),
            "alpha": alpha,
            "ties": [
                {
                    "ends": [
                        {"id": facts["id"], "label": name}
                        for facts, name in zip(pair, called, strict=True)
                    ],
                    "weight": weight,
                    "alpha": value,
                }
                for pair, called, weight, (value, _) in zip(ends, names, weights, kept, strict=True)
            ],
        },
        empty=_tell_none(found.values(), alpha, language) if not kept else "",
        note=say("backbone.note", language, **counts),
        lead=tell_scope(scope, language, network),
    )


def _tell_none(values: Iterable[float], alpha: float, language: str) -> str:
    """Return why there is no backbone: no tie at all, or none that is significant."""
    found = list(values)
    if not found:
        return say("backbone.no_ties", language)
    least = f"{min(found):.2g}"
    return say("backbone.empty", language, alpha=alpha, ties=len(found), least=least)


def list_sector_pairs(network: Network, scope: Scope, language: str) -> Listing:
    """Return how many ties join each two sectors, the most frequent first."""
    graph = network.graph
    sectors = {node: str(sector) for node, sector in graph.nodes(data="sector")}
    counts = count_sector_pairs(graph.edges(), sectors)
    total = sum(counts.values())
    unknown = say("sector_pairs.unknown", language)
    return Listing(
        say("sector_pairs.title", language, on=scope.reading.on),
        (
            Heading(say("columns.sector", language), share=1),
            Heading(say("columns.sector", language), share=1),
            Heading(say("columns.ties", language), right=True),
            Heading(say("columns.share", language), right=True),
        ),
        [
            (*(concept(s, language) or unknown for s in pair), f"{n}", f"{n / total:.1%}")
            for pair, n in counts.items()
        ],
        {
            **_beside(network, scope, language),
            "pairs": [
                {"sectors": [sector or None for sector in pair], "ties": n, "share": n / total}
                for pair, n in counts.items()
            ],
        },
        empty=say("sector_pairs.empty", language),
        lead=tell_scope(scope, language, network),
    )


def _beside(network: Network, scope: Scope, language: str) -> Json:
    return {
        "on": scope.reading.on.isoformat(),
        "restriction": write_restriction(scope, language),
        "network": write_network(network),
    }
