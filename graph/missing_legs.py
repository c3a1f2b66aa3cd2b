"""Missing legs: initiatives, themes and places where some sectors work and another is absent.

The legs of the triple helix are university, industry and government (Etzkowitz and Leydesdorff
2000, doi:10.1016/S0048-7333(99)00055-4); research institutes are counted as a fourth (산학연관).
Intermediaries support the legs and are none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.evidence import Evidence
from graph.gap_reasons import GapReason, assign_ranks, concept_name
from graph.gaps import Holdings
from graph.involvement import (
    Involvement,
    find_involvements,
    gather_evidence,
    group_by_undertaking,
)

LEGS = ("academia", "industry", "research", "government")
Subject = Literal["initiative", "theme", "place"]


@dataclass(frozen=True, slots=True)
class MissingLeg:
    """An initiative, theme or place, who takes part in it by sector, and which legs are absent.

    ``present`` holds organisations by leg; ``groups`` the unnamed ones among them. It is not
    ``certain`` where a group of unknown sector takes part, which may belong to a missing leg.
    """

    kind: Subject
    iri: str
    present: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]
    groups: tuple[str, ...]
    undertakings: tuple[str, ...]
    certain: bool
    reasons: tuple[GapReason, ...]
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def find_missing_legs(holdings: Holdings, on: date) -> list[MissingLeg]:
    """Return initiatives, themes and places with some of the four legs and without others.

    Actual participations by the date count, in the undertaking and its parts; hosts count, too.
    What an undertaking has as theme or place, the nearest above it may state, and wider themes
    and places hold the narrower ones. An unnamed group counts for its sector, and it is told
    where a leg stands on groups only.

    Ordered by the legs that are there, most first; then by the number of organisations with a
    name.
    """
    involvements = find_involvements(holdings, on)
    subjects = _subjects(holdings, involvements)
    planned = _planned(holdings)
    found = [
        _describe(holdings, kind, iri, involved, planned)
        for (kind, iri), involved in subjects.items()
    ]
    return assign_ranks(
        (gap for gap in found if gap.present and gap.missing),
        lambda gap: (-len(gap.present), -_count_named(gap)),
        lambda gap: f"{gap.kind} {gap.iri}",
    )


def _subjects(
    holdings: Holdings, involvements: Iterable[Involvement]
) -> dict[tuple[Subject, str], list[Involvement]]:
    """Return the involvements in each initiative with its parts, in each theme and place."""
    found: dict[tuple[Subject, str], list[Involvement]] = defaultdict(list)
    for undertaking, involved in group_by_undertaking(involvements).items():
        for key in _belongs_to(holdings, undertaking):
            found[key] += involved
    return dict(found)


def _belongs_to(holdings: Holdings, undertaking: str) -> Iterator[tuple[Subject, str]]:
    thing = holdings.initiatives[undertaking]
    for iri in sorted({undertaking, *thing.parents}):
        if not holdings.initiatives[iri].is_event:
            yield "initiative", iri
    for theme in sorted(thing.all_themes):
        yield "theme", theme
    for place in sorted(thing.all_places):
        yield "place", place


def _planned(holdings: Holdings) -> dict[tuple[Subject, str], set[str]]:
    """Return who only plans to take part in each initiative, theme and place."""
    found: dict[tuple[Subject, str], set[str]] = defaultdict(set)
    for tie in holdings.ties:
        if tie.kind == "participation" and not tie.actual:
            for key in _belongs_to(holdings, tie.target):
                found[key].add(tie.source)
    return found


def _describe(
    holdings: Holdings,
    kind: Subject,
    iri: str,
    involved: list[Involvement],
    planned: Mapping[tuple[Subject, str], set[str]],
) -> MissingLeg:
    organizations = {i.organization: holdings.organizations[i.organization] for i in involved}
    present = {
        leg: tuple(sorted(o.iri for o in organizations.values() if o.sector == leg)) for leg in LEGS
    }
    present = {leg: members for leg, members in present.items() if members}
    missing = tuple(leg for leg in LEGS if leg not in present)
    groups = tuple(sorted(o.iri for o in organizations.values() if o.is_group))
    unknown = [iri for iri in groups if not organizations[iri].sector]
    return MissingLeg(
        kind=kind,
        iri=iri,
        present=present,
        missing=missing,
        groups=groups,
        undertakings=tuple(sorted({i.undertaking for i in involved})),
        certain=not unknown,
        reasons=tuple(
            _reasons(holdings, present, missing, unknown, planned.get((kind, iri), set()))
        ),
        evidence=gather_evidence(holdings, {i.record for i in involved}),
    )


def _reasons(
    holdings: Holdings,
    present: Mapping[str, tuple[str, ...]],
    missing: tuple[str, ...],
    unknown: list[str],
    planned: set[str],
) -> Iterator[GapReason]:
    organizations = holdings.organizations
    legs = tuple(concept_name(leg) for leg in present)
    yield GapReason("missing_legs", {"missing": tuple(map(concept_name, missing)), "present": legs})
    for leg, members in present.items():
        if all(organizations[iri].is_group for iri in members):
            names = tuple(organizations[iri].names for iri in members)
            yield GapReason("leg_of_groups", {"leg": concept_name(leg), "groups": names})
    if unknown:
        names = tuple(organizations[iri].names for iri in unknown)
        yield GapReason("group_of_unknown_sector", {"groups": names})
    for leg in missing:
        coming = sorted(iri for iri in planned if organizations[iri].sector == leg)
        if coming:
            names = tuple(organizations[iri].names for iri in coming)
            yield GapReason("leg_planned", {"leg": concept_name(leg), "organizations": names})


def _count_named(gap: MissingLeg) -> int:
    return len({iri for members in gap.present.values() for iri in members} - set(gap.groups))
