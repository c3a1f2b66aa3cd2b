"""The file: the matrices, one page that asks no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graph.namespaces import slug
from triplehelix.district_map.district_site import render_page
from triplehelix.district_map.pairs import KINDS, WorkingPair, list_pairs
from triplehelix.district_map.texts import say as say_beside
from triplehelix.matrix_page.matrices import (
    SectorMatrix,
    ThemeMatrix,
    cross_sectors,
    cross_themes,
)
from triplehelix.pages.addresses import page_address
from triplehelix.pages.texts import Text, concept, fill, name, read_texts
from triplehelix.replacement import write_aside
from triplehelix.report import Report

TEMPLATES = Path(__file__).parent / "templates"
_SHADES = 4
_OF_SCRIPT = "list_"


def say(key: str, **arguments: object) -> Text:
    """Return the words of a key, from this page or those beside it, with values filled in.

    Raises:
        KeyError: there are no such words.

    >>> say("missing_leg").en
    'missing leg'
    """
    own = read_texts("triplehelix.matrix_page")
    return fill(own[key], arguments) if key in own else say_beside(key, **arguments)


def write_matrix(report: Report, folder: Path, pairs: list[WorkingPair] | None = None) -> None:
    """Write the page to a folder; the same report gives the same bytes.

    ``pairs`` saves reading them again where the caller has them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page = render_matrix(report, list_pairs(report) if pairs is None else pairs)
    write_aside(folder / "matrix.html", page.encode())


def render_matrix(report: Report, pairs: list[WorkingPair]) -> str:
    """Return the page."""
    sectors, themes = cross_sectors(report, pairs), cross_themes(report)
    most = max((count.works for count in sectors.cells.values()), default=0)
    widest = max((len(m) for row in themes.rows for m in row.members.values()), default=0)
    return render_page(
        report,
        "matrix",
        (say("open_matrix"), say("page_matrix_lead")),
        say,
        [(part, say(f"h_{part}")) for part in ("sectors", "themes")],
        _payload(report, pairs, sectors, themes),
        (TEMPLATES / "matrix.css",),
        [TEMPLATES / "matrix.js"],
        sectors=sectors,
        themes=themes,
        sector=cache(lambda code: concept(report, code) if code else say("no_sector")),
        shade_pairs=lambda value: shade(value, most),
        shade_members=lambda value: shade(value, widest),
    )


def shade(value: int, most: int) -> int:
    """Return the shade of a cell: 0 for none, the darkest for the most.

    >>> [shade(value, 80) for value in (0, 1, 20, 21, 80)]
    [0, 1, 1, 2, 4]
    """
    return -(-value * _SHADES // most) if most else 0


def _payload(
    report: Report, pairs: list[WorkingPair], sectors: SectorMatrix, themes: ThemeMatrix
) -> dict[str, Any]:
    """Return what stands behind the cells: pairs, members of themes, and their names."""
    working = [pair for pair in pairs if pair.works]
    members = {iri for row in themes.rows for own in row.members.values() for iri in own}
    shown = sorted(members | {end for pair in working for end in (pair.one, pair.two)})
    numbers = {iri: number for number, iri in enumerate(shown)}
    organizations = report.holdings.organizations
    return {
        "sectors": [
            [code or "none", *(concept(report, code) if code else say("no_sector"))]
            for code in sectors.sectors
        ],
        "organizations": [
            [
                *name(report, iri),
                page_address(slug(iri)),
                sectors.sectors.index(organizations[iri].sector),
            ]
            for iri in shown
        ],
        "kinds": [str(kind) for kind in KINDS],
        "pairs": [
            [
                numbers[pair.one],
                numbers[pair.two],
                sum(1 << at for at, kind in enumerate(KINDS) if kind in pair.kinds),
                pair.shared,
            ]
            for pair in working
        ],
        "themes": [
            [slug(row.theme), *name(report, row.theme), list(_members(row.members, numbers))]
            for row in themes.rows
        ],
        "words": {
            key.removeprefix(_OF_SCRIPT): text
            for key, text in read_texts("triplehelix.matrix_page").items()
            if key.startswith(_OF_SCRIPT)
        },
    }


def _members(
    members: Mapping[str, Mapping[str, int]], numbers: Mapping[str, int]
) -> Iterator[list[int]]:
    for own in members.values():
        for iri, count in own.items():
            yield [numbers[iri], count]
