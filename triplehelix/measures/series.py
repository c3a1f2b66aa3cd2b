"""A measure over a series of dates: of nodes one line for each, of a network a few lines."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph.backbone import measure_significance
from graph.comparison import measure_over_time
from graph.gaps import Holdings
from graph.measure_registry import Measure
from graph.network import Network, NetworkKind
from graph.projection import Weighting
from graph.restriction import Restriction
from graph.synergy import count_sector_pairs
from triplehelix.measures.synergy import measure_groups

Step = Literal["year", "half", "quarter", "month"]
MONTHS: Mapping[Step, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
ALPHA = 0.05
"""The level of significance of a backbone."""
Values = Mapping[str, float | None]
Take = Callable[[Holdings, Network], Values]
"""What is measured of a network: a number for each node, or for each thing that is told of it."""


@dataclass(frozen=True, slots=True)
class Series:
    """The networks as of each date, and by node, or by name, the value as of each date.

    A value is ``None`` where the node is not in the network, or where there is nothing to tell
    it from.
    """

    days: tuple[date, ...]
    networks: tuple[Network, ...]
    lines: Mapping[str, tuple[float | None, ...]]


def list_days(first: date, last: date, step: Step) -> list[date]:
    """Return a date and those that follow it in steps, and the last date itself.

    From the last day of a month one comes to the last day of another.

    >>> [str(day) for day in list_days(date(2023, 2, 28), date(2023, 9, 1), "quarter")]
    ['2023-02-28', '2023-05-31', '2023-08-31', '2023-09-01']
    """
    days = []
    for number in range(0, (last.year - first.year + 1) * 12, MONTHS[step]):
        day = _months_after(first, number)
        if day is None or day > last:
            break
        days.append(day)
    return days if days[-1:] == [last] else [*days, last]


def _months_after(day: date, months: int) -> date | None:
    """Return the same day of a later month, or its last one; nothing after the last year."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    end = calendar.monthrange(year, month + 1)[1]
    is_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, end if is_end else min(day.day, end))


def measure_series(
    holdings: Holdings,
    days: Sequence[date],
    take: Take,
    *,
    kind: NetworkKind,
    restriction: Restriction,
    weighting: Weighting = "count",
) -> Series:
    """Return what is measured as of each day, in the order in which it is told of the last day."""
    moments = measure_over_time(
        holdings, days, len, kind=kind, restriction=restriction, weighting=weighting
    )
    networks = tuple(moment.network for moment in moments)
    found = [take(holdings, network) for network in networks]
    names = dict.fromkeys(name for values in reversed(found) for name in values)
    nodes = {node for network in networks for node in network.graph}
    # A node may not be there; of what is counted in a network there may be none.
    lines = {
        name: tuple(values.get(name, None if name in nodes else 0.0) for values in found)
        for name in names
    }
    return Series(tuple(moment.on for moment in moments), networks, lines)


def take_from(measure: Measure) -> Take:
    """Return what takes a measure of nodes; an empty network has no values."""
    return lambda _, network: measure.compute(network.graph) if len(network.graph) else {}


def take_synergy(holdings: Holdings, network: Network) -> Values:
    """Return the triple-helix synergy in millibits, and the counts that it is told from."""
    whole, _ = measure_groups(holdings, network, "year", "apart")
    counts = whole.counts
    keys = ("u", "i", "g", "ui", "ug", "ig", "uig", "n", "left_out")
    return {"synergy": whole.value, **{key: float(getattr(counts, key)) for key in keys}}


def take_backbone(holdings: Holdings, network: Network) -> Values:
    """Return how many ties there are, and how many of them are significant."""
    significance = measure_significance(network.graph)
    kept = sum(value < ALPHA for value in significance.values())
    return {"significant": float(kept), "ties": float(len(significance))}


def take_sector_pairs(holdings: Holdings, network: Network) -> Values:
    """Return how many ties join each two sectors, as ``academia|industry``."""
    sectors = {node: str(sector) for node, sector in network.graph.nodes(data="sector")}
    counts = count_sector_pairs(network.graph.edges(), sectors)
    return {"|".join(pair): float(count) for pair, count in counts.items()}
