"""The commands that measure: rank, restrict, compare, write, and say what they did."""

import csv
import io

import networkx as nx
import pytest

from triplehelix.commands.network import encode_network

MEASURES = ("degree", "two_mode_closeness", "synergy", "backbone", "sector_pairs")


def test_hubs_share_ranks_and_say_what_they_rest_on(run, store):
    hubs = run("hubs", "--store", store).json
    ranks = [(hub["rank"], hub["tied"], hub["organization"]) for hub in hubs]
    assert ranks[0] == (1, 1, "gaon")
    assert {rank[:2] for rank in ranks[1:7]} == {(2, 6)}
    assert ranks[7][0] == 8
    assert [hub["value"] for hub in hubs] == [hub["strength"] for hub in hubs]
    first = hubs[0]
    assert (first["network"]["kind"], first["network"]["initiatives"]) == ("participations", 6)
    assert first["restriction"] == {
        "words": "actual ties only; as of 2023-12-31",
        "on": "2023-12-31",
    }
    assert sum(not thing["is_event"] for thing in first["undertakings"]) == first["strength"]
    assert sum(thing["is_event"] for thing in first["undertakings"]) == first["events"]
    assert all(hub["evidence"] for hub in hubs)
    table = run("hubs", "--store", store, "--format", "table").out
    assert "2=" in table
    assert "actual ties only" in table


@pytest.mark.parametrize("measure", ["closeness", "two-mode-degree", "sector_participation"])
def test_hubs_by_another_measure(run, store, measure):
    hubs = run("hubs", "--by", measure, "--store", store).json
    values = [hub["value"] for hub in hubs]
    assert values == sorted(values, reverse=True)
    assert {hub["measure"] for hub in hubs} == {measure.replace("-", "_")}
    assert hubs[0]["value"] > hubs[-1]["value"]


def test_hubs_by_another_weighting(run, store):
    strengths = {}
    for weighting in ("count", "newman", "hyperbolic"):
        options = ("--by", "strength", "--weighting", weighting, "--store", store)
        hubs = run("hubs", *options).json
        assert {hub["weighting"] for hub in hubs} == {weighting}
        strengths[weighting] = {hub["organization"]: hub["value"] for hub in hubs}
        assert "shared undertaking" in run("hubs", *options, "--format", "md").out
    # Each undertaking of two or more adds just 1 to the strength of everyone in it; see Newman.
    undertakings = {
        hub["organization"]: len(hub["undertakings"]) for hub in run("hubs", "--store", store).json
    }
    assert all(value <= undertakings[who] + 1e-9 for who, value in strengths["newman"].items())
    for who, value in strengths["newman"].items():
        assert strengths["hyperbolic"][who] <= value <= strengths["count"][who]
    assert strengths["newman"]["gaon"] < strengths["count"]["gaon"]


@pytest.mark.parametrize(
    ("options", "field", "value"),
    [
        (("--theme", "드론"), "theme", "drone"),
        (("--host", "가온시"), "host", "gaon"),
        (("--place", "솔도"), "place", "place-sol"),
        (("--from", "'23. 3.", "--until", "2023-06"), "since", "2023-03"),
        (("--sector", "산업계", "--sector", "government"), "sectors", ["industry", "government"]),
        (("--modality", "all"), "modality", "both"),
        (("--basis", "stated"), "basis", "stated"),
        (("--level", "parent"), "level", "parent"),
        (("--no-events",), "events", False),
    ],
)
def test_a_restriction_is_used_and_told(run, store, options, field, value):
    whole, some = (run("hubs", "--store", store, *more).json for more in ((), options))
    assert some[0]["restriction"][field] == value
    assert some[0]["restriction"]["words"] != whole[0]["restriction"]["words"]
    for form in ("table", "md"):
        told = run("hubs", "--store", store, *options, "--format", form).out
        assert some[0]["restriction"]["words"].split("; ")[-1] in " ".join(told.split())
    if field in ("theme", "host", "events", "since", "sectors"):
        assert some[0]["network"]["ties"] < whole[0]["network"]["ties"]


def test_a_restriction_to_a_sector_leaves_no_other(run, store):
    hubs = run("hubs", "--sector", "industry", "--modality", "all", "--store", store).json
    assert {hub["sector"] for hub in hubs} == {"industry"}
    assert run("hubs", "--no-events", "--store", store).json[0]["events"] == 0


