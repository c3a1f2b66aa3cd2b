"""Reasons: why a triple of a store holds, without what only the ontology says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Dataset

from graph.diagnostics import Diagnostic, InputError
from graph.evidence import Evidence
from graph.namespaces import EVIDENCE_GRAPH, FINDINGS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH
from graph.proof import Proof, explain_all
from graph.record import Location
from graph.store import Triple, encode_ntriples, read_triples

_NOT_REASONED_OVER = frozenset(map(str, (EVIDENCE_GRAPH, INFERRED_GRAPH, FINDINGS_GRAPH)))


@dataclass(frozen=True, slots=True)
class Reason:
    """A triple and what it rests on: the W3C name of the rule, and the reasons of its premises.

    ``rule`` is empty where the triple was stated; then ``evidence`` is that of its subject.
    """

    statement: Triple
    rule: str = ""
    because: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def facts(self) -> Iterator[Reason]:
        """Yield the stated triples that it rests on, each once, in the order of reading."""
        seen: dict[Triple, Reason] = {}
        waiting = [self]
        while waiting:
            reason = waiting.pop()
            waiting.extend(reversed(reason.because))
            if not reason.rule:
                seen.setdefault(reason.statement, reason)
        yield from seen.values()


def find_reasons(
    dataset: Dataset, triples: Iterable[Triple], evidence: Mapping[str, list[Evidence]]
) -> list[Reason]:
    """Return the reasons of triples in their order; the reasoner runs once.

    Raises:
        InputError: the store holds a conclusion that its own premises do not give.
    """
    wanted = list(triples)
    if not wanted:
        return []
    premises = read_triples(dataset, without=_NOT_REASONED_OVER)
    apart = _NOT_REASONED_OVER | {str(ONTOLOGY_GRAPH)}
    stated = read_triples(dataset, without=apart)
    try:
        proofs = explain_all(encode_ntriples(sorted(premises)), wanted)
    except LookupError as error:
        raise InputError([Diagnostic("stale_store", Location(""))]) from error
    return [_read_proof(proof, premises - stated, evidence) for proof in proofs]


def _read_proof(
    proof: Proof, ontology: set[Triple], evidence: Mapping[str, list[Evidence]]
) -> Reason:
    """Return a proof without the branches that rest on the ontology alone."""
    statement = proof.conclusion
    assert isinstance(statement, tuple)
    if proof.rule is None:
        subject = statement[0].strip("<>")
        return Reason(statement, evidence=tuple(evidence.get(subject, ())))
    below = (
        _read_proof(premise, ontology, evidence)
        for premise in proof.premises
        if not set(premise.assertions()) <= ontology
    )
    return Reason(statement, proof.rule, tuple(below))
