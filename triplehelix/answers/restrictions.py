"""Restrictions as they are given in Python: names of records in place of IRIs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from rdflib import Dataset

from graph.gaps import Level
from graph.references import find_reference
from graph.restriction import Basis, Modality, Restriction, find_concept
from triplehelix.answers.values import Record

_RECORDS = {"organization": "host", "theme": "theme", "place": "place"}


class Wanted(TypedDict, total=False):
    """What :meth:`triplehelix.KnowledgeGraph.restriction` takes; see :class:`Restriction`."""

    host: str | Record
    theme: str | Record
    place: str | Record
    since: str
    until: str
    sectors: Sequence[str]
    least_rung: str
    modality: Modality
    basis: Basis
    level: Level
    events: bool


def make_restriction(dataset: Dataset, wanted: Wanted) -> Restriction:
    """Return a restriction; records go by identifier, name or alias, as elsewhere.

    Sectors and rungs go by their codes, or by their labels in Korean or English.

    Raises:
        InputError: no record has a name, or several have it.
        TypeError: there is no such restriction.
        ValueError: there is no such sector or rung, or the period is none.
    """
    given: dict[str, Any] = {**wanted}
    for kind, field in _RECORDS.items():
        if name := given.get(field):
            given[field] = (
                name.iri if isinstance(name, Record) else find_reference(dataset, kind, name)
            )
    sectors = given.get("sectors", ())
    sectors = [sectors] if isinstance(sectors, str) else sectors
    given["sectors"] = tuple(find_concept("sector", sector) or sector for sector in sectors)
    if rung := given.get("least_rung"):
        given["least_rung"] = find_concept("rung", rung) or rung
    return Restriction(**given)
