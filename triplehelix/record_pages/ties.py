"""The ties of a record: agreements, participation, affiliations, and work without an agreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.agreements import Agreement
from graph.gaps import Gap
from graph.namespaces import TH, slug
from graph.ties import Tie
from triplehelix.pages.citations import agreement_evidence
from triplehelix.pages.texts import concept, name, plain, type_name
from triplehelix.record_pages.catalogue import TYPE, Catalogue, Entry
from triplehelix.record_pages.sections import (
    Cell,
    Column,
    Piece,
    Row,
    Section,
    code,
    columns,
    link,
    period,
)
from triplehelix.record_pages.texts import say
from triplehelix.spreadsheets.table_rows import coverage

CAPACITY, DETAIL, AGREEMENT = str(TH.capacity), str(TH.detail), str(TH.agreement)
Ends = Mapping[str, list[Tie]]


def ties_by_end(ties: Iterable[Tie]) -> Ends:
    """Return ties by each of their two ends."""
    found: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[tie.source].append(tie)
        found[tie.target].append(tie)
    return found


def agreements_by_party(agreements: Iterable[Agreement]) -> Mapping[str, list[Agreement]]:
    """Return agreements by each party, those that are only to be parties included."""
    found: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        for party in {**agreement.parties, **agreement.prospective}:
            found[party].append(agreement)
    return found


def gaps_by_end(gaps: Iterable[Gap]) -> Mapping[str, list[Gap]]:
    """Return gaps by host and by partner."""
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        found[gap.host.iri].append(gap)
        found[gap.partner.iri].append(gap)
    return found


def list_agreements(catalogue: Catalogue, entry: Entry, agreements: list[Agreement]) -> Section:
    """Return the agreements of an organisation with the others in them and their state."""
    return Section(
        "agreements",
        say("h_agreements"),
        columns("col_agreement", "with", "col_dates", "col_status"),
        [_agreement_row(catalogue, entry, agreement) for agreement in agreements],
        say("state_note", date=catalogue.report.on),
    )


def _agreement_row(catalogue: Catalogue, entry: Entry, agreement: Agreement) -> Row:
    report = catalogue.report
    state = report.status(agreement)
    others = [link(catalogue, p) for p in sorted(agreement.parties) if p != entry.iri]
    others += _prospective(catalogue, (p for p in sorted(agreement.prospective) if p != entry.iri))
    own = [Piece(say("prospective"), style="flag")] if entry.iri in agreement.prospective else []
    return Row(
        [
            [link(catalogue, agreement.iri), *own],
            others,
            _dates(agreement),
            [Piece(say(f"status_{state}"), style=f"status {state}")],
        ],
        agreement_evidence(report, agreement),
    )


def _prospective(catalogue: Catalogue, parties: Iterable[str]) -> Iterator[Piece]:
    for party in parties:
        yield link(catalogue, party)
        yield Piece(say("prospective"), style="flag")


def _dates(agreement: Agreement) -> Cell:
    signed = [Piece(say("signed_on", date=agreement.signed), style="dates")]
    return (signed if agreement.signed else []) + period(agreement.start, agreement.end)


def list_parties(catalogue: Catalogue, agreement: Agreement) -> Section:
    """Return the parties of an agreement."""
    pairs = [*agreement.parties.items(), *agreement.prospective.items()]
    rows = [
        Row(
            [
                [link(catalogue, party)],
                _coded(catalogue, relation, CAPACITY),
                [Piece(say("prospective" if party in agreement.prospective else "concluded"))],
            ],
            catalogue.report.evidence(relation),
        )
        for party, relation in pairs
    ]
    headings = columns("col_organization", "capacity", "actual_or_planned")
    return Section("parties", say("col_parties"), headings, rows)


def _coded(catalogue: Catalogue, iri: str, path: str) -> Cell:
    return [Piece(name(catalogue.report, t.value)) for t in catalogue.values(iri, path)]


def list_participations(catalogue: Catalogue, iri: str, ties: Iterable[Tie]) -> Section:
    """Return what an organisation takes part in, or who takes part in an initiative or event."""
    own = [tie for tie in ties if tie.kind == "participation"]
    is_target = iri not in catalogue.report.holdings.organizations
    rows = [_tie_row(catalogue, tie, tie.source if is_target else tie.target) for tie in own]
    first, heading = ("col_organization", "participants") if is_target else ("thing", "takes_part")
    return Section(
        "participations",
        say(heading),
        columns(first, "role", "actual_or_planned", "period", "detail"),
        sorted(rows, key=lambda row: row.cells[0][0].text.ko),
    )


def _tie_row(catalogue: Catalogue, tie: Tie, other: str) -> Row:
    report = catalogue.report
    modality = concept(report, tie.modality) if tie.modality else say("planned")
    actual = Piece(say("actual")) if tie.actual else Piece(modality, style="flag")
    return Row(
        [
            [link(catalogue, other)],
            code(catalogue, tie.role),
            [actual],
            period(tie.start, tie.end),
            _details(catalogue, tie.iri),
        ],
        report.evidence(tie.iri),
        style="" if tie.actual else "planned",
    )


def _details(catalogue: Catalogue, iri: str) -> Cell:
    found = catalogue.values(iri, DETAIL)
    return [Piece(plain(term.value), language=term.language) for term in found]


def list_affiliations(catalogue: Catalogue, iri: str, ties: Iterable[Tie]) -> Section:
    """Return the tenancies, entrusted operations, memberships and the like of an organisation."""
    rows = []
    for tie in ties:
        if tie.kind != "affiliation":
            continue
        types = [slug(t.value) for t in catalogue.values(tie.iri, TYPE)]
        kind = [Piece(type_name(catalogue.report, t), f"../ontology.html#{t}") for t in types]
        under = [link(catalogue, t.value) for t in catalogue.values(tie.iri, AGREEMENT)]
        dates = [*period(tie.start, tie.end), *_details(catalogue, tie.iri)]
        ends = [[link(catalogue, tie.source)], kind, [link(catalogue, tie.target)]]
        rows.append(Row([*ends, dates, under], catalogue.report.evidence(tie.iri)))
    headings = columns("who", "relation", "of_what", "period", "col_agreement")
    return Section("affiliations", say("affiliations"), headings, rows)


def list_gaps(catalogue: Catalogue, entry: Entry, gaps: list[Gap]) -> Section:
    """Return with whom an organisation works without an agreement in force, both answers told."""
    return Section(
        "gaps",
        say("without_agreement"),
        [
            *columns("partner_or_host", "col_rung"),
            Column(say("joint_work"), "figure"),
            *columns("at_unit", "with_parents"),
        ],
        [_gap_row(catalogue, entry, gap) for gap in gaps],
        say("without_agreement_note", date=catalogue.report.on),
    )


def _gap_row(catalogue: Catalogue, entry: Entry, gap: Gap) -> Row:
    other = gap.partner if gap.host.iri == entry.iri else gap.host
    flag = [] if gap.actual else [Piece(say("planned"), style="flag")]
    intended = [link(catalogue, agreement.iri) for agreement in gap.planned_agreements]
    uncertain = [link(catalogue, agreement.iri) for agreement in gap.uncertain_agreements]
    unit = [Piece(say("none_in_force")), *intended, *uncertain]
    return Row(
        [
            [link(catalogue, other.iri), *flag],
            code(catalogue, gap.rung),
            [Piece(plain(str(len(gap.initiatives))))],
            unit,
            [Piece(coverage(catalogue.report, gap))],
        ],
        list(gap.evidence),
        style="" if gap.actual else "planned",
    )
