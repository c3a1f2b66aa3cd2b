"""Which nodes are enough to know whether a whole graph conforms to SHACL shapes.

What a shape says of a node depends on the classes of the node and on its values along the paths of
the shape; of most values only on their datatype, language or classes. Nodes that are alike in this
are judged alike, so one of them can stand for all: a quotient summary of the graph (Čebirić et al.,
"Summarizing semantic graphs: a survey", The VLDB Journal 28, 2019), made for the shapes at hand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from rdflib.namespace import RDF, RDFS, XSD

from graph.shape_reach import Reach
from graph.store import Triple

_TYPE, _SUBCLASS = f"<{RDF.type}>", f"<{RDFS.subClassOf}>"
_NUMBERS = frozenset((f'"^^<{XSD.decimal}>', f'"^^<{XSD.integer}>'))
_DIGITS = re.compile(r"[0-9]+")
_DIGITS_READ = 15
"""Longer numbers are compared as they are: an engine may not be able to read them."""

Classes = frozenset[str]
Profile = dict[str, Hashable]
"""What can be seen of the values of a node, by path."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Nodes that stand for all, by the shape that judges them, and the triples to judge them by."""

    targets: dict[str, list[str]]
    triples: set[Triple]


def choose_representatives(triples: Iterable[Triple], reach: Reach) -> Sample | None:
    """Return nodes that conform if and only if all nodes do; None if they cannot be named.

    A node is left out if for each of its paths, and for each group of paths that are judged at
    once, a node of the same classes was chosen whose values there look the same. Terms are compared
    as they are written, so the triples should come from one writer.
    """
    index = _Index(triples, reach)
    targets: dict[str, list[str]] = defaultdict(list)
    seen: dict[Classes, _Seen] = {}
    for node, classes in index.classes.items():
        if not (shapes := index.shapes(classes)):
            continue
        if classes not in seen:
            seen[classes] = _Seen([g for shape in shapes for g in reach.together[shape]])
        if seen[classes].add(index.profile(node)):
            for shape in shapes:
                targets[shape].append(node)
    chosen = {node for nodes in targets.values() for node in nodes}
    if any(node.startswith("_:") for node in chosen):
        return None
    return Sample(dict(targets), set(index.surroundings(chosen)))


class _Seen:
    """Everything about nodes of the same classes that a shape may object to."""

    def __init__(self, together: list[tuple[str, ...]]) -> None:
        self._together = together
        self._at_once: set[Hashable] = set()
        self._looks: dict[str, set[Hashable]] = defaultdict(set)

    def add(self, profile: Profile) -> bool:
        """Keep what stands in a profile; return whether any of it is new."""
        before = len(self._at_once)
        self._at_once.add(frozenset(profile))  # which paths have values
        for group in self._together:
            self._at_once.add((group, *map(profile.get, group)))
        new = len(self._at_once) > before
        for path, look in profile.items():
            if look not in (looks := self._looks[path]):
                looks.add(look)
                new = True
        return new


class _Index:
    """A graph by node, as far as the shapes look."""

    def __init__(self, triples: Iterable[Triple], reach: Reach) -> None:
        self.classes: dict[str, Classes] = {}
        self._exact = reach.paths
        self._targets = reach.targets
        self._forwards: dict[str, list[Triple]] = defaultdict(list)
        self._backwards: dict[str, list[Triple]] = defaultdict(list)
        self._above: dict[str, set[str]] = defaultdict(set)
        self._shapes: dict[Classes, frozenset[str]] = {}
        self._read(triples)

    def _read(self, triples: Iterable[Triple]) -> None:
        backwards = {path[1:] for path in self._exact if path.startswith("^")}
        single: dict[str, Classes] = {}
        for triple in triples:
            subject, predicate, value = triple
            if predicate == _TYPE:
                stated = single.get(value) or single.setdefault(value, frozenset((value,)))
                before = self.classes.get(subject)
                self.classes[subject] = before | stated if before else stated
            elif predicate == _SUBCLASS:
                self._above[subject].add(value)
            if predicate in self._exact:
                self._forwards[subject].append(triple)
            if predicate in backwards:
                self._backwards[value].append(triple)

    def shapes(self, classes: Classes) -> frozenset[str]:
        """Return the shapes that aim at nodes of these classes or of any above them."""
        if classes not in self._shapes:
            reached, waiting = set(classes), list(classes)
            while waiting:
                fresh = self._above.get(waiting.pop(), set()) - reached
                reached |= fresh
                waiting += fresh
            aimed = (self._targets.get(class_, ()) for class_ in reached)
            self._shapes[classes] = frozenset(shape for shapes in aimed for shape in shapes)
        return self._shapes[classes]

    def profile(self, node: str) -> Profile:
        """Return what the shapes can see of a node."""
        found: dict[str, str] = {}
        further: dict[str, set[str]] = {}
        for _, path, value in self._forwards.get(node, ()):
            if found.setdefault(path, value) != value:
                further.setdefault(path, {found[path]}).add(value)
        for value, predicate, _ in self._backwards.get(node, ()):
            path = f"^{predicate}"
            if found.setdefault(path, value) != value:
                further.setdefault(path, {found[path]}).add(value)
        exact, look = self._exact, self._look
        profile: Profile = {
            path: value if exact[path] else look(value) for path, value in found.items()
        }
        for path, values in further.items():
            # Two numbers may be one, written in two ways: they are not told by their kind.
            looks = values if exact[path] else (look(value, digits=0) for value in values)
            profile[path] = frozenset(Counter(looks).items())
        return profile

    def _look(self, value: str, digits: int = _DIGITS_READ) -> Hashable:
        """Return what tells a value from others of its kind: classes, or language and datatype.

        Literals of a datatype that text may fail to fit are left as they are; but a whole or
        decimal number fits as any other does that is written with digits in the same places.
        """
        if value[0] != '"':
            return value[0], self.classes.get(value)
        if value[-1] == '"':
            return '"'
        end = value[value.rindex('"') :]
        if end[1] == "@":
            return end.lower()
        if end in _NUMBERS and len(value) - len(end) <= digits:
            return _DIGITS.sub("0", value)
        return value

    def surroundings(self, nodes: Iterable[str]) -> Iterator[Triple]:
        """Yield the triples that shapes see of nodes, and the class tree."""
        for class_, above in self._above.items():
            yield from ((class_, _SUBCLASS, other) for other in above)
        for node in nodes:
            yield from self._stated_types(node)
            for triple in (*self._forwards.get(node, ()), *self._backwards.get(node, ())):
                yield triple
                yield from self._stated_types(triple[0])
                yield from self._stated_types(triple[2])

    def _stated_types(self, node: str) -> Iterator[Triple]:
        return ((node, _TYPE, class_) for class_ in self.classes.get(node, ()))
