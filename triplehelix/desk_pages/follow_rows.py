"""The rows of the follow-up (이행점검): what realises each agreement since it was signed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.follow_up import FollowUp, Realisation, RealisedOutput
from triplehelix.analysis_pages.blocks import Cell, Row, link, record_address
from triplehelix.analysis_pages.texts import speak
from triplehelix.desk_pages.parts import Item, Parts
from triplehelix.desk_pages.texts import name_state, say, told
from triplehelix.desk_pages.work_rows import tell_money, tell_span
from triplehelix.pages.texts import Text, join, name, plain
from triplehelix.report import Report


def follow_rows(report: Report, followed: Iterable[FollowUp], parts: Parts) -> list[Row]:
    """Return a row for each agreement of each host."""
    return [_row(report, each, parts) for each in followed]


def _row(report: Report, each: FollowUp, parts: Parts) -> Row:
    agreement = each.agreement
    others = [party for party in each.parties if party.iri != each.signer.iri]
    cells: list[Cell] = [
        [link(report, agreement.iri)],
        [link(report, party.iri) for party in others],
        tell_span(each.since, agreement.end),
        parts.badge("state", each.state, name_state(each.state)),
        parts.badge("verdict", each.verdict, told(f"desk.verdicts.{each.verdict}")),
        _things(report, each.initiatives, parts),
        _things(report, each.events, parts),
        tell_money(report, each.money[0] if each.money else None),
        _outputs(report, each.outputs, parts),
    ]
    facts = {
        "host": each.host.id,
        "verdict": each.verdict,
    }
    return Row(cells, each.evidence, facts=facts, more=record_address(agreement.iri))


def _things(report: Report, found: Sequence[Realisation], parts: Parts) -> Cell:
    """Return undertakings, each with what is to be known about it, folded up."""
    things = [(each.initiative.iri, _note(each)) for each in found]
    return _fold([(name(report, iri), record_address(iri), note) for iri, note in things], parts)


def _note(found: Realisation) -> Text | None:
    notes = [*_doubt(certain=found.certain)]
    if found.units:
        units = join(speak(unit.label) for unit in found.units)
        notes.append(say("by_units", units=units))
    return join(notes, " · ") if notes else None


def _doubt(*, certain: bool) -> list[Text]:
    return [] if certain else [say("time_not_known")]


def _outputs(report: Report, found: Sequence[RealisedOutput], parts: Parts) -> Cell:
    items: list[Item] = []
    for each in found:
        output = each.output
        value = "" if output.value is None else f"{output.value:,f}{output.unit}"
        notes = [*([plain(value)] if value else []), *_doubt(certain=each.certain)]
        noted = join(notes, " · ") if notes else None
        items.append((speak(output.label), record_address(output.initiative), noted))
    return _fold(items, parts)


def _fold(items: Sequence[Item], parts: Parts) -> Cell:
    return parts.folded(say("items", count=len(items)), items) if items else []
