"""What an ontology says about the data: the OWL 2 RL closure of a graph, computed by Nemo.

The rules are those of the W3C table (``owl2rl.rls``). Terms are handed to Nemo as numbers: it
would rewrite literals otherwise (``1.50`` to ``1.5``) and stop at an ill-typed one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nmo_python as nemo

from graph.rules import Rule, find_live, owl2rl, prune, write

Triple = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""

XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"^^<{XSD}string>"
_STATEMENT = re.compile(
    r'[ \t]*(<[^<>"\s]*>|_:[^\s<>"]+)[ \t]*(<[^<>"\s]*>)[ \t]*'
    r'(<[^<>"\s]*>|_:[^\s<>"]+|"(?:[^"\\\n\r]|\\.)*"(?:\^\^<[^<>"\s]*>|@[A-Za-z0-9-]+)?)'
    r"[ \t]*\.[ \t]*(?:#.*)?\r?"
)
_BLANK_LINE = re.compile(r"[ \t]*(?:#.*)?\r?")
_LITERAL = re.compile(rf'"(.*)"(?:@(.+)|\^\^<(?:{re.escape(XSD)})?(.+)>)?', re.DOTALL)
_WHOLE_NUMBERS = "integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger"
_EXACT = frozenset(
    f"decimal {_WHOLE_NUMBERS} long int short byte "
    "unsignedLong unsignedInt unsignedShort unsignedByte".split()
)


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Terms that cannot all stand as they do, and the W3C rule that says so.

    ``cax-dw``: thing, class, class. ``prp-pdw``: subject, property, property, object.
    ``dt-diff``: subject, property and its two values where only one is allowed.
    The order of the other rules' terms stands in ``owl2rl.rls``.
    """

    rule: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What follows from a graph: the new triples, and the contradictions, sorted."""

    triples: set[Triple]
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows from a graph: the new triples as sorted N-Triples, and the contradictions."""

    ntriples: bytes
    clashes: tuple[Clash, ...]


def conclude(triples: Iterable[Triple], *, all_rules: bool = False) -> Conclusions:
    """Return the triples that follow from others and are not among them, and the clashes.

    Terms are compared as they are written, so they should come from one writer; a triple may come
    more than once. Only proper RDF is given back: no literal as subject, no blank node as
    predicate. ``all_rules`` runs the rules that cannot fire as well; the result is the same and
    takes longer.

    Method: W3C, OWL 2 Profiles (Second Edition), section 4.3; materialisation by Nemo
    (Ivliev et al., "Nemo: Your Friendly and Versatile Rule Reasoning Toolkit", KR 2024).
    """
    run = Run(triples, all_rules=all_rules, all_triples=all_rules)
    found = {(s, p, o) for s, p, o in run.rows("new") if p.startswith("<")}
    return Conclusions(found, tuple(sorted(set(run.clashes()))))


def materialise(ntriples: bytes, *, all_rules: bool = False) -> Closure:
    r"""Return what follows from a graph of N-Triples, see :func:`conclude`, as N-Triples.

    Raises:
        ValueError: a line is not N-Triples.

    >>> graph = b'''<http://a/of> <http://www.w3.org/2002/07/owl#inverseOf> <http://a/has> .
    ... <http://a/lab> <http://a/of> <http://a/university> .'''
    >>> materialise(graph).ntriples
    b'<http://a/university> <http://a/has> <http://a/lab> .\n'
    """
    found = conclude(read(ntriples), all_rules=all_rules)
    lines = sorted(f"{s} {p} {o} .\n" for s, p, o in found.triples)
    return Closure("".join(lines).encode(), found.clashes)


class Numbers(dict[str, int]):
    """Each term's number, given out when first asked for: literals below zero, others above."""

    def __missing__(self, term: str) -> int:
        """Return a new term's number; ``"x"^^xsd:string`` is ``"x"`` (RDF 1.1 Concepts, 3.3)."""
        plain = term.removesuffix(_STRING)
        if plain != term:
            return self.setdefault(term, self[plain])
        self[term] = number = -len(self) - 1 if term.startswith('"') else len(self) + 1
        return number


