"""What covers the work of a host with a partner: which agreement, in what state, through whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from graph.agreements import EXPIRING_WITHIN, IN_FORCE_STATES, Agreement, Status, status
from graph.dates import parse_lexical, sort_key
from graph.gaps import Holdings

CoveringState = Literal[Status, "none"]
STATES: tuple[CoveringState, ...] = (
    "in_force",
    "renewed",
    "without_end",
    "expiring",
    "in_notice",
    "unknown",
    "signed",
    "planned",
    "under_review",
    "expired",
    "terminated",
    "superseded",
    "none",
)
"""The states, the one that covers best first."""


@dataclass(frozen=True, slots=True)
class Covering:
    """The state of what covers a partner, and the agreement; nothing where the state is none.

    ``party`` is the body that it goes through, where that is not the partner itself: one that the
    partner is a unit of, or (``own_unit``) the host's unit that signed in the host's stead.
    """

    state: CoveringState = "none"
    agreement: Agreement | None = None
    party: str = ""
    own_unit: bool = False

    @property
    def covers(self) -> bool:
        """Whether an agreement of the host itself is in force."""
        return self.state in IN_FORCE_STATES and not self.own_unit


class CoveringIndex:
    """The agreements of a host, to be asked for many partners.

    What was signed after the date is left out: on the day nobody could know of it.
    """

    def __init__(
        self, holdings: Holdings, host: str, on: date, within: timedelta = EXPIRING_WITHIN
    ) -> None:
        """Read the agreements that the host or a unit of it is, or is to be, a party to."""
        self._organizations = holdings.organizations
        self._on, self._within = on, within
        self._own: dict[str, list[Agreement]] = defaultdict(list)
        self._units: dict[str, list[tuple[str, Agreement]]] = defaultdict(list)
        for agreement in holdings.agreements.values():
            if not was_concluded(agreement, on):
                continue
            everyone = agreement.parties.keys() | agreement.prospective.keys()
            if host in everyone:
                for party in everyone - {host}:
                    self._own[party].append(agreement)
            for unit in self._units_of(host, agreement.parties):
                for party in agreement.parties.keys() - {unit}:
                    self._units[party].append((unit, agreement))
        self._host = host

    def partners(self) -> set[str]:
        """Return who is, or is to be, a party to an agreement with the host."""
        return set(self._own)

    def between(self, partner: str) -> list[Covering]:
        """Return every agreement of the two themselves with its state, the best first."""
        return self._sort(self._with(partner))

    def through_parents(self, partner: str) -> list[Covering]:
        """Return those, and the agreements with bodies that the partner is a unit of."""
        parents = sorted(self._organizations[partner].parents)
        above = [c for parent in parents for c in self._with(parent, through=parent)]
        return self._sort([*self._with(partner), *above])

    def by_own_unit(self, partner: str) -> Covering | None:
        """Return the best agreement in force that a unit of the host signed, if there is one."""
        bodies = (partner, *sorted(self._organizations[partner].parents))
        found = self._sort(
            Covering(status(agreement, self._on, self._within), agreement, unit, True)
            for body in bodies
            for unit, agreement in self._units.get(body, ())
        )
        return next((c for c in found if c.state in IN_FORCE_STATES), None)

    def _with(self, partner: str, through: str = "") -> Iterator[Covering]:
        for agreement in self._own.get(partner, ()):
            yield Covering(self._state(agreement, partner), agreement, through)

    def _state(self, agreement: Agreement, partner: str) -> Status:
        """Return the state for two of the parties; who is only to join is not covered."""
        if agreement.is_intended or {self._host, partner} <= agreement.parties.keys():
            return status(agreement, self._on, self._within)
        return "planned"

    def _units_of(self, host: str, parties: Iterable[str]) -> list[str]:
        known = self._organizations
        return [p for p in sorted(parties) if p in known and host in known[p].parents]

    def _sort(self, coverings: Iterable[Covering]) -> list[Covering]:
        return sorted(coverings, key=_order)


def _order(covering: Covering) -> tuple[int, int, bool, str]:
    agreement = covering.agreement
    assert agreement is not None
    ends = -sort_key(agreement.end)[0].toordinal() if agreement.end else 0
    return STATES.index(covering.state), ends, bool(covering.party), agreement.iri


def was_concluded(agreement: Agreement, on: date) -> bool:
    """Return whether an agreement may have been signed by a day; nothing stated does not deny it.

    >>> was_concluded(Agreement("a", "Agreement", signed="2023-11"), date(2023, 10, 31))
    False
    """
    return not agreement.signed or parse_lexical(agreement.signed).earliest <= on
