"""The triple-helix synergy as a listing: value, the seven counts, and what was counted as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.namespaces import slug
from graph.synergy import Helices, Synergy
from triplehelix.contracts import Json, Labels
from triplehelix.measures.measure_contracts import write_network, write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.listings import concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_scope
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.network import Network
    from triplehelix.measures.synergy import By

COUNTS = ("u", "i", "g", "ui", "ug", "ig", "uig")


def list_synergy(
    whole: Synergy,
    groups: Mapping[str, Synergy],
    helices: Helices,
    by: By,
    labels: Labels,
    network: Network,
    scope: Scope,
    language: str,
) -> Listing:
    """Return the synergy of all undertakings and of each group, strongest synergy first."""
    order = sorted(groups, key=lambda g: _order(g, groups[g], by))
    named = {group: _name(group, by, labels, language) for group in order}
    rows = [_row(say("synergy.whole", language), whole)]
    rows += [_row(named[group], groups[group]) for group in order]
    told = say(
        "synergy.helices",
        language,
        university=_tell_sectors(helices.university, language),
        industry=_tell_sectors(helices.industry, language),
        government=_tell_sectors(helices.government, language),
    )
    return Listing(
        say("synergy.title", language, by=say(f"synergy.{by}", language), on=scope.reading.on),
        (
            Heading(say("synergy.group", language), share=1, least=14),
            Heading(say("columns.synergy", language), right=True),
            *(Heading(name, right=True) for name in COUNTS),
            Heading(say("synergy.n", language), right=True),
            Heading(say("synergy.left_out", language), right=True),
        ),
        rows if whole.counts.n else [],
        {
            "by": by,
            "on": scope.reading.on.isoformat(),
            "restriction": write_restriction(scope, language),
            "network": write_network(network),
            "helices": _write_helices(helices),
            "whole": _write(whole),
            "groups": [
                {"id": slug(group) or None, "label": named[group], **_write(groups[group])}
                for group in order
            ],
        },
        empty=say("synergy.empty", language),
        note=say("synergy.note", language),
        lead=f"{told}\n{tell_scope(scope, language, network)}",
    )


def _order(group: str, found: Synergy, by: By) -> tuple[bool, float, str]:
    """Years stand in their order, themes and places by synergy; what is not stated last."""
    value = 0.0 if by == "year" or found.value is None else found.value
    return not group or found.value is None, value, group


def _name(group: str, by: By, labels: Labels, language: str) -> str:
    if not group:
        return say("synergy.undated" if by == "year" else "synergy.none", language)
    names = labels.get(group, {})
    return names.get(language) or names.get("ko") or slug(group)


def _row(name: str, found: Synergy) -> tuple[str, ...]:
    counts = found.counts
    return (
        name,
        "–" if found.value is None else f"{found.value:.1f}",
        *(f"{getattr(counts, key)}" for key in COUNTS),
        f"{counts.n}",
        f"{counts.left_out}",
    )


def _tell_sectors(sectors: Iterable[str], language: str) -> str:
    return ", ".join(concept(sector, language) for sector in sorted(sectors))


def _write(found: Synergy) -> Json:
    counts = {key: getattr(found.counts, key) for key in COUNTS}
    return {
        "millibits": found.value,
        "counts": counts,
        "n": found.counts.n,
        "left_out": found.counts.left_out,
    }


def _write_helices(helices: Helices) -> Json:
    return {
        "university": sorted(helices.university),
        "industry": sorted(helices.industry),
        "government": sorted(helices.government),
    }
