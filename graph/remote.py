"""A remote store: any SPARQL 1.1 endpoint behind the API of an rdflib dataset, for reading.

Only the graphs of the project are seen, whatever else the endpoint holds, and the default graph is
their union, whatever it is there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache
from typing import Any, NoReturn

from rdflib import Dataset, Graph
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.store import Store
from rdflib.term import BNode, Identifier, Literal, URIRef, Variable

from graph.namespaces import EVIDENCE_GRAPH, GENID, GRAPH, TH
from graph.protocol import Answer, Endpoint, read_endpoint, tell_fault
from graph.substitution import names_graphs, query_form, substitute

_JSON = "application/sparql-results+json"
_TRIPLES = {
    "application/n-triples": "nt",
    "text/turtle": "turtle",
    "text/plain": "nt",
    "application/rdf+xml": "xml",
}
_ACCEPTED = {
    "SELECT": _JSON,
    "ASK": _JSON,
    "CONSTRUCT": "application/n-triples, text/turtle;q=0.9",
    "DESCRIBE": "application/n-triples, text/turtle;q=0.9",
}
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
# Virtuoso keeps these from its first start. They say nothing of ours, and where our graphs have to
# be named, its property paths lose answers.
_ENGINE_GRAPHS = re.compile(
    r"http://www\.openlinksw\.com/|http://(localhost:8890|localuriqaserver)/|urn:|"
    r"http://www\.w3\.org/(2002/07/owl|ns/ldp)#$"
)
_SEES_EVIDENCE = f"""
ASK {{
  ?evidence <{TH.supports}> ?record .
  FILTER EXISTS {{ GRAPH <{EVIDENCE_GRAPH}> {{ ?evidence <{TH.supports}> ?record }} }}
}}
"""


class RemoteStore(Store):
    """The store of an endpoint; nothing can be added through rdflib (see ``graph.publication``)."""

    context_aware = True
    formula_aware = False
    transaction_aware = False
    graph_aware = True

    def __init__(self, endpoint: Endpoint) -> None:
        """Ask the endpoint which graphs of ours it holds.

        Raises:
            InputError: the server cannot be reached, refuses, or fails.
        """
        super().__init__()
        self.endpoint = endpoint
        self._namespaces: dict[str, URIRef] = {}
        self.graphs: tuple[str, ...] = ()
        found = {str(name) for (name,) in _rows(self._ask(_GRAPHS))}
        found = {name for name in found if not _ENGINE_GRAPHS.match(name)}
        ours = sorted(name for name in found if name.startswith(GRAPH))
        # A default graph that is the union already need not be put together for every query.
        if ours and (len(ours) < len(found) or not self._ask(_SEES_EVIDENCE).askAnswer):
            self.graphs = tuple(ours)

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],
        initBindings: Mapping[Any, Identifier],
        queryGraph: str,
        **named: Any,
    ) -> Result:
        """Return the result of a query; bindings are terms, put in place of their variables.

        Raises:
            InputError: the server cannot be reached, refuses, fails, or answers only a part.
        """
        text = str(query)
        declared = set(re.findall(r"(?i)\bPREFIX\s+([^\s:]*):", text))
        used = {k: v for k, v in initNs.items() if k not in declared and f"{k}:" in text}
        head = (f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in used.items())
        terms = {str(name): term for name, term in initBindings.items()}
        return self._ask("".join(head) + substitute(text, terms))

    def _ask(self, text: str) -> Result:
        form = query_form(text)
        accept = _ACCEPTED.get(form, _JSON)
        # Virtuoso's compiler fails over named graphs that a query does not even look into.
        named = self.graphs if names_graphs(text) else ()
        answer = self.endpoint.ask(text, accept, self.graphs, named)
        self._check_whole(answer)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return self._read_graph(answer, form)
        if answer.type not in (_JSON, "application/json"):
            raise tell_fault("remote_answer", self.endpoint, type=answer.type)
        try:
            return _read_solutions(json.loads(answer.body))
        except (ValueError, KeyError, TypeError) as error:
            raise tell_fault("remote_answer", self.endpoint, type=answer.type) from error

    def _check_whole(self, answer: Answer) -> None:
        """Make sure that the answer is a whole one.

        Virtuoso cuts results off at its own limits, with status 200 and these headers.
        """
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if "x-sparql-maxrows" in headers or "x-sql-state" in headers:
            limit = headers.get("x-sparql-maxrows") or headers.get("x-sql-message", "")
            raise tell_fault("remote_partial", self.endpoint, limit=limit)

    def _read_graph(self, answer: Answer, form: str) -> Result:
        if answer.type not in _TRIPLES:
            raise tell_fault("remote_answer", self.endpoint, type=answer.type)
        result = Result(form)
        result.graph = Graph().parse(data=answer.body, format=_TRIPLES[answer.type])
        return result

    def triples(
        self, triple_pattern: tuple[Any, Any, Any], context: Any = None
    ) -> Iterator[tuple[Any, Any]]:
        """Yield the triples of a pattern, each once."""
        names = ("s", "p", "o")
        terms = {n: t for n, t in zip(names, triple_pattern, strict=True) if t is not None}
        body = "{ ?s ?p ?o }"
        graph = getattr(context, "identifier", context)
        if isinstance(graph, URIRef) and graph.startswith(str(GRAPH)):
            body, terms = "{ GRAPH ?g { ?s ?p ?o } }", {**terms, "g": graph}
        result = self._ask(substitute(f"SELECT DISTINCT ?s ?p ?o WHERE {body}", terms))
        for row in _rows(result):
            yield row, iter(())

    def __len__(self, context: Any = None) -> int:
        """Return the number of triples of the union, or of a graph."""
        return sum(1 for _ in self.triples((None, None, None), context))

    def contexts(self, triple: Any = None) -> Generator[Any, None, None]:
        """Yield the names of the graphs of the project."""
        for (name,) in _rows(self._ask(_GRAPHS)):
            if name.startswith(GRAPH):
                yield name

    def add(self, *arguments: Any, **named: Any) -> NoReturn:
        """Refuse; a remote store is filled graph by graph."""
        raise TypeError("a remote store is filled graph by graph")

    def remove(self, *arguments: Any, **named: Any) -> NoReturn:
        """Refuse; a remote store is filled graph by graph."""
        raise TypeError("a remote store is filled graph by graph")

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: graphs need not be announced."""

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Remember a prefix for queries."""
        if override or prefix not in self._namespaces:
            self._namespaces[prefix] = namespace

    def prefix(self, namespace: URIRef) -> str | None:
        """Return the prefix of a namespace."""
        return next((p for p, n in self._namespaces.items() if str(n) == str(namespace)), None)

    def namespace(self, prefix: str) -> URIRef | None:
        """Return the namespace of a prefix."""
        return self._namespaces.get(prefix)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Yield prefixes and namespaces."""
        yield from list(self._namespaces.items())


