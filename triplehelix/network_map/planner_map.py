"""The network map: a pyvis network whose page is our own.

:class:`PlannerMap` is a :class:`pyvis.network.Network`, so ``.nodes``, ``.edges``, ``.options`` and
the ``add_...`` methods stay in the hands of a notebook user, and whatever is changed there is what
the page draws. The page itself is one file that asks nothing of a network: our template, our
scripts, and the vis-network that pyvis ships.

This module is the only one to import pyvis, which takes a third of a second because it brings
IPython and NetworkX along; callers import it where they need it.
"""

import itertools
import json
import math
import webbrowser
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from pyvis.network import Network
from pyvis.node import Node

from triplehelix.network_map.bends import add_edges
from triplehelix.network_map.layout import lay_out
from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.map_rows import Organization, TieKind
from triplehelix.network_map.packing import LARGE, deflate, pack_edges, pack_nodes, write_json
from triplehelix.network_map.record_addresses import find_addresses
from triplehelix.network_map.settling import Layout, settle
from triplehelix.pages.content_policy import hash_source

TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = (
    "map_payload.js",
    "search.js",
    "map_model.js",
    "map_levels.js",
    "map_sizes.js",
    "map_condensing.js",
    "map_folds.js",
    "map_hulls.js",
    "map_labels.js",
    "map_looks.js",
    "map_glide.js",
    "map_view.js",
    "map_ways.js",
    "map_panel.js",
    "map_profile.js",
    "map_fold_panel.js",
    "map_subjects.js",
    "map_files.js",
    "map_vector.js",
    "map.js",
)
VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"


class SectorLook(NamedTuple):
    """How a sector is drawn; ``scale`` makes the shapes equal in area."""

    shape: str
    color: str
    scale: float


class TieLook(NamedTuple):
    """How a kind of tie is drawn; ``dashes`` are lengths of ink and gap, empty for solid."""

    color: str
    width: float
    dashes: tuple[int, ...]


# Every colour has a contrast of 3:1 or more with white, and the sectors' differ by a CIE76 distance
# of 23 or more with normal, protan, deutan and tritan sight (Machado et al. 2009); the shape says
# the same again.
SECTOR_LOOKS: Mapping[str, SectorLook] = {
    "academia": SectorLook("dot", "#2463eb", 1.0),
    "industry": SectorLook("square", "#6b4300", 0.886),
    "research": SectorLook("triangle", "#0f9d58", 1.17),
    "government": SectorLook("diamond", "#b552bb", 1.253),
    "intermediary": SectorLook("hexagon", "#0a3f5c", 1.1),
}
NO_SECTOR = SectorLook("triangleDown", "#737373", 1.17)
TIE_LOOKS: Mapping[TieKind, TieLook] = {
    TieKind.AGREEMENT: TieLook("#222222", 2.4, ()),
    TieKind.JOINT_WORK: TieLook("#8a8a8a", 1.2, ()),
    TieKind.MEETING: TieLook("#7d7d7d", 1.3, (1, 4)),
    TieKind.GAP: TieLook("#b8430f", 2.2, (7, 5)),
    TieKind.PLANNED: TieLook("#4f7cac", 1.4, (9, 4, 2, 4)),
}
OTHER_TIE = TieLook("#8a8a8a", 1.2, ())

DEFAULTS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "edges": {"smooth": {"enabled": False}, "color": {"inherit": False}},
    "interaction": {"dragNodes": False, "hover": True, "selectable": False, "keyboard": False},
}


