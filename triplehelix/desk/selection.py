"""Which partners of a work list are wanted, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.coverings import STATES
from graph.next_steps import STEPS
from graph.partnerships import Partnership

GAP, WAIVED = "gap", "waived"
CHOICES = (GAP, WAIVED, *STATES)
"""The states that can be asked for: open gaps, waived ones, and the states of what covers."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The partners that are wanted: of departments in charge, sectors, a theme, states.

    What is empty does not restrict. A theme stands for narrower ones, too.
    """

    department: str = ""
    sectors: Collection[str] = ()
    theme: str = ""
    states: Collection[str] = ()

    def meets(self, row: Partnership) -> bool:
        """Return whether a partner is wanted."""
        in_charge = {*row.departments, *([row.decision.department] if row.decision else [])}
        themes = {theme for initiative in row.initiatives for theme in initiative.all_themes}
        return (
            (not self.department or self.department in in_charge)
            and (not self.sectors or row.partner.sector in self.sectors)
            and (not self.theme or self.theme in themes)
            and (not self.states or bool(read_states(row) & set(self.states)))
        )


def read_states(row: Partnership) -> set[str]:
    """Return the states that a partner has at its level."""
    found: set[str] = {row.covering.state}
    if row.is_gap:
        found.add(WAIVED if row.waived else GAP)
    return found


@dataclass(frozen=True, slots=True)
class Totals:
    """What partners add up to.

    ``gaps``: by level, those who work with a host, or plan to, without an agreement in force;
    ``actual_gaps``: those of them who actually do. Waived ones are counted apart. ``states`` and
    ``steps``: at the level of the list; those without any are left out.
    """

    partners: int
    together: int
    gaps: Mapping[str, int]
    actual_gaps: Mapping[str, int]
    waived: int
    states: Mapping[str, int]
    steps: Mapping[str, int]


def add_up(rows: Sequence[Partnership]) -> Totals:
    """Return what partners add up to."""
    tied = [row for row in rows if row.ties and not row.waived]
    levels = {
        "unit": [row for row in tied if not row.unit.covers],
        "parent": [row for row in tied if not row.parents.covers],
    }
    return Totals(
        partners=len(rows),
        together=sum(bool(row.ties) and row.actual for row in rows),
        gaps={level: len(found) for level, found in levels.items()},
        actual_gaps={level: sum(row.actual for row in found) for level, found in levels.items()},
        waived=sum(row.is_gap and row.waived for row in rows),
        states=_count(STATES, (row.covering.state for row in rows)),
        steps=_count(STEPS, (row.step.code for row in rows)),
    )


def _count(order: Iterable[str], found: Iterable[str]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in order if counts[name]}
