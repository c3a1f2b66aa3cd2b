"""The disparity filter: published counts, its formula tie by tie, and networks without backbone."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.adjacency import read_adjacency
from graph.backbone import extract_backbone, measure_significance

TIES = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda tie: tie[0] < tie[1]),
    st.integers(1, 40),
    max_size=20,
)


def build(ties: dict[tuple[int, int], int]) -> nx.Graph[str]:
    network: nx.Graph[str] = nx.Graph()
    network.add_weighted_edges_from((str(a), str(b), weight) for (a, b), weight in ties.items())
    return network


def integral(share: float, degree: int, steps: int = 2_000) -> float:
    """Equation 2 of the paper, 1 - (k-1)·∫(1-x)^(k-2) from 0 to the share, by the midpoint rule."""
    if degree == 1:
        return 1.0
    width = share / steps
    middles = ((step + 0.5) * width for step in range(steps))
    return 1 - (degree - 1) * sum((1 - x) ** (degree - 2) for x in middles) * width


@pytest.fixture(scope="module")
def miserables() -> nx.Graph[str]:
    """Characters of a novel who appear together (Knuth, The Stanford GraphBase, 1993)."""
    network: nx.Graph[str] = nx.les_miserables_graph()
    return network


@pytest.mark.parametrize(("alpha", "ties"), [(0.05, 9), (0.1, 21), (0.5, 162)])
def test_les_miserables(miserables: nx.Graph[str], alpha: float, ties: int) -> None:
    """The counts that other implementations of the filter give for these weights."""
    assert extract_backbone(miserables, alpha).number_of_edges() == ties
    assert extract_backbone(read_adjacency(miserables), alpha).number_of_edges() == ties


def test_significance_is_the_integral_of_the_paper(miserables: nx.Graph[str]) -> None:
    found = measure_significance(miserables)
    assert len(found) == miserables.number_of_edges()
    for (one, other), alpha in found.items():
        weight = miserables[one][other]["weight"]
        expected = min(
            integral(weight / miserables.degree(end, weight="weight"), miserables.degree(end))
            for end in (one, other)
        )
        assert alpha == pytest.approx(expected, abs=1e-5)


def test_a_tie_of_the_backbone_tells_its_weight_and_significance() -> None:
    star: nx.Graph[str] = nx.Graph()
    star.add_weighted_edges_from([("a", "b", 8), ("a", "c", 1), ("a", "d", 1)])
    star.add_node("b", sector="industry")
    backbone = extract_backbone(star)
    assert list(backbone.edges(data=True)) == [
        ("a", "b", {"weight": 8, "alpha": pytest.approx(0.04)})
    ]
    assert list(backbone) == ["a", "b"]
    assert backbone.nodes["b"] == {"sector": "industry"}


def test_a_single_tie_counts_only_from_the_other_end() -> None:
    """All leaves of a star have one tie; it stays where the centre finds it heavy."""
    star: nx.Graph[str] = nx.Graph()
    star.add_weighted_edges_from([("a", "b", 90), ("a", "c", 5), ("a", "d", 5)])
    assert measure_significance(star)["a", "b"] == pytest.approx(0.1**2)
    assert measure_significance(star)["a", "c"] == pytest.approx(0.95**2)
    assert measure_significance(nx.Graph([("a", "b")])) == {("a", "b"): 1.0}


@pytest.mark.parametrize(
    "network",
    [nx.Graph(), nx.empty_graph(1), nx.empty_graph(4), nx.Graph([("a", "b")]), nx.path_graph(5)],
    ids=["empty", "one node", "no ties", "one tie", "small and even"],
)
def test_without_significant_ties_the_backbone_is_empty(network: nx.Graph[str]) -> None:
    assert len(extract_backbone(network)) == 0


def test_level_one_drops_only_ties_that_nothing_is_compared_with() -> None:
    network = nx.Graph([("a", "b"), ("c", "d"), ("d", "e")])
    assert sorted(map(sorted, extract_backbone(network, 1).edges)) == [["c", "d"], ["d", "e"]]


@settings(max_examples=30)
@given(ties=TIES, names=st.permutations(range(8)))
def test_names_change_nothing(ties: dict[tuple[int, int], int], names: list[int]) -> None:
    before = {frozenset(tie): a for tie, a in measure_significance(build(ties)).items()}
    renamed = build({(names[a], names[b]): weight for (a, b), weight in ties.items()})
    after = {frozenset(tie): a for tie, a in measure_significance(renamed).items()}
    new = {str(number): str(name) for number, name in enumerate(names)}
    assert after == pytest.approx({frozenset(new[n] for n in t): a for t, a in before.items()})


@settings(max_examples=30)
@given(ties=TIES, factor=st.integers(2, 9))
def test_the_unit_of_weights_changes_nothing(ties: dict[tuple[int, int], int], factor: int) -> None:
    scaled = {tie: weight * factor for tie, weight in ties.items()}
    expected = pytest.approx(measure_significance(build(ties)))
    assert measure_significance(build(scaled)) == expected


@settings(max_examples=30)
@given(ties=TIES, levels=st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)))
def test_a_stricter_level_keeps_less(
    ties: dict[tuple[int, int], int], levels: tuple[float, float]
) -> None:
    strict, loose = (extract_backbone(build(ties), level) for level in sorted(levels))
    assert set(map(frozenset, strict.edges)) <= set(map(frozenset, loose.edges))


@pytest.mark.parametrize("alpha", [0, -0.1, 1.1, float("nan")])
def test_a_level_that_is_none_is_refused(alpha: float) -> None:
    with pytest.raises(ValueError, match="significance level"):
        extract_backbone(nx.Graph(), alpha)


@pytest.mark.parametrize("weight", [0, -2])
def test_weights_must_be_positive(weight: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        measure_significance(build({(0, 1): weight}))
