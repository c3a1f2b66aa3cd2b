"""The evidence of records: document, lines, quote and basis of everything that is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rdflib import Dataset

from graph.namespaces import slug
from graph.store import select

_QUERY = """
SELECT ?record ?document ?lines ?locator ?quote ?basis ?remark WHERE {
  GRAPH g:evidence {
    ?evidence th:supports ?record ; th:inDocument ?document ; th:basis ?basis .
    OPTIONAL { ?evidence th:lines ?lines }
    OPTIONAL { ?evidence th:locator ?locator }
    OPTIONAL { ?evidence th:quote ?quote }
    OPTIONAL { ?evidence th:remark ?remark }
  }
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a record stands in a document, and whether it is stated, inferred or ambiguous."""

    document: str
    lines: str
    locator: str
    quote: str
    basis: str
    remark: str = ""

    @property
    def place(self) -> str:
        """Document and lines, or the number in a registry, as people cite it.

        >>> Evidence("plan", "72-73", "", "", "stated").place
        'plan:72-73'
        """
        return f"{self.document}:{self.lines or self.locator}"

    def to_json(self) -> dict[str, str]:
        """Return the evidence as JSON; empty fields are left out."""
        return {key: value for key, value in asdict(self).items() if value}


def read_evidence(dataset: Dataset) -> dict[str, list[Evidence]]:
    """Return the evidence of every record by IRI, in the order of documents and lines."""
    found: dict[str, set[Evidence]] = defaultdict(set)
    for row in select(dataset, _QUERY):
        record, document, *rest = row
        lines, locator, quote, basis, remark = ("" if v is None else str(v) for v in rest)
        item = Evidence(slug(document), lines, locator, quote, slug(basis), remark)
        found[str(record)].add(item)
    return {record: sort_evidence(items) for record, items in found.items()}


def sort_evidence(items: Iterable[Evidence]) -> list[Evidence]:
    """Return evidence by document and first line."""
    return sorted(set(items), key=lambda e: (e.document, _first_line(e.lines), e))


def _first_line(lines: str) -> int:
    digits = lines.split(",")[0].split("-")[0]
    return int(digits) if digits.isdecimal() else 0
