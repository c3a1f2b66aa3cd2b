"""Small pieces of markup, each written by its template, joined in cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from triplehelix.desk_pages.texts import say
from triplehelix.pages.texts import Text
from triplehelix.record_pages.sections import Piece

Item = tuple[Text, str, Text | None]
"""What is listed: a name, where it leads, and a note."""
LISTED = 12
"""Of longer lists so many items are named."""


class Parts:
    """Writes pieces; what stands in several places is written once."""

    def __init__(self, environment: Environment) -> None:
        """Take the templates of the pieces."""
        own: Any = environment.get_template("pieces.html.j2").module
        shared: Any = environment.get_template("parts.html.j2").module
        self._piece, self._span, self._badge = (
            cache(macro) for macro in (shared.piece, own.span, own.badge)
        )
        self._folded, self._levels = own.folded, own.levels

    def piece(self, piece: Piece) -> Markup:
        """Return a text, or a link."""
        return Markup(self._piece(piece))

    def span(self, text: Text, style: str) -> Markup:
        """Return a text in a style."""
        return Markup(self._span(text, style))

    def badge(self, kind: str, code: str, text: Text) -> Markup:
        """Return a state or a step."""
        return Markup(self._badge(kind, code, text))

    def folded(self, summary: Text, items: Sequence[Item]) -> Markup:
        """Return links with notes, folded under a line."""
        left = len(items) - LISTED
        more = say("count_more", count=left) if left > 0 else None
        return Markup(self._folded(summary, items[:LISTED], more))

    def levels(self, told: Mapping[str, Markup]) -> Markup:
        """Return what is shown at each level, of which one is looked at."""
        return Markup(self._levels(told))

    def join(self, pieces: Iterable[Markup]) -> Markup:
        """Return pieces below each other."""
        return Markup("".join(f"<div>{piece}</div>" for piece in pieces))
