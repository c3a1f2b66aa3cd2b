"""CORDIS: a fictional file in the layout of the source, its possible faults, the real one."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from graph.diagnostics import Diagnostic, render
from graph.projection import project_two_mode
from loaders import cordis
from loaders.cordis import SECTORS, read_cordis, read_pairs

ORGANIZATIONS = """\
projectID,project_acronym,organisationID,name,activityType,country,role,ec_contribution
101,DRONE,900000001.0,GAON UNIVERSITY,HES,KR,Coordinator,100.0
101,DRONE,900000002.0,DAL ROBOT,PRC,KR,Participant,50.0
101,DRONE,900000002.0,DAL ROBOT,PRC,KR,Thirdparty,5.0
102,HARVEST,900000002,DAL ROBOT,,KR,Participant,20.0
102,HARVEST,900000003,"TEST LAB, ISLE",REC,KR,Coordinator,20.0
102,HARVEST,900000004,CITY OF GAON,PUB,KR,Participant,20.0
102,HARVEST,900000005,MAKERS,OTH,KR,Participant,20.0
102,HARVEST,900000006,NARAE,,KR,Participant,20.0
"""
PROJECTS = """\
project_id,project_acronym,framework_programme,thematic_priority,start_date,end_date,participations
101,DRONE,H2020,Transport,2014-11-01,2016-04-30,3
102,HARVEST,FP7,Food,2014-01-01,2015-12-31,4
103,ALONE,FP7,Food,2014-02-01,2015-12-31,0
"""
PAIRS = """\
projectRcn,new_org_id
101,aee4a9c2b74483607ba42a90eb8710aa
101,900000002
102,900000002
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "organizations.csv", ORGANIZATIONS)
    write(tmp_path / "projects.csv", PROJECTS)
    write(tmp_path / "pairs.csv", PAIRS)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def read(folder: Path) -> tuple[nx.Graph[str], list[Diagnostic]]:
    faults: list[Diagnostic] = []
    network = read_cordis(folder / "organizations.csv", folder / "projects.csv", faults)
    return network, faults


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new, 1))


def places(faults: list[Diagnostic]) -> list[tuple[str, str, int | None]]:
    for fault in faults:
        assert render(fault, "ko")
        assert render(fault, "en")
    return [(fault.code, fault.location.file, fault.location.row) for fault in faults]


def test_tables_become_a_two_mode_network(folder: Path) -> None:
    network, faults = read(folder)
    assert faults == []
    assert set(map(frozenset, network.edges)) == {
        frozenset((f"organization/90000000{organization}", f"project/{project}"))
        for organization, project in (
            (1, 101),
            (2, 101),
            (2, 102),
            (3, 102),
            (4, 102),
            (5, 102),
            (6, 102),
        )
    }
    assert network.nodes["organization/900000003"] == {
        "label": "TEST LAB, ISLE",
        "country": "KR",
        "sector": "research",
        "bipartite": 0,
    }
    assert network.nodes["project/103"] == {
        "label": "ALONE",
        "programme": "FP7",
        "theme": "Food",
        "start": "2014-02-01",
        "end": "2015-12-31",
        "bipartite": 1,
    }


def test_official_types_become_sectors(folder: Path) -> None:
    network, _ = read(folder)
    sectors = {
        int(node[-1]): texts["sector"]
        for node, texts in network.nodes(data=True)
        if texts["bipartite"] == 0
    }
    assert sectors == {
        1: "academia", 2: "industry", 3: "research", 4: "government", 5: "", 6: "",
    }  # fmt: skip
    assert set(SECTORS) == {"HES", "PRC", "REC", "PUB", "OTH"}


def test_the_measures_take_it(folder: Path) -> None:
    network, _ = read(folder)
    projected = project_two_mode(network)
    assert projected.degree("organization/900000002") == 5
    assert projected.nodes["organization/900000002"]["sector"] == "industry"


def test_packed_files_are_the_same(folder: Path) -> None:
    plain, _ = read(folder)
    faults: list[Diagnostic] = []
    for name in ("organizations", "projects"):
        text = (folder / f"{name}.csv").read_bytes()
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress(text))
    paths = (folder / "organizations.csv.gz", folder / "projects.csv.gz")
    packed = read_cordis(*paths, faults)
    assert faults == []
    assert nx.utils.graphs_equal(plain, packed)


def test_rows_without_identifier_are_left_out_with_a_warning(folder: Path) -> None:
    change(folder / "organizations.csv", "900000001.0", "")
    network, faults = read(folder)
    assert places(faults) == [("missing_value", "organizations.csv", 2)]
    assert faults[0].severity == "warning"
    assert "organization/900000001" not in network


