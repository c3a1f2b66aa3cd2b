"""Networks as files that NetworkX, Gephi and spreadsheets read: GraphML, GEXF, and CSV.

The same network gives the same bytes. Sets become sorted lists with bars between, truth values 0
and 1 (readers differ over how to write them), and what has no value becomes nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from typing import Any
from xml.etree import ElementTree

import networkx as nx

SEPARATOR = "|"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GEXF = "http://www.gexf.net/1.2draft"

Plain = str | int | float


def encode_graphml(network: nx.Graph[str], *, language: str = "ko", about: str = "") -> bytes:
    """Return a network as GraphML (Brandes et al. 2002, doi:10.1007/3-540-45848-4_59).

    ``label`` is the name in a language; ``about`` stands as the description of the network. Edges
    of a multigraph get the numbers of their order as keys; their kind stands in ``kinds``.

    >>> network = nx.Graph([("a", "b")])
    >>> nx.parse_graphml(encode_graphml(network).decode()).edges
    EdgeView([('a', 'b')])
    """
    plain = _plain_copy(network, language)
    if about:
        plain.graph["description"] = printable(about)
    made = io.BytesIO()
    nx.write_graphml_xml(plain, made)
    return made.getvalue()


def encode_gexf(network: nx.Graph[str], *, language: str = "ko", about: str = "") -> bytes:
    """Return a network as GEXF 1.2 (https://gexf.net), with ``about`` as its description.

    ``id`` is left out, since GEXF would take it for the identity of the node.

    >>> nx.read_gexf(io.BytesIO(encode_gexf(nx.Graph([("a", "b")])))).edges
    EdgeView([('a', 'b')])
    """
    plain = _plain_copy(network, language)
    for _, attributes in plain.nodes.items():
        attributes.pop("id", None)
    made = io.BytesIO()
    nx.write_gexf(plain, made)
    return _describe_gexf(made.getvalue(), printable(about))


def _describe_gexf(data: bytes, about: str) -> bytes:
    """Put a description into the head of a GEXF file, and take the day of writing out."""
    ElementTree.register_namespace("", _GEXF)
    root = ElementTree.fromstring(data)
    head = root.find(f"{{{_GEXF}}}meta")
    assert head is not None
    del head.attrib["lastmodifieddate"]
    if about:
        ElementTree.SubElement(head, f"{{{_GEXF}}}description").text = about
    encoded: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return encoded


def encode_edge_list(
    network: nx.Graph[str], text: Callable[[str], str], *, language: str = "ko"
) -> bytes:
    """Return the edges as CSV with the headings that Gephi knows, and the names of both ends.

    ``text`` is applied to every text: what a spreadsheet would take for a formula has to be
    guarded there. Nodes without an edge stand in :func:`encode_node_list` only.

    >>> network = nx.Graph()
    >>> network.add_edge("a", "b", kinds={"event", "agreement"}, weight=2)
    >>> for line in encode_edge_list(network, str).decode().splitlines():
    ...     print(line)
    Source,Target,Type,Weight,Kind,Source name,Target name
    a,b,Undirected,2,agreement|event,a,b
    """
    plain = _plain_copy(network, language)
    edges = list(plain.edges(data=True))
    others = sorted({name for *_, facts in edges for name in facts} - {"weight", "kinds"})
    names = {node: facts["label"] for node, facts in plain.nodes.items()}
    fixed = ("Source", "Target", "Type", "Weight", "Kind", "Source name", "Target name")
    rows: list[list[Plain]] = [
        [
            *(source, target, "Undirected", facts.get("weight", 1), facts.get("kinds", "")),
            *(names[source], names[target]),
            *(facts.get(name, "") for name in others),
        ]
        for source, target, facts in edges
    ]
    return _encode_csv([*fixed, *others], rows, text)


def encode_node_list(
    network: nx.Graph[str], text: Callable[[str], str], *, language: str = "ko"
) -> bytes:
    """Return the nodes as CSV with the headings that Gephi knows.

    >>> encode_node_list(nx.Graph([("a", "b")]), str).decode().splitlines()
    ['Id,Label', 'a,a', 'b,b']
    """
    plain = _plain_copy(network, language)
    others = sorted({name for facts in plain.nodes.values() for name in facts} - {"id", "label"})
    rows: list[list[Plain]] = [
        [node, facts["label"], *(facts.get(name, "") for name in others)]
        for node, facts in plain.nodes.items()
    ]
    return _encode_csv(["Id", "Label", *others], rows, text)


def _encode_csv(
    headings: Iterable[str], rows: Iterable[Iterable[Plain]], text: Callable[[str], str]
) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(headings)
    writer.writerows(
        [text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return made.getvalue().encode()


def printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold, and with one kind of line end.

    >>> printable("Gaon" + chr(1)) == "Gaon" + chr(0xFFFD)
    True
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", lines)


def _plain_copy(network: nx.Graph[str], language: str) -> nx.Graph[str]:
    """Return the network with sorted nodes and edges and values that every format has."""
    copy: nx.Graph[str] = nx.MultiGraph() if network.is_multigraph() else nx.Graph()
    for node in sorted(network):
        attributes = network.nodes[node]
        name = attributes.get(f"label_{language}") or attributes.get("label") or node
        copy.add_node(node, **_plain(attributes), label=printable(str(name)))
    edges = sorted(
        ((min(a, b), max(a, b), _plain(facts)) for a, b, facts in network.edges(data=True)),
        key=lambda edge: (edge[0], edge[1], str(edge[2].get("kinds", ""))),
    )
    fractional = any(isinstance(facts.get("weight"), float) for *_, facts in edges)
    for number, (one, other, facts) in enumerate(edges):
        if fractional and "weight" in facts:
            facts["weight"] = float(facts["weight"])
        copy.add_edge(one, other, **({"key": number} if copy.is_multigraph() else {}), **facts)
    return copy


def _plain(attributes: Mapping[str, Any]) -> dict[str, Plain]:
    """Return attributes as texts and numbers, without the label, which is chosen by language."""
    return {
        name: _plain_value(value)
        for name, value in sorted(attributes.items())
        if value is not None and name != "label"
    }


def _plain_value(value: object) -> Plain:
    match value:
        case bool() | Integral():
            return int(value)
        case Real():
            return float(value)
        case set() | frozenset() | list() | tuple():
            return printable(SEPARATOR.join(sorted(map(str, value))))
    return printable(str(value))
