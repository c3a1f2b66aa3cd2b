"""The further kinds of gaps as listings: what it is, why, and how sure; and counts of all kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from triplehelix.contracts import Json
from triplehelix.measures.gap_contracts import GapWriter, kind_of, write_judgement
from triplehelix.measures.gap_kinds import FoundGap, FoundGaps
from triplehelix.measures.measure_contracts import write_restriction
from triplehelix.measures.scope import Scope
from triplehelix.terminal.definition_listing import define
from triplehelix.terminal.listings import cite_briefly
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.scope_words import tell_rank, tell_scope
from triplehelix.terminal.wording import say


def list_found(
    kind: str, found: FoundGaps, top: int | None, scope: Scope, writer: GapWriter
) -> Listing:
    """Return gaps under the heading of their kind, in the order of their ranks."""
    language, shown = writer.language, _by_kind(found.gaps[:top])
    written = [writer.write(gap) for gap in shown]
    ranks = Counter(gap.rank for gap in found.gaps)
    total = found.candidates or len(found.gaps)
    definition = define(kind)
    lead = tell_scope(scope, language)
    contract: Json = {
        "kind": kind,
        "on": scope.reading.on.isoformat(),
        "restriction": write_restriction(scope, language),
        "order": definition.rank[language],
        "total": total,
        "gaps": written,
    }
    if found.judgement is not None:
        contract["candidates"] = found.candidates
        contract["judgement"] = write_judgement(found.judgement, language)
        verdict = contract["judgement"]["text"]
        told = say("gap_kinds.verdict", language, text=verdict, candidates=found.candidates)
        lead = f"{told}\n{lead}"
    order = say("gap_kinds.order", language, text=definition.rank[language])
    label = definition.label[language]
    return Listing(
        say(
            "gap_kinds.title",
            language,
            label=label,
            count=len(written),
            total=total,
            on=scope.reading.on,
        ),
        _headings(language),
        [_row(each, gap, ranks, language) for each, gap in zip(written, shown, strict=True)],
        contract,
        groups=_tell_groups(written, language),
        empty=say("gap_kinds.empty", language),
        note=f"{order} {say('gap_kinds.evidence', language)}",
        lead=lead,
    )


def _by_kind(gaps: Sequence[FoundGap]) -> list[FoundGap]:
    """Return gaps with those of a kind together, the kind of the first gap first."""
    order: dict[str, int] = {}
    for gap in gaps:
        order.setdefault(kind_of(gap), len(order))
    return sorted(gaps, key=lambda gap: order[kind_of(gap)])


def _headings(language: str) -> tuple[Heading, ...]:
    return (
        Heading(say("columns.kind", language)),
        Heading(say("columns.rank", language), right=True),
        Heading(say("columns.about", language), share=4),
        Heading(say("columns.id", language), hidden=True),
        Heading(say("columns.reasons", language), share=7),
        Heading(say("columns.certain", language), hidden=True),
        Heading(say("columns.evidence", language), share=4, least=29, wide=True),
    )


def _row(written: Json, gap: FoundGap, ranks: Mapping[int, int], language: str) -> tuple[str, ...]:
    reasons = [reason["text"] for reason in written["reasons"]]
    if not written["certain"]:
        reasons[0] = say("gap_kinds.uncertain", language, text=reasons[0])
    return (
        written["kind_label"],
        tell_rank(written["rank"], ranks[written["rank"]], language),
        "\n".join(filter(None, (written["about"]["label"], _tell_parties(written)))),
        written["about"]["id"],
        "\n".join(reasons),
        say(f"answer.{'yes' if written['certain'] else 'no'}", language),
        cite_briefly(gap.evidence, language),
    )


def _tell_parties(written: Json) -> str:
    return ", ".join(party["label"] for party in written.get("parties", ()))


def _tell_groups(written: Sequence[Json], language: str) -> dict[str, str]:
    counts = Counter(each["kind_label"] for each in written)
    return {
        label: say("gap_kinds.group", language, label=label, count=count)
        for label, count in counts.items()
    }


def list_counts(counts: Mapping[str, int], scope: Scope, language: str) -> Listing:
    """Return how many gaps there are of each kind."""
    defined = {kind: define(kind) for kind in counts}
    return Listing(
        say("gap_kinds.all", language, on=scope.reading.on),
        (
            Heading(say("columns.kind", language)),
            Heading(say("columns.gaps", language), right=True),
            Heading(say("columns.label", language), share=1),
            Heading(say("columns.definition", language), share=5, wide=True),
        ),
        [
            (kind, f"{counts[kind]}", each.label[language], each.definition[language])
            for kind, each in defined.items()
        ],
        {
            "on": scope.reading.on.isoformat(),
            "restriction": write_restriction(scope, language),
            "counts": dict(counts),
        },
        note=say("gap_kinds.more", language),
        lead=tell_scope(scope, language),
    )
