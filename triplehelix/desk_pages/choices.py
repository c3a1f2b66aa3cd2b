"""What the work list is filtered by: choices with the values that occur, and totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.coverings import STATES
from graph.namespaces import slug
from graph.next_steps import STEPS
from triplehelix.analysis_pages.blocks import Filter
from triplehelix.desk_pages.texts import name_state, say
from triplehelix.desk_pages.work_rows import name_step
from triplehelix.desk_pages.worklists import WorkRow, list_hosts
from triplehelix.pages.texts import Text, concept, name
from triplehelix.report import Report


def list_choices(report: Report, rows: Sequence[WorkRow]) -> list[Filter]:
    """Return what rows are filtered by, each with the values that occur."""
    partnerships = [row.partnership for row in rows]
    every = ("", say("all_values"))
    levels = [(level, say(f"level_{level}")) for level in ("unit", "parent")]
    hosts = [(slug(iri), name(report, iri)) for iri in list_hosts(rows)]
    departments = _named(report, {iri for p in partnerships for iri in p.departments})
    themes = _named(report, {iri for p in partnerships for iri in p.themes})
    codes = sorted({p.partner.sector for p in partnerships} - {""})
    sectors = [(code, concept(report, code)) for code in codes]
    return [
        Filter("host", say("choice_host"), [*hosts, ("", say("all_hosts"))]),
        Filter("level", say("choice_level"), levels),
        Filter("department", say("choice_department"), [every, *departments]),
        Filter("sector", say("choice_sector"), [every, *sectors]),
        Filter("theme", say("choice_theme"), [every, *themes]),
    ]


def list_totals() -> list[Filter]:
    """Return the states and the steps, each of which is counted."""
    states = [(code, name_state(code)) for code in (*STATES, "waived")]
    return [
        Filter("state", say("choice_state"), states),
        Filter("step", say("choice_step"), [(code, name_step(code)) for code in STEPS]),
    ]


def _named(report: Report, iris: Iterable[str]) -> list[tuple[str, Text]]:
    return sorted(((slug(iri), name(report, iri)) for iri in iris), key=lambda item: item[1])
