"""Brokers as a listing: rank, roles, structural holes, and who would be cut off."""

from __future__ import annotations

from dataclasses import asdict

from graph.gaps import Holdings
from triplehelix.contracts import Json, write_organization
from triplehelix.measures.brokers import Broker, Brokers
from triplehelix.measures.measure_contracts import write_network, write_parts, write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.listings import concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_names, tell_rank, tell_scope
from triplehelix.terminal.wording import say

_ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison", "total")


def list_brokers(
    found: Brokers, holdings: Holdings, scope: Scope, top: int | None, language: str
) -> Listing:
    """Return brokers by the paths that they broker."""
    shown = found.brokers[:top]
    counts = {"count": len(shown), "total": len(found.brokers)}
    return Listing(
        say("brokers.title", language, on=scope.reading.on, **counts),
        _headings(language),
        [_row(broker, holdings, language) for broker in shown],
        {
            "on": scope.reading.on.isoformat(),
            "restriction": write_restriction(scope, language),
            "network": write_network(found.network),
            "brokers": [_write(broker, holdings, language) for broker in shown],
            "bridges": [
                {
                    "ends": [write_organization(holdings, end, language) for end in ends],
                    "cut_off": write_parts(holdings, parts, language),
                }
                for ends, parts in found.bridges.items()
            ],
        },
        empty=say("brokers.empty", language),
        note=say("brokers.note", language, bridges=len(found.bridges)),
        lead=tell_scope(scope, language, found.network),
    )


def _headings(language: str) -> tuple[Heading, ...]:
    # Without directions gatekeeper and representative are equal: one column is enough for people.
    roles = [
        Heading(say(f"columns.{role}", language), right=True, hidden=role == "representative")
        for role in _ROLES
    ]
    return (
        Heading(say("columns.rank", language), right=True),
        Heading(say("columns.organization", language), share=3, least=16),
        Heading(say("columns.id", language), hidden=True),
        Heading(say("columns.sector", language), wide=True),
        *roles,
        Heading(say("columns.effective_size", language), right=True),
        Heading(say("columns.constraint", language), right=True),
        Heading(say("columns.cut_off", language), share=4, wide=True),
    )


def _row(broker: Broker, holdings: Holdings, language: str) -> tuple[str, ...]:
    holes = broker.holes
    cut = [node for part in broker.cut_off for node in part]
    named = tell_names(holdings, cut, language, most=3)
    return (
        tell_rank(broker.rank, broker.tied, language),
        broker.organization.label(language),
        broker.organization.id,
        concept(broker.organization.sector, language),
        *(f"{getattr(broker.roles, role)}" for role in _ROLES),
        f"{holes.effective_size:.1f}" if holes else "",
        f"{holes.constraint:.3f}" if holes else "",
        say("brokers.cut", language, names=named, count=len(cut)) if cut else "",
    )


def _write(broker: Broker, holdings: Holdings, language: str) -> Json:
    holes = broker.holes
    return {
        "organization": broker.organization.id,
        "label": broker.organization.label(language),
        "sector": broker.organization.sector or None,
        "rank": broker.rank,
        "tied": broker.tied,
        "roles": {**asdict(broker.roles), "total": broker.roles.total},
        "degree": holes.degree if holes else 0,
        "effective_size": holes.effective_size if holes else None,
        "efficiency": holes.efficiency if holes else None,
        "constraint": holes.constraint if holes else None,
        "cut_off": write_parts(holdings, broker.cut_off, language),
    }
