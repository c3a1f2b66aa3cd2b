"""The model: every term is said, used and within OWL 2 RL; what follows from it, and what not."""

from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from graph.findings import Finding, encode_findings
from graph.model import (
    LANGUAGES,
    definitions,
    encode_model,
    labels,
    ontology_folder,
    read_model,
    read_shapes,
    terms,
)
from graph.namespaces import ONTOLOGY_GRAPH, PREFIXES, TH, THV, slug
from graph.reasoning import materialise, read
from graph.shapes import read_schema
from graph.store import Triple, encode_ntriples

TERMS = terms(read_model())
RELATIONS = sorted(
    c for c in read_model().transitive_subjects(RDFS.subClassOf, TH.Relation) if c != TH.Relation
)
SECTORS = {
    "academia": "University IndustryAcademiaCooperationFoundation School TrainingInstitute "
    "UniversityGroup SchoolGroup",
    "industry": "Company Investor CompanyGroup",
    "research": "ResearchCenter ResearchInstitute",
    "government": "PublicAgency LocalGovernment Ministry ForeignAgency Department "
    "GovernmentBody GovernmentGroup",
    "intermediary": "Incubator SupportCenter SupportAgency Association Council AgencyGroup",
    "": "Facility OrganizationGroup",
}
DECLARED = """
    @prefix : <https://w3id.org/triplehelix/id/> .
    @prefix th: <https://w3id.org/triplehelix/ontology#> .
    @prefix thv: <https://w3id.org/triplehelix/vocabulary#> .
"""


def infer(turtle: str) -> set[Triple]:
    """The new triples between things of the data, by their short names."""
    facts = Graph().parse(data=DECLARED + turtle, format="turtle")
    closure = materialise(_with_model(facts))
    assert closure.clashes == ()
    return {(slug(s[:-1]), slug(p[:-1]), slug(o[:-1])) for s, p, o in read(closure.ntriples)}


def clashes(turtle: str) -> set[str]:
    facts = Graph().parse(data=DECLARED + turtle, format="turtle")
    return {clash.rule for clash in materialise(_with_model(facts)).clashes}


def _with_model(facts: Graph) -> bytes:
    return encode_ntriples(encode_model()) + facts.serialize(format="nt", encoding="utf-8")


def ends_of(relation: URIRef, end: URIRef) -> set[URIRef]:
    model = read_model()
    above = model.transitive_objects(relation, RDFS.subClassOf)
    return {URIRef(p) for c in above for p in model.objects(c, end)}


class TestTerms:
    @pytest.mark.parametrize("term", TERMS, ids=slug)
    def test_has_one_label_and_one_definition_in_each_language(self, term: URIRef) -> None:
        model = read_model()
        for told in (labels(model, term), definitions(model, term)):
            assert set(told) == set(LANGUAGES)
            assert all(text.strip() == text and text for text in told.values())

    def test_every_subject_of_the_model_is_a_term_or_said_to_be_a_scheme(self) -> None:
        model = read_model()
        named = {s for s in model.subjects() if str(s).startswith((str(TH), str(THV)))}
        schemes = {s for s in named if str(s).endswith("-scheme")}
        assert named - schemes == set(TERMS)

    def test_every_term_is_used_or_reserved(self, town: Any, shipped: Any) -> None:
        """In a shape, in an axiom about another term, or in the graphs that the pipeline makes."""
        model = read_model()
        used = {str(x) for triple in read_shapes() for x in triple}
        used |= {str(x) for s, p, o in model for x in (p, o) if x != s}
        finding = Finding("f", "kind", "info", {"ko": "가"}, "x:f", "1", "2", ("x:f",))
        used |= {x.strip("<>") for triple in encode_findings([finding]) for x in triple}
        for loaded in (town, shipped):
            graphs = {n: t for n, t in loaded.assembly.graphs.items() if n != str(ONTOLOGY_GRAPH)}
            used |= {x.strip("<>") for g in graphs.values() for triple in g for x in triple}
        unused = {slug(t) for t in TERMS if str(t) not in used}
        reserved = {slug(str(t)) for t in model.subjects(TH.reserved, None)}
        assert unused == reserved

    def test_concepts_belong_to_a_scheme_and_have_a_notation_of_their_own(self) -> None:
        asked = """SELECT ?scheme (COUNT(*) AS ?all) (COUNT(DISTINCT ?notation) AS ?different)
            WHERE { ?c skos:inScheme ?scheme ; skos:notation ?notation } GROUP BY ?scheme"""
        rows = list(read_model().query(asked))
        assert sum(int(row["all"]) for row in rows) == sum(str(t).startswith(THV) for t in TERMS)
        assert all(row["all"] == row["different"] for row in rows)


