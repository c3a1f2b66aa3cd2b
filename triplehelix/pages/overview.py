"""What is in the graph: counts by kind, and what each document contributes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.namespaces import TH, THV, slug
from triplehelix.pages.texts import Text, concept, name, say
from triplehelix.report import Report

KINDS = (
    "organizations",
    "agreements",
    "initiatives",
    "events",
    "participations",
    "affiliations",
    "budgets",
    "others",
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind, and what they consist of."""

    label: Text
    number: int
    parts: tuple[tuple[Text, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentShare:
    """How many records of each kind rest on a document, and in how many places."""

    id: str
    label: Text
    records: Mapping[str, int]
    places: int


def count_kinds(report: Report) -> list[Count]:
    """Return how many organisations, agreements, initiatives and so on the graph holds."""
    holdings = report.holdings
    organizations = list(holdings.organizations.values())
    sectors = Counter(concept(report, o.sector) for o in organizations if o.sector)
    without = [o for o in organizations if not o.sector]
    parts = [*sectors.most_common(), *([(say("no_sector"), len(without))] if without else [])]
    groups = sum(o.is_group for o in organizations)
    undertakings = Counter(i.is_event for i in holdings.initiatives.values())
    intended = sum(a.is_intended for a in holdings.agreements.values())
    ties = Counter((tie.kind, tie.actual) for tie in holdings.ties)
    kinds = kinds_of_records(report)
    return [
        Count(
            say("kind_organizations"),
            len(organizations),
            (*parts, (say("of_which_groups"), groups)),
        ),
        Count(
            say("kind_agreements"),
            len(holdings.agreements),
            (
                (say("concluded"), len(holdings.agreements) - intended),
                (say("intended"), intended),
            ),
        ),
        Count(say("kind_initiatives"), undertakings[False]),
        Count(say("kind_events"), undertakings[True]),
        Count(
            say("kind_participations"),
            ties["participation", True] + ties["participation", False],
            (
                (say("actual"), ties["participation", True]),
                (say("planned"), ties["participation", False]),
            ),
        ),
        Count(say("kind_affiliations"), ties["affiliation", True]),
        Count(say("kind_budgets"), len(report.budgets)),
        Count(say("kind_others"), sum(kind == "others" for kind in kinds.values())),
        Count(say("kind_places"), sum(map(len, holdings.evidence.values()))),
    ]


def kinds_of_records(report: Report) -> dict[str, str]:
    """Return the kind of every record that has evidence."""
    holdings = report.holdings
    known = dict.fromkeys(holdings.organizations, "organizations")
    known |= dict.fromkeys(holdings.agreements, "agreements")
    for iri, initiative in holdings.initiatives.items():
        known[iri] = "events" if initiative.is_event else "initiatives"
    for tie in holdings.ties:
        known[tie.iri] = "agreements" if tie.kind == "agreement" else f"{tie.kind}s"
    known |= dict.fromkeys((item.iri for item in report.budgets), "budgets")
    return {iri: known.get(iri, "others") for iri in holdings.evidence}


def share_documents(report: Report) -> list[DocumentShare]:
    """Return what each document contributes, the largest first."""
    kinds = kinds_of_records(report)
    # The parties of an agreement are told with the agreement, not counted beside it.
    parties = {tie.iri for tie in report.holdings.ties if tie.kind == "agreement"}
    records: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, set[str]] = defaultdict(set)
    for iri, items in report.holdings.evidence.items():
        for document in {item.document for item in items}:
            records[document][kinds[iri]] += iri not in parties
        for item in items:
            places[item.document].add(item.lines or item.locator)
    names = document_names(report)
    shares = [
        DocumentShare(id_, names[id_], dict(found), len(places[id_]))
        for id_, found in records.items()
    ]
    return sorted(shares, key=lambda s: (-sum(s.records.values()), s.id))


def document_names(report: Report) -> dict[str, Text]:
    """Return the names of the documents that evidence points into, by identifier."""
    cited = {item.document for items in report.holdings.evidence.values() for item in items}
    known = {slug(iri): iri for iri in report.labels if not iri.startswith((TH, THV))}
    return {id_: name(report, known.get(id_, id_)) for id_ in sorted(cited)}


def kind_labels() -> Iterator[tuple[str, Text]]:
    """Yield the kinds of records with their names, in the order in which they are shown."""
    return ((kind, say(f"kind_{kind}")) for kind in KINDS)
