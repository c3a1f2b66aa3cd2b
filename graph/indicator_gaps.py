"""Gaps of indicators: missed and unchanged targets, targets without a result, empty formulas.

More is taken to be better, as in the quality questions that find the missed and the unchanged
targets; of an indicator that should fall they say the wrong thing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from rdflib import Dataset

from graph.dates import parse_lexical
from graph.evidence import Evidence
from graph.gap_reasons import GapReason, Name, Value, assign_ranks
from graph.gaps import Holdings, read_holdings
from graph.involvement import gather_evidence, is_before_all
from graph.names import match_key
from graph.namespaces import slug
from graph.questions import find_question
from graph.sparql import ask
from graph.store import select

IndicatorGapKind = Literal["target_missed", "no_result", "target_unchanged", "not_computable"]
_ORDER: tuple[IndicatorGapKind, ...] = (
    "target_missed",
    "no_result",
    "target_unchanged",
    "not_computable",
)
_QUESTIONS: tuple[tuple[IndicatorGapKind, str], ...] = (
    ("target_missed", "indicator_target_missed"),
    ("target_unchanged", "indicator_target_unchanged"),
)
_INDICATORS = """
SELECT DISTINCT ?indicator ?initiative ?label ?unit ?formula WHERE {
  ?indicator a th:Indicator ; rdfs:label ?label .
  OPTIONAL { ?indicator th:ofInitiative ?initiative }
  OPTIONAL { ?indicator th:unitText ?unit }
  OPTIONAL { ?indicator th:formula ?formula }
} ORDER BY ?indicator ?label
"""
_VALUES = """
SELECT DISTINCT ?item ?indicator ?kind ?year ?detail ?value WHERE {
  ?item th:ofIndicator ?indicator ; th:valueKind ?kind ; th:value ?value .
  OPTIONAL { ?item th:year ?year }
  OPTIONAL { ?item th:detail ?detail }
} ORDER BY ?item
"""
_OUTPUTS = """
SELECT DISTINCT ?output ?label WHERE { ?output a th:Output ; rdfs:label ?label ; th:value ?value }
"""


@dataclass(slots=True)
class Indicator:
    """An indicator with its names, and unit and formula as printed."""

    iri: str
    initiative: str = ""
    unit: str = ""
    formula: str = ""
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndicatorGap:
    """An indicator with what is wrong with a target of a year, or with its formula."""

    kind: IndicatorGapKind
    indicator: Indicator
    reasons: tuple[GapReason, ...]
    year: str = ""
    detail: str = ""
    target: Decimal | None = None
    result: Decimal | None = None
    certain: bool = True
    rank: int = 0
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)

    @property
    def shortfall(self) -> Decimal:
        """What is missing, as a share of the target; 0 where no result is stated."""
        if not self.target or self.result is None:
            return Decimal()
        return (self.target - self.result) / self.target


def find_indicator_gaps(
    dataset: Dataset, on: date, holdings: Holdings | None = None
) -> list[IndicatorGap]:
    """Return the gaps of indicators by a date; ``holdings`` saves reading them again.

    *target_missed* and *target_unchanged* are what the quality questions of these names find, of
    years that have begun. *no_result*: the year of a target is over, and no result of it is
    stated; that does not mean that it was missed. *not_computable*: a rate without a formula, or
    a formula that divides or multiplies what no output and no indicator states. What is printed
    in words is no such formula and is not judged.

    Ordered by kind as above; then by the share of the target that is missing; then by year.
    """
    holdings = holdings or read_holdings(dataset)
    if is_before_all(holdings, on):
        return []
    indicators = read_indicators(dataset)
    values = [tuple(row) for row in select(dataset, _VALUES)]
    found = [
        *_asked(dataset, holdings, indicators, on),
        *_without_result(holdings, indicators, values, on),
        *_not_computable(holdings, indicators, _known_names(dataset, indicators, values)),
    ]
    return assign_ranks(
        found,
        lambda gap: (_ORDER.index(gap.kind), not gap.certain, -gap.shortfall, gap.year),
        lambda gap: f"{gap.indicator.iri} {gap.detail} {gap.target}",
    )


def read_indicators(dataset: Dataset) -> dict[str, Indicator]:
    """Return all indicators by IRI."""
    found: dict[str, Indicator] = {}
    for iri, initiative, label, unit, formula in select(dataset, _INDICATORS):
        known = found.setdefault(str(iri), Indicator(str(iri)))
        known.initiative, known.unit, known.formula = (
            "" if v is None else str(v) for v in (initiative, unit, formula)
        )
        known.labels[label.language or "ko"] = str(label)
    return found


def _asked(
    dataset: Dataset, holdings: Holdings, indicators: dict[str, Indicator], on: date
) -> Iterator[IndicatorGap]:
    for kind, name in _QUESTIONS:
        result = ask(dataset, find_question(name))
        columns = [str(variable) for variable in result.vars or []]
        for row in result:
            cells: dict[str, Any] = dict(zip(columns, tuple(row), strict=True))  # type: ignore[arg-type]
            year, indicator = str(cells["year"]), indicators[str(cells["indicator"])]
            if parse_lexical(year).earliest > on:
                continue
            target, other = (Decimal(str(cells[name])) for name in ("stated", "computed"))
            values: dict[str, Value] = {
                "year": year,
                "target": target,
                "result": other,
                "unit": _after_number(indicator.unit),
            }
            records = {str(cells["focus"]), str(cells["recordResult"])}
            yield IndicatorGap(
                kind=kind,
                indicator=indicator,
                reasons=(GapReason(kind, values),),
                year=year,
                target=target,
                result=other if kind == "target_missed" else None,
                evidence=gather_evidence(holdings, records),
            )


def _without_result(
    holdings: Holdings,
    indicators: dict[str, Indicator],
    rows: Iterable[tuple[Any, ...]],
    on: date,
) -> Iterator[IndicatorGap]:
    targets: list[tuple[str, tuple[str, str, str], Decimal]] = []
    results: set[tuple[str, str, str]] = set()
    for item, indicator, kind, year, detail, value in rows:
        key = (str(indicator), str(year or ""), str(detail or ""))
        if slug(kind) == "target-value":
            targets.append((str(item), key, Decimal(str(value))))
        elif slug(kind) == "actual":
            results.add(key)
    for item, key, target in targets:
        iri, year, detail = key
        if key in results or (year and parse_lexical(year).latest > on):
            continue
        known = indicators[iri]
        values: dict[str, Value] = {
            "year": year,
            "target": target,
            "unit": _after_number(known.unit),
        }
        yield IndicatorGap(
            kind="no_result",
            indicator=known,
            reasons=(GapReason("no_result" if year else "no_result_undated", values),),
            year=year,
            detail=detail,
            target=target,
            certain=bool(year),
            evidence=gather_evidence(holdings, [item]),
        )


def _after_number(unit: str) -> Name:
    """Return a unit as it stands after a number."""
    return {"ko": unit, "en": f" {unit}" if unit else ""}


def _not_computable(
    holdings: Holdings, indicators: dict[str, Indicator], known: set[str]
) -> Iterator[IndicatorGap]:
    for indicator in indicators.values():
        missing = [name for name in find_operands(indicator.formula) if not _is_known(name, known)]
        values: dict[str, Value] = {"unit": indicator.unit, "formula": indicator.formula}
        if missing:
            values["operands"] = tuple({"ko": name} for name in missing)
            reason = GapReason("formula_without_values", values)
        elif indicator.unit == "%" and not indicator.formula:
            reason = GapReason("formula_missing", values)
        else:
            continue
        evidence = gather_evidence(holdings, [indicator.iri])
        yield IndicatorGap("not_computable", indicator, (reason,), evidence=evidence)


def find_operands(formula: str) -> list[str]:
    """Return the quantities that a printed formula computes with; none where it is in words.

    A bracket after a name is a remark, and a sign of per cent is left out.

    >>> find_operands("(성공과제수/지원과제수)*100"), find_operands("교육생 수(참석서명)")
    (['성공과제수', '지원과제수'], [])
    """
    plain = re.sub(r"(?<=\w)\s*\([^()]*\)", "", formula)
    if not re.search(r"[*/×÷+]| [-−] ", plain):
        return []
    parts = (part.strip(" %") for part in re.split(r"[*/×÷+()]| [-−] ", plain))
    return list(dict.fromkeys(p for p in parts if p and not re.fullmatch(r"[\d.,]+", p)))


def _known_names(
    dataset: Dataset, indicators: dict[str, Indicator], rows: Iterable[tuple[Any, ...]]
) -> set[str]:
    """Return the names of outputs with a value, and of indicators with a result."""
    names = [str(label) for _, label in select(dataset, _OUTPUTS)]
    kinds: dict[str, set[str]] = defaultdict(set)
    for _, indicator, kind, *_ in rows:
        kinds[str(indicator)].add(slug(kind))
    for iri, found in kinds.items():
        if "actual" in found:
            names += indicators[iri].labels.values()
    return {match_key(name) for name in names}


def _is_known(name: str, known: set[str]) -> bool:
    """Whether a quantity is stated; what is counted may be called a number (수)."""
    return bool({match_key(name), match_key(name + "수")} & known)
