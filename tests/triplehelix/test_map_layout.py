"""Where organisations stand on the map."""

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplehelix.network_map import planner_map
from triplehelix.network_map.layout import lay_out
from triplehelix.network_map.modularity import find_communities


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    count = draw(st.integers(1, 40))
    node = st.integers(0, count - 1)
    return count, draw(st.lists(st.tuples(node, node), max_size=80))


class TestLayout:
    @settings(max_examples=40)
    @given(graphs())
    def test_nodes_never_touch(self, graph: tuple[int, list[tuple[int, int]]]) -> None:
        count, edges = graph
        radii = [8.0 + node % 3 * 6 for node in range(count)]
        places = lay_out(count, edges, radii)
        assert len(places) == count
        for one, two in combinations(range(count), 2):
            far = sum((a - b) ** 2 for a, b in zip(places[one], places[two], strict=True)) ** 0.5
            assert far > radii[one] + radii[two]

    @settings(max_examples=20)
    @given(graphs())
    def test_same_input_same_places(self, graph: tuple[int, list[tuple[int, int]]]) -> None:
        assert lay_out(*graph) == lay_out(*graph)

    def test_same_places_in_another_process(self) -> None:
        code = (
            "import networkx as nx; from triplehelix.network_map.layout import lay_out;"
            "print(lay_out(34, list(nx.karate_club_graph().edges)))"
        )
        root = Path(planner_map.__file__).parents[1]
        for seed in ("1", "2"):
            environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
            printed = subprocess.run(
                [sys.executable, "-c", code], env=environment, capture_output=True, check=True
            ).stdout.decode()
            assert printed.strip() == str(lay_out(34, list(nx.karate_club_graph().edges)))

    def test_modularity_of_the_karate_club(self) -> None:
        """Blondel et al. 2008, table 1: modularity 0.42 for Zachary's karate club."""
        club = nx.karate_club_graph()
        labels = find_communities([dict.fromkeys(club[node], 1.0) for node in sorted(club)])
        parts = [{n for n in club if labels[n] == label} for label in set(labels)]
        assert nx.community.modularity(club, parts, weight=None) > 0.41

    def test_communities_lie_apart(self) -> None:
        ring = nx.ring_of_cliques(4, 6)
        places = lay_out(24, list(ring.edges))
        middles = [
            tuple(sum(places[n][axis] for n in range(c * 6, c * 6 + 6)) / 6 for axis in (0, 1))
            for c in range(4)
        ]
        for node, place in enumerate(places):
            far = [
                sum((a - b) ** 2 for a, b in zip(place, middle, strict=True)) for middle in middles
            ]
            assert far.index(min(far)) == node // 6

    def test_components_lie_side_by_side(self) -> None:
        places = lay_out(8, [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)])

        def box(nodes: range) -> tuple[float, float, float, float]:
            x, y = [places[n][0] for n in nodes], [places[n][1] for n in nodes]
            return min(x), max(x), min(y), max(y)

        for one, two in combinations([box(range(3)), box(range(3, 6)), box(range(6, 8))], 2):
            assert one[1] < two[0] or two[1] < one[0] or one[3] < two[2] or two[3] < one[2]

    def test_nothing_and_wrong_lengths(self) -> None:
        assert lay_out(0, []) == []
        with pytest.raises(ValueError, match="must have 2 entries"):
            lay_out(2, [], [1.0])
        with pytest.raises(ValueError, match="does not exist"):
            lay_out(2, [(0, 2)])
