"""What changed between two snapshots, and how a history is carried on and kept small."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.history import (
    MOST_CHANGES,
    MOST_ENTRIES,
    Build,
    Change,
    Entry,
    History,
    carry_on,
    compare_snapshots,
    is_of,
)
from graph.snapshot import (
    COVERS,
    LEVELS,
    AgreementState,
    FindingState,
    Snapshot,
    take_snapshot,
)
from triplehelix.report import Report

DAY = date(2023, 12, 31)
NOTHING = Snapshot(DAY, {}, {}, {}, {})
PAIR = ("gaon", "test-lab")
states = st.sampled_from(
    ["planned", "signed", "in_force", "in_notice", "expired", "terminated", "unknown"]
)
covers = st.fixed_dictionaries({level: st.sampled_from(COVERS) for level in LEVELS})
names = st.sampled_from("abcd")
snapshots = st.builds(
    Snapshot,
    st.just(DAY),
    st.dictionaries(st.tuples(names, names), covers),
    st.dictionaries(names, st.builds(AgreementState, states, names, st.integers(1, 3))),
    st.dictionaries(names, st.builds(FindingState, st.just("info"), names)),
    st.just({}),
)


def with_cover(unit: str, parent: str = "") -> Snapshot:
    """A snapshot of one partner."""
    return replace(NOTHING, partners={PAIR: {"unit": unit, "parent": parent or unit}})


def with_agreement(state: str, until: str = "2024", periods: int = 1) -> Snapshot:
    """A snapshot of one agreement."""
    return replace(NOTHING, agreements={"agr": AgreementState(state, until, periods, ("gaon",))})


@given(snapshots)
def test_nothing_is_different_from_itself(snapshot: Snapshot) -> None:
    assert compare_snapshots(snapshot, snapshot, "data") == ()


@given(snapshots, snapshots)
def test_the_changes_lead_from_one_to_the_other(old: Snapshot, new: Snapshot) -> None:
    changes = compare_snapshots(old, new, "data")
    gaps = {(p, level): c for p, found in old.partners.items() for level, c in found.items()}
    after = {(p, level): c for p, found in new.partners.items() for level, c in found.items()}
    partners, findings, agreements = {*old.partners}, {*old.findings}, {*old.agreements}
    for change in changes:
        pair = (*change.hosts, change.iri)
        if change.subject == "gap":
            for level in change.levels:
                assert gaps.get((pair, level), "") == change.before
                gaps[pair, level] = change.after
        elif change.subject == "partner":
            (partners.add if change.kind == "came" else partners.remove)(pair)
        elif change.subject == "finding":
            (findings.add if change.kind == "opened" else findings.remove)(change.iri)
        elif change.kind in ("new", "gone"):
            (agreements.add if change.kind == "new" else agreements.remove)(change.iri)
    wanting = {"open", "waived"}
    assert {k: c for k, c in gaps.items() if c in wanting} == {
        k: c for k, c in after.items() if c in wanting
    }
    assert (partners, findings, agreements) == (
        {*new.partners},
        {*new.findings},
        {*new.agreements},
    )


@given(snapshots, snapshots)
def test_the_way_back_has_as_many_changes_of_gaps(old: Snapshot, new: Snapshot) -> None:
    there, back = (
        [c for c in compare_snapshots(a, b, "data") if c.subject == "gap"]
        for a, b in ((old, new), (new, old))
    )
    assert sorted((c.iri, c.levels, c.before, c.after) for c in there) == sorted(
        (c.iri, c.levels, c.after, c.before) for c in back
    )


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("covered", "open", "opened"),
        ("waived", "open", "opened"),
        ("open", "covered", "closed"),
        ("waived", "covered", "closed"),
        ("open", "waived", "waived"),
        ("covered", "waived", "waived"),
    ],
)
def test_a_gap_opens_closes_or_is_waived(before: str, after: str, kind: str) -> None:
    changes = compare_snapshots(with_cover(before), with_cover(after), "date")
    assert changes == (
        Change("gap", kind, "date", "test-lab", ("gaon",), ("unit", "parent"), before, after),
    )


def test_levels_that_change_otherwise_stand_apart() -> None:
    changes = compare_snapshots(with_cover("covered"), with_cover("waived", "open"), "data")
    assert [(c.kind, c.levels) for c in changes] == [
        ("opened", ("parent",)),
        ("waived", ("unit",)),
    ]
    (only,) = compare_snapshots(with_cover("covered"), with_cover("open", "covered"), "data")
    assert only.levels == ("unit",)


def test_a_new_partner_without_agreement_is_a_new_gap_too() -> None:
    found = compare_snapshots(NOTHING, with_cover("open"), "data")
    assert [(c.subject, c.kind, c.before, c.after) for c in found] == [
        ("gap", "opened", "", "open"),
        ("partner", "came", "", ""),
    ]
    found = compare_snapshots(with_cover("covered"), NOTHING, "data")
    assert [(c.subject, c.kind) for c in found] == [("partner", "left")]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (NOTHING, with_agreement("planned"), "new"),
        (with_agreement("planned"), NOTHING, "gone"),
        (with_agreement("planned"), with_agreement("in_force"), "begun"),
        (with_agreement("signed"), with_agreement("without_end"), "begun"),
        (with_agreement("in_notice"), with_agreement("expired"), "ended"),
        (with_agreement("in_force"), with_agreement("terminated"), "ended"),
        (with_agreement("renewed"), with_agreement("superseded"), "ended"),
        (with_agreement("in_force"), with_agreement("expiring"), "changed"),
        (with_agreement("in_force"), with_agreement("in_force", "2026"), "changed"),
        # That its last day was mended is no beginning.
        (with_agreement("expired"), with_agreement("in_force", "2026"), "changed"),
        (with_agreement("expired"), with_agreement("renewed", "2026", 2), "renewed"),
        (with_agreement("in_force"), with_agreement("in_force", "2026", 2), "renewed"),
    ],
)
def test_what_became_of_an_agreement(before: Snapshot, after: Snapshot, kind: str) -> None:
    (change,) = compare_snapshots(before, after, "data")
    assert (change.subject, change.kind, change.iri) == ("agreement", kind, "agr")
    assert change.hosts == ("gaon",)


def test_a_snapshot_of_the_town(town_report: Report) -> None:
    holdings = town_report.holdings
    found = take_snapshot(holdings, town_report.findings, DAY)
    by_name = {iri.rpartition("/")[2]: iri for iri in found.names}
    pair = (by_name["gaon"], by_name["gaon-univ-incubator"])
    # The university has signed, its incubator has not.
    assert found.partners[pair] == {"unit": "open", "parent": "covered"}
    assert found.agreements[by_name["agr-lab"]].state == "expired"
    assert found.agreements[by_name["agr-lab"]].until == "2022-12-31"
    assert found.agreements[by_name["agr-lab"]].hosts == (by_name["gaon"],)
    # A unit of the city has signed; the city is concerned.
    assert found.agreements[by_name["agr-maker"]].hosts == (by_name["gaon"],)
    assert {f.id for f in town_report.findings} == {*found.findings}
    assert found.names[by_name["gaon"]]["ko"] == "가온시"


def build(on: date = DAY, version: str = "1") -> Build:
    """A build as of a date."""
    return Build(on, date(2024, 1, 2), version)


def test_a_history_begins_without_entries(town_report: Report) -> None:
    holdings, findings = town_report.holdings, town_report.findings
    begun = carry_on(None, holdings, findings, build())
    assert begun.entries == ()
    assert carry_on(begun, holdings, findings, build()) == begun


def test_what_the_date_changed_is_told_apart(town_report: Report) -> None:
    holdings, findings = town_report.holdings, town_report.findings
    begun = carry_on(None, holdings, findings, build())
    later = carry_on(begun, holdings, findings, build(date(2024, 3, 31)))
    (entry,) = later.entries
    assert (entry.number, entry.before.on, entry.after.on) == (1, DAY, date(2024, 3, 31))
    assert {change.cause for change in entry.changes} == {"date"}
    told = {(c.subject, c.kind, entry.name(c.iri, "en")) for c in entry.changes}
    assert ("agreement", "begun", "MOU with the academy") in told
    assert ("gap", "closed", "Gaon Technical Academy") in told
    assert ("agreement", "ended", "Contract for the start-up centre") in told


def test_old_entries_are_dropped_and_numbers_run_on(town_report: Report) -> None:
    holdings, findings = town_report.holdings, town_report.findings
    begun = carry_on(None, holdings, findings, build(date(2024, 3, 31)))
    old = tuple(Entry(n, build(), build(), (), {}) for n in range(1, MOST_ENTRIES + 1))
    kept = carry_on(replace(begun, entries=old), holdings, findings, build())
    assert [entry.number for entry in kept.entries] == [*range(2, MOST_ENTRIES + 2)]


def test_entries_with_too_many_changes_are_dropped_but_for_the_last(town_report: Report) -> None:
    holdings, findings = town_report.holdings, town_report.findings
    begun = carry_on(None, holdings, findings, build(date(2024, 3, 31)))
    many = (Change("partner", "came", "data", "nuri", ("gaon",)),) * MOST_CHANGES
    large = Entry(7, build(), build(), many, {})
    kept = carry_on(replace(begun, entries=(large,)), holdings, findings, build())
    assert [entry.number for entry in kept.entries] == [8]


def test_a_history_knows_whether_it_is_of_an_ecosystem(town_report: Report) -> None:
    of = take_snapshot(town_report.holdings, [], DAY)
    assert is_of(History(build(), of), town_report.holdings)
    assert not is_of(History(build(), with_cover("open")), town_report.holdings)
    assert is_of(History(build(), NOTHING), town_report.holdings)
