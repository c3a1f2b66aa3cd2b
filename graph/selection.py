"""The ties that a restriction leaves, and how many it left out, and why.

What is not known is never dropped in silence. A tie without a date stays and is counted; a tie
whose theme, place, sector, rung or source is not stated cannot be said to meet the restriction,
so it is left out and counted apart from those that do not meet it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graph.agreements import is_in_force
from graph.gaps import Holdings, Level
from graph.model import read_model
from graph.namespaces import TH, THV, slug
from graph.restriction import Restriction
from graph.terms import begins_by, goes_on, term
from graph.ties import Tie

HOST = "host"
"""The role of those whose undertaking it is; the hosts of a tie's undertaking are tied to it."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The ties that are left, and the numbers of all others.

    ``ties``: the declared ties. ``hosting``: one tie for each host of what they lead to; its IRI
    is that of the undertaking, where the evidence stands. ``undated`` and ``uncertain``: ties
    among them without a date, or whose date is too imprecise to tell. ``left_out`` and
    ``unknown``: numbers of ties by the first restriction that they do not meet, or that cannot
    be judged since nothing is stated.
    """

    ties: tuple[Tie, ...]
    hosting: tuple[Tie, ...] = ()
    undated: int = 0
    uncertain: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)


def select_ties(holdings: Holdings, restriction: Restriction | None = None) -> Selection:
    """Return the ties that meet a restriction, by default all actual ones."""
    restriction = restriction or Restriction()
    left_out, unknown, dates = Counter[str](), Counter[str](), Counter[str]()
    kept: list[Tie] = []
    checks = _needed(restriction, _CHECKS)
    for tie in holdings.ties:
        view = _view(holdings, tie, restriction)
        reason, known = _judge(view, restriction, checks)
        if reason:
            (left_out if known else unknown)[reason] += 1
            continue
        if (timely := _is_timely(view, restriction)) is False:
            left_out["period"] += 1
            continue
        kept.append(tie)
        if timely is None:
            dates["uncertain" if view.start else "undated"] += 1
    return Selection(
        tuple(kept),
        tuple(_hosting(holdings, kept, restriction)),
        dates["undated"],
        dates["uncertain"],
        dict(left_out),
        dict(unknown),
    )


def bodies(holdings: Holdings, organization: str, level: Level) -> tuple[str, ...]:
    """Return the organisation, or at parent level the topmost bodies that it is a unit of."""
    if level == "unit":
        return (organization,)
    organizations = holdings.organizations
    above = {p for p in organizations[organization].parents if p in organizations}
    top = sorted(p for p in above if not organizations[p].parents & above - {p})
    return tuple(top) or (organization,)


@dataclass(frozen=True, slots=True)
class _View:
    """What a restriction looks at in a tie; ``organizations`` are its ends that are bodies."""

    holdings: Holdings
    tie: Tie
    organizations: tuple[str, ...] = ()
    is_known: bool = True
    is_undertaking: bool = False
    is_event: bool = False
    hosts: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    start: str = ""
    end: str = ""


def _view(holdings: Holdings, tie: Tie, restriction: Restriction) -> _View:
    """Return what the ends of a tie say; what kind of end it is decides, not the kind of tie."""
    if tie.source not in holdings.organizations:
        return _View(holdings, tie, is_known=False)
    source = bodies(holdings, tie.source, restriction.level)
    start, end = term(holdings, tie)
    if thing := holdings.initiatives.get(tie.target):
        return _View(
            holdings,
            tie,
            source,
            is_undertaking=True,
            is_event=thing.is_event,
            hosts=frozenset(thing.hosts),
            themes=frozenset(thing.themes | thing.all_themes),
            places=frozenset(thing.places | thing.all_places),
            start=start,
            end=end,
        )
    if agreement := holdings.agreements.get(tie.target):
        parties = frozenset(agreement.parties.keys() | agreement.prospective.keys())
        return _View(holdings, tie, source, hosts=parties, themes=tie.themes, start=start, end=end)
    if tie.target in holdings.organizations:
        ends = (*source, *bodies(holdings, tie.target, restriction.level))
        both = frozenset({tie.source, tie.target})
        return _View(holdings, tie, ends, hosts=both, themes=tie.themes, start=start, end=end)
    return _View(holdings, tie, is_known=False)


_Check = Callable[[_View, Restriction], bool | None]


def _judge(
    view: _View, restriction: Restriction, checks: Iterable[tuple[str, _Check]]
) -> tuple[str, bool]:
    """Return the first restriction that is not met, and whether that is known."""
    for name, check in checks:
        met = check(view, restriction)
        if not met:
            return name, met is False
    return "", True


def _has_ends(view: _View, restriction: Restriction) -> bool:
    return view.is_known


def _has_modality(view: _View, restriction: Restriction) -> bool:
    agreement = view.holdings.agreements.get(view.tie.target)
    actual = view.tie.actual and not (agreement and agreement.is_intended)
    return restriction.modality == "both" or actual == (restriction.modality == "actual")


def _may_be_event(view: _View, restriction: Restriction) -> bool:
    return not view.is_event


def _is_hosted(view: _View, restriction: Restriction) -> bool:
    if restriction.host in view.hosts:
        return True
    organizations = view.holdings.organizations
    return restriction.level == "parent" and any(
        restriction.host in organizations[host].parents
        for host in view.hosts
        if host in organizations
    )


def _has_theme(view: _View, restriction: Restriction) -> bool | None:
    if restriction.theme in view.themes:
        return True
    return False if view.themes else None


def _is_in_place(view: _View, restriction: Restriction) -> bool | None:
    if restriction.place in view.places:
        return True
    organizations = view.holdings.organizations
    around = [organizations[iri] for iri in view.organizations]
    if any(restriction.place in o.places | o.all_places for o in around):
        return True
    silent = not all(o.places | o.all_places for o in around) or (
        view.is_undertaking and not view.places
    )
    return None if silent else False


def _has_sector(view: _View, restriction: Restriction) -> bool | None:
    sectors = {view.holdings.organizations[iri].sector for iri in view.organizations}
    if sectors <= set(restriction.sectors):
        return True
    return None if sectors - set(restriction.sectors) == {""} else False


def _has_rung(view: _View, restriction: Restriction) -> bool | None:
    if not view.tie.rung:
        return None
    ranks = view.holdings.ranks
    return ranks.get(view.tie.rung, 0) >= ranks.get(restriction.least_rung, 0)


def _has_basis(view: _View, restriction: Restriction) -> bool | None:
    bases = {e.basis for e in view.holdings.evidence.get(view.tie.iri, ())}
    if not bases:
        return None
    return ("stated" in bases) == (restriction.basis == "stated")


def _is_in_force(view: _View, restriction: Restriction) -> bool | None:
    agreement = view.holdings.agreements.get(view.tie.target)
    if agreement is None or agreement.is_intended or restriction.on is None:
        return True
    return is_in_force(agreement, restriction.on)


_ABOUT: tuple[tuple[str, _Check], ...] = (
    ("host", _is_hosted),
    ("theme", _has_theme),
    ("place", _is_in_place),
    ("sector", _has_sector),
    ("rung", _has_rung),
    ("basis", _has_basis),
)
_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("end", _has_ends),
    ("modality", _has_modality),
    ("events", _may_be_event),
    *_ABOUT,
    ("in_force", _is_in_force),
)


def _needed(
    restriction: Restriction, checks: Iterable[tuple[str, _Check]]
) -> list[tuple[str, _Check]]:
    """Return the checks that can say no under a restriction."""
    idle = {
        "modality": restriction.modality == "both",
        "events": restriction.events,
        "host": not restriction.host,
        "theme": not restriction.theme,
        "place": not restriction.place,
        "sector": not restriction.sectors,
        "rung": not restriction.least_rung,
        "basis": restriction.basis == "both",
        "in_force": restriction.on is None,
    }
    return [(name, check) for name, check in checks if not idle.get(name)]


REASONS = ("theme", "place", "sector", "rung", "basis", "in_force")
"""What may not be stated, so that a tie is left out; all else is always known."""

_WORDS: dict[str, dict[str, str]] = {
    "undated": {"ko": "날짜가 없지만 포함 {n}건", "en": "included though undated: {n}"},
    "uncertain": {
        "ko": "날짜가 넓어 알 수 없지만 포함 {n}건",
        "en": "included though the date is too rough to tell: {n}",
    },
    "theme": {"ko": "분야가 없어 제외 {n}건", "en": "left out, no theme stated: {n}"},
    "place": {"ko": "지역이 없어 제외 {n}건", "en": "left out, no place stated: {n}"},
    "sector": {"ko": "부문이 없어 제외 {n}건", "en": "left out, no sector known: {n}"},
    "rung": {"ko": "협력 단계가 없어 제외 {n}건", "en": "left out, no rung known: {n}"},
    "basis": {"ko": "근거가 없어 제외 {n}건", "en": "left out, no evidence: {n}"},
    "in_force": {
        "ko": "협약의 효력을 알 수 없어 제외 {n}건",
        "en": "left out, not known whether the agreement is in force: {n}",
    },
}


def describe_selection(selection: Selection, language: str) -> str:
    """Return how many ties are not known to meet the restriction; empty when all are known.

    >>> describe_selection(Selection((), undated=2, unknown={"theme": 3}), "en")
    'included though undated: 2; left out, no theme stated: 3'
    """
    counts = {"undated": selection.undated, "uncertain": selection.uncertain}
    counts |= {reason: selection.unknown.get(reason, 0) for reason in REASONS}
    said = [_WORDS[name][language].format(n=n) for name, n in counts.items() if n]
    return "; ".join(said)


def _is_timely(view: _View, restriction: Restriction) -> bool | None:
    """Return whether a tie lies in the period; nothing when it has no date or too rough a one.

    Whether an agreement is in force has been judged before.
    """
    found: list[bool | None] = []
    if restriction.last_day:
        found.append(begins_by(view.start, restriction.last_day))
    if restriction.first_day:
        found.append(goes_on(view.end, restriction.first_day) if view.start or view.end else None)
    if restriction.on and view.tie.target not in view.holdings.agreements:
        found.append(begins_by(view.start, restriction.on))
        if not view.is_undertaking:
            found.append(goes_on(view.end, restriction.on))
    if False in found:
        return False
    return None if None in found else True


def _hosting(holdings: Holdings, ties: Iterable[Tie], restriction: Restriction) -> Iterable[Tie]:
    """Yield the ties of hosts to what the given ties lead to, as far as they are met, too."""
    led: dict[str, Tie] = {}
    for tie in ties:
        if tie.target in holdings.initiatives and (tie.target not in led or tie.actual):
            led[tie.target] = tie
    checks = _needed(restriction, _ABOUT)
    rung = slug(str(read_model().value(THV[HOST], TH.rung)))
    for target, tie in sorted(led.items()):
        for host in sorted(holdings.initiatives[target].hosts):
            if host not in holdings.organizations:
                continue
            hosting = Tie(target, tie.kind, host, target, tie.actual, rung, HOST)
            if checks and _judge(_view(holdings, hosting, restriction), restriction, checks)[0]:
                continue
            yield hosting