class TestRelations:
    def test_there_are_relations(self) -> None:
        assert {TH.AgreementParty, TH.Participation, TH.Tenancy} <= set(RELATIONS)

    @pytest.mark.parametrize("relation", RELATIONS, ids=slug)
    def test_declares_its_two_ends(self, relation: URIRef) -> None:
        """By properties of its own domain, or that of a class above."""
        model = read_model()
        above = set(model.transitive_objects(relation, RDFS.subClassOf))
        for end in (TH.tieSource, TH.tieTarget):
            (found,) = ends_of(relation, end)
            assert (found, RDF.type, OWL.ObjectProperty) in model
            assert set(model.objects(found, RDFS.domain)) & above
        assert len(ends_of(relation, TH.tieKind)) == 1

    @pytest.mark.parametrize("relation", RELATIONS, ids=slug)
    def test_declares_planned_ends_of_the_same_kind(self, relation: URIRef) -> None:
        model = read_model()
        pairs = ((TH.plannedTieSource, TH.tieSource), (TH.plannedTieTarget, TH.tieTarget))
        for planned, actual in pairs:
            for found in ends_of(relation, planned):
                (meant,) = ends_of(relation, actual)
                assert set(model.objects(found, RDFS.range)) == set(
                    model.objects(meant, RDFS.range)
                )

    def test_every_table_of_relations_asks_for_the_ends(self) -> None:
        tables = read_schema().tables.values()
        for table in (t for t in tables if set(t.classes) & set(map(str, RELATIONS))):
            paths = {column.path for column in table.columns}
            for name in table.classes:
                for end in (TH.tieSource, TH.tieTarget, TH.plannedTieSource, TH.plannedTieTarget):
                    assert {str(p) for p in ends_of(URIRef(name), end)} <= paths


class TestSector:
    def test_follows_from_the_class(self) -> None:
        expected = {name: sector for sector, names in SECTORS.items() for name in names.split()}
        turtle = "".join(f":it-{name} a th:{name} . " for name in expected)
        found = {(s, o) for s, p, o in infer(turtle) if p == "sector"}
        assert found == {(f"it-{name}", sector) for name, sector in expected.items() if sector}

    def test_gives_the_class_of_the_sector(self) -> None:
        assert ("it", "type", "AcademicOrganization") in infer(":it th:sector thv:academia .")

    def test_is_known_for_every_class_that_a_table_allows(self) -> None:
        columns = [t.column("type") for t in read_schema().tables.values()]
        below = set(read_model().transitive_subjects(RDFS.subClassOf, TH.Organization))
        allowed = {c.iri for column in columns if column for c in column.choices}
        organisations = {slug(c) for c in allowed if URIRef(c) in below}
        assert organisations <= {name for names in SECTORS.values() for name in names.split()}


class TestAgreements:
    TWO = ":m a th:MemorandumOfUnderstanding . :p1 th:party :a . :p2 th:party :b . "

    def test_join_all_parties_both_ways(self) -> None:
        parties = "abcde"
        turtle = ":m a th:InstitutionalAgreement . " + "".join(
            f":p{x} a th:AgreementParty ; th:party :{x} ; th:agreement :m . " for x in parties
        )
        found = {(s, o) for s, p, o in infer(turtle) if p == "hasAgreementWith"}
        assert found == {(x, y) for x in parties for y in parties}

    def test_without_an_agreement_nobody_is_joined(self) -> None:
        turtle = self.TWO + ":n a th:EntrustmentContract . "
        turtle += ":p1 th:agreement :m . :p2 th:agreement :n ."
        found = {(s, o) for s, p, o in infer(turtle) if p == "hasAgreementWith"}
        assert found == {("a", "a"), ("b", "b")}

    def test_an_intended_agreement_joins_nobody(self) -> None:
        turtle = """:m a th:IntendedAgreement ; th:intent thv:considered .
            :p1 a th:AgreementParty ; th:prospectiveParty :a ; th:agreement :m .
            :p2 a th:AgreementParty ; th:prospectiveParty :b ; th:agreement :m ."""
        predicates = {p for _, p, _ in infer(turtle)}
        assert not predicates & {"hasAgreementWith", "partyTo", "hasParty", "collaboratesWith"}

    def test_a_party_of_an_intended_agreement_is_a_contradiction(self) -> None:
        assert clashes(":m a th:IntendedAgreement . :p th:party :a ; th:agreement :m .") == {
            "cax-dw"
        }

    def test_every_party_stands_on_the_rung_of_agreements(self) -> None:
        assert ("p", "rung", "agreement") in infer(":p a th:AgreementParty .")


