"""What sources say of an agreement's dates, and which of them is used.

Of each date the newest document is used. A less precise one yields to a more precise one that lies
within it: ``2022`` and ``2022-10`` do not disagree. Dates that exclude each other are a conflict,
which the quality questions report; all statements are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from graph.dates import parse_lexical, sort_key

DATES: dict[str, Callable[[Statement], str]] = {
    "signed": lambda statement: statement.signed,
    "start": lambda statement: statement.start,
    "end": lambda statement: statement.end,
}
"""The dates that a source may state, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one document says of the dates of one period, and which of them are used.

    ``record`` is the row that says so; ``own`` tells whether it is that of the agreement itself,
    which comes before other rows from documents of the same day.
    """

    record: str
    document: str = ""
    issued: str = ""
    signed: str = ""
    start: str = ""
    end: str = ""
    own: bool = False
    used_for: tuple[str, ...] = ()

    @property
    def used(self) -> bool:
        """Whether any of its dates is the one that counts."""
        return bool(self.used_for)


def choose(statements: Iterable[Statement], name: str) -> Statement | None:
    """Return the statement whose date of a name is used; nothing where none states it.

    >>> plan = Statement("a", "plan", issued="2022", signed="2022-10")
    >>> report = Statement("b", "report", issued="2023", signed="2022")
    >>> choose([plan, report], "signed").document
    'plan'
    """
    read = DATES[name]
    stating = sorted((s for s in statements if read(s)), key=_age)
    if not stating:
        return None
    newest = read(stating[-1])
    within = [s for s in stating if lies_within(read(s), newest)]
    return max(within, key=lambda s: (len(read(s)), _age(s)))


def mark_used(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements, oldest document first, each with the dates that it is used for."""
    ordered = sorted(statements, key=_age)
    chosen = {name: choose(ordered, name) for name in DATES}
    return tuple(
        replace(s, used_for=tuple(name for name, used in chosen.items() if used is s))
        for s in ordered
    )


def used_date(statements: Iterable[Statement], name: str) -> str:
    """Return the date of a name that is used, as it is written; empty where none is stated."""
    chosen = choose(statements, name)
    return DATES[name](chosen) if chosen else ""


def lies_within(inner: str, outer: str) -> bool:
    """Return whether every day that a date can mean is one that another can mean.

    >>> lies_within("2022-10", "2022"), lies_within("2022", "2022-10")
    (True, False)
    """
    one, other = parse_lexical(inner), parse_lexical(outer)
    return other.earliest <= one.earliest and one.latest <= other.latest


def _age(statement: Statement) -> tuple[object, ...]:
    return sort_key(statement.issued), statement.own, statement.record, statement.document
