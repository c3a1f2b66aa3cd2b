"""Terms in place of variables: the tokens of the grammar, and Oxigraph's own substitution."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Literal, URIRef, Variable
from rdflib.namespace import XSD

from graph.questions import Question, read_questions
from graph.substitution import encode_term, protect_escapes, query_form, substitute

E = "http://example.org/"
TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
TRICKY = st.text(st.sampled_from("\\uU\"'02{}?#\n\r\t\0가a"))
PREFIX = f"PREFIX : <{E}>\n"
QUERIES = (
    "SELECT ?h ?x { ?h :p ?x }",
    "SELECT ?h (COUNT(?x) AS ?n) { ?h :p ?x } GROUP BY ?h",
    "SELECT ?h (COUNT(DISTINCT ?x) AS ?n) { ?h :p ?x } GROUP BY ?h HAVING (COUNT(?x) > 1)",
    "SELECT ?h ?y ?x { ?y :p ?x FILTER(?y != ?h) }",
    "SELECT ?h ?x { ?y :p ?x FILTER NOT EXISTS { ?h :p ?x } }",
    "SELECT ?h ?x { ?y :p ?x FILTER(EXISTS { ?h :p ?x } && ?y<?h||?y>?h) }",
    "SELECT ?h ?x { ?y :p ?x MINUS { ?h :p ?x } }",
    "SELECT ?h ?x { ?h :p ?x MINUS { ?h :p :one } }",
    "SELECT ?h ?x { { ?y :p ?x MINUS { ?h :p :one } } UNION { :b :p ?x } }",
    "SELECT ?h ?x ?k { ?y :p ?x OPTIONAL { ?y :q ?k FILTER(?y = ?h) } }",
    "SELECT ?h ?x { ?y :p ?x { SELECT ?x { ?h :p ?x } } }",
    "SELECT ?h ?x { ?y :p ?x { SELECT ?h ?x { ?h :p ?x } } }",
    "SELECT ?h ?n { { SELECT ?h (COUNT(?x) AS ?n) { ?h :p ?x } GROUP BY ?h } }",
    "SELECT ?h ?n { { SELECT (COUNT(?h) AS ?n) { ?h :p ?x } } }",
    "SELECT ?h ?x { SELECT ?h ?x { ?h :p ?x MINUS { ?h :p :one } } }",
    "SELECT ?h ?t { ?h :p ?x BIND(STR(?h) AS ?t) }",
    'SELECT ?h ?t { ?y :p ?x BIND(CONCAT(STR( ?h ), \'?h\', """{"?h" \'""") AS ?t) }',
    "SELECT $h ?x { # ?h } {\n ?h :p ?x ; <http://example.org/?h#'> ?z . OPTIONAL{$h :q ?w} }",
    "SELECT ?h ?x { VALUES ?x { :one :two } ?h :p ?x }",
    "SELECT ?h ?x { VALUES (?h) { (:a) (:b) } ?h :p ?x }",
    "SELECT DISTINCT ?h ?x WHERE { ?h :p|:q ?x } ORDER BY ?h DESC(?x) LIMIT 2",
    "SELECT ?h ?x { ?h :p ?x } VALUES ?x { :one }",
    "select ?h ?x where { graph?g { ?h :p ?x } } order by ?h ?x",
    "SELECT ?h ?x { ?h :p+ ?x FILTER(?x IN (:one, :two, ?h)) }",
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    made = ox.Store()
    for s, p, o in (
        ("a", "p", "one"),
        ("b", "p", "two"),
        ("a", "p", "three"),
        ("c", "p", "one"),
        ("a", "q", "one"),
        ("a", "?h#'", "one"),
        ("c", "q", "four"),
    ):
        quad = [ox.NamedNode(E + name) for name in (s, p, o)]
        made.add(ox.Quad(*quad, ox.NamedNode(E + "graph")))
    return made


def rows(store: ox.Store, query: str, **terms: ox.NamedNode) -> list[dict[str, str]]:
    found = store.query(
        PREFIX + query,
        use_default_graph_as_union=True,
        substitutions={ox.Variable(name): term for name, term in terms.items()},
    )
    names = [variable.value for variable in found.variables]
    answers = ({n: str(v) for n, v in zip(names, row, strict=True)} for row in found)
    return sorted(answers, key=lambda row: sorted(row.items()))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", ["a", "c", "nobody"])
def test_answers_are_those_of_the_engine_that_substitutes_itself(
    store: ox.Store, query: str, name: str
) -> None:
    written = substitute(query, {"h": URIRef(E + name)})
    assert rows(store, written) == rows(store, query, h=ox.NamedNode(E + name))


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("ASK { ?h ?p ?o }", 'ASK { "x" ?p ?o }'),
        (
            "CONSTRUCT { ?s ?p ?h } WHERE { ?s ?p ?h }",
            'CONSTRUCT { ?s ?p "x" } WHERE { ?s ?p "x" }',
        ),
        ("DESCRIBE ?s { ?s ?p ?h }", 'DESCRIBE ?s { ?s ?p "x" }'),
        ("SELECT ?s { BIND(?h AS ?s) }", 'SELECT ?s { BIND("x" AS ?s) }'),
        ("SELECT ?s { ?s ?p ?hh , ?h . }", 'SELECT ?s { ?s ?p ?hh , "x" . }'),
        ("SELECT * { ?s ?p ?h }", 'SELECT * { VALUES (?h) { ("x") } ?s ?p "x" }'),
    ],
)
def test_every_form_of_query(query: str, written: str) -> None:
    assert substitute(query, {"h": Literal("x")}) == written


