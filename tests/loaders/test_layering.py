"""An office register laid over an ecosystem: its rows, its references, and whose fault is whose."""

from pathlib import Path

import pytest

from graph.assembly import assemble
from graph.diagnostics import InputError, render
from graph.namespaces import source_graph
from graph.shapes import read_schema
from graph.store import load_graphs, memory_store, select
from loaders.formulas import DANGEROUS, guard, unguard
from loaders.layering import load_layers

SCHEMA = read_schema()
DOCUMENT = "office-gaon-industry-2024-01-05"
SIDECAR = "title: {ko: 협약 장부, en: Office register}\ntables: [documents, agreements, parties]\n"
TABLES = {
    "documents": f"id,type,label,issued\n{DOCUMENT},Document,산업지원과 기록,2024-01-05\n",
    "agreements": (
        "식별자,유형,이름,체결일,문서,등록번호\n"
        f"office-agr,MemorandumOfUnderstanding,가온시–하늘전문대학 협약,2023-12,{DOCUMENT},1행\n"
    ),
    # The ecosystem's records go by identifier and by name.
    "parties": (
        "agreement,party,capacity,document,locator\n"
        f"office-agr,gaon,party,{DOCUMENT},1행\n"
        f"office-agr,하늘전문대학,party,{DOCUMENT},1행\n"
    ),
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A small register."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "ecosystem.yml").write_text(SIDECAR, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(folder: Path, office: Path) -> list[str]:
    layers = load_layers(folder, office, SCHEMA)
    assembly = assemble(layers.records, layers.identity, namespace=layers.sidecar.namespace)
    return [render(fault, "en") for fault in layers.faults + assembly.diagnostics]


def test_the_rows_of_a_register_stand_in_a_graph_of_their_own(town_folder, office):
    layers = load_layers(town_folder, office, SCHEMA)
    assert layers.faults == []
    assert layers.sidecar.title["en"] == "The ecosystem of Gaon, a fictional town"
    assembly = assemble(layers.records, layers.identity)
    assert assembly.diagnostics == []
    dataset = memory_store()
    load_graphs(dataset, dict(assembly.graphs))
    query = """SELECT DISTINCT ?source ?name WHERE {
      GRAPH ?source { ?relation th:agreement ?agreement ; th:party ?party }
      ?agreement th:signed "2023-12"^^xsd:gYearMonth . ?party rdfs:label ?name }"""
    rows = {(str(source), str(name)) for source, name in select(dataset, query)}
    assert {(str(source_graph(DOCUMENT)), n) for n in ("가온시", "하늘전문대학")} <= rows
    assert {source for source, _ in rows} == {str(source_graph(DOCUMENT))}


def test_without_a_register_the_ecosystem_stands_alone(town_folder):
    layers = load_layers(town_folder, None, SCHEMA)
    assert not any("/" in record.location.file for record in layers.records)


def test_each_fault_names_the_file_of_its_own_folder(town_copy, office):
    replace(office / "parties.csv", "하늘전문대학", "없는 대학")
    replace(town_copy / "parties.csv", ",agr-univ,gaon-univ,", ",agr-univ,no-such,")
    found = told(town_copy, office)
    assert any(line.startswith("office/parties.csv, row 3, ") for line in found)
    assert any(line.startswith("parties.csv, row 3, ") for line in found)
    assert len(found) == 2


def test_an_identifier_of_the_ecosystem_is_not_taken_again(town_folder, office):
    for name in ("agreements", "parties"):
        replace(office / f"{name}.csv", "office-agr", "agr-univ")
    found = told(town_folder, office)
    assert any(
        "office/agreements.csv, row 2" in line and "agreements.csv:2" in line for line in found
    )


def test_a_register_in_another_namespace_is_refused(town_folder, office):
    with (office / "ecosystem.yml").open("a", encoding="utf-8") as stream:
        stream.write("namespace: https://example.org/\n")
    assert any(line.startswith("office/ecosystem.yml") for line in told(town_folder, office))


def test_a_register_that_is_gone_is_told_with_the_remedy(town_folder, tmp_path):
    with pytest.raises(InputError, match="--no-office"):
        load_layers(town_folder, tmp_path / "gone", SCHEMA)


@pytest.mark.parametrize("sign", DANGEROUS)
def test_a_guarded_text_comes_back(sign):
    text = f"{sign}1+1"
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text
    assert unguard(text) == text


def test_a_guarded_cell_of_a_table_is_read_as_it_was(town_folder, office):
    replace(office / "agreements.csv", "가온시–하늘전문대학 협약", "'=HYPERLINK(1)")
    layers = load_layers(town_folder, office, SCHEMA)
    names = [r.values.get("label") for r in layers.records if r.location.file.startswith("office/")]
    assert "=HYPERLINK(1)" in names
