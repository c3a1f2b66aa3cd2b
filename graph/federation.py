"""Whether a query would call another server: those are refused before any engine sees them.

Oxigraph and rdflib both answer ``SERVICE`` by a request over the network, and neither can be told
not to. ``FROM <address>`` is another matter: Oxigraph takes the address for the name of a graph,
and rdflib does so once ``SPARQL_LOAD_GRAPHS`` is off (see :mod:`graph.store`).
"""

import re

# The tokens of the grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar) as far as they
# tell words from what may hold any letters. Every quantifier that could try again is possessive, or
# stops at what begins the next token: hostile text must not take longer than other text.
TOKEN = re.compile(
    r"""
    (?P<skip>    [ \t\r\n]+ | \#[^\r\n]* | \\. )
  | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<string>  \"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
               | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
  | (?P<name>    [?$@]\w+ | (?:[^\W\d][\w.-]*+)?:(?:[\w:.%-]|\\.)*+ )
  | (?P<word>    [^\W\d][\w.-]*+ )
  | (?P<sign>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
"""A token of SPARQL, or a letter that is none; its last group tells which."""
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def calls_servers(query: str) -> bool:
    r"""Return whether a query has, or may have, a ``SERVICE`` clause.

    Where it is in doubt the answer is yes: letters that no grammar would let stand there, and
    escaped ones, which the standard has replaced before anything else is read (section 19.2).

    >>> calls_servers("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> calls_servers("SELECT ?service { ?service th:serviceOf 'SERVICE' } # SERVICE")
    False
    >>> calls_servers("SELECT * { S\\u0045RVICE <http://example.org/> { } }")
    True
    """
    return any(
        token.lastgroup == "word" and "SERVICE" in token[0].upper()
        for text in {query, _unescape(query)}
        for token in TOKEN.finditer(text)
    )


def _unescape(query: str) -> str:
    def decode(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number < 0x110000 else found[0]

    return _ESCAPE.sub(decode, query)
