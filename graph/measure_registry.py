"""The measures of nodes by name, each with what a reader needs to understand and to cite it.

A measure is registered by a function in ``_FUNCTIONS`` and its texts in ``measure_registry.yml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from graph.centrality import betweenness, closeness, core_number, degree, pagerank, strength
from graph.eigenvector import eigenvector
from graph.two_mode_centrality import two_mode_betweenness, two_mode_closeness, two_mode_degree
from graph.yaml_text import read_yaml

if TYPE_CHECKING:
    import networkx as nx

NetworkKind: TypeAlias = Literal["one-mode", "two-mode"]
Compute: TypeAlias = "Callable[[nx.Graph[str]], Mapping[str, float]]"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of nodes: its words in ``ko`` and ``en``, its source, and how it is computed.

    ``network`` says what it is defined for: organisations alone (one-mode), or organisations and
    undertakings (two-mode). ``weighted`` says whether the weights of ties count.
    """

    name: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    formula: str
    reference: str
    doi: str
    network: NetworkKind
    weighted: bool
    compute: Compute


_FUNCTIONS: dict[str, Compute] = {
    "degree": degree,
    "strength": strength,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "core_number": core_number,
    "two_mode_degree": two_mode_degree,
    "two_mode_closeness": two_mode_closeness,
    "two_mode_betweenness": two_mode_betweenness,
}


def _read_measures() -> Mapping[str, Measure]:
    text = files("graph").joinpath("measure_registry.yml").read_text(encoding="utf-8")
    texts = read_yaml(text)
    return MappingProxyType(
        {
            name: Measure(name=name, compute=compute, **texts[name])
            for name, compute in _FUNCTIONS.items()
        }
    )


MEASURES: Mapping[str, Measure] = _read_measures()
