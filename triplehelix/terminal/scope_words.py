"""What stands beside every measure: its network, restriction, and what is not known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.gaps import Holdings
from graph.selection import describe_selection
from triplehelix.measures.scope import Scope
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.network import Network
    from graph.projection import Weighting

NAMED = 5
"""Of more organisations so many are named on a terminal, and how many more there are."""


def tell_scope(scope: Scope, language: str, network: Network | None = None) -> str:
    """Return the lines that stand over a result: restriction, network, and what is not known."""
    lines = [say("scope.restriction", language, words=scope.tell(language))]
    if network is not None:
        lines.append(tell_network(network, language))
        if unknown := describe_selection(network.selection, language):
            lines.append(say("scope.unknown", language, words=unknown))
    return "\n".join(lines)


def tell_weighting(weighting: Weighting, language: str) -> str:
    """Return how much each shared undertaking adds to the weight of a tie.

    >>> tell_weighting("newman", "en")
    'Each shared undertaking weighs 1/(n-1), n its organisations.'
    """
    return say(f"weightings.{weighting}", language)


def tell_network(network: Network, language: str) -> str:
    """Return which network it is, how large, and from how much."""
    counts = {
        "initiatives": len(network.initiatives),
        "events": len(network.events),
        "agreements": len(network.agreements),
    }
    sources = [say(f"scope.{name}", language, count=n) for name, n in counts.items() if n]
    return say(
        "scope.network",
        language,
        kind=say(f"networks.{network.kind}", language),
        nodes=len(network.graph),
        ties=network.graph.number_of_edges(),
        sources=f" ({', '.join(sources)})" if sources else "",
    )


def tell_rank(rank: int, tied: int, language: str) -> str:
    """Return a rank, with a sign where several have it.

    >>> tell_rank(2, 2, "en"), tell_rank(4, 1, "en")
    ('2=', '4')
    """
    return say("scope.rank", language, rank=rank) if tied > 1 else str(rank)


def tell_value(value: float) -> str:
    """Return a value of a measure; whole numbers without decimals.

    >>> tell_value(3.0), tell_value(0.12345), tell_value(-1e-12)
    ('3', '0.1235', '0')
    """
    whole = round(value)
    return f"{whole:,}" if abs(value - whole) < 1e-9 else f"{value:,.4f}"


def tell_names(
    holdings: Holdings,
    iris: Iterable[str],
    language: str,
    most: int = NAMED,
    weights: Mapping[str, float] | None = None,
) -> str:
    """Return the names of some organisations, and how many more there are.

    Unnamed groups stand last; of the others the heaviest first, then by name.
    """
    organizations = [holdings.organizations[iri] for iri in iris]
    weighed = weights or {}
    organizations.sort(key=lambda o: (o.is_group, -weighed.get(o.iri, 0), o.label(language), o.iri))
    told = ", ".join(o.label(language) for o in organizations[:most])
    if len(organizations) <= most:
        return told
    return say("names.more", language, names=told, count=len(organizations) - most)
