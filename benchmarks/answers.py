"""What both sides must agree on: the closure, the results of validation, counts by SPARQL."""

from __future__ import annotations

from pathlib import Path

from rdflib import BNode, Graph
from rdflib.namespace import RDF, SH, XSD

from graph.store import Triple, decode_ntriples

OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
TYPE = f"<{RDF.type}>"
REFLEXIVE = {f"<{OWL}{name}>" for name in ("sameAs", "equivalentClass", "equivalentProperty")}
REFLEXIVE |= {f"<{RDFS}{name}>" for name in ("subClassOf", "subPropertyOf")}
TO_THING = {TYPE, *(f"<{RDFS}{name}>" for name in ("subClassOf", "domain", "range"))}
KINDS = {f"<{RDFS}Datatype>", f"<{OWL}AnnotationProperty>", f"<{OWL}Class>"}

COUNTS = (
    "SELECT (COUNT(*) AS ?n) WHERE { ?one th:collaboratesWith ?other }",
    "SELECT ?sector (COUNT(DISTINCT ?who) AS ?n) WHERE { ?who th:sector ?sector } GROUP BY ?sector",
    "SELECT ?who (COUNT(DISTINCT ?what) AS ?n) WHERE { ?who th:partyTo ?what } GROUP BY ?who",
    """SELECT ?source (COUNT(?item) AS ?n)
       WHERE { ?item th:fundingSource ?source ; th:ofInitiative/th:hostedBy ?host . ?item th:amount
       ?amount FILTER(?amount > 1000000000) } GROUP BY ?source""",
)
"""Questions over asserted and inferred triples together."""


def is_trivial(triple: Triple) -> bool:
    """Whether owlrl adds a triple that ``graph/owl2rl.rls`` leaves out on purpose.

    That a thing is itself, that everything is a Thing, that Nothing is below everything, what the
    words of RDF, RDFS, OWL and XSD are, and that two datatypes have no value in common. (What owlrl
    says about literals is no RDF and left out by :func:`read_closure`.)
    """
    subject, predicate, object_ = triple
    return (
        (subject == object_ and predicate in REFLEXIVE)
        or (predicate in TO_THING and object_ == f"<{OWL}Thing>")
        or (predicate == f"<{RDFS}subClassOf>" and subject == f"<{OWL}Nothing>")
        or (subject.startswith("<http://www.w3.org/") and object_ in KINDS)
        or (subject.startswith(f"<{XSD}") and object_.startswith(f"<{XSD}"))
    )


def read_closure(folder: Path, side: str) -> set[Triple]:
    """Return what a closure adds to what was given; lines about literals are no N-Triples."""
    lines = (folder / f"{side}.nt").read_bytes().splitlines(keepends=True)
    found = set(decode_ntriples(b"".join(line for line in lines if line.startswith(b"<"))))
    for given in ("premise", "evidence"):
        found.difference_update(decode_ntriples((folder / f"{given}.nt").read_bytes()))
    return {triple for triple in found if not is_trivial(triple)}


def describe_report(report: Graph) -> list[list[str]]:
    """Return the results of a SHACL report, sorted: what must not depend on the engine."""
    parts = (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent, SH.value, SH.resultSeverity)
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        values = (report.value(result, part) for part in parts)
        found.append(["_" if isinstance(value, BNode) else str(value or "") for value in values])
    return sorted(found)
