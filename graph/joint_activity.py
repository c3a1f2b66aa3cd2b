"""What parties of an agreement have done together, and whether it was while the agreement held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from graph.dates import PartialDate, parse_lexical
from graph.gaps import Holdings
from graph.involvement import Involvement, find_involvements


class JointActivity:
    """What parties have done together by a date, by undertaking."""

    def __init__(self, holdings: Holdings, on: date) -> None:
        """Read who has taken part in what."""
        self._by_organization: dict[str, list[Involvement]] = defaultdict(list)
        for involvement in find_involvements(holdings, on):
            self._by_organization[involvement.organization].append(involvement)
        self._units: dict[str, list[str]] = defaultdict(list)
        for iri, organization in holdings.organizations.items():
            for parent in organization.parents:
                self._units[parent].append(iri)

    def shared(self, parties: Iterable[str]) -> dict[str, list[Involvement]]:
        """Return the undertakings with two of the parties, and their part in it."""
        return self._meet({party: [party] for party in parties})

    def with_units(self, parties: Iterable[str]) -> dict[str, list[Involvement]]:
        """Return the undertakings with two of the parties, units standing for their body."""
        return self._meet({party: [party, *self._units[party]] for party in parties})

    def _meet(self, bodies: Mapping[str, list[str]]) -> dict[str, list[Involvement]]:
        found: dict[str, list[Involvement]] = defaultdict(list)
        present: dict[str, set[str]] = defaultdict(set)
        for party, standing in bodies.items():
            for involvement in (i for body in standing for i in self._by_organization[body]):
                found[involvement.undertaking].append(involvement)
                present[involvement.undertaking].add(party)
        return {u: theirs for u, theirs in found.items() if len(present[u]) > 1}


def was_active(
    holdings: Holdings,
    agreement: str,
    undertaking: str,
    theirs: Iterable[Involvement],
    begins: PartialDate | None,
    until: date,
) -> bool | None:
    """Return whether an undertaking went on between two dates; nothing where it is not known.

    It went on from when the second of those who took part had joined. What a document that tells
    of the agreement, too, calls ongoing outlasts the signing.
    """
    thing = holdings.initiatives[undertaking]
    start = _when_two(theirs)
    end = read_date(thing.end) or (start if thing.is_event else None)
    if (start and start.earliest > until) or (end and begins and end.latest < begins.earliest):
        return False
    if begins is None or start is None or start.latest > until or thing.status == "status-planned":
        return None
    if start.earliest >= begins.latest or (end and end.earliest >= begins.latest):
        return True
    ongoing = end is None and thing.status == "ongoing"
    return True if ongoing and _told_together(holdings, agreement, undertaking) else None


def _when_two(theirs: Iterable[Involvement]) -> PartialDate | None:
    """Return when the second of them had joined; nothing where that is stated of one at most.

    Whose undertaking it is was there when the first joined: a plan that begins later tells of the
    undertaking as it stands then, not of its beginning.
    """
    joined: dict[str, PartialDate] = {}
    hosts: set[str] = set()
    for involvement in theirs:
        if involvement.record == involvement.undertaking:
            hosts.add(involvement.organization)
        elif start := read_date(involvement.start):
            known = joined.setdefault(involvement.organization, start)
            joined[involvement.organization] = min(start, known, key=lambda d: d.earliest)
    days = sorted(joined.values(), key=lambda d: (d.earliest, d.latest))
    needed = 0 if hosts - joined.keys() else 1
    return days[needed] if len(days) > needed else None


def _told_together(holdings: Holdings, agreement: str, undertaking: str) -> bool:
    """Whether one document tells of both, so that what it calls ongoing outlasts the signing."""
    first, second = (
        {evidence.document for evidence in holdings.evidence.get(iri, ())}
        for iri in (agreement, undertaking)
    )
    return bool(first & second)


def read_date(lexical: str) -> PartialDate | None:
    """Return a date, or nothing where nothing is stated."""
    return parse_lexical(lexical) if lexical else None
