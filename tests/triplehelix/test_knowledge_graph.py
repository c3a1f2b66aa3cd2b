"""The public Python interface: what it is, what its answers hold, and how it says no."""

import inspect
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pandas as pd
import pytest
from rdflib import Graph

import triplehelix as th
from tests.endpoint import serve
from triplehelix.answers import frame

PUBLIC = {
    "Answer",
    "Chart",
    "Column",
    "Evidence",
    "InputError",
    "KnowledgeGraph",
    "Record",
    "__version__",
    "build",
    "open",
    "validate",
    "write_template",
}
METHODS = {
    "agreements",
    "dataset",
    "explain",
    "find",
    "findings",
    "gaps",
    "hubs",
    "map",
    "network",
    "on",
    "query",
    "questions",
    "restriction",
    "sparql",
    "title",
}


@pytest.fixture(scope="module")
def kg(town_build: Path) -> th.KnowledgeGraph:
    """The fictional town, built and opened as a user does."""
    return th.open(town_build, language="ko")


@pytest.fixture(scope="module")
def english(town_build: Path) -> th.KnowledgeGraph:
    return th.open(town_build / "store", language="en")


def test_the_public_surface_is_this() -> None:
    assert set(th.__all__) == PUBLIC
    assert set(dir(th)) >= PUBLIC
    assert {name for name in vars(th.KnowledgeGraph) if not name.startswith("_")} == METHODS


@pytest.mark.parametrize("name", sorted(PUBLIC - {"__version__"}))
def test_everything_public_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(th, name))


@pytest.mark.parametrize("name", sorted(METHODS - {"title"}))
def test_every_member_shows_an_example(name: str) -> None:
    member = inspect.getattr_static(th.KnowledgeGraph, name)
    assert ">>>" in (member.__doc__ or "")


def test_importing_it_imports_nothing_heavy() -> None:
    code = (
        "import sys, triplehelix as th; th.__version__; dir(th);"
        "print(*{m.partition('.')[0] for m in sys.modules})"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"graph", "loaders", "rdflib", "pandas", "networkx", "yaml"} & set(
        out.stdout.split()
    )


def test_unknown_names_are_no_attributes() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = th.nothing


def test_a_town_is_opened_by_its_build_or_store(
    kg: th.KnowledgeGraph, english: th.KnowledgeGraph
) -> None:
    assert repr(kg) == "<KnowledgeGraph '가온시 산학연 생태계 (가상)', 2023-12-31>"
    assert english.title == "The ecosystem of Gaon, a fictional town"
    assert english.on == date(2023, 12, 31)


def test_an_endpoint_is_opened_by_its_address(town_build: Path, kg: th.KnowledgeGraph) -> None:
    with serve() as server:
        server.store.bulk_load(path=town_build / "graph.trig")
        there = th.open(server.query, language="ko")
        assert repr(there) == repr(kg)
        assert list(there.query("universities")) == list(kg.query("universities"))
        assert list(there.gaps("가온시")) == list(kg.gaps("가온시"))


def test_rows_hold_records_and_numbers(kg: th.KnowledgeGraph) -> None:
    answer = kg.query("hubs_by_programmes")
    first = answer[0]
    assert isinstance(first["organization"], th.Record)
    assert (first["organization"].id, str(first["organization"])) == ("gaon", "가온시")
    assert isinstance(first["initiatives"], int)
    assert [column.name for column in answer.columns] == list(first)
    assert len(answer) == len(answer.rows) == len(list(answer))


def test_records_are_named_in_the_language(english: th.KnowledgeGraph) -> None:
    answer = english.query("hubs_by_programmes")
    assert str(answer[0]["organization"]) == "Gaon City"


def test_a_frame_has_labels_ids_and_numbers(kg: th.KnowledgeGraph) -> None:
    table = kg.query("hubs_by_programmes").df()
    assert list(table.columns) == ["organization", "organization_id", "initiatives", "events"]
    assert [str(dtype) for dtype in table.dtypes] == ["string", "string", "Int64", "Int64"]
    assert table["organization_id"][0] == "gaon"


def test_money_is_a_whole_number_and_blank_is_not_zero(kg: th.KnowledgeGraph) -> None:
    answer = kg.sparql(
        "SELECT ?item ?amount { ?item th:phase ?p OPTIONAL { ?item th:amount ?amount } }"
    )
    assert isinstance(answer, th.Answer)
    amounts = [row["amount"] for row in answer]
    assert None in amounts
    assert all(isinstance(value, int | Decimal) for value in amounts if value is not None)
    column = answer.df()["amount"]
    assert column.isna().sum() == amounts.count(None)
    assert pd.api.types.is_numeric_dtype(column)


def test_several_records_share_a_cell(kg: th.KnowledgeGraph) -> None:
    agreements = kg.agreements()
    many = max(agreements, key=lambda row: len(row["parties"]))
    assert len(many["parties"]) > 2
    table = agreements.df().set_index("agreement_id")
    told = table.loc[many["agreement"].id]
    assert told["parties_id"] == "; ".join(party.id for party in many["parties"])


