"""The other side: rdflib in memory, pyshacl and owlrl, as anyone would put them together.

It is spared the tables: it starts from our triples as N-Triples. It gets the same shapes, and like
us it validates everything with the ontology, reasons over all but the evidence, and keeps all.
With ``--whole`` it reasons over everything, as one does who keeps one graph.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import owlrl
from owlrl.Namespaces import ERRNS
from pyshacl import validate
from rdflib import Graph

from benchmarks.answers import COUNTS, describe_report
from benchmarks.costs import ROOT, Costs

PREFIXES = {"th": "https://w3id.org/triplehelix/ontology#"}


def main(folder: Path, whole: bool) -> None:
    """Validate and reason, tell what it cost, then write the answers."""
    costs = Costs()
    costs.begin("loading")
    graph = Graph().parse(folder / "premise.nt", format="nt")
    everything = (Graph() + graph).parse(folder / "evidence.nt", format="nt")
    costs.begin("validation")
    shapes = Graph().parse(ROOT / "ontology" / "shapes.ttl")
    _, report, _ = validate(everything, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    costs.begin("reasoning")
    graph = everything if whole else graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    costs.end()
    graph.serialize(folder / "plain.nt", format="nt", encoding="utf-8")
    rows: list[Any] = [graph.query(query, initNs=PREFIXES) for query in COUNTS]
    answers = {
        "report": describe_report(report),
        "clashes": sorted(map(str, graph.objects(None, ERRNS.error))),
        "counts": [sorted(str([str(term) for term in row]) for row in found) for found in rows],
    }
    (folder / "plain.json").write_text(json.dumps(answers), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--whole" in sys.argv)
