"""Triple-helix synergy: whether university, industry and government come together.

The unit is an undertaking (a programme, project, event) with the set of sectors that take part.
Every result carries its counts and what was counted as university, industry and government, since
that choice alone can change the value several times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum, log2
from typing import TypeVar

Group = TypeVar("Group", bound=Hashable)
Undertaking = Collection[str]
LEGS = ("university", "industry", "government")


@dataclass(frozen=True, slots=True)
class Helices:
    """Which sectors count as university, industry and government; the others count as none.

    >>> Helices(government=frozenset({"government", "intermediary"})).legs(["intermediary"])
    (False, False, True)
    """

    university: frozenset[str] = frozenset({"academia"})
    industry: frozenset[str] = frozenset({"industry"})
    government: frozenset[str] = frozenset({"government"})

    def __post_init__(self) -> None:
        """Refuse a sector in two helices.

        Raises:
            ValueError: a sector counts twice.
        """
        sectors = Counter([*self.university, *self.industry, *self.government])
        if twice := sorted(sector for sector, times in sectors.items() if times > 1):
            raise ValueError(f"Sectors in two helices: {', '.join(twice)}")

    def legs(self, sectors: Undertaking) -> tuple[bool, bool, bool]:
        """Return whether university, industry and government are among sectors."""
        present = set(sectors)
        return (
            bool(self.university & present),
            bool(self.industry & present),
            bool(self.government & present),
        )


# Research institutes apart, with the universities, or with the government that funds them.
RESEARCH_APART = Helices()
RESEARCH_AS_UNIVERSITY = Helices(university=frozenset({"academia", "research"}))
RESEARCH_AS_GOVERNMENT = Helices(government=frozenset({"government", "research"}))


@dataclass(frozen=True, slots=True)
class HelixCounts:
    """How many undertakings have exactly these legs: ``ui`` has u and i, and not g.

    ``none`` has none of the three. It is one of the eight cells of the distribution where rest
    is counted, and 0 where it is left out; ``left_out`` says how many were.
    """

    u: int = 0
    i: int = 0
    g: int = 0
    ui: int = 0
    ug: int = 0
    ig: int = 0
    uig: int = 0
    none: int = 0
    left_out: int = 0

    @property
    def n(self) -> int:
        """All undertakings of the distribution."""
        return sum(self.cells().values())

    def cells(self) -> dict[tuple[bool, bool, bool], int]:
        """Return the counts by whether u, i and g take part."""
        return {
            (True, False, False): self.u,
            (False, True, False): self.i,
            (False, False, True): self.g,
            (True, True, False): self.ui,
            (True, False, True): self.ug,
            (False, True, True): self.ig,
            (True, True, True): self.uig,
            (False, False, False): self.none,
        }


@dataclass(frozen=True, slots=True)
class Synergy:
    """The synergy of undertakings in millibits, its counts, and how the three were defined.

    ``value`` is ``None`` where there is no undertaking to tell it from.
    """

    value: float | None
    counts: HelixCounts
    helices: Helices


def count_helices(
    undertakings: Iterable[Undertaking],
    helices: Helices = RESEARCH_APART,
    *,
    count_rest: bool = False,
) -> HelixCounts:
    """Return the seven counts of undertakings, each given by the sectors that take part.

    Those with none of the three legs are left out, or with ``count_rest`` counted as ``none``.

    >>> count_helices([["academia", "industry"], ["industry"], ["intermediary"]])
    HelixCounts(u=0, i=1, g=0, ui=1, ug=0, ig=0, uig=0, none=0, left_out=1)
    """
    found = Counter(helices.legs(sectors) for sectors in undertakings)
    cells = {
        "".join(letter for letter, there in zip("uig", legs, strict=True) if there): number
        for legs, number in found.items()
    }
    rest = cells.pop("", 0)
    return HelixCounts(**cells, **{"none" if count_rest else "left_out": rest})


def mutual_information(counts: HelixCounts) -> float | None:
    """Return T(uig) in millibits, or nothing without a count.

    T = H(u) + H(i) + H(g) − H(ui) − H(ug) − H(ig) + H(uig), with H the entropy, in bits, of
    whether the leg or legs take part. 0: independent. Negative, to −1000: synergy, the three
    together tell less uncertainty than the pairs would let expect. Positive, to 1000: they come
    and stay away together.

    See Leydesdorff, "The mutual information of university–industry–government relations",
    Scientometrics 58 (2003), doi:10.1023/A:1026276308287, and Park and Leydesdorff,
    "Longitudinal trends in networks of university–industry–government relations in South Korea",
    Research Policy 39 (2010), doi:10.1016/j.respol.2010.02.009.

    >>> round(mutual_information(HelixCounts(u=1, i=1, g=1)), 2)
    -415.04
    """
    if not counts.n:
        return None
    signs = {(0,): 1, (1,): 1, (2,): 1, (0, 1): -1, (0, 2): -1, (1, 2): -1, (0, 1, 2): 1}
    terms = (sign * 1000 * _entropy(counts, legs) for legs, sign in signs.items())
    # Independent counts give 0, not the −1e-13 that rounding leaves.
    return round(fsum(terms), 9) + 0.0


def _entropy(counts: HelixCounts, legs: tuple[int, ...]) -> float:
    """Return the entropy in bits of whether some of the legs take part."""
    sums: Counter[tuple[bool, ...]] = Counter()
    for cell, number in counts.cells().items():
        sums[tuple(cell[leg] for leg in legs)] += number
    shares = [number / counts.n for number in sums.values() if number]
    return -fsum(share * log2(share) for share in shares)


def measure_synergy(
    undertakings: Iterable[Undertaking],
    helices: Helices = RESEARCH_APART,
    *,
    count_rest: bool = False,
) -> Synergy:
    """Return the synergy of undertakings, each given by the sectors that take part.

    >>> found = measure_synergy([["academia"], ["industry"], ["academia", "industry"]])
    >>> found.value, found.counts.n
    (0.0, 3)
    """
    counts = count_helices(undertakings, helices, count_rest=count_rest)
    return Synergy(mutual_information(counts), counts, helices)


def synergy_by_group(
    groups: Mapping[Group, Iterable[Undertaking]],
    helices: Helices = RESEARCH_APART,
    *,
    count_rest: bool = False,
) -> dict[Group, Synergy]:
    """Return the synergy of each group of undertakings, such as a theme, place or year."""
    return {
        group: measure_synergy(undertakings, helices, count_rest=count_rest)
        for group, undertakings in groups.items()
    }


def missing_legs(
    groups: Mapping[Group, Iterable[Undertaking]], helices: Helices = RESEARCH_APART
) -> dict[Group, tuple[str, ...]]:
    """Return the groups in which some of the three take part, but not all, with those missing.

    A leg counts as there if any undertaking of the group has it.

    >>> missing_legs({"drones": [["academia"], ["academia", "government"]], "robots": []})
    {'drones': ('industry',)}
    """
    found = {}
    for group, undertakings in groups.items():
        there = helices.legs({sector for sectors in undertakings for sector in sectors})
        if any(there) and not all(there):
            found[group] = tuple(
                leg for leg, present in zip(LEGS, there, strict=True) if not present
            )
    return found


def count_sector_pairs(
    pairs: Iterable[tuple[str, str]], sectors: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    """Return how many pairs join each two sectors, the most frequent first.

    ``pairs`` are, for example, the ties of a network of organisations. The two sectors are sorted;
    an organisation without a sector has the sector ``""``.

    >>> count_sector_pairs([("a", "b"), ("c", "a")], {"a": "industry", "b": "academia"})
    {('', 'industry'): 1, ('academia', 'industry'): 1}
    """
    found: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        one, other = sorted(sectors.get(organization, "") for organization in pair)
        found[one, other] += 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
