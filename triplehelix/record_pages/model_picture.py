"""The model as a picture: main classes as boxes, what refers to what as lines, in SVG.

Where a box stands is said here; which lines there are, and what they are called, is read from the
tables and the ontology. A library that lays out graphs would have to be installed for one picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import Environment
from rdflib import URIRef
from rdflib.namespace import OWL, RDFS

from graph.model import is_subclass, labels, read_model
from graph.namespaces import TH, slug
from graph.shapes import read_schema

COLUMN, ROW, WIDTH, HEIGHT = 320, 74, 190, 54
_LONG = 1.5 * ROW


class Place(NamedTuple):
    """Where a box stands, in columns and rows, and over how many it reaches."""

    column: float
    row: float
    rows: float = 1
    columns: float = 1


PLACES: Mapping[str, Place] = {
    "Place": Place(0, 0, columns=3),
    "Organization": Place(0, 1.3, 9),
    "Participation": Place(1, 3.3),
    "AgreementParty": Place(1, 7.3),
    "Affiliation": Place(1, 8.3),
    "Undertaking": Place(2, 1.3, 5.7),
    "Agreement": Place(2, 7.3, 3),
    "BudgetItem": Place(3, 1.3),
    "Indicator": Place(3, 2.3),
    "IndicatorValue": Place(4, 2.3),
    "Output": Place(3, 3.3),
    "Problem": Place(3, 4.3),
    "Measure": Place(3, 5.3),
    "Theme": Place(3, 6.3, 2.3),
    "Document": Place(0, 10.8),
    "Evidence": Place(1, 10.8),
}
INNER = {"Undertaking": ("Initiative", "Event"), "Agreement": ("Agreement", "IntendedAgreement")}


@dataclass(frozen=True, slots=True)
class Box:
    """A class as drawn: its corner and size, its names, and the properties written inside."""

    name: str
    ko: str
    en: str
    x: float
    y: float
    width: float
    height: float
    stated: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    inner: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow between two boxes, with the names of its properties."""

    x1: float
    y1: float
    x2: float
    y2: float
    names: tuple[str, ...]


def draw_model(environment: Environment) -> str:
    """Return the picture as SVG."""
    links = read_links()
    boxes = {name: _box(name, links) for name in PLACES}
    lines = [
        _line(boxes[source], boxes[target], sorted(names))
        for (source, target), names in sorted(links.items())
        if source != target
    ]
    width = max(box.x + box.width for box in boxes.values()) + 10
    height = max(box.y + box.height for box in boxes.values()) + 10
    template = environment.get_template("model.svg.j2")
    return template.render(boxes=list(boxes.values()), lines=lines, width=width, height=height)


def read_links() -> dict[tuple[str, str], set[str]]:
    """Return the properties by which columns of tables refer from one box to another."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for table in read_schema().tables.values():
        for column in table.columns:
            if column.kind != "reference":
                continue
            for source in {_home(class_) for class_ in table.classes}:
                for target in {_home(class_) for class_ in column.classes}:
                    found[source, target].add(slug(column.path))
    return {pair: names for pair, names in found.items() if "" not in pair}


def _home(class_: str) -> str:
    """Return the box in which a class stands, or nothing."""
    if slug(class_) == "IntendedAgreement":
        return "Agreement"
    return next((name for name in PLACES if is_subclass(class_, str(TH[name]))), "")


def _inferred(name: str) -> Iterator[str]:
    """Yield the properties that follow by a chain from a class to itself."""
    model = read_model()
    for property_ in sorted(map(str, model.subjects(OWL.propertyChainAxiom, None))):
        ends = {model.value(URIRef(property_), end) for end in (RDFS.domain, RDFS.range)}
        if ends == {TH[name]}:
            yield slug(property_)


def _names(name: str) -> tuple[str, str]:
    known = labels(read_model(), URIRef(TH[name]))
    return known["ko"], known["en"]


def _box(name: str, links: Mapping[tuple[str, str], set[str]]) -> Box:
    place = PLACES[name]
    gap = ROW - HEIGHT
    inner = tuple((part, *_names(part)) for part in INNER.get(name, ()))
    return Box(
        name,
        *_names(name),
        10 + place.column * COLUMN,
        10 + place.row * ROW,
        (place.columns - 1) * COLUMN + WIDTH,
        place.rows * ROW - gap,
        tuple(sorted(links.get((name, name), ()))),
        tuple(_inferred(name)),
        inner,
    )


def _line(source: Box, target: Box, names: list[str]) -> Line:
    """Return an arrow that is straight: across where boxes share a height, else up or down."""
    top = max(source.y, target.y)
    bottom = min(source.y + source.height, target.y + target.height)
    if bottom > top:
        middle = bottom - HEIGHT / 2 if bottom - top > _LONG else (top + bottom) / 2
        right = target.x > source.x
        start = source.x + source.width if right else source.x
        end = target.x if right else target.x + target.width
        return Line(start, middle, end, middle, tuple(names))
    left = max(source.x, target.x)
    across = (left + min(source.x + source.width, target.x + target.width)) / 2
    down = target.y > source.y
    start = source.y + source.height if down else source.y
    end = target.y if down else target.y + target.height
    return Line(across, start, across, end, tuple(names))
