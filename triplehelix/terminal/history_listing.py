"""What changed from build to build, as a listing; and a change in words, for pages, too."""

from __future__ import annotations

from collections.abc import Iterator

from graph.history import MOST_CHANGES, MOST_ENTRIES, Build, Cause, Change, Entry, History
from graph.namespaces import slug
from graph.snapshot import LEVELS
from triplehelix.contracts import Json
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import knows, say


def tell_kind(change: Change, language: str) -> str:
    """Return what happened.

    >>> tell_kind(Change("agreement", "renewed", "data", "agr-lab"), "ko")
    '협약 갱신'
    """
    return say(f"history.{change.subject}.{change.kind}", language)


def tell_cause(cause: Cause, language: str) -> str:
    """Return whether the data changed or the date moved on.

    >>> tell_cause("date", "en")
    'date moved'
    """
    return say(f"history.causes.{cause}", language)


def tell_detail(change: Change, language: str) -> str:
    """Return what was before and is after: cover, with the level if not at both, or state and end.

    >>> lab = Change("agreement", "ended", "date", "agr-lab", before="in_force", after="expired")
    >>> tell_detail(lab, "en")
    'in force → expired'
    """
    if change.subject == "partner":
        return ""
    if change.subject == "finding":
        return say(f"severity.{change.after or change.before}", language)
    if change.subject == "gap":
        before, after = (_cover(state, language) for state in (change.before, change.after))
        move = say("history.move", language, before=before, after=after)
        if change.levels == LEVELS:
            return move
        levels = " · ".join(say(f"history.levels.{level}", language) for level in change.levels)
        return f"{levels}: {move}"
    return " · ".join(_agreement_moves(change, language))


def _cover(state: str, language: str) -> str:
    return say(f"history.cover.{state or 'nothing'}", language)


def _agreement_moves(change: Change, language: str) -> Iterator[str]:
    if change.before != change.after:
        before, after = (_state(state, language) for state in (change.before, change.after))
        yield say("history.move", language, before=before, after=after)
    if change.until_before != change.until_after:
        unknown = say("history.open_end", language)
        before, after = change.until_before or unknown, change.until_after or unknown
        yield say("history.until", language, before=before, after=after)


def _state(state: str, language: str) -> str:
    """Return the words of a state; one that another version wrote stands as it is."""
    if not state:
        return say("history.none", language)
    return say(f"status.{state}", language) if knows(f"status.{state}") else state


def list_history(history: History, last: int | None, language: str) -> Listing:
    """Return the last entries of a history, the newest first."""
    entries = history.entries[::-1][:last]
    total = len(history.entries)
    notes = [_tell_program(entry, language) for entry in entries if _is_program_changed(entry)]
    notes.append(say("history.note", language, entries=MOST_ENTRIES, changes=f"{MOST_CHANGES:,}"))
    return Listing(
        say("history.title", language, count=len(entries), total=total),
        (
            Heading("#"),
            Heading(say("columns.change", language)),
            Heading(say("columns.name", language), share=4),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("history.hosts", language), share=1, least=12),
            Heading(say("columns.note", language), share=4, least=26, wide=True),
            Heading(say("history.cause", language)),
        ),
        [_row(entry, change, language) for entry in entries for change in entry.changes],
        {
            "build": _write_build(history.build),
            "total": total,
            "entries": [_write(entry, language) for entry in entries],
        },
        groups={str(entry.number): _head(entry, language) for entry in entries},
        empty=say("history.empty", language),
        note="\n".join(notes),
        lead=say("history.last", language, built=history.build.built, on=history.build.on),
    )


def _is_program_changed(entry: Entry) -> bool:
    return entry.before.version != entry.after.version


def _tell_program(entry: Entry, language: str) -> str:
    before, after = entry.before.version, entry.after.version
    return say("history.program", language, number=entry.number, before=before, after=after)


def _head(entry: Entry, language: str) -> str:
    before, after = entry.before, entry.after
    return say(
        "history.same_date" if before.on == after.on else "history.entry",
        language,
        number=entry.number,
        built=after.built,
        version=after.version,
        before=before.on,
        after=after.on,
        count=len(entry.changes),
    )


def _row(entry: Entry, change: Change, language: str) -> tuple[str, ...]:
    return (
        str(entry.number),
        tell_kind(change, language),
        entry.name(change.iri, language),
        slug(change.iri),
        ", ".join(entry.name(host, language) for host in change.hosts),
        tell_detail(change, language),
        tell_cause(change.cause, language),
    )


def _write(entry: Entry, language: str) -> Json:
    return {
        "number": entry.number,
        "before": _write_build(entry.before),
        "after": _write_build(entry.after),
        "changes": [_write_change(entry, change, language) for change in entry.changes],
    }


def _write_build(build: Build) -> Json:
    return {
        "as_of": build.on.isoformat(),
        "built": build.built.isoformat(),
        "version": build.version,
    }


def _write_change(entry: Entry, change: Change, language: str) -> Json:
    return {
        "subject": change.subject,
        "kind": change.kind,
        "cause": change.cause,
        "id": slug(change.iri),
        "label": entry.name(change.iri, language),
        "hosts": [{"id": slug(host), "label": entry.name(host, language)} for host in change.hosts],
        "levels": list(change.levels),
        "before": change.before or None,
        "after": change.after or None,
        "until_before": change.until_before or None,
        "until_after": change.until_after or None,
    }
