"""Whether a list of missing links is better than chance, tested on what happened later.

Undertakings that begin before a split date make the network that pairs are scored on; the test
is which pairs without a tie there first meet in an undertaking that begins after it. Each such
pair is compared with pairs of organisations that have about as many partners and never meet: well
connected ones meet anyway, and a score that only finds them is no better than chance. See Lü &
Zhou, "Link prediction in complex networks" (2011), doi:10.1016/j.physa.2010.11.027, on the test,
and Yang, Lichtenwalter & Chawla, "Evaluating link prediction methods" (2015),
doi:10.1007/s10115-014-0789-0, on its traps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from random import Random
from typing import Literal

from graph.gap_reasons import GapReason, Value
from graph.link_scores import Pair, Score, score_pair, score_pairs
from graph.meetings import Meeting, collect_themes, join_members

Verdict = Literal["better", "not_better", "unknown"]
MayMeet = Callable[[str, str], bool]
TRAINING_SHARE = 0.7
"""Of the dated undertakings about so many make the network, unless a split date is given."""
NEEDED_PAIRS, NEEDED_UNDERTAKINGS = 20, 5
"""With fewer pairs, or from fewer undertakings, nothing is concluded."""
COMPARED = 100
"""Each pair is compared with up to so many others of like degrees."""
DRAWN = 30_000
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much better than chance a list is; without a verdict the measures are nothing.

    ``auc``: the chance that a pair that met later has the higher score than one of like degrees
    that did not (0.5 is chance, 1 is perfect); ``interval``: its 95 % bootstrap interval, over
    the undertakings, since pairs of one undertaking are not independent. ``better`` says that
    the interval lies above 0.5. ``hits``: how many of the ``listed`` best pairs met; ``expected``
    the same for random pairs of like degrees. ``auc_by_score``: each score by itself.
    """

    verdict: Verdict
    split: date | None = None
    pairs: int = 0
    undertakings: int = 0
    auc: float | None = None
    interval: tuple[float, float] | None = None
    listed: int = 0
    hits: int = 0
    expected: float = 0.0
    auc_by_score: Mapping[str, float] = field(default_factory=dict)

    @property
    def reason(self) -> GapReason:
        """The verdict as a sentence."""
        values: dict[str, Value] = {
            "split": str(self.split or ""),
            "pairs": self.pairs,
            "undertakings": self.undertakings,
            "needed": NEEDED_PAIRS,
            "needed_undertakings": NEEDED_UNDERTAKINGS,
            "listed": self.listed,
            "hits": self.hits,
            "expected": self.expected,
        }
        if self.auc is not None and self.interval is not None:
            low, high = self.interval
            values |= {"auc": self.auc, "low": low, "high": high}
        return GapReason(f"links_{self.verdict}", values)


def judge_links(
    meetings: Sequence[Meeting],
    *,
    split: date | None = None,
    seed: int = 0,
    may_meet: MayMeet = lambda first, second: True,
) -> Judgement:
    """Return whether resource allocation among pairs with a common theme beats chance.

    A pair meets in an undertaking when the later of both joins it. Pairs are left out whose dates
    are missing or lie on both sides of the split, since nobody can tell when they met. The same
    seed gives the same result.
    """
    starts = sorted(start for meeting in meetings if (start := meeting.start))
    if split is None and starts:
        split = starts[int(len(starts) * TRAINING_SHARE)]
    if split is None:
        return Judgement("unknown")
    trial = _Trial(meetings, split, may_meet)
    undertakings = len(set(trial.met.values()))
    if len(trial.met) < NEEDED_PAIRS or undertakings < NEEDED_UNDERTAKINGS:
        return Judgement("unknown", split, len(trial.met), undertakings)
    wins = trial.compare(Random(seed))
    if len(wins) < NEEDED_PAIRS:
        return Judgement("unknown", split, len(wins), undertakings)
    listed, hits, expected = trial.count_hits()
    aucs = {name: _mean(wins[pair][n] for pair in wins) for n, name in enumerate(_SCORES)}
    interval = _bootstrap({pair: won[0] for pair, won in wins.items()}, trial.met, seed)
    return Judgement(
        verdict="better" if interval[0] > 0.5 else "not_better",
        split=split,
        pairs=len(wins),
        undertakings=undertakings,
        auc=aucs[_SCORES[0]],
        interval=interval,
        listed=listed,
        hits=hits,
        expected=expected,
        auc_by_score=aucs,
    )


_SCORES = ("listed", "resource_allocation", "adamic_adar", "themes")
Won = tuple[float, float, float, float]


def _values(score: Score) -> Won:
    """Return what is compared; the list takes pairs with a common theme only."""
    # Sums of the same shares in another order are the same.
    allocation, adamic = round(score.resource_allocation, 9), round(score.adamic_adar, 9)
    return (allocation if score.themes else 0.0, allocation, adamic, float(score.themes))


