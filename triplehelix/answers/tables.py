"""The answers that the library computes: gaps, agreements, hubs, findings, what ties a pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.agreements import Agreement, status
from graph.diagnostics import SEVERITIES, Diagnostic, render
from graph.explanation import Explanation
from graph.findings import Finding
from graph.gaps import Gap, Holdings, Level
from graph.initiatives import Initiative
from graph.organizations import Organization
from graph.question_header import Column
from graph.questions import Question
from graph.yaml_text import read_yaml
from triplehelix.answers.answer import Answer
from triplehelix.answers.values import Record, Row, name_record
from triplehelix.contracts import Labels
from triplehelix.terminal.listings import concept
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.measure_registry import Measure
    from graph.measures import HubList, RankedHub
    from triplehelix.measures.ranking import Surroundings


@cache
def read_columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a table.

    >>> [column.name for column in read_columns("hubs")][:2]
    ['organization', 'sector']
    """
    text = files("triplehelix.answers").joinpath("tables.yml").read_text(encoding="utf-8")
    declared = read_yaml(text)[table]
    return tuple(Column(name, **rest) for name, rest in declared.items())


def _record(thing: Organization | Initiative | Agreement, language: str) -> Record:
    return Record(thing.iri, thing.label(language))


def _records(
    things: Iterable[Organization | Initiative | Agreement], language: str
) -> tuple[Record, ...]:
    return tuple(_record(thing, language) for thing in things)


def tell_gaps(
    gaps: Sequence[Gap], holdings: Holdings, on: date, level: Level, language: str
) -> Answer:
    """Return gaps, the actual before the planned, with what falls short of covering."""
    return Answer(
        say("gaps.title", language, on=on, level=say(f"gaps.{level}", language)),
        read_columns("gaps"),
        [_gap(gap, holdings, language) for gap in gaps],
        reason=say("gaps.empty", language),
        language=language,
    )


def _gap(gap: Gap, holdings: Holdings, language: str) -> Row:
    through, organizations = gap.covered_through, holdings.organizations
    return {
        "host": _record(gap.host, language),
        "partner": _record(gap.partner, language),
        "partner_class": say(f"partner_class.{gap.partner_class}", language),
        "sector": concept(gap.partner.sector, language) or None,
        "actual": gap.actual,
        "rung": concept(gap.rung, language) or None,
        "initiatives": _records(gap.initiatives, language),
        "planned_agreements": _records(gap.planned_agreements, language),
        "uncertain_agreements": _records(gap.uncertain_agreements, language),
        "covered_through": _record(organizations[through.party], language) if through else None,
        "covering_agreement": _record(through.agreement, language) if through else None,
        "evidence": gap.evidence,
    }


def tell_agreements(
    agreements: Iterable[Agreement], holdings: Holdings, on: date, language: str
) -> Answer:
    """Return agreements with their states on a date, those that run out first at the top."""
    rows = [
        _agreement(agreement, holdings, on, language)
        for agreement in sorted(agreements, key=lambda a: (a.end or "9999", a.label("ko"), a.iri))
    ]
    return Answer(
        say("agreements.title", language, count=len(rows), on=on),
        read_columns("agreements"),
        rows,
        say("agreements.note", language),
        say("agreements.empty", language),
        language,
    )


def _agreement(agreement: Agreement, holdings: Holdings, on: date, language: str) -> Row:
    known = holdings.organizations
    relations = [*agreement.parties.values(), *agreement.prospective.values()]
    cited = (e for r in (agreement.iri, *relations) for e in holdings.evidence.get(r, ()))
    return {
        "agreement": _record(agreement, language),
        "state": say(f"status.{status(agreement, on)}", language),
        "parties": _records((known[iri] for iri in sorted(agreement.parties)), language),
        "prospective": _records((known[iri] for iri in sorted(agreement.prospective)), language),
        "signed": agreement.signed or None,
        "start": agreement.start or None,
        "end": agreement.end or None,
        "subject": agreement.subject(language) or None,
        "evidence": tuple(dict.fromkeys(cited)),
    }


