"""Proofs go down to asserted triples, each step by a rule, and hold when replayed."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from graph.proof import Proof, explain, explain_all
from graph.reasoning import Clash, Triple, materialise, read

TOWN = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:University rdfs:subClassOf :Academic .
:Academic rdfs:subClassOf [owl:onProperty :sector ; owl:hasValue :academia] ;
    owl:disjointWith :Company .
:Company rdfs:subClassOf [owl:onProperty :sector ; owl:hasValue :industry] .
:party owl:inverseOf :partyTo ; rdfs:range :Organization .
:hasAgreementWith a owl:SymmetricProperty ; owl:propertyChainAxiom (:partyTo :party) .
:isPartOf a owl:TransitiveProperty .
:name rdfs:subPropertyOf rdfs:label .
:u a :University ; :name "강변대학교"@ko . :c a :Company .
:mou :party :u , :c .
:lab :isPartOf :faculty . :faculty :isPartOf :college . :college :isPartOf :u .
"""
GRAPH = ox.serialize(ox.parse(TOWN, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)
assert GRAPH is not None


def iri(name: str) -> str:
    return f"<http://example.org/{name}>"


def triple(text: str) -> Triple:
    subject, predicate, object_ = map(iri, text.split())
    return subject, predicate, object_


def steps(proof: Proof) -> Iterator[Proof]:
    yield proof
    for premise in proof.premises:
        yield from steps(premise)


def test_a_sector_follows_from_the_class_tree() -> None:
    proof = explain(GRAPH, triple("u sector academia"))
    assert proof.rule == "cls-hv1"
    assert {step.rule for step in steps(proof)} <= {"cls-hv1", "cax-sco", "scm-sco", None}
    asserted = {(s.split("/")[-1], p.split("#")[-1]) for s, p, _ in proof.assertions()}
    assert {("u>", "type>"), ("University>", "subClassOf>")} <= asserted


def test_an_agreement_tie_names_the_parties_and_the_axiom() -> None:
    proof = explain(GRAPH, triple("u hasAgreementWith c"))
    assert proof.rule in ("prp-spo2", "prp-symp")
    asserted = proof.assertions()
    assert triple("mou party u") in asserted
    assert triple("mou party c") in asserted
    assert any(p.endswith("#propertyChainAxiom>") for _, p, _ in asserted)


def test_every_inferred_triple_has_a_proof_that_holds() -> None:
    given = set(read(GRAPH))
    conclusions = list(read(materialise(GRAPH).ntriples))
    for conclusion, proof in zip(conclusions, explain_all(GRAPH, conclusions), strict=True):
        assert proof.conclusion == conclusion
        assert set(proof.assertions()) <= given
        for step in steps(proof):
            assert (step.rule is None) == (step.premises == ()) == (step.conclusion in given)
            # What a step rests on is enough for it, without the rest of the graph.
            lines = "".join(f"{s} {p} {o} .\n" for s, p, o in step.assertions())
            assert step.rule is None or step.conclusion in set(
                read(materialise(lines.encode()).ntriples)
            )


def test_an_asserted_triple_proves_itself() -> None:
    conclusion = triple("mou party u")
    assert explain(GRAPH, conclusion) == Proof(conclusion)
    assert Proof(conclusion).assertions() == (conclusion,)


def test_a_contradiction_is_explained() -> None:
    graph = GRAPH + f"{iri('u')} {iri('isPartOf')} {iri('u')} .\n".encode()
    graph += b"<http://example.org/u> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    graph += b"<http://example.org/Company> .\n"
    clash = Clash("cax-dw", (iri("u"), iri("Academic"), iri("Company")))
    assert clash in materialise(graph).clashes
    proof = explain(graph, clash)
    assert (proof.conclusion, proof.rule) == (clash, "cax-dw")
    assert len(proof.assertions()) == 4


@pytest.mark.parametrize(
    "conclusion",
    [
        triple("c sector academia"),
        triple("u isPartOf lab"),
        triple("nobody knows this"),
        Clash("cax-dw", (iri("u"), iri("Academic"), iri("Company"))),
        Clash("prp-irp", (iri("u"), iri("isPartOf"))),
        Clash("no-such-rule", (iri("u"),)),
    ],
)
def test_what_does_not_follow_has_no_proof(conclusion: Triple | Clash) -> None:
    with pytest.raises(LookupError, match="does not follow"):
        explain(GRAPH, conclusion)


def test_a_long_chain_does_not_go_too_deep() -> None:
    length = 260
    axiom = """@prefix : <http://example.org/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    :reaches owl:propertyChainAxiom (:reaches :next) . :n0 :reaches :n1 ."""
    links = "".join(f":n{n} :next :n{n + 1} ." for n in range(1, length))
    graph = ox.serialize(
        ox.parse(axiom + links, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES
    )
    proof = explain(graph, triple(f"n0 reaches n{length}"))
    assert len([t for t in proof.assertions() if "/next>" in t[1]]) == length - 1