def test_brokers_have_roles_and_tell_who_would_be_cut_off(run, store):
    told = run("brokers", "--store", store).json
    first = told["brokers"][0]
    assert first["organization"] == "gaon"
    assert first["roles"]["gatekeeper"] == first["roles"]["representative"]
    roles = [value for name, value in first["roles"].items() if name != "total"]
    assert sum(roles) == first["roles"]["total"] > 0
    assert first["constraint"] == min(broker["constraint"] for broker in told["brokers"])
    cut = {body["id"] for part in first["cut_off"] for body in part}
    assert "maker-association" in cut
    # Whom a broker cuts off alone hangs on a bridge.
    single = {part[0]["id"] for part in first["cut_off"] if len(part) == 1}
    bridged = {
        body["id"] for bridge in told["bridges"] for end in bridge["cut_off"] for body in end
    }
    assert single <= bridged
    assert run("brokers", "--top", "2", "--store", store).json["brokers"] == told["brokers"][:2]
    assert "cuts off" in run("brokers", "--store", store, "--format", "table").out


def test_communities_divide_the_network(run, store):
    told = run("communities", "--store", store).json
    sizes = [community["size"] for community in told["communities"]]
    members = [body["id"] for c in told["communities"] for body in c["members"]]
    alone = [body["id"] for body in told["alone"]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(members) == sum(sizes) == len(set(members))
    assert len(members) + len(alone) == told["network"]["nodes"]
    assert told["modularity"] == max(told["stability"]["modularities"])
    assert 0 <= told["stability"]["agreement"] <= 1
    assert [body["id"] for body in told["core"]["members"]] == ["gaon"]
    assert 0 <= told["nestedness"]["nodf"] <= 100
    shown = run("communities", "--store", store, "--format", "table").out
    assert "Core and periphery" in shown
    assert "NODF" in shown
    again = run("communities", "--seed", "0", "--store", store).json
    assert again == told


def test_two_dates_compared(run, store):
    told = run("compare", "2022", "2023-12-31", "--store", store).json
    assert (told["earlier"], told["later"]) == ("2022-12-31", "2023-12-31")
    assert "gaon-univ-incubator" in {body["id"] for body in told["came"]}
    # Who was at a single event of the year stands under one heading, not under two.
    assert told["left"] == []
    between = {body["id"] for body in told["between"]}
    assert "maker-association" in between
    assert not between & {body["id"] for body in told["came"]}
    assert {a["id"] for a in told["begun"]} == {"agr-maker", "agr-single"}
    assert {a["id"] for a in told["ended"]} == {"agr-dal", "agr-lab"}
    (risen,) = [body for body in told["risen"] if body["id"] == "gaon"]
    assert (risen["old_rank"], risen["new_rank"]) == (2, 1)
    assert risen["after"] > risen["before"]
    assert "on" not in told["restriction"]
    same = run("compare", "2023", "2023", "--store", store).json
    kinds = ("came", "left", "between", "begun", "ended", "risen", "fallen")
    assert not any(same[kind] for kind in kinds)
    table = run("compare", "2023", "2023", "--store", store, "--format", "table").out
    assert "Nothing changed." in table


def test_the_list_of_measures_names_what_can_be_asked_for(run, store):
    listed = run("measures").json
    names = [measure["name"] for measure in listed]
    assert {*MEASURES, "initiatives", "community_participation"} <= set(names)
    assert all(set(m) == {"name", "label", "network", "definition"} for m in listed)
    for name in names:
        result = run("measures", name, "--store", store)
        assert result.code == 0, name
        assert result.json["restriction"]["on"] == "2023-12-31"


def test_the_values_of_a_measure(run, store):
    told = run("measures", "degree", "--store", store).json
    values = {each["id"]: each["value"] for each in told["values"]}
    hubs = {hub["organization"]: hub["degree"] for hub in run("hubs", "--store", store).json}
    assert hubs.items() <= values.items()
    # Unnamed groups are nodes, and so have a value; as hubs they are not listed.
    assert {each["kind"] for each in told["values"]} == {"organization", "group"}
    two_modes = run("measures", "two_mode_degree", "--store", store).json["values"]
    assert {"initiative", "event"} <= {each["kind"] for each in two_modes}
    agreed = run("measures", "degree", "--network", "agreements", "--store", store).json
    assert agreed["network"]["kind"] == "agreements"
    weighed = run("measures", "strength", "--weighting", "newman", "--store", store).json
    counted = run("measures", "strength", "--store", store).json
    assert weighed["values"][0]["value"] < counted["values"][0]["value"]
    assert len(run("measures", "degree", "--top", "3", "--store", store).json["values"]) == 3


@pytest.mark.parametrize("by", ["theme", "place", "year"])
def test_synergy_stands_beside_its_counts_and_definition(run, store, by):
    told = run("measures", "synergy", "--by", by, "--store", store).json
    for each in (told["whole"], *told["groups"]):
        assert list(each["counts"]) == ["u", "i", "g", "ui", "ug", "ig", "uig"]
        assert sum(each["counts"].values()) == each["n"]
    assert told["whole"]["n"] + told["whole"]["left_out"] == (
        told["network"]["initiatives"] + told["network"]["events"]
    )
    assert told["helices"]["government"] == ["government"]
    other = run("measures", "synergy", "--by", by, "--research", "government", "--store", store)
    assert other.json["helices"]["government"] == ["government", "research"]
    shown = run("measures", "synergy", "--by", by, "--store", store, "--format", "table").out
    assert "g (government) = government." in shown


def test_a_small_network_says_that_it_has_no_backbone(run, store):
    nothing = run("measures", "backbone", "--store", store, "--format", "table").out
    assert "No tie is heavier than chance at α < 0.05 (0 of 64 ties" in nothing
    some = run("measures", "backbone", "--alpha", "0.2", "--store", store).json["ties"]
    assert [tie["alpha"] for tie in some] == sorted(tie["alpha"] for tie in some)
    assert 0 < len(some) < 64


def test_sector_pairs_add_up(run, store):
    told = run("measures", "sector_pairs", "--store", store).json
    assert sum(pair["ties"] for pair in told["pairs"]) == told["network"]["ties"]
    assert sum(pair["share"] for pair in told["pairs"]) == pytest.approx(1)


def test_networks_are_written_as_files(run, store, tmp_path):
    told = run("network", tmp_path / "n.graphml", "--store", store).json
    read = nx.read_graphml(tmp_path / "n.graphml")
    assert (len(read), read.number_of_edges()) == (told["nodes"], told["ties"]) == (25, 64)
    assert "actual ties only" in (tmp_path / "n.graphml").read_text(encoding="utf-8")
    run("network", tmp_path / "n.gexf", "--network", "two-mode", "--store", store)
    assert len(nx.read_gexf(tmp_path / "n.gexf")) > 25
    csv_told = run("network", tmp_path / "n.csv", "--backbone", "0.2", "--store", store).json
    ties, nodes = (
        list(csv.DictReader(io.StringIO((tmp_path / name).read_text(encoding="utf-8"))))
        for name in ("n.csv", "n-nodes.csv")
    )
    assert (len(nodes), len(ties)) == (csv_told["nodes"], csv_told["ties"])
    assert {tie["Source"] for tie in ties} <= {node["Id"] for node in nodes}
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("n-nodes.csv", "n.csv", "n.gexf", "n.graphml"),
    ]


