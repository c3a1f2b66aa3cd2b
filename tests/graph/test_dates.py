"""Dates keep their precision, in whatever way they are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.dates import DateError, PartialDate, parse_date

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
# How Korean documents write a day, a month and a year; {s} is a year of two digits.
DAY_FORMS = (
    "{y}-{m:02}-{d:02}",
    "{y}-{m}-{d}",
    "{y}.{m}.{d}.",
    "{y}.{m}.{d}",
    "{y}. {m}. {d}.",
    "{y}. {m:02}. {d:02}",
    "{y}/{m}/{d}",
    "{y}년 {m}월 {d}일",
    "{y}년{m}월{d}일",
    "{y}{m:02}{d:02}",
    "'{s:02}.{m}.{d}.",
    "‘{s:02}. {m}. {d}.",
    "’{s:02}.{m}.{d}",
)
MONTH_FORMS = (
    "{y}-{m:02}",
    "{y}.{m}.",
    "{y}. {m}.",
    "{y}년 {m}월",
    "’{s:02}. {m}.",
    "'{s:02}.{m}월",
)
YEAR_FORMS = ("{y}", "{y}년", "{y}.", "'{s:02}", "’{s:02}년", " {y} ")
FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")


def spellings(day: date, forms: tuple[str, ...]) -> list[str]:
    values = {"y": day.year, "s": day.year % 100, "m": day.month, "d": day.day}
    plain = [form.format(**values) for form in forms]
    return plain + [text.translate(FULL_WIDTH) for text in plain]


@given(DAYS)
def test_every_spelling_of_a_day_is_the_same_day(day: date) -> None:
    found = {parse_date(text) for text in spellings(day, DAY_FORMS)}
    assert found == {PartialDate(day.isoformat())}
    assert found.pop().earliest == day


@given(DAYS)
def test_a_month_and_a_year_are_never_padded(day: date) -> None:
    months = {parse_date(text) for text in spellings(day, MONTH_FORMS)}
    years = {parse_date(text) for text in spellings(day, YEAR_FORMS)}
    assert months == {PartialDate(f"{day:%Y-%m}")}
    assert years == {PartialDate(f"{day:%Y}")}
    assert [d.pop().datatype for d in (months, years)] == ["gYearMonth", "gYear"]


@given(DAYS)
def test_a_vague_date_spans_all_days_it_can_mean(day: date) -> None:
    month, year = PartialDate(f"{day:%Y-%m}"), PartialDate(f"{day:%Y}")
    assert month.earliest.day == 1
    assert (month.latest + timedelta(1)).day == 1
    assert year.earliest <= month.earliest <= day <= month.latest <= year.latest


@given(
    st.integers(1, 9999), st.integers(0, 99), st.integers(0, 99), st.sampled_from(DAY_FORMS[:10])
)
def test_an_impossible_day_is_an_error(year: int, month: int, day: int, form: str) -> None:
    text = form.format(y=f"{year:04}", m=month, d=day)
    try:
        expected = date(year, month, day).isoformat()
    except ValueError:
        with pytest.raises(DateError):
            parse_date(text)
    else:
        assert parse_date(text).lexical == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "미정",
        "2023-02-29",
        "2023-04-31",
        "2023-13",
        "2023-00",
        "2023.0.5",
        "2023-08-00",
        "0000",
        "23.8.29",
        "2023.8.29 ~ 8.30",
        "2017~2019년",
        "2023년 상반기",
        "2023-08-29T00:00:00",
        "٢٠٢٣",
        "20230",
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


def test_dates_of_different_precision_can_be_sorted() -> None:
    texts = ["2023-08", "2023", "2022-12-31", "2023-08-29"]
    ordered = sorted(parse_date(text) for text in texts)
    assert [d.lexical for d in ordered] == ["2022-12-31", "2023", "2023-08", "2023-08-29"]
