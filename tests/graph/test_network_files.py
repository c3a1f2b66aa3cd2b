"""Networks as files: what is written is read back, by NetworkX and as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.gaps import Holdings
from graph.namespaces import ID
from graph.network import NETWORK_KINDS, NetworkKind, build_network
from graph.network_files import (
    encode_edge_list,
    encode_gexf,
    encode_graphml,
    encode_node_list,
    printable,
)
from graph.restriction import Restriction, describe
from loaders.formulas import guard

if TYPE_CHECKING:
    pass

Encode = Callable[..., bytes]
ON = date(2023, 12, 31)
GAON, UNIVERSITY = str(ID["gaon"]), str(ID["gaon-univ"])


def read_graphml(data: bytes) -> nx.Graph[str]:
    return nx.read_graphml(io.BytesIO(data))


def read_gexf(data: bytes) -> nx.Graph[str]:
    return nx.read_gexf(io.BytesIO(data))


FORMATS = pytest.mark.parametrize(
    ("encode", "read"),
    [(encode_graphml, read_graphml), (encode_gexf, read_gexf)],
    ids=["graphml", "gexf"],
)


def network_of(holdings: Holdings, kind: NetworkKind) -> nx.Graph[str]:
    return build_network(holdings, kind, Restriction(on=ON)).graph


def ends(network: nx.Graph[str]) -> list[tuple[str, str]]:
    return sorted((min(a, b), max(a, b)) for a, b in network.edges())


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


@FORMATS
@pytest.mark.parametrize("kind", NETWORK_KINDS)
def test_round_trip(
    holdings: Holdings, kind: NetworkKind, encode: Encode, read: Callable[[bytes], nx.Graph[str]]
) -> None:
    network = network_of(holdings, kind)
    back = read(encode(network))
    assert set(back) == set(network)
    assert ends(back) == ends(network)
    for node, attributes in network.nodes.items():
        kept = {name: value for name, value in attributes.items() if name != "id"}
        assert back.nodes[node] | kept == back.nodes[node]
        assert back.nodes[node]["label"] == attributes["label_ko"]


@FORMATS
def test_edges_keep_what_they_say(
    holdings: Holdings, encode: Encode, read: Callable[[bytes], nx.Graph[str]]
) -> None:
    network = network_of(holdings, "organizations")
    back = read(encode(network))
    for one, other, facts in network.edges(data=True):
        found = back[one][other]
        assert found["weight"] == facts["weight"]
        assert found["rung"] == facts["rung"]
        assert found["actual"] == 1
        for name in ("ties", "shared", "kinds"):
            assert set(found[name].split("|")) == facts[name]


@FORMATS
def test_parallel_edges_stay_apart(
    holdings: Holdings, encode: Encode, read: Callable[[bytes], nx.Graph[str]]
) -> None:
    network = network_of(holdings, "all")
    back = read(encode(network))
    assert back.is_multigraph()
    kinds = {facts["kinds"] for facts in back[GAON][UNIVERSITY].values()}
    assert kinds == {"agreement", "participation"}


@FORMATS
def test_names_by_language(
    holdings: Holdings, encode: Encode, read: Callable[[bytes], nx.Graph[str]]
) -> None:
    network = network_of(holdings, "organizations")
    assert read(encode(network)).nodes[GAON]["label"] == "가온시"
    assert read(encode(network, language="en")).nodes[GAON]["label"] == "Gaon City"


@pytest.mark.parametrize("encode", [encode_graphml, encode_gexf])
def test_the_restriction_stands_in_the_file(holdings: Holdings, encode: Encode) -> None:
    network = build_network(holdings, "agreements", Restriction(on=ON))
    about = describe(network.restriction, {}, "ko")
    root = ElementTree.fromstring(encode(network.graph, about=about))
    assert about in {element.text for element in root.iter()}


@pytest.mark.parametrize("encode", [encode_graphml, encode_gexf])
def test_the_same_network_is_the_same_bytes(holdings: Holdings, encode: Encode) -> None:
    network = network_of(holdings, "all")
    turned: nx.MultiGraph[str] = nx.MultiGraph()
    turned.add_nodes_from(reversed(list(network.nodes.items())))
    for one, other, facts in reversed(list(network.edges(data=True))):
        turned.add_edge(other, one, **dict(reversed(facts.items())))
    assert encode(network) == encode(turned)
    assert encode_edge_list(network, guard) == encode_edge_list(turned, guard)
    assert encode_node_list(network, guard) == encode_node_list(turned, guard)


def test_gexf_does_not_tell_the_day_of_writing() -> None:
    assert b"lastmodified" not in encode_gexf(nx.Graph())


@FORMATS
@pytest.mark.parametrize("size", [0, 1])
def test_nothing_and_one_node(
    encode: Encode, read: Callable[[bytes], nx.Graph[str]], size: int
) -> None:
    network = nx.empty_graph(["가온"][:size])
    assert set(read(encode(network, about="아무것도"))) == set(network)
    assert encode_edge_list(network, guard).decode().splitlines() == [
        "Source,Target,Type,Weight,Kind,Source name,Target name"
    ]
    assert len(encode_node_list(network, guard).decode().splitlines()) == 1 + size


@FORMATS
@given(text=st.text(), number=st.floats(allow_nan=False), whole=st.integers(-(2**31), 2**31))
def test_any_value_is_read_back(
    encode: Encode,
    read: Callable[[bytes], nx.Graph[str]],
    text: str,
    number: float,
    whole: int,
) -> None:
    network: nx.Graph[str] = nx.Graph()
    facts = {"text": text, "number": number, "whole": whole, "yes": True, "none": None}
    network.add_node("a", label_ko=text, members={text, "b"}, **facts)
    network.add_edge("a", "b", **facts)
    back = read(encode(network, about=text))
    for found in (back.nodes["a"], back["a"]["b"]):
        assert found["number"] == number
        assert (found["whole"], found["yes"]) == (whole, 1)
        assert "none" not in found
        assert (found.get("text") or "") == printable(text)


def test_characters_that_xml_cannot_hold() -> None:
    assert printable("가\x00온\x1f\ud800\uffff\t") == "가\ufffd온\ufffd\ufffd\ufffd\t"
    assert printable("a\r\nb\rc") == "a\nb\nc"


def test_edge_list(holdings: Holdings) -> None:
    network = network_of(holdings, "all")
    found = rows(encode_edge_list(network, guard))
    assert sorted((row["Source"], row["Target"]) for row in found) == ends(network)
    [row] = [r for r in found if (r["Source"], r["Target"]) == (GAON, UNIVERSITY)][:1]
    assert row["Kind"] == "agreement"
    assert (row["Source name"], row["Target name"]) == ("가온시", "가온대학교")
    assert (row["Type"], row["Weight"]) == ("Undirected", "1")
    assert row["ties"].count("|") == 1
    for row in found:
        assert row["Kind"] in network[row["Source"]][row["Target"]]


def test_node_list(holdings: Holdings) -> None:
    found = {row["Id"]: row for row in rows(encode_node_list(network_of(holdings, "all"), guard))}
    assert set(found) == set(network_of(holdings, "all"))
    assert found[GAON]["Label"] == "가온시"
    assert (found[GAON]["label_en"], found[GAON]["sector"]) == ("Gaon City", "government")


def test_no_cell_is_a_formula() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_edge("=1+1", "b", roles={"@x"})
    network.add_node("b", label_ko="＝HYPERLINK()")
    edge = rows(encode_edge_list(network, guard))[0]
    assert edge["Source"] == edge["Source name"] == "'=1+1"
    assert (edge["Target name"], edge["roles"]) == ("'＝HYPERLINK()", "'@x")
    assert {row["Label"] for row in rows(encode_node_list(network, guard))} == {
        *("'=1+1", "'＝HYPERLINK()"),
    }
