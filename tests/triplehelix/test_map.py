"""The map without a browser: rows to columns, the layout, and pyvis's faults kept away."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplehelix.network_map import planner_map
from triplehelix.network_map.layout import lay_out
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import (
    Basis,
    Document,
    EvidenceItem,
    Initiative,
    Meta,
    Organization,
    Place,
    Rung,
    Sector,
    Theme,
    Tie,
    TieKind,
)
from triplehelix.network_map.modularity import find_communities
from triplehelix.network_map.packing import say_edges, say_nodes, unpack
from triplehelix.network_map.planner_map import NO_SECTOR, SECTOR_LOOKS, TIE_LOOKS, PlannerMap

META = Meta("지도", "Map", "2026-06-30", "가상", "fictional")
ITEM = EvidenceItem("plan", "12–15", "함께 한다.", "stated")
ROWS = (
    Organization("a", "가람대학교", "Garam University", ("가람대",), "academia"),
    Organization("b", "㈜하늘", "Haneul", sector="industry"),
    Organization("c", "기업 13개사", group=True),
)
TIES = (
    Tie("a", "b", TieKind.JOINT_WORK, 3, since="2024", evidence=(ITEM,)),
    Tie("b", "a", TieKind.GAP, evidence=(ITEM,)),
    Tie("a", "c", TieKind.PLANNED),
)
DATA = MapData(
    META,
    ROWS,
    TIES,
    (Sector("academia", "학계", "Academia"), Sector("industry", "산업계", "Industry")),
    (Document("plan", "계획", "Plan"),),
    bases=(Basis("stated", "명시", "stated"),),
)
HOSTILE = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>\u2028\u2029"


def payload(page: PlannerMap) -> dict[str, Any]:
    html = page.generate_html()
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', html)
    assert found
    sent = json.loads(found[1])
    nodes = unpack(sent["nodes"], say_nodes(sent["data"]))
    return {**sent, "nodes": nodes, "edges": unpack(sent["edges"], say_edges(sent["data"]))}


def own_part(html: str) -> str:
    return html.replace(planner_map._vis_network(), "")


class TestColumns:
    def test_ties_point_at_rows_and_evidence_stands_once(self) -> None:
        columns = json.loads(DATA.to_json())
        assert columns["ties"]["source"] == [0, 1, 0]
        assert columns["ties"]["target"] == [1, 0, 2]
        assert columns["ties"]["kind"] == [1, 3, 4]
        assert columns["ties"]["from"] == ["2024", "", ""]
        assert columns["ties"]["evidence"] == [[0], [0], []]
        assert columns["evidence"]["document"] == [0]
        assert columns["evidence"]["quote"] == ["함께 한다."]
        assert columns["organizations"]["sector"] == [0, 1, -1]
        assert columns["organizations"]["alias"] == [["가람대"], [], []]
        assert columns["organizations"]["group"] == [False, False, True]
        assert columns["meta"]["as_of"] == "2026-06-30"

    def test_degree_counts_partners_once_and_yields_to_a_given_one(self) -> None:
        assert DATA.degrees == (2, 1, 1)
        rows = (Organization("a", "가", degree=7), Organization("b", "나"))
        data = MapData(META, rows, (Tie("a", "a", TieKind.MEETING),))
        assert data.degrees == (7, 0)

    def test_text_is_nfc(self) -> None:
        decomposed = unicodedata.normalize("NFD", "동국대학교")
        data = MapData(META, (Organization("a", decomposed, alias=(decomposed,)),))
        columns = json.loads(data.to_json())
        assert columns["organizations"]["ko"] == ["동국대학교"]
        assert columns["organizations"]["alias"] == [["동국대학교"]]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"organizations": (ROWS[2], ROWS[2])}, "'c' appears twice"),
            ({"organizations": (ROWS[0],)}, "'academia' is not among the sectors"),
            ({"ties": (Tie("a", "b", TieKind.GAP),)}, "'a' is not among the organizations"),
            ({"organizations": (Organization("a", "가", x=1.0),)}, "half a position"),
            (
                {
                    "organizations": ROWS[2:],
                    "ties": (Tie("c", "c", TieKind.GAP, evidence=(ITEM,)),),
                },
                "'plan' is not among the documents",
            ),
        ],
    )
    def test_a_reference_to_nothing_is_an_error(
        self, arguments: dict[str, Any], message: str
    ) -> None:
        with pytest.raises(ValueError, match=message):
            MapData(META, **arguments)


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


class TestFaultsOfPyvis:
    def test_the_page_names_no_other_address(self) -> None:
        html = own_part(PlannerMap(DATA).generate_html()).replace("http-equiv", "")
        # The names of XML formats look like addresses; nobody asks there.
        formats = ("www.gexf.net/1.2draft", "graphml.graphdrawing.org/xmlns", "www.w3.org/2000/svg")
        for name in formats:
            html = html.replace(f'"http://{name}', "")
        assert "http" not in html
        assert not re.search(r"<link|<script[^>]*\ssrc|@import|url\(", html)

    def test_the_page_is_written_as_utf_8_whatever_the_system_speaks(self, tmp_path: Path) -> None:
        code = (
            "import locale, sys; from triplehelix.network_map.map_data import *;"
            "from triplehelix.network_map.map_rows import *;"
            "from triplehelix.network_map.planner_map import PlannerMap;"
            "rows = (Organization('a', '\\uac00\\ub78c \\u2013 \\u33a1'),);"
            "PlannerMap(MapData(Meta('\\uc9c0\\ub3c4', 'Map'), rows)).save(sys.argv[1]);"
            "print(locale.getencoding())"
        )
        path = tmp_path / "지도.html"
        environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
        environment["PYTHONPATH"] = str(Path(planner_map.__file__).parents[1])
        spoken = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            env=environment,
            capture_output=True,
            check=True,
        ).stdout.decode()
        assert "utf" not in spoken.lower()
        assert "가람 – ㎡" in path.read_bytes().decode("utf-8")
        assert b"\r" not in path.read_bytes()

    def test_parallel_edges_stay_and_bend_apart(self) -> None:
        page = PlannerMap(DATA)
        page.add_edge("a", "b", label="a third")
        assert page.num_edges() == 4
        bends = [
            (edge["smooth"]["type"], edge["smooth"]["roundness"], edge["from"])
            for edge in payload(page)["edges"]
            if {edge["from"], edge["to"]} == {"a", "b"}
        ]
        sides = {
            roundness * (1 if kind == "curvedCW" else -1) * (1 if start == "a" else -1)
            for kind, roundness, start in bends
        }
        assert len(sides) == 3
        assert "smooth" not in payload(page)["edges"][2]

    def test_markup_in_labels_stays_text(self) -> None:
        rows = (Organization("a", HOSTILE, HOSTILE, (HOSTILE,)), Organization("b", "나"))
        item = EvidenceItem("d", HOSTILE, HOSTILE, HOSTILE)
        data = MapData(
            Meta(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
            rows,
            (
                Tie(
                    "a",
                    "b",
                    TieKind.GAP,
                    1,
                    HOSTILE,
                    HOSTILE,
                    HOSTILE,
                    since=HOSTILE,
                    until=HOSTILE,
                    initiatives=(HOSTILE,),
                    themes=(HOSTILE,),
                    evidence=(item,),
                ),
            ),
            (),
            (Document("d", HOSTILE, HOSTILE),),
            (Initiative(HOSTILE, HOSTILE, HOSTILE, places=(HOSTILE,)),),
            (Theme(HOSTILE, HOSTILE, HOSTILE),),
            (Place(HOSTILE, HOSTILE, HOSTILE),),
            (Rung(HOSTILE, HOSTILE, HOSTILE),),
            bases=(Basis(HOSTILE, HOSTILE, HOSTILE),),
        )
        page = PlannerMap(data)
        page.add_node(HOSTILE, label=HOSTILE)
        page.add_edge(HOSTILE, "a", title=HOSTILE)
        html = page.generate_html()
        assert "<img" not in html
        assert "\u2028" not in html.split('id="payload">')[1].split("</script>")[0]
        assert html.count("</script>") == 2 + len(planner_map.SCRIPTS)
        assert payload(page)["data"]["organizations"]["ko"][0] == HOSTILE

    def test_adding_does_not_read_through_what_is_there(self) -> None:
        class Unread(list[Any]):
            def __iter__(self) -> Any:
                raise AssertionError("the list was read through")

            def __contains__(self, item: object) -> bool:
                raise AssertionError("the list was searched")

        page = PlannerMap(DATA)
        page.nodes, page.edges, page.node_ids = Unread(), Unread(), Unread()
        page.add_node("d")
        page.add_node("d")
        page.add_edge("d", "a")
        assert (len(page.nodes), len(page.edges), len(page.node_ids)) == (1, 1, 1)

    def test_physics_is_off_unless_asked_for(self) -> None:
        page = PlannerMap(DATA)
        assert payload(page)["options"]["physics"]["enabled"] is False
        page.set_options('{"edges": {"smooth": {"type": "continuous"}}}')
        assert payload(page)["options"]["physics"]["enabled"] is False
        assert payload(page)["options"]["edges"]["smooth"]["type"] == "continuous"


class TestPyvisStaysInHand:
    def test_changes_to_nodes_edges_and_options_reach_the_page(self) -> None:
        page = PlannerMap(DATA)
        page.get_node("a")["color"] = "#123456"
        page.edges[0]["width"] = 9
        page.toggle_drag_nodes(True)
        page.toggle_physics(True)
        page.from_nx(nx.path_graph(["x", "y", "z"]))
        shown = payload(page)
        assert shown["nodes"][0]["color"] == "#123456"
        assert shown["edges"][0]["width"] == 9
        assert shown["options"]["interaction"]["dragNodes"] is True
        assert shown["options"]["physics"]["enabled"] is True
        assert [node["id"] for node in shown["nodes"]] == ["a", "b", "c", "x", "y", "z"]
        assert len(shown["edges"]) == 5

    def test_numbers_of_numpy_are_written_and_other_objects_refused(self) -> None:
        np = pytest.importorskip("numpy")
        page = PlannerMap(DATA)
        page.add_node(7, size=np.float64(12.5), value=np.int64(3))
        assert payload(page)["nodes"][-1] == {
            "id": 7, "label": 7, "shape": NO_SECTOR.shape, "color": NO_SECTOR.color,
            "size": 12.5, "value": 3,
        }  # fmt: skip
        page.add_node("set", value={1})
        with pytest.raises(TypeError, match="set cannot be shown"):
            page.generate_html()

    def test_an_edge_needs_its_nodes(self) -> None:
        with pytest.raises(ValueError, match="no such node: 'q'"):
            PlannerMap(DATA).add_edge("a", "q")

    def test_what_the_page_cannot_do_is_refused(self) -> None:
        page = PlannerMap(DATA)
        with pytest.raises(NotImplementedError):
            page.set_template("/tmp/other.html")
        with pytest.raises(NotImplementedError):
            page.from_DOT("graph.dot")
        with pytest.raises(ValueError, match="language"):
            PlannerMap(DATA, language="fr")

    def test_every_way_to_save_writes_the_same_page(self, tmp_path: Path) -> None:
        page = PlannerMap(DATA)
        path = page.save(tmp_path / "save.html")
        page.write_html(str(tmp_path / "write.html"))
        page.save_graph(str(tmp_path / "graph.html"))
        assert page.show(str(tmp_path / "show.html")) is page
        pages = {file.read_bytes() for file in tmp_path.iterdir()}
        assert pages == {path.read_bytes()}
        assert len(list(tmp_path.iterdir())) == 4

    def test_a_notebook_shows_a_sandboxed_frame(self) -> None:
        frame = PlannerMap(DATA, height="500px")._repr_html_()
        assert frame.startswith("<iframe ")
        assert 'height="500px"' in frame
        assert "allow-same-origin" not in frame
        assert frame.count("<") == 2


class TestPage:
    def test_only_the_scripts_and_the_style_of_the_page_may_run(self) -> None:
        html = PlannerMap(DATA).generate_html()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        assert policy
        assert "unsafe" not in policy[1]
        assert policy[1].startswith("default-src 'none'; ")
        scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        assert (len(scripts), len(styles)) == (1 + len(planner_map.SCRIPTS), 1)
        for text in scripts + styles:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy[1]

    def test_the_same_data_give_the_same_bytes(self) -> None:
        assert PlannerMap(DATA).generate_html() == PlannerMap(DATA).generate_html()

    def test_given_positions_are_kept(self) -> None:
        rows = (Organization("a", "가", x=10.0, y=-3.5), Organization("b", "나", x=0.0, y=0.0))
        nodes = payload(PlannerMap(MapData(META, rows)))["nodes"]
        assert [(node["x"], node["y"]) for node in nodes] == [(10.0, -3.5), (0.0, 0.0)]

    def test_a_group_is_hollow_and_dashed(self) -> None:
        nodes = payload(PlannerMap(DATA))["nodes"]
        assert nodes[2]["color"] == {"background": "#ffffff", "border": NO_SECTOR.color}
        assert nodes[2]["shapeProperties"]["borderDashes"]
        assert not nodes[0]["shapeProperties"]["borderDashes"]

    @pytest.mark.parametrize(
        "color",
        [
            NO_SECTOR.color,
            *(look.color for look in SECTOR_LOOKS.values()),
            *(look.color for look in TIE_LOOKS.values()),
        ],
    )
    def test_every_colour_stands_out_from_white(self, color: str) -> None:
        """WCAG 2.2, success criterion 1.4.11: a contrast of 3:1 for graphical objects."""
        channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (light + 0.05) >= 3

    def test_sectors_and_ties_are_told_apart_without_colour(self) -> None:
        looks = [*SECTOR_LOOKS.values(), NO_SECTOR]
        assert len({look.shape for look in looks}) == len(looks)
        lines = {(look.dashes, look.width) for look in TIE_LOOKS.values()}
        assert set(TIE_LOOKS) == set(TieKind)
        assert len(lines) == len(TIE_LOOKS)

    def test_both_languages_have_every_word(self) -> None:
        text = (planner_map.TEMPLATES / "map_model.js").read_text("utf-8")
        korean, english = re.split(r"\n    en: \{", text.split("const WORDS")[1].split("\n  };")[0])
        keys = [set(re.findall(r"\b(\w+): [\"\[]", part)) for part in (korean, english)]
        assert keys[0] == keys[1]
        page = (planner_map.TEMPLATES / "map.html.j2").read_text("utf-8")
        assert set(re.findall(r'data-(?:text|label|placeholder)="(\w+)"', page)) <= keys[0]
