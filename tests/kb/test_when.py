"""Time: stamps that round-trip, and words that claim no more than is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.when import stamp, unstamp, when, words

DATES = st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 1, 1))


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "text"),
    [
        ("2021-01-08", "2021-01-08", "day", "8 January 2021"),
        ("2021-01-04", "2021-01-10", "week", "week of 4 January 2021"),
        ("2021-01-09", "2021-01-10", "interval", "9–10 January 2021"),
        ("2021-01-30", "2021-02-02", "interval", "30 January – 2 February 2021"),
        ("2020-12-31", "2021-01-01", "interval", "31 December 2020 – 1 January 2021"),
        ("2021-01-01", "2021-01-31", "month", "January 2021"),
        ("2021-04-01", "2021-06-30", "quarter", "second quarter of 2021"),
        ("2021-01-01", "2021-12-31", "year", "2021"),
        ("2010-01-01", "2019-12-31", "decade", "2010s"),
        ("2003-01-01", "2006-12-31", "interval", "2003–2006"),
        ("2021-06-01", "2021-08-31", "season", "1 June – 31 August 2021"),
        ("2021-01-08T14:30", "2021-01-08T14:30", "minute", "8 January 2021, 14:30"),
        ("2021-01-08T14:00", "2021-01-08T14:59", "hour", "8 January 2021, 14:00–14:59"),
        ("2021-01-08T22", "2021-01-09T04", None, "8 January 2021, 22:00 – 9 January 2021, 04:59"),
        (None, "2021-01-11", None, "by 11 January 2021"),
        ("2021-01-11", None, None, "from 11 January 2021 on"),
        (None, None, None, "date unknown"),
        ("1988-01-01", "1992-12-31", "approximate", "about 1990"),
        ("2000-12-11", "2001-02-11", "approximate", "about January 2001"),
        ("2021-01-02", "2021-01-04", "approximate", "about 3 January 2021"),
    ],
)  # fmt: skip
def test_words(earliest: str | None, latest: str | None, precision: str | None, text: str) -> None:
    assert when(earliest, latest, precision).text == text


def test_a_week_that_does_not_begin_on_monday_is_told_by_its_days() -> None:
    assert words("2021-01-05", "2021-01-11", "week") == "5–11 January 2021"


@given(DATES, st.integers(0, 4000), st.sampled_from([None, "day", "week", "month", "interval"]))
def test_no_day_is_named_that_the_interval_does_not_begin_or_end_with(
    first: date, days: int, precision: str | None
) -> None:
    last = first + timedelta(days=days)
    text = words(first.isoformat(), last.isoformat(), precision)
    one_day = f"{first.day} {first:%B} {first.year}"
    assert (text == one_day) == (days == 0)
    assert str(first.year) in text
    if days:
        assert text != f"{last.day} {last:%B} {last.year}"


@given(DATES, st.booleans())
def test_a_day_comes_back_from_its_stamp(day: date, end: bool) -> None:
    assert unstamp(stamp(day.isoformat(), end=end), "day", end=end) == day.isoformat()


@given(st.datetimes(), st.booleans())
def test_a_moment_comes_back_from_its_stamp(moment: object, end: bool) -> None:
    text = str(moment).replace(" ", "T").partition(".")[0]
    assert unstamp(stamp(text, end=end), "second", end=end) == text


@given(DATES, st.sampled_from(["", "T14", "T14:05", "T14:05:06", "T14:05:06Z", "T14:05:06+01:00"]))
def test_a_stamp_never_ends_before_it_begins(day: date, time: str) -> None:
    text = day.isoformat() + time
    assert stamp(text) <= stamp(text, end=True)
    assert stamp(text).startswith(text[:13] if time else text)


@pytest.mark.parametrize(
    "value", ["", "today", "2021-02-30", "2021-13-01", "2021-1-8", "2021-01-08T25", "2021-W01",
              "2021-01-08T10:00 or so"],
)  # fmt: skip
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        stamp(value)
