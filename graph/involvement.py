"""Who has taken part in what by a date, with the record that says so.

Only actual participations count. The hosts of an undertaking count where somebody takes part in
it; who only hosts something works with nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from graph.concepts import nearest
from graph.dates import PartialDate, parse_lexical
from graph.evidence import Evidence, sort_evidence
from graph.gaps import Holdings


@dataclass(frozen=True, slots=True)
class Involvement:
    """An organisation in an undertaking; the record is the participation, or what is hosted."""

    organization: str
    undertaking: str
    role: str
    record: str
    start: str = ""


def find_involvements(holdings: Holdings, on: date) -> list[Involvement]:
    """Return who has taken part in what by a date, sorted; what began after it is left out.

    What has no date of its own begins with the nearest undertaking above it that has one. What
    stays without a date is kept, but not before the first date of all (:func:`is_before_all`).
    """
    if is_before_all(holdings, on):
        return []
    starts = Starts(holdings)
    found: set[Involvement] = set()
    for tie in holdings.ties:
        if tie.kind != "participation" or not tie.actual:
            continue
        begin = tie.start or starts.of(tie.target)
        if begin and parse_lexical(begin).earliest > on:
            continue
        found.add(Involvement(tie.source, tie.target, tie.role, tie.iri, begin))
        for host in holdings.initiatives[tie.target].hosts:
            found.add(Involvement(host, tie.target, "host", tie.target, starts.of(tie.target)))
    return sorted(found, key=lambda i: (i.undertaking, i.organization, i.role, i.record))


class Starts:
    """When undertakings begin: as stated, or else as the nearest one above it states."""

    def __init__(self, holdings: Holdings) -> None:
        """Read what is stated."""
        initiatives = holdings.initiatives
        self._stated = {iri: {i.start} for iri, i in initiatives.items() if i.start}
        self._parents = {iri: i.parents for iri, i in initiatives.items()}

    def of(self, undertaking: str) -> str:
        """Return the beginning of an undertaking, the earliest of several, or nothing."""
        found = nearest(undertaking, self._stated, self._parents)
        return min(found, key=lambda day: (parse_lexical(day).earliest, day), default="")


def is_before_all(holdings: Holdings, on: date) -> bool:
    """Return whether a date lies before every date that anything states.

    Then nothing is known of the day, and what has no date is not taken to exist already.
    """
    first = min((d.earliest for d in _dates(holdings)), default=None)
    return first is not None and on < first


def _dates(holdings: Holdings) -> Iterator[PartialDate]:
    for thing in holdings.initiatives.values():
        yield from _read(thing.start, thing.end)
    for agreement in holdings.agreements.values():
        yield from _read(agreement.signed, agreement.start, agreement.end)
    for tie in holdings.ties:
        yield from _read(tie.start, tie.end)


def _read(*lexicals: str) -> Iterator[PartialDate]:
    return (parse_lexical(lexical) for lexical in lexicals if lexical)


def group_by_undertaking(involvements: Iterable[Involvement]) -> dict[str, list[Involvement]]:
    """Return involvements by what they are in."""
    found: dict[str, list[Involvement]] = defaultdict(list)
    for involvement in involvements:
        found[involvement.undertaking].append(involvement)
    return dict(found)


def gather_evidence(holdings: Holdings, records: Iterable[str]) -> tuple[Evidence, ...]:
    """Return the evidence of records in the order of documents and lines."""
    return tuple(sort_evidence(e for r in records for e in holdings.evidence.get(r, ())))
