"""Hubs as a listing: rank, the measure asked for, and what each is tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triplehelix.contracts import Json, write_evidence, write_initiative
from triplehelix.measures.measure_contracts import write_network, write_restriction
from triplehelix.measures.ranking import INITIATIVES
from triplehelix.measures.scope import Scope
from triplehelix.terminal.listings import concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_rank, tell_scope, tell_value, tell_weighting
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.measure_registry import Measure
    from graph.measures import HubList, RankedHub
    from graph.projection import Weighting
    from triplehelix.measures.ranking import Surroundings

_SHOWN = {INITIATIVES: "strength", "degree": "degree", "betweenness": "betweenness"}
"""Measures that have a column anyhow."""


def list_hubs(
    found: HubList,
    around: Surroundings,
    measure: Measure,
    weighting: Weighting,
    scope: Scope,
    top: int | None,
    language: str,
) -> Listing:
    """Return hubs by rank; equal ones in the order of their partners, paths and names."""
    hubs = around.order(found.hubs)[:top]
    beside: Json = {
        "network": write_network(found.network),
        "restriction": write_restriction(scope, language),
    }
    title = say("hubs.title", language, on=scope.reading.on, count=len(hubs), total=len(found.hubs))
    label = measure.label[language]
    lead = tell_scope(scope, language, found.network)
    if measure.weighted:
        beside["weighting"] = weighting
        lead = f"{lead}\n{tell_weighting(weighting, language)}"
    if measure.name != INITIATIVES:
        title = say("hubs.by", language, title=title, measure=label)
    return Listing(
        title,
        _headings(measure, language),
        [_row(hub, around, measure, language) for hub in hubs],
        [{**_write(hub, around, measure, language), **beside} for hub in hubs],
        empty=say("hubs.empty", language),
        note=f"{say('hubs.note', language)}\n{say('ranked.note', language)}",
        lead=lead,
    )


def _headings(measure: Measure, language: str) -> tuple[Heading, ...]:
    keys = ("strength", "events", "degree", "betweenness", "sectors")
    # The title names the measure; its name may be longer than there is room for.
    value = Heading(say("columns.value", language), right=True)
    own = () if measure.name in _SHOWN else (value,)
    return (
        Heading(say("columns.rank", language), right=True),
        Heading(say("columns.organization", language), share=1),
        Heading(say("columns.id", language), hidden=True),
        # With a further column there is no room for the sector on a narrow terminal.
        Heading(say("columns.sector", language), wide=bool(own)),
        *own,
        *(Heading(say(f"columns.{key}", language), right=True) for key in keys),
    )


def _row(hub: RankedHub, around: Surroundings, measure: Measure, language: str) -> tuple[str, ...]:
    iri = hub.organization.iri
    tied = around.undertakings(iri)
    own = () if measure.name in _SHOWN else (tell_value(hub.value),)
    return (
        tell_rank(hub.rank, hub.tied, language),
        hub.organization.label(language),
        hub.organization.id,
        concept(hub.organization.sector, language),
        *own,
        f"{len(tied.initiatives)}",
        f"{len(tied.events)}",
        f"{around.degree(iri)}",
        f"{around.betweenness(iri):.3f}",
        f"{around.sectors(iri)}",
    )


def _write(hub: RankedHub, around: Surroundings, measure: Measure, language: str) -> Json:
    """Return a hub with its measures; the fields of the first version come first."""
    iri = hub.organization.iri
    tied = around.undertakings(iri)
    return {
        "organization": hub.organization.id,
        "label": hub.organization.label(language),
        "sector": hub.organization.sector or None,
        "degree": around.degree(iri),
        "strength": len(tied.initiatives),
        "events": len(tied.events),
        "betweenness": around.betweenness(iri),
        "sectors": around.sectors(iri),
        "rank": hub.rank,
        "tied": hub.tied,
        "measure": measure.name,
        "value": hub.value,
        "undertakings": [
            {**write_initiative(thing, language), "is_event": thing.is_event}
            for thing in (*tied.initiatives, *tied.events)
        ],
        "evidence": write_evidence(hub.evidence),
    }
