"""The map as a pyvis network: pyvis's faults kept away, its ways kept."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from tests.triplehelix.small_map import DATA, HOSTILE, own_part, payload
from triplehelix.network_map import planner_map
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
    Theme,
    Tie,
    TieKind,
)
from triplehelix.network_map.planner_map import NO_SECTOR, PlannerMap


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
