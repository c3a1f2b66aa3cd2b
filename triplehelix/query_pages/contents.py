"""What the pages that ask name of a store: the things in it and the terms in use."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Dataset

from triplehelix.query_pages.entries import Entry, read_entries
from triplehelix.query_pages.vocabulary import Term, read_terms
from triplehelix.report import Report


@dataclass(frozen=True, slots=True)
class Contents:
    """What a question can be about, by type of parameter, and what an editor completes."""

    entries: dict[str, list[Entry]]
    terms: dict[str, list[Term]]


def read_contents(dataset: Dataset, report: Report) -> Contents:
    """Return plain values, so that the pages can be written after the store is closed."""
    return Contents(read_entries(dataset, report), read_terms(dataset, report))
