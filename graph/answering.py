"""Answers for strangers: a store opened for reading, and one query answered as a stream of bytes.

The workers of the server import this module and nothing else of the library, neither rdflib: they
start in a twentieth of a second and have little for a hostile query to reach. It is the second
importer of Oxigraph beside :mod:`graph.store`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import RawIOBase
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

RESULT_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""Media types of solutions and truth values (SPARQL 1.1 results in JSON, XML, CSV and TSV)."""
GRAPH_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
"""Media types of graphs, which CONSTRUCT and DESCRIBE answer."""


class FormatError(Exception):
    """The result cannot be written in the media type: a graph is no table, nor a table a graph."""


class _Sink(RawIOBase):
    """A writable file that hands on what it is given in larger pieces."""

    PIECE = 1 << 16

    def __init__(self, write: Callable[[bytes], None]) -> None:
        super().__init__()
        self._hand_on, self._held = write, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(cast(bytes, data))
        self._held += piece
        if len(self._held) >= self.PIECE:
            self.finish()
        return len(piece)

    def finish(self) -> None:
        if self._held:
            held, self._held = bytes(self._held), bytearray()
            self._hand_on(held)


class ReadOnlyStore:
    """A store on disk that is only ever read."""

    def __init__(
        self, folder: Path, prefixes: Mapping[str, str] | None = None, base: str | None = None
    ) -> None:
        """Open the store, and read once, so that the first query finds everything in place.

        Turtle is written with the prefixes; relative IRIs of queries are resolved by the base.

        Raises:
            OSError: there is no store.
        """
        self._store = ox.Store.read_only(str(folder))
        self._prefixes, self._base = dict(prefixes or {}), base
        bool(self._store.query("ASK { ?s ?p ?o }", use_default_graph_as_union=True))

    def answer(
        self,
        query: str,
        media_type: str,
        write: Callable[[bytes], None],
        *,
        bindings: Mapping[str, str] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        union: bool = True,
    ) -> None:
        """Answer a query to a function that takes bytes, in a media type.

        Bindings are variables and the N-Triples form of their terms. Graphs are those of the
        protocol's dataset (SPARQL 1.1 Protocol, section 2.1.4), which wins over the query's own.
        ``union`` lets a query that names no dataset see the union of all graphs; it must be off
        where the query has FROM, which Oxigraph would else pass over. Graphs are only ever those
        of the store.

        Raises:
            SyntaxError: the query is no SPARQL 1.1 query.
            ValueError: a graph is no IRI.
            FormatError: the result cannot be written in the media type.
        """
        # An empty list is no graph at all; nothing is the store's own choice.
        is_stated = bool(default_graphs or named_graphs)
        result = self._store.query(
            query,
            base_iri=self._base,
            use_default_graph_as_union=union and not is_stated,
            default_graph=[ox.NamedNode(n) for n in default_graphs] if is_stated else None,
            named_graphs=[ox.NamedNode(n) for n in named_graphs] if is_stated else None,
            substitutions={
                ox.Variable(name): _read_term(term) for name, term in (bindings or {}).items()
            },
        )
        sink = _Sink(write)
        self._serialize(result, media_type, cast(IO[bytes], sink))
        sink.finish()

    def _serialize(self, result: object, media_type: str, sink: IO[bytes]) -> None:
        if isinstance(result, ox.QueryTriples):
            if media_type not in GRAPH_FORMATS:
                raise FormatError(media_type)
            # Result.serialize knows no prefixes; this way Turtle is a third smaller, and faster.
            form = GRAPH_FORMATS[media_type]
            ox.serialize(result, sink, format=form, prefixes=self._prefixes)
        elif isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
            if media_type not in RESULT_FORMATS:
                raise FormatError(media_type)
            result.serialize(sink, format=RESULT_FORMATS[media_type])


def _read_term(text: str) -> ox.NamedNode | ox.Literal:
    """Return the term of its N-Triples form.

    Raises:
        ValueError: it is none, or more than one.
    """
    line = f"<x:s> <x:p> {text} ."
    [quad] = ox.parse(line.encode(), format=ox.RdfFormat.N_TRIPLES)
    if not isinstance(quad.object, ox.NamedNode | ox.Literal):
        raise ValueError(text)
    return quad.object