class PlannerMap(Network):  # type: ignore[misc]  # pyvis carries no types
    """A network map that is edited as a pyvis network and saved as one self-contained page.

    >>> from triplehelix.network_map.map_data import MapData
    >>> from triplehelix.network_map.map_rows import Meta, Organization, Tie, TieKind
    >>> rows = (Organization("a", "가 대학"), Organization("b", "나 기업"))
    >>> page = PlannerMap(MapData(Meta("지도", "Map"), rows, (Tie("a", "b", TieKind.GAP),)))
    >>> page.add_node("c", label="다 연구원")
    >>> page.add_edge("c", "a")
    >>> page.num_nodes(), page.num_edges()
    (3, 2)
    """

    def __init__(
        self,
        data: MapData,
        *,
        language: str = "ko",
        height: str = "640px",
        width: str = "100%",
        last: Layout | None = None,
        in_site: bool = False,
    ) -> None:
        """Draw the rows of ``data``; nodes without a position get one.

        ``last`` is the layout of an earlier map, whose organisations keep their places. A map
        ``in_site`` links to the pages that stand beside it.

        Raises:
            ValueError: when ``language`` is neither "ko" nor "en".
        """
        if language not in ("ko", "en"):
            raise ValueError(f"no such language: {language!r}")
        super().__init__(
            height=height, width=width, heading=data.meta.title_ko, cdn_resources="in_line"
        )
        self.data = _placed(data, last or {})
        self.language = language
        self.in_site = in_site
        self.options.physics.enabled = False
        self.options.interaction.dragNodes = False
        self.options.edges.smooth.enabled = False
        self.options.edges.color.inherit = False
        for organization, degree in zip(self.data.organizations, self.data.degrees, strict=True):
            self.add_node(organization.id, **_node(organization, degree))
        for number, tie in enumerate(self.data.ties):
            self.add_edge(tie.source, tie.target, **_edge(number, tie.kind, tie.count))

    def add_node(
        self,
        n_id: str | int,
        label: str | None = None,
        shape: str = NO_SECTOR.shape,
        color: Any = NO_SECTOR.color,
        **options: Any,
    ) -> None:
        """Add a node, unless it is there already (pyvis reads through a list to find out)."""
        if n_id in self.node_map:
            return
        if "group" not in options:
            options["color"] = color
        node = Node(n_id, shape, label or n_id, font_color=self.font_color, **options).options
        self.nodes.append(node)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node

    def add_edge(self, source: str | int, to: str | int, **options: Any) -> None:
        """Add an edge, also beside one that is there (pyvis drops it, and searches all to do so).

        Raises:
            ValueError: when an end is not a node.
        """
        for end in (source, to):
            if end not in self.node_map:
                raise ValueError(f"no such node: {end!r}")
        edge = {**options, "from": source, "to": to}
        if self.directed:
            edge.setdefault("arrows", "to")
        self.edges.append(edge)

    def generate_html(
        self, name: str = "index.html", local: bool = True, notebook: bool = False
    ) -> str:
        """Return the page; the arguments are pyvis's and change nothing."""
        return self._page(embed=False)

    def save(self, path: str | Path) -> Path:
        """Write the page as UTF-8, whatever the system's encoding is, and return where."""
        target = Path(path)
        target.write_text(self.generate_html(), encoding="utf-8", newline="\n")
        return target

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Save the page, and open it in a browser when asked."""
        target = self.save(name)
        if open_browser:
            webbrowser.open(target.resolve().as_uri())

    def save_graph(self, name: str) -> None:
        """Save the page."""
        self.save(name)

    def show(self, name: str, local: bool = True, notebook: bool = True) -> "PlannerMap | None":
        """Save the page; return this map for a notebook to display, or open a browser."""
        self.write_html(name, open_browser=not notebook)
        return self if notebook else None

    def _repr_html_(self) -> str:
        """Return a frame that holds the whole page, for notebooks."""
        frame = Markup(
            '<iframe title="{}" srcdoc="{}" width="{}" height="{}" style="border:1px solid #ccc"'
            ' sandbox="allow-scripts allow-downloads allow-modals"></iframe>'
        )
        page = escape(self._page(embed=True))
        return str(frame.format(self.heading, page, self.width, self.height))

    def set_template_dir(self, template_directory: str, template_file: str = "") -> None:
        """Refuse: a template of pyvis would bring back its CDNs and its unescaped labels.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("this map has its own page; use pyvis.network.Network instead")

    def from_DOT(self, dot: str) -> None:  # the name is pyvis's
        """Refuse: a DOT file carries none of what the page shows.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError("read the DOT file with networkx and call from_nx")

    def _page(self, embed: bool) -> str:
        template = _environment().get_template("map.html.j2")
        scripts = [_vis_network(), *(_text(TEMPLATES / name) for name in SCRIPTS)]
        style = "\n" + _text(TEMPLATES / "map.css")
        payload = self._payload(embed)
        deflated = len(payload.encode()) > LARGE
        self.html = template.render(
            meta=self.data.meta,
            heading=self.heading,
            language=self.language,
            style=Markup(style),
            scripts=[Markup(script) for script in scripts],
            script_hashes=[hash_source(script) for script in scripts],
            style_hash=hash_source(style),
            payload=Markup(deflate(payload) if deflated else _script_safe(payload)),
            deflated=deflated,
            in_site=self.in_site,
        )
        return self.html

    def _payload(self, embed: bool) -> str:
        columns = self.data.to_columns()
        present = {node["id"] for node in self.nodes}
        payload = {
            "data": columns,
            "sectorLooks": [
                SECTOR_LOOKS.get(sector.id, NO_SECTOR)._asdict() for sector in self.data.sectors
            ],
            "noSectorLook": NO_SECTOR._asdict(),
            "kinds": [{"id": kind.value, **TIE_LOOKS[kind]._asdict()} for kind in TieKind],
            "otherTie": OTHER_TIE._asdict(),
            "nodes": pack_nodes(self.nodes, columns),
            "edges": pack_edges(add_edges(self.edges, present, self.data, _edge), columns),
            "options": _merged(DEFAULTS, self._options()),
            "language": self.language,
            "embed": embed,
            "site": {"addresses": find_addresses(self.data)} if self.in_site else None,
        }
        return write_json(payload)

    def _options(self) -> Mapping[str, Any]:
        options: Mapping[str, Any] = json.loads(self.get_network_data()[-1])
        return options


def _placed(data: MapData, last: Layout) -> MapData:
    """Return the data with a position for every organisation.

    If one has none, all get the places of the last layout, or a new one.
    """
    radii = [_size(degree) * 1.25 for degree in data.degrees]
    if last:
        data = settle(data, last, radii)
    if all(row.x is not None for row in data.organizations):
        return data
    positions = lay_out(
        len(data.organizations),
        [(data.positions[tie.source], data.positions[tie.target]) for tie in data.ties],
        radii,
        communities=_labels(data) if data.communities else None,
    )
    rows = zip(data.organizations, positions, strict=True)
    return replace(data, organizations=tuple(replace(row, x=x, y=y) for row, (x, y) in rows))


def _labels(data: MapData) -> list[int]:
    """Return the number of each organisation's community; one without stands alone."""
    numbers = data.numbers["communities"]
    alone = itertools.count(len(numbers))
    return [
        next(alone) if row.community is None else numbers[row.community]
        for row in data.organizations
    ]


