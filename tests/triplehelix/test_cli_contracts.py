"""The JSON that other programs rely on: the keys, and what the town's facts come to."""

import pytest

EVIDENCE = {"document", "lines", "locator", "quote", "basis", "remark"}


def test_gaps(run, store):
    gaps = run("gaps", "--host", "가온시", "--as-of", "2023-12-31", "--store", store).json
    keys = {
        "host",
        "host_label",
        "partner",
        "partner_label",
        "partner_is_group",
        "sector",
        "partner_class",
        "rung",
        "actual",
        "initiatives",
        "planned_agreements",
        "uncertain_agreements",
        "covered_through",
        "waived",
        "decision",
        "evidence",
    }
    assert all(set(gap) == keys for gap in gaps)
    assert {gap["partner_class"] for gap in gaps} == {"core", "funder", "government"}
    assert all(set(item) == EVIDENCE for gap in gaps for item in gap["evidence"])
    assert all(gap["evidence"] for gap in gaps)
    by_partner = {gap["partner"]: gap for gap in gaps}
    assert by_partner["mirae-institute"]["planned_agreements"] == [
        {
            "id": "agr-institute",
            "label": "MOU with the institute considered",
            "status": "under_review",
        }
    ]
    assert by_partner["onnuri-invest"]["uncertain_agreements"][0]["id"] == "agr-invest"
    assert by_partner["grp-tenants"]["partner_is_group"]
    assert by_partner["nuri"]["actual"] is False
    assert by_partner["test-lab"]["initiatives"][0] == {"id": "drone-test", "label": "Drone trials"}
    # The university is a party; its incubator is covered only through it.
    assert "gaon-univ" not in by_partner
    assert by_partner["gaon-univ-incubator"]["covered_through"] == {
        "party": "gaon-univ",
        "party_label": "Gaon University",
        "agreement": "agr-univ",
        "agreement_label": "MOU of Gaon and its university",
        "subject": "Cooperation",
    }


def test_gaps_at_the_level_of_the_parent_accept_its_agreements(run, store):
    unit, parent = (
        {
            g["partner"]
            for g in run("gaps", "--host", "gaon", "--level", level, "--store", store).json
        }
        for level in ("unit", "parent")
    )
    assert unit - parent == {"gaon-univ-incubator"}
    assert parent < unit


def test_gaps_without_a_host_are_those_of_every_local_government(run, store):
    assert {gap["host"] for gap in run("gaps", "--store", store).json} == {"gaon", "narae"}


def test_agreements(run, store):
    agreements = run("agreements", "--as-of", "2023-12-31", "--store", store).json
    keys = {
        "id",
        "label",
        "kind",
        "status",
        "signed",
        "from",
        "until",
        "parties",
        "prospective_parties",
        "subject",
        "evidence",
    }
    assert all(set(agreement) == keys for agreement in agreements)
    by_id = {agreement["id"]: agreement for agreement in agreements}
    assert len(by_id) == len(agreements) == 17
    # Where notice must be given stands at the top, then what runs out; what is over at the end.
    assert [a["id"] for a in agreements[:2]] == ["agr-narae-promotion", "agr-entrust"]
    assert agreements[-1]["status"] == "superseded"
    university = by_id["agr-univ"]
    assert (university["signed"], university["from"], university["until"]) == (
        "2022-10",
        None,
        None,
    )
    assert university["parties"] == [
        {"id": "gaon", "label": "Gaon City"},
        {"id": "gaon-univ", "label": "Gaon University"},
    ]
    assert university["evidence"][0]["document"] == "gaon-report"
    assert by_id["agr-nuri"]["status"] == "planned"
    assert by_id["agr-nuri"]["parties"] == []
    assert [party["id"] for party in by_id["agr-nuri"]["prospective_parties"]] == [
        "gaon",
        "nuri-drone",
    ]


@pytest.mark.parametrize(
    ("day", "identifier", "status"),
    [
        ("2023-12-31", "agr-entrust", "expiring"),
        ("2024-03-01", "agr-entrust", "expired"),
        ("2023-06", "agr-entrust", "in_force"),
        ("2023-12-31", "agr-academy", "signed"),
        ("2022-10-05", "agr-univ", "unknown"),
        ("2023-12-31", "agr-institute", "under_review"),
    ],
)
def test_the_state_of_an_agreement_is_that_of_the_date(run, store, day, identifier, status):
    agreements = run("agreements", "--as-of", day, "--store", store).json
    assert {a["id"]: a["status"] for a in agreements}[identifier] == status


