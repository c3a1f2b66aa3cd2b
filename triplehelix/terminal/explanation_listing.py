"""What ties two organisations, as a listing for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from graph.agreements import status
from graph.explanation import CommonAgreement, CommonUndertaking, Explanation
from graph.gaps import Holdings
from graph.model import labels, read_model
from graph.namespaces import TH, slug
from graph.reasons import Reason
from triplehelix.contracts import Labels, show_term, speak_term, write_explanation
from triplehelix.terminal.listings import cite_briefly, concept
from triplehelix.terminal.output import Heading, Listing
from triplehelix.terminal.wording import knows, say

Row = tuple[str, ...]


def list_explanation(
    explanation: Explanation, holdings: Holdings, names: Labels, on: date, language: str
) -> Listing:
    """Return what ties two organisations, by kind; inferred ties with the facts behind them."""
    teller = _Teller(holdings, names, on, language)
    ends = (explanation.first.label(language), explanation.second.label(language))
    return Listing(
        say("explain.title", language, first=ends[0], second=ends[1], on=on),
        (
            Heading(say("columns.kind", language)),
            Heading(say("columns.what", language), share=5),
            Heading(say("columns.how", language), share=6),
            Heading(say("columns.when", language), least=12),
            Heading(say("columns.evidence", language), share=4, least=29, wide=True),
        ),
        list(teller.tell(explanation)),
        write_explanation(explanation, holdings, names, on, language),
        groups={},
        empty=say("explain.empty", language),
    )


class _Teller:
    """Tells the parts of an explanation in one language."""

    def __init__(self, holdings: Holdings, names: Labels, on: date, language: str) -> None:
        self.holdings = holdings
        self.names = names
        self.on = on
        self.language = language

    def say(self, key: str, **arguments: object) -> str:
        return say(f"explain.{key}", self.language, **arguments)

    def name(self, iri: str) -> str:
        return self.speak(f"<{iri}>")

    def speak(self, term: str) -> str:
        return speak_term(term, self.names, self.language) or show_term(term)

    def tell(self, explanation: Explanation) -> Iterator[Row]:
        for common in explanation.agreements:
            yield self.say("agreements"), *self.agreement(common)
        for common in explanation.related:
            yield self.say("related"), *self.agreement(common, through=True)
        for shared in explanation.undertakings:
            yield self.say("undertakings"), *self.undertaking(shared)
        for direct in explanation.direct:
            tie = direct.tie
            what = self.between(tie.source, tie.target)
            kind = labels(read_model(), TH[direct.kind]).get(self.language, direct.kind)
            cited = cite_briefly(direct.evidence, self.language)
            yield self.say("direct"), what, kind, _period(tie.start, tie.end), cited
        for link in explanation.links:
            what = self.between(link.subject, link.object)
            cited = cite_briefly(link.evidence, self.language)
            yield self.say("links"), what, self.name(link.property), "", cited
        for reason in explanation.inferred:
            yield self.say("inferred"), *self.inference(reason)

    def between(self, first: str, second: str) -> str:
        return self.say("between", first=self.name(first), second=self.name(second))

    def agreement(self, common: CommonAgreement, *, through: bool = False) -> Row:
        agreement = common.agreement
        state = say(f"status.{status(agreement, self.on)}", self.language)
        lines = [state, agreement.subject(self.language)]
        if through:
            lines.insert(0, self.between(*common.parties))
        when = _period(agreement.start or agreement.signed, agreement.end)
        cited = cite_briefly(common.evidence, self.language)
        return agreement.label(self.language), "\n".join(filter(None, lines)), when, cited

    def undertaking(self, common: CommonUndertaking) -> Row:
        initiative = common.initiative
        roles: dict[str, list[str]] = defaultdict(list)
        for host in common.hosts:
            roles[host].append(self.hosting(common, host))
        for tie in common.ties:
            role = concept(tie.role, self.language)
            modality = concept(tie.modality, self.language) or self.say("planned")
            roles[tie.source].append(role if tie.actual else f"{role} ({modality})".strip())
        lines = (
            self.say("does", name=self.name(who), roles=", ".join(dict.fromkeys(does)))
            for who, does in roles.items()
        )
        starts = min(filter(None, (tie.start for tie in common.ties)), default="")
        ends = max(filter(None, (tie.end for tie in common.ties)), default="")
        when = _period(starts or initiative.start, ends or initiative.end)
        cited = cite_briefly(common.evidence, self.language)
        return initiative.label(self.language), "\n".join(lines), when, cited

    def hosting(self, common: CommonUndertaking, host: str) -> str:
        """Return that someone hosts, and the initiative above from which it was inherited."""
        for reason in common.hosting:
            if show_term(reason.statement[2]) == slug(host):
                above = [f for f in reason.facts() if f.statement[1] == f"<{TH.hostedBy}>"]
                if above:
                    initiative = self.speak(above[0].statement[0])
                    return self.say("hosts_through", initiative=initiative)
        return self.say("hosts")

    def inference(self, reason: Reason) -> Row:
        what = self.statement(reason)
        code = reason.rule if knows(f"rules.{reason.rule}") else "other"
        rule = self.say("because", rule=say(f"rules.{code}", self.language), name=reason.rule)
        facts = [self.say("fact", statement=self.fact(fact)) for fact in reason.facts()]
        evidence = (item for fact in reason.facts() for item in fact.evidence)
        return (
            what,
            "\n".join(dict.fromkeys([rule, *facts])),
            "",
            cite_briefly(evidence, self.language),
        )

    def statement(self, reason: Reason) -> str:
        subject, property_, object_ = map(self.speak, reason.statement)
        return self.say("statement", subject=subject, property=property_, object=object_)

    def fact(self, fact: Reason) -> str:
        """Return a stated triple; a relation has no name, so only what it says is told."""
        subject, property_, object_ = fact.statement
        if speak_term(subject, self.names, self.language):
            return self.statement(fact)
        return self.say("does", name=self.speak(property_), roles=self.speak(object_))


def _period(start: str, end: str) -> str:
    """Return a period as people write it, once where both ends are the same.

    >>> _period("2023-07", ""), _period("2023", "2023"), _period("", "2024")
    ('2023-07 ~', '2023', '~ 2024')
    """
    return start if start == end else f"{start} ~ {end}".strip()
