"""The list of measures, and the values of one on a network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.centrality import rank
from graph.measure_registry import Measure
from graph.namespaces import slug
from triplehelix.measures.measure_contracts import write_network, write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.definition_listing import Definition
from triplehelix.terminal.listings import concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_rank, tell_scope, tell_value
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.network import Network


def list_measures(
    measures: Iterable[Measure], others: Iterable[Definition], language: str
) -> Listing:
    """Return all measures with a line each: of nodes, and of networks as a whole."""
    texts: list[tuple[str, str, str, str]] = [
        (each.name, each.label[language], each.network, each.definition[language])
        for each in measures
    ]
    texts += [
        (each.name, each.label[language], "network", each.definition[language]) for each in others
    ]
    keys = ("name", "label", "network", "definition")
    return Listing(
        say("measures.title", language, count=len(texts)),
        (
            Heading(say("columns.measure", language)),
            Heading(say("columns.label", language), share=2),
            Heading(say("columns.network", language)),
            Heading(say("columns.definition", language), share=5, wide=True),
        ),
        [
            (name, label, say(f"measures.{network}", language), _first_sentence(definition))
            for name, label, network, definition in texts
        ],
        [dict(zip(keys, text, strict=True)) for text in texts],
        note=say("measures.note", language),
    )


def _first_sentence(text: str) -> str:
    """Return the first sentence of a definition.

    >>> _first_sentence("The number of ties. Weights do not count.")
    'The number of ties.'
    """
    return text.partition(". ")[0].rstrip(".") + "."


def list_values(
    measure: Measure, network: Network, scope: Scope, top: int | None, language: str
) -> Listing:
    """Return the nodes of a network by a measure, all kinds of nodes, with ranks."""
    graph = network.graph
    values = measure.compute(graph) if len(graph) else {}
    ranked = rank(values)
    shown = ranked[:top]
    nodes = [graph.nodes[place.node] for place in shown]
    label = measure.label[language]
    counts = {"count": len(shown), "total": len(ranked)}
    rows = [
        (
            tell_rank(place.rank, place.tied, language),
            str(facts[f"label_{language}"]),
            slug(place.node),
            say(f"measures.kinds.{facts['kind']}", language),
            concept(facts["sector"], language),
            tell_value(place.value),
        )
        for place, facts in zip(shown, nodes, strict=True)
    ]
    return Listing(
        say("measures.values", language, label=label, on=scope.reading.on, **counts),
        (
            Heading(say("columns.rank", language), right=True),
            Heading(say("columns.name", language), share=1),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("columns.mode", language), wide=True),
            Heading(say("columns.sector", language), wide=True),
            Heading(label, right=True),
        ),
        rows,
        {
            "measure": measure.name,
            "label": label,
            "on": scope.reading.on.isoformat(),
            "restriction": write_restriction(scope, language),
            "network": write_network(network),
            "values": [
                {
                    "id": slug(place.node),
                    "label": facts[f"label_{language}"],
                    "kind": facts["kind"],
                    "sector": facts["sector"] or None,
                    "value": place.value,
                    "rank": place.rank,
                    "tied": place.tied,
                }
                for place, facts in zip(shown, nodes, strict=True)
            ],
        },
        empty=say("measures.empty", language),
        note=say("measures.explain", language, name=measure.name),
        lead=tell_scope(scope, language, network),
    )
