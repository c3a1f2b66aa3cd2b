"""What the tables for people hold: the columns of each, and how a cell is read from a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.agreements import Agreement, is_in_force
from graph.findings import Finding
from graph.gaps import Coverage, Gap
from graph.hub import Hub
from graph.initiatives import Initiative
from graph.namespaces import slug
from graph.organizations import Organization
from graph.ties import Tie
from triplehelix.pages.citations import agreement_evidence, cite, gather, ties_by_source
from triplehelix.pages.texts import Text, concept, join, name, plain, say, type_name
from triplehelix.report import Report

Cell = str | int | float
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: the key of its heading, how wide it is drawn, and its value in a row."""

    key: str
    width: int
    value: Callable[[Row], Cell | Text]

    @property
    def heading(self) -> str:
        """The heading in both languages."""
        return say(f"column_{self.key}").both

    def read(self, row: Row) -> Cell:
        """Return the cell of a row; a text in two languages becomes one."""
        value = self.value(row)
        return value.both if isinstance(value, Text) else value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the key of its name, the headings, how wide they are drawn, and the cells."""

    key: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tabulate(report: Report) -> list[Sheet]:
    """Return all tables of a report."""
    holdings = report.holdings
    ties = ties_by_source(holdings)
    initiatives = [i for i in holdings.initiatives.values() if not i.is_event]
    return [
        _sheet("organizations", _organizations(report), holdings.organizations.values()),
        _sheet("agreements", _agreements(report), holdings.agreements.values()),
        _sheet("programmes", _programmes(report), initiatives),
        _sheet("hubs", _hubs(report, ties), list(enumerate(report.hubs, start=1))),
        _sheet("gaps", _gaps(report), report.gaps),
        _sheet("findings", _findings(report), report.findings),
    ]


def _sheet(key: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Sheet:
    return Sheet(
        key,
        tuple(column.heading for column in columns),
        tuple(column.width for column in columns),
        tuple(tuple(column.read(row) for column in columns) for row in rows),
    )


def _names(report: Report, iris: Iterable[str]) -> Text:
    """Return the names of records, one after another; each in Korean alone, for filtering."""
    return plain("; ".join(report.label(iri, "ko") for iri in sorted(iris)))


def _organizations(report: Report) -> list[Column[Organization]]:
    in_force: dict[str, int] = defaultdict(int)
    for agreement in report.holdings.agreements.values():
        for party in agreement.parties if is_in_force(agreement, report.on) else ():
            in_force[party] += 1
    hubs = {hub.organization.iri: hub for hub in report.hubs}

    def measure(organization: Organization, key: str) -> Cell:
        hub = hubs.get(organization.iri)
        return getattr(hub, key) if hub else ""

    return [
        Column("id", 24, lambda o: o.id),
        Column("label", 34, lambda o: o.label("ko")),
        Column("label_en", 34, lambda o: o.names.get("en", "")),
        Column("type", 24, lambda o: type_name(report, o.type)),
        Column("sector", 22, lambda o: concept(report, o.sector)),
        Column("alias", 26, lambda o: "; ".join(sorted(o.aliases))),
        Column("unit_of", 24, lambda o: _names(report, o.parents)),
        Column("in_force", 10, lambda o: in_force[o.iri]),
        Column("strength", 10, lambda o: measure(o, "strength")),
        Column("events", 10, lambda o: measure(o, "events")),
        Column("evidence", 50, lambda o: cite(report.evidence(o.iri))),
    ]


def _agreements(report: Report) -> list[Column[Agreement]]:
    return [
        Column("id", 26, lambda a: slug(a.iri)),
        Column("label", 40, lambda a: a.label("ko")),
        Column("label_en", 40, lambda a: a.labels.get("en", "")),
        Column("type", 24, lambda a: type_name(report, a.kind)),
        Column("status", 20, lambda a: say(f"status_{report.status(a)}")),
        Column("signed", 12, lambda a: a.signed),
        Column("from", 12, lambda a: a.start),
        Column("until", 12, lambda a: a.end),
        Column("parties", 50, lambda a: _names(report, a.parties)),
        Column("prospective", 40, lambda a: _names(report, a.prospective)),
        Column("subject", 40, lambda a: a.subject("ko")),
        Column("subject_en", 40, lambda a: a.subjects.get("en", "")),
        Column("evidence", 50, lambda a: cite(agreement_evidence(report, a))),
    ]


def _programmes(report: Report) -> list[Column[Initiative]]:
    members: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for tie in report.holdings.ties:
        if tie.kind == "participation":
            members[tie.target, tie.actual].add(tie.source)
    return [
        Column("id", 26, lambda i: i.id),
        Column("label", 44, lambda i: i.label("ko")),
        Column("label_en", 44, lambda i: i.labels.get("en", "")),
        Column("type", 20, lambda i: type_name(report, i.type)),
        Column("state", 18, lambda i: concept(report, i.status)),
        Column("part_of", 40, lambda i: _names(report, i.parents)),
        Column("host", 24, lambda i: _names(report, i.hosts)),
        Column("theme", 24, lambda i: _names(report, i.themes)),
        Column("place", 18, lambda i: _names(report, i.places)),
        Column("from", 12, lambda i: i.start),
        Column("until", 12, lambda i: i.end),
        Column("participants", 44, lambda i: _names(report, members[i.iri, True])),
        Column("planned_participants", 34, lambda i: _names(report, members[i.iri, False])),
        Column("evidence", 50, lambda i: cite(report.evidence(i.iri))),
    ]


def _hubs(report: Report, ties: Mapping[str, list[Tie]]) -> list[Column[tuple[int, Hub]]]:
    def evidence(hub: Hub) -> str:
        iri = hub.organization.iri
        return cite(gather(report, (iri, *(t.iri for t in ties.get(iri, ()) if t.actual))))

    return [
        Column("rank", 8, lambda row: row[0]),
        Column("id", 24, lambda row: row[1].organization.id),
        Column("label", 34, lambda row: row[1].organization.label("ko")),
        Column("label_en", 34, lambda row: row[1].organization.names.get("en", "")),
        Column("type", 24, lambda row: type_name(report, row[1].organization.type)),
        Column("sector", 22, lambda row: concept(report, row[1].organization.sector)),
        Column("degree", 10, lambda row: row[1].degree),
        Column("strength", 10, lambda row: row[1].strength),
        Column("events", 10, lambda row: row[1].events),
        Column("betweenness", 12, lambda row: row[1].betweenness),
        Column("sectors", 10, lambda row: row[1].sectors),
        Column("evidence", 50, lambda row: evidence(row[1])),
    ]


def _gaps(report: Report) -> list[Column[Gap]]:
    return [
        Column("host", 18, lambda g: name(report, g.host.iri)),
        Column("partner_id", 24, lambda g: g.partner.id),
        Column("partner", 34, lambda g: g.partner.label("ko")),
        Column("partner_en", 34, lambda g: g.partner.names.get("en", "")),
        Column("sector", 22, lambda g: concept(report, g.partner.sector)),
        Column("partner_class", 22, lambda g: say(f"class_{g.partner_class}")),
        Column("actual", 18, lambda g: say("actual" if g.actual else "planned")),
        Column("rung", 26, lambda g: concept(report, g.rung)),
        Column("count", 10, lambda g: len(g.initiatives)),
        Column("initiatives", 60, lambda g: _names(report, (i.iri for i in g.initiatives))),
        Column("planned_agreements", 34, lambda g: _labels(g.planned_agreements)),
        Column("uncertain_agreements", 34, lambda g: _labels(g.uncertain_agreements)),
        Column("covered_through", 50, lambda g: coverage(report, g)),
        Column("evidence", 50, lambda g: cite(g.evidence)),
    ]


def _labels(agreements: Iterable[Agreement]) -> str:
    return "; ".join(agreement.label("ko") for agreement in agreements)


def coverage(report: Report, gap: Gap) -> Text:
    """Return the answer with parents: whose agreement covers the two, or that none does."""
    through = gap.covered_through
    if through is None:
        return _add_decision(gap, say("uncovered"))
    key = "covered_by_unit" if is_unit(report, through, gap.host) else "covered_by_parent"
    agreement = Text(through.agreement.label("ko"), through.agreement.label("en"))
    told = say(key, party=name(report, through.party), agreement=agreement)
    return _add_decision(gap, told)


def _add_decision(gap: Gap, told: Text) -> Text:
    if gap.decision is None or not gap.decision.kind:
        return told
    key = f"decision_{gap.decision.kind.replace('-', '_')}"
    return join([say(key, reason=gap.decision.reason), told], " · ")


def is_unit(report: Report, through: Coverage, host: Organization) -> bool:
    """Whether it is the host's own unit that signed, which is not the host's agreement."""
    return host.iri in report.holdings.organizations[through.party].parents


def _findings(report: Report) -> list[Column[Finding]]:
    return [
        Column("id", 24, lambda f: f.id),
        Column("severity", 16, lambda f: say(f"severity_{f.severity}")),
        Column("kind", 26, lambda f: f.kind),
        Column("message", 70, lambda f: f.messages["ko"]),
        Column("message_en", 70, lambda f: f.messages["en"]),
        Column("stated", 20, lambda f: f.stated),
        Column("computed", 20, lambda f: f.computed),
        Column("about", 40, lambda f: name(report, f.focus)),
        Column("evidence", 50, lambda f: cite(f.evidence)),
    ]
