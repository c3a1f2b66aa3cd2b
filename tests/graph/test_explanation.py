"""What ties two organisations of the fictional town, and why."""

from dataclasses import astuple

import pytest

from graph.diagnostics import InputError
from graph.explanation import explain_pair
from graph.namespaces import ID, INFERRED_GRAPH, TH, slug
from graph.reasons import Reason, find_reasons
from graph.store import load_graphs, memory_store


@pytest.fixture(scope="module")
def explain(town, holdings):
    return lambda first, second: explain_pair(town.dataset, ID[first], ID[second], holdings)


def _triple(first: str, property_: str, second: str) -> tuple[str, str, str]:
    return f"<{ID[first]}>", f"<{TH[property_]}>", f"<{ID[second]}>"


def test_agreements_have_the_evidence_of_both_parties(explain):
    (common,) = explain("gaon", "gaon-univ").agreements
    assert slug(common.agreement.iri) == "agr-univ"
    assert common.actual
    assert {item.quote for item in common.evidence} >= {"가온대학교", "업무협약('22. 10.)"}


def test_an_intended_agreement_is_told_and_is_not_actual(explain):
    (common,) = explain("gaon", "nuri-drone").agreements
    assert slug(common.agreement.iri) == "agr-nuri"
    assert not common.actual
    assert explain("gaon", "nuri-drone").inferred == ()


def test_agreements_of_a_unit_or_parent_are_related_not_common(explain):
    told = explain("gaon", "gaon-univ-incubator")
    assert told.agreements == ()
    assert {slug(c.agreement.iri) for c in told.related} == {"agr-univ"}
    assert tuple(map(slug, told.related[0].parties)) == ("gaon", "gaon-univ")


def test_a_body_and_its_own_unit_have_no_related_agreements(explain):
    told = explain("gaon", "gaon-library")
    assert told.related == ()
    assert [(slug(k.subject), slug(k.property)) for k in told.links] == [("gaon-library", "unitOf")]


def test_a_foundation_is_linked_to_its_university_but_is_no_unit_of_it(explain):
    (link,) = explain("gaon-univ", "gaon-univ-iacf").links
    assert (slug(link.subject), slug(link.property)) == ("gaon-univ-iacf", "foundationOf")
    assert link.evidence


def test_a_host_and_a_participant_share_the_undertaking(explain):
    (shared,) = explain("gaon", "gaon-univ").undertakings
    assert shared.initiative.id == "drone-test"
    assert tuple(map(slug, shared.hosts)) == ("gaon",)
    assert shared.actual
    (why,) = shared.hosting
    assert why.statement == _triple("drone-test", "hostedBy", "gaon")
    assert {fact.statement for fact in why.facts()} == {
        _triple("drone-test", "isPartOf", "unit-drone"),
        _triple("unit-drone", "isPartOf", "pledge"),
        _triple("pledge", "hostedBy", "gaon"),
    }


def test_a_stated_host_needs_no_reason(explain):
    shared = {s.initiative.id: s for s in explain("narae", "test-lab").undertakings}
    assert shared["narae-drone"].hosting == ()


def test_a_planned_participation_is_not_actual(explain):
    shared = {s.initiative.id: s for s in explain("gaon", "nuri").undertakings}
    assert not shared["step-expand"].actual


def test_relations_of_one_to_the_other_have_their_class(explain):
    (direct,) = explain("gaon-makerspace", "nuri-drone").direct
    assert direct.kind == "Tenancy"
    assert direct.evidence[0].place == "gaon-report:75"


def test_an_inferred_tie_has_its_rule_and_the_stated_facts(explain, town):
    reasons = {slug(r.statement[1][1:-1]): r for r in explain("gaon", "test-lab").inferred}
    tie = reasons["hasAgreementWith"]
    assert tie.rule == "prp-spo2"
    facts = list(tie.facts())
    stated = {t for name, graph in town.assembly.graphs.items() for t in graph
              if name != str(INFERRED_GRAPH)}  # fmt: skip
    assert facts
    assert {fact.statement for fact in facts} <= stated
    assert all(fact.evidence for fact in facts)
    assert not any("ontology#" in fact.statement[0] for fact in facts)


def test_collaboration_rests_on_a_shared_undertaking(explain):
    reasons = {slug(r.statement[1][1:-1]): r for r in explain("gaon-univ", "test-lab").inferred}
    objects = {fact.statement[2] for fact in reasons["collaboratesWith"].facts()}
    assert f"<{ID['drone-test']}>" in objects


def test_a_symmetric_tie_is_told_once_and_from_the_first(explain):
    for first, second in (("gaon", "gaon-univ"), ("gaon-univ", "gaon")):
        (reason,) = explain(first, second).inferred
        assert reason.statement == _triple(first, "hasAgreementWith", second)


def test_strangers_have_nothing_in_common(explain):
    assert not any(astuple(explain("hollo-works", "gaon-high"))[2:])
    assert any(astuple(explain("gaon", "gaon-univ"))[2:])


def test_an_unknown_organisation_is_an_error(explain):
    with pytest.raises(KeyError):
        explain("gaon", "no-such-body")


def test_a_store_whose_conclusions_do_not_follow_is_told():
    dataset = memory_store()
    false = _triple("gaon", "hasAgreementWith", "hollo-works")
    load_graphs(dataset, {str(INFERRED_GRAPH): [false]})
    with pytest.raises(InputError) as error:
        find_reasons(dataset, [false], {})
    assert error.value.diagnostics[0].code == "stale_store"


def test_facts_are_told_once():
    fact = Reason(("<a>", "<b>", "<c>"))
    other = Reason(("<d>", "<b>", "<c>"))
    both = Reason(
        ("<x>", "<b>", "<c>"), "r", (fact, Reason(("<y>", "<b>", "<c>"), "r", (other, fact)))
    )
    assert list(both.facts()) == [fact, other]
