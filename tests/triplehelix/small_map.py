"""A map of three organisations, and what is read from a page made of it."""

import json
import re
from typing import Any

from triplehelix.network_map import planner_map
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import (
    Basis,
    Document,
    EvidenceItem,
    Meta,
    Organization,
    Sector,
    Tie,
    TieKind,
)
from triplehelix.network_map.packing import say_edges, say_nodes, unpack
from triplehelix.network_map.planner_map import PlannerMap

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
    """What the page is sent, unpacked."""
    html = page.generate_html()
    found = re.search(r'<script type="application/json" id="payload">(.*?)</script>', html)
    assert found
    sent = json.loads(found[1])
    nodes = unpack(sent["nodes"], say_nodes(sent["data"]))
    return {**sent, "nodes": nodes, "edges": unpack(sent["edges"], say_edges(sent["data"]))}


def own_part(html: str) -> str:
    """The page without the library that draws it."""
    return html.replace(planner_map._vis_network(), "")
