"""The rows of the work list: the partner, the joint work, what covers it, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from graph.coverings import Covering
from graph.initiatives import Initiative
from graph.namespaces import slug
from graph.next_steps import NextStep, StepCode, step_label
from graph.partnerships import Partnership
from graph.stated_money import StatedMoney
from triplehelix.analysis_pages.blocks import Cell, Row, link, record_address, words
from triplehelix.analysis_pages.texts import both, speak
from triplehelix.desk_pages.parts import Item, Parts
from triplehelix.desk_pages.texts import name_state, say
from triplehelix.desk_pages.worklists import WorkRow
from triplehelix.pages.money import Amount
from triplehelix.pages.texts import Text, concept, join, name, plain, type_name
from triplehelix.record_pages.sections import Piece, period
from triplehelix.report import Report

_TOLD_BESIDE = frozenset({"works_together", "plans_together", "no_work"})
"""Reasons that another column of the list tells already."""


def work_rows(report: Report, rows: Iterable[WorkRow], parts: Parts) -> list[Row]:
    """Return the rows of the work list."""
    return [_row(report, row, parts) for row in rows]


def _row(report: Report, row: WorkRow, parts: Parts) -> Row:
    partnership = row.partnership
    cells: list[Cell] = [
        words(str(partnership.rank)),
        _partner(report, partnership),
        _together(report, partnership, parts),
        tell_money(report, row.partnership.stake),
        tell_span(partnership.since, partnership.last),
        parts.join(_covering(report, row, partnership.unit, parts)),
        _parents(report, row, parts),
        _step(row, parts),
    ]
    more = record_address(partnership.partner.iri)
    return Row(cells, partnership.evidence, facts=_facts(row), more=more)


def _facts(row: WorkRow) -> dict[str, str]:
    """Return what a row is filtered and ordered by."""
    partnership = row.partnership
    return {
        "host": row.host,
        "department": " ".join(map(slug, partnership.departments)),
        "sector": partnership.partner.sector,
        "theme": " ".join(map(slug, partnership.themes)),
        "state-unit": row.state(partnership.unit),
        "state-parent": row.state(partnership.parents),
        "step-unit": partnership.step.code,
        "step-parent": row.parent_step.code,
        "rank": str(partnership.rank),
        "together": str(len(partnership.initiatives)),
        "money": str(row.partnership.stake.amount) if row.partnership.stake else "",
        "period": partnership.last or partnership.since,
    }


def _partner(report: Report, partnership: Partnership) -> list[Piece]:
    partner = partnership.partner
    kind = join(
        text
        for text in (type_name(report, partner.type), concept(report, partner.sector))
        if text.ko
    )
    return [
        link(report, partner.iri),
        Piece(kind, style="quiet"),
        Piece(name(report, partnership.host.iri), style="host"),
    ]


def _together(report: Report, partnership: Partnership, parts: Parts) -> Markup:
    things = partnership.initiatives
    shown = [parts.folded(*_undertakings(report, things))] if things else []
    if partnership.rung:
        rung = concept(report, partnership.rung)
        shown.append(parts.span(join([rung, *_planned(partnership)], " · "), "quiet"))
    elif not things:
        shown.append(parts.span(say("no_joint_work"), "quiet"))
    if partnership.departments:
        names = join(name(report, iri) for iri in partnership.departments)
        shown.append(parts.span(say("in_charge", names=names), "quiet"))
    return parts.join(shown)


def _planned(partnership: Partnership) -> list[Text]:
    return [] if partnership.actual else [say("only_planned")]


def _undertakings(report: Report, things: Sequence[Initiative]) -> tuple[Text, list[Item]]:
    """Return how many undertakings there are, and each with its years."""
    count = len(things)
    summary = say("undertaking_one") if count == 1 else say("undertakings", count=count)
    return summary, [
        (name(report, thing.iri), record_address(thing.iri), _years(thing.start, thing.end))
        for thing in things
    ]


def _years(start: str, end: str) -> Text | None:
    pieces = period(start, end)
    return pieces[0].text if pieces else None


def tell_span(start: str, end: str) -> list[Piece]:
    """Return dates as stated, the first and the last below each other.

    >>> [piece.text.ko for piece in tell_span("2019-01", "2023")]
    ['2019-01 ~', '2023']
    """
    if not start or start == end:
        return period(start, end)
    shown = [f"{start} ~", *([end] if end else [])]
    return [Piece(plain(text), style="dates") for text in shown]


def tell_money(report: Report, money: StatedMoney | None) -> Cell:
    """Return an amount in million won, its phase and year, and whether it is for more than this."""
    if money is None:
        return []
    notes = [concept(report, money.phase), *([plain(money.year)] if money.year else [])]
    told = [Piece(plain(Amount(money.amount).million)), Piece(join(notes, " "), style="quiet")]
    if money.above:
        told.append(Piece(say("money_above"), style="quiet"))
    return told


def _covering(report: Report, row: WorkRow, covering: Covering, parts: Parts) -> Iterator[Markup]:
    state = row.state(covering)
    yield parts.badge("state", state, name_state(state))
    agreement = covering.agreement
    if agreement is None:
        return
    yield parts.piece(link(report, agreement.iri))
    if covering.party:
        key = "by_own_unit" if covering.own_unit else "through"
        yield parts.span(say(key, party=name(report, covering.party)), "quiet")
    for piece in tell_span(agreement.start or agreement.signed, agreement.end):
        yield parts.piece(piece)
    if agreement.subjects:
        yield parts.span(speak(agreement.subject), "quiet")


def _parents(report: Report, row: WorkRow, parts: Parts) -> Markup:
    parents = row.partnership.parents
    if parents == row.partnership.unit:
        return parts.join([parts.span(say("same_as_unit"), "quiet")])
    return parts.join(_covering(report, row, parents, parts))


def _step(row: WorkRow, parts: Parts) -> Markup:
    if not row.steps_differ:
        return parts.join(tell_step(row.partnership.step, parts))
    levels = {"unit": row.partnership.step, "parent": row.parent_step}
    return parts.levels({level: parts.join(tell_step(s, parts)) for level, s in levels.items()})


def tell_step(step: NextStep, parts: Parts) -> Iterator[Markup]:
    """Yield what is to be done next, and why."""
    yield parts.badge("step", step.code, name_step(step.code))
    for reason in step.reasons:
        if reason.code not in _TOLD_BESIDE:
            yield parts.span(speak(reason.text), "sentence")


def name_step(code: StepCode) -> Text:
    """Return what a step is called.

    >>> name_step("renew").en
    'renew'
    """
    return both({language: step_label(code, language) for language in ("ko", "en")})
