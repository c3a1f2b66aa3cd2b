"""Measures and kinds by the names that people give; an unknown one is told with its likes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from triplehelix.terminal.refusal import Refusal
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.measure_registry import Measure


def find_measure(name: str, others: Iterable[str] = ()) -> Measure:
    """Return the measure of nodes of a name; ``others`` can be asked for, too, and are told.

    Raises:
        Refusal: there is no such measure.
    """
    from triplehelix.measures.ranking import read_measures

    known = read_measures()
    return known[check_name(name, (*known, *others), "measure")]


def check_name(name: str, known: Iterable[str], what: str) -> str:
    """Return a name that is known, written with underscores or hyphens, in any case.

    Raises:
        Refusal: it is not known; ``errors.unknown_…`` tells what is.
    """
    fitting = {_fold(each): each for each in known}
    if (found := fitting.get(_fold(name))) is not None:
        return found
    near = difflib.get_close_matches(_fold(name), list(fitting), n=3, cutoff=0.5)
    hint = say("errors.hint", names=", ".join(fitting[each] for each in near)) if near else ""
    told = ", ".join(fitting.values())
    raise Refusal(say(f"errors.unknown_{what}", name=name, hint=hint, known=told))


def _fold(name: str) -> str:
    return name.strip().casefold().replace("-", "_")