class _Trial:
    """The network before the split, who met after it, and who never did."""

    def __init__(self, meetings: Sequence[Meeting], split: date, may_meet: MayMeet) -> None:
        before = [meeting.before(split) for meeting in meetings]
        self.may_meet = may_meet
        self.neighbours = join_members(before)
        self.themes = collect_themes(before)
        self.undecided = {pair for meeting in meetings for pair in meeting.undecided(split)}
        first: dict[Pair, tuple[date, str]] = {}
        for meeting in meetings:
            for pair, day in meeting.pairs_after(split).items():
                met = (day, meeting.undertaking)
                first[pair] = min(met, first.get(pair, met))
        self.met = {
            pair: undertaking
            for pair, (_, undertaking) in sorted(first.items())
            if set(pair) <= self.neighbours.keys() and self.is_open(pair)
        }
        self._like: dict[tuple[int, int], list[Pair]] = {}
        self.classes: dict[int, list[str]] = defaultdict(list)
        for node in sorted(self.neighbours):
            self.classes[self.degree_class(node)].append(node)

    def degree_class(self, node: str) -> int:
        """Return 0 for no partner, 1 for one, 2 for two or three, 3 for up to seven, and so on."""
        return len(self.neighbours[node]).bit_length()

    def is_open(self, pair: Pair) -> bool:
        """Whether a pair could first meet after the split, and it is known whether it did."""
        first, second = pair
        known = second not in self.neighbours[first] and pair not in self.undecided
        return known and self.may_meet(first, second)

    def like(self, pair: Pair) -> list[Pair]:
        """Return the open pairs of organisations with about as many partners each, sorted.

        Of very many pairs a fixed sample stands for all.
        """
        key = self.key(pair)
        if key not in self._like:
            self._like[key] = self._find_like(*(self.classes[name] for name in key))
        return self._like[key]

    def key(self, pair: Pair) -> tuple[int, int]:
        """Return the degree classes of both, the smaller first."""
        one, other = sorted(self.degree_class(node) for node in pair)
        return one, other

    def _find_like(self, first: list[str], second: list[str]) -> list[Pair]:
        drawn: Iterable[Pair] = product(first, second)
        if len(first) * len(second) > DRAWN:
            random = Random(0)
            drawn = ((random.choice(first), random.choice(second)) for _ in range(DRAWN))
        pairs = {(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]}
        return sorted(like for like in pairs if self.is_open(like))

    def compare(self, random: Random) -> dict[Pair, Won]:
        """Return for each pair that met the share of like pairs it beats; a draw is a half."""
        found: dict[Pair, Won] = {}
        others: dict[tuple[int, int], list[Pair]] = {}
        for pair in sorted(self.met):
            key = self.key(pair)
            if key not in others:
                others[key] = [like for like in self.like(pair) if like not in self.met]
            like = others[key]
            if like:
                sample = random.sample(like, COMPARED) if len(like) > COMPARED else like
                found[pair] = self._beat(pair, sample)
        return found

    def _beat(self, pair: Pair, sample: list[Pair]) -> Won:
        own = self.values(pair)
        theirs = [self.values(other) for other in sample]
        shares = [
            _mean((mine > other[n]) + (mine == other[n]) / 2 for other in theirs)
            for n, mine in enumerate(own)
        ]
        return (shares[0], shares[1], shares[2], shares[3])

    def values(self, pair: Pair) -> Won:
        """Return the scores of a pair before the split."""
        return _values(score_pair(self.neighbours, self.themes, *pair))

    def count_hits(self) -> tuple[int, int, float]:
        """Return how long the list is, how many of it met, and how many like pairs would."""
        scored = score_pairs(self.neighbours, self.themes)
        ordered = sorted((p for p in scored if self.is_open(p)), key=lambda p: order(scored[p], p))
        listed = ordered[: len(self.met)]
        rates: dict[tuple[int, int], float] = {}
        expected = 0.0
        for pair in listed:
            key = self.key(pair)
            if key not in rates:
                rates[key] = _mean(like in self.met for like in self.like(pair))
            expected += rates[key]
        return len(listed), sum(pair in self.met for pair in listed), expected


def order(score: Score, pair: Pair) -> tuple[float, int, Pair]:
    """Return what missing links are ordered by; scores equal but for rounding are equal."""
    return (-round(score.resource_allocation, 9), -score.themes, pair)


def _bootstrap(
    won: Mapping[Pair, float], undertakings: Mapping[Pair, str], seed: int
) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean, resampling whole undertakings.

    Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13.
    """
    totals: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for pair, share in won.items():
        totals[undertakings[pair]] += share
        counts[undertakings[pair]] += 1
    names = sorted(counts)
    random = Random(seed)
    means = []
    for _ in range(RESAMPLES):
        drawn = random.choices(names, k=len(names))
        means.append(sum(totals[n] for n in drawn) / sum(counts[n] for n in drawn))
    means.sort()
    return means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
