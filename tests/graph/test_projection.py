"""Projections: published examples, NetworkX as the judge, and both ways side by side."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import projection
from graph.projection import WEIGHTINGS, Weighting, check_modes, join_modes, project_two_mode, weigh

# Newman, "Scientific collaboration networks. II", Physical Review E 64 (2001), 016132, figure 6: A
# and B wrote three papers together, which had four, two and three authors.
NEWMAN = {"1": "ABCD", "2": "AB", "3": "ABE"}

PAIRS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 5)), max_size=25)


def two_mode(pairs: Iterable[tuple[object, object]]) -> nx.Graph[str]:
    named = [(f"organization/{one}", f"undertaking/{other}") for one, other in pairs]
    return join_modes(named, {a: {"name": a} for a, _ in named}, {b: {} for _, b in named})


def ties_of(network: nx.Graph[str]) -> dict[frozenset[str], float]:
    return {frozenset(tie[:2]): tie[2]["weight"] for tie in network.edges(data=True)}


def project_both(
    network: nx.Graph[str], weighting: Weighting
) -> tuple[nx.Graph[str], nx.Graph[str]]:
    """The projection pair by pair, and by matrices, whatever the size."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projection, "SMALL", len(network.edges))
        slow = project_two_mode(network, weighting)
        patch.setattr(projection, "SMALL", -1)
        return slow, project_two_mode(network, weighting)


@pytest.fixture(scope="module")
def davis() -> nx.Graph[str]:
    network: nx.Graph[str] = nx.davis_southern_women_graph()
    return network


@pytest.mark.parametrize(
    ("weighting", "expected"),
    [("count", Fraction(3)), ("newman", Fraction(11, 6)), ("hyperbolic", Fraction(13, 12))],
)
def test_the_example_of_newman(weighting: Weighting, expected: Fraction) -> None:
    network = two_mode((author, paper) for paper, authors in NEWMAN.items() for author in authors)
    for projected in project_both(network, weighting):
        weight = projected["organization/A"]["organization/B"]["weight"]
        assert weight == pytest.approx(float(expected))


def test_the_women_of_davis_have_139_ties(davis: nx.Graph[str]) -> None:
    """Breiger, "The Duality of Persons and Groups", Social Forces 53 (1974)."""
    for projected in project_both(davis, "count"):
        assert (len(projected), projected.number_of_edges()) == (18, 139)
        first = {name.split()[0]: name for name in projected}
        assert projected[first["Evelyn"]][first["Theresa"]]["weight"] == 7
        assert projected[first["Evelyn"]][first["Laura"]]["weight"] == 6


def test_by_newman_the_strength_is_the_number_of_undertakings_shared(davis: nx.Graph[str]) -> None:
    """Newman 2001, equation 3: no event of these was attended by one woman alone."""
    for projected in project_both(davis, "newman"):
        for woman, strength in projected.degree(weight="weight"):
            assert strength == pytest.approx(davis.degree(woman))


def test_networkx_has_the_same_weights(davis: nx.Graph[str]) -> None:
    women = [node for node in davis if davis.nodes[node]["bipartite"] == 0]
    counted = nx.bipartite.weighted_projected_graph(davis, women)
    shared = nx.bipartite.collaboration_weighted_projected_graph(davis, women)
    for count in project_both(davis, "count"):
        assert ties_of(count) == ties_of(counted)
    for newman in project_both(davis, "newman"):
        assert ties_of(newman) == pytest.approx(ties_of(shared))


@settings(max_examples=50)
@given(PAIRS, st.sampled_from(WEIGHTINGS))
def test_both_ways_are_one(pairs: set[tuple[int, int]], weighting: Weighting) -> None:
    slow, fast = project_both(two_mode(pairs), weighting)
    assert list(slow.nodes(data=True)) == list(fast.nodes(data=True))
    assert ties_of(fast) == pytest.approx(ties_of(slow))


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_a_large_network_is_projected_like_a_small_one(weighting: Weighting) -> None:
    random = Random(5)
    pairs = [(random.randrange(400), random.randrange(900)) for _ in range(3_000)]
    network = two_mode(pairs)
    assert network.number_of_edges() > projection.SMALL
    slow, fast = project_both(network, weighting)
    assert ties_of(project_two_mode(network, weighting)) == ties_of(fast)
    assert ties_of(fast) == pytest.approx(ties_of(slow))


@settings(max_examples=50)
@given(PAIRS, st.permutations(range(8)))
def test_names_change_nothing(pairs: set[tuple[int, int]], names: list[int]) -> None:
    before = ties_of(project_two_mode(two_mode(pairs), "newman"))
    after = ties_of(project_two_mode(two_mode((names[a], b) for a, b in pairs), "newman"))
    renamed = {f"organization/{old}": f"organization/{new}" for old, new in enumerate(names)}
    expected = {frozenset(renamed[n] for n in tie): weight for tie, weight in before.items()}
    assert after == pytest.approx(expected)


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_an_undertaking_of_one_joins_nobody(weighting: Weighting) -> None:
    assert (weigh(0, weighting), weigh(1, weighting)) == (0, 0)
    for projected in project_both(two_mode([("a", "x"), ("b", "y")]), weighting):
        assert list(projected) == ["organization/a", "organization/b"]
        assert projected.number_of_edges() == 0


def test_an_undertaking_of_one_changes_no_weight() -> None:
    network = two_mode([("a", "x"), ("b", "x")])
    alone = two_mode([("a", "x"), ("b", "x"), ("a", "y")])
    for weighting in WEIGHTINGS:
        assert ties_of(project_two_mode(alone, weighting)) == ties_of(
            project_two_mode(network, weighting)
        )


@pytest.mark.parametrize("weighting", WEIGHTINGS)
def test_an_empty_network_gives_an_empty_network(weighting: Weighting) -> None:
    for projected in project_both(nx.Graph(), weighting):
        assert len(projected) == 0
    without = join_modes([], {"a": {"sector": "industry"}}, {"x": {}})
    for projected in project_both(without, weighting):
        assert list(projected) == ["a"]
        assert projected.nodes["a"] == {"sector": "industry", "bipartite": 0}


def test_the_network_given_stays_as_it_was() -> None:
    network = two_mode([("a", "x"), ("b", "x")])
    projected = project_two_mode(network)
    projected.nodes["organization/a"]["name"] = "other"
    assert network.nodes["organization/a"]["name"] == "organization/a"
    assert network.number_of_edges() == 2


def test_an_unknown_weighting_is_refused() -> None:
    with pytest.raises(ValueError, match="'harmonic'; known: count, newman, hyperbolic"):
        project_two_mode(nx.Graph(), "harmonic")  # type: ignore[arg-type]


def test_what_is_no_two_mode_network_is_refused() -> None:
    with pytest.raises(ValueError, match="every node must be"):
        project_two_mode(nx.Graph([("a", "b")]))
    same = join_modes([("a", "b")], {"a": {}, "b": {}}, {})
    with pytest.raises(ValueError, match="every tie must join"):
        check_modes(same)
    odd: nx.Graph[str] = nx.Graph()
    odd.add_node("a", bipartite=2)
    with pytest.raises(ValueError, match="every node must be"):
        check_modes(odd)
