"""An answer: rows under named columns, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from graph.evidence import Evidence
from graph.question_header import Chart as Drawing
from graph.question_header import Column
from triplehelix.answers.values import (
    NUMBERS,
    RECORDS,
    SEPARATOR,
    Record,
    Row,
    Value,
    show_value,
)
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    import pandas as pd
    from jinja2 import Template

    from triplehelix.answers.chart import Chart

SHOWN = 50
"""The rows that a notebook shows; ``rows`` and ``df()`` have all."""
LISTED = 3
"""The records or places that a cell of a notebook's table lists; the others are counted."""


@dataclass(frozen=True, slots=True)
class Answer(Sequence[Row]):
    """The rows of an answer; ``reason`` says why there are none where there are none.

    An answer is a sequence of its rows; a slice of it is an answer, too.

    >>> columns = (Column("who", "organization", {"ko": "기관", "en": "Who"}),)
    >>> rows = [{"who": Record("https://w3id.org/triplehelix/id/a", "가 대학")}] * 3
    >>> answer = Answer("Universities", columns, rows, language="en")
    >>> answer
    <Answer 'Universities': 3 rows>
    >>> answer[0]["who"].id, answer[1:]
    ('a', <Answer 'Universities': 2 rows>)
    """

    title: str
    columns: tuple[Column, ...]
    rows: list[Row] = field(default_factory=list)
    note: str = ""
    reason: str = ""
    language: str = "ko"
    drawing: Drawing | None = None

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return iter(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Answer: ...
    def __getitem__(self, index: int | slice) -> Row | Answer:
        """Return a row, or an answer of some of the rows."""
        if isinstance(index, slice):
            return replace(self, rows=self.rows[index])
        return self.rows[index]

    def __repr__(self) -> str:
        """Return the title, and how many rows there are or why there are none."""
        told = f"{len(self.rows)} row{'' if len(self.rows) == 1 else 's'}"
        return f"<Answer {self.title!r}: {told if self.rows else self.reason or told}>"

    def df(self) -> pd.DataFrame:
        """Return the answer as a data frame of pandas.

        A column of records holds their names, and the column beside it, ``…_id``, their
        identifiers. Numbers are numbers (``Int64`` where all are whole, else ``Float64``); what no
        document says is ``<NA>``. Several records in one cell are joined by ``"; "``.

        Raises:
            ModuleNotFoundError: pandas is not installed; it comes with ``triplehelix[notebook]``.

        >>> Answer("", (Column("year", "year", {}),), [{"year": 2019}, {"year": None}]).df()
           year
        0  2019
        1  <NA>
        """
        from triplehelix.answers.frame import write_frame

        return write_frame(self.columns, self.rows)

    def chart(self, x: str = "", *y: str, kind: str = "") -> Chart:
        """Return the answer as a chart: as the question suggests, or ``y`` columns over ``x``.

        ``kind`` is "bar", "bullet" (bars within bars) or "line". Blanks are left out, never zero.

        Raises:
            ValueError: the question suggests none and no columns are given, or there is no such
                column or kind.
        """
        from triplehelix.answers.chart import draw

        suggested = self.drawing
        if not (x and y) and suggested is None:
            names = ", ".join(column.name for column in self.columns)
            raise ValueError(f"name the columns of the chart: x, then y; columns: {names}")
        if x and y:
            return draw(self, Drawing(kind or "bar", x, y))
        assert suggested is not None
        return draw(self, replace(suggested, kind=kind or suggested.kind))

    def column(self, name: str) -> Column:
        """Return a column by name.

        Raises:
            ValueError: there is no such column.
        """
        found = {column.name: column for column in self.columns}
        if name not in found:
            raise ValueError(f"there is no column {name!r}; columns: {', '.join(found)}")
        return found[name]

    def show(self, value: Value, column: Column) -> str:
        """Return a value of a column as people read it."""
        words = (say("answer.yes", self.language), say("answer.no", self.language))
        return show_value(value, column.type, words)

    def _repr_html_(self) -> str:
        """Return a table for notebooks; columns that say nothing are left out."""
        shown = self.rows[:SHOWN]
        columns = [c for c in self.columns if any(row[c.name] not in (None, ()) for row in shown)]
        rest = len(self.rows) - len(shown)
        return _template().render(
            answer=self,
            headings=[(c.label.get(self.language) or c.name, _is_number(c)) for c in columns],
            rows=[[self._cell(row[c.name], c) for c in columns] for row in shown],
            rest=say("gaps.and_more", self.language, count=rest) if rest else "",
        )

    def _cell(self, value: Value, column: Column) -> dict[str, Any]:
        """Return what a cell shows, and what it tells to who points at it: identifier, quotes."""
        text, more = self.show(value, column), ""
        if isinstance(value, Record):
            more = value.id
        elif isinstance(value, tuple):
            told = (v.quote if isinstance(v, Evidence) else v.id for v in value)
            more = "\n".join(dict.fromkeys(told))
            text = self._list(text.split(SEPARATOR))
        return {"text": text, "more": more, "number": _is_number(column)}

    def _list(self, names: list[str]) -> str:
        """Return the first names of a list, and how many more there are."""
        told = SEPARATOR.join(names[:LISTED])
        rest = len(names) - LISTED
        return f"{told} {say('gaps.and_more', self.language, count=rest)}" if rest > 0 else told


def _is_number(column: Column) -> bool:
    return column.type in NUMBERS and column.type not in RECORDS


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("answer.html.j2")
