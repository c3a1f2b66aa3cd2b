"""Filling a remote store: its graphs of the project are replaced one by one, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rdflib import Dataset

from graph.namespaces import GENID, GRAPH
from graph.protocol import Endpoint
from graph.store import Triple, encode_ntriples, select
from graph.substitution import protect_escapes

BATCH = 500
"""Triples in one update; engines limit the length of a text (Virtuoso its 10,000 lines)."""

Action = Literal["create", "replace", "remove"]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a graph, with the number of its triples before and after."""

    graph: str
    action: Action
    before: int
    after: int


_COUNTS = """
SELECT ?g (COUNT(*) AS ?triples) WHERE { GRAPH ?g { ?s ?p ?o } }
GROUP BY ?g
"""


def count_graphs(dataset: Dataset) -> dict[str, int]:
    """Return the graphs of the project in a store, with the number of their triples."""
    found = {str(name): int(count) for name, count in select(dataset, _COUNTS)}
    return {name: count for name, count in found.items() if name.startswith(GRAPH)}


def plan_changes(held: Mapping[str, int], graphs: Mapping[str, Iterable[Triple]]) -> list[Change]:
    """Return what publishing graphs would do to a store that holds so many triples of each.

    Graphs of the project that the store holds and the new ones lack are removed; others are none
    of our business.

    Raises:
        ValueError: a graph is none of the project.

    >>> [change.action for change in plan_changes({"http://example.org/other": 3}, {})]
    []
    """
    new = {name: len(set(triples)) for name, triples in graphs.items()}
    if foreign := [name for name in new if not name.startswith(GRAPH)]:
        raise ValueError(f"no graph of the project: {foreign[0]}")
    return [
        Change(name, _action(name in held, name in new), held.get(name, 0), new.get(name, 0))
        for name in sorted({*new, *(name for name in held if name.startswith(GRAPH))})
    ]


def _action(is_held: bool, is_new: bool) -> Action:
    if not is_new:
        return "remove"
    return "replace" if is_held else "create"


def publish(
    endpoint: Endpoint, changes: Iterable[Change], graphs: Mapping[str, Iterable[Triple]]
) -> None:
    """Carry changes out, by the Graph Store Protocol where the endpoint has it, else by updates.

    HTTP has no transaction over several requests: who asks meanwhile may see old and new graphs
    side by side, and after a fault the same must be done again.

    Raises:
        InputError: the server cannot be reached, refuses, or fails.
    """
    for change in changes:
        triples = sorted(set(map(skolemize, graphs.get(change.graph, ()))))
        if endpoint.graph_store and change.action == "remove":
            endpoint.delete_graph(change.graph)
        elif endpoint.graph_store:
            endpoint.put_graph(change.graph, encode_ntriples(triples))
        else:
            for text in encode_updates(change.graph, triples):
                endpoint.change(text)


def encode_updates(graph: str, triples: Sequence[Triple]) -> Iterator[str]:
    """Yield the updates that replace a graph."""
    yield f"DROP SILENT GRAPH <{graph}>"
    for at in range(0, len(triples), BATCH):
        text = protect_escapes(encode_ntriples(triples[at : at + BATCH]).decode())
        yield f"INSERT DATA {{ GRAPH <{graph}> {{\n{text}}} }}"


def skolemize(triple: Triple) -> Triple:
    """Return a triple with IRIs in place of blank nodes (RDF 1.1 Concepts, section 3.5).

    Graphs share blank nodes, which end with the request that a graph or a part of it is sent by.

    >>> skolemize(("_:b1", "<http://example.org/p>", '"_:b1"'))[0]
    '<https://w3id.org/.well-known/genid/triplehelix/b1>'
    """
    subject, predicate, value = (
        f"<{GENID}{term[2:]}>" if term.startswith("_:") else term for term in triple
    )
    return subject, predicate, value
