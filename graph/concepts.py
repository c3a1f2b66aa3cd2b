"""Themes and places: which wider ones each lies in, and what a record takes from those above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import Dataset

from graph.store import select

_BROADER = """
SELECT DISTINCT ?concept ?broader WHERE { ?concept skos:broader ?broader }
"""


def read_broader(dataset: Dataset) -> dict[str, set[str]]:
    """Return the stated wider themes and places of each."""
    found: dict[str, set[str]] = {}
    for concept, broader in select(dataset, _BROADER):
        found.setdefault(str(concept), set()).add(str(broader))
    return found


def widen(concepts: Iterable[str], broader: Mapping[str, set[str]]) -> set[str]:
    """Return concepts with everything they lie in, however far up; a circle ends.

    >>> sorted(widen(["maker"], {"maker": {"startup"}, "startup": {"all"}, "all": {"maker"}}))
    ['all', 'maker', 'startup']
    """
    found: set[str] = set()
    waiting = list(concepts)
    while waiting:
        concept = waiting.pop()
        if concept not in found:
            found.add(concept)
            waiting.extend(broader.get(concept, ()))
    return found


def nearest(
    record: str, stated: Mapping[str, set[str]], parents: Mapping[str, set[str]]
) -> set[str]:
    """Return what a record states, or else what the nearest records above it state.

    ``parents`` holds all records above each, however far up.

    >>> above = {"event": {"task", "plan"}, "task": {"plan"}, "plan": set()}
    >>> nearest("event", {"plan": {"startup"}, "task": {"maker"}}, above)
    {'maker'}
    """
    if own := stated.get(record):
        return own
    speaking = {parent for parent in parents.get(record, ()) if stated.get(parent)}
    # Who stands above another that speaks is farther away than that one.
    farther = {above for parent in speaking for above in parents.get(parent, ())} - {record}
    near = {parent for parent in speaking if parent not in farther} or speaking
    return {concept for parent in near for concept in stated[parent]}
