"""LUBM(1,0): the closure answers the benchmark's fourteen queries with the reference answers.

Guo, Pan and Heflin, "LUBM: A benchmark for OWL knowledge base systems", Journal of Web Semantics
3(2–3), 2005. The data, 100,543 triples, and the answers stand beside the repository.
"""

import gzip
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.reasoning import Closure, materialise, read

SHARED = Path(os.environ.get("TRIPLEHELIX_SHARED", Path(__file__).parents[3] / "shared"))
LUBM = SHARED / "conformance" / "lubm"

pytestmark = pytest.mark.skipif(not LUBM.exists(), reason="no LUBM beside the repository")

PREFIXES = {
    "ub": "http://swat.cse.lehigh.edu/onto/univ-bench.owl#",
    "d": "http://www.Department0.University0.edu/",
    "u": "http://www.University0.edu",
}
D0, U0 = "<http://www.Department0.University0.edu>", "<http://www.University0.edu>"

# number → query, number of answers
QUERIES = {
    1: ("SELECT ?X { ?X a ub:GraduateStudent ; ub:takesCourse d:GraduateCourse0 }", 4),
    2: (
        "SELECT ?X ?Y ?Z { ?X a ub:GraduateStudent . ?Y a ub:University . ?Z a ub:Department ."
        "?X ub:memberOf ?Z . ?Z ub:subOrganizationOf ?Y . ?X ub:undergraduateDegreeFrom ?Y }",
        0,
    ),
    3: ("SELECT ?X { ?X a ub:Publication ; ub:publicationAuthor d:AssistantProfessor0 }", 6),
    4: (
        f"SELECT ?X ?Y1 ?Y2 ?Y3 {{ ?X a ub:Professor ; ub:worksFor {D0} ; ub:name ?Y1 ;"
        "ub:emailAddress ?Y2 ; ub:telephone ?Y3 }",
        34,
    ),
    5: (f"SELECT ?X {{ ?X a ub:Person ; ub:memberOf {D0} }}", 719),
    6: ("SELECT ?X { ?X a ub:Student }", 7790),
    7: (
        "SELECT ?X ?Y { ?X a ub:Student . ?Y a ub:Course . ?X ub:takesCourse ?Y ."
        "d:AssociateProfessor0 ub:teacherOf ?Y }",
        67,
    ),
    8: (
        "SELECT ?X ?Y ?Z { ?X a ub:Student . ?Y a ub:Department . ?X ub:memberOf ?Y ."
        f"?Y ub:subOrganizationOf {U0} . ?X ub:emailAddress ?Z }}",
        7790,
    ),
    9: (
        "SELECT ?X ?Y ?Z { ?X a ub:Student . ?Y a ub:Faculty . ?Z a ub:Course ."
        "?X ub:advisor ?Y . ?Y ub:teacherOf ?Z . ?X ub:takesCourse ?Z }",
        208,
    ),
    10: ("SELECT ?X { ?X a ub:Student ; ub:takesCourse d:GraduateCourse0 }", 4),
    11: (f"SELECT ?X {{ ?X a ub:ResearchGroup ; ub:subOrganizationOf {U0} }}", 224),
    12: (
        "SELECT ?X ?Y { ?X a ub:Chair . ?Y a ub:Department . ?X ub:worksFor ?Y ."
        f"?Y ub:subOrganizationOf {U0} }}",
        15,
    ),
    13: (f"SELECT ?X {{ ?X a ub:Person . {U0} ub:hasAlumnus ?X }}", 1),
    14: ("SELECT ?X { ?X a ub:UndergraduateStudent }", 5916),
}


def ontology() -> bytes:
    triples = ox.parse(
        path=LUBM / "univ-bench.owl",
        format=ox.RdfFormat.RDF_XML,
        base_iri=PREFIXES["ub"].removesuffix("#"),
    )
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)


@pytest.fixture(scope="module")
def data() -> bytes:
    return gzip.decompress((LUBM / "lubm-1-0-raw.nt.gz").read_bytes())


@pytest.fixture(scope="module")
def closure(data: bytes) -> Closure:
    return materialise(ontology() + data)


@pytest.fixture(scope="module")
def store(data: bytes, closure: Closure) -> ox.Store:
    store = ox.Store()
    for part in (data, closure.ntriples):
        store.bulk_load(part, format=ox.RdfFormat.N_TRIPLES)
    return store


def reference(number: int) -> set[tuple[str, ...]]:
    """The rows of the answer file; a file without answers has one line and no header."""
    lines = (LUBM / "answers" / f"answers_query{number}.txt").read_text("utf-8").splitlines()
    return {tuple(line.split("\t")) for line in lines[1:] if line}


@pytest.mark.parametrize("number", QUERIES)
def test_query(number: int, store: ox.Store) -> None:
    query, count = QUERIES[number]
    rows = [tuple(term.value for term in row) for row in store.query(query, prefixes=PREFIXES)]
    assert len(rows) == count
    assert set(rows) == reference(number)


def test_without_reasoning_most_answers_are_missing(data: bytes) -> None:
    store = ox.Store()
    store.bulk_load(data, format=ox.RdfFormat.N_TRIPLES)
    answers = {n: len(list(store.query(q, prefixes=PREFIXES))) for n, (q, _) in QUERIES.items()}
    assert {n for n, found in answers.items() if found == QUERIES[n][1]} == {1, 2, 3, 14}


def test_only_new_triples_and_no_contradiction(data: bytes, closure: Closure) -> None:
    new = set(read(closure.ntriples))
    assert closure.ntriples.count(b"\n") == len(new)
    assert not new & set(read(ontology() + data))
    assert closure.clashes == ()
