"""Follow-up of agreements (이행점검): what realises each since it was signed.

An undertaking realises an agreement when two of its parties have taken part in it, and it went on
while the agreement held. Where a unit of a party stands in for it, this is told apart. What the
dates leave open is kept and marked as not known; it is never taken for a yes or a no.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from graph.agreements import Agreement, Status, current_end, status
from graph.budgets import BudgetCell
from graph.dates import PartialDate, sort_key
from graph.evidence import Evidence
from graph.gaps import Holdings
from graph.initiatives import Initiative
from graph.involvement import Involvement, gather_evidence, is_before_all
from graph.joint_activity import JointActivity, read_date, was_active
from graph.organizations import Organization
from graph.outputs import Output
from graph.stated_money import MoneyIndex, StatedMoney

Verdict = Literal["nothing", "not_known", "by_units", "realised"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""What a follow-up finds, in the order in which people need it."""


@dataclass(frozen=True, slots=True)
class Realisation:
    """An undertaking that realises an agreement.

    ``certain``: it is known to have gone on while the agreement held. ``units``: the units that
    stand in for parties; without them two of the parties themselves took part. ``members``: who
    of the parties and units took part.
    """

    initiative: Initiative
    certain: bool
    members: tuple[Organization, ...]
    units: tuple[Organization, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class RealisedOutput:
    """An output of an undertaking that realises an agreement; ``certain`` as there."""

    output: Output
    certain: bool
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An agreement of a host with what realises it since it was signed.

    ``signer`` is the host, or its unit that is the party. ``since``: signing, or else beginning;
    nothing where neither is stated. ``money`` is printed for the undertakings, for all of their
    time or the year named, and so not for the agreement alone. The verdict is *realised* when one
    undertaking is certain, *by_units* when one is, but only through units, *not_known* when the
    dates leave open whether any is, and *nothing* otherwise. ``planned``: what parties plan to do
    together, which realises nothing yet; proposals and wishes are left out.
    """

    host: Organization
    agreement: Agreement
    state: Status
    signer: Organization
    parties: tuple[Organization, ...]
    since: str
    verdict: Verdict
    initiatives: tuple[Realisation, ...] = ()
    events: tuple[Realisation, ...] = ()
    money: tuple[StatedMoney, ...] = ()
    outputs: tuple[RealisedOutput, ...] = ()
    planned: tuple[Initiative, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def follow_up(
    holdings: Holdings,
    budgets: Iterable[BudgetCell],
    outputs: Iterable[Output],
    on: date,
    host: str | None = None,
) -> list[FollowUp]:
    """Return the agreements of a host that had begun by a day, with what realises each.

    Without a host those of every local government. Agreements of units of the host are its, too.
    One with a single named party is not known to be realised: with whom cannot be asked. Those
    with nothing come first, then those of which it is not known; within each the earlier signed.
    """
    reader = _Reader(holdings, budgets, outputs, on)
    governments = sorted(
        iri for iri, body in holdings.organizations.items() if body.type == "LocalGovernment"
    )
    found = [each for iri in ([host] if host else governments) for each in reader.read(iri)]
    return sorted(
        found,
        key=lambda each: (
            each.host.label("ko"),
            VERDICTS.index(each.verdict),
            sort_key(each.since),
            each.agreement.label("ko"),
        ),
    )


class _Reader:
    """What realises agreements, from what is read once."""

    def __init__(
        self,
        holdings: Holdings,
        budgets: Iterable[BudgetCell],
        outputs: Iterable[Output],
        on: date,
    ) -> None:
        self.holdings, self.on = holdings, on
        self.money = MoneyIndex(budgets, holdings.initiatives)
        self.activity = JointActivity(holdings, on)
        self.outputs: dict[str, list[Output]] = defaultdict(list)
        for output in outputs:
            self.outputs[output.initiative].append(output)
        self.planned: dict[str, set[str]] = defaultdict(set)
        for tie in holdings.ties:
            if tie.kind == "participation" and not tie.actual and tie.modality in ("planned", ""):
                self.planned[tie.target].add(tie.source)

    def read(self, host: str) -> Iterator[FollowUp]:
        if is_before_all(self.holdings, self.on):
            return
        organizations = self.holdings.organizations
        for agreement in self.holdings.agreements.values():
            if agreement.is_intended or self._begins_later(agreement):
                continue
            signers = [
                party
                for party in sorted(agreement.parties, key=lambda iri: (iri != host, iri))
                if party == host or host in organizations[party].parents
            ]
            if signers:
                yield self._follow(agreement, organizations[host], organizations[signers[0]])

    def _begins_later(self, agreement: Agreement) -> bool:
        begins = read_date(agreement.start or agreement.signed)
        return begins is not None and begins.earliest > self.on

    def _follow(self, agreement: Agreement, host: Organization, signer: Organization) -> FollowUp:
        since = agreement.signed or agreement.start
        found = sorted(
            self._realisations(agreement, read_date(since)),
            key=lambda each: (not each.certain, bool(each.units), each.initiative.iri),
        )
        things = [each.initiative.iri for each in found]
        return FollowUp(
            host=host,
            agreement=agreement,
            state=status(agreement, self.on),
            signer=signer,
            parties=tuple(self.holdings.organizations[p] for p in sorted(agreement.parties)),
            since=since,
            verdict=_judge(agreement, found),
            initiatives=tuple(each for each in found if not each.initiative.is_event),
            events=tuple(each for each in found if each.initiative.is_event),
            money=self.money.find(things, self.on),
            outputs=tuple(self._outputs(agreement, found)),
            planned=tuple(self._plans(agreement, set(things))),
            evidence=gather_evidence(
                self.holdings, {agreement.iri, *agreement.parties.values(), *things}
            ),
        )

    def _realisations(
        self, agreement: Agreement, begins: PartialDate | None
    ) -> Iterator[Realisation]:
        end = current_end(agreement, self.on)
        until = min(self.on, end.latest) if end else self.on
        shared = self.activity.shared(agreement.parties)
        with_units = self.activity.with_units(agreement.parties)
        for thing in sorted(with_units):
            for theirs in (shared.get(thing), with_units[thing]):
                if theirs is None:
                    continue
                answer = was_active(self.holdings, agreement.iri, thing, theirs, begins, until)
                if answer is not False:
                    yield self._realisation(agreement, thing, theirs, certain=answer is True)
                    break

    def _plans(self, agreement: Agreement, known: set[str]) -> Iterator[Initiative]:
        for thing, coming in sorted(self.planned.items()):
            initiative = self.holdings.initiatives[thing]
            together = (coming | initiative.hosts) & agreement.parties.keys()
            if thing not in known and coming & together and len(together) > 1:
                yield initiative

    def _realisation(
        self, agreement: Agreement, thing: str, theirs: list[Involvement], *, certain: bool
    ) -> Realisation:
        organizations = self.holdings.organizations
        members = sorted({involvement.organization for involvement in theirs})
        units = [iri for iri in members if iri not in agreement.parties]
        return Realisation(
            initiative=self.holdings.initiatives[thing],
            certain=certain,
            members=tuple(organizations[iri] for iri in members),
            units=tuple(organizations[iri] for iri in units),
            evidence=gather_evidence(self.holdings, {thing, *(i.record for i in theirs)}),
        )

    def _outputs(
        self, agreement: Agreement, found: Iterable[Realisation]
    ) -> Iterator[RealisedOutput]:
        begins = read_date(agreement.signed or agreement.start)
        for each in found:
            for output in self.outputs[each.initiative.iri]:
                since = _is_since(output, begins, self.on)
                if since is not False and output.status != "status-planned":
                    certain = each.certain and since is True
                    evidence = gather_evidence(self.holdings, [output.iri])
                    yield RealisedOutput(output, certain, evidence)


def _is_since(output: Output, begins: PartialDate | None, on: date) -> bool | None:
    """Return whether an output came after the signing and by a day; nothing if it is not known."""
    start, end = read_date(output.start or output.end), read_date(output.end or output.start)
    if start is None or end is None or begins is None:
        return None
    if start.earliest > on or end.latest < begins.earliest:
        return False
    return True if start.earliest >= begins.latest and end.latest <= on else None


def _judge(agreement: Agreement, found: Iterable[Realisation]) -> Verdict:
    certain = [each for each in found if each.certain]
    if any(not each.units for each in certain):
        return "realised"
    if certain:
        return "by_units"
    return "not_known" if list(found) or len(agreement.parties) < 2 else "nothing"
