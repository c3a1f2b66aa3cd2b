"""The gaps of all eight kinds, each with its reasons, its evidence, and what orders the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.agreement_gaps import AgreementGap, find_agreement_gaps
from graph.gap_reasons import explain_rank
from graph.link_judgement import Judgement
from graph.missing_legs import MissingLeg, find_missing_legs
from graph.missing_links import MissingLinks, find_missing_links
from graph.trust_gaps import TrustGap, find_trust_gaps
from graph.weak_ties import WeakTie, find_weak_ties
from triplehelix.analysis_pages import gap_rows
from triplehelix.analysis_pages.blocks import (
    Block,
    Facts,
    Filter,
    Group,
    Note,
    Page,
    Part,
    Row,
    Table,
    headings,
)
from triplehelix.analysis_pages.explanations import define, explain
from triplehelix.analysis_pages.readings import Readings
from triplehelix.analysis_pages.texts import say, speak
from triplehelix.analysis_pages.uncovered import list_uncovered
from triplehelix.pages.texts import plain
from triplehelix.record_pages.sections import Column, Piece
from triplehelix.report import Report

LISTED = 50
"""So many of the pairs that might work together are shown."""
CLEAR = 0.75
"""From this AUC on a list is called much better than chance."""
_DEFINED = {"weak": "weak-ties"}


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps that are found from the report alone."""

    agreements: list[AgreementGap]
    legs: list[MissingLeg]
    weak: list[WeakTie]
    links: MissingLinks
    trust: list[TrustGap]


def find_all_gaps(report: Report) -> Gaps:
    """Return the gaps of the kinds that need nothing but the report."""
    holdings, on = report.holdings, report.on
    return Gaps(
        find_agreement_gaps(holdings, on),
        find_missing_legs(holdings, on),
        find_weak_ties(holdings, on),
        find_missing_links(holdings, on, limit=LISTED, labels=report.labels),
        find_trust_gaps(holdings, on, report.findings),
    )


def make_gaps_page(report: Report, readings: Readings) -> Page:
    """Return the page of all gaps."""
    gaps = find_all_gaps(report)
    rows = {
        "agreements": gap_rows.agreement_rows(report, gaps.agreements),
        "legs": gap_rows.leg_rows(report, gaps.legs),
        "weak": gap_rows.weak_rows(report, gaps.weak),
        "money": gap_rows.money_rows(report, readings.money_gaps),
        "indicators": gap_rows.indicator_rows(report, readings.indicator_gaps),
        "trust": gap_rows.trust_rows(report, gaps.trust),
    }
    ranks = {
        "agreements": "agreement_gaps", "legs": "missing_legs", "weak": "weak_ties",
        "money": "money_gaps", "indicators": "indicator_gaps", "trust": "trust_gaps",
    }  # fmt: skip
    found = {
        key: list_gaps(key, own, define(_DEFINED.get(key, key)), ranks[key])
        for key, own in rows.items()
    }
    parts = [
        list_uncovered(report),
        found["agreements"],
        found["legs"],
        found["weak"],
        list_links(report, gaps.links),
        found["money"],
        found["indicators"],
        found["trust"],
    ]
    counted = [(part.heading, [Piece(plain(str(part.count)), f"#{part.id}")]) for part in parts]
    summary = Part("kinds", say("h_kinds"), [Facts(counted), Note(say("gaps_kinds_note"))])
    return Page("gaps", say("open_gaps"), say("page_gaps_lead"), [summary, *parts])


def gap_columns() -> list[Column]:
    """Return the columns that all kinds share."""
    return headings("#rank", "gap_subject", "gap_kind", "~gap_reasons")


def list_gaps(key: str, rows: Sequence[Row], note: Note, ranked_as: str) -> Part:
    """Return a part with gaps of one of the kinds 2 to 8."""
    kinds = gap_rows.kinds_of(rows)
    filters = [Filter("kind", say("gap_kind"), kinds)] if len(kinds) > 1 else []
    if {row.facts["certain"] for row in rows} == {"yes", "no"}:
        sure = [("yes", say("certain_only")), ("no", say("uncertain_gap"))]
        filters.append(Filter("certain", say("certainty"), sure))
    table = Table(
        f"{key}-table", say(f"h_gaps_{key}"), gap_columns(), [Group(rows)], filters, named=1
    )
    blocks: list[Block] = [note, _tell_rank(ranked_as), table]
    return Part(key, say(f"h_gaps_{key}"), blocks, len(rows))


def _tell_rank(subject: str) -> Note:
    text = speak(lambda language: explain_rank(subject, language))
    return Note(say("ranked_so", text=text))


def name_verdict(judgement: Judgement) -> str:
    """Return the verdict; much better ranks three of four later pairs before like ones.

    >>> name_verdict(Judgement("better", auc=0.8))
    'much_better'
    """
    is_clear = judgement.auc is not None and judgement.auc >= CLEAR
    return "much_better" if judgement.verdict == "better" and is_clear else judgement.verdict


def list_links(report: Report, found: MissingLinks) -> Part:
    """Return the pairs that might work together, and what such a list is worth."""
    rows = gap_rows.link_rows(report, found.links)
    columns = headings(
        "#rank", "link_pair", "~gap_reasons", "#score_allocation", "#score_adamic",
        "#score_themes",
    )  # fmt: skip
    blocks: list[Block] = [
        Note(say(f"verdict_{name_verdict(found.judgement)}"), "verdict"),
        Note(speak(found.judgement.reason.text), "told"),
        Note(say("gaps_links_note", shown=len(rows), all=found.candidates)),
        _tell_rank("missing_links"),
        Table("links-table", say("h_gaps_links"), columns, [Group(rows)], named=1),
        explain("links"),
    ]
    return Part("links", say("h_gaps_links"), blocks, found.candidates)
