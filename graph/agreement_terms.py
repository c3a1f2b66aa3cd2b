"""When agreements are in force: derived from their dates, renewals, terminations and successors.

An agreement is its own first term; each renewal is a further one. A term begins when it is stated
to begin, or else when it was signed. It ends as stated; one without a stated end ends with the
last renewal. A termination, or an agreement that replaces this one, cuts it short. Partial dates
stay partial. Terms of triples are written as N-Triples writes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rdflib.namespace import RDF

from graph.agreement_statements import Statement, choose, used_date
from graph.agreements import Period, sort_periods
from graph.cells import literal
from graph.dates import parse_lexical
from graph.namespaces import (
    DOCUMENTS_GRAPH,
    EVIDENCE_GRAPH,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    TH,
    THV,
)
from graph.store import Triple

_APART = frozenset(map(str, (DOCUMENTS_GRAPH, EVIDENCE_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH)))
_TYPE = f"<{RDF.type}>"
_CONCLUDED, _INTENDED = f"<{TH.Agreement}>", f"<{TH.IntendedAgreement}>"
_OF, _KIND, _REPLACES = f"<{TH.ofAgreement}>", f"<{TH.termKind}>", f"<{TH.replaces}>"
_SUPPORTS, _IN, _ISSUED = f"<{TH.supports}>", f"<{TH.inDocument}>", f"<{TH.issued}>"
_SIGNED, _FROM, _UNTIL = f"<{TH.signed}>", f"<{TH['from']}>", f"<{TH.until}>"
_STATED = frozenset((_OF, _KIND, _REPLACES, _SIGNED, _FROM, _UNTIL))


@dataclass(slots=True)
class StatedTerms:
    """What is stated of one agreement: its own dates, renewals, terminations, successors."""

    original: list[Statement] = field(default_factory=list)
    renewal: list[Statement] = field(default_factory=list)
    termination: list[Statement] = field(default_factory=list)
    replaced_by: list[str] = field(default_factory=list)


def derive_terms(graphs: Mapping[str, set[Triple]]) -> set[Triple]:
    """Return the terms of concluded agreements and the dates used of all, from all graphs."""
    agreements, intended = _list_agreements(graphs)
    stated = _read_stated(graphs, agreements, intended)
    begins = {iri: _own_period(iri, stated[iri].original).start for iri in agreements}
    found = {triple for iri, about in stated.items() for triple in _tell_used(iri, about)}
    for iri in agreements:
        successors = [begins[other] for other in stated[iri].replaced_by if begins[other]]
        periods = derive_periods(iri, stated[iri], successors)
        found.update(_tell_dates(iri, {"ends": periods[-1].end}))
        for period in periods:
            found.add((iri, f"<{TH['term']}>", period.record))
            dates = {"inForceFrom": period.start, "inForceUntil": period.end}
            found.update(_tell_dates(period.record, dates))
    return found


def _list_agreements(graphs: Mapping[str, set[Triple]]) -> tuple[set[str], set[str]]:
    """Return the agreements that are concluded, and those that are intended."""
    found: dict[str, set[str]] = {_CONCLUDED: set(), _INTENDED: set()}
    for triples in graphs.values():
        for subject, predicate, value in triples:
            if predicate == _TYPE and value in found:
                found[value].add(subject)
    return found[_CONCLUDED], found[_INTENDED]


def _tell_used(iri: str, about: StatedTerms) -> Iterator[Triple]:
    names = {"usedSigned": "signed", "usedFrom": "start", "usedUntil": "end"}
    used = {name: used_date(about.original, of) for name, of in names.items()}
    return _tell_dates(iri, used | {"usedTermination": used_date(about.termination, "end")})


def _tell_dates(subject: str, dates: Mapping[str, str]) -> Iterator[Triple]:
    for name, lexical in dates.items():
        if lexical:
            yield subject, f"<{TH[name]}>", literal(lexical, parse_lexical(lexical).datatype)


def derive_periods(iri: str, about: StatedTerms, successors: Iterable[str]) -> tuple[Period, ...]:
    """Return the periods of an agreement in their order; successors are told by their beginning.

    >>> own = [Statement("a", signed="2020", end="2022-12-31")]
    >>> derive_periods("a", StatedTerms(own), ["2022-03-01"])[0].end
    '2022-02-28'
    """
    periods = [_own_period(iri, about.original)]
    for renewal in sort_periods(iri, _renewals(about.renewal)):
        # A renewal that does not say from when goes on from the period before it.
        periods.append(replace(renewal, start=renewal.start or periods[-1].start))
    last = sort_periods(iri, periods)[-1].end
    periods = [replace(period, end=period.end or last) for period in periods]
    if terminated := used_date(about.termination, "end"):
        periods = [_terminate(period, terminated) for period in periods]
    for begin in successors:
        periods = [replace(p, end=_earlier(p.end, _day_before(begin))) for p in periods]
    return sort_periods(iri, periods)


def _own_period(iri: str, statements: list[Statement]) -> Period:
    signed, start, end = (used_date(statements, name) for name in ("signed", "start", "end"))
    return Period(start or signed, end, signed, iri)


def _renewals(statements: Iterable[Statement]) -> Iterator[Period]:
    """Yield a period for each renewal; rows that give one beginning tell of the same renewal."""
    told: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        told[statement.start or statement.signed].append(statement)
    for start, together in told.items():
        used = choose(together, "end") or min(together, key=lambda s: s.record)
        yield Period(start, used.end, used_date(together, "signed"), used.record)


def _terminate(period: Period, day: str) -> Period:
    """Return a period as a termination leaves it; one that begins later is another one."""
    if period.start and parse_lexical(period.start).earliest > parse_lexical(day).latest:
        return period
    return replace(period, end=_earlier(period.end, day))


def _earlier(end: str, cut: str) -> str:
    """Return the day that cuts a period short, or its end where that surely comes before."""
    if end and parse_lexical(end).latest < parse_lexical(cut).earliest:
        return end
    return cut


def _day_before(lexical: str) -> str:
    """Return the day before one; of a month or a year nothing better than itself can be said."""
    day = parse_lexical(lexical)
    if day.earliest != day.latest:
        return lexical
    return (day.earliest - timedelta(days=1)).isoformat()


def _read_stated(
    graphs: Mapping[str, set[Triple]], agreements: set[str], intended: set[str]
) -> dict[str, StatedTerms]:
    found = {iri: StatedTerms() for iri in agreements | intended}
    values = _read_values(graphs, found.keys())
    documents = _read_documents(graphs, values)
    for record, said in sorted(values.items()):
        for earlier in said[_REPLACES] & agreements - {record} if record in agreements else ():
            found[earlier].replaced_by.append(record)
        for iri in (said[_OF] or {record}) & found.keys():
            rows = _rows(found[iri], said)
            rows.extend(_statements(record, said, documents[record]))
    return found


def _read_values(
    graphs: Mapping[str, set[Triple]], agreements: AbstractSet[str]
) -> dict[str, dict[str, set[str]]]:
    """Return what is stated of agreements and of their terms, by record and property."""
    stated = [
        triple
        for name, triples in graphs.items()
        if name not in _APART
        for triple in triples
        if triple[1] in _STATED
    ]
    records = agreements | {subject for subject, predicate, _ in stated if predicate == _OF}
    found: dict[str, dict[str, set[str]]] = {}
    for subject, predicate, value in stated:
        if subject in records:
            found.setdefault(subject, defaultdict(set))[predicate].add(value)
    return found


def _read_documents(
    graphs: Mapping[str, set[Triple]], records: Iterable[str]
) -> dict[str, list[tuple[str, str]]]:
    """Return the documents that a record stands in, each with the date of its issue."""
    issued = {s: o for s, p, o in graphs.get(str(DOCUMENTS_GRAPH), ()) if p == _ISSUED}
    evidence = graphs.get(str(EVIDENCE_GRAPH), set())
    found: dict[str, set[str]] = {record: set() for record in records}
    about = [(item, record) for item, p, record in evidence if p == _SUPPORTS and record in found]
    items = {item for item, _ in about}
    within = {s: o for s, p, o in evidence if p == _IN and s in items}
    for item, record in about:
        if item in within:
            found[record].add(within[item])
    return {
        record: [(name, read_lexical(issued.get(name, ""))) for name in sorted(names)]
        for record, names in found.items()
    }


def _rows(about: StatedTerms, said: Mapping[str, set[str]]) -> list[Statement]:
    if f"<{THV.renewal}>" in said[_KIND]:
        return about.renewal
    return about.termination if f"<{THV.termination}>" in said[_KIND] else about.original


def _statements(
    record: str, said: Mapping[str, set[str]], documents: Iterable[tuple[str, str]]
) -> Iterator[Statement]:
    signed, start, end = (read_lexical(min(said[p], default="")) for p in (_SIGNED, _FROM, _UNTIL))
    for document, issued in list(documents) or [("", "")]:
        yield Statement(record, document, issued, signed, start, end, own=not said[_OF])


def read_lexical(term: str) -> str:
    """Return the text of a literal of a date.

    >>> read_lexical('"2022-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>')
    '2022-10'
    """
    return term[1:].partition('"')[0]