def test_hubs(run, store):
    hubs = run("hubs", "--store", store).json
    keys = {
        "organization",
        "label",
        "sector",
        "degree",
        "strength",
        "events",
        "betweenness",
        "sectors",
    }
    # Fields may be added, never renamed.
    assert all(set(hub) >= keys for hub in hubs)
    assert hubs[0]["organization"] == "gaon"
    assert hubs[0]["sector"] == "government"
    assert [hub["strength"] for hub in hubs] == sorted((h["strength"] for h in hubs), reverse=True)
    assert run("hubs", "--top", 2, "--store", store).json == hubs[:2]


def test_findings(run, store):
    findings = run("findings", "--store", store).json
    keys = {"id", "kind", "severity", "message", "stated", "computed", "about", "evidence"}
    assert findings
    assert all(set(finding) == keys for finding in findings)
    assert {finding["severity"] for finding in findings} <= {"violation", "warning", "info"}
    korean = run("findings", "--store", store, "--lang", "ko").json
    assert [f["id"] for f in korean] == [f["id"] for f in findings]
    assert [f["message"] for f in korean] != [f["message"] for f in findings]


def test_a_query_gives_sparql_results(run, store):
    result = run("query", "agreements", "--store", store).json
    assert set(result) >= {"head", "results"}
    assert result["results"]["bindings"]
    assert {v["type"] for row in result["results"]["bindings"] for v in row.values()} <= {
        "uri",
        "literal",
    }


def test_a_query_takes_parameters(run, store):
    rows = run(
        "query",
        "connections",
        "--param",
        "a=가온시",
        "--param",
        "b=saebyeok-univ",
        "--store",
        store,
    ).json["results"]["bindings"]
    assert rows
    assert all(row["a"]["value"].endswith("/gaon") for row in rows)


def test_the_list_of_questions(run):
    questions = run("query").json
    assert set(questions[0]) == {
        *("name", "group", "summary", "description", "users", "tags"),
        *("parameters", "columns", "empty"),
    }
    by_name = {question["name"]: question for question in questions}
    assert [p["name"] for p in by_name["connections"]["parameters"]] == ["a", "b"]
    found = run("query", "--search", "협약", "--lang", "ko").json
    assert 0 < len(found) < len(questions)
    assert run("query", "--search", "no such word at all").json == []


def test_the_text_of_a_question(run):
    assert "SELECT" in run("query", "agreements", "--show").out


def test_explain(run, store):
    told = run("explain", "가온시", "가온대", "--store", store).json
    assert (told["first"]["id"], told["second"]["id"]) == ("gaon", "gaon-univ")
    assert [a["id"] for a in told["agreements"]] == ["agr-univ"]
    (trial,) = told["initiatives"]
    assert trial["id"] == "drone-test"
    assert trial["hosts"] == ["gaon"]
    assert trial["hosting"][0]["rule"] == "prp-spo2"
    (inferred,) = told["inferred"]
    assert inferred["property"] == {"id": "hasAgreementWith", "label": "has agreement with"}
    assert inferred["rule"] == "prp-spo2"
    assert _facts(inferred) == {
        ("party", "gaon"),
        ("party", "gaon-univ"),
        ("agreement", "agr-univ"),
    }


def _facts(reason):
    if reason["rule"] is None:
        assert reason["evidence"]
        return {(reason["property"]["id"], reason["object"]["id"])}
    return set().union(*map(_facts, reason["because"]))


def test_describe(run):
    (term,) = run("describe", "Agreement").json
    assert set(term) == {"name", "kind", "iri", "label", "definition", "facts"}
    assert term["name"] == "th:Agreement"
    assert {m["name"] for m in term["facts"]["parts"]} >= {"th:MemorandumOfUnderstanding"}
    assert {t["kind"] for t in run("describe", "협약").json} >= {"class", "property", "table"}
    assert {t["kind"] for t in run("describe").json} == {
        "class",
        "property",
        "concept",
        "table",
        "column",
    }


def test_validate_and_build_summaries(run, town_folder, tmp_path):
    checked = run("validate", town_folder).json
    assert checked["violations"] == checked["warnings"] == 0
    assert checked["diagnostics"] == []
    assert checked["records"] > 100
    built = run("build", town_folder, "--out", tmp_path / "build").json
    assert sum(built["records"].values()) == checked["records"]
    assert built["title"] == "The ecosystem of Gaon, a fictional town"
    assert set(built) == {
        "title",
        "folder",
        "records",
        "triples",
        "findings",
        "warnings",
        "next",
        "office",
    }
    assert built["office"] is None
    assert all(
        (tmp_path / "build" / p).exists() for p in ("site/index.html", "tables", "graph.trig")
    )