def test_an_empty_answer_has_a_reason_and_its_columns(kg: th.KnowledgeGraph) -> None:
    answer = kg.query("agreements_ending", year=1901)
    assert not answer
    assert answer.reason
    assert answer.reason in repr(answer)
    assert answer.reason in answer._repr_html_()
    assert len(answer.df()) == 0
    assert "agreement_id" in answer.df().columns


def test_a_slice_is_an_answer(kg: th.KnowledgeGraph) -> None:
    hubs = kg.hubs()
    assert isinstance(hubs[:2], th.Answer)
    assert hubs[:2].rows == hubs.rows[:2]


def test_pandas_is_asked_for_in_words(
    kg: th.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match=r"triplehelix\[notebook\]") as caught:
        kg.hubs().df()
    assert str(caught.value) == frame.MISSING


def test_gaps_differ_by_level_and_date(kg: th.KnowledgeGraph) -> None:
    unit, parent = kg.gaps("가온시"), kg.gaps("가온시", level="parent")
    partners = [{row["partner"].id for row in gaps} for gaps in (unit, parent)]
    assert partners[1] < partners[0]
    covered = [row for row in unit if row["covered_through"]]
    assert {row["partner"].id for row in covered} >= partners[0] - partners[1]
    assert kg.gaps("gaon", on="2019") != unit
    assert kg.gaps(kg.find("가온시"), on=date(2023, 12, 31)).rows == unit.rows


def test_evidence_brings_place_and_quote(kg: th.KnowledgeGraph) -> None:
    evidence = kg.gaps("가온시")[0]["evidence"]
    assert isinstance(evidence, tuple)
    assert isinstance(evidence[0], th.Evidence)
    assert evidence[0].place.partition(":")[2]


def test_explanations_and_findings_are_answers(kg: th.KnowledgeGraph) -> None:
    assert len(kg.explain("가온시", "가온대")) > 0
    assert {row["severity"] for row in kg.findings()} <= {"잘못", "주의", "참고"}
    assert len(kg.findings()) > 0


def test_networks_carry_names(kg: th.KnowledgeGraph) -> None:
    one, two, agreed = (
        kg.network("organizations"),
        kg.network("participations"),
        kg.network("agreements"),
    )
    assert one.nodes[kg.find("gaon").iri]["label"] == "가온시"
    assert {two.nodes[node]["bipartite"] for node in two} == {0, 1}
    assert nx.number_of_edges(agreed) > 0
    with pytest.raises(ValueError, match="participations, organizations, agreements"):
        kg.network("friends")  # type: ignore[arg-type]


def test_networks_and_hubs_are_restricted(kg: th.KnowledgeGraph) -> None:
    drone = kg.restriction(theme="드론", host=kg.find("가온시"), sectors="산업계")
    assert (drone.theme.rpartition("/")[2], drone.sectors) == ("drone", ("industry",))
    companies = kg.restriction(sectors=["산업계"])
    network = kg.network(restriction=companies)
    assert {facts["sector"] for _, facts in network.nodes(data=True)} == {"industry"}
    assert 0 < len(network) < len(kg.network())
    hubs = kg.hubs(restriction=companies)
    assert {row["organization"].iri for row in hubs} <= set(network)
    # The date of the call counts, not that of the restriction.
    assert len(kg.network(on="1900", restriction=companies)) == 0
    for wrong in (
        {"sectors": ["학생"]},
        {"least_rung": "높음"},
        {"since": "2024", "until": "2023"},
    ):
        with pytest.raises(ValueError, match=r"there is no|ends before it begins"):
            kg.restriction(**wrong)
    with pytest.raises(th.InputError, match="가온대학"):
        kg.restriction(host="가온")


def test_hubs_by_another_measure_and_weighting(kg: th.KnowledgeGraph) -> None:
    plain, strong = kg.hubs(), kg.hubs(by="strength", weighting="newman")
    assert "value" not in plain[0]
    assert [row["rank"] for row in plain] == sorted(row["rank"] for row in plain)
    values = [row["value"] for row in strong]
    assert values == sorted(values, reverse=True)
    weights = kg.network(weighting="newman").degree(weight="weight")
    assert all(
        float(row["value"]) == pytest.approx(weights[row["organization"].iri], abs=1e-6)
        for row in strong
    )
    with pytest.raises(ValueError, match="there is no measure 'fame'; measures: initiatives"):
        kg.hubs(by="fame")


def test_the_map_shows_itself(english: th.KnowledgeGraph, tmp_path: Path) -> None:
    page = english.map(height="300px")
    assert page._repr_html_().startswith("<iframe")
    assert page.language == "en"
    assert page.save(tmp_path / "map.html").stat().st_size > 100_000


