"""Our side: tables → graphs → validated, reasoned, stored. A process of its own, to be measured.

``build`` is what is measured. ``examine`` writes what the other side starts from, N-Triples of
sources with ontology and of the evidence, and our answers; it goes on where a build would stop.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from pathlib import Path

from benchmarks.answers import COUNTS, describe_report
from benchmarks.costs import Costs
from graph.assembly import assemble, premise_ntriples
from graph.collector import pause_collector
from graph.diagnostics import InputError
from graph.linking import link_drafts
from graph.mapping import map_records
from graph.model import encode_model
from graph.namespaces import EVIDENCE_GRAPH, ONTOLOGY_GRAPH
from graph.reasoning import materialise
from graph.shapes import read_schema
from graph.store import create_store, encode_ntriples, flush, load_graphs, open_store, select
from graph.validation import validate
from loaders.ecosystem import load_ecosystem


@pause_collector()
def build(folder: Path, out: Path) -> None:
    """Build the store of an ecosystem and tell what each stage cost.

    Raises:
        InputError: the ecosystem has a fault.
    """
    costs = Costs()
    costs.begin("loading")
    ecosystem = load_ecosystem(folder, read_schema())
    assembly = assemble(ecosystem.records, ecosystem.identity, progress=costs.begin)
    if faults := ecosystem.faults + assembly.diagnostics:
        raise InputError(faults)
    costs.begin("store")
    shutil.rmtree(out / "store", ignore_errors=True)
    dataset = create_store(out / "store")
    load_graphs(dataset, dict(assembly.graphs))
    flush(dataset)
    costs.end()


def examine(folder: Path, out: Path) -> None:
    """Write the graphs and our answers about them; every fault is told, nothing is refused."""
    ecosystem = load_ecosystem(folder, read_schema())
    linked = link_drafts(map_records(ecosystem.records, read_schema()).drafts, ecosystem.identity)
    graphs = linked.graphs | {str(ONTOLOGY_GRAPH): set(encode_model())}
    premise, evidence = premise_ntriples(graphs), encode_ntriples(graphs[str(EVIDENCE_GRAPH)])
    closure = materialise(premise)
    for name, data in (("premise", premise), ("ours", closure.ntriples), ("evidence", evidence)):
        text = re.sub(rb"_:(c14n\d+)", rb"<urn:blank:\1>", data)
        (out / f"{name}.nt").write_bytes(text)
    report = validate(set[tuple[str, str, str]]().union(*linked.graphs.values()))
    clashes = sorted({term for clash in closure.clashes for term in clash.terms[:1]})
    answers = {"report": describe_report(report), "clashes": clashes, "counts": _count(out)}
    (out / "ours.json").write_text(json.dumps(answers), encoding="utf-8")


def _count(out: Path) -> list[list[str]]:
    if not (out / "store").is_dir():
        return []
    dataset = open_store(str(out / "store"))
    found = (select(dataset, query) for query in COUNTS)
    return [sorted(str([str(term) for term in row]) for row in rows) for rows in found]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("build", "examine"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    (build if chosen.command == "build" else examine)(chosen.folder, chosen.out)
