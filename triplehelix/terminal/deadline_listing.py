"""Days of notice and ends of agreements as a listing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from graph.deadlines import Deadline
from triplehelix.desk.contracts import DeskWriter
from triplehelix.terminal.desk_listing import state_label
from triplehelix.terminal.listings import cite_briefly
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import say


def list_deadlines(found: Sequence[Deadline], writer: DeskWriter, within: timedelta) -> Listing:
    """Return deadlines, those that have passed without action at the top."""
    language = writer.language
    return Listing(
        say("desk.due", language, count=len(found), on=writer.on, days=within.days),
        (
            Heading(say("columns.when", language)),
            Heading(say("columns.kind", language)),
            Heading(say("columns.left", language)),
            Heading(say("columns.agreement", language), share=4),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("columns.parties", language), share=4),
            Heading(say("columns.status", language), wide=True),
            Heading(say("columns.certain", language), hidden=True),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
        ),
        [_deadline_row(each, writer) for each in found],
        {
            "on": writer.on.isoformat(),
            "within_days": within.days,
            "deadlines": [writer.write_deadline(each) for each in found],
        },
        empty=say("desk.nothing_due", language),
        note=say("desk.due_note", language),
    )


def _deadline_row(deadline: Deadline, writer: DeskWriter) -> tuple[str, ...]:
    language, day = writer.language, deadline.day
    return (
        day.lexical.replace("/", "~"),
        say(f"desk.kinds.{deadline.kind}", language),
        _tell_left(deadline, writer),
        deadline.agreement.label(language),
        deadline.id,
        "\n".join(party.label(language) for party in deadline.parties),
        state_label(deadline.state, language),
        say(f"answer.{'yes' if deadline.certain else 'no'}", language),
        cite_briefly(deadline.evidence, language),
    )


def _tell_left(deadline: Deadline, writer: DeskWriter) -> str:
    language, on = writer.language, writer.on
    if deadline.overdue:
        return say("desk.overdue", language, days=f"{(on - deadline.day.latest).days:,}")
    if deadline.day.earliest < on:
        return say("desk.perhaps_overdue", language)
    days = f"{(deadline.day.earliest - on).days:,}"
    rough = deadline.day.earliest != deadline.day.latest
    return say("desk.left_at_least" if rough else "desk.left", language, days=days)
