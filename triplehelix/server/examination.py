"""What a query is, found by looking at its tokens before any parser sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.federation import TOKEN

_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
_PREFIXED = frozenset("!-+^")
"""Signs that stand before an operand, each a step down for a parser that recurses."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What the tokens of a query tell.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE; empty where it is no query.
        nesting: how deep brackets and signs stand in each other.
        names_dataset: whether it has FROM.
        calls_servers: whether it has SERVICE, or may have.
        is_volatile: whether its answer changes from one time to the next.
    """

    form: str
    nesting: int
    names_dataset: bool
    calls_servers: bool
    is_volatile: bool


@lru_cache(maxsize=128)
def examine(text: str) -> Examination:
    """Return what the tokens of a query tell; text that is no SPARQL is examined all the same.

    >>> found = examine("PREFIX service: <x:(> ASK FROM <x:g> { FILTER(!!!true) } # SERVICE")
    >>> found.form, found.nesting, found.names_dataset, found.calls_servers
    ('ASK', 5, True, False)
    """
    words: list[str] = []
    depth = deepest = run = 0
    for token in TOKEN.finditer(text):
        kind, found = token.lastgroup, token[0]
        if kind == "skip":
            continue
        if kind == "sign":
            run = run + 1 if found in _PREFIXED else 0
            depth += (found in "{([") - (found in "})]")
            deepest = max(deepest, depth + run)
            continue
        run = 0
        if kind == "word":
            words += re.split(r"[.-]", found.upper())
        elif kind == "iri":
            # A parser may read "<" as an operator here, and then these are brackets.
            deepest = max(deepest, depth + max(found.count("("), found.count("[")))
    known = set(words)
    return Examination(
        next((word for word in words if word in _FORMS), ""),
        deepest,
        "FROM" in known,
        any("SERVICE" in word for word in known),
        not known.isdisjoint(_VOLATILE),
    )
