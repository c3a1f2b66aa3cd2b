"""What importing a workbook changes, and what stands against it, line by line."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from graph.diagnostics import SEVERITIES, render
from triplehelix.contracts import Json
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from triplehelix.desk.workbook_import import Effect, Import
    from triplehelix.desk.workbook_plan import Change, Conflict
    from triplehelix.desk.workbook_reading import Problem


def list_import(asked: Import, effect: Effect | None, language: str, *, refused: bool) -> Listing:
    """Return the changes, conflicts and problems of an import, and what recording did."""
    plan, file = asked.plan, asked.filled.file
    problems = sorted(plan.problems, key=lambda p: SEVERITIES.index(p.diagnostic.severity))
    rows = [
        *(_tell_problem(problem, language) for problem in problems),
        *(_tell_conflict(conflict, language) for conflict in plan.conflicts),
        *(_tell_change(change, language) for change in plan.changes),
    ]
    title = "recorded" if effect else "title"
    return Listing(
        say(f"desk.import.{title}", language, file=file, count=len(plan.changes)),
        (
            Heading(say("columns.kind", language)),
            Heading(say("desk.import.sheet", language)),
            Heading(say("desk.import.cell", language)),
            Heading(say("columns.message", language), share=1),
        ),
        rows,
        {
            "file": file,
            "department": asked.stamp.department or None,
            "date": asked.stamp.day.isoformat(),
            "register": str(asked.register),
            "recorded": effect is not None,
            "changes": [_write_change(change) for change in plan.changes],
            "conflicts": [_write_conflict(conflict) for conflict in plan.conflicts],
            "problems": [_write_problem(problem, language) for problem in problems],
            "gaps": asdict(effect) if effect else None,
        },
        empty=say("desk.import.nothing", language, file=file),
        note=_tell_outcome(asked, effect, language, refused=refused),
    )


def _tell_outcome(asked: Import, effect: Effect | None, language: str, *, refused: bool) -> str:
    if refused:
        counts = {
            "problems": sum(p.diagnostic.severity == "violation" for p in asked.plan.problems),
            "conflicts": len(asked.plan.conflicts),
        }
        return say("desk.import.refused", language, **counts)
    if effect is None:
        return say("desk.import.not_written", language)
    none = say("desk.import.none", language)
    return say(
        "desk.import.done",
        language,
        register=asked.register,
        department=asked.stamp.department,
        date=asked.stamp.day.isoformat(),
        **{key: ", ".join(names) or none for key, names in asdict(effect).items()},
    )


def _tell_problem(problem: Problem, language: str) -> tuple[str, ...]:
    fault = problem.diagnostic
    severity = say(f"severity.{fault.severity}", language)
    return severity, fault.location.sheet or "", problem.place, render(fault, language)


def _tell_conflict(conflict: Conflict, language: str) -> tuple[str, ...]:
    told = {
        key: text or say("desk.import.blank", language) for key, text in asdict(conflict).items()
    }
    text = say("desk.import.conflicting", language, **told)
    return say("desk.import.conflict", language), conflict.sheet, conflict.place, text


def _tell_change(change: Change, language: str) -> tuple[str, ...]:
    told = {key: text or say("desk.import.blank", language) for key, text in asdict(change).items()}
    text = say("desk.import.from_to", language, **told)
    return say("desk.import.change", language), change.sheet, change.place, text


def _write_change(change: Change) -> Json:
    return {
        "sheet": change.sheet,
        "cell": change.place,
        "record": change.record,
        "label": change.name,
        "column": change.column,
        "before": change.before or None,
        "after": change.after or None,
    }


def _write_conflict(conflict: Conflict) -> Json:
    return {
        "sheet": conflict.sheet,
        "cell": conflict.place,
        "label": conflict.name,
        "column": conflict.column,
        "exported": conflict.shown or None,
        "here": conflict.here or None,
        "recorded": conflict.recorded or None,
    }


def _write_problem(problem: Problem, language: str) -> Json:
    fault = problem.diagnostic
    return {
        "code": fault.code,
        "severity": fault.severity,
        "sheet": fault.location.sheet,
        "cell": problem.place or None,
        "row": fault.location.row,
        "column": fault.column.get(language) or None,
        "value": fault.value or None,
        "message": render(fault, language),
    }
