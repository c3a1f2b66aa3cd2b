"""Nodes and edges as the page is sent them: what repeats once, and what the rows say not at all.

Most nodes look like others, and their name and place are those of their organisation's row. So a
table of nodes (or edges) is packed into

``styles``
    the different looks: ``options`` that vis-network is given, and under ``row`` those that are
    taken from the row of the data;
``style``, ``row``
    for each node the number of its style and of its row, -1 for none; ``row`` is left out where
    each node's is its own number;
``own``
    what is of one node alone, by the number of the node.

What a notebook user changes finds its place in one of them: :func:`unpack` gives back what was
packed. A page above :data:`LARGE` is deflated besides.
"""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

Options = Mapping[str, Any]

OWN = frozenset({"id", "label", "title", "x", "y", "value"})
"""Options that differ from node to node."""
LARGE = 1_000_000
"""Above so many bytes the data of a page is deflated."""


def pack_nodes(nodes: Sequence[Options], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return nodes packed; what is theirs by their organisation's row is not said again."""
    said = say_nodes(columns)
    numbers = {told["id"]: number for number, told in enumerate(said)}
    return pack(nodes, [numbers.get(node["id"], -1) for node in nodes], said)


def pack_edges(edges: Sequence[Options], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return edges packed; the option ``tie`` has the number of an edge's row."""
    said = say_edges(columns)
    numbers = range(len(said))
    rows = [edge["tie"] if edge.get("tie") in numbers else -1 for edge in edges]
    return pack(edges, rows, said)


def say_nodes(columns: Mapping[str, Any]) -> list[Options]:
    """Return what the rows of organisations say of their nodes."""
    table = columns["organizations"]
    rows = zip(table["id"], table["ko"], table["x"], table["y"], strict=True)
    return [{"id": id_, "label": ko, "x": x, "y": y} for id_, ko, x, y in rows]


def say_edges(columns: Mapping[str, Any]) -> list[Options]:
    """Return what the rows of ties say of their edges."""
    ids = columns["organizations"]["id"]
    ends = zip(columns["ties"]["source"], columns["ties"]["target"], strict=True)
    return [
        {"tie": number, "from": ids[source], "to": ids[target]}
        for number, (source, target) in enumerate(ends)
    ]


def pack(items: Sequence[Options], rows: Sequence[int], said: Sequence[Options]) -> dict[str, Any]:
    """Return items packed: ``rows`` has the number of each item's row, or -1.

    ``said`` has what each row says of its item.

    >>> packed = pack([{"id": "a", "shape": "dot"}, {"id": "x"}], [0, -1], [{"id": "a"}])
    >>> packed["styles"], packed["own"]
    ([{'options': {'shape': 'dot'}, 'row': ['id']}, {'options': {}, 'row': []}], {'1': {'id': 'x'}})
    >>> unpack(packed, [{"id": "a"}])
    [{'shape': 'dot', 'id': 'a'}, {'id': 'x'}]
    """
    styles: dict[str, int] = {}
    numbers: list[int] = []
    own: dict[str, dict[str, Any]] = {}
    for number, (item, row) in enumerate(zip(items, rows, strict=True)):
        told = said[row] if row >= 0 else {}
        same = sorted(key for key in told if key in item and _is_same(item[key], told[key]))
        rest = {key: value for key, value in item.items() if key not in same}
        alone = {key: rest.pop(key) for key in sorted(OWN & rest.keys())}
        if alone:
            own[str(number)] = alone
        style = write_json({"options": rest, "row": same})
        numbers.append(styles.setdefault(style, len(styles)))
    packed = {"styles": [json.loads(style) for style in styles], "style": numbers, "own": own}
    return packed if list(rows) == list(range(len(items))) else {**packed, "row": list(rows)}


def unpack(packed: Mapping[str, Any], said: Sequence[Options]) -> list[dict[str, Any]]:
    """Return the items that were packed, as JSON has them."""
    rows = packed.get("row", range(len(packed["style"])))
    items = []
    for number, (style, row) in enumerate(zip(packed["style"], rows, strict=True)):
        look = packed["styles"][style]
        told = {key: said[row][key] for key in look["row"]}
        items.append({**look["options"], **told, **packed["own"].get(str(number), {})})
    return items


def deflate(text: str) -> str:
    """Return a text deflated (RFC 1951) and in base 64.

    >>> inflate(deflate("가나다"))
    '가나다'
    """
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(squeezer.compress(text.encode()) + squeezer.flush()).decode()


def inflate(text: str) -> str:
    """Return the text that was deflated."""
    return zlib.decompress(base64.b64decode(text), -zlib.MAX_WBITS).decode()


def write_json(value: Any) -> str:
    """Return JSON in as few signs as can be.

    Raises:
        TypeError: an object that JSON has no form for.
    """
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain
    )


def _plain(value: Any) -> Any:
    """Return a number of NumPy as Python's own (notebook users bring them)."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be shown on the page: {value!r}")


def _is_same(one: Any, two: Any) -> bool:
    """Return whether two values are written alike: 1 and True are equal, but not the same."""
    return type(one) is type(two) and bool(one == two)
