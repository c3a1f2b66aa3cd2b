"""rdflib's own store and evaluator, the second engine that questions are asked on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from rdflib import Dataset
from rdflib.plugins.sparql import prepareQuery
from rdflib.query import Result


@cache
def _prepare(text: str, prefixes: frozenset[tuple[str, str]]) -> Any:
    return prepareQuery(text, initNs=dict(prefixes))


class PlainDataset(Dataset):
    """A dataset in rdflib's memory that parses a text once: this takes longer than to answer it."""

    def __init__(self) -> None:
        super().__init__(default_union=True)

    def query(  # type: ignore[override]
        self, query_object: str, *, initNs: Mapping[str, Any] | None = None, **options: Any
    ) -> Result:
        prefixes = frozenset((name, str(iri)) for name, iri in (initNs or {}).items())
        return super().query(_prepare(query_object, prefixes), **options)
