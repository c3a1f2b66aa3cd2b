"""What changed from build to build: partners, gaps, agreements and findings.

A change has a cause. The data of a build is first looked at as of the date of the build before:
what is different then, the data changed. What is different only as of its own date, the date
changed that moved on. A gap that closes as an agreement planned long ago begins is thereby told
apart from one that closes as somebody signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal, get_args

from graph.agreements import IN_FORCE_STATES
from graph.findings import Finding
from graph.gaps import Holdings, Level
from graph.snapshot import LEVELS, AgreementState, Snapshot, take_snapshot

Subject = Literal["gap", "agreement", "partner", "finding"]
Kind = Literal[
    "opened", "closed", "waived", "new", "renewed", "begun", "ended", "changed", "gone", "came",
    "left",
]  # fmt: skip
Cause = Literal["data", "date"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
KINDS: tuple[Kind, ...] = get_args(Kind)
CAUSES: tuple[Cause, ...] = get_args(Cause)
ENDED_STATES = frozenset({"expired", "terminated", "superseded"})
"""The states of an agreement that was in force and is no more."""
MOST_ENTRIES = 100
MOST_CHANGES = 50_000
"""Of a history so many entries are kept, and entries with so many changes altogether; the last
one is always kept."""


@dataclass(frozen=True, slots=True)
class Build:
    """The date that a build speaks for, the day it was made, and the version that made it."""

    on: date
    built: date
    version: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change. What changed goes by IRI, a finding by its identifier.

    ``subject`` and ``kind``: a *partner* came or left; a *gap* opened, closed or was waived; an
    *agreement* is new, was renewed (a further period), began, ended, changed otherwise (another
    state or last day), or is gone from the data; a *finding* opened or closed. ``iri``: the
    partner, the agreement, or the finding.
    ``hosts``: of a partner or gap one, of an agreement those concerned. ``before`` and ``after``:
    for gaps covered, open, waived, or nothing where it is no partner; for agreements the state;
    for findings the severity. ``levels``: those at which a gap changed alike.
    ``until_before`` and ``until_after``: the stated last day of an agreement.
    """

    subject: Subject
    kind: Kind
    cause: Cause
    iri: str
    hosts: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    before: str = ""
    after: str = ""
    until_before: str = ""
    until_after: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed from one build to the next, with the names of what it tells of."""

    number: int
    before: Build
    after: Build
    changes: tuple[Change, ...]
    names: Mapping[str, Mapping[str, str]]

    def name(self, iri: str, language: str) -> str:
        """Return a name in a language, or in Korean, or the end of the IRI."""
        names = self.names.get(iri, {})
        return names.get(language) or names.get("ko") or iri.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class History:
    """The last build with what it held, and the entries, the first first.

    An entry keeps its number when those before it are no longer kept.
    """

    build: Build
    snapshot: Snapshot
    entries: tuple[Entry, ...] = ()


def carry_on(
    history: History | None, holdings: Holdings, findings: Iterable[Finding], build: Build
) -> History:
    """Return a history with what a build changed; without a last one it begins here.

    Where nothing changed there is no new entry. Findings do not depend on the date, so that the
    data alone changes them.
    """
    findings = list(findings)
    snapshot = take_snapshot(holdings, findings, build.on)
    if history is None:
        return History(build, snapshot)
    last = history.snapshot
    moved = snapshot if last.on == build.on else take_snapshot(holdings, findings, last.on)
    changes = (*compare_snapshots(last, moved, "data"), *compare_snapshots(moved, snapshot, "date"))
    if not changes:
        return replace(history, build=build, snapshot=snapshot)
    number = history.entries[-1].number + 1 if history.entries else 1
    names = {**last.names, **snapshot.names, **moved.names}
    told = sorted({iri for change in changes for iri in (change.iri, *change.hosts)})
    entry = Entry(number, history.build, build, changes, {iri: names.get(iri, {}) for iri in told})
    return History(build, snapshot, _keep([*history.entries, entry]))


def _keep(entries: list[Entry]) -> tuple[Entry, ...]:
    kept: list[Entry] = []
    total = 0
    for entry in reversed(entries[-MOST_ENTRIES:]):
        total += len(entry.changes)
        if kept and total > MOST_CHANGES:
            break
        kept.append(entry)
    return tuple(reversed(kept))


def is_of(history: History, holdings: Holdings) -> bool:
    """Return whether a history tells of an ecosystem: it knows one of its hosts or agreements.

    One that knows no host and no agreement could be of any.
    """
    known = {host for host, _ in history.snapshot.partners} | history.snapshot.agreements.keys()
    return not known or bool(known & (holdings.organizations.keys() | holdings.agreements.keys()))


def name_hosts(history: History) -> dict[str, Mapping[str, str]]:
    """Return the hosts that a history tells of, by IRI, with their names by language."""
    last = history.snapshot
    named = {host: last.names.get(host, {}) for host, _ in last.partners}
    for entry in history.entries:
        hosts = {host for change in entry.changes for host in change.hosts}
        named |= {host: entry.names.get(host, {}) for host in hosts - named.keys()}
    return dict(sorted(named.items()))


def restrict_to_host(history: History, host: str) -> History:
    """Return a history with the changes of one host alone; findings belong to none."""
    own = [
        replace(entry, changes=tuple(c for c in entry.changes if host in c.hosts))
        for entry in history.entries
    ]
    return replace(history, entries=tuple(entry for entry in own if entry.changes))


def compare_snapshots(old: Snapshot, new: Snapshot, cause: Cause) -> tuple[Change, ...]:
    """Return what is different in a snapshot: gaps, then agreements, partners and findings."""
    found = [
        *_gap_changes(old, new, cause),
        *_agreement_changes(old, new, cause),
        *_partner_changes(old, new, cause),
        *_finding_changes(old, new, cause),
    ]
    return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[int, int, tuple[str, ...], str, tuple[str, ...]]:
    subject, kind = SUBJECTS.index(change.subject), KINDS.index(change.kind)
    return subject, kind, change.hosts, change.iri, change.levels


def _gap_changes(old: Snapshot, new: Snapshot, cause: Cause) -> Iterator[Change]:
    for pair in sorted(old.partners.keys() | new.partners.keys()):
        before, after = old.partners.get(pair, {}), new.partners.get(pair, {})
        moves = [(before.get(level, ""), after.get(level, ""), level) for level in LEVELS]
        for (was, now), alike in groupby(sorted(moves), key=lambda move: move[:2]):
            if kind := _gap_kind(was, now):
                levels = tuple(sorted((level for *_, level in alike), key=LEVELS.index))
                host, partner = pair
                yield Change("gap", kind, cause, partner, (host,), levels, was, now)


def _gap_kind(before: str, after: str) -> Kind | None:
    if before == after or not {before, after} & {"open", "waived"}:
        return None
    kinds: dict[str, Kind] = {"open": "opened", "waived": "waived"}
    return kinds.get(after, "closed")


def _agreement_changes(old: Snapshot, new: Snapshot, cause: Cause) -> Iterator[Change]:
    for iri in sorted(old.agreements.keys() | new.agreements.keys()):
        before, after = old.agreements.get(iri), new.agreements.get(iri)
        if kind := _agreement_kind(before, after):
            was, now = before or _NONE, after or _NONE
            yield Change(
                "agreement",
                kind,
                cause,
                iri,
                (after or was).hosts,
                before=was.state,
                after=now.state,
                until_before=was.until,
                until_after=now.until,
            )


_NONE = AgreementState("")


def _agreement_kind(before: AgreementState | None, after: AgreementState | None) -> Kind | None:
    if before is None or after is None:
        return "new" if before is None else "gone"
    if after.periods > before.periods:
        return "renewed"
    over = before.state in ENDED_STATES
    if not over and after.state in ENDED_STATES:
        return "ended"
    if not over and before.state not in IN_FORCE_STATES and after.state in IN_FORCE_STATES:
        return "begun"
    alike = (before.state, before.until) == (after.state, after.until)
    return None if alike else "changed"


def _partner_changes(old: Snapshot, new: Snapshot, cause: Cause) -> Iterator[Change]:
    for host, partner in sorted(new.partners.keys() - old.partners.keys()):
        yield Change("partner", "came", cause, partner, (host,))
    for host, partner in sorted(old.partners.keys() - new.partners.keys()):
        yield Change("partner", "left", cause, partner, (host,))


def _finding_changes(old: Snapshot, new: Snapshot, cause: Cause) -> Iterator[Change]:
    for iri in sorted(new.findings.keys() - old.findings.keys()):
        yield Change("finding", "opened", cause, iri, after=new.findings[iri].severity)
    for iri in sorted(old.findings.keys() - new.findings.keys()):
        yield Change("finding", "closed", cause, iri, before=old.findings[iri].severity)
