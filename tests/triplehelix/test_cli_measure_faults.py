"""Measures of next to nothing, and what cannot be measured: a sentence, never a traceback."""

import json

import pytest

MEASURES = ("degree", "two_mode_closeness", "synergy", "backbone", "sector_pairs")


@pytest.fixture(scope="module")
def bare(start, tmp_path_factory):
    """The store of an ecosystem in which nobody does anything."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "tables").mkdir()
    (folder / "tables" / "ecosystem.yml").write_text(
        "title: {ko: 빈 곳, en: Nothing yet}\npublisher: Triple Helix\nlicence: Apache-2.0\n"
        'date: "2023-12-31"\nlanguage: ko\ntables: [documents, companies]\n',
        encoding="utf-8",
    )
    (folder / "tables" / "documents.csv").write_text(
        "id,type,label,issued\nnote,Document,기록,2023-01-01\n", encoding="utf-8"
    )
    (folder / "tables" / "companies.csv").write_text(
        "id,type,label,label_en,document,lines\nnuri,Company,누리,Nuri,note,1\n", encoding="utf-8"
    )
    process = start("build", folder / "tables", "--out", folder / "build")
    _, err = process.communicate()
    assert process.returncode == 0, err.decode()
    return folder / "build" / "store"


@pytest.mark.parametrize(
    "command",
    [
        ("hubs",),
        ("hubs", "--by", "eigenvector"),
        ("brokers",),
        ("communities",),
        ("compare", "2022", "2023"),
        ("measures", "community_participation"),
        *(("measures", name) for name in MEASURES),
    ],
)
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_an_empty_network_is_told(run, bare, command, form):
    for language in ("ko", "en"):
        result = run(*command, "--store", bare, "--format", form, "--lang", language)
        assert (result.code, result.err) == (0, "")
        if form == "json":
            assert json.loads(result.out) is not None
        else:
            assert "Traceback" not in result.out
            assert result.out.strip()


def test_an_empty_network_is_written_as_one(run, bare, tmp_path):
    for name in ("n.graphml", "n.gexf", "n.csv"):
        for kind in ("organizations", "all", "two-mode"):
            target = tmp_path / name
            result = run("network", target, "--network", kind, "--force", "--store", bare)
            assert (result.code, result.json["nodes"]) == (0, 0)
            assert target.stat().st_size


@pytest.mark.parametrize(
    "command", [("hubs",), ("brokers",), ("communities",), ("measures", "pagerank")]
)
def test_one_node_is_no_fault(run, store, command):
    """Of research institutes a single one takes part in anything."""
    result = run(*command, "--sector", "research", "--json", "--store", store)
    assert (result.code, result.err) == (0, "")
    told = result.json if isinstance(result.json, dict) else result.json[0]
    nodes = told["network"]["nodes"] - told["network"]["events"] * (command == ("hubs",))
    assert nodes == 1


def test_a_date_before_everything(run, store):
    for command in (("hubs",), ("brokers",), ("measures", "synergy")):
        result = run(*command, "--as-of", "1900", "--store", store, "--format", "table")
        assert (result.code, result.err) == (0, "")
        assert "1900-12-31" in result.out
    told = run(
        *("measures", "degree", "--network", "agreements", "--as-of", "1900", "--store", store),
        *("--format", "table"),
    )
    assert "The network is empty" in told.out


@pytest.mark.parametrize(
    ("arguments", "korean", "english"),
    [
        (("hubs", "--by", "degre"), "'degre' 척도가 없습니다. 혹시 degree", "no measure 'degre'"),
        (("measures", "fame"), "'fame' 척도가 없습니다", "There is no measure 'fame'"),
        (("hubs", "--sector", "sports"), "'sports' 부문이 없습니다", "no sector 'sports'"),
        (("hubs", "--rung", "love"), "'love' 협력 단계가 없습니다", "no rung 'love'"),
        (("hubs", "--theme", "없는 분야"), "'없는 분야'", "'없는 분야'"),
        (("hubs", "--theme", ""), "''", "''"),
        (("hubs", "--rung", ""), "''", "''"),
        (("hubs", "--from", "2023", "--until", "2022"), "시작이 끝보다", "ends before it begins"),
        (("compare", "2023", "2022"), "앞 날짜를 먼저", "Give the earlier date first"),
        (("measures", "degree", "--network", "all"), "triplehelix network", "kept apart|keeps"),
        (("measures", "degree", "--network", "two-mode"), "기관끼리의", "among organisations"),
        (("measures", "two_mode_degree", "--network", "agreements"), "two-mode", "two-mode"),
        (("network", "n.csv", "--network", "all", "--backbone", "0.1"), "기관끼리의", "among"),
    ],
)
def test_what_cannot_be_measured_is_told_in_both_languages(
    run, store, tmp_path, monkeypatch, arguments, korean, english
):
    monkeypatch.chdir(tmp_path)
    for language, words in (("ko", korean), ("en", english)):
        result = run(*arguments, "--store", store, "--lang", language)
        assert (result.code, result.out) == (1, "")
        assert any(word in result.err for word in words.split("|"))
        assert "Traceback" not in result.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "english"),
    [
        (("measures", "degree", "--by", "theme"), "--by does not go with this measure"),
        (("hubs", "--weighting", "newman"), "--weighting does not go with this measure"),
        (("measures", "synergy", "--alpha", "0.1"), "--alpha does not go with this measure"),
        (("measures", "backbone", "--alpha", "2"), "no number above 0 and up to 1"),
        (("communities", "--resolution", "-1"), "not a number that can be used"),
        (("communities", "--seed", "x"), "not a number that can be used"),
        (("communities", "--network", "two-mode"), "organizations, agreements, affiliations"),
        (("network", "n.txt"), "End it in .graphml, .gexf or .csv"),
        (("hubs", "--modality", "maybe"), "actual, planned, all"),
        (("compare", "2023"), "DATE2 is missing"),
        (("compare", "2023", "soon"), "'soon' is no date"),
    ],
)
def test_a_wrong_command_line_of_a_measure_is_told(run, store, arguments, english):
    result = run(*arguments, "--store", store)
    assert (result.code, result.out) == (2, "")
    assert english in result.err
