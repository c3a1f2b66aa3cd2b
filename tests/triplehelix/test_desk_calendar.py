"""The calendar of deadlines: what RFC 5545 asks for, identity, rough dates, hostile names."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from graph.agreements import Agreement
from graph.dates import Interval
from graph.deadlines import Deadline, DeadlineKind, find_deadlines
from graph.evidence import Evidence
from graph.organizations import Organization
from triplehelix.desk.calendar import encode_calendar, identify
from triplehelix.report import Report

ON = date(2023, 12, 31)
LAB = "https://example.org/id/agr-lab"
NAMES = {"ko": "가온시–한빛시험원 업무협약", "en": "MOU with the test laboratory"}


def make(
    labels: dict[str, str] = NAMES,
    first: date = date(2024, 6, 30),
    last: date | None = None,
    kind: DeadlineKind = "end",
    iri: str = LAB,
    id_: str = "agr-lab-end",
) -> Deadline:
    parties = (
        Organization(
            "https://example.org/id/gaon", "LocalGovernment", {"ko": "가온시", "en": "Gaon"}
        ),
        Organization("https://example.org/id/lab", "TestInstitute", {"ko": "한빛시험원"}),
    )
    agreement = Agreement(
        iri,
        "MemorandumOfUnderstanding",
        labels=labels,
        subjects={"ko": "시험 장비 공동 활용; 비용, 인력", "en": "Sharing equipment"},
        end="2024-06",
    )
    day = Interval(first, last or first)
    proof = (Evidence("gaon-report", "53", "", "한빛시험원 업무협약", "stated"),)
    return Deadline(id_, kind, agreement, "in_force", day, False, True, parties, (), proof)


def read(*deadlines: Deadline, language: str = "ko", on: date = ON) -> list[Any]:
    calendar: Any = Calendar.from_ical(encode_calendar(deadlines, on, language))
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    assert all(event.errors == [] for event in events)
    return list(events)


def test_a_calendar_has_what_the_standard_requires() -> None:
    calendar: Any = Calendar.from_ical(encode_calendar([make(), make(kind="notice")], ON, "ko"))
    assert calendar["VERSION"] == "2.0"
    assert "Triple Helix" in calendar["PRODID"]
    events = calendar.walk("VEVENT")
    assert len({event["UID"] for event in events}) == len(events) == 2
    for event in events:
        assert event.decoded("DTSTAMP") == datetime(2023, 12, 31, tzinfo=UTC)
        assert event.decoded("LAST-MODIFIED") == event.decoded("DTSTAMP")
        assert event["DTSTART"].params["VALUE"] == "DATE"
        (alarm,) = event.walk("VALARM")
        assert alarm["ACTION"] == "DISPLAY"
        assert alarm["DESCRIPTION"] == event["SUMMARY"]
        assert alarm.decoded("TRIGGER") == timedelta(days=-30)


def test_lines_are_folded_between_characters() -> None:
    encoded = encode_calendar([make({"ko": "가나다라마바사" * 30})], ON, "ko")
    assert encoded.endswith(b"END:VCALENDAR\r\n")
    lines = encoded.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode("utf-8")
    (event,) = read(make({"ko": "가나다라마바사" * 30}))
    assert event["SUMMARY"] == "협약 종료: " + "가나다라마바사" * 30


def test_a_day_is_told_with_parties_subject_and_evidence() -> None:
    (event,) = read(make())
    assert event.decoded("DTSTART") == date(2024, 6, 30)
    assert event["SUMMARY"] == "협약 종료: 가온시–한빛시험원 업무협약"
    assert event["DESCRIPTION"].split("\n") == [
        "당사자: 가온시, 한빛시험원",
        "내용: 시험 장비 공동 활용; 비용, 인력",
        "근거: gaon-report:53",
    ]


def test_a_rough_date_is_an_event_on_its_first_day_and_says_so() -> None:
    (event,) = read(make(first=date(2024, 6, 1), last=date(2024, 6, 30)), language="en")
    assert event.decoded("DTSTART") == date(2024, 6, 1)
    assert event["SUMMARY"] == "Agreement ends, at the earliest: MOU with the test laboratory"
    assert "some day from 2024-06-01 to 2024-06-30" in event["DESCRIPTION"]


def test_both_languages_are_there_and_say_which_they_are() -> None:
    ko, en = (read(make(kind="notice"), language=language)[0] for language in ("ko", "en"))
    assert ko["SUMMARY"].startswith("협약 통보 기한: 가온시")
    assert en["SUMMARY"] == "Notice due: MOU with the test laboratory"
    assert (ko["SUMMARY"].params["LANGUAGE"], en["SUMMARY"].params["LANGUAGE"]) == ("ko", "en")
    assert ko["UID"] == en["UID"]


def test_what_moves_keeps_its_identity() -> None:
    known = identify(make())
    renewed = make(first=date(2027, 6, 30), id_="agr-lab-renewal-1-end")
    corrected = make({"ko": "다른 이름"}, first=date(2024, 7, 1))
    assert identify(renewed) == identify(corrected) == known
    assert identify(make(kind="notice")) != known
    assert identify(make(iri=f"{LAB}-2")) != known


def test_a_later_date_makes_a_later_stamp_and_the_same_input_the_same_bytes() -> None:
    assert encode_calendar([make()], ON, "ko") == encode_calendar([make()], ON, "ko")
    (event,) = read(make(), on=date(2024, 1, 31))
    assert event.decoded("DTSTAMP") > read(make())[0].decoded("DTSTAMP")
    assert "SEQUENCE" not in event


@pytest.mark.parametrize(
    "name",
    [
        "끝\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil",
        "a\rb\nATTACH:file:///etc/passwd",
        'x;ALTREP="http://192.0.2.1":y, \\n \\, "z"',
        "\x1b[2J\x00\x07",
        "\u2028\u2029\x85",
    ],
)
def test_a_hostile_name_stays_a_name(name: str) -> None:
    (event,) = read(make({"ko": name}))
    assert event["UID"] == identify(make())
    assert {"ATTACH", "ALTREP"}.isdisjoint(event)
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in event["SUMMARY"])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_name_gives_one_event_in_short_lines(name: str) -> None:
    encoded = encode_calendar([make({"ko": name})], ON, "ko")
    assert max(map(len, encoded.split(b"\r\n"))) <= 75
    assert len(list(Calendar.from_ical(encoded).walk("VEVENT"))) == 1


def test_every_deadline_of_the_town_is_an_event(town_report: Report) -> None:
    deadlines = find_deadlines(town_report.holdings, town_report.on, timedelta(days=36_525))
    events = read(*deadlines, on=town_report.on)
    assert len({event["UID"] for event in events}) == len(events) == len(deadlines) > 3
    days = {event.decoded("DTSTART") for event in events}
    assert days == {deadline.day.earliest for deadline in deadlines}


def test_a_calendar_without_deadlines_can_be_read() -> None:
    assert read() == []
