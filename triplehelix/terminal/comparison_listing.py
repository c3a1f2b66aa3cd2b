"""Two dates compared as a listing: who came and left, agreements, who rose and fell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from graph.comparison import AgreementChange, Comparison, HubChange, OrganizationChange
from graph.gaps import Holdings
from graph.namespaces import slug
from triplehelix.contracts import Json, write_evidence
from triplehelix.measures.measure_contracts import (
    write_bodies,
    write_body,
    write_network,
    write_restriction,
)
from triplehelix.measures.scope import Scope
from triplehelix.terminal.listings import cite_briefly
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_names, tell_scope, tell_value
from triplehelix.terminal.wording import say

if TYPE_CHECKING:
    from graph.evidence import Evidence
    from graph.measure_registry import Measure

Row = tuple[str, ...]


def list_comparison(
    found: Comparison,
    days: tuple[date, date],
    measure: Measure,
    holdings: Holdings,
    scope: Scope,
    language: str,
) -> Listing:
    """Return what changed, kind by kind; the greatest rises and falls first."""
    rows = list(_rows(found, measure, holdings, language))
    counts = Counter(row[0] for row in rows)
    label = measure.label[language]
    sizes = {"before": len(found.before.hubs), "after": len(found.after.hubs)}
    return Listing(
        say("compare.title", language, earlier=days[0], later=days[1]),
        (
            Heading(say("columns.change", language)),
            Heading(say("columns.name", language), share=4),
            Heading(say("columns.id", language), hidden=True),
            Heading(say("columns.note", language), share=5),
            Heading(say("columns.certain", language), hidden=True),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
        ),
        rows,
        _write(found, days, measure, holdings, scope, language),
        groups={
            name: say("compare.group", language, label=name, count=count)
            for name, count in counts.items()
        },
        empty=say("compare.empty", language),
        note=_tell_rest(found, language),
        lead=f"{tell_scope(scope, language)}\n"
        f"{say('compare.sizes', language, measure=label, **sizes)}",
    )


def _tell_rest(found: Comparison, language: str) -> str:
    passed = sum(not _is_moved(change) for change in (*found.risen, *found.fallen))
    lines = [say("compare.passed", language, count=passed)] if passed else []
    return "\n".join([*lines, say("compare.note", language, undated=found.undated)])


def _rows(found: Comparison, measure: Measure, holdings: Holdings, language: str) -> Iterator[Row]:
    for name, moved in _moves(found).items():
        for change in moved:
            yield _organization_row(say(f"compare.{name}", language), change, holdings, language)
    for name, changed in (("begun", found.begun), ("ended", found.ended)):
        for agreement in changed:
            yield _agreement_row(say(f"compare.{name}", language), agreement, holdings, language)
    for name, ranked in (("risen", found.risen), ("fallen", found.fallen)):
        for hub in filter(_is_moved, ranked):
            yield _hub_row(say(f"compare.{name}", language), hub, measure, language)


def _moves(found: Comparison) -> Mapping[str, tuple[OrganizationChange, ...]]:
    return {"came": found.came, "left": found.left, "between": found.between}


def _is_moved(change: HubChange) -> bool:
    """Whether the value changed, not only the rank since others came past or fell behind."""
    return abs(change.after.value - change.before.value) > 1e-9


def _certainty(certain: bool, language: str) -> str:
    return say(f"answer.{'yes' if certain else 'no'}", language)


def _organization_row(
    group: str, change: OrganizationChange, holdings: Holdings, language: str
) -> Row:
    return (
        group,
        change.organization.label(language),
        change.organization.id,
        "" if change.certain else say("compare.uncertain", language),
        _certainty(change.certain, language),
        cite_briefly(_evidence(change, holdings), language),
    )


def _evidence(change: OrganizationChange, holdings: Holdings) -> list[Evidence]:
    found = {e: None for tie in change.ties for e in holdings.evidence.get(tie.iri, ())}
    return list(found)


def _agreement_row(group: str, change: AgreementChange, holdings: Holdings, language: str) -> Row:
    agreement, unknown = change.agreement, say("compare.open", language)
    told = say(
        "compare.agreement",
        language,
        begins=agreement.start or agreement.signed or unknown,
        ends=agreement.end or unknown,
        parties=tell_names(holdings, agreement.parties, language),
    )
    lines = [told] if change.certain else [told, say("compare.uncertain", language)]
    return (
        group,
        agreement.label(language),
        slug(agreement.iri),
        "\n".join(lines),
        _certainty(change.certain, language),
        cite_briefly(holdings.evidence.get(agreement.iri, ()), language),
    )


def _hub_row(group: str, change: HubChange, measure: Measure, language: str) -> Row:
    return (
        group,
        change.organization.label(language),
        change.organization.id,
        say(
            "compare.rank",
            language,
            old=change.old_rank,
            new=change.new_rank,
            measure=measure.label[language],
            before=tell_value(change.before.value),
            after=tell_value(change.after.value),
        ),
        _certainty(True, language),
        cite_briefly(change.after.evidence, language),
    )


def _write(
    found: Comparison,
    days: tuple[date, date],
    measure: Measure,
    holdings: Holdings,
    scope: Scope,
    language: str,
) -> Json:
    changed = {"begun": found.begun, "ended": found.ended}
    ranked = {"risen": found.risen, "fallen": found.fallen}
    return {
        "earlier": days[0].isoformat(),
        "later": days[1].isoformat(),
        "measure": measure.name,
        "restriction": write_restriction(scope, language),
        "before": write_network(found.before.network),
        "after": write_network(found.after.network),
        "undated": found.undated,
        **{
            name: [
                {
                    **write_body(each.organization, language),
                    "certain": each.certain,
                    "evidence": write_evidence(_evidence(each, holdings)),
                }
                for each in changes
            ]
            for name, changes in _moves(found).items()
        },
        **{
            name: [_write_agreement(each, holdings, language) for each in changes]
            for name, changes in changed.items()
        },
        **{
            name: [
                {
                    **write_body(each.organization, language),
                    "old_rank": each.old_rank,
                    "new_rank": each.new_rank,
                    "before": each.before.value,
                    "after": each.after.value,
                    "evidence": write_evidence(each.after.evidence),
                }
                for each in changes
            ]
            for name, changes in ranked.items()
        },
    }


def _write_agreement(change: AgreementChange, holdings: Holdings, language: str) -> Json:
    agreement = change.agreement
    return {
        "id": slug(agreement.iri),
        "label": agreement.label(language),
        "certain": change.certain,
        "signed": agreement.signed or None,
        "from": agreement.start or None,
        "until": agreement.end or None,
        "parties": write_bodies(holdings, agreement.parties, language),
        "evidence": write_evidence(holdings.evidence.get(agreement.iri, ())),
    }
