"""A measure over a series of dates: the same values as at each date alone, and what is refused."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.measures.series import MONTHS, list_days
from triplehelix.terminal.series_listing import SHOWN

DAYS = st.dates(date(1999, 1, 1), date(2009, 12, 31))


@given(DAYS, DAYS, st.sampled_from([*MONTHS]))
def test_days_follow_each_other_from_the_first_to_the_last(one: date, other: date, step) -> None:
    first, last = sorted((one, other))
    days = list_days(first, last, step)
    assert (days[0], days[-1]) == (first, last)
    assert days == sorted(set(days))
    months = [day.year * 12 + day.month for day in days[:-1]]
    assert all(b - a == MONTHS[step] for a, b in pairwise(months))


def test_the_last_day_of_a_month_leads_to_the_last_of_another() -> None:
    leap = list_days(date(2024, 2, 29), date(2025, 2, 28), "half")
    assert [str(day) for day in leap] == ["2024-02-29", "2024-08-31", "2025-02-28"]
    clipped = list_days(date(2023, 1, 30), date(2023, 3, 30), "month")
    assert [str(day) for day in clipped] == ["2023-01-30", "2023-02-28", "2023-03-30"]
    assert list_days(date.max, date.max, "year") == [date.max]
    assert list_days(date(9998, 6, 1), date.max, "year")[-1] == date.max


@pytest.mark.parametrize(
    ("measure", "options"),
    [
        ("strength", ("--weighting", "newman")),
        ("two-mode-degree", ()),
        ("degree", ("--network", "agreements")),
        ("closeness", ("--theme", "드론", "--no-events")),
    ],
)
def test_the_values_are_those_of_each_date(
    run: Callable, store: Path, measure: str, options: tuple[str, ...]
) -> None:
    told = run("series", measure, "2022", "2023", "--step", "half", *options, "--store", store).json
    assert told["dates"] == ["2022-12-31", "2023-06-30", "2023-12-31"]
    seen = set()
    for number, day in enumerate(told["dates"]):
        alone = run("measures", measure, "--as-of", day, *options, "--store", store).json
        assert alone["network"] == told["networks"][number]
        values = {each["id"]: each["values"][number] for each in told["series"]}
        values = {who: value for who, value in values.items() if value is not None}
        assert values == {each["id"]: each["value"] for each in alone["values"]}
        seen |= values.keys()
    assert seen == {each["id"] for each in told["series"]}
    last = [each["values"][-1] for each in told["series"] if each["values"][-1] is not None]
    assert last == sorted(last, reverse=True)


def test_who_was_not_there_has_no_value(run: Callable, store: Path) -> None:
    told = run("series", "degree", "1900", "2023", "--top", 2, "--store", store, "--step", "year")
    assert told.json["networks"][0]["nodes"] == 0
    assert [each["values"][0] for each in told.json["series"]] == [None, None]
    csv = run("series", "degree", "2021", "2023", "--store", store, "--format", "csv").out
    assert csv.splitlines()[0].endswith("2021-12-31,2022-12-31,2023-12-31")


def test_measures_of_whole_networks(run: Callable, store: Path) -> None:
    synergy = run("series", "synergy", "2021", "2023", "--store", store).json
    alone = run("measures", "synergy", "--as-of", "2023-12-31", "--store", store).json["whole"]
    by_name = {each["id"]: each["values"] for each in synergy["series"]}
    assert by_name["synergy"][-1] == alone["millibits"]
    assert by_name["synergy"][0] is None
    assert {key: by_name[key][-1] for key in alone["counts"]} == alone["counts"]
    pairs = run("series", "sector-pairs", "2021", "2023", "--store", store).json
    sizes = [network["ties"] for network in pairs["networks"]]
    lines = [each["values"] for each in pairs["series"]]
    assert [sum(values) for values in zip(*lines, strict=True)] == sizes
    backbone = run("series", "backbone", "2022", "2023", "--store", store).json
    assert backbone["series"][1]["values"] == [network["ties"] for network in backbone["networks"]]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("form", ["table", "md"])
def test_long_series_are_cut_on_a_terminal_and_say_so(
    run: Callable, store: Path, form: str, language: str
) -> None:
    options = ("--step", "month", "--store", store, "--format", form, "--lang", language)
    result = run("series", "strength", "2022-01", "2023", *options)
    assert (result.code, result.err) == (0, "")
    shown = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)]
    shown = [month for month in shown if f"{month}-" in result.out]
    assert len(shown) == (SHOWN if form == "table" else 24)
    assert any("가" <= sign <= "힣" for sign in result.out) == (language == "ko")


def test_nothing_meets_the_restriction(run: Callable, store: Path) -> None:
    for form in ("table", "csv", "md", "json"):
        result = run("series", "pagerank", "1900", "1901", "--store", store, "--format", form)
        assert (result.code, result.err) == (0, "")
    assert (
        "No tie" in run("series", "pagerank", "1900", "1901", "--store", store, "--format=md").out
    )


def test_it_explains_itself(run: Callable, store: Path) -> None:
    told = run("series", "pagerank", "2022", "2023", "--explain", "--store", store).json
    assert [each["name"] for each in told["definitions"]] == ["pagerank", "series"]
    assert all(each["reference"] and each["doi"] for each in told["definitions"])


@pytest.mark.parametrize(
    ("arguments", "code", "english"),
    [
        (("fame", "2022", "2023"), 1, "There is no measure 'fame'"),
        (("degree", "2023", "2022"), 1, "Give the earlier date first"),
        (("degree", "1900", "2023", "--step", "month"), 1, "up to 240"),
        (("degree", "2022", "2023", "--network", "all"), 1, "keeps kinds of ties apart"),
        (("degree", "2022", "2023", "--network", "two-mode"), 1, "among organisations"),
        (("degree", "2022"), 2, "DATE2 is missing"),
        (("degree", "2022", "soon"), 2, "'soon' is no date"),
        (("degree", "2022", "2023", "--step", "week"), 2, "year, half, quarter, month"),
        (("synergy", "2022", "2023", "--top", "2"), 2, "--top does not go with"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(
    run: Callable, store: Path, arguments: tuple[str, ...], code: int, english: str
) -> None:
    result = run("series", *arguments, "--store", store)
    assert (result.code, result.out) == (code, "")
    assert english in result.err
    assert "Traceback" not in result.err