def test_no_spreadsheet_runs_a_name_of_a_written_network(tmp_path):
    network = nx.Graph([("a", "b")])
    nx.set_node_attributes(network, {"a": "=1+1", "b": "@SUM(A1)"}, "label_en")
    targets = [tmp_path / "n.csv", tmp_path / "n-nodes.csv"]
    for data in encode_network(network, targets, "en", "").values():
        rows = list(csv.reader(io.StringIO(data.decode())))
        cells = [cell for row in rows for cell in row]
        assert {"'=1+1", "'@SUM(A1)"} <= set(cells)
        assert not any(cell.startswith(("=", "@")) for cell in cells)


def test_a_written_network_is_not_overwritten_unasked(run, store, tmp_path):
    target = tmp_path / "n.csv"
    (tmp_path / "n-nodes.csv").write_text("mine", encoding="utf-8")
    refused = run("network", target, "--store", store)
    assert (refused.code, refused.out) == (1, "")
    assert "n-nodes.csv" in refused.err
    assert not target.exists()
    assert run("network", target, "--force", "--store", store).code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("hubs",),
        ("hubs", "--by", "pagerank"),
        ("brokers",),
        ("communities",),
        ("compare", "2022", "2023"),
        ("gaps",),
        *(("measures", name) for name in MEASURES),
    ],
)
def test_every_measure_explains_itself(run, store, command):
    for language in ("ko", "en"):
        result = run(*command, "--explain", "--theme", "드론", "--store", store, "--lang", language)
        told = result.json
        assert all(each["definition"] for each in told["definitions"])
        assert told["restriction"]["theme"] == "drone"
        if command[0] not in ("gaps", "compare"):
            assert all(each["formula"] for each in told["definitions"])
            assert all(each["reference"] for each in told["definitions"])
        shown = run(*command, "--explain", "--store", store, "--format", "table").out
        assert "2023-12-31" in shown or command[0] == "compare"


@pytest.mark.parametrize(
    "command", [("hubs",), ("gaps",), ("agreements",), ("measures",), ("query", "agreements")]
)
def test_json_is_short_for_its_format(run, store, command):
    more = () if command == ("measures",) else ("--store", store)
    short, long = (run(*command, *more, *form) for form in (("--json",), ("--format", "json")))
    assert short.code == 0
    assert short.out == long.out
