"""The model described from the ontology and the shapes."""

import pytest

from graph.description import describe_model, find_descriptions, qualify
from graph.diagnostics import InputError
from graph.model import read_model, terms
from graph.shapes import read_schema


def test_every_term_table_and_column_is_described_once():
    names = [description.name for description in describe_model()]
    tables = read_schema().tables.values()
    assert len(names) == len(set(names))
    assert {qualify(term) for term in terms(read_model())} <= set(names)
    assert {table.name for table in tables} <= set(names)
    assert {f"{t.name}.{c.key}" for t in tables for c in t.columns} <= set(names)


def test_everything_has_a_name_in_both_languages():
    for description in describe_model():
        assert {"ko", "en"} <= description.labels.keys(), description.name


@pytest.mark.parametrize("kind", ["class", "property"])
def test_classes_and_properties_have_a_meaning_in_both_languages(kind):
    for description in describe_model():
        if description.kind == kind:
            assert {"ko", "en"} <= description.definitions.keys(), description.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("University", "th:University"),
        ("th:University", "th:University"),
        ("https://w3id.org/triplehelix/ontology#University", "th:University"),
        ("대학교", "th:University"),
        ("UNIVERSITY", "th:University"),
        ("hasAgreementWith", "th:hasAgreementWith"),
        ("parties.capacity", "parties.capacity"),
        ("thv:academia", "thv:academia"),
    ],
)
def test_a_term_goes_by_any_of_its_names(name, expected):
    assert expected in [description.name for description in find_descriptions(name)]


def test_an_exact_name_means_that_alone():
    assert [d.name for d in find_descriptions("Agreement")] == ["th:Agreement"]
    assert len(find_descriptions("협약")) > 1


def test_an_unknown_term_is_told_with_similar_ones():
    with pytest.raises(InputError) as error:
        find_descriptions("Universitty")
    assert "University" in error.value.diagnostics[0].arguments["hint"]


def test_the_facts_of_a_property_chain():
    (tie,) = find_descriptions("th:hasAgreementWith")
    assert [m.name for m in tie.facts["chain"]] == ["th:partyTo", "th:hasParty"]
    assert [m.name for m in tie.facts["traits"]] == ["Symmetric"]


def test_the_facts_of_a_column():
    (column,) = find_descriptions("parties.capacity")
    assert "entrusted" in [m.name for m in column.facts["values"]]
    assert [m.name for m in column.facts["property"]] == ["th:capacity"]
