"""Periods as people write them: a year, a month, a week, a day, or from one to another."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")


def days_of(period: str) -> tuple[date, date]:
    """The first and the last day of a period, or from the first of one to the last of another.

    >>> [str(day) for day in days_of("2021-W01")], [str(day) for day in days_of("2020-12/2021")]
    (['2021-01-04', '2021-01-10'], ['2020-12-01', '2021-12-31'])

    Raises ValueError on anything else, and on a day that does not exist.
    """
    begin, slash, end = period.strip().partition("/")
    first, last = bounds(begin)
    if slash:
        last = bounds(end)[1]
    if last < first:
        raise ValueError(f"{period!r} ends before it begins")
    return first, last


def bounds(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month, an ISO 8601 week or a day.

    Raises ValueError on anything else, and on a day that does not exist.
    """
    if week := _WEEK.fullmatch(text):
        monday, sunday = (date.fromisocalendar(int(week[1]), int(week[2]), n) for n in (1, 7))
        return monday, sunday
    return calendar_bounds(text)


def calendar_bounds(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day. Raises ValueError as `bounds`."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date: write 2021-01-08, 2021-W01, 2021-01 or 2021")
    year, month, day = (int(part) if part else None for part in found.groups())
    first = date(year or 0, month or 1, day or 1)
    if day is not None:
        return first, first
    last = month or 12
    return first, date(first.year, last, monthrange(first.year, last)[1])
