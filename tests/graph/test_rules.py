"""Reading the rule file, and keeping only what can fire."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reasoning import Conclusions, Run, conclude, materialise
from graph.rules import Atom, Rule, find_live, owl2rl, parse, prune, write

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"


def test_a_rule_is_read_whole() -> None:
    (rule,) = parse(
        '@prefix a: <http://a/> .\n% a comment (with ?x) .\n#[name("a-1")]\n'
        'big(?x, a:b) :- size(?x, "1"^^a:int), ~small(?x), ?x != a:c, ?x > 0 .\n'
    )
    assert rule == Rule(
        "a-1",
        Atom("big", ("?x", "<http://a/b>")),
        (Atom("size", ("?x", '"1"^^<http://a/int>')), Atom("small", ("?x",), negated=True)),
        (("?x", "!=", "<http://a/c>"), ("?x", ">", "0")),
    )


@pytest.mark.parametrize("line", ["big(?x) :- small(?x)", "nonsense .", "big(x) .", "?x ."])
def test_a_line_that_is_no_rule_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse(line)


def test_a_rule_is_written_with_numbers() -> None:
    rules = parse(
        "@prefix a: <http://a/> .\nb(?x) :- t(?x, a:p, ?y), ~c(?y), ?x != a:q .\nd(a:p) ."
    )
    assert write(rules, {"<http://a/p>": 7, "<http://a/q>": 8}) == (
        '#[name("0")]\nb(?x) :- t(?x, 7, ?y), ~c(?y), ?x != 8 .\nd(7) .'
    )


def test_no_rule_makes_up_a_term_or_uses_an_unknown_relation() -> None:
    relations = {rule.head.relation for rule in owl2rl()} | {"input"}
    for rule in owl2rl():
        known = {term for atom in rule.body if not atom.negated for term in atom.terms}
        tested = {term for left, _, right in rule.conditions for term in (left, right)}
        used = {*rule.head.terms, *tested}
        assert {term for term in used if term.startswith("?")} <= known
        assert {atom.relation for atom in rule.body} <= relations


def test_only_what_can_fire_is_kept() -> None:
    kept = prune(owl2rl(), [f"<{RDFS}subClassOf>", f"<{RDF}type>"])
    names = {rule.name for rule in kept}
    assert {"cax-sco", "scm-sco", "scm-eqc2"} <= names
    assert not {"eq-rep-s", "prp-trp", "prp-spo2", "cls-hv1", "cax-dw"} & names


def test_a_rule_stays_if_another_rule_can_bring_its_word() -> None:
    words = [f"<{RDF}type>", f"<{OWL}FunctionalProperty>"]
    assert "eq-rep-o" in {rule.name for rule in prune(owl2rl(), words)}
    assert "eq-rep-o" not in {rule.name for rule in prune(owl2rl(), words[:1])}


SCHEMA = {
    RDF: "type first rest nil",
    RDFS: "subClassOf subPropertyOf domain range",
    OWL: "sameAs differentFrom equivalentClass equivalentProperty inverseOf propertyChainAxiom "
    "hasKey intersectionOf unionOf oneOf complementOf disjointWith onProperty someValuesFrom "
    "allValuesFrom hasValue maxCardinality FunctionalProperty TransitiveProperty "
    "SymmetricProperty Thing Nothing Class",
}
WORDS = [f"<{space}{name}>" for space, names in SCHEMA.items() for name in names.split()]
THINGS = [f"<http://example.org/{letter}>" for letter in "abcd"]
RESOURCES = st.sampled_from(WORDS) | st.sampled_from(THINGS)
LITERALS = st.sampled_from(['"1"', f'"1"^^<{XSD}nonNegativeInteger>', f'"0"^^<{XSD}integer>'])
TRIPLES = st.tuples(RESOURCES, RESOURCES, RESOURCES | LITERALS)


@settings(max_examples=60 if os.environ.get("TRIPLEHELIX_THOROUGH") else 25)
@given(st.lists(TRIPLES, max_size=25))
def test_pruning_never_changes_the_closure(triples: list[tuple[str, str, str]]) -> None:
    # Any word may stand anywhere here: properties of properties, equal words, lists of words.
    graph = "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()
    assert materialise(graph) == materialise(graph, all_rules=True)


NAMES = st.sampled_from([f"<http://example.org/{letter}>" for letter in "abcdefgh"])
QUIET = [word for word in WORDS if "sameAs" not in word and "Functional" not in word]
QUIET = [word for word in QUIET if "hasKey" not in word and "maxCardinality" not in word]
USUAL = st.tuples(
    NAMES | st.sampled_from(QUIET), NAMES | st.sampled_from(QUIET), NAMES | RESOURCES | LITERALS
)


@settings(max_examples=100 if os.environ.get("TRIPLEHELIX_THOROUGH") else 25)
@given(st.lists(USUAL, min_size=5, max_size=25))
def test_triples_that_no_rule_looks_at_never_change_the_closure(
    triples: list[tuple[str, str, str]],
) -> None:
    whole = Run(triples)
    found = {triple for triple in whole.rows("new") if triple[1].startswith("<")}
    assert conclude(triples) == Conclusions(found, tuple(sorted(set(whole.clashes()))))  # type: ignore[arg-type]


def test_only_triples_that_a_rule_can_reach_are_live() -> None:
    graph = [
        ("<a:of>", f"<{OWL}inverseOf>", "<a:has>"),
        ("<a:lab>", "<a:of>", "<a:university>"),
        ("<a:lab>", "<a:name>", '"lab"'),
        ("<a:name>", f"<{RDF}type>", f"<{OWL}DatatypeProperty>"),
    ]
    rules = prune(owl2rl(), {term for triple in graph for term in triple})
    live = find_live(rules, graph) or set()
    assert {"<a:of>", "<a:has>", f"<{OWL}inverseOf>"} <= live
    assert "<a:name>" not in live
    same = [*graph, ("<a:lab>", f"<{OWL}sameAs>", "<a:laboratory>")]
    assert find_live(prune(owl2rl(), {t for triple in same for t in triple}), same) is None


def test_what_is_said_of_types_leaves_every_triple_live() -> None:
    graph = {
        (f"<{RDF}type>", f"<{RDFS}subPropertyOf>", f"<{RDFS}subPropertyOf>"),
        ("<a:heads>", f"<{RDF}type>", "<a:works>"),
        ("<a:lab>", "<a:heads>", "<a:project>"),
    }
    assert find_live(prune(owl2rl(), {term for triple in graph for term in triple}), graph) is None
    assert ("<a:lab>", "<a:works>", "<a:project>") in conclude(graph).triples
