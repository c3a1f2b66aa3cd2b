"""What the page of the desk consists of: choices, totals, and parts with their tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.follow_up import VERDICTS
from graph.history import Entry
from graph.next_steps import explain_order, explain_steps
from triplehelix.analysis_pages.blocks import Filter, Group, Table
from triplehelix.analysis_pages.texts import speak
from triplehelix.desk_pages.change_rows import change_rows
from triplehelix.desk_pages.choices import list_choices, list_totals
from triplehelix.desk_pages.deadline_rows import deadline_rows
from triplehelix.desk_pages.follow_rows import follow_rows
from triplehelix.desk_pages.parts import Parts
from triplehelix.desk_pages.texts import say, told
from triplehelix.desk_pages.work_rows import work_rows
from triplehelix.desk_pages.worklists import Desk
from triplehelix.pages.texts import Text
from triplehelix.record_pages.sections import Column, capital
from triplehelix.report import Report


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: a table under a heading, or what is said where it has no rows."""

    id: str
    table: Table
    notes: Sequence[Text] = ()
    rules: Sequence[Text] = ()
    link: tuple[str, Text] | None = None
    totals: Sequence[Filter] = ()

    @property
    def heading(self) -> Text:
        """What it is called."""
        return self.table.caption

    @property
    def empty(self) -> Text:
        """What is said where nothing fits."""
        return say(f"{self.id}_empty")


@dataclass(frozen=True, slots=True)
class Page:
    """The choices, the totals that are chosen by, and the parts."""

    choices: Sequence[Filter]
    totals: Sequence[Filter]
    parts: Sequence[Part] = field(default_factory=list)


def make_page(report: Report, desk: Desk, parts: Parts) -> Page:
    """Return the page of a report."""
    return Page(
        list_choices(report, desk.work),
        list_totals(),
        [
            list_work(report, desk, parts),
            list_deadlines(report, desk, parts),
            list_follow_ups(report, desk, parts),
            list_changes(report, desk),
        ],
    )


def list_work(report: Report, desk: Desk, parts: Parts) -> Part:
    """Return the work list."""
    columns = [
        *_headings("rank:rank", "work_partner", "work_together:together", "work_money:figure"),
        *_headings("work_period:dates", "work_unit:cover", "work_parents:cover", "work_step:why"),
    ]
    rows = work_rows(report, desk.work, parts)
    table = Table("work-table", say("h_work"), columns, [Group(rows)], named=1)
    return Part("work", table, rules=[speak(explain_order), speak(explain_steps)])


def list_deadlines(report: Report, desk: Desk, parts: Parts) -> Part:
    """Return the days of notice and ends that are near, or have passed."""
    columns = _headings(
        "deadline_day:dates", "deadline_kind", "deadline_agreement", "deadline_parties",
        "deadline_left", "choice_state",
    )  # fmt: skip
    rows = deadline_rows(report, desk.deadlines, parts)
    table = Table("deadline-table", say("h_deadlines"), columns, [Group(rows)], named=2)
    note = say("deadlines_note", days=desk.within.days)
    link = ("../desk.ics", say("deadlines_calendar"))
    return Part("deadlines", table, [note], link=link)


def list_follow_ups(report: Report, desk: Desk, parts: Parts) -> Part:
    """Return what realises each agreement, and those with nothing."""
    columns = _headings(
        "deadline_agreement", "follow_partners", "follow_since:dates", "choice_state",
        "follow_verdict", "follow_initiatives", "follow_events", "work_money:figure",
        "follow_outputs",
    )  # fmt: skip
    rows = follow_rows(report, desk.follow_ups, parts)
    table = Table("follow-table", say("h_follow"), columns, [Group(rows)])
    verdicts = [(code, told(f"desk.verdicts.{code}")) for code in VERDICTS]
    totals = [Filter("verdict", say("follow_verdict"), verdicts)]
    return Part("follow", table, [say("follow_note")], totals=totals)


def list_changes(report: Report, desk: Desk) -> Part:
    """Return what the last build that changed anything has changed."""
    columns = _headings(
        "changed_what", "changed_kind", "changed_host", "changed_detail", "changed_cause"
    )
    entry = desk.changes
    rows = change_rows(report, entry) if entry else []
    table = Table("changed-table", say("h_changed"), columns, [Group(rows)])
    return Part("changed", table, [_compare(entry)] if entry else [])


def _compare(entry: Entry) -> Text:
    before, after = entry.before, entry.after
    return say(
        "changed_note",
        before=before.built,
        on_before=before.on,
        after=after.built,
        on_after=after.on,
    )


def _headings(*keys: str) -> list[Column]:
    """Return columns by the keys of their headings, each with its style after a colon."""
    parted = (key.partition(":") for key in keys)
    return [Column(capital(say(word)), style) for word, _, style in parted]