@pytest.mark.parametrize("query", ["SELECT ?h { ?h ?p ?o", "SELECT ?h { ?h ?p ?o } }", "SELECT ?h"])
def test_broken_braces_are_refused(query: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        substitute(query, {"h": Literal("x")})


@given(st.one_of(TEXTS, TRICKY), st.sampled_from([None, "ko", XSD.date, XSD.integer]))
def test_a_literal_is_one_token_that_two_engines_read_back(text: str, kind: str | None) -> None:
    datatype = kind if isinstance(kind, URIRef) else None
    lang = kind if datatype is None else None
    term = Literal(text, lang=lang, datatype=datatype, normalize=False)
    query = f"SELECT (STR({encode_term(term)}) AS ?x) {{}}"
    (row,) = ox.Store().query(query)  # type: ignore[misc]
    assert row[0].value == text
    assert not any(sign in encode_term(term) for sign in "\n\r\t\0")


@given(TRICKY)
def test_escapes_decoded_too_early_still_give_the_same_text(text: str) -> None:
    """Some engines decode \\uXXXX before they look for the ends of strings."""
    import re

    def decode(written: str) -> str:
        return re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), written)

    for written in (encode_term(Literal(text)), protect_escapes(str(ox.Literal(text)))):
        assert next(iter(ox.Store().query(f"SELECT ({written} AS ?x) {{}}")))[0].value == text
        early = next(iter(ox.Store().query(f"SELECT ({decode(written)} AS ?x) {{}}")))[0].value
        assert early == text


@given(st.one_of(TEXTS, TRICKY))
def test_a_text_never_leaves_its_place(text: str) -> None:
    store = ox.Store()
    node = ox.NamedNode(E + "a")
    store.add(ox.Quad(node, node, ox.Literal("kept")))
    query = substitute("SELECT ?t ?o { ?s ?p ?o FILTER(STR(?o) = STR(?t)) }", {"t": Literal(text)})
    assert len(list(store.query(query))) == (text == "kept")


@pytest.mark.parametrize(
    "term", [BNode("b"), Variable("x"), URIRef("http://e/ a"), URIRef("http://e/>"), URIRef("a\\b")]
)
def test_what_is_no_parameter_is_refused(term: URIRef) -> None:
    with pytest.raises(ValueError, match=r"no IRI|a parameter is"):
        encode_term(term)


@pytest.mark.parametrize("question", read_questions().values(), ids=lambda q: q.name)
def test_every_question_stays_a_query_of_its_form(question: Question) -> None:
    terms = {parameter.name: URIRef(E + "a") for parameter in question.parameters}
    written = substitute(question.text, terms)
    assert query_form(written) == query_form(question.text)
    ox.Store().query(written)
