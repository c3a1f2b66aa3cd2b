"""Where the records that a map names have their pages, when the map stands in a site."""

from __future__ import annotations

from collections.abc import Mapping

from triplehelix.network_map.map_data import MapData
from triplehelix.pages.addresses import page_address


def find_addresses(data: MapData) -> Mapping[str, str]:
    """Return the addresses that are not the identifier with its ending, by identifier.

    >>> from triplehelix.network_map.map_rows import Meta, Organization
    >>> rows = (Organization("index", "가"), Organization("goyang", "고양시"))
    >>> find_addresses(MapData(Meta("지도", "Map"), rows))
    {'index': '_index.html'}
    """
    found = {row.id: page_address(row.id) for row in data.organizations}
    found |= {row.id: page_address(row.id) for row in data.initiatives}
    found |= {row.id: page_address(row.id) for row in data.agreements}
    return {name: address for name, address in found.items() if address != f"{name}.html"}
