"""Communities as a listing: sizes, members, how stable they are; core and nestedness below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import fsum

from graph.gaps import Holdings
from triplehelix.contracts import Json
from triplehelix.measures.divisions import RUNS, Division
from triplehelix.measures.measure_contracts import write_bodies, write_network, write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.listings import concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_names, tell_scope
from triplehelix.terminal.wording import say


def list_communities(
    division: Division, holdings: Holdings, scope: Scope, language: str
) -> Listing:
    """Return the communities of at least two, the largest first."""
    return Listing(
        say(
            "communities.title",
            language,
            count=len(division.communities),
            on=scope.reading.on,
        ),
        (
            Heading(say("columns.community", language), right=True),
            Heading(say("columns.members", language), right=True),
            Heading(say("columns.core_members", language), right=True),
            Heading(say("columns.stability", language), right=True),
            Heading(say("columns.organization_sectors", language), share=2, wide=True),
            Heading(say("columns.organizations", language), share=5),
        ),
        [
            _row(number, division, holdings, language)
            for number in range(1, len(division.communities) + 1)
        ],
        _write(division, holdings, scope, language),
        empty=say("communities.empty", language),
        note=_tell_structure(division, language),
        lead=tell_scope(scope, language, division.network),
    )


def _row(number: int, division: Division, holdings: Holdings, language: str) -> tuple[str, ...]:
    members = division.communities[number - 1]
    degrees = {member: division.network.graph.degree(member) for member in members}
    return (
        str(number),
        str(len(members)),
        str(len(members & division.core.core)),
        f"{_stability(members, division):.2f}",
        _tell_sectors(members, holdings, language),
        tell_names(holdings, members, language, most=8, weights=degrees),
    )


def _stability(members: Iterable[str], division: Division) -> float:
    kept = [division.found.stability.nodes.get(member, 1.0) for member in members]
    return fsum(kept) / len(kept)


def _tell_sectors(members: Iterable[str], holdings: Holdings, language: str) -> str:
    counts = Counter(holdings.organizations[member].sector for member in members)
    unknown = say("communities.unknown_sector", language)
    return ", ".join(
        say(
            "communities.sector",
            language,
            sector=concept(sector, language) or unknown,
            count=count,
        )
        for sector, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _tell_structure(division: Division, language: str) -> str:
    """Return what is told below: quality of the division, core, and nestedness."""
    found, core, nested = division.found, division.core, division.nestedness
    lines = [
        say(
            "communities.quality",
            language,
            method=found.method.capitalize(),
            seed=division.first_seed,
            runs=RUNS,
            modularity=f"{found.modularity:.3f}",
            agreement=f"{found.stability.agreement:.2f}",
            together=f"{found.stability.together:.0%}",
        )
    ]
    if division.alone:
        lines.append(say("communities.alone", language, count=len(division.alone)))
    if core.fit is None:
        lines.append(say("communities.no_core", language))
    else:
        lines.append(
            say(
                "communities.core",
                language,
                core=len(core.core),
                fit=f"{core.fit:.2f}",
                within=f"{core.within_core:.2f}",
                between=f"{core.between:.2f}",
                outer=f"{core.within_periphery:.2f}",
            )
        )
    lines.append(
        say(
            "communities.nestedness",
            language,
            nodf=f"{nested.nodf:.1f}",
            rows=f"{nested.rows:.1f}",
            columns=f"{nested.columns:.1f}",
            organizations=division.organizations,
            themes=division.themes,
        )
    )
    return "\n".join(lines)


def _write(division: Division, holdings: Holdings, scope: Scope, language: str) -> Json:
    found, core, nested = division.found, division.core, division.nestedness
    return {
        "on": scope.reading.on.isoformat(),
        "restriction": write_restriction(scope, language),
        "network": write_network(division.network),
        "method": found.method,
        "resolution": found.resolution,
        "seed": found.seed,
        "modularity": found.modularity,
        "stability": {
            "runs": RUNS,
            "modularities": list(found.stability.modularities),
            "agreement": found.stability.agreement,
            "together": found.stability.together,
        },
        "communities": [
            {
                "number": number,
                "size": len(members),
                "stability": _stability(members, division),
                "members": write_bodies(holdings, members, language),
            }
            for number, members in enumerate(division.communities, 1)
        ],
        "alone": write_bodies(holdings, division.alone, language),
        "core": {
            "members": write_bodies(holdings, core.core, language),
            "fit": core.fit,
            "within_core": core.within_core,
            "between": core.between,
            "within_periphery": core.within_periphery,
        },
        "nestedness": {
            "nodf": nested.nodf,
            "rows": nested.rows,
            "columns": nested.columns,
            "organizations": division.organizations,
            "themes": division.themes,
        },
    }
