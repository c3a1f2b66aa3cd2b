"""The map without a browser: rows to columns, and the page."""

import base64
import hashlib
import json
import re
import unicodedata
from typing import Any

import pytest

from tests.triplehelix.small_map import DATA, ITEM, META, ROWS, payload
from triplehelix.network_map import planner_map
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import (
    Organization,
    Tie,
    TieKind,
)
from triplehelix.network_map.planner_map import NO_SECTOR, SECTOR_LOOKS, TIE_LOOKS, PlannerMap


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
