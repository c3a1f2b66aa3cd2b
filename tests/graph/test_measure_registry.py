"""The registry: every measure can be read, cited and computed."""

from __future__ import annotations

import re
from importlib.resources import files

import networkx as nx
import pytest
import yaml

from graph.measure_registry import MEASURES


def test_the_texts_are_those_of_the_measures() -> None:
    texts = yaml.safe_load(files("graph").joinpath("measure_registry.yml").read_text("utf-8"))
    assert list(texts) == list(MEASURES)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_told_in_both_languages_and_can_be_cited(name: str) -> None:
    measure = MEASURES[name]
    assert measure.name == name
    for words in (measure.label, measure.definition):
        assert set(words) == {"ko", "en"}
        assert re.search("[가-힣]", words["ko"])
        assert words["en"].isascii() or "–" in words["en"]
    assert re.fullmatch(r"10\.\d{4,}/\S+", measure.doi)
    assert re.search(r"\((19|20)\d\d\)", measure.reference)
    assert measure.formula


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_gives_each_node_a_value(name: str) -> None:
    measure = MEASURES[name]
    women = nx.davis_southern_women_graph()
    network = (
        women
        if measure.network == "two-mode"
        else nx.bipartite.projected_graph(
            women, [node for node in women if women.nodes[node]["bipartite"] == 0]
        )
    )
    values = measure.compute(network)
    assert values.keys() == set(network)
    assert all(type(value) is float for value in values.values())


@pytest.mark.parametrize(
    "name", [name for name in MEASURES if MEASURES[name].network == "one-mode"]
)
def test_weights_count_where_it_says_so(name: str) -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_weighted_edges_from([("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "c", 1)])
    before = MEASURES[name].compute(network)
    network["a"]["b"]["weight"] = 5
    assert (MEASURES[name].compute(network) != before) == MEASURES[name].weighted


def test_it_cannot_be_changed() -> None:
    with pytest.raises(TypeError, match="item assignment"):
        MEASURES["degree"] = MEASURES["strength"]  # type: ignore[index]
