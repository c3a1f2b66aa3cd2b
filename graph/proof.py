"""Why a triple follows: the rules and the asserted triples that an inferred triple rests on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.reasoning import Clash, Run, Triple, read
from graph.rules import Rule


@dataclass(frozen=True, slots=True)
class Proof:
    """One step: the conclusion, the W3C name of the rule, and the proofs of its premises.

    ``rule`` is None, and there are no premises, where the conclusion was asserted.
    """

    conclusion: Triple | Clash
    rule: str | None = None
    premises: tuple["Proof", ...] = ()

    def assertions(self) -> tuple[Triple, ...]:
        """Return the asserted triples at the ends of the proof, each once, in order."""
        return tuple(dict.fromkeys(self._leaves()))

    def _leaves(self) -> Iterator[Triple]:
        waiting = [self]
        while waiting:
            proof = waiting.pop()
            waiting.extend(reversed(proof.premises))
            if proof.rule is None and not isinstance(proof.conclusion, Clash):
                yield proof.conclusion


def explain(ntriples: bytes, conclusion: Triple | Clash) -> Proof:
    """Return one proof of a triple, or of a clash, from a graph as for ``materialise``.

    Raises:
        LookupError: the conclusion neither stands in the graph nor follows from it.

    >>> graph = b'''<http://a/of> <http://www.w3.org/2002/07/owl#inverseOf> <http://a/has> .
    ... <http://a/lab> <http://a/of> <http://a/university> .'''
    >>> proof = explain(graph, ("<http://a/university>", "<http://a/has>", "<http://a/lab>"))
    >>> proof.rule, len(proof.premises), proof.assertions()[1]
    ('prp-inv1', 2, ('<http://a/lab>', '<http://a/of>', '<http://a/university>'))
    """
    return explain_all(ntriples, [conclusion])[0]


def explain_all(ntriples: bytes, conclusions: Iterable[Triple | Clash]) -> list[Proof]:
    """Return the proofs of many conclusions in their order; the graph is reasoned over once.

    Raises:
        LookupError: a conclusion does not follow.
    """
    reader = _TraceReader(Run(read(ntriples)))
    return [reader.proof(conclusion) for conclusion in conclusions]


class _TraceReader:
    """Turns Nemo's traces, which speak of relations and numbers, into proofs about triples."""

    def __init__(self, run: Run) -> None:
        self._run = run
        # A relation that a nameless rule copies into `triple` unchanged stands for that property.
        self._property = {
            rule.body[0].relation: rule.head.terms[1]
            for rule in run.rules
            if rule.name is None and rule.head.relation == "triple" and len(rule.body) == 1
        }

    def proof(self, conclusion: Triple | Clash) -> Proof:
        if isinstance(conclusion, Clash):
            relation = f"clash_{conclusion.rule.replace('-', '_')}"
            trace = self._run.trace(relation, conclusion.terms)
        else:
            trace = self._run.trace("triple", conclusion)
        if trace is None:
            raise LookupError(f"does not follow from the graph: {conclusion}")
        return self._proofs(trace)[0]

    def _proofs(self, trace: dict[str, Any]) -> list[Proof]:
        """The step itself, or what is below it where the rule only prepares for others."""
        nodes = [trace]
        for node in nodes:  # grows: parts come after the whole; recursion would go too deep
            nodes.extend(node.get("subtraces", ()))
        made = dict[int, list[Proof]]()
        for node in reversed(nodes):
            parts = (made.pop(id(part)) for part in node.get("subtraces", ()))
            made[id(node)] = self._step(node, [proof for proofs in parts for proof in proofs])
        return made[id(trace)]

    def _step(self, node: dict[str, Any], below: list[Proof]) -> list[Proof]:
        if "fact" in node:
            return self._assertion(node["fact"])
        rule = self._run.rules[int(node["name"])]
        if rule.name is None:
            return below
        premises = {proof.conclusion: proof for proof in below}
        return [Proof(self._conclusion(rule, node), rule.name, tuple(premises.values()))]

    def _assertion(self, fact: str) -> list[Proof]:
        relation, *numbers = re.findall(r"-?\w+", fact)
        if relation != "input":  # a constant of the rule file, such as zero(0)
            return []
        subject, predicate, object_ = (self._run.term(int(number)) for number in numbers)
        return [Proof((subject, predicate, object_))]

    def _conclusion(self, rule: Rule, trace: dict[str, Any]) -> Triple | Clash:
        values = trace["assignment"]
        terms = [self._run.term(values[t]) if t in values else t for t in rule.head.terms]
        if rule.head.relation.startswith("clash_"):
            return Clash(rule.name or "", tuple(terms))
        if rule.head.relation == "triple":
            return terms[0], terms[1], terms[2]
        return terms[0], self._property[rule.head.relation], terms[1]
