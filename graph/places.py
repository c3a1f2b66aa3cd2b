"""Places in a store: their administrative codes."""

from __future__ import annotations

from rdflib import Dataset

from graph.store import select

_QUERY = """
SELECT DISTINCT ?place ?code WHERE { ?place a th:Place . OPTIONAL { ?place th:code ?code } }
"""


def read_places(dataset: Dataset) -> dict[str, str]:
    """Return all places by IRI, sorted, with their codes (행정코드); nothing where none is stated.

    A legal-dong code has ten digits: two of the 시도, three of the 시군구, five of the 읍면동·리.
    """
    found = {str(place): str(code or "") for place, code in select(dataset, _QUERY)}
    return dict(sorted(found.items()))
