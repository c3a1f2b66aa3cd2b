"""Literals come back exactly; only new, proper RDF comes out; the disk is left clean."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.proof import explain
from graph.reasoning import XSD, materialise, read

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def ntriples(turtle: str) -> bytes:
    triples = ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)


def inferred(turtle: str) -> set[tuple[str, str, str]]:
    return set(read(materialise(ntriples(turtle)).ntriples))


LITERALS = [
    '"1.50"^^xsd:decimal', '"007"^^xsd:integer', '"+5"^^xsd:int', '"1"^^xsd:boolean',
    '"1.0E3"^^xsd:double', '"-0"^^xsd:float', '"NaN"^^xsd:double', '"2022-10"^^xsd:gYearMonth',
    '"2019"^^xsd:gYear', '"2023-08-01"^^xsd:date', '"2023-08-01T09:00:00.000+09:00"^^xsd:dateTime',
    '"P1Y0M"^^xsd:duration', '"12345678901234567890123"^^xsd:integer', '"x"^^xsd:integer',
    '"드론 특화단지"@ko', '"Drone"@en-GB', '"Drone"@EN', '"a \\"quote\\""', '"line\\nline\\r"',
    '"back\\\\slash"', '"🛸"', '"\\u2028\\u0085"', '""', '" "', '"." ', '"1, 2; \'3\'"',
    '"<http://example.org/>"', '"_:b"', '"?x"', '"<b>"^^rdf:HTML', '"e\u0301"', '"é"',
    '"w"^^<http://example.org/type>',
]  # fmt: skip


@pytest.mark.parametrize("literal", LITERALS)
def test_a_literal_comes_back_as_it_was_written(literal: str) -> None:
    graph = ntriples(f":printed rdfs:subPropertyOf :stated . :x :printed {literal} .")
    printed = next(o for _, p, o in read(graph) if p.endswith("/printed>"))
    assert list(read(materialise(graph).ntriples)) == [
        ("<http://example.org/x>", "<http://example.org/stated>", printed)
    ]


XSD_TYPES = ["decimal", "integer", "double", "date", "gYearMonth", "boolean", "anyURI", "string"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DATATYPES = st.sampled_from([ox.NamedNode(XSD + name) for name in XSD_TYPES])
TERMS = st.one_of(
    st.builds(ox.Literal, TEXT),
    st.builds(lambda text: ox.Literal(text, language="ko-KR"), TEXT),
    st.builds(lambda text, iri: ox.Literal(text, datatype=iri), TEXT, DATATYPES),
    st.builds(lambda n, iri: ox.Literal(str(n), datatype=iri), st.decimals(), DATATYPES),
    st.builds(lambda n: ox.BlankNode(f"b{n}"), st.integers(0, 99)),
)


@settings(max_examples=60)
@given(st.lists(TERMS, max_size=12))
def test_terms_of_any_kind_come_back_as_they_were_written(objects: list[ox.Literal]) -> None:
    subproperty = ":printed rdfs:subPropertyOf :stated ."
    printed = "".join(
        f"<http://example.org/x> <http://example.org/printed> {o} .\n" for o in objects
    )
    closure = materialise(ntriples(subproperty) + printed.encode())
    expected = {f"<http://example.org/x> <http://example.org/stated> {o} ." for o in objects}
    assert set(closure.ntriples.decode().split("\n")) - {""} == expected


def test_a_plain_string_and_an_xsd_string_are_one_term() -> None:
    graph = (
        b'<a:x> <a:p> "v" .\n<a:x> <a:q> "v"^^<http://www.w3.org/2001/XMLSchema#string> .\n'
        b"<a:p> <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> <a:q> .\n"
    )
    assert materialise(graph).ntriples == b""
    typed = '"v"^^<http://www.w3.org/2001/XMLSchema#string>'
    assert explain(graph, ("<a:x>", "<a:p>", typed)).rule is None


def test_only_proper_rdf_comes_out() -> None:
    found = inferred(
        ":p rdfs:range xsd:string ; owl:inverseOf [] . :q rdfs:subPropertyOf [] ."
        ":k a owl:FunctionalProperty . :x :p 'text' ; :q :y ; :k 'a' , 'b' ."
    )
    assert not [t for t in found if t[0].startswith('"') or not t[1].startswith("<")]


def test_what_was_given_is_not_repeated() -> None:
    graph = ":A rdfs:subClassOf :B . :x a :A , :B . :near a owl:SymmetricProperty . :x :near :x ."
    assert inferred(graph) == set()


def test_the_result_does_not_depend_on_the_order_of_the_lines() -> None:
    graph = ntriples(
        ":A rdfs:subClassOf [owl:unionOf (:B :C)] . :r owl:propertyChainAxiom (:p :q) ."
        ":a a :A , :D ; :p :b . :b :q 'c'@ko . :D owl:disjointWith :A . :a owl:sameAs :d ."
    )
    shuffled = b"\n".join(reversed(graph.split(b"\n")))
    assert materialise(graph).ntriples
    assert materialise(graph).clashes
    assert materialise(graph) == materialise(shuffled)


def test_an_empty_graph() -> None:
    assert materialise(b"") == materialise(b"\n# nothing\r\n \n")
    assert materialise(b"").ntriples == b""


@pytest.mark.parametrize(
    "line",
    ["<a:s> <a:p> .", '<a:s> "p" <a:o> .', "<a:s> <a:p> <a:o>", '<a:s> <a:p> "o .', "a b c .",
     '<a:s> <a:p> "o" . <a:s> <a:p> "o" .', "<a:s> _:p <a:o> ."],
)  # fmt: skip
def test_a_broken_line_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 is not N-Triples"):
        materialise(b"<a:s> <a:p> <a:o> .\n" + line.encode())


def test_nothing_stays_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    explain(ntriples(":A rdfs:subClassOf :B ."), next(read(ntriples(":A rdfs:subClassOf :B ."))))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["산 학 연", "new\\users"])
def test_a_folder_with_signs_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    assert inferred(":A rdfs:subClassOf :B . :x a :A .")
