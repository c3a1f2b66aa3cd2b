"""The namespaces of the model and the names of the graphs."""

from rdflib import Namespace, URIRef

TH = Namespace("https://w3id.org/triplehelix/ontology#")
THV = Namespace("https://w3id.org/triplehelix/vocabulary#")
ID = Namespace("https://w3id.org/triplehelix/id/")
GRAPH = Namespace("https://w3id.org/triplehelix/graph/")
GENID = Namespace("https://w3id.org/.well-known/genid/triplehelix/")
"""Names of blank nodes where a store has to be filled by several requests."""

ONTOLOGY_GRAPH = GRAPH["ontology"]
EVIDENCE_GRAPH = GRAPH["evidence"]
INFERRED_GRAPH = GRAPH["inferred"]
FINDINGS_GRAPH = GRAPH["findings"]
DOCUMENTS_GRAPH = GRAPH["documents"]

PREFIXES: dict[str, str] = {
    "th": str(TH),
    "thv": str(THV),
    "id": str(ID),
    "g": str(GRAPH),
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def source_graph(document: str) -> URIRef:
    """Return the name of the graph that holds what one document says.

    >>> source_graph("plan-2019")
    rdflib.term.URIRef('https://w3id.org/triplehelix/graph/source/plan-2019')
    """
    return GRAPH["source/" + document]


def slug(iri: str) -> str:
    """Return the last part of an IRI: the identifier of a row, or the name of a term.

    >>> slug("https://w3id.org/triplehelix/id/konkuk-univ")
    'konkuk-univ'
    """
    return str(iri).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
