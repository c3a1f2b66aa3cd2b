"""What is to be done next: which step goes before which, and its reasons in both languages."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, get_args

import pytest
import yaml

from graph.agreements import Agreement, Period, Status, status
from graph.coverings import STATES, Covering
from graph.decisions import Decision
from graph.next_steps import (
    STEPS,
    NextStep,
    StepCode,
    explain_order,
    explain_steps,
    step_label,
)
from graph.step_decision import RENEWED_WITHIN, Situation, decide_step

ON = date(2023, 12, 31)
NAMES = {"ko": "가온대학교", "en": "Gaon University"}
TEXTS: dict[str, Any] = yaml.safe_load(
    files("graph").joinpath("next_steps.yml").read_text(encoding="utf-8")
)


def agree(kind: str = "MemorandumOfUnderstanding", **stated: Any) -> Agreement:
    return Agreement("a", kind, {"ko": "협약", "en": "agreement"}, **stated)


def cover(agreement: Agreement, **through: Any) -> Covering:
    return Covering(status(agreement, ON), agreement, **through)


def situation(covering: Covering | None = None, **known: Any) -> Situation:
    covering = covering or Covering()
    defaults = {"work": 2, "actual": True, "rung": "programme", "parents": covering}
    return Situation(ON, covering, **{**defaults, **known})


def decide(covering: Covering | None = None, **known: Any) -> NextStep:
    return decide_step(situation(covering, **known))


def codes(step: NextStep) -> list[str]:
    return [reason.code for reason in step.reasons]


ENDLESS = agree(signed="2022-10-01")
LASTING = agree(signed="2022-10-01", end="2026-12-31")
ENDING = agree(signed="2021-01-01", end="2024-02-29")
NOTICE = agree(signed="2021-01-01", end="2024-02-29", notice_days=90)
ENDED = agree(signed="2020-01-01", end="2023-06-30")
LAPSED = agree(signed="2020-01-01", end="2022-12-30")
TERMINATED = agree(signed="2020-01-01", end="2023-06-30", terminated="2023-06-30")
SUPERSEDED = agree(
    signed="2020-01-01", end="2022-06-30", superseded_by=("b",), superseded="2022-07-01"
)
LATER = agree(signed="2023-11-01", start="2024-03-01", end="2026-02-28")
UNDATED = agree()
MAYBE_ENDED = agree(signed="2020-01-01", end="2023-12")
INTENDED = agree("IntendedAgreement", intent="planned")
CONSIDERED = agree("IntendedAgreement", intent="considered")
RENEWED = agree(
    signed="2020-01-01",
    end="2025-04-30",
    periods=(
        Period("2020-01-01", "2022-12-31", "2020-01-01", "a"),
        Period("2023-01-01", "2025-04-30", "2022-12-01", "a-renewal"),
    ),
)

CASES: list[tuple[Agreement | None, StepCode, str]] = [
    (None, "sign", "never_signed"),
    (INTENDED, "sign", "intended"),
    (CONSIDERED, "sign", "intended"),
    (agree("IntendedAgreement"), "sign", "planned"),
    (LAPSED, "sign", "lapsed"),
    (TERMINATED, "sign", "terminated"),
    (SUPERSEDED, "sign", "superseded"),
    (ENDED, "renew", "expired"),
    (ENDING, "renew", "expiring"),
    (NOTICE, "renew", "in_notice"),
    (MAYBE_ENDED, "renew", "perhaps_ended"),
    (UNDATED, "confirm_party", "not_known"),
    (ENDLESS, "record_end", "no_end"),
    (LASTING, "none", "covered"),
    (RENEWED, "none", "renewed"),
    (LATER, "none", "begins_later"),
]


@pytest.mark.parametrize(("agreement", "step", "reason"), CASES)
def test_the_state_decides(agreement: Agreement | None, step: StepCode, reason: str) -> None:
    found = decide(cover(agreement) if agreement else None)
    assert (found.code, codes(found)[0]) == (step, reason)
    assert "works_together" in codes(found)


def test_every_state_has_a_case() -> None:
    covered = {status(agreement, ON) for agreement, _, _ in CASES if agreement}
    assert covered | {"in_force"} == set(get_args(Status))
    assert set(STATES) == {*get_args(Status), "none"}
    assert {step for _, step, _ in CASES} | {"extend_subject"} == set(STEPS)


def test_what_ended_a_year_ago_is_renewed_and_what_ended_earlier_is_signed_anew() -> None:
    last = ON - RENEWED_WITHIN
    for end, step in ((last, "renew"), (last - timedelta(days=1), "sign")):
        ended = agree(signed="2019-01-01", end=end.isoformat())
        assert decide(cover(ended)).code == step


def test_doubts_about_the_parties_come_before_subject_and_end() -> None:
    doubtful = decide(cover(ENDLESS), inferred=(NAMES,), apart=(NAMES,))
    assert doubtful.code == "confirm_party"
    assert codes(doubtful)[:3] == ["party_inferred", "subject_apart", "no_end"]
    assert decide(cover(ENDLESS), apart=(NAMES,)).code == "extend_subject"
    assert decide(cover(LASTING), apart=(NAMES,)).code == "extend_subject"
    assert decide(cover(ENDING), inferred=(NAMES,), apart=(NAMES,)).code == "renew"


def test_an_agreement_through_another_body_is_to_be_confirmed() -> None:
    through = cover(LASTING, party="p")
    assert codes(decide(through, party=NAMES))[0] == "through_parent"
    by_unit = cover(LASTING, party="u", own_unit=True)
    found = decide(by_unit, party=NAMES)
    assert (found.code, codes(found)[0]) == ("confirm_party", "by_own_unit")


def test_at_unit_level_it_is_only_told() -> None:
    found = decide(None, parents=cover(LASTING, party="p"), party=NAMES)
    assert (found.code, codes(found)[-1]) == ("sign", "parent_has")
    found = decide(None, parents=cover(LASTING, party="u", own_unit=True), party=NAMES)
    assert (found.code, codes(found)[-1]) == ("sign", "unit_has")
    found = decide(None, parents=cover(ENDED, party="p"), party=NAMES)
    assert "parent_has" not in codes(found)


def test_with_a_group_nobody_can_sign_before_it_is_known_who_it_is() -> None:
    for covering in (None, cover(INTENDED), cover(LAPSED)):
        found = decide(covering, is_group=True)
        assert (found.code, codes(found)[0]) == ("confirm_party", "unnamed_group")
    assert decide(cover(LASTING), is_group=True).code == "none"


@pytest.mark.parametrize("kind", ["funder", "government"])
def test_who_funds_or_governs_is_told(kind: Any) -> None:
    assert kind in codes(decide(None, partner_class=kind))
    assert kind not in codes(decide(cover(LASTING), partner_class=kind))


def test_what_ended_without_joint_work_needs_nothing() -> None:
    found = decide(cover(ENDED), work=0)
    assert (found.code, codes(found)) == ("none", ["ended_unused", "no_work"])
    assert decide(cover(ENDING), work=0).code == "renew"
    assert decide(cover(INTENDED), work=0).code == "sign"


NOTED = Decision("d", "h", "p")


def test_a_decision_that_none_is_needed_settles_it() -> None:
    for covering in (None, cover(ENDED), cover(ENDLESS)):
        waived = replace(NOTED, kind="not-needed", reason="한 번뿐인 행사")
        found = decide(covering, decision=waived)
        assert (found.code, codes(found)[0]) == ("none", "waived")
        assert "한 번뿐인 행사" in found.reasons[0].text("ko")
    bare = decide(None, decision=replace(NOTED, kind="not-needed"))
    assert codes(bare) == ["waived_without_reason"]


def test_a_decision_in_preparation_names_department_and_date() -> None:
    noted = replace(NOTED, kind="in-preparation", department="d", due="2024-02", reason="협의 중")
    found = decide(None, decision=noted, department=NAMES)
    assert found.code == "sign"
    assert codes(found)[-3:] == ["prepared", "owner", "due"]
    assert "60" in found.reasons[-1].text("en")
    assert decide(cover(ENDED), decision=noted, department=NAMES).code == "renew"
    assert decide(cover(ENDED), work=0, decision=noted, department=NAMES).code == "renew"
    # The agreement that was in preparation is there.
    assert decide(cover(LASTING), decision=noted, department=NAMES).code == "none"


def test_what_is_overdue_is_told() -> None:
    for due, code in (("2023-12-30", "overdue"), ("2023-12-31", "due"), ("2023-12", "due")):
        found = decide(None, decision=replace(NOTED, due=due))
        assert codes(found)[-1] == code
    late = decide(None, decision=replace(NOTED, due="2023-12-01"))
    assert "30" in late.reasons[-1].text("ko")


def test_a_renewal_that_begins_later_tells_its_own_beginning() -> None:
    renewed = replace(
        RENEWED,
        periods=(
            Period("2020-01-01", "2022-12-31", "2020-01-01", "a"),
            Period("2024-02-01", "2025-04-30", "2023-12-01", "a-renewal"),
        ),
    )
    found = decide(cover(renewed))
    assert codes(found)[0] == "begins_later"
    assert "2024-02-01" in found.reasons[0].text("en")


def everything() -> list[NextStep]:
    """Situations that call up every reason there is."""
    coverings = [cover(agreement) if agreement else None for agreement, _, _ in CASES]
    prepared = replace(NOTED, kind="in-preparation", reason="협의")
    return [
        *(decide(covering) for covering in coverings),
        decide(None, actual=False, partner_class="funder", parents=cover(LASTING, party="p")),
        decide(None, partner_class="government", parents=cover(LASTING, party="u", own_unit=True)),
        decide(None, is_group=True, actual=False, planned=False),
        decide(cover(ENDED), work=0),
        decide(cover(ENDLESS), inferred=(NAMES,), apart=(NAMES,)),
        decide(cover(LASTING, party="p"), party=NAMES),
        decide(cover(LASTING, party="u", own_unit=True), party=NAMES),
        decide(None, decision=replace(NOTED, kind="not-needed", reason="까닭")),
        decide(None, decision=replace(NOTED, kind="not-needed")),
        decide(None, decision=replace(prepared, due="2024-01-01"), department=NAMES),
        decide(None, decision=replace(prepared, reason="", due="2023-01-01")),
    ]


def test_every_reason_is_said_in_both_languages() -> None:
    used = {reason.code for step in everything() for reason in step.reasons}
    assert used == TEXTS["reasons"].keys()
    for step in everything():
        for reason in step.reasons:
            for language in ("ko", "en"):
                text = reason.text(language)
                assert text.endswith((".", "까닭", "협의"))
                assert "{" not in text


def test_texts_have_the_same_blanks_in_both_languages() -> None:
    for key, text in TEXTS["reasons"].items():
        assert list(text) == ["ko", "en"], key
        blanks = [{n for _, n, _, _ in string.Formatter().parse(t) if n} for t in text.values()]
        assert blanks[0] == blanks[1], key


def test_steps_and_orders_have_words() -> None:
    assert [step_label(code, "en") for code in STEPS] == [
        "sign", "renew", "confirm the party", "extend the subject", "record the end", "nothing",
    ]  # fmt: skip
    assert {step_label(code, "ko") for code in STEPS} == {t["ko"] for t in TEXTS["steps"].values()}
    for explain in (explain_order, explain_steps):
        assert explain("ko") != explain("en")
