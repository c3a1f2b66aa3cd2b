"""What an office has decided about a partner: no agreement is needed, or one is prepared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rdflib import Dataset

from graph.dates import sort_key
from graph.namespaces import slug
from graph.store import select

DecisionKind = Literal["not-needed", "in-preparation", ""]

_QUERY = """
SELECT DISTINCT ?record ?host ?partner ?kind ?reason ?department ?due ?decided WHERE {
  ?record a th:Decision ; th:decidedBy ?host ; th:concerns ?partner .
  OPTIONAL { ?record th:decision ?kind }
  OPTIONAL { ?record th:reason ?reason }
  OPTIONAL { ?record th:department ?department }
  OPTIONAL { ?record th:due ?due }
  OPTIONAL { ?record th:decided ?decided }
}
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a host has decided about a partner, who sees to it and by when.

    ``kind`` is empty where only a department or a date was noted; ``department`` is an IRI; dates
    are as precise as stated. A decision is about the work ahead: it counts whatever date a list
    is drawn up for.
    """

    iri: str
    host: str
    partner: str
    kind: DecisionKind = ""
    reason: str = ""
    department: str = ""
    due: str = ""
    decided: str = ""

    @property
    def waives(self) -> bool:
        """Whether it says that no agreement is needed."""
        return self.kind == "not-needed"


def read_decisions(dataset: Dataset) -> dict[tuple[str, str], Decision]:
    """Return the decision of each host about each partner, by their IRIs.

    Of several the one decided last stands; one without a date comes before all that have one.
    """
    found: dict[tuple[str, str], Decision] = {}
    for row in sorted(select(dataset, _QUERY), key=lambda row: str(row[0])):
        iri, host, partner, kind, *rest = row
        reason, department, due, decided = ("" if v is None else str(v) for v in rest)
        new = Decision(
            str(iri), str(host), str(partner), _kind(kind), reason, department, due, decided
        )
        known = found.setdefault((new.host, new.partner), new)
        if sort_key(known.decided) < sort_key(decided):
            found[new.host, new.partner] = new
    return dict(sorted(found.items()))


def _kind(term: object) -> DecisionKind:
    name = slug(str(term)) if term is not None else ""
    if name == "not-needed":
        return "not-needed"
    return "in-preparation" if name == "in-preparation" else ""
