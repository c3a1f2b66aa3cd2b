"""Who meets whom in what, and since when: the plain form in which missing links are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from graph.dates import PartialDate
from graph.link_scores import Pair


@dataclass(frozen=True, slots=True)
class Meeting:
    """An undertaking, since when each takes part in it (nothing where that is not stated)."""

    undertaking: str
    joined: Mapping[str, PartialDate | None]
    themes: frozenset[str] = frozenset()

    @property
    def start(self) -> date | None:
        """When the first of them began, so far as it is stated."""
        return min((d.earliest for d in self.joined.values() if d), default=None)

    def before(self, split: date) -> Meeting:
        """Return it with those who had joined for certain before a date."""
        joined = {who: d for who, d in self.joined.items() if d and d.latest < split}
        return Meeting(self.undertaking, joined, self.themes)

    def pairs_after(self, split: date) -> dict[Pair, date]:
        """Return who met in it on or after a date for certain, and when at the earliest."""
        late = {who: d.earliest for who, d in self.joined.items() if d and d.earliest >= split}
        pairs = combinations(sorted(self.joined), 2)
        return {
            pair: max(late[who] for who in pair if who in late)
            for pair in pairs
            if late.keys() & set(pair)
        }

    def undecided(self, split: date) -> set[Pair]:
        """Return the pairs of which the dates do not tell on which side they met."""
        known = self.pairs_after(split).keys()
        early = self.before(split).joined.keys()
        pairs = combinations(sorted(self.joined), 2)
        return {pair for pair in pairs if pair not in known and not set(pair) <= early}


def join_members(meetings: Iterable[Meeting]) -> dict[str, set[str]]:
    """Return with whom each organisation meets; who meets nobody stands with no partner."""
    found: dict[str, set[str]] = {}
    for meeting in meetings:
        for member in meeting.joined:
            found.setdefault(member, set()).update(meeting.joined.keys() - {member})
    return found


def collect_themes(meetings: Iterable[Meeting]) -> dict[str, set[str]]:
    """Return the themes of the undertakings that each organisation takes part in."""
    found: dict[str, set[str]] = {}
    for meeting in meetings:
        for member in meeting.joined:
            found.setdefault(member, set()).update(meeting.themes)
    return found
