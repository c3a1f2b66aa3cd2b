"""The one door to Oxigraph: stores, parsing and serialising behind the rdflib API."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib.plugins.sparql
from oxrdflib import OxigraphStore
from oxrdflib._converter import to_ox
from rdflib import Dataset, Graph
from rdflib.namespace import XSD
from rdflib.query import Result
from rdflib.term import BNode, Identifier, Literal, URIRef, Variable

from graph.diagnostics import Diagnostic, InputError
from graph.namespaces import PREFIXES
from graph.record import Location

# rdflib would read any file or address that a query names after FROM.
rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False

Triple = tuple[str, str, str]
"""A triple of terms in N-Triples form."""


def memory_store() -> Dataset:
    """Return an empty dataset in memory; its default graph is the union of all graphs."""
    return _dataset(ox.Store())


def create_store(path: Path) -> Dataset:
    """Return a new dataset on disk, in a folder that is made for it."""
    return _dataset(ox.Store(str(path)))


def open_store(location: str) -> Dataset:
    """Return the dataset of a location for reading; several processes may read at once.

    A location is the path of a folder, or the address of a remote SPARQL 1.1 endpoint.

    Raises:
        InputError: there is no store at the location, or its server cannot be used.
    """
    if "://" in location:
        from graph.remote import open_remote

        return _with_prefixes(open_remote(location))
    if not (Path(location) / "CURRENT").is_file():
        raise InputError([Diagnostic("unknown_store", Location(""), arguments={"path": location})])
    return _dataset(ox.Store.read_only(location))


def _dataset(store: ox.Store) -> Dataset:
    return _with_prefixes(Dataset(store=OxigraphStore(store=store), default_union=True))


def _with_prefixes(dataset: Dataset) -> Dataset:
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def _inner(dataset: Dataset) -> ox.Store:
    store = dataset.store
    assert isinstance(store, OxigraphStore)
    return store._inner


def load_graphs(dataset: Dataset, graphs: dict[str, Iterable[Triple]]) -> None:
    """Add triples to named graphs, all at once; what is wrong with an IRI is not looked for."""
    lines = (f"{s} {p} {o} <{name}> .\n" for name, triples in graphs.items() for s, p, o in triples)
    _inner(dataset).bulk_load(_encode(lines), format=ox.RdfFormat.N_QUADS, lenient=True)


def write_store(graphs: dict[str, Iterable[Triple]], path: Path) -> None:
    """Write named graphs as a store on disk, in a folder that is made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset = create_store(path)
    load_graphs(dataset, graphs)
    # From a million quads on, several files would be looked into for every triple sought.
    _inner(dataset).optimize()
    flush(dataset)
    close(dataset)


def flush(dataset: Dataset) -> None:
    """Write everything to disk."""
    _inner(dataset).flush()


def close(dataset: Dataset) -> None:
    """Let go of the store, so that its folder can be moved."""
    dataset.store._store = None  # type: ignore[attr-defined]


def read_turtle(*paths: Path) -> Graph:
    """Return the union of Turtle files as one graph in memory.

    The graph is rdflib's own: it is looked into term by term, which from here to Oxigraph and
    back takes ten times as long.
    """
    store = ox.Store()
    for path in paths:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    graph = Graph("SimpleMemory")  # without named graphs, and so half as much work
    for quad in store.quads_for_pattern(None, None, None, None):
        graph.add((_decode(quad.subject), _decode(quad.predicate), _decode(quad.object)))  # type: ignore[arg-type]
    return graph


def encode_graph(graph: Graph) -> list[Triple]:
    """Return the triples of a graph with blank nodes named canonically (RDFC-1.0), sorted."""
    dataset = ox.Dataset(ox.Quad(*map(to_ox, triple)) for triple in graph)  # type: ignore[arg-type]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((str(q.subject), str(q.predicate), str(q.object)) for q in dataset)


def list_triples(graph: Graph) -> list[Triple]:
    """Return the triples of a graph read by :func:`read_turtle`, in its order."""
    return [(str(to_ox(s)), str(to_ox(p)), str(to_ox(o))) for s, p, o in graph]


