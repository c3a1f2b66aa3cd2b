"""The agreement desk as listings: the work list, the follow-up, the deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from graph.coverings import Covering
from graph.next_steps import explain_order, explain_steps, step_label
from graph.partnerships import Partnership
from graph.stated_money import StatedMoney
from triplehelix.desk.contracts import DeskWriter, write_totals
from triplehelix.desk.selection import GAP, WAIVED, Totals, Wish, add_up
from triplehelix.terminal.listings import cite_briefly, concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import say

_NAMED = 3
"""Of more undertakings so many are named on a terminal."""


def state_label(code: str, language: str) -> str:
    """Return what a state that can be asked for is called.

    >>> state_label("none", "en"), state_label("in_force", "ko")
    ('no agreement', '유효')
    """
    own = {"none", GAP, WAIVED}
    return say(f"desk.states.{code}" if code in own else f"status.{code}", language)


def list_desk(
    rows: Sequence[Partnership],
    wish: Wish,
    top: int | None,
    writer: DeskWriter,
    level: str,
    within: timedelta,
) -> Listing:
    """Return the partners that are wanted, host by host; totals are of all that are wanted."""
    language = writer.language
    wanted = [row for row in rows if wish.meets(row)]
    shown, totals = wanted[:top], add_up(wanted)
    level_words = say(f"gaps.{level}", language)
    return Listing(
        say("desk.title", language, on=writer.on, level=level_words),
        (
            Heading(say("columns.host", language)),
            Heading(say("columns.rank", language), right=True),
            Heading(say("columns.partner", language), share=4, least=14),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("columns.sector", language), hidden=True),
            Heading(say("columns.initiatives", language), share=5),
            Heading(say("columns.rung", language), hidden=True),
            Heading(say("columns.money", language), share=2, least=18, wide=True),
            Heading(say("columns.coverage", language), share=2, least=10),
            Heading(say("columns.with_parents", language), share=2, least=12, wide=True),
            Heading(say("columns.step", language), least=8),
            Heading(say("columns.reasons", language), share=7),
            Heading(say("columns.departments", language), hidden=True),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
        ),
        [_row(row, writer) for row in shown],
        {
            "on": writer.on.isoformat(),
            "level": level,
            "within_days": within.days,
            "order": explain_order(language),
            "precedence": explain_steps(language),
            "totals": write_totals(totals),
            "partners": [writer.write_partnership(row) for row in shown],
        },
        groups={row.host.label(language): _tell_host(row, wanted, language) for row in shown},
        empty=say("desk.empty", language),
        note=f"{explain_order(language)} {explain_steps(language)}",
        lead=tell_totals(totals, language),
    )


def _tell_host(row: Partnership, rows: Sequence[Partnership], language: str) -> str:
    own = add_up([each for each in rows if each.host.iri == row.host.iri])
    name = row.host.label(language)
    return say("desk.host", language, host=name, partners=own.partners, **own.gaps)


def tell_totals(totals: Totals, language: str) -> str:
    """Return what partners add up to, in words: gaps at both levels, and the steps."""
    steps = ", ".join(
        f"{step_label(code, language)} {count}"  # type: ignore[arg-type]
        for code, count in totals.steps.items()
    )
    lines = [
        say(
            "desk.totals",
            language,
            partners=totals.partners,
            together=totals.together,
            unit=totals.gaps["unit"],
            unit_actual=totals.actual_gaps["unit"],
            parent=totals.gaps["parent"],
            parent_actual=totals.actual_gaps["parent"],
            waived=totals.waived,
        )
    ]
    return "\n".join([*lines, say("desk.steps", language, steps=steps)] if steps else lines)


def _row(row: Partnership, writer: DeskWriter) -> tuple[str, ...]:
    language = writer.language
    rung = concept(row.rung, language)
    return (
        row.host.label(language),
        str(row.rank),
        row.partner.label(language),
        row.partner.id,
        concept(row.partner.sector, language),
        _tell_work(row, rung, language),
        rung,
        tell_money(row.money, language),
        tell_covering(row.unit, writer),
        "" if row.parents == row.unit else tell_covering(row.parents, writer),
        step_label(row.step.code, language),
        "\n".join(reason.text(language) for reason in row.step.reasons),
        ", ".join(writer.write_record(iri)["label"] for iri in row.departments),
        cite_briefly(row.evidence, language),
    )


def _tell_work(row: Partnership, rung: str, language: str) -> str:
    if not row.initiatives:
        return say("desk.no_work", language)
    first, *more = row.initiatives
    joint = first.label(language)
    if more:
        joint += f" {say('gaps.and_more', language, count=len(more))}"
    told = rung if row.actual else say("gaps.rung", language, rung=rung)
    return "\n".join([joint, " · ".join(filter(None, (told, _tell_span(row.since, row.last))))])


def _tell_span(since: str, last: str) -> str:
    return since if since == last else f"{since}~{last}"


def tell_money(money: Iterable[StatedMoney], language: str) -> str:
    """Return the first printed amount with its phase."""
    largest = next(iter(money), None)
    if largest is None:
        return ""
    words = [" ".join(filter(None, (largest.year, concept(largest.phase, language))))]
    words += [say("desk.above", language)] if largest.above else []
    words += [say("desk.summed", language)] if largest.summed else []
    return say("desk.money", language, amount=f"{largest.amount:,f}", words=", ".join(words))


def tell_covering(covering: Covering, writer: DeskWriter) -> str:
    """Return the state of what covers a partner, and through whom it does."""
    language = writer.language
    state = state_label(covering.state, language)
    if not covering.party:
        return state
    party = writer.holdings.organizations[covering.party].label(language)
    key = "desk.by_own_unit" if covering.own_unit else "desk.through_parent"
    return say(key, language, state=state, party=party)


def explain_desk(language: str) -> Listing:
    """Return by what partners are ordered, and what each step means."""
    rows = [
        (say("desk.order", language), explain_order(language)),
        (say("desk.precedence", language), explain_steps(language)),
    ]
    return Listing(
        say("desk.explained", language),
        (
            Heading(say("columns.aspect", language)),
            Heading(say("columns.definition", language), share=1),
        ),
        rows,
        {"order": explain_order(language), "precedence": explain_steps(language)},
    )