def test_sparql_gives_rows_a_graph_or_a_truth(kg: th.KnowledgeGraph) -> None:
    gaon = kg.find("가온시")
    rows = kg.sparql("SELECT DISTINCT ?who ?type { ?who a ?type }", who=gaon)
    assert isinstance(rows, th.Answer)
    assert [column.name for column in rows.columns] == ["type"]
    assert "th:LocalGovernment" in {row["type"].id for row in rows if row["type"]}
    assert kg.sparql("ASK { ?s a th:University }") is True
    assert isinstance(kg.sparql("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 1"), Graph)


def test_bound_text_is_only_text(kg: th.KnowledgeGraph) -> None:
    text = '"} UNION { ?s ?p ?o } #'
    assert len(kg.sparql("SELECT ?x ?s { ?s rdfs:label ?x }", x=text)) == 0


def test_what_is_wrong_with_a_query_is_told(kg: th.KnowledgeGraph) -> None:
    with pytest.raises(th.InputError, match="SPARQL"):
        kg.sparql("SELEC ?x")
    with pytest.raises(th.InputError, match="SERVICE"):
        kg.sparql("SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }")
    with pytest.raises(ValueError, match="projection"):
        kg.sparql("SELECT ?s { ?s a ?type }", type=kg.find("가온시"))


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda kg: kg.query("agrements"), "agreements"),
        (lambda kg: kg.query("agreements_ending", yaer=2019), "year"),
        (lambda kg: kg.query("agreements_ending"), "year"),
        (lambda kg: kg.query("agreements_ending", year="soon"), "soon"),
        (lambda kg: kg.find("가온센터"), "gaon-univ-drone-centre"),
        (lambda kg: kg.find("없는 곳"), "없는 곳"),
        (lambda kg: kg.gaps("가온센터"), "gaon-startup-centre"),
        (lambda kg: kg.explain("가온시", "없는 곳"), "없는 곳"),
    ],
)
def test_faults_are_told_in_words_and_in_the_language(
    kg: th.KnowledgeGraph, english: th.KnowledgeGraph, ask: object, told: str
) -> None:
    assert callable(ask)
    messages = []
    for graph in (kg, english):
        with pytest.raises(th.InputError) as caught:
            ask(graph)
        messages.append(str(caught.value))
    assert all(told in message for message in messages)
    assert messages[0] != messages[1]
    assert any("가" <= sign <= "힣" for sign in messages[0])


@pytest.mark.parametrize(
    "call", [lambda kg: kg.gaps("gaon", level="city"), lambda _: th.open("x", language="fr")]
)
def test_wrong_words_are_told(kg: th.KnowledgeGraph, call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match="there is no"):
        call(kg)


def test_a_hostile_name_is_only_text_in_a_table() -> None:
    record = th.Record("https://w3id.org/triplehelix/id/x", "<script>alert(1)</script>")
    column = th.Column("who", "organization", {"en": "<b>Who</b>"})
    html = th.Answer("<i>", (column,), [{"who": record}], language="en")._repr_html_()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_chart_is_as_long_as_its_numbers() -> None:
    columns = (th.Column("year", "year", {}), th.Column("amount", "money", {"en": "Amount"}))
    rows = [
        {"year": 2021, "amount": 50},
        {"year": 2022, "amount": 100},
        {"year": 2023, "amount": None},
    ]
    answer = th.Answer("Money & more", columns, rows, language="en")
    picture = ET.fromstring(answer.chart("year", "amount").svg)
    bars = [e for e in picture.iter("{http://www.w3.org/2000/svg}rect") if len(e)]
    widths = [float(bar.attrib["width"]) for bar in bars]
    assert len(widths) == 2
    assert widths[1] == 2 * widths[0]
    lines = ET.fromstring(answer.chart("year", "amount", kind="line").svg)
    assert len(list(lines.iter("{http://www.w3.org/2000/svg}circle"))) == 2


def test_a_chart_needs_columns_of_numbers() -> None:
    columns = (th.Column("year", "year", {}), th.Column("name", "text", {}))
    answer = th.Answer("", columns, [{"year": 2021, "name": "a"}])
    for arguments, told in (
        ((), "name the columns"),
        (("year", "x"), "no column"),
        (("year", "name"), "no numbers"),
    ):
        with pytest.raises(ValueError, match=told):
            answer.chart(*arguments)


def test_faults_of_an_ecosystem_are_an_answer(town_copy: Path) -> None:
    assert th.validate(town_copy, language="en").rows == []
    companies = town_copy / "companies.csv"
    companies.write_text(
        companies.read_text("utf-8").replace("nuri,Company", "nuri,Kompany"), "utf-8"
    )
    faults = th.validate(town_copy, language="en")
    assert faults[0]["value"] == "Kompany"
    assert isinstance(faults[0]["row"], int)
    with pytest.raises(th.InputError, match="Kompany"):
        th.build(town_copy, town_copy.parent / "build")
    assert not (town_copy.parent / "build").exists()
