"""The layout of a map as a file beside the build, so that the next map stands as this one did."""

from __future__ import annotations

import json
import math

from triplehelix.network_map.map_data import MapData
from triplehelix.network_map.settling import Layout

FORMAT = 1


class LayoutError(ValueError):
    """A file is no layout, or one of a later format."""


def encode_layout(data: MapData) -> bytes:
    """Return the positions of a map as JSON; the same map gives the same bytes.

    >>> from triplehelix.network_map.map_rows import Meta, Organization
    >>> data = MapData(Meta("지도", "Map"), (Organization("a", "가", x=1.5, y=-2.0),))
    >>> decode_layout(encode_layout(data))
    {'a': (1.5, -2.0)}
    """
    positions = {row.id: [row.x, row.y] for row in data.organizations}
    written = {"triplehelix_layout": FORMAT, "positions": positions}
    return f"{json.dumps(written, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def decode_layout(content: bytes) -> Layout:
    """Return the positions of a file.

    Raises:
        LayoutError: it is no layout.
    """
    try:
        read = json.loads(content)
    except ValueError as error:
        raise LayoutError("no JSON") from error
    if not isinstance(read, dict) or read.get("triplehelix_layout") != FORMAT:
        raise LayoutError("no layout of this format")
    positions = read.get("positions")
    if not isinstance(positions, dict):
        raise LayoutError("no positions")
    return {name: _read_position(name, place) for name, place in positions.items()}


def _read_position(name: str, place: object) -> tuple[float, float]:
    if isinstance(place, list) and len(place) == 2:
        x, y = place
        if all(isinstance(v, int | float) and math.isfinite(v) for v in (x, y)):
            return float(x), float(y)
    raise LayoutError(f"no position of {name}")
