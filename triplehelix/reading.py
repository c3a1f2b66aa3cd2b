"""A store opened for reading, and the date that is told for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rdflib import Dataset

from graph.gaps import Holdings, read_holdings
from graph.store import open_store
from triplehelix.edition import Edition, read_edition


@dataclass(frozen=True, slots=True)
class Reading:
    """A store, what it says about itself, and the date: as asked, else the edition's or today."""

    dataset: Dataset
    edition: Edition
    on: date

    def holdings(self) -> Holdings:
        """Return organisations, undertakings, agreements, ties and evidence."""
        return read_holdings(self.dataset)


def open_reading(store: str, on: date | None = None) -> Reading:
    """Return a store opened for reading.

    Raises:
        InputError: there is no store at the location.
    """
    dataset = open_store(store)
    edition = read_edition(dataset)
    return Reading(dataset, edition, on or edition.on or date.today())
