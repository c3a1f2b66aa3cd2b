"""Restrictions: which ties a network or a measure is made from, and the words that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from rdflib import URIRef
from rdflib.namespace import SKOS

from graph.dates import DateError, parse_date, parse_lexical
from graph.gaps import Level
from graph.model import labels as model_labels
from graph.model import read_model
from graph.names import match_key
from graph.namespaces import THV, slug

Modality = Literal["actual", "planned", "both"]
Basis = Literal["stated", "inferred", "both"]
Labels = Mapping[str, Mapping[str, str]]
"""Names by IRI and language, as :func:`triplehelix.report.read_labels` gives them."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """Which ties count; by default everything that is actual.

    * ``host``: what this organisation hosts, agreements it is a party to, its own affiliations.
    * ``theme``: what is given the theme or a narrower one (see :class:`Initiative.all_themes`).
    * ``place``: where the undertaking or the organisation lies in the place.
    * ``on``: as of a day. What begins later is out; of agreements and affiliations only those in
      force count. Taking part counts on after its end, as work done together does.
    * ``since``, ``until``: a period in which something went on; a year or a month is an interval.
    * ``sectors``: organisations of these sectors.
    * ``least_rung``: this rung of the ladder of collaboration or a higher one.
    * ``modality``: actual ties, planned ones, or both.
    * ``basis``: ties with a stated source, those with none (inferred or ambiguous), or both.
    * ``level``: the exact unit, or rolled up to the bodies that units belong to.
    * ``events``: whether events, the weaker kind of undertaking, count.

    Raises:
        ValueError: a sector or rung does not exist, or the period is none; the message says so.

    >>> Restriction(least_rung="tenancy", since="2022", until="2023-06").least_rung
    'tenancy'
    >>> Restriction(sectors=("산업",))
    Traceback (most recent call last):
    ValueError: there is no sector '산업'; there are academia, government, industry, \
