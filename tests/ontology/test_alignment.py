"""The alignment: our terms and theirs exist, the main classes are covered, nothing contradicts."""

from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from graph.model import ontology_folder, read_model
from graph.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, TH, slug
from graph.reasoning import materialise
from graph.store import encode_graph, encode_ntriples, read_turtle

ALIGNMENT = Graph().parse(ontology_folder() / "alignment.ttl")
PAIRS = sorted(
    {(s, p, o) for s, p, o in ALIGNMENT if str(s).startswith(str(TH))}, key=lambda t: t[::2]
)
MAIN = (
    "Organization University Company ResearchInstitute GovernmentBody Department Facility "
    "OrganizationGroup ChangeEvent Agreement EntrustmentContract IntendedAgreement AgreementParty "
    "Participation Affiliation Membership Initiative Plan Project Programme Undertaking Event "
    "BudgetItem Indicator IndicatorValue Output Theme Place Document Evidence Finding"
)


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    """The vocabularies of others."""
    found = sorted((shared / "conformance" / "ontologies").glob("*.ttl"))
    if not found:
        pytest.skip("no vocabularies in the shared folder")
    return found


@pytest.fixture(scope="module")
def vocabularies(files: list[Path]) -> Graph:
    """The vocabularies of others, as one graph."""
    return read_turtle(*files)


def test_our_terms_exist() -> None:
    assert {s for s, _, _ in PAIRS} <= set(read_model().subjects())


def test_theirs_are_not_ours_and_are_said_by_known_relations() -> None:
    relations = {RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, RDF.type}
    relations |= {SKOS.closeMatch, SKOS.relatedMatch}
    assert {p for _, p, _ in PAIRS} <= relations
    assert not [o for _, _, o in PAIRS if str(o).startswith("https://w3id.org/triplehelix/")]


@pytest.mark.parametrize("name", MAIN.split())
def test_the_main_classes_are_covered(name: str) -> None:
    assert any(s == TH[name] for s, _, _ in PAIRS)


def test_classes_go_with_classes_and_properties_with_properties() -> None:
    model = read_model()
    for term, relation, _ in PAIRS:
        if relation == RDFS.subClassOf:
            assert (term, RDF.type, OWL.Class) in model, term
        if relation in (RDFS.subPropertyOf, RDF.type):
            assert (term, RDF.type, OWL.Class) not in model, term


def test_their_terms_exist(vocabularies: Graph) -> None:
    missing = {o for _, _, o in PAIRS if (o, RDF.type, None) not in vocabularies}
    assert missing == set()


@pytest.mark.parametrize(
    ("relation", "kinds"),
    [
        (RDFS.subClassOf, {OWL.Class, RDFS.Class}),
        (RDFS.subPropertyOf, {RDF.Property, OWL.ObjectProperty, OWL.DatatypeProperty}),
        (RDF.type, {OWL.Class, RDFS.Class}),
    ],
    ids=["subClassOf", "subPropertyOf", "type"],
)
def test_what_stands_above_is_of_the_right_kind(
    vocabularies: Graph, relation: URIRef, kinds: set[URIRef]
) -> None:
    above = {o for _, p, o in PAIRS if p == relation}
    wrong = {
        slug(o)
        for o in above
        if not set(vocabularies.objects(o, RDF.type)) & (kinds | {OWL.AnnotationProperty})
    }
    assert wrong == set()


def test_with_all_vocabularies_the_town_contradicts_nothing(town: Any, files: list[Path]) -> None:
    """Domains, ranges and disjoint classes of others applied to our data."""
    ours = (ontology_folder() / f"{name}.ttl" for name in ("core", "vocabulary", "alignment"))
    apart = {str(ONTOLOGY_GRAPH), str(INFERRED_GRAPH)}
    graphs = (g for name, g in town.assembly.graphs.items() if name not in apart)
    facts = encode_ntriples({t for graph in graphs for t in graph})
    closure = materialise(encode_ntriples(encode_graph(read_turtle(*ours, *files))) + facts)
    assert closure.clashes == ()
    assert b"<http://www.w3.org/ns/org#OrganizationalUnit>" in closure.ntriples


def test_nothing_reads_it() -> None:
    """It is said for others; the graph of the ontology does not hold it."""
    model = read_model()
    assert not [t for t in PAIRS if t in model]