def _size(degree: int) -> float:
    return round(min(6.5 + 3.0 * math.sqrt(degree), 28.0), 1)


def _node(organization: Organization, degree: int) -> dict[str, Any]:
    """Return a node for vis-network; a group is hollow with a dashed border."""
    look = SECTOR_LOOKS.get(organization.sector or "", NO_SECTOR)
    fill, border = ("#ffffff", look.color) if organization.group else (look.color, "#ffffff")
    return {
        "label": organization.ko,
        "shape": look.shape,
        "size": round(_size(degree) * look.scale, 1),
        "color": {"background": fill, "border": border},
        "borderWidth": 2.5 if organization.group else 1,
        "shapeProperties": {"borderDashes": [4, 2.5] if organization.group else False},
        "x": organization.x,
        "y": organization.y,
    }


def _edge(number: int, kind: TieKind, count: int) -> dict[str, Any]:
    look = TIE_LOOKS[kind]
    extra = 0.35 * math.log2(max(count, 1)) if kind is TieKind.JOINT_WORK else 0.0
    return {
        "tie": number,
        "color": look.color,
        "width": round(min(look.width + extra, 3.0), 2),
        "dashes": list(look.dashes) or False,
    }


def _merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` with the entries of ``change`` put over it, mapping by mapping."""
    result = dict(base)
    for key, value in change.items():
        below = result.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            result[key] = _merged(below, value)
        else:
            result[key] = value
    return result


def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)


def _vis_network() -> str:
    return files("pyvis").joinpath(VIS_NETWORK).read_text("utf-8").replace("\r\n", "\n")


def _text(path: Path) -> str:
    return path.read_text("utf-8")


_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def _script_safe(text: str) -> str:
    """Return JSON that cannot end the script it stands in, and means the same.

    >>> json.loads(_script_safe('["</script>"]'))
    ['</script>']
    >>> "<" in _script_safe('["</script>"]')
    False
    """
    return text.translate(_ESCAPES)
