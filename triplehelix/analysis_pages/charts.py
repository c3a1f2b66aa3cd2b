"""Charts as strings of SVG, written by a template: numbers in, markup out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from triplehelix.pages.site import bar_width
from triplehelix.pages.texts import Text

Amount = Decimal | float | None


class Charts:
    """Draws small charts; each has its figures in the cells beside it."""

    def __init__(self, environment: Environment) -> None:
        """Take the template of the charts."""
        parts: Any = environment.get_template("charts.html.j2").module
        self._parts, self._bullet, self._aim = parts, cache(parts.bullet), cache(parts.aim)

    def bullet(self, planned: Amount, secured: Amount, executed: Amount, most: Amount) -> Markup:
        """Return what was planned, secured and executed, one before the other."""
        return Markup(self._bullet(*(_width(a, most) for a in (planned, secured, executed))))

    def aim(self, target: Amount, result: Amount, most: Amount) -> Markup:
        """Return a result as a bar, and its target as a line across."""
        # The line is drawn within the picture, also where it is the longest.
        return Markup(self._aim(_width(target, most, 98.8), _width(result, most)))

    def shares(self, parts: Sequence[float]) -> Markup:
        """Return shares of a whole, side by side."""
        starts = [sum(parts[:place]) for place in range(len(parts))]
        drawn = [
            (bar_width(start, 1), bar_width(part, 1))
            for start, part in zip(starts, parts, strict=True)
        ]
        return Markup(self._parts.shares(drawn))

    def columns(self, heading: Text, points: Sequence[tuple[str, int]]) -> Markup:
        """Return a column for each year."""
        most = max((value for _, value in points), default=0)
        drawn = [(year, value, round(50 * value / (most or 1))) for year, value in points]
        return Markup(self._parts.columns(heading, drawn, most))

    def figures(self, pictures: Sequence[Markup]) -> Markup:
        """Return charts side by side."""
        return Markup(self._parts.figures(pictures))

    def legend(self, items: Sequence[tuple[str, Text]]) -> Markup:
        """Return what the colours mean."""
        return Markup(self._parts.legend(items))

    def span(self, bars: Sequence[tuple[str, float, float]], open_from: float | None) -> Markup:
        """Return a term as bars from and to thousandths; open where it has no end."""
        drawn = [(style, f"{x:.0f}", f"{max(end - x, 4):.0f}") for style, x, end in bars]
        return Markup(self._parts.span(drawn, "" if open_from is None else f"{open_from:.0f}"))

    def grid(self, lines: Sequence[float], now: float) -> Markup:
        """Return the lines that all terms refer to; it stands once on a page."""
        drawn = "".join(f"M{x:.0f} 0v14" for x in lines)
        return Markup(self._parts.grid(drawn, f"{now:.0f}"))

    def axis(self, years: Sequence[tuple[float, str]], label: Text) -> Markup:
        """Return the years above the terms, each at its place."""
        return Markup(self._parts.axis([(f"{x:.0f}", year) for x, year in years], label))


def _width(value: Amount, most: Amount, whole: float = 100) -> str:
    """Return the length of a bar; nothing where nothing is stated."""
    if value is None or not most:
        return ""
    return bar_width(max(float(value), 0.0) * whole / 100, float(most))
