"""From TIMEX3 values to the calendar and back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.times import interval
from extractors.times.calendars import add, easter, value_at

NEWS_DAYS = st.dates(date(1000, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2021-01-08", ("2021-01-08", "2021-01-08", "day")),
        ("2021-01-08T14:30", ("2021-01-08T14:30", "2021-01-08T14:30", "minute")),
        ("2021-01-08T14:30Z", ("2021-01-08T14:30", "2021-01-08T14:30", "minute")),
        ("2021-01-08T24:00", ("2021-01-09T00:00", "2021-01-09T00:00", "minute")),
        ("2021-01-08T14", ("2021-01-08T14:00", "2021-01-08T14:59", "hour")),
        ("2021-01-08TNI", ("2021-01-08T18:00", "2021-01-09T05:59", "part-of-day")),
        ("2021-W01", ("2021-01-04", "2021-01-10", "week")),
        ("2020-W53", ("2020-12-28", "2021-01-03", "week")),
        ("2021-W01-WE", ("2021-01-09", "2021-01-10", "interval")),
        ("2021-W01-3", ("2021-01-06", "2021-01-06", "day")),
        ("2020-02", ("2020-02-01", "2020-02-29", "month")),
        ("2020-Q4", ("2020-10-01", "2020-12-31", "quarter")),
        ("2020-H2", ("2020-07-01", "2020-12-31", "interval")),
        ("2020-WI", ("2020-12-01", "2021-02-28", "season")),
        ("1752", ("1752-01-01", "1752-12-31", "year")),
        ("199X", ("1990-01-01", "1999-12-31", "decade")),
        ("199", ("1990-01-01", "1999-12-31", "decade")),
        ("18XX", ("1800-01-01", "1899-12-31", "century")),
    ],
)
def test_values_and_their_bounds(value: str, bounds: tuple[str, str, str]) -> None:
    assert interval(value) == bounds


@pytest.mark.parametrize(
    "value",
    [
        "", "2021-02-30", "2021-13", "2021-13-01", "2021-W54", "2021-W00", "2021-Q5", "0000",
        "9999", "9999-12-31", "9999-W52", "BC0044", "P3D", "PT5H", "PXY", "XXXX-WXX-7",
        "XXXX-08-07", "PAST_REF", "2021-01-08T25:00", "2021-01-08T10:75", "2021-01-08TXX",
        "٢٠٢١", "1998-XX",
    ],
)  # fmt: skip
def test_what_names_no_stretch_of_the_calendar_has_no_bounds(value: str) -> None:
    assert interval(value) == (None, None, None)


@given(NEWS_DAYS, st.sampled_from(["D", "W", "M", "3M", "Y", "10Y", "100Y"]))
def test_the_value_of_a_day_holds_the_day(day: date, unit: str) -> None:
    size, base = int(unit[:-1] or 1), unit[-1]
    earliest, latest, _ = interval(value_at(day, (size, base)))
    if day.year < 2100 or base != "Y":
        assert earliest is not None
        assert latest is not None
        assert earliest <= day.isoformat() <= latest


@given(NEWS_DAYS)
def test_a_day_is_its_own_interval(day: date) -> None:
    assert interval(day.isoformat()) == (day.isoformat(), day.isoformat(), "day")


@given(NEWS_DAYS)
def test_a_week_has_seven_days_and_comes_back(day: date) -> None:
    value = value_at(day, (1, "W"))
    earliest, latest, _ = interval(value)
    if earliest is not None and latest is not None:
        first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
        assert last - first == timedelta(days=6)
        assert value_at(first, (1, "W")) == value_at(last, (1, "W")) == value


@given(st.text(alphabet="0123456789-:TWXQHPSUFAIEMONZ+Y", max_size=20))
def test_any_string_gives_ordered_bounds_or_none(value: str) -> None:
    earliest, latest, precision = interval(value)
    assert (earliest is None) == (latest is None) == (precision is None)
    if earliest is not None and latest is not None:
        assert earliest <= latest


@given(NEWS_DAYS, st.integers(0, 400))
def test_adding_months_keeps_the_month_count(day: date, months: int) -> None:
    moved = add(day, months, (1, "M"))
    assert moved is not None
    assert (moved.year - day.year) * 12 + moved.month - day.month == months


@pytest.mark.parametrize(
    ("year", "day"), [(1999, "1999-04-04"), (2000, "2000-04-23"), (2021, "2021-04-04")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == day
