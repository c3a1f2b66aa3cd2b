"""What is told when a network was written to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from triplehelix.measures.measure_contracts import write_network, write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_scope
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    import networkx as nx

    from graph.network import Network


def list_written_network(
    files: Sequence[Path], network: Network, graph: nx.Graph[str], scope: Scope, language: str
) -> Listing:
    """Return the files, what network they hold, and how much of it."""
    told = "\n".join(say("written", language, path=path) for path in files)
    nodes, ties = len(graph), graph.number_of_edges()
    return Listing(
        told,
        (
            Heading(say("columns.file", language), share=1),
            Heading(say("columns.nodes", language), right=True),
            Heading(say("columns.ties", language), right=True),
        ),
        [(str(path), f"{nodes}", f"{ties}") for path in files],
        {
            "files": [str(path) for path in files],
            "nodes": nodes,
            "ties": ties,
            "network": write_network(network),
            "restriction": write_restriction(scope, language),
        },
        lead=tell_scope(scope, language, network),
    )
