"""The kinds of gaps on the command line: reasons, evidence, rank, and what a restriction does."""

import json
from itertools import pairwise

import pytest

KINDS = ("agreements", "legs", "weak-ties", "links", "money", "indicators", "trust")
COMMON = {"rank", "kind", "kind_label", "about", "certain", "reasons", "evidence"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_reasons_evidence_and_an_order(run, store, kind):
    told = run("gaps", "--kind", kind, "--store", store).json
    assert (told["kind"], told["on"]) == (kind, "2023-12-31")
    assert told["gaps"]
    assert told["order"]
    for gap in told["gaps"]:
        assert set(gap) >= COMMON
        assert gap["about"]["label"]
        assert all(reason["text"] for reason in gap["reasons"])
    kinds = [gap["kind"] for gap in told["gaps"]]
    # Those of a kind stand together, and ranks rise among them.
    assert len({*kinds}) == 1 + sum(a != b for a, b in pairwise(kinds))
    for each in set(kinds):
        ranks = [gap["rank"] for gap in told["gaps"] if gap["kind"] == each]
        assert ranks == sorted(ranks)
    some = run("gaps", "--kind", kind, "--top", "2", "--store", store).json
    assert len(some["gaps"]) == 2
    assert some["total"] == told["total"]


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_every_kind_in_every_form_and_language(run, store, kind, form):
    for language in ("ko", "en"):
        result = run(
            *("gaps", "--kind", kind, "--store", store, "--format", form, "--lang", language)
        )
        assert (result.code, result.err) == (0, "")
        assert result.out.strip()


def test_what_is_known_of_the_town_is_found(run, store):
    agreements = run("gaps", "--kind", "agreements", "--store", store).json["gaps"]
    by_kind = {(gap["kind"], gap["about"]["id"]): gap for gap in agreements}
    assert by_kind["expired", "agr-lab"]["due"] == "2022-12-31"
    assert by_kind["expiring", "agr-narae-univ"]["certain"] is False
    assert ("unsigned", "agr-institute") in by_kind
    assert {party["id"] for party in by_kind["unsigned", "agr-nuri"]["parties"]} == {
        *("gaon", "nuri-drone"),
    }
    money = run("gaps", "--kind", "money", "--store", store).json["gaps"]
    assert money[0]["kind"] == "shortfall"
    assert (money[0]["about"]["id"], money[0]["amount"]) == ("drone-test", 50_000_000)


def test_the_verdict_on_missing_links_stands_above_the_list(run, store):
    told = run("gaps", "--kind", "links", "--store", store).json
    assert told["judgement"]["verdict"] == "unknown"
    assert told["candidates"] >= len(told["gaps"])
    assert set(told["gaps"][0]["scores"]) >= {"resource_allocation", "adamic_adar", "themes"}
    for form in ("table", "md"):
        shown = run("gaps", "--kind", "links", "--store", store, "--format", form).out
        flat = " ".join(shown.split())
        assert flat.index("cannot be judged") < flat.index("have partners in common")


def test_all_counts_what_each_kind_lists(run, store):
    counts = run("gaps", "--kind", "all", "--store", store).json["counts"]
    assert list(counts) == ["without-agreement", *KINDS]
    for kind in KINDS:
        assert counts[kind] == run("gaps", "--kind", kind, "--store", store).json["total"]
    uncovered = run("gaps", "--store", store).json
    assert counts["without-agreement"] == sum(not gap["waived"] for gap in uncovered)


def test_work_without_agreement_keeps_its_contract_under_a_restriction(run, store):
    whole = run("gaps", "--store", store).json
    assert "restriction" not in whole[0]
    some = run("gaps", "--sector", "산업계", "--store", store).json
    assert {gap["sector"] for gap in some} == {"industry"}
    assert {gap["partner"] for gap in some} == {
        gap["partner"] for gap in whole if gap["sector"] == "industry"
    }
    assert some[0].keys() - whole[0].keys() == {"restriction"}
    planned = run("gaps", "--modality", "planned", "--store", store).json
    assert {gap["actual"] for gap in planned} == {False}
    tenants = run("gaps", "--rung", "tenancy", "--store", store).json
    rungs = {gap["rung"] for gap in tenants}
    assert "tenancy" in rungs
    assert {gap["partner"] for gap in tenants} == {
        gap["partner"] for gap in whole if gap["rung"] in rungs
    }
    drones = run("gaps", "--theme", "drone", "--store", store).json
    assert 0 < len(drones) < len(whole)
    nothing = run("gaps", "--from", "2090", "--until", "2091", "--store", store)
    assert nothing.code == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_restriction_leaves_fewer_gaps_and_is_told(run, store, kind):
    whole, some = (
        run("gaps", "--kind", kind, "--store", store, *more).json
        for more in ((), ("--host", "나래군"))
    )
    assert some["total"] < whole["total"]
    assert some["restriction"]["host"] == "narae"
    shown = run("gaps", "--kind", kind, "--host", "narae", "--store", store, "--format", "md").out
    assert "hosted or signed by Narae County" in shown


def test_units_are_rolled_up_among_weak_ties(run, store):
    unit, parent = (
        run("gaps", "--kind", "weak-ties", "--level", level, "--store", store).json["gaps"]
        for level in ("unit", "parent")
    )
    weak = [{o["id"] for gap in gaps for o in gap["organizations"]} for gaps in (unit, parent)]
    assert "gaon-univ-incubator" in weak[0]
    assert "gaon-univ-incubator" not in weak[1]


@pytest.mark.parametrize("kind", ["without-agreement", *KINDS, "all"])
def test_every_kind_explains_itself(run, store, kind):
    for language in ("ko", "en"):
        told = run(
            *("gaps", "--kind", kind, "--explain", "--store", store, "--lang", language)
        ).json
        assert len(told["definitions"]) == (len(KINDS) + 1 if kind == "all" else 1)
        assert all(each["definition"] and each["order"] for each in told["definitions"])


@pytest.mark.parametrize("kind", ["without-agreement", *KINDS, "all"])
def test_before_everything_there_is_nothing_to_mend(run, store, kind):
    arguments = ("gaps", "--kind", kind, "--as-of", "1900", "--store", store)
    result = run(*arguments)
    assert (result.code, result.err) == (0, "")
    if kind in ("agreements", "money", "indicators", "trust", "legs", "weak-ties", "links"):
        assert json.loads(result.out)["gaps"] == []
        assert "There is none." in run(*arguments, "--format", "table").out


def test_an_unknown_kind_is_told_with_its_likes(run, store):
    for language, words in (("ko", "'monny' 갈래가 없습니다. 혹시 money"), ("en", "mean money?")):
        result = run("gaps", "--kind", "monny", "--store", store, "--lang", language)
        assert (result.code, result.out) == (1, "")
        assert words in result.err


@pytest.mark.parametrize(
    ("kind", "option"),
    [
        ("money", ("--rung", "participation")),
        ("legs", ("--sector", "industry")),
        ("all", ("--from", "2023")),
        ("agreements", ("--no-events",)),
    ],
)
def test_a_restriction_that_says_nothing_about_a_kind_is_refused(run, store, kind, option):
    result = run("gaps", "--kind", kind, *option, "--store", store)
    assert (result.code, result.out) == (2, "")
    assert kind in result.err
    assert (option[0] if option[0] != "--no-events" else "--events") in result.err
