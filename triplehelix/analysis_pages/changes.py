"""What changed between two dates: who came and left, which agreements, who rose and fell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from graph.comparison import AgreementChange, HubChange, OrganizationChange, compare
from triplehelix.analysis_pages.blocks import (
    Block,
    Cell,
    Group,
    Heading,
    Note,
    Part,
    Row,
    Table,
    figure,
    headings,
    link,
    record_address,
    words,
)
from triplehelix.analysis_pages.texts import say
from triplehelix.pages.citations import agreement_evidence, gather
from triplehelix.pages.texts import concept, join, name
from triplehelix.record_pages.sections import Piece
from triplehelix.report import Report

Change = TypeVar("Change")
_THINGS = 3
"""Of what an organisation is tied to so many are named."""


def list_changes(report: Report, earlier: date) -> Part:
    """Return what changed from a date to that of the report."""
    found = compare(report.holdings, earlier, report.on)
    kinds = ("came", "left", "between", "begun", "ended", "risen", "fallen")
    counts = {key: len(getattr(found, key)) for key in kinds}
    moved = {"came": found.came, "left": found.left, "between": found.between}
    agreed = {"begun": found.begun, "ended": found.ended}
    ranked = {"risen": found.risen, "fallen": found.fallen}
    blocks: list[Block] = [
        Note(say("changes_note", earlier=earlier, later=report.on, undated=found.undated)),
        Note(say("changes_told", **counts), "told"),
        Heading(words(say("changes_organizations"))),
        Table(
            "moved-table",
            say("changes_organizations"),
            headings("col_organization", "col_sector", "*changes_through", "certainty"),
            _group(moved, lambda change: _organization_row(report, change)),
        ),
        Heading(words(say("changes_agreements"))),
        Table(
            "agreed-table",
            say("changes_agreements"),
            headings("col_agreement", "col_parties", "column_from", "column_until", "certainty"),
            _group(agreed, lambda change: _agreement_row(report, change)),
        ),
        Heading(words(say("changes_hubs"))),
        Table(
            "ranked-table",
            say("changes_hubs"),
            headings("col_organization", "col_sector", "#rank_before", "#rank_after", "#climb"),
            _group(ranked, lambda change: _hub_row(report, change)),
        ),
    ]
    return Part("changes", say("h_changes"), blocks)


def _group(changes: Mapping[str, Sequence[Change]], make: Callable[[Change], Row]) -> list[Group]:
    return [
        Group([make(change) for change in own], say(key), say("answer_ends", count=len(own)))
        for key, own in changes.items()
        if own
    ]


def _certain(certain: bool) -> list[Piece]:
    key = "change_certain" if certain else "change_uncertain"
    return [Piece(say(key), style="" if certain else "flag")]


def _organization_row(report: Report, change: OrganizationChange) -> Row:
    organization = change.organization
    things = list(dict.fromkeys(tie.target for tie in change.ties))
    shown = [link(report, iri) for iri in things[:_THINGS]]
    if left := len(things) - len(shown):
        shown.append(Piece(say("count_more", count=left), style="quiet"))
    cells: list[Cell] = [
        [link(report, organization.iri)],
        words(concept(report, organization.sector)),
        shown,
        _certain(change.certain),
    ]
    evidence = gather(report, _unique(tie.iri for tie in change.ties))
    return Row(cells, evidence, more=record_address(organization.iri))


def _unique(records: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(records))


def _agreement_row(report: Report, change: AgreementChange) -> Row:
    agreement = change.agreement
    cells: list[Cell] = [
        [link(report, agreement.iri)],
        words(join(name(report, party) for party in agreement.parties)),
        words(agreement.start or agreement.signed, "dates"),
        words(agreement.end or say("end_not_stated"), "dates"),
        _certain(change.certain),
    ]
    evidence = agreement_evidence(report, agreement)
    return Row(cells, evidence, more=record_address(agreement.iri))


def _hub_row(report: Report, change: HubChange) -> Row:
    organization = change.organization
    climb = f"{'▲' if change.climb > 0 else '▼'} {abs(change.climb)}"
    cells: list[Cell] = [
        [link(report, organization.iri)],
        words(concept(report, organization.sector)),
        figure(change.old_rank),
        figure(change.new_rank),
        words(climb),
    ]
    evidence = change.after.evidence
    return Row(cells, evidence, more=record_address(organization.iri))
