"""How agreements are read from a store: names and parties, periods, and what sources state."""

from __future__ import annotations

from collections import defaultdict

from rdflib import Dataset

from graph.agreement_statements import Statement, mark_used, used_date
from graph.agreements import Agreement, Period, current_end, sort_periods
from graph.dates import sort_key
from graph.namespaces import slug
from graph.store import select

_AGREEMENTS = """
SELECT DISTINCT ?agreement ?kind ?label ?subject WHERE {
  VALUES ?class { th:Agreement th:IntendedAgreement }
  ?agreement a ?class .
  GRAPH ?source { ?agreement a ?kind ; rdfs:label ?label . }
  FILTER(?source != g:inferred)
  OPTIONAL { ?agreement th:subject ?subject FILTER(LANG(?subject) = LANG(?label)) }
}
"""
_LINKS = """
SELECT DISTINCT ?agreement ?link ?value WHERE {
  VALUES ?class { th:Agreement th:IntendedAgreement }
  VALUES ?link { th:ofInitiative th:theme th:department }
  ?agreement a ?class ; ?link ?value .
}
"""
_PARTIES = """
SELECT DISTINCT ?agreement ?party ?relation ?prospective WHERE {
  ?relation th:agreement ?agreement .
  { ?relation th:party ?party . BIND(false AS ?prospective) }
  UNION
  { ?relation th:prospectiveParty ?party . BIND(true AS ?prospective) }
}
"""
# One property a row: not all engines join several optional ones of the derived graph rightly.
_VALUES = """
SELECT DISTINCT ?record ?name ?value WHERE {
  VALUES ?class { th:Agreement th:IntendedAgreement th:AgreementTerm }
  VALUES ?name {
    th:signed th:from th:until th:intent th:noticeDays th:replaces th:ofAgreement th:termKind
    th:term th:inForceFrom th:inForceUntil
  }
  ?record a ?class ; ?name ?value .
}
"""
_DOCUMENTS = """
SELECT DISTINCT ?record ?document WHERE {
  VALUES ?class { th:Agreement th:IntendedAgreement th:AgreementTerm }
  ?record a ?class .
  ?evidence th:supports ?record ; th:inDocument ?document .
}
"""
_ISSUED = "SELECT DISTINCT ?document ?issued WHERE { ?document th:issued ?issued }"

_KINDS = ("original", "renewal", "termination")
"""The kinds of terms, of which each may say how long before the end notice must be given."""
_Values = dict[str, dict[str, list[str]]]


def read_agreements(dataset: Dataset) -> dict[str, Agreement]:
    """Return all agreements, intended ones too, by IRI; parties map to the relation's IRI."""
    found: dict[str, Agreement] = {}
    for iri, kind, label, subject in select(dataset, _AGREEMENTS):
        known = found.setdefault(str(iri), Agreement(str(iri), slug(kind)))
        known.labels[label.language or "ko"] = str(label)
        if subject is not None:
            known.subjects[subject.language or "ko"] = str(subject)
    _add_links(dataset, found)
    _add_dates(dataset, found)
    # Engines answer in different orders; people should always see the same.
    return dict(sorted(found.items()))


def _add_links(dataset: Dataset, found: dict[str, Agreement]) -> None:
    for iri, link, value in select(dataset, _LINKS):
        known = found[str(iri)]
        links = {
            "ofInitiative": known.initiatives,
            "theme": known.themes,
            "department": known.departments,
        }
        links[slug(link)].add(str(value))
    for agreement, party, relation, prospective in sorted(select(dataset, _PARTIES)):
        known = found[str(agreement)]
        target = known.prospective if prospective.toPython() else known.parties
        target[str(party)] = str(relation)


def _add_dates(dataset: Dataset, found: dict[str, Agreement]) -> None:
    values = _read_values(dataset)
    stated = _read_statements(dataset, values)
    for iri, agreement in found.items():
        own, said = stated[iri, "original"], values[iri]
        agreement.intent = slug(_one(said, "intent"))
        told = [s for kind in _KINDS for s in stated[iri, kind] if values[s.record]["noticeDays"]]
        newest = mark_used(told)[-1:]
        agreement.notice_days = next(
            (int(_one(values[s.record], "noticeDays")) for s in newest), None
        )
        agreement.statements = mark_used(own)
        agreement.signed, agreement.start = (used_date(own, name) for name in ("signed", "start"))
        periods = (_period(agreement, record, values[record]) for record in said["term"])
        agreement.periods = sort_periods(iri, periods)
        end = current_end(agreement) if agreement.periods else None
        agreement.end = end.lexical if end else ""
        agreement.terminated = used_date(stated[iri, "termination"], "end")
    concluded = (a for _, a in sorted(found.items()) if not a.is_intended)
    for other in concluded:
        for earlier in sorted(set(values[other.iri]["replaces"]) & found.keys() - {other.iri}):
            agreement = found[earlier]
            agreement.superseded_by += (other.iri,)
            begins = [d for d in (agreement.superseded, other.start or other.signed) if d]
            agreement.superseded = min(begins, key=sort_key, default="")


def _period(agreement: Agreement, record: str, said: dict[str, list[str]]) -> Period:
    signed = agreement.signed if record == agreement.iri else _one(said, "signed")
    return Period(_one(said, "inForceFrom"), _one(said, "inForceUntil"), signed, record)


def _one(said: dict[str, list[str]], name: str) -> str:
    return min(said[name], default="")


def _read_values(dataset: Dataset) -> _Values:
    found: _Values = defaultdict(lambda: defaultdict(list))
    for record, name, value in select(dataset, _VALUES):
        found[str(record)][slug(name)].append(str(value))
    return found


def _read_statements(dataset: Dataset, values: _Values) -> dict[tuple[str, str], list[Statement]]:
    """Return what each document says, by agreement and kind of term."""
    issued = {str(document): str(day) for document, day in select(dataset, _ISSUED)}
    documents: dict[str, list[str]] = defaultdict(list)
    for record, document in select(dataset, _DOCUMENTS):
        documents[str(record)].append(str(document))
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for record, said in list(values.items()):
        of = _one(said, "ofAgreement")
        kind = slug(_one(said, "termKind")) if of else "original"
        dates = (_one(said, name) for name in ("signed", "from", "until"))
        signed, start, end = dates
        found[of or record, kind].extend(
            Statement(record, document, issued.get(document, ""), signed, start, end, own=not of)
            for document in documents[record] or [""]
        )
    return found
