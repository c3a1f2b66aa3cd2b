"""What stands in a brief: the joint work, the agreements, what is missing, the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.coverings import Covering, CoveringIndex
from graph.follow_up import FollowUp, follow_up
from graph.initiatives import Initiative
from graph.next_steps import step_label
from graph.outputs import Output
from graph.partnerships import Partnership, list_partnerships
from graph.stated_money import StatedMoney
from triplehelix.analysis_pages.texts import speak
from triplehelix.desk.brief import Brief, Section
from triplehelix.desk.brief_sources import Citations
from triplehelix.desk.texts import say
from triplehelix.desk_pages.texts import name_state
from triplehelix.pages.citations import gather
from triplehelix.pages.money import Amount
from triplehelix.pages.overview import document_names
from triplehelix.pages.texts import Text, concept, join, name, plain, title, type_name
from triplehelix.report import Report

_WORKS, _AGREEMENTS, _OUTPUTS = 8, 6, 5
"""So many rows a page has room for."""
_BLANK = Text("", "")
_TOLD = frozenset({"agreement_without_end"})
"""Findings that the reasons of the next step tell, too."""
_BESIDE = frozenset({"works_together", "plans_together"})
"""Reasons that say what is done, not what is missing."""


def find_partnerships(report: Report, host: str | None, partner: str) -> list[Partnership]:
    """Return how a partner stands to a host, or to each local government it is a partner of."""
    rows = list_partnerships(report.holdings, report.cells(), host, report.on)
    return [row for row in rows if row.partner.iri == partner]


def make_brief(report: Report, partnership: Partnership, outputs: Iterable[Output]) -> Brief:
    """Return the brief of a partner."""
    contents = _Contents(report, partnership, list(outputs))
    sections = [contents.list_works(), contents.list_agreements(), contents.list_missing()]
    brought = contents.list_outputs()
    names = {"host": contents.host, "partner": contents.partner}
    return Brief(
        say("brief_title", **names),
        say("brief_about", date=report.on, title=title(report), **names),
        tuple(contents.tell_facts()),
        (*sections, *([brought] if brought.rows else [])),
        contents.citations.list_sources(document_names(report)),
    )


class _Contents:
    """Makes the parts of a brief; what they rest on is numbered as it is told."""

    def __init__(self, report: Report, partnership: Partnership, outputs: list[Output]) -> None:
        self.report, self.row, self.outputs = report, partnership, outputs
        self.host = name(report, partnership.host.iri)
        self.partner = name(report, partnership.partner.iri)
        self.citations = Citations()

    def tell_facts(self) -> Iterator[tuple[Text, Text]]:
        """Yield what the partner is, and how it stands between the two."""
        row = self.row
        partner, decision = row.partner, row.decision
        kind = [type_name(self.report, partner.type), concept(self.report, partner.sector)]
        above = [name(self.report, iri) for iri in sorted(partner.parents)]
        yield say("brief_kind"), join([*(text for text in kind if text.ko), *above], " · ")
        if row.initiatives:
            yield say("brief_together"), self._tell_together()
        if row.departments:
            names = join(name(self.report, iri) for iri in row.departments)
            yield say("brief_departments"), names
        if row.stake:
            yield say("brief_money"), self._tell_money(row.stake)
        unit = name_state(row.unit.state)
        if row.parents != row.unit:
            unit = say("brief_levels", unit=unit, parents=name_state(row.parents.state))
        yield say("brief_state"), unit
        step = speak(lambda language: step_label(row.step.code, language))
        yield say("brief_step"), step
        if decision and decision.due:
            yield say("brief_due"), plain(decision.due)

    def _tell_together(self) -> Text:
        row = self.row
        span = row.since if row.since == row.last else f"{row.since} ~ {row.last}"
        told = [
            concept(self.report, row.rung),
            *([] if row.actual else [say("brief_planned")]),
            *([plain(span)] if row.since else []),
        ]
        count = len(row.initiatives)
        return join([say("brief_count", count=count), *(text for text in told if text.ko)], " · ")

    def list_works(self) -> Section:
        """Return the undertakings of the two, with the part of the partner and the money."""
        works = self.row.initiatives
        rows = tuple(self._work(work) for work in works[:_WORKS])
        columns = ("work", "when", "part", "money", "sources")
        return _section("works", columns, (38, 17, 17, 20, 8), rows, len(works) - len(rows))

    def _work(self, work: Initiative) -> tuple[Text, ...]:
        ties = [tie for tie in self.row.ties if tie.target == work.iri]
        parts = dict.fromkeys(concept(self.report, tie.role) for tie in ties if tie.role)
        records = [tie.iri for tie in ties] or [work.iri]
        return (
            name(self.report, work.iri),
            _span(work.start, work.end),
            join(parts),
            self._money(work.iri),
            self._cite(records),
        )

    def _money(self, work: str) -> Text:
        """Return the largest printed amount of an undertaking, not of what it is part of."""
        own = [m for m in self.row.money if m.initiative == work and not m.above]
        if not own:
            return _BLANK
        told = max(own, key=lambda money: money.amount)
        return say("brief_amount", amount=Amount(told.amount).million, phase=self._phase(told))

    def _phase(self, money: StatedMoney) -> Text:
        year = [plain(money.year)] if money.year else []
        return join([concept(self.report, money.phase), *year], " ")

    def _tell_money(self, money: StatedMoney) -> Text:
        """Return the largest amount that the documents print for anything that they share."""
        return say(
            "brief_money_above" if money.above else "brief_money_of",
            amount=Amount(money.amount).million,
            phase=self._phase(money),
            initiative=name(self.report, money.initiative),
        )

    def list_agreements(self) -> Section:
        """Return the agreements of the two, then those with bodies above or by the host's unit."""
        found = self._coverings()
        rows = tuple(self._agreement(covering) for covering in found[:_AGREEMENTS])
        columns = ("agreement", "state", "when", "subject", "sources")
        left = len(found) - len(rows)
        return _section("agreements", columns, (32, 15, 17, 28, 8), rows, left)

    def _coverings(self) -> list[Covering]:
        host, partner = self.row.host.iri, self.row.partner.iri
        index = CoveringIndex(self.report.holdings, host, self.report.on)
        by_unit = index.by_own_unit(partner)
        return [*index.through_parents(partner), *([by_unit] if by_unit else [])]

    def _agreement(self, covering: Covering) -> tuple[Text, ...]:
        agreement = covering.agreement
        assert agreement is not None
        relations = agreement.parties | agreement.prospective
        bodies = (self.row.partner.iri, covering.party, self.row.host.iri)
        label = name(self.report, agreement.iri)
        if covering.party:
            key = "brief_by_unit" if covering.own_unit else "brief_through"
            party = name(self.report, covering.party)
            label = join([label, say(key, party=party)], " ")
        return (
            label,
            name_state(covering.state),
            _span(agreement.start or agreement.signed, agreement.end),
            speak(agreement.subject),
            self._cite([agreement.iri, *(r for body in bodies if (r := relations.get(body)))]),
        )

    def list_missing(self) -> Section:
        """Return what is missing, as sentences: about the agreement, and about what came of it."""
        told = [speak(r.text) for r in self.row.step.reasons if r.code not in _BESIDE]
        told += [
            say("brief_nothing_done", agreement=name(self.report, each.agreement.iri))
            for each in self._followed()
            if each.verdict == "nothing"
        ]
        own = {each.agreement.iri for each in self._coverings() if each.agreement}
        told += [
            Text(finding.messages["ko"], finding.messages["en"])
            for finding in self.report.findings
            if finding.focus in own and finding.kind not in _TOLD
        ]
        rows = tuple((text,) for text in dict.fromkeys(told))
        return _section("missing", (), (), rows)

    def _followed(self) -> list[FollowUp]:
        own = {each.agreement.iri for each in self._coverings() if each.agreement}
        found = follow_up(self.report.holdings, [], self.outputs, self.report.on, self.row.host.iri)
        return [each for each in found if each.agreement.iri in own]

    def list_outputs(self) -> Section:
        """Return what the undertakings have brought about."""
        shared = {work.iri for work in self.row.initiatives}
        brought = [output for output in self.outputs if output.initiative in shared]
        rows = tuple(self._output(output) for output in brought[:_OUTPUTS])
        columns = ("output", "work", "value", "sources")
        left = len(brought) - len(rows)
        return _section("outputs", columns, (44, 32, 16, 8), rows, left)

    def _output(self, output: Output) -> tuple[Text, ...]:
        value = "" if output.value is None else f"{output.value:,f}{output.unit}"
        return (
            speak(output.label),
            name(self.report, output.initiative),
            plain(value),
            self._cite([output.iri]),
        )

    def _cite(self, records: Iterable[str]) -> Text:
        return plain(self.citations.cite(gather(self.report, records)))


def _section(
    key: str,
    columns: tuple[str, ...],
    wide: tuple[int, ...],
    rows: tuple[tuple[Text, ...], ...],
    left: int = 0,
) -> Section:
    heading, empty = say(f"brief_{key}"), say(f"brief_no_{key}")
    headings = tuple(say(f"brief_column_{column}") for column in columns)
    return Section(heading, headings, wide, rows, empty, left)


def _span(start: str, end: str) -> Text:
    if not start or start == end:
        return plain(start or end)
    return plain(f"{start} ~ {end}".strip())
