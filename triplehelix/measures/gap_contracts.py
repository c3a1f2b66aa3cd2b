"""The JSON contracts of the further kinds of gaps; fields may be added, never renamed.

Every gap has rank, kind, what it is about, whether it is certain, the reasons in words, and the
evidence; besides, what its kind alone has.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from graph.agreement_gaps import AgreementGap
from graph.gap_reasons import GapReason, kind_label
from graph.gaps import Holdings
from graph.indicator_gaps import IndicatorGap
from graph.link_judgement import Judgement
from graph.missing_legs import MissingLeg
from graph.missing_links import MissingLink
from graph.money_gaps import MoneyGap
from graph.namespaces import slug
from graph.organizations import Organization
from graph.trust_gaps import TrustGap
from graph.weak_ties import WeakTie
from triplehelix.contracts import Json, Labels, write_evidence, write_initiative
from triplehelix.measures.gap_kinds import FoundGap
from triplehelix.measures.measure_contracts import write_bodies, write_body
from triplehelix.terminal.wording import say


def kind_of(gap: FoundGap) -> str:
    """Return the kind of a gap, as ``graph/gap_reasons.yml`` names it."""
    return "missing_link" if isinstance(gap, MissingLink) else gap.kind


class GapWriter:
    """Writes gaps with the names of what they are about."""

    def __init__(self, holdings: Holdings, labels: Labels, language: str) -> None:
        """Take what names are found in."""
        self.holdings, self.labels, self.language = holdings, labels, language

    def write(self, gap: FoundGap) -> Json:
        """Return a gap; ``about`` is the record whose gap it is, with its name."""
        kind = kind_of(gap)
        about, more = self._write_own(gap)
        return {
            "rank": gap.rank,
            "kind": kind,
            "kind_label": kind_label(kind, self.language),
            "about": about,
            "certain": getattr(gap, "certain", True),
            "reasons": [self.write_reason(reason) for reason in gap.reasons],
            **more,
            "evidence": write_evidence(gap.evidence),
        }

    def write_reason(self, reason: GapReason) -> Json:
        """Return a reason as its code and its sentence."""
        return {"code": reason.code, "text": reason.text(self.language)}

    def _write_own(self, gap: FoundGap) -> tuple[Json, Json]:
        match gap:
            case AgreementGap():
                return self._write_agreement(gap)
            case MissingLeg():
                return self._write_leg(gap)
            case WeakTie():
                return self._write_weak(gap)
            case MissingLink():
                return self._write_link(gap)
            case MoneyGap():
                return self._write_money(gap)
            case IndicatorGap():
                return self._write_indicator(gap)
            case TrustGap():
                return self._write_trust(gap)

    def _name(self, iri: str) -> str:
        names = self.labels.get(iri, {})
        return names.get(self.language) or names.get("ko") or slug(iri)

    def _record(self, iri: str) -> Json:
        return {"id": slug(iri), "label": self._name(iri)}

    def _undertakings(self, iris: Iterable[str]) -> list[Json]:
        return [write_initiative(self.holdings.initiatives[i], self.language) for i in iris]

    def _bodies(self, iris: Iterable[str]) -> list[Json]:
        return write_bodies(self.holdings, iris, self.language)

    def _write_agreement(self, gap: AgreementGap) -> tuple[Json, Json]:
        agreement = gap.agreement
        about = {"id": slug(agreement.iri), "label": agreement.label(self.language)}
        return about, {
            "parties": [write_body(party, self.language) for party in gap.parties],
            "undertakings": self._undertakings(gap.shared),
            "due": gap.due.isoformat() if gap.due else None,
        }

    def _write_leg(self, gap: MissingLeg) -> tuple[Json, Json]:
        return self._record(gap.iri), {
            "present": {leg: self._bodies(members) for leg, members in gap.present.items()},
            "missing": list(gap.missing),
            "groups": self._bodies(gap.groups),
            "undertakings": self._undertakings(gap.undertakings),
        }

    def _write_weak(self, gap: WeakTie) -> tuple[Json, Json]:
        first = gap.organizations[0]
        about = {"id": first.id, "label": self._tell_bodies(gap.organizations)}
        return about, {
            "organizations": [write_body(each, self.language) for each in gap.organizations],
            "broker": write_body(gap.broker, self.language) if gap.broker else None,
            "undertakings": self._undertakings(gap.undertakings),
        }

    def _tell_bodies(self, organizations: tuple[Organization, ...], most: int = 5) -> str:
        names = ", ".join(each.label(self.language) for each in organizations[:most])
        more = len(organizations) - most
        return say("names.more", self.language, names=names, count=more) if more > 0 else names

    def _write_link(self, gap: MissingLink) -> tuple[Json, Json]:
        first, second = (each.label(self.language) for each in (gap.first, gap.second))
        label = say("gap_kinds.pair", self.language, first=first, second=second)
        return {"id": gap.first.id, "label": label}, {
            "first": write_body(gap.first, self.language),
            "second": write_body(gap.second, self.language),
            "scores": gap.score._asdict(),
            "partners": self._bodies(gap.partners),
            "themes": [self._record(theme) for theme in gap.themes],
        }

    def _write_money(self, gap: MoneyGap) -> tuple[Json, Json]:
        return write_initiative(gap.initiative, self.language), {
            "amount": _number(gap.amount),
            "source": gap.source or None,
            "period": gap.period or None,
            "phases": list(gap.phases),
            "index": gap.index,
            "shares": dict(gap.shares),
            "participants": gap.participants,
        }

    def _write_indicator(self, gap: IndicatorGap) -> tuple[Json, Json]:
        indicator = gap.indicator
        thing = self.holdings.initiatives.get(indicator.initiative)
        label = indicator.labels.get(self.language) or indicator.labels.get("ko", "")
        if gap.year:
            label = say("gap_kinds.year", self.language, label=label, year=gap.year)
        return {"id": slug(indicator.iri), "label": label}, {
            "initiative": write_initiative(thing, self.language) if thing else None,
            "year": gap.year or None,
            "detail": gap.detail or None,
            "unit": indicator.unit or None,
            "target": _number(gap.target),
            "result": _number(gap.result),
        }

    def _write_trust(self, gap: TrustGap) -> tuple[Json, Json]:
        label = gap.names.get(self.language) or gap.names.get("ko") or self._name(gap.subject)
        return {"id": slug(gap.subject), "label": label}, {
            "finding": gap.finding.id if gap.finding else None,
            "severity": gap.finding.severity if gap.finding else None,
            "rung": gap.rung or None,
        }


def write_judgement(judgement: Judgement, language: str) -> Json:
    """Return what a list of missing links is worth, in words and numbers."""
    return {
        "verdict": judgement.verdict,
        "text": judgement.reason.text(language),
        "split": judgement.split.isoformat() if judgement.split else None,
        "pairs": judgement.pairs,
        "undertakings": judgement.undertakings,
        "auc": judgement.auc,
        "interval": list(judgement.interval) if judgement.interval else None,
        "listed": judgement.listed,
        "hits": judgement.hits,
        "expected": judgement.expected,
        "auc_by_score": dict(judgement.auc_by_score),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