def encode_ntriples(triples: Iterable[Triple]) -> bytes:
    """Return triples as N-Triples."""
    return _encode(f"{s} {p} {o} .\n" for s, p, o in triples)


def _encode(lines: Iterable[str]) -> bytes:
    """Return lines as UTF-8, without ever holding all of them as text."""
    stream = BytesIO()
    stream.writelines(line.encode() for line in lines)
    return stream.getvalue()


def decode_ntriples(data: bytes) -> Iterator[Triple]:
    """Yield the triples of N-Triples text."""
    for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES):
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def write_trig(graphs: dict[str, Iterable[Triple]], path: Path) -> None:
    """Write named graphs as TriG, sorted: the same graphs give the same bytes."""
    lines = (
        f"{s} {p} {o} <{name}> .\n"
        for name in sorted(graphs)
        for s, p, o in sorted(set(graphs[name]))
    )
    quads = ox.parse(_encode(lines), format=ox.RdfFormat.N_QUADS)
    ox.serialize(quads, str(path), format=ox.RdfFormat.TRIG, prefixes=PREFIXES)


def write_turtle(triples: Iterable[Triple], path: Path) -> None:
    """Write triples as Turtle with prefixes, sorted."""
    ox.serialize(_sort(triples), str(path), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def encode_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Return triples as Turtle with prefixes, sorted."""
    made = ox.serialize(_sort(triples), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    assert made is not None
    return made


def _sort(triples: Iterable[Triple]) -> Iterator[ox.Quad]:
    return ox.parse(encode_ntriples(sorted(set(triples))), format=ox.RdfFormat.N_TRIPLES)


def select(dataset: Dataset, query: str, **bindings: Identifier) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a SELECT query; the prefixes of the project are known.

    Bindings are terms; their variables must stand in the projection, and come back in each row.
    """
    if not isinstance(dataset.store, OxigraphStore):
        for row in dataset.query(query, initNs=PREFIXES, initBindings=bindings):
            yield tuple(row)  # type: ignore[arg-type]  # rdflib's Result also stands for ASK
        return
    for solution in _solve(dataset, query, bindings):
        yield tuple(map(_decode, solution))


def select_result(dataset: Dataset, query: str, bindings: Mapping[str, Identifier]) -> Result:
    """Return the rows of a SELECT query as rdflib's result, see :func:`select`.

    A term that stands in many rows is made once, where oxrdflib makes it for each.
    """
    if not isinstance(dataset.store, OxigraphStore):
        return dataset.query(query, initNs=PREFIXES, initBindings=bindings)
    solutions = _solve(dataset, query, bindings)
    result = Result("SELECT")
    result.vars = names = [Variable(variable.value) for variable in solutions.variables]
    result.bindings = (
        {n: _decode(t) for n, t in zip(names, solution, strict=True) if t is not None}  # type: ignore[misc]
        for solution in solutions
    )
    return result


def _solve(dataset: Dataset, query: str, bindings: Mapping[str, Identifier]) -> ox.QuerySolutions:
    terms: dict[Any, Any] = {ox.Variable(name): to_ox(term) for name, term in bindings.items()}
    solutions = _inner(dataset).query(
        query, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=terms
    )
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


@lru_cache(maxsize=1 << 16)
def _decode(term: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> Identifier | None:
    """Return a term of the store as one of rdflib; the same term is made once."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    plain = term.language or term.datatype.value == str(XSD.string)
    return Literal(
        term.value, lang=term.language, datatype=None if plain else URIRef(term.datatype.value)
    )


def read_triples(dataset: Dataset, *, without: Iterable[str] = ()) -> set[Triple]:
    """Return the triples of all named graphs but some, blank nodes as the store names them."""
    left_out = set(without)
    if not isinstance(dataset.store, OxigraphStore):
        rows = select(dataset, "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
        kept = (triple for graph, *triple in rows if str(graph) not in left_out)
        return {(str(to_ox(s)), str(to_ox(p)), str(to_ox(o))) for s, p, o in kept}
    store = _inner(dataset)
    return {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for graph in store.named_graphs()
        if isinstance(graph, ox.NamedNode) and graph.value not in left_out
        for quad in store.quads_for_pattern(None, None, None, graph)
    }
