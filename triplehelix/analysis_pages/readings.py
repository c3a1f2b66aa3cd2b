"""What the pages need from the store beside the report, read before the store is closed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rdflib import Dataset

from graph.indicator_gaps import Indicator, IndicatorGap, find_indicator_gaps, read_indicators
from graph.money_gaps import MoneyGap, find_money_gaps
from graph.namespaces import slug
from graph.store import select
from triplehelix.report import Report

_VALUES = """
SELECT DISTINCT ?item ?indicator ?kind ?year ?value ?printed ?detail WHERE {
  ?item th:ofIndicator ?indicator ; th:valueKind ?kind .
  OPTIONAL { ?item th:year ?year }
  OPTIONAL { ?item th:value ?value }
  OPTIONAL { ?item th:printed ?printed }
  OPTIONAL { ?item th:detail ?detail }
} ORDER BY ?item
"""


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """A baseline, target or result of an indicator: as a number, and as printed."""

    iri: str
    indicator: str
    kind: str
    year: str
    value: Decimal | None
    printed: str
    detail: str

    @property
    def shown(self) -> str:
        """The value as printed; a blank stays a blank."""
        return self.printed or ("" if self.value is None else f"{self.value:,f}")


@dataclass(frozen=True, slots=True)
class Readings:
    """The gaps that are found by asking the store, and the indicators with their values."""

    money_gaps: list[MoneyGap]
    indicator_gaps: list[IndicatorGap]
    indicators: dict[str, Indicator]
    values: list[IndicatorValue]


def read_readings(dataset: Dataset, report: Report) -> Readings:
    """Return plain values, so that the pages can be written after the store is closed."""
    return Readings(
        find_money_gaps(dataset, report.on, report.holdings),
        find_indicator_gaps(dataset, report.on, report.holdings),
        read_indicators(dataset),
        [_value(row) for row in select(dataset, _VALUES)],
    )


def _value(row: tuple[Any, ...]) -> IndicatorValue:
    item, indicator, kind, year, value, printed, detail = row
    return IndicatorValue(
        str(item),
        str(indicator),
        slug(kind),
        str(year or ""),
        None if value is None else Decimal(str(value)),
        str(printed or ""),
        str(detail or ""),
    )
