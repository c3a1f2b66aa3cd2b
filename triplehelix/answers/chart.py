"""Charts of answers as small SVG pictures; the words in them are those of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

from graph.question_header import CHARTS, Column
from graph.question_header import Chart as Drawing

if TYPE_CHECKING:
    from triplehelix.answers.answer import Answer

# Every colour has a contrast of 3:1 or more with white, and each is darker than the one before.
COLORS = ("#7a93b8", "#2f6cb3", "#12284b", "#8f5a00", "#5b2a86")
WIDTH, LABELS, FIGURES = 720, 240, 110
LINE, BAR, FONT = 22, 14, 12
HEIGHT = 240
INK, FAINT = "#222222", "#d0d0d0"

Number = int | Decimal
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title; a notebook shows it, and ``svg`` is its text."""

    title: str
    svg: str = field(repr=False)

    def _repr_svg_(self) -> str:
        return self.svg


@dataclass(frozen=True, slots=True)
class _Series:
    """What is measured in one column: its name, and the numbers, of which some are blank."""

    name: str
    column: Column
    values: list[Number | None]


def draw(answer: Answer, drawing: Drawing) -> Chart:
    """Return an answer as bars, bars within bars (Few 2006), or lines.

    Raises:
        ValueError: there is no such kind or column, or a column holds no numbers.
    """
    if drawing.kind not in CHARTS:
        raise ValueError(f"there is no chart {drawing.kind!r}; kinds: {', '.join(CHARTS)}")
    axis = answer.column(drawing.x)
    names = [answer.show(row[axis.name], axis) for row in answer]
    series = [_read(answer, name) for name in drawing.y]
    make = {"bar": _draw_bars, "bullet": _draw_bullets, "line": _draw_lines}[drawing.kind]
    return Chart(answer.title, make(answer, names, series))


def _read(answer: Answer, name: str) -> _Series:
    column = answer.column(name)
    values = [_number(row[name], name) for row in answer]
    return _Series(column.label.get(answer.language) or name, column, values)


def _number(value: object, name: str) -> Number | None:
    if value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
        return value
    raise ValueError(f"column {name!r} holds no numbers: {value!r}")


def _draw_bars(answer: Answer, names: Sequence[str], series: Sequence[_Series]) -> str:
    """Return one bar for each number, those of one row beneath each other."""
    step = LINE * len(series)
    picture = _picture(answer, _top(series) + step * len(names), series)
    for at, name in enumerate(names):
        for number, one in enumerate(series):
            y = _top(series) + at * step + number * LINE
            _draw_label(picture, name if number == 0 else "", y)
            _draw_bar(picture, one, at, series, y, COLORS[number % len(COLORS)], BAR)
            _draw_figure(picture, answer.show(one.values[at], one.column), y)
    return _write(picture)


def _draw_bullets(answer: Answer, names: Sequence[str], series: Sequence[_Series]) -> str:
    """Return the bars of a row within each other, the later ones thinner and darker."""
    picture = _picture(answer, _top(series) + LINE * len(names), series)
    for at, name in enumerate(names):
        y = _top(series) + at * LINE
        _draw_label(picture, name, y)
        for number, one in enumerate(series):
            thick = max(BAR - 5 * number, 3)
            _draw_bar(picture, one, at, series, y, COLORS[number % len(COLORS)], thick)
        told = [answer.show(one.values[at], one.column) for one in series]
        _draw_figure(picture, told[-1], y, ", ".join(told))
    return _write(picture)


def _draw_bar(
    picture: ET.Element,
    one: _Series,
    at: int,
    series: Sequence[_Series],
    y: float,
    color: str,
    thick: float,
) -> None:
    value = one.values[at]
    if value is None:
        return
    length = max(float(value), 0.0) / _largest(series) * (WIDTH - LABELS - FIGURES)
    top = y + (LINE - thick) / 2
    bar = _add(picture, "rect", x=LABELS, y=top, width=length, height=thick, fill=color)
    _add(bar, "title").text = f"{one.name}: {value:,}"


