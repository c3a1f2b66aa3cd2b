"""The follow-up of agreements as a listing: what realises each, and those with nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.follow_up import VERDICTS, FollowUp, Realisation
from graph.namespaces import slug
from triplehelix.desk.contracts import DeskWriter
from triplehelix.terminal.desk_listing import state_label, tell_money
from triplehelix.terminal.listings import cite_briefly
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import say

_UNDERTAKINGS, _OUTPUTS, _PLANS = 5, 3, 3
"""So many are named on a terminal."""


def list_follow_up(found: Sequence[FollowUp], writer: DeskWriter) -> Listing:
    """Return agreements with what realises each, those with nothing first."""
    language = writer.language
    verdicts = {code: say(f"desk.verdicts.{code}", language) for code in VERDICTS}
    counts = {code: sum(each.verdict == code for each in found) for code in VERDICTS}
    return Listing(
        say("desk.follow_up", language, count=len(found), on=writer.on),
        (
            Heading(say("columns.host", language)),
            Heading(say("columns.verdict", language), least=10),
            Heading(say("columns.agreement", language), share=4),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("columns.signed", language)),
            Heading(say("columns.status", language), wide=True),
            Heading(say("columns.initiatives", language), share=6),
            Heading(say("columns.outputs", language), share=3, wide=True),
            Heading(say("columns.money", language), share=2, least=18, wide=True),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
        ),
        [
            (
                each.host.label(language),
                verdicts[each.verdict],
                _tell_agreement(each, language),
                slug(each.agreement.iri),
                each.since or say("agreements.not_stated", language),
                state_label(each.state, language),
                "\n".join(_tell_realisations(each, language)),
                "\n".join(_tell_outputs(each, language)),
                tell_money(each.money, language),
                cite_briefly(each.evidence, language),
            )
            for each in found
        ],
        {
            "on": writer.on.isoformat(),
            "counts": counts,
            "agreements": [writer.write_follow_up(each) for each in found],
        },
        groups={each.host.label(language): each.host.label(language) for each in found},
        empty=say("desk.no_follow_up", language),
        note=say("desk.follow_up_note", language),
        lead=", ".join(f"{verdicts[code]} {count}" for code, count in counts.items()),
    )


def _tell_agreement(found: FollowUp, language: str) -> str:
    name = found.agreement.label(language)
    if found.signer.iri == found.host.iri:
        return name
    return say("desk.signed_by", language, agreement=name, party=found.signer.label(language))


def _tell_realisations(found: FollowUp, language: str) -> Iterable[str]:
    every = (*found.initiatives, *found.events)
    for each in every[:_UNDERTAKINGS]:
        yield _tell_realisation(each, language)
    if len(every) > _UNDERTAKINGS:
        yield say("gaps.and_more", language, count=len(every) - _UNDERTAKINGS)
    for planned in found.planned[:_PLANS]:
        yield say("desk.planned", language, text=planned.label(language))


def _tell_realisation(found: Realisation, language: str) -> str:
    text = found.initiative.label(language)
    if found.units:
        units = ", ".join(unit.label(language) for unit in found.units)
        text = say("desk.through_units", language, text=text, units=units)
    return text if found.certain else say("desk.not_known", language, text=text)


def _tell_outputs(found: FollowUp, language: str) -> Iterable[str]:
    for each in found.outputs[:_OUTPUTS]:
        output = each.output
        value = f"{output.value:,f}" if output.value is not None else ""
        text = " ".join(filter(None, (output.label(language), f"{value}{output.unit}")))
        yield text if each.certain else say("desk.not_known", language, text=text)
    if len(found.outputs) > _OUTPUTS:
        yield say("gaps.and_more", language, count=len(found.outputs) - _OUTPUTS)