def tell_hubs(
    found: HubList, around: Surroundings, measure: Measure, on: date, language: str
) -> Answer:
    """Return hubs with what is told of each, and the value of the measure that they are ranked by.

    Those by initiatives have no column for it, since they have one anyhow.
    """
    from triplehelix.measures.ranking import INITIATIVES

    own = measure.name != INITIATIVES
    rows = [_hub(hub, around, language, own=own) for hub in around.order(found.hubs)]
    title = say("hubs.title", language, on=on, count=len(rows), total=len(rows))
    if own:
        title = say("hubs.by", language, title=title, measure=measure.label[language])
    return Answer(
        title,
        tuple(column for column in read_columns("hubs") if own or column.name != "value"),
        rows,
        say("hubs.note", language),
        say("hubs.empty", language),
        language,
    )


def _hub(hub: RankedHub, around: Surroundings, language: str, *, own: bool) -> Row:
    iri = hub.organization.iri
    tied = around.undertakings(iri)
    row: Row = {
        "organization": _record(hub.organization, language),
        "sector": concept(hub.organization.sector, language) or None,
        "strength": len(tied.initiatives),
        "events": len(tied.events),
        "degree": around.degree(iri),
        "betweenness": Decimal(str(round(around.betweenness(iri), 4))),
        "sectors": around.sectors(iri),
        "rank": hub.rank,
    }
    return {**row, "value": Decimal(str(round(hub.value, 6)))} if own else row


def tell_findings(findings: Sequence[Finding], labels: Labels, language: str) -> Answer:
    """Return findings, the severe ones first."""
    rows: list[Row] = [
        {
            "severity": say(f"severity.{finding.severity}", language),
            "message": finding.messages.get(language) or finding.messages["ko"],
            "about": name_record(finding.focus, labels, language),
            "stated": finding.stated or None,
            "computed": finding.computed or None,
            "kind": finding.kind,
            "evidence": finding.evidence,
        }
        for finding in findings
    ]
    return Answer(
        say("findings.title", language, count=len(rows)),
        read_columns("findings"),
        rows,
        say("findings.note", language),
        say("findings.empty", language),
        language,
    )


def tell_explanation(
    explanation: Explanation, holdings: Holdings, labels: Labels, on: date, language: str
) -> Answer:
    """Return everything that ties two organisations; inferred ties with the facts behind them."""
    from triplehelix.terminal.explanation_listing import list_explanation

    listing = list_explanation(explanation, holdings, labels, on, language)
    columns = read_columns("explanation")
    rows: list[Row] = [
        {column.name: cell or None for column, cell in zip(columns, row, strict=True)}
        for row in listing.rows
    ]
    return Answer(listing.title, columns, rows, reason=listing.empty, language=language)


def tell_questions(questions: Iterable[Question], language: str) -> Answer:
    """Return questions with what they answer and their parameters."""
    rows: list[Row] = [
        {
            "name": question.name,
            "summary": question.summary.get(language) or None,
            "parameters": ", ".join(
                parameter.name
                if parameter.default is None
                else f"{parameter.name}={parameter.default}"
                for parameter in question.parameters
            )
            or None,
            "group": question.group or None,
        }
        for question in questions
    ]
    return Answer(
        say("query.title", language, count=len(rows)),
        read_columns("questions"),
        rows,
        reason=say("query.empty", language),
        language=language,
    )


def tell_diagnostics(diagnostics: Sequence[Diagnostic], records: int, language: str) -> Answer:
    """Return what is wrong with an ecosystem, the violations first."""
    found = sorted(diagnostics, key=lambda d: SEVERITIES.index(d.severity))
    counts: Mapping[str, int] = {
        "violations": sum(d.severity == "violation" for d in found),
        "warnings": sum(d.severity == "warning" for d in found),
    }
    rows: list[Row] = [
        {
            "severity": say(f"severity.{diagnostic.severity}", language),
            "message": render(_placeless(diagnostic), language),
            "sheet": diagnostic.location.sheet or diagnostic.location.file or None,
            "row": diagnostic.location.row,
            "column": diagnostic.column.get(language) or None,
            "value": diagnostic.value or None,
        }
        for diagnostic in found
    ]
    return Answer(
        say("validate.counts" if found else "validate.title", language, **counts),
        read_columns("diagnostics"),
        rows,
        reason=say("validate.clean", language, records=f"{records:,}"),
        language=language,
    )


def _placeless(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic that tells what is wrong alone; the place has columns of its own."""
    from dataclasses import replace

    from graph.record import Location

    return replace(diagnostic, location=Location(""), column={}, value="")