def _draw_lines(answer: Answer, names: Sequence[str], series: Sequence[_Series]) -> str:
    """Return a line for each column; where a number is blank the line is broken."""
    top, left, right = _top(series) + 10, FIGURES, WIDTH - 40
    picture = _picture(answer, top + HEIGHT + 2 * LINE, series)
    step = (right - left) / max(len(names) - 1, 1)
    for share in (0.0, 0.5, 1.0):
        y = top + HEIGHT * (1 - share)
        _add(picture, "line", x1=left, y1=y, x2=right, y2=y, stroke=FAINT)
        told = Decimal(_largest(series)) * Decimal(share)
        _draw_text(picture, answer.show(told, series[0].column), left - 8, y + 4, "end")
    for at, name in enumerate(names):
        _draw_text(picture, _cut(name, step or 80), left + at * step, top + HEIGHT + LINE, "middle")
    for number, one in enumerate(series):
        points = [
            (left + at * step, top + HEIGHT * (1 - float(value) / _largest(series)))
            if value is not None
            else None
            for at, value in enumerate(one.values)
        ]
        _draw_line(picture, points, COLORS[number % len(COLORS)])
    return _write(picture)


def _draw_line(picture: ET.Element, points: Sequence[Point | None], color: str) -> None:
    for first, second in pairwise(points):
        if first and second:
            ends = {"x1": first[0], "y1": first[1], "x2": second[0], "y2": second[1]}
            _add(picture, "line", **ends, stroke=color, **{"stroke-width": 2})
    for x, y in filter(None, points):
        _add(picture, "circle", cx=x, cy=y, r=3.5, fill=color)


def _largest(series: Sequence[_Series]) -> float:
    values = [float(v) for one in series for v in one.values if v is not None]
    return max([*values, 0.0]) or 1.0


def _top(series: Sequence[_Series]) -> int:
    """Return where the drawing begins: beneath the title and the names of the columns."""
    return LINE * (2 + len(series))


def _picture(answer: Answer, height: float, series: Sequence[_Series]) -> ET.Element:
    """Return an empty picture with the title and what each colour means."""
    picture = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img"})
    picture.attrib |= {"viewBox": f"0 0 {WIDTH} {height:g}", "width": f"{WIDTH}"}
    picture.attrib |= {"font-family": "sans-serif", "font-size": f"{FONT}", "lang": answer.language}
    _add(picture, "title").text = answer.title
    _add(picture, "rect", width=WIDTH, height=height, fill="#ffffff")
    heading = _draw_text(picture, _cut(answer.title, WIDTH), 0, FONT + 2)
    heading.attrib["font-weight"] = "bold"
    for number, one in enumerate(series):
        y = LINE * (number + 1) + 8
        _add(picture, "rect", x=0, y=y, width=12, height=12, fill=COLORS[number % len(COLORS)])
        _draw_text(picture, one.name, 18, y + 10)
    return picture


def _draw_label(picture: ET.Element, name: str, y: float) -> None:
    text = _draw_text(picture, _cut(name, LABELS - 10), LABELS - 8, y + LINE / 2 + 4, "end")
    if name:
        _add(text, "title").text = name


def _draw_figure(picture: ET.Element, told: str, y: float, more: str = "") -> None:
    text = _draw_text(picture, told, WIDTH, y + LINE / 2 + 4, "end")
    if more:
        _add(text, "title").text = more


def _draw_text(
    picture: ET.Element, text: str, x: float, y: float, anchor: str = "start"
) -> ET.Element:
    element = _add(picture, "text", x=x, y=y, fill=INK, **{"text-anchor": anchor})
    element.text = text
    return element


def _add(parent: ET.Element, tag: str, **attributes: str | float) -> ET.Element:
    told = {k: v if isinstance(v, str) else f"{v:.6g}" for k, v in attributes.items()}
    return ET.SubElement(parent, tag, told)


def _cut(text: str, width: float) -> str:
    """Return a text that fits a width; a sign of Korean is as wide as it is high.

    >>> _cut("고양산업진흥원", 40), _cut("KINTEX", 60)
    ('고양…', 'KINTEX')
    """
    if _measure(text) <= width:
        return text
    while text and _measure(text + "…") > width:
        text = text[:-1]
    return text + "…"


def _measure(signs: Iterable[str]) -> float:
    return sum(FONT if east_asian_width(sign) in "WF" else FONT * 0.56 for sign in signs)


def _write(picture: ET.Element) -> str:
    return ET.tostring(picture, encoding="unicode")