def test_the_most_frequent_type_counts_with_a_warning(folder: Path) -> None:
    change(folder / "organizations.csv", "900000002,DAL ROBOT,,", "900000002,DAL ROBOT,REC,")
    network, faults = read(folder)
    assert places(faults) == [("too_many_values", "organizations.csv", 3)]
    assert (faults[0].value, faults[0].severity) == ("PRC, REC", "warning")
    assert network.nodes["organization/900000002"]["sector"] == "industry"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("organizations", "900000003,", "none,", ("wrong_identifier", 6)),
        ("organizations", "101,DRONE,9", "<<<<<<< HEAD,DRONE,9", ("wrong_identifier", 2)),
        ("organizations", ",HES,", ",ABC,", ("wrong_code", 2)),
        ("organizations", "102,HARVEST,900000003", "9,HARVEST,900000003", ("unknown_reference", 6)),
        ("organizations", "101,DRONE,900000001.0", ",DRONE,900000001.0", ("missing_value", 2)),
        ("organizations", "Coordinator,100.0", "Coordinator,100.0,more", ("too_many_cells", 2)),
        ("organizations", "activityType", "type", ("missing_column", 1)),
        ("organizations", '"TEST LAB, ISLE"', '"TEST LAB" ISLE', ("broken_csv", 6)),
        ("projects", "103,ALONE", "x,ALONE", ("wrong_identifier", 4)),
        ("projects", "thematic_priority", "theme", ("missing_column", 1)),
    ],
)  # fmt: skip
def test_what_is_wrong_has_a_place(
    folder: Path, file: str, old: str, new: str, expected: tuple[str, int]
) -> None:
    change(folder / f"{file}.csv", old, new)
    _, faults = read(folder)
    assert (expected[0], f"{file}.csv", expected[1]) in places(faults)
    assert file == "projects" or len(faults) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_table"),
        (b"\n\n", "empty_table"),
        (b"\n1,2\n3,4\n", "empty_table"),
        (b"projectRcn,new_org_id\n1,\xff\xfe\n", "unknown_encoding"),
        (b'projectRcn,new_org_id\n1,"', "broken_csv"),
    ],
)
def test_files_that_cannot_be_read(folder: Path, content: bytes, code: str) -> None:
    (folder / "pairs.csv").write_bytes(content)
    faults: list[Diagnostic] = []
    assert len(read_pairs(folder / "pairs.csv", faults)) == 0
    assert [found for found, _, _ in places(faults)] == [code]


@pytest.mark.parametrize(
    "content",
    [b"no gzip", gzip.compress(PAIRS.encode())[:-12], gzip.compress(b"a" * 99)[:20] + b"x" * 9],
    ids=["plain", "cut off", "damaged"],
)
def test_packed_files_that_cannot_be_read(folder: Path, content: bytes) -> None:
    (folder / "pairs.csv.gz").write_bytes(content)
    faults: list[Diagnostic] = []
    assert len(read_pairs(folder / "pairs.csv.gz", faults)) == 0
    assert [code for code, _, _ in places(faults)] == ["broken_csv"]


@pytest.mark.parametrize("name", ["none.csv", "none.csv.gz", "folder"])
def test_a_missing_file(folder: Path, name: str) -> None:
    (folder / "folder").mkdir()
    faults: list[Diagnostic] = []
    assert len(read_pairs(folder / name, faults)) == 0
    assert places(faults) == [("missing_file", name, None)]


def test_a_file_that_unpacks_to_too_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cordis, "SIZE_LIMIT", 1 << 20)
    (folder / "pairs.csv.gz").write_bytes(gzip.compress(b" " * (2 << 20)))
    faults: list[Diagnostic] = []
    assert len(read_pairs(folder / "pairs.csv.gz", faults)) == 0
    assert [code for code, _, _ in places(faults)] == ["file_too_large"]


def test_pairs_become_a_two_mode_network(folder: Path) -> None:
    """Identifiers of bodies and projects are both numbers; they must not meet in one node."""
    faults: list[Diagnostic] = []
    network = read_pairs(folder / "pairs.csv", faults)
    assert faults == []
    assert {node: texts["bipartite"] for node, texts in network.nodes(data=True)} == {
        "organization/aee4a9c2b74483607ba42a90eb8710aa": 0,
        "organization/900000002": 0,
        "project/101": 1,
        "project/102": 1,
    }
    assert network.number_of_edges() == 3


def test_the_projects_of_2014(shared: Path) -> None:
    """As its own description counts them: 12,584 rows, of which 11 have no identifier."""
    folder = shared / "data" / "cordis"
    if not folder.is_dir():
        pytest.skip("no CORDIS files in the shared folder")
    faults: list[Diagnostic] = []
    network = read_cordis(
        folder / "organization-2014.csv.gz", folder / "project-2014.csv.gz", faults
    )
    assert Counter((f.code, f.severity) for f in faults) == {
        ("missing_value", "warning"): 11,
        ("too_many_values", "warning"): 9,
    }
    sectors = Counter(texts["sector"] for _, texts in network.nodes(data=True) if "sector" in texts)
    assert sectors == {
        "industry": 2860, "academia": 953, "research": 943, "": 581, "government": 415,
    }  # fmt: skip
    assert sum(texts["bipartite"] for _, texts in network.nodes(data=True)) == 3321
    assert network.number_of_edges() == 12347


def test_the_pairs_of_the_seventh_programme(shared: Path) -> None:
    """135,670 rows, three of them twice; 31,055 rows of organisations name 30,973."""
    path = shared / "data" / "cordis" / "fp7-edges.csv.gz"
    if not path.is_file():
        pytest.skip("no CORDIS files in the shared folder")
    faults: list[Diagnostic] = []
    network = read_pairs(path, faults)
    assert faults == []
    modes = Counter(network.nodes[node]["bipartite"] for node in network)
    assert (modes[0], modes[1], network.number_of_edges()) == (30_973, 25_788, 135_667)
