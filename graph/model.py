"""The ontology as a graph: its files, and the labels and definitions of its terms."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from graph.namespaces import TH, THV
from graph.store import Triple, encode_graph, read_turtle

LANGUAGES = ("ko", "en")


def ontology_folder() -> Path:
    """Return the folder of the Turtle files that are shipped with the package."""
    return Path(str(files("graph.ontology")))


def read_model(folder: Path | None = None) -> Graph:
    """Return classes, properties and vocabulary (not shapes, not alignment) as one graph."""
    return _read_model(folder)


@cache
def _read_model(folder: Path | None) -> Graph:
    """Read a model once, however its folder was passed."""
    folder = folder or ontology_folder()
    return read_turtle(folder / "core.ttl", folder / "vocabulary.ttl")


@cache
def read_shapes(folder: Path | None = None) -> Graph:
    """Return the SHACL shapes as a graph."""
    return read_turtle((folder or ontology_folder()) / "shapes.ttl")


@cache
def encode_model(folder: Path | None = None) -> tuple[Triple, ...]:
    """Return the model as sorted triples with stable names for blank nodes."""
    return tuple(encode_graph(read_model(folder)))


def labels(graph: Graph, term: URIRef) -> dict[str, str]:
    """Return the labels of a term by language; SKOS concepts have preferred labels.

    >>> labels(read_model(), TH.University)["ko"]
    '대학교'
    """
    found: dict[str, str] = {}
    for predicate in (RDFS.label, SKOS.prefLabel):
        for value in graph.objects(term, predicate):
            found[str(getattr(value, "language", None) or "")] = str(value)
    return found


@cache
def is_subclass(class_: str, ancestor: str) -> bool:
    """Return whether a class of the model is another one or below it.

    >>> is_subclass(str(TH.University), str(TH.Organization))
    True
    """
    return URIRef(ancestor) in read_model().transitive_objects(URIRef(class_), RDFS.subClassOf)


def definitions(graph: Graph, term: URIRef) -> dict[str, str]:
    """Return the definitions of a term by language."""
    return {
        str(getattr(value, "language", None) or ""): str(value)
        for value in graph.objects(term, SKOS.definition)
    }


def terms(graph: Graph) -> list[URIRef]:
    """Return every class, property and concept that the model defines, sorted."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    found = {s for kind in (*kinds, SKOS.Concept) for s in graph.subjects(RDF.type, kind)}
    named = {URIRef(s) for s in found if isinstance(s, URIRef)}
    return sorted(s for s in named if str(s).startswith((str(TH), str(THV))))
