"""Gaps of the first kind: who works with a host without an agreement in force."""

from __future__ import annotations

from graph.gaps import Gap
from triplehelix.analysis_pages.blocks import (
    Block,
    Cell,
    Filter,
    Group,
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
from triplehelix.pages.texts import concept, join, name
from triplehelix.record_pages.sections import Piece
from triplehelix.report import Report
from triplehelix.spreadsheets.table_rows import coverage

_CLASSES = ("core", "funder", "government")


def list_uncovered(report: Report) -> Part:
    """Return those who work together without an agreement in force."""
    rows = uncovered_rows(report)
    hosts = dict.fromkeys(gap.host.iri for gap in report.gaps)
    organizations = report.holdings.organizations
    filters = [
        Filter("host", say("col_host"), [(organizations[h].id, name(report, h)) for h in hosts]),
        Filter("kind", say("col_class"), [(c, say(f"class_{c}")) for c in _CLASSES]),
        Filter("actual", say("column_actual"), [(a, say(a)) for a in ("actual", "planned")]),
    ]
    columns = headings("#rank", "gap_pair", "col_class", "~gap_reasons")
    table = Table(
        "uncovered-table", say("h_gaps_uncovered"), columns, [Group(rows)], filters, named=1
    )
    blocks: list[Block] = [
        Note(say("gaps_uncovered_note")),
        Note(say("ranked_so", text=say("gaps_uncovered_rank"))),
        table,
    ]
    still_open = sum(not gap.waived for gap in report.gaps)
    return Part("uncovered", say("h_gaps_uncovered"), blocks, still_open)


def uncovered_rows(report: Report) -> list[Row]:
    """Return those who work together without an agreement in force, by host."""
    rows, places = [], dict[str, int]()
    for gap in report.gaps:
        places[gap.host.iri] = places.get(gap.host.iri, 0) + 1
        cells: list[Cell] = [
            figure(places[gap.host.iri]),
            [link(report, gap.host.iri), link(report, gap.partner.iri)],
            words(say(f"class_{gap.partner_class}")),
            _uncovered_reasons(report, gap),
        ]
        facts = {
            "host": gap.host.id,
            "kind": gap.partner_class,
            "actual": "actual" if gap.actual else "planned",
        }
        more = record_address(gap.partner.iri)
        rows.append(Row(cells, gap.evidence, "" if gap.actual else "planned", "", facts, more))
    return rows


def _uncovered_reasons(report: Report, gap: Gap) -> list[Piece]:
    things = [name(report, thing.iri) for thing in gap.initiatives]
    listed = join(things[:3])
    if len(things) > 3:
        listed = join([listed, say("count_more", count=len(things) - 3)], " ")
    key = "reason_together" if gap.actual else "reason_together_planned"
    rung = concept(report, gap.rung)
    found = [Piece(say(key, count=len(things), names=listed, rung=rung))]
    if gap.planned_agreements:
        planned = join(name(report, a.iri) for a in gap.planned_agreements)
        found.append(Piece(say("reason_agreement_planned", names=planned)))
    if gap.uncertain_agreements:
        unknown = join(name(report, a.iri) for a in gap.uncertain_agreements)
        found.append(Piece(say("reason_agreement_unknown", names=unknown)))
    if gap.covered_through or gap.decision:
        found.append(Piece(coverage(report, gap)))
    return found