class TestParticipation:
    def test_in_one_undertaking_is_collaboration(self) -> None:
        turtle = """:t a th:Task . :1 th:participant :a ; th:participatesIn :t .
            :2 th:participant :b ; th:participatesIn :t ."""
        found = infer(turtle)
        assert {("a", "collaboratesWith", "b"), ("b", "collaboratesWith", "a")} <= found
        assert ("a", "takesPartIn", "t") in found

    def test_a_planned_one_is_no_collaboration(self) -> None:
        turtle = """:t a th:Task . :1 th:participant :a ; th:participatesIn :t .
            :2 th:participant :b ; th:plannedIn :t ; th:modality thv:planned ."""
        found = infer(turtle)
        assert {(s, o) for s, p, o in found if p == "collaboratesWith"} == {("a", "a")}
        assert {s for s, p, o in found if p == "takesPartIn"} == {"a"}

    def test_in_a_part_is_no_participation_in_the_whole(self) -> None:
        turtle = """:s a th:Strategy . :t a th:Task ; th:isPartOf :s .
            :1 th:participant :a ; th:participatesIn :s .
            :2 th:participant :b ; th:participatesIn :t ."""
        assert ("a", "collaboratesWith", "b") not in infer(turtle)

    @pytest.mark.parametrize(
        ("role", "rung"),
        [("venue", "contact"), ("partner", "programme"), ("member", "joint-event")],
    )
    def test_stands_on_the_rung_of_its_role(self, role: str, rung: str) -> None:
        assert ("1", "rung", rung) in infer(f":1 a th:Participation ; th:role thv:{role} .")

    def test_every_role_has_a_rung_and_every_rung_a_rank(self) -> None:
        model = read_model()
        schemes = {"role-scheme": TH.rung, "rung-scheme": TH.rank}
        for scheme, needed in schemes.items():
            concepts = set(model.subjects(SKOS.inScheme, THV[scheme]))
            assert concepts
            assert all(len(list(model.objects(c, needed))) == 1 for c in concepts)


class TestInitiatives:
    def test_parts_inherit_the_host(self) -> None:
        turtle = ":p a th:Plan ; th:hostedBy :city . :s th:isPartOf :p . :t th:isPartOf :s ."
        found = infer(turtle)
        assert {("s", "hostedBy", "city"), ("t", "hostedBy", "city")} <= found

    @pytest.mark.parametrize(
        "wrong",
        [
            ":x a th:University , th:Task .",
            ":x a th:Meeting , th:Plan .",
            ":x a th:MemorandumOfUnderstanding , th:IntendedAgreement .",
            ":1 th:participant :x . :x a th:Programme .",
        ],
    )
    def test_kinds_exclude_each_other(self, wrong: str) -> None:
        assert clashes(wrong) == {"cax-dw"}


class TestFiles:
    @pytest.mark.parametrize("name", ["core", "vocabulary", "shapes", "alignment"])
    def test_imports_nothing(self, name: str) -> None:
        graph = Graph().parse(ontology_folder() / f"{name}.ttl")
        assert (None, OWL.imports, None) not in graph

    def test_only_the_standards_and_our_own_terms_say_something(self) -> None:
        known = ("dcterms", "owl", "rdf", "rdfs", "skos", "th")
        spaces = tuple(PREFIXES[prefix] for prefix in known)
        assert [p for _, p, _ in read_model() if not str(p).startswith(spaces)] == []

    def test_the_files_are_where_the_package_looks(self) -> None:
        names = {path.name for path in ontology_folder().glob("*.ttl")}
        assert names == {"core.ttl", "vocabulary.ttl", "shapes.ttl", "alignment.ttl"}