intermediary, research
    """

    host: str = ""
    theme: str = ""
    place: str = ""
    on: date | None = None
    since: str = ""
    until: str = ""
    sectors: tuple[str, ...] = ()
    least_rung: str = ""
    modality: Modality = "actual"
    basis: Basis = "both"
    level: Level = "unit"
    events: bool = True

    def __post_init__(self) -> None:
        """Check what can be checked without the data."""
        for sector in self.sectors:
            _check("sector", sector)
        if self.least_rung:
            _check("rung", self.least_rung)
        for day in filter(None, (self.since, self.until)):
            _check_date(day)
        if self.since and self.until and _first_day(self.since) > _last_day(self.until):
            raise ValueError(f"the period {self.since} to {self.until} ends before it begins")

    @property
    def first_day(self) -> date | None:
        """The first day of the period."""
        return _first_day(self.since) if self.since else None

    @property
    def last_day(self) -> date | None:
        """The last day of the period."""
        return _last_day(self.until) if self.until else None

    def to_json(self) -> dict[str, Any]:
        """Return what is restricted as JSON; what is left at its default is left out.

        >>> Restriction(on=date(2023, 12, 31), events=False).to_json()
        {'on': '2023-12-31', 'events': False}
        """
        default = Restriction()
        changed = {
            name: value
            for name in self.__slots__
            if (value := getattr(self, name)) != getattr(default, name)
        }
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in changed.items()
        }


def _first_day(lexical: str) -> date:
    return parse_lexical(lexical).earliest


def _last_day(lexical: str) -> date:
    return parse_lexical(lexical).latest


def _check_date(lexical: str) -> None:
    try:
        known = parse_date(lexical).lexical == lexical
    except DateError:
        known = False
    if not known:
        raise ValueError(f"{lexical!r} is no date like 2023, 2023-10 or 2023-10-31")


def _check(scheme: str, name: str) -> None:
    known = vocabulary(scheme)
    if name not in known:
        raise ValueError(f"there is no {scheme} {name!r}; there are {', '.join(sorted(known))}")


@cache
def vocabulary(scheme: str) -> frozenset[str]:
    """Return the local names of the concepts of a scheme of the ontology.

    >>> "contract-or-grant" in vocabulary("rung")
    True
    """
    concepts = read_model().subjects(SKOS.inScheme, THV[f"{scheme}-scheme"])
    return frozenset(slug(str(concept)) for concept in concepts)


def find_concept(scheme: str, name: str) -> str:
    """Return the concept of a scheme that a code or a label in either language names, or nothing.

    >>> find_concept("sector", "산업계"), find_concept("rung", "?")
    ('industry', '')
    """
    key = match_key(name)
    for code in sorted(vocabulary(scheme)):
        names = model_labels(read_model(), URIRef(THV[code])).values()
        if key in {match_key(each) for each in (code, *names)}:
            return code
    return ""


_WORDS: dict[str, dict[str, str]] = {
    "actual": {"ko": "실제 관계만", "en": "actual ties only"},
    "planned": {"ko": "예정된 관계만", "en": "planned ties only"},
    "both": {"ko": "실제와 예정된 관계", "en": "actual and planned ties"},
    "on": {"ko": "{value} 기준", "en": "as of {value}"},
    "since": {"ko": "{value}부터", "en": "from {value}"},
    "until": {"ko": "{value}까지", "en": "until {value}"},
    "host": {"ko": "주관·당사자: {value}", "en": "hosted or signed by {value}"},
    "theme": {"ko": "분야: {value}(하위 분야 포함)", "en": "theme {value} with narrower ones"},
    "place": {"ko": "지역: {value}(하위 지역 포함)", "en": "in {value}"},
    "sectors": {"ko": "부문: {value}", "en": "sectors: {value}"},
    "least_rung": {"ko": "협력 단계: {value} 이상", "en": "rung: {value} or higher"},
    "stated": {"ko": "명시된 근거가 있는 관계만", "en": "only ties with a stated source"},
    "inferred": {
        "ko": "추론되었거나 불명확한 관계만",
        "en": "only ties that are inferred or ambiguous",
    },
    "parent": {
        "ko": "하부조직은 상위 기관으로 합침",
        "en": "units rolled up to their parent bodies",
    },
    "no_events": {"ko": "행사 제외", "en": "without events"},
}


def describe(restriction: Restriction, labels: Labels, language: str) -> str:
    """Return the words that stand beside a result, in Korean or English.

    ``labels`` names host, theme and place; what it does not name stands by its identifier.

    >>> describe(Restriction(until="2023", level="parent"), {}, "en")
    'actual ties only; until 2023; units rolled up to their parent bodies'
    """
    words = [_WORDS[restriction.modality][language]]
    for field, value in _values(restriction, labels, language).items():
        if value:
            words.append(_WORDS[field][language].format(value=value))
    chosen = {
        restriction.basis: restriction.basis != "both",
        "parent": restriction.level == "parent",
        "no_events": not restriction.events,
    }
    words += [_WORDS[name][language] for name, holds in chosen.items() if holds]
    return "; ".join(words)


def _values(restriction: Restriction, labels: Labels, language: str) -> dict[str, str]:
    """Return the restrictions that have a value, as people read it."""
    named = {
        field: name_of(getattr(restriction, field), labels, language)
        for field in ("host", "theme", "place")
    }
    return {
        "on": restriction.on.isoformat() if restriction.on else "",
        "since": restriction.since,
        "until": restriction.until,
        **named,
        "sectors": ", ".join(_concept(sector, language) for sector in restriction.sectors),
        "least_rung": _concept(restriction.least_rung, language),
    }


def name_of(iri: str, labels: Labels, language: str) -> str:
    """Return the name of a record in a language, or in Korean, or its identifier."""
    names = labels.get(iri, {})
    return names.get(language) or names.get("ko") or names.get("en") or slug(iri)


def _concept(name: str, language: str) -> str:
    return model_labels(read_model(), URIRef(THV[name])).get(language, name) if name else ""
