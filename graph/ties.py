"""The ties between organisations and what they take part in, read by the ontology's declarations.

A relation class declares the properties of its ends (``th:tieSource``, ``th:tieTarget``, and the
planned variants); nothing here knows a relation class by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Dataset

from graph.concepts import read_broader, widen
from graph.model import read_model
from graph.namespaces import TH, slug
from graph.store import select

_RANKS = """
SELECT ?rung ?rank WHERE { ?rung th:rank ?rank }
"""
_RELATIONS = """
SELECT ?relation ?source ?target ?rung ?role ?modality ?from ?until ?tieSource ?tieTarget WHERE {
  ?relation ?tieSource ?source ; ?tieTarget ?target .
  OPTIONAL { ?relation th:rung ?rung }
  OPTIONAL { ?relation th:role ?role }
  OPTIONAL { ?relation th:modality ?modality }
  OPTIONAL { ?relation th:from ?from }
  OPTIONAL { ?relation th:until ?until }
}
"""


_THEMES = """
SELECT DISTINCT ?thing ?theme WHERE { ?thing th:theme ?theme }
"""


@dataclass(frozen=True, slots=True)
class Declaration:
    """How a relation class names its two ends."""

    kind: str
    source: str
    target: str
    actual: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation: an organisation, what it is tied to, how, and whether it is actual.

    ``themes``: those stated for what it is tied to, with the wider ones.
    """

    iri: str
    kind: str
    source: str
    target: str
    actual: bool
    rung: str = ""
    role: str = ""
    modality: str = ""
    start: str = ""
    end: str = ""
    themes: frozenset[str] = frozenset()


def read_declarations() -> list[Declaration]:
    """Return the declared ends of all relation classes; planned ends make ties that are not actual.

    >>> [(slug(d.source), d.actual) for d in read_declarations() if d.kind == "agreement"]
    [('party', True), ('prospectiveParty', False)]
    """
    model = read_model()
    found = []
    for relation, kind in sorted(model.subject_objects(TH.tieKind)):
        source, target = model.value(relation, TH.tieSource), model.value(relation, TH.tieTarget)
        planned_source = model.value(relation, TH.plannedTieSource)
        planned_target = model.value(relation, TH.plannedTieTarget)
        found.append(Declaration(str(kind), str(source), str(target), True))
        if planned_source or planned_target:
            ends = (str(planned_source or source), str(planned_target or target))
            found.append(Declaration(str(kind), *ends, False))
    return found


def read_ties(dataset: Dataset) -> list[Tie]:
    """Return all ties of a store, sorted."""
    from rdflib import URIRef

    found = set[Tie]()
    themes = _read_themes(dataset)
    for declared in read_declarations():
        bindings = {"tieSource": URIRef(declared.source), "tieTarget": URIRef(declared.target)}
        for row in select(dataset, _RELATIONS, **bindings):
            relation, source, target, *said = row
            rung, role, modality = ("" if v is None else slug(v) for v in said[:3])
            start, end = ("" if v is None else str(v) for v in said[3:5])
            found.add(
                Tie(
                    str(relation),
                    declared.kind,
                    str(source),
                    str(target),
                    declared.actual,
                    rung,
                    role,
                    modality,
                    start,
                    end,
                    themes.get(str(target), frozenset()),
                )
            )
    return sorted(found, key=lambda tie: (tie.source, tie.target, tie.iri))


def _read_themes(dataset: Dataset) -> dict[str, frozenset[str]]:
    broader = read_broader(dataset)
    stated: dict[str, set[str]] = {}
    for thing, theme in select(dataset, _THEMES):
        stated.setdefault(str(thing), set()).add(str(theme))
    return {thing: frozenset(widen(themes, broader)) for thing, themes in stated.items()}


def read_ranks(dataset: Dataset) -> dict[str, int]:
    """Return the rank of each rung of the ladder; higher is stronger."""
    rows = select(dataset, _RANKS)
    return {slug(rung): int(rank) for rung, rank in rows}


def strongest(ties: Iterable[Tie], ranks: dict[str, int]) -> str:
    """Return the highest rung that ties reach, or nothing."""
    return max((tie.rung for tie in ties if tie.rung), key=lambda r: ranks.get(r, 0), default="")
