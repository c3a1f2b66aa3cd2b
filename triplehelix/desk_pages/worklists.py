"""What the desk shows: the partners of every host at both levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from graph.coverings import Covering
from graph.deadlines import WITHIN, Deadline, find_deadlines
from graph.follow_up import FollowUp, follow_up
from graph.history import Entry, History
from graph.next_steps import NextStep
from graph.outputs import Output
from graph.partnerships import Partnership, list_partnerships
from triplehelix.report import Report


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A partner of a host; the step at unit level and with the bodies above the partner."""

    partnership: Partnership
    parent_step: NextStep

    @property
    def host(self) -> str:
        """The identifier of the host."""
        return self.partnership.host.id

    @property
    def steps_differ(self) -> bool:
        """Whether what to do next depends on the level."""
        return self.partnership.step != self.parent_step

    def state(self, covering: Covering) -> str:
        """Return the state of what covers the partner, or that nothing needs to."""
        is_waived = self.partnership.waived and not covering.covers
        return "waived" if is_waived else covering.state


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page shows: partners, deadlines within a time, follow-up, the last changes."""

    work: list[WorkRow]
    deadlines: list[Deadline]
    follow_ups: list[FollowUp]
    changes: Entry | None = None
    within: timedelta = WITHIN


def read_desk(report: Report, outputs: Sequence[Output], history: History | None = None) -> Desk:
    """Return what the page of a report shows.

    ``outputs`` are what undertakings have brought about; a history tells what the last build
    that changed anything has changed.
    """
    holdings, on = report.holdings, report.on
    return Desk(
        list_work(report),
        find_deadlines(holdings, on),
        follow_up(holdings, report.cells(), outputs, on),
        history.entries[-1] if history and history.entries else None,
    )


def list_work(report: Report, host: str | None = None) -> list[WorkRow]:
    """Return the partners of a host, or of every local government, by rank."""
    cells = report.cells()
    by_level = [
        list_partnerships(report.holdings, cells, host, report.on, level)
        for level in ("unit", "parent")
    ]
    return [WorkRow(unit, parent.step) for unit, parent in zip(*by_level, strict=True)]


def list_hosts(rows: Sequence[WorkRow]) -> list[str]:
    """Return the IRIs of the hosts, the one with most partners first."""
    counts: dict[str, int] = {}
    for row in rows:
        host = row.partnership.host.iri
        counts[host] = counts.get(host, 0) + 1
    return sorted(counts, key=lambda host: (-counts[host], host))
