"""What a host and a partner do together: undertakings, since when, until when, about what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from graph.agreements import Agreement
from graph.concepts import nearest
from graph.dates import parse_lexical, sort_key
from graph.gaps import Holdings
from graph.initiatives import Initiative
from graph.involvement import Starts
from graph.ties import Tie, strongest


@dataclass(frozen=True, slots=True)
class SharedWork:
    """The actual ties of a partner to what a host does, or where there are none the planned ones.

    ``since`` and ``last``: the first and the last stated date up to the day asked for, as precise
    as stated; of plans there are none. ``departments`` and ``themes``: the stated ones, or those of
    the nearest undertaking above that states any.
    """

    ties: tuple[Tie, ...] = ()
    actual: bool = False
    initiatives: tuple[Initiative, ...] = ()
    rung: str = ""
    since: str = ""
    last: str = ""
    departments: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


class SharedWorkReader:
    """Tells what ties amount to, with what undertakings take from those above them."""

    def __init__(self, holdings: Holdings, on: date) -> None:
        """Read what undertakings state."""
        self._holdings, self._on = holdings, on
        self._starts = Starts(holdings)
        things = holdings.initiatives
        self._parents = {iri: thing.parents for iri, thing in things.items()}
        self._themes = {iri: thing.themes for iri, thing in things.items()}
        self._departments = {iri: thing.departments for iri, thing in things.items()}

    def read(self, ties: Iterable[Tie]) -> SharedWork:
        """Return what the ties of one partner amount to."""
        every = list(ties)
        counted = [tie for tie in every if tie.actual] or every
        if not counted:
            return SharedWork()
        actual = counted[0].actual
        things = sorted({tie.target for tie in counted})
        initiatives = [self._holdings.initiatives[iri] for iri in things]
        dates = sorted(filter(None, self._dates(counted)), key=sort_key) if actual else []
        return SharedWork(
            tuple(counted),
            actual,
            tuple(sorted(initiatives, key=lambda thing: (thing.is_event, thing.iri))),
            strongest(counted, self._holdings.ranks),
            min(dates, key=lambda d: (parse_lexical(d).earliest, d), default=""),
            dates[-1] if dates else "",
            self._gather(things, self._departments),
            self._gather(things, self._themes),
        )

    def _gather(self, things: Iterable[str], stated: dict[str, set[str]]) -> tuple[str, ...]:
        return tuple(sorted({c for iri in things for c in nearest(iri, stated, self._parents)}))

    def _dates(self, ties: Iterable[Tie]) -> Iterator[str]:
        """Yield the stated dates up to the day; what has no beginning takes that above it."""
        for tie in ties:
            thing = self._holdings.initiatives[tie.target]
            yield tie.start or self._starts.of(tie.target)
            for lexical in (tie.end or thing.end,):
                if lexical and parse_lexical(lexical).latest <= self._on:
                    yield lexical


def is_about(
    agreement: Agreement, themes: Collection[str], initiatives: Iterable[Initiative]
) -> bool | None:
    """Return whether an agreement is about any of some undertakings; nothing where it is not told.

    It is about one where they share a theme, or where it is the initiative of the agreement or a
    part of that. ``themes``: those of the agreement, with the wider ones.
    """
    answers: set[bool] = set()
    for thing in initiatives:
        if agreement.themes and thing.all_themes:
            answers.add(bool(agreement.themes & thing.all_themes or thing.themes & set(themes)))
        if agreement.initiatives:
            answers.add(bool(agreement.initiatives & {thing.iri, *thing.parents}))
    return max(answers, default=None)
