"""What SHACL shapes look at: nodes of which classes, along which paths, and how closely.

Shapes: W3C Recommendation "Shapes Constraint Language (SHACL)", 2017.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node

_LOGIC = frozenset({SH["or"], SH["and"], SH.xone})
_KINDS = frozenset({SH["class"], SH.nodeKind, SH.datatype, SH.languageIn})
_TEXTS = frozenset(
    {SH["in"], SH.hasValue, SH.pattern, SH.flags, SH.minLength, SH.maxLength}
    | {SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive}
)
_COUNTS = frozenset(
    {SH.minCount, SH.maxCount, SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.qualifiedValueShape}
)
_WORDS = frozenset(
    {SH.name, SH.description, SH.message, SH.order, SH.group, SH.defaultValue, SH.severity}
)
_OF_NODES = frozenset({SH.targetClass, SH.property}) | _LOGIC | _WORDS
_OF_VALUES = frozenset({SH.path}) | _LOGIC | _KINDS | _TEXTS | _COUNTS | _WORDS
_KNOWN = frozenset({SH.inversePath}) | _OF_NODES | _OF_VALUES
SILENT = _WORDS - {SH.severity}
"""What shapes say to people, and nothing depends on."""


class _UnknownReach(Exception):
    """A shape may look further than this module can tell."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What shapes look at; terms are written as N-Triples writes them.

    ``targets`` has the shapes that aim at a class. ``paths`` tells of each path, a property or
    ``^`` and a property, whether some shape looks at the very value and not only at its datatype,
    language or classes. ``together`` has the groups of paths that a shape judges at once.
    """

    targets: dict[str, set[str]]
    paths: dict[str, bool]
    together: dict[str, set[tuple[str, ...]]]


def find_reach(shapes: Graph) -> Reach | None:
    """Return what shapes look at, None where they use more of SHACL than can be told here.

    That is all that compares values with each other, looks at values of values, or is no SHACL
    Core; and shapes without a name, or that are classes and so their own targets.
    """
    used = {predicate for predicate in set(shapes.predicates()) if _is_shacl(predicate)}
    if not used <= _KNOWN or any((None, RDF.type, c) in shapes for c in (RDFS.Class, OWL.Class)):
        return None
    targets: dict[str, set[str]] = defaultdict(set)
    for shape, class_ in shapes.subject_objects(SH.targetClass):
        targets[f"<{class_}>"].add(f"<{shape}>")
    reading, together = _Reading(shapes), {}
    try:
        for shape in set(shapes.subjects(SH.targetClass)):
            if not isinstance(shape, URIRef):
                return None
            together[f"<{shape}>"] = set(reading.read_node_shape(shape))
    except _UnknownReach:
        return None
    return Reach(dict(targets), reading.paths, together)


def _is_shacl(predicate: Node) -> bool:
    return str(predicate).startswith(str(SH))


class _Reading:
    """Goes through shapes and gathers their paths."""

    def __init__(self, shapes: Graph) -> None:
        self._about: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
        for subject, predicate, value in shapes:
            self._about[subject].append((predicate, value))
        self.paths: dict[str, bool] = {}
        self._read: dict[Node, str] = {}

    def read_node_shape(self, shape: Node) -> Iterator[tuple[str, ...]]:
        """Keep the paths of a shape of nodes; yield those of which it gives alternatives."""
        for predicate, value in self._about[shape]:
            if predicate in _LOGIC:
                yield tuple(sorted(self._read_alternatives(value)))
            elif predicate == SH.property:
                self._read_property(value)
            elif predicate not in _OF_NODES and _is_shacl(predicate):
                raise _UnknownReach

    def _read_alternatives(self, head: Node) -> set[str]:
        found: set[str] = set()
        for shape in self._members(head):
            for predicate, value in self._about[shape]:
                if predicate in _LOGIC:
                    found |= self._read_alternatives(value)
                elif predicate == SH.property:
                    found.add(self._read_property(value))
                elif predicate not in _WORDS and _is_shacl(predicate):
                    raise _UnknownReach
        return found

    def _members(self, head: Node) -> Iterator[Node]:
        while head != RDF.nil:
            cell = dict(self._about[head])
            yield cell[RDF.first]
            head = cell[RDF.rest]

    def _read_property(self, shape: Node) -> str:
        if shape not in self._read:
            self._read[shape] = path = self._path(dict(self._about[shape]).get(SH.path))
            exact = not _TEXTS.isdisjoint(set(self._constraints(shape)))
            self.paths[path] = self.paths.get(path, False) or exact
        return self._read[shape]

    def _path(self, path: Node | None) -> str:
        if isinstance(path, URIRef):
            return f"<{path}>"
        parts = self._about[path] if path is not None else []
        if len(parts) == 1 and parts[0][0] == SH.inversePath and isinstance(parts[0][1], URIRef):
            return f"^<{parts[0][1]}>"
        raise _UnknownReach

    def _constraints(self, shape: Node, nested: bool = False) -> Iterator[Node]:
        """Yield the predicates of a shape of values and of those it is made of."""
        for predicate, value in self._about[shape]:
            if predicate in _LOGIC:
                for member in self._members(value):
                    yield from self._constraints(member, nested=True)
            elif predicate == SH.qualifiedValueShape:
                yield from self._constraints(value, nested=True)
            elif predicate not in _OF_VALUES or (nested and predicate == SH.path):
                if _is_shacl(predicate):
                    raise _UnknownReach
            else:
                yield predicate
