"""A hub as plain values, which can be read without what measures it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.organizations import Organization


@dataclass(frozen=True, slots=True)
class Hub:
    """An organisation with its measures.

    ``degree``: organisations it shares an initiative or event with. ``strength``: distinct
    initiatives it hosts or takes part in; ``events``: distinct events. ``betweenness``: share of
    shortest paths through it, normalised (Freeman 1977, doi:10.2307/3033543). ``sectors``:
    distinct sectors among its neighbours.
    """

    organization: Organization
    degree: int
    strength: int
    events: int
    betweenness: float
    sectors: int