class Run:
    """One finished run of the rules over a graph; it can be asked for results and for traces."""

    def __init__(
        self, triples: Iterable[Triple], *, all_rules: bool = False, all_triples: bool = True
    ) -> None:
        """Keep the rules that the triples can set off, and run them to the end.

        Triples that no rule looks at are needed only to trace them.
        """
        triples = list(triples)
        terms = set(chain.from_iterable(triples))
        self.rules: tuple[Rule, ...] = owl2rl() if all_rules else prune(owl2rl(), terms)
        live = None if all_triples else find_live(self.rules, triples)
        if live is not None:
            triples = [triple for triple in triples if triple[1] in live]
        self.numbers = numbers = Numbers()
        rows = [f"{numbers[s]},{numbers[p]},{numbers[o]}\n" for s, p, o in triples]
        program = write(self.rules, numbers)
        self._terms = {number: term for term, number in reversed(numbers.items())}
        with TemporaryDirectory(prefix="reasoning-") as folder:
            table = Path(folder, "input.csv")
            table.write_bytes("".join(rows).encode())
            # With the system's own separators: Nemo takes the C of "C:/..." for an IRI's scheme.
            source = f'csv {{resource = "{table}", format = (int, int, int)}}'
            self._engine: Any = nemo.NemoEngine(
                nemo.load_string(f"@import input :- {source} .\n{program}")
            )
            self._engine.reason()

    def rows(self, relation: str) -> Iterator[tuple[str, ...]]:
        """Yield the rows of a relation as terms."""
        term = self._terms.__getitem__
        return (tuple(map(term, row)) for row in self._engine.result(relation))

    def clashes(self) -> Iterator[Clash]:
        """Yield the contradictions; equal values written differently are none."""
        relations = {rule.head.relation for rule in self.rules}
        for relation in filter(lambda name: name.startswith("clash_"), relations):
            rule = relation.removeprefix("clash_").replace("_", "-")
            for terms in self.rows(relation):
                if rule != "dt-diff" or differ(*terms[-2:]):
                    yield Clash(rule, terms)

    def trace(self, relation: str, terms: Iterable[str]) -> dict[str, Any] | None:
        """Return how Nemo came to a row: nested rule applications, None if it did not."""
        numbers = [self.numbers.get(term.removesuffix(_STRING)) for term in terms]
        if None in numbers:
            return None
        trace = self._engine.trace(f"{relation}({', '.join(map(str, numbers))})")
        return None if trace is None else trace.dict()

    def term(self, number: int) -> str:
        """Return the term behind a number."""
        return self._terms[number]


def read(ntriples: bytes) -> Iterator[Triple]:
    """Yield the triples of an N-Triples document.

    Raises:
        ValueError: a line is not N-Triples; the message has its number.

    >>> list(read(b'<http://a/s> <http://a/p> "1.50"@ko . # a comment'))
    [('<http://a/s>', '<http://a/p>', '"1.50"@ko')]
    """
    for number, line in enumerate(ntriples.decode().split("\n"), 1):
        if match := _STATEMENT.fullmatch(line):
            yield match[1], match[2], match[3]
        elif not _BLANK_LINE.fullmatch(line):
            raise ValueError(f"line {number} is not N-Triples: {line[:200]!r}")


def differ(first: str, second: str) -> bool:
    """Return whether two literals surely stand for different values (XSD 1.1).

    >>> differ('"서울"', '"부산"'), differ(f'"1.50"^^<{XSD}decimal>', f'"1.5"^^<{XSD}decimal>')
    (True, False)
    """
    values = _value(first), _value(second)
    return None not in values and values[0] != values[1]


def _value(literal: str) -> tuple[str, object] | None:
    """Return the kind and the value of a literal, None where this module cannot tell."""
    match = _LITERAL.fullmatch(literal)
    text, language, datatype = match.groups() if match else ("", None, "")
    if language:
        return f"text@{language.lower()}", text
    if datatype is None:
        return "text", text
    if datatype in _EXACT and re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text, re.A):
        return "number", Decimal(text)
    if datatype == "boolean" and text in ("true", "false", "1", "0"):
        return "boolean", text in ("true", "1")
    if datatype in ("date", "gYearMonth", "gYear") and re.fullmatch(
        r"\d{4}(-\d\d){0,2}", text, re.A
    ):
        return datatype, text
    return None
