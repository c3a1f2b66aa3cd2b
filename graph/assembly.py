"""From records to the graphs of an ecosystem: mapping, linking, reasoning, validation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graph.agreement_terms import derive_terms
from graph.collector import pause_collector
from graph.diagnostics import Diagnostic
from graph.linking import Identity, Linked, link_drafts
from graph.mapping import map_records
from graph.model import encode_model
from graph.namespaces import EVIDENCE_GRAPH, ID, INFERRED_GRAPH, ONTOLOGY_GRAPH, slug
from graph.record import Location, Record
from graph.schema import Schema
from graph.shapes import read_schema
from graph.store import Triple, encode_ntriples

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Assembly:
    """The graphs by name, and everything that is wrong with the records."""

    graphs: dict[str, set[Triple]]
    diagnostics: list[Diagnostic]

    @property
    def violations(self) -> list[Diagnostic]:
        """The diagnostics that forbid a build."""
        return [d for d in self.diagnostics if d.severity == "violation"]


@pause_collector()
def assemble(
    records: Iterable[Record],
    identity: Identity | None = None,
    *,
    namespace: str = str(ID),
    folder: Path | None = None,
    progress: Progress = lambda step: None,
) -> Assembly:
    """Return the graphs of records: one per source, evidence, ontology, and what follows.

    ``folder`` names other Turtle files than the shipped ones. Every fault is kept, none raised.
    """
    schema = read_schema(folder)
    progress("mapping")
    mapped = map_records(records, schema, namespace)
    progress("linking")
    linked = link_drafts(mapped.drafts, identity, namespace)
    diagnostics = mapped.diagnostics + linked.diagnostics
    del mapped  # The drafts take as much memory as the graphs.
    progress("validation")
    diagnostics += _validate(linked, schema, folder, diagnostics)
    graphs = {**linked.graphs, str(ONTOLOGY_GRAPH): set(encode_model(folder))}
    if not any(d.severity == "violation" for d in diagnostics):
        progress("reasoning")
        diagnostics += _reason(graphs)
    return Assembly(graphs, diagnostics)


def _validate(
    linked: Linked, schema: Schema, folder: Path | None, known: list[Diagnostic]
) -> list[Diagnostic]:
    """Return what SHACL finds beyond the cells that are known to be wrong."""
    from graph.validation import read_report, validate

    triples = chain.from_iterable(linked.graphs.values())
    report = validate(triples, folder, mapped=True)
    found = read_report(report, linked.locations, schema)
    told = {(d.location, d.column.get("en")) for d in known}
    told |= {(d.location, None) for d in known}  # a wrong cell may break a rule about its row
    return [d for d in found if (d.location, d.column.get("en")) not in told]


def _reason(graphs: dict[str, set[Triple]]) -> list[Diagnostic]:
    """Add the graph of inferred triples; evidence is never reasoned over."""
    from graph.reasoning import conclude

    found = conclude(chain.from_iterable(premises(graphs)))
    graphs[str(INFERRED_GRAPH)] = found.triples
    graphs[str(INFERRED_GRAPH)] |= derive_terms(graphs)
    return [
        Diagnostic(
            "inconsistent",
            Location(""),
            arguments={
                "rule": clash.rule,
                "terms": ", ".join(slug(term.strip("<>")) for term in clash.terms),
            },
        )
        for clash in found.clashes
    ]


def premises(graphs: dict[str, set[Triple]]) -> list[set[Triple]]:
    """Return the graphs that are reasoned over: the ontology and all sources."""
    apart = {str(EVIDENCE_GRAPH), str(INFERRED_GRAPH)}
    return [triples for name, triples in graphs.items() if name not in apart]


def premise_ntriples(graphs: dict[str, set[Triple]]) -> bytes:
    """Return what is reasoned over, sorted, as N-Triples."""
    return encode_ntriples(sorted(set[Triple]().union(*premises(graphs))))