def open_remote(location: str) -> Dataset:
    """Return the dataset of an endpoint's address.

    Raises:
        InputError: the address is none, or the server cannot be reached, refuses or fails.
    """
    return open_endpoint(read_endpoint(location))


def open_endpoint(endpoint: Endpoint) -> Dataset:
    """Return the dataset of an endpoint.

    Raises:
        InputError: the server cannot be reached, refuses, or fails.
    """
    return Dataset(store=RemoteStore(endpoint), default_union=True)


def _rows(result: Result) -> Iterator[tuple[Any, ...]]:
    for row in result:
        yield tuple(row)  # type: ignore[arg-type]  # rdflib's Result also stands for ASK


def _read_solutions(answer: dict[str, Any]) -> Result:
    """Return SPARQL 1.1 Query Results JSON as a result."""
    if "boolean" in answer:
        result = Result("ASK")
        result.askAnswer = bool(answer["boolean"])
        return result
    result = Result("SELECT")
    result.vars = [Variable(name) for name in answer["head"]["vars"]]
    result.bindings = [
        {Variable(name): _decode(cell) for name, cell in row.items()}
        for row in answer["results"]["bindings"]
    ]
    return result


def _decode(cell: Mapping[str, str]) -> Identifier:
    return _term(cell["type"], cell["value"], cell.get("xml:lang"), cell.get("datatype"))


@lru_cache(maxsize=1 << 16)
def _term(kind: str, value: str, language: str | None, datatype: str | None) -> Identifier:
    """Return a term; the same one is made once."""
    if kind == "uri":
        return BNode(value.removeprefix(GENID)) if value.startswith(GENID) else URIRef(value)
    if kind == "bnode":
        # Virtuoso gives blank nodes names that Turtle would not take.
        return BNode(value if re.fullmatch(r"[A-Za-z0-9]+", value) else f"x{value.encode().hex()}")
    if kind not in ("literal", "typed-literal"):
        raise ValueError(f"no kind of term: {kind}")
    plain = language or datatype in (None, str(XSD.string))
    return Literal(value, lang=language or None, datatype=None if plain else URIRef(str(datatype)))
