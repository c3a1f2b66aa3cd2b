"""Parameters for an endpoint: variables of a query replaced by terms, never by formatted text.

The SPARQL 1.1 Protocol has no parameters. A query is therefore split into the tokens of the
grammar, and a variable token becomes the N-Triples token of its term. That is done where solutions
are looked for, as SPARQL-dev SEP-0007 and Oxigraph do it: in all groups, also inside ``FILTER
EXISTS``, but in a subselect only when it projects the variable. Where a variable has to stay a
variable (projection, ``GROUP BY``, ``ORDER BY``, both sides of ``MINUS``), ``VALUES`` binds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import chain, islice, repeat, takewhile

from rdflib.term import Identifier, Literal, URIRef

_TOKEN = re.compile(
    r"""
    (?P<space>  [ \t\r\n]+ | \#[^\r\n]* )
  | (?P<iri>    <(?:[^<>"{}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8})*> )
  | (?P<string> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
  | (?P<name>   [?$]\w+ )
  | (?P<word>   @?[\w:](?:[\w:.%-]|\\.)* )
  | (?P<sign>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_SPECIAL = re.compile(r"[\"\n\r\t\x00]|\\[uU]?")
_ESCAPES = {'"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\u0000", "\\": "\\\\"}
_ESCAPES |= {"\\u": "\\\\\\u0075", "\\U": "\\\\\\u0055"}
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def encode_term(term: Identifier) -> str:
    r"""Return an IRI or a literal as one token of N-Triples, which is one of SPARQL, too.

    A ``u`` after a backslash is written as an escape of its own: some engines decode ``\uXXXX``
    before they look for the ends of strings (SPARQL 1.1, section 19.2), and would find one in the
    text of a user.

    Raises:
        ValueError: the term is a blank node or a variable, or an IRI with characters of none.

    >>> print(encode_term(Literal('a"b', lang="ko")), encode_term(Literal("\\u0022")))
    "a\"b"@ko "\\\u00750022"
    """
    if isinstance(term, URIRef):
        if _NO_IRI.search(term):
            raise ValueError(f"no IRI: {str(term)!r}")
        return f"<{term}>"
    if not isinstance(term, Literal):
        raise ValueError(f"a parameter is an IRI or a literal: {term!r}")
    text = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], str(term))
    if term.language:
        return f'"{text}"@{term.language}'
    return f'"{text}"^^{encode_term(term.datatype)}' if term.datatype else f'"{text}"'


def protect_escapes(text: str) -> str:
    r"""Return N-Triples with every ``u`` after an escaped backslash written as an escape, too.

    >>> print(protect_escapes(r'"a\\u0022" "\u00e9" "\\n"'))
    "a\\\u00750022" "\u00e9" "\\n"
    """
    return re.sub(r"\\(?:\\[uU]|.)", lambda found: _ESCAPES.get(found[0][1:], found[0]), text)


def query_form(query: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; nothing for what is no query.

    >>> query_form("PREFIX select: <http://e.org/ASK> describe ?x {}")
    'DESCRIBE'
    """
    return next((text.upper() for kind, text in _scan(query) if _is_form(kind, text)), "")


def names_graphs(query: str) -> bool:
    """Return whether a query looks into named graphs.

    >>> names_graphs("SELECT ?graph { ?graph ?p 'GRAPH' }"), names_graphs("ASK { graph ?g {} }")
    (False, True)
    """
    return any(kind == "word" and text.upper() == "GRAPH" for kind, text in _scan(query))


def substitute(query: str, terms: Mapping[str, Identifier]) -> str:
    """Return a query with variables replaced by terms.

    Raises:
        ValueError: the braces do not match, or a term cannot be a parameter.

    >>> substitute("SELECT ?a ?x { ?a ?p ?x }", {"a": URIRef("http://e.org/a")})
    'SELECT ?a ?x { VALUES (?a) { (<http://e.org/a>) } <http://e.org/a> ?p ?x }'
    """
    return _Rewriting(query, terms).rewrite() if terms else query


def _scan(query: str) -> list[tuple[str, str]]:
    return [(str(found.lastgroup), found[0]) for found in _TOKEN.finditer(query)]


def _is_form(kind: str, text: str) -> bool:
    return kind == "word" and text.upper() in _FORMS


class _Rewriting:
    """One pass over the tokens of a query; what is written so far is in ``done``."""

    def __init__(self, query: str, terms: Mapping[str, Identifier]) -> None:
        self.tokens = _scan(query)
        self.terms = {name: encode_term(term) for name, term in terms.items()}
        self.texts = {name: encode_term(Literal(str(term))) for name, term in terms.items()}
        self.at = 0
        self.done: list[str] = []

    def rewrite(self) -> str:
        """Return the whole query rewritten."""
        self._copy_until(_is_form)
        if self.at < len(self.tokens):
            form = self.tokens[self.at][1].upper()
            if form == "SELECT":
                self._select(set(self.terms), everything=True)
            else:
                self._graph_or_ask()
        if self.at < len(self.tokens):
            raise ValueError("a brace is closed that was not opened")
        return "".join(self.done)

    def _graph_or_ask(self) -> None:
        """Rewrite ASK, CONSTRUCT and DESCRIBE: all their groups, whatever stands between."""
        while self.at < len(self.tokens) and not self._next_is("}"):
            if self._next_is("{"):
                self._group(set(self.terms))
            elif self._word() == "VALUES":
                self._inline_data()
            else:
                self._copy()

    def _select(self, active: set[str], *, everything: bool = False) -> None:
        """Rewrite a SELECT up to its end, which is that of the query or a closing brace."""
        start = self.at
        self._copy_until(lambda kind, text: text == "{")
        head = self.tokens[start : self.at]
        projected = self._projected(head)
        inside = active if everything else active & projected
        named = self._named([*head, *self._solution_modifiers()])
        self._group(inside, inside & (projected | named))
        while self.at < len(self.tokens) and not self._next_is("}"):
            if self._next_is("{"):
                self._group(inside)
            elif self._word() == "VALUES":
                self._inline_data()
            else:
                self._copy()

    def _projected(self, head: list[tuple[str, str]]) -> set[str]:
        """Return the parameters that a subselect gives to the query around it."""
        depth, found = 0, []
        for kind, text in head:
            depth += (text == "(") - (text == ")")
            if text == "*" and depth == 0:
                return set(self.terms)
            if depth == 0:
                found.append((kind, text))
        return self._named(found)

    def _solution_modifiers(self) -> list[tuple[str, str]]:
        """Return the tokens from the end of the group at hand to the end of its SELECT."""
        depth, found = 0, []
        for kind, text in self.tokens[self._end_of_group() :]:
            depth += (text == "{") - (text == "}")
            if depth < 0:
                break
            found.append((kind, text))
        return found

    def _group(self, active: set[str], kept: set[str] | None = None) -> None:
        """Rewrite a group from its opening to its closing brace; ``kept`` stay variables, too."""
        body = self.tokens[self.at + 1 : self._end_of_group() - 1]
        if any(kind == "word" and text.upper() == "MINUS" for kind, text in body):
            kept = (kept or set()) | (active & self._named(body))
        self._copy()
        self._bind(kept or set())
        if self._ahead(_is_form):
            self.done.append(" {" if kept else "")
            self._copy_until(_is_form)
            self._select(active)
            self.done.append("}" if kept else "")
        while not self._next_is("}"):
            self._inside(active)
        self._copy()

    def _inside(self, active: set[str]) -> None:
        kind, text = self.tokens[self.at]
        word = self._word()
        if word == "VALUES":
            self._inline_data()
        elif word == "AS":
            self._copy_until(lambda kind, text: kind == "name")
            self._copy()
        elif word == "MINUS":
            self._copy_until(lambda kind, text: text == "{")
            body = self.tokens[self.at : self._end_of_group()]
            self._group(active, active & self._named(body))
        elif text == "{":
            self._group(active)
        elif word == "STR" and (name := self._argument()) in active:
            self.done.append(self.texts[name])
            self._skip_past(")")
        elif kind == "name" and text[1:] in active:
            self.done.append(self.terms[text[1:]])
            self.at += 1
        else:
            self._copy()

    def _argument(self) -> str:
        """Return the variable that alone stands in the brackets of the function at hand.

        ``STR`` of a term is written as its text, since Virtuoso makes question marks of the letters
        of a constant there (https://github.com/openlink/virtuoso-opensource/issues/609).
        """
        following = (t for t in islice(self.tokens, self.at + 1, None) if t[0] != "space")
        opening, name, closing = islice(chain(following, repeat(("", ""))), 3)
        stands_alone = opening[1] == "(" and name[0] == "name" and closing[1] == ")"
        return name[1][1:] if stands_alone else ""

    def _skip_past(self, sign: str) -> None:
        while self.tokens[self.at] != ("sign", sign):
            self.at += 1
        self.at += 1

    def _inline_data(self) -> None:
        self._copy_until(lambda kind, text: text == "{")
        end = self._end_of_group()
        while self.at < end:
            self._copy()

    def _bind(self, names: set[str]) -> None:
        if names:
            ordered = [name for name in self.terms if name in names]
            variables = " ".join(f"?{name}" for name in ordered)
            values = " ".join(self.terms[name] for name in ordered)
            self.done.append(f" VALUES ({variables}) {{ ({values}) }}")

    def _named(self, tokens: list[tuple[str, str]]) -> set[str]:
        """Return the parameters whose variables stand among tokens."""
        return {text[1:] for kind, text in tokens if kind == "name"} & set(self.terms)

    def _copy(self) -> None:
        self.done.append(self.tokens[self.at][1])
        self.at += 1

    def _copy_until(self, found: Callable[[str, str], bool]) -> None:
        while self.at < len(self.tokens) and not found(*self.tokens[self.at]):
            self._copy()

    def _word(self) -> str:
        kind, text = self.tokens[self.at]
        return text.upper() if kind == "word" else ""

    def _next_is(self, sign: str) -> bool:
        if self.at >= len(self.tokens):
            raise ValueError("a brace is not closed")
        return self.tokens[self.at] == ("sign", sign)

    def _ahead(self, found: Callable[[str, str], bool]) -> bool:
        """Whether the next token that is no space is such a one."""
        spaces = list(takewhile(lambda token: token[0] == "space", self.tokens[self.at :]))
        following = self.tokens[self.at + len(spaces) : self.at + len(spaces) + 1]
        return bool(following) and found(*following[0])

    def _end_of_group(self) -> int:
        """Return the place after the brace that closes the one at hand."""
        depth = 0
        for place in range(self.at, len(self.tokens)):
            kind, text = self.tokens[place]
            if kind == "sign":
                depth += (text == "{") - (text == "}")
            if depth == 0:
                return place + 1
        raise ValueError("a brace is not closed")
