"""The sheets of the desk's workbook and their columns; the words are in ``workbook_words.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from triplehelix.pages.texts import Text, fill

Kind = Literal["text", "number", "date", "days", "code", "type", "organizations", "department",
               "agreement"]  # fmt: skip
SheetKey = Literal["work", "agreements", "renewals"]
LAST_ROW = 5_000
"""The last row that drop-downs and colours reach."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how wide it is drawn, what its cells hold, and whether people may fill it in."""

    key: str
    width: int
    kind: Kind = "text"
    editable: bool = False


SHEETS: Mapping[SheetKey, tuple[Column, ...]] = {
    "work": (
        Column("partner", 28),
        Column("step", 16),
        Column("why", 46),
        Column("state", 14),
        Column("agreement", 32),
        Column("until", 12, "date"),
        Column("parents", 24),
        Column("decision", 14, "code", editable=True),
        Column("reason", 34, "text", editable=True),
        Column("department", 22, "department", editable=True),
        Column("due", 12, "date", editable=True),
        Column("work", 44),
        Column("count", 8, "number"),
        Column("rung", 18),
        Column("money", 26),
        Column("since", 12, "date"),
        Column("last", 12, "date"),
        Column("sector", 12),
        Column("id", 20),
    ),
    "agreements": (
        Column("label", 36, "text", editable=True),
        Column("partners", 34, "organizations", editable=True),
        Column("subject", 40, "text", editable=True),
        Column("type", 20, "type", editable=True),
        Column("state", 14),
        Column("signed", 13, "date", editable=True),
        Column("from", 13, "date", editable=True),
        Column("until", 13, "date", editable=True),
        Column("notice_days", 12, "days", editable=True),
        Column("terminated", 13, "date", editable=True),
        Column("source", 34),
        Column("id", 24),
    ),
    "renewals": (
        Column("agreement", 40, "agreement", editable=True),
        Column("signed", 13, "date", editable=True),
        Column("from", 13, "date", editable=True),
        Column("until", 13, "date", editable=True),
        Column("source", 34),
        Column("id", 24),
    ),
}
"""The sheets that people fill in; the last column of each holds the key of the row."""


@cache
def read_words() -> Mapping[str, Text]:
    """Return the words of the workbook by key."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = files("triplehelix.desk").joinpath("workbook_words.yml").read_text(encoding="utf-8")
    return {key: Text(**words) for key, words in yaml.load(source, Loader=loader).items()}


def tell(key: str, language: str, **arguments: object) -> str:
    """Return the words of a key in a language, with values filled in.

    >>> tell("sheet_work", "ko"), tell("sheet_work", "en")
    ('할 일', 'Work')
    """
    text = fill(read_words()[key], arguments)
    return text.ko if language == "ko" else text.en


def heading(sheet: SheetKey, column: str, language: str) -> str:
    """Return the heading of a column; a word of its own goes before one that sheets share."""
    own = f"{sheet}_{column}"
    return tell(own if own in read_words() else f"column_{column}", language)


def note(sheet: SheetKey, column: str, language: str) -> str:
    """Return what a column holds and how it is filled in."""
    own = f"note_{sheet}_{column}"
    return tell(own if own in read_words() else f"note_{column}", language)


def find_column(sheet: SheetKey, title: str) -> Column | None:
    """Return the column of a heading in any language.

    >>> find_column("work", "기한").key, find_column("work", "Due").key
    ('due', 'due')
    """
    wanted = title.strip().casefold()
    for column in SHEETS[sheet]:
        if wanted in {heading(sheet, column.key, lang).casefold() for lang in ("ko", "en")}:
            return column
    return None
