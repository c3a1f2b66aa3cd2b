"""The rows of gaps of every kind: rank, what it is about, reasons in words, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Protocol, TypeVar

from graph.agreement_gaps import AgreementGap
from graph.evidence import Evidence
from graph.gap_reasons import GapReason, kind_label
from graph.indicator_gaps import IndicatorGap
from graph.missing_legs import MissingLeg
from graph.missing_links import MissingLink
from graph.money_gaps import MoneyGap
from graph.namespaces import slug
from graph.trust_gaps import TrustGap
from graph.weak_ties import WeakTie
from triplehelix.analysis_pages.blocks import Cell, Row, figure, link, record_address, words
from triplehelix.analysis_pages.texts import both, rank_text, say, speak
from triplehelix.pages.texts import Text, join, name
from triplehelix.record_pages.sections import Piece
from triplehelix.report import Report

_NAMES = 8
"""Of longer lists of organisations so many are named."""


class _Reasoned(Protocol):
    """What gaps of kinds 2 to 8 have in common."""

    @property
    def rank(self) -> int: ...
    @property
    def reasons(self) -> tuple[GapReason, ...]: ...
    @property
    def evidence(self) -> tuple[Evidence, ...]: ...


Reasoned = TypeVar("Reasoned", bound=_Reasoned)


@cache
def name_kind(kind: str) -> Text:
    """Return what a kind of gap is called."""
    return speak(lambda language: kind_label(kind, language))


def tell_reasons(reasons: Iterable[GapReason]) -> list[Piece]:
    """Return the sentences of reasons."""
    return [Piece(speak(reason.text)) for reason in reasons]


def make_rows(
    gaps: Iterable[Reasoned],
    subject: Callable[[Reasoned], Cell],
    kind: Callable[[Reasoned], str],
    more: Callable[[Reasoned], str],
    certain: Callable[[Reasoned], bool] = lambda gap: True,
) -> list[Row]:
    """Return the rows of gaps; what is not certain is said first."""
    rows, known = [], list(gaps)
    tied = Counter(gap.rank for gap in known)
    for gap in known:
        doubt = [] if certain(gap) else [Piece(say("uncertain_gap"), style="flag")]
        cells: list[Cell] = [
            words(rank_text(gap.rank, tied[gap.rank])),
            subject(gap),
            words(name_kind(kind(gap))),
            [*doubt, *tell_reasons(gap.reasons)],
        ]
        facts = {"kind": kind(gap), "certain": "yes" if certain(gap) else "no"}
        rows.append(Row(cells, gap.evidence, facts=facts, more=more(gap)))
    return rows


def _links(report: Report, iris: Sequence[str]) -> list[Piece]:
    shown = [link(report, iri) for iri in iris[:_NAMES]]
    left = len(iris) - len(shown)
    return [*shown, *([Piece(say("count_more", count=left), style="quiet")] if left else [])]


def agreement_rows(report: Report, gaps: Iterable[AgreementGap]) -> list[Row]:
    """Return the agreements that need attention, with their parties."""

    def subject(gap: AgreementGap) -> Cell:
        parties = join(name(report, party.iri) for party in gap.parties[:_NAMES])
        return [link(report, gap.agreement.iri), Piece(parties, style="quiet")]

    return make_rows(
        gaps,
        subject,
        lambda gap: gap.kind,
        lambda gap: record_address(gap.agreement.iri),
        lambda gap: gap.certain,
    )


def leg_rows(report: Report, gaps: Iterable[MissingLeg]) -> list[Row]:
    """Return the initiatives, themes and places with a missing leg."""
    return make_rows(
        gaps,
        lambda gap: [link(report, gap.iri)],
        lambda gap: gap.kind,
        lambda gap: record_address(gap.iri),
        lambda gap: gap.certain,
    )


def weak_rows(report: Report, gaps: Iterable[WeakTie]) -> list[Row]:
    """Return the organisations in a weak position."""
    return make_rows(
        gaps,
        lambda gap: _links(report, [o.iri for o in gap.organizations]),
        lambda gap: gap.kind,
        lambda gap: record_address(gap.organizations[0].iri),
    )


def link_rows(report: Report, links: Sequence[MissingLink]) -> list[Row]:
    """Return the pairs that might work together, with their scores."""
    rows = make_rows(
        links,
        lambda pair: [link(report, pair.first.iri), link(report, pair.second.iri)],
        lambda pair: "missing_link",
        lambda pair: record_address(pair.first.iri),
    )
    return [
        Row(
            [
                *row.cells[:2],
                row.cells[3],
                figure(pair.score.resource_allocation, 3),
                figure(pair.score.adamic_adar, 3),
                figure(pair.score.themes),
            ],
            row.evidence,
            more=row.more,
        )
        for row, pair in zip(rows, links, strict=True)
    ]


def money_rows(report: Report, gaps: Iterable[MoneyGap]) -> list[Row]:
    """Return the initiatives with a gap of money."""
    return make_rows(
        gaps,
        lambda gap: [link(report, gap.initiative.iri)],
        lambda gap: gap.kind,
        lambda gap: record_address(gap.initiative.iri),
        lambda gap: gap.certain,
    )


def indicator_rows(report: Report, gaps: Iterable[IndicatorGap]) -> list[Row]:
    """Return the indicators with a gap, and whose they are."""

    def subject(gap: IndicatorGap) -> Cell:
        return [Piece(both(gap.indicator.labels)), *_owner(report, gap)]

    return make_rows(
        gaps,
        subject,
        lambda gap: gap.kind,
        lambda gap: record_address(gap.indicator.initiative) if gap.indicator.initiative else "",
        lambda gap: gap.certain,
    )


def _owner(report: Report, gap: IndicatorGap) -> list[Piece]:
    return [link(report, gap.indicator.initiative)] if gap.indicator.initiative else []


def trust_rows(report: Report, gaps: Iterable[TrustGap]) -> list[Row]:
    """Return the open findings, and the facts with weak evidence."""
    holdings = report.holdings
    ends = {tie.iri: (tie.source, tie.target) for tie in holdings.ties}
    known = holdings.organizations | holdings.initiatives | holdings.agreements

    def records(gap: TrustGap) -> list[str]:
        return [iri for iri in ends.get(gap.subject, (gap.subject,)) if iri in known]

    def subject(gap: TrustGap) -> Cell:
        if gap.finding:
            severity = say(f"severity_{gap.finding.severity}")
            return [Piece(severity, f"index.html#{gap.finding.id}"), *_links(report, records(gap))]
        found = _links(report, records(gap))
        return found or words(both(gap.names) if gap.names else slug(gap.subject))

    def more(gap: TrustGap) -> str:
        found = records(gap)
        return record_address(found[0]) if found else ""

    return make_rows(gaps, subject, lambda gap: gap.kind, more)


def kinds_of(rows: Iterable[Row]) -> list[tuple[str, Text]]:
    """Return the kinds of gaps among rows, in their order, with their names."""
    codes = dict.fromkeys(row.facts["kind"] for row in rows)
    return [(code, name_kind(code)) for code in codes]
