"""Findings: what the quality questions turn up; both values are kept, none is corrected.

Each ``queries/quality/*.rq`` names its severity and its message in the header. Its columns:
``?focus`` the record a finding is about; ``?stated`` and ``?computed`` the values; every column
whose name begins with ``record`` names a record whose evidence belongs to the finding; any
column may be used in the message.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import RDF

from graph.cells import literal
from graph.diagnostics import SEVERITIES
from graph.evidence import Evidence, read_evidence, sort_evidence
from graph.namespaces import ID, PREFIXES, TH, slug
from graph.questions import Question, read_questions
from graph.store import Triple, select

_ORDER: dict[str, int] = {severity: number for number, severity in enumerate(SEVERITIES)}


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction, omission or doubt: what is stated, what is computed, and the records."""

    id: str
    kind: str
    severity: str
    messages: Mapping[str, str]
    focus: str
    stated: str = ""
    computed: str = ""
    records: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def find_findings(
    dataset: Dataset, evidence: Mapping[str, list[Evidence]] | None = None
) -> list[Finding]:
    """Return the findings of all quality questions, the severe ones first.

    ``evidence`` saves reading it again where the caller has it.
    """
    evidence = read_evidence(dataset) if evidence is None else evidence
    names = _Names(dataset)
    # The store answers without holding Python, so two questions are answered at a time.
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(
            lambda question: list(_ask(dataset, question, evidence, names)),
            read_questions("quality").values(),
        )
        found = [finding for answer in answers for finding in answer]
    return sorted(found, key=lambda f: (_ORDER[f.severity], f.kind, f.messages["ko"], f.id))


class _Names:
    """The labels of records by language, for the messages."""

    def __init__(self, dataset: Dataset) -> None:
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        query = "SELECT ?s ?label WHERE { ?s rdfs:label|skos:prefLabel ?label }"
        for iri, label in select(dataset, query):
            self.labels[str(iri)][label.language or ""] = str(label)

    def show(self, value: Any, language: str) -> str:
        if value is None:
            return ""
        if isinstance(value, URIRef):
            known = self.labels.get(str(value), {})
            return known.get(language) or known.get("ko") or slug(value)
        return format_number(value) if isinstance(value, Literal) else str(value)


def format_number(value: Literal) -> str:
    """Return a number with thousands separators, or other text as it is.

    >>> format_number(Literal(20792000000))
    '20,792,000,000'
    """
    number = value.toPython()
    if isinstance(number, bool) or not hasattr(number, "as_integer_ratio"):
        return str(value)
    return f"{number:,f}".rstrip("0").rstrip(".") if number % 1 else f"{int(number):,}"


def _ask(
    dataset: Dataset, question: Question, evidence: Mapping[str, list[Evidence]], names: _Names
) -> Iterable[Finding]:
    severity = question.severity
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    result = dataset.query(question.text, initNs=PREFIXES)
    variables = [str(v) for v in result.vars or []]
    parts = [v for v in variables if v.startswith("recordPart")]
    for row in result:
        cells: dict[str, Any] = dict(zip(variables, tuple(row), strict=True))  # type: ignore[arg-type]
        key = tuple(str(cells[v]) for v in variables if v not in parts)
        groups[key].append(cells)
    for key, rows in groups.items():
        first = rows[0]
        columns = [v for v in variables if v == "focus" or v.startswith("record")]
        records = {str(row[v]) for row in rows for v in columns if row[v] is not None}
        messages = {
            language: template.format_map(_Shown(first, names, language))
            for language, template in question.message.items()
        }
        digest = hashlib.sha256("|".join((question.name, *key)).encode()).hexdigest()
        yield Finding(
            id=f"finding-{digest[:12]}",
            kind=question.name,
            severity=severity,
            messages=messages,
            focus=str(first["focus"]),
            stated=names.show(first.get("stated"), "ko"),
            computed=names.show(first.get("computed"), "ko"),
            records=tuple(sorted(records)),
            evidence=tuple(sort_evidence(e for r in records for e in evidence.get(r, ()))),
        )


class _Shown(dict[str, Any]):
    """Fills a message: values are shown as people read them."""

    def __init__(self, cells: Mapping[str, Any], names: _Names, language: str) -> None:
        super().__init__({key: names.show(value, language) for key, value in cells.items()})


def encode_findings(findings: Iterable[Finding]) -> list[Triple]:
    """Return findings as triples of their graph."""
    triples: list[Triple] = []
    for finding in findings:
        subject = f"<{ID[finding.id]}>"
        pairs = [
            (str(RDF.type), f"<{TH.Finding}>"),
            (str(TH.findingKind), literal(finding.kind)),
            (str(TH.severity), literal(finding.severity)),
            (str(TH.about), f"<{finding.focus}>"),
            *((str(TH.message), literal(t, language=lang)) for lang, t in finding.messages.items()),
            *((str(TH.involves), f"<{record}>") for record in finding.records),
        ]
        if finding.stated:
            pairs.append((str(TH.statedValue), literal(finding.stated)))
        if finding.computed:
            pairs.append((str(TH.computedValue), literal(finding.computed)))
        triples += [(subject, f"<{p}>", o) for p, o in pairs]
    return triples


_STORED = """
SELECT ?finding ?kind ?severity ?message ?about ?record ?stated ?computed WHERE {
  GRAPH g:findings {
    ?finding a th:Finding ; th:findingKind ?kind ; th:severity ?severity ;
             th:message ?message ; th:about ?about ; th:involves ?record .
    OPTIONAL { ?finding th:statedValue ?stated }
    OPTIONAL { ?finding th:computedValue ?computed }
  }
}
"""


def read_findings(dataset: Dataset) -> list[Finding]:
    """Return the findings that a store holds, the severe ones first."""
    evidence = read_evidence(dataset)
    rows: dict[str, dict[str, Any]] = {}
    for row in select(dataset, _STORED):
        iri, kind, severity, message, about, record, stated, computed = row
        known = rows.setdefault(
            slug(iri),
            {
                "kind": str(kind),
                "severity": str(severity),
                "messages": {},
                "focus": str(about),
                "stated": str(stated or ""),
                "computed": str(computed or ""),
                "records": set(),
            },
        )
        known["messages"][message.language] = str(message)
        known["records"].add(str(record))
    found = [_stored(iri, row, evidence) for iri, row in rows.items()]
    return sorted(found, key=lambda f: (_ORDER[f.severity], f.kind, f.messages["ko"], f.id))


def _stored(iri: str, row: dict[str, Any], evidence: Mapping[str, list[Evidence]]) -> Finding:
    records = tuple(sorted(row.pop("records")))
    supporting = tuple(sort_evidence(e for r in records for e in evidence.get(r, ())))
    return Finding(id=iri, records=records, evidence=supporting, **row)
