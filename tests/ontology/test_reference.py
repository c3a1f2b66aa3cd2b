"""What follows from the model is what owlrl, the reference, says; and it contradicts nothing.

owlrl adds what is true of everything (``is_trivial``): our rules leave it out on purpose.
"""

from typing import Any

import owlrl
import pytest
from owlrl.Namespaces import ERRNS
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from graph.assembly import premise_ntriples
from graph.model import encode_model
from graph.reasoning import materialise
from graph.store import encode_ntriples

Statement = tuple[Node, Node, Node]
REFLEXIVE = (
    OWL.sameAs,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    OWL.equivalentClass,
    OWL.equivalentProperty,
)


def is_trivial(statement: Statement) -> bool:
    """Whether owlrl adds it to any graph whatever: axioms about the vocabulary, and x is x.

    A thing is itself; a class is below owl:Thing and above owl:Nothing; everything is in
    owl:Thing; a literal has its datatype; the words of RDF, RDFS, OWL and XML Schema are declared.
    """
    s, p, o = statement
    return (
        isinstance(s, Literal)
        or (p in REFLEXIVE and s == o)
        or o == OWL.Thing
        or (p in (RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith) and s == OWL.Nothing)
        or str(s).startswith((str(OWL), str(RDF), str(RDFS), str(XSD)))
    )


def skolemise(ntriples: bytes) -> Graph:
    """Blank nodes get names, so that both closures can be compared."""
    return Graph().parse(data=ntriples, format="nt").skolemize()


def close_by_owlrl(graph: Graph) -> Graph:
    closed = Graph()
    closed += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return closed


def errors(graph: Graph) -> list[Statement]:
    return [t for t in graph if str(ERRNS) in "".join(map(str, t))]


def compare(ntriples: bytes) -> tuple[set[Statement], set[Statement]]:
    """What only we say, and what only owlrl says, apart from what is trivial."""
    premises = skolemise(ntriples)
    text = premises.serialize(format="nt", encoding="utf-8")
    closure = materialise(text)
    assert closure.clashes == ()
    ours = set(Graph().parse(data=closure.ntriples, format="nt")) - set(premises)
    closed = close_by_owlrl(premises)
    assert errors(closed) == []
    theirs = set(closed) - set(premises)
    ours, theirs = ({t for t in found if not is_trivial(t)} for found in (ours, theirs))
    assert ours
    return ours - theirs, theirs - ours


def test_the_model_and_the_town_give_what_owlrl_says(town: Any) -> None:
    assert compare(premise_ntriples(town.assembly.graphs)) == (set(), set())


def test_both_see_a_contradiction() -> None:
    th = "https://w3id.org/triplehelix/ontology#"
    pairs = {"x:it": ("University", "Task"), "x:other": ("Agreement", "IntendedAgreement")}
    lines = "".join(
        f"<{name}> <{RDF.type}> <{th}{kind}> .\n" for name, kinds in pairs.items() for kind in kinds
    )
    ntriples = encode_ntriples(encode_model()) + lines.encode()
    assert [clash.rule for clash in materialise(ntriples).clashes] == ["cax-dw", "cax-dw"]
    told = " ".join(
        str(part) for statement in errors(close_by_owlrl(skolemise(ntriples))) for part in statement
    )
    assert all(name in told for name in pairs)


@pytest.mark.parametrize(
    ("statement", "trivial"),
    [
        ((URIRef("x:a"), OWL.sameAs, URIRef("x:a")), True),
        ((URIRef("x:a"), OWL.sameAs, URIRef("x:b")), False),
        ((URIRef("x:a"), RDF.type, OWL.Thing), True),
        ((URIRef("x:a"), RDF.type, URIRef("x:A")), False),
        ((URIRef("x:A"), RDFS.subClassOf, URIRef("x:B")), False),
        ((Literal("1"), RDF.type, RDFS.Literal), True),
    ],
)
def test_what_is_left_out_of_the_comparison(statement: Statement, trivial: bool) -> None:
    assert is_trivial(statement) == trivial
