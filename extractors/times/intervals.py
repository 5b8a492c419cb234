"""From a TIMEX3 value to the stretch of the calendar that it names."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.extraction import Precision, Time, Timex
from extractors.times.calendars import (
    Unit,
    add,
    add_days,
    add_months,
    season_start,
    valid_day,
)

# Years outside of these are slips of the pen or of the reader, not dates of news.
FIRST_YEAR, LAST_YEAR = 1, 2199
Bounds = tuple[str | None, str | None, Precision | None]
UNKNOWN: Bounds = (None, None, None)
# Part of day: hours from, to, and whether it runs into the next day.
_PARTS = {
    "MO": ("00:00", "11:59", 0),
    "MI": ("11:00", "13:59", 0),
    "AF": ("12:00", "17:59", 0),
    "EV": ("17:00", "23:59", 0),
    "NI": ("18:00", "05:59", 1),
    "DT": ("06:00", "18:59", 0),
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(.+))?", re.ASCII)
_CLOCK = re.compile(r"(\d\d)(?::(\d\d)(?::(\d\d))?)?(Z|[+-]\d\d(?::\d\d)?)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d\d?)(?:-(WE|[1-7])(?:T(.+))?)?")
_WITHIN_YEAR = re.compile(r"(\d{4})-(\d\d|Q[1-4]|H[12]|SP|SU|FA|WI)", re.ASCII)
_FISCAL = re.compile(r"FY(\d{4})(?:-.*)?", re.ASCII)
_SPAN = re.compile(r"(\d{4})|(\d{3})X?|(\d\d)(?:XX)?", re.ASCII)


def interval(value: str) -> Bounds:
    """Earliest and latest day (or minute) of a TIMEX3 value, both inclusive, and its precision.

    Dates are YYYY-MM-DD and moments YYYY-MM-DDTHH:MM, as the clock on the wall of the text
    shows them. A value that names no stretch of the calendar (a duration, a repeated time, a
    reference such as PAST_REF, unknown digits, a day that does not exist, a year outside of
    FIRST_YEAR to LAST_YEAR) gives three times None.

    >>> interval("2021-W01-WE")
    ('2021-01-09', '2021-01-10', 'interval')
    >>> interval("2021-02-30")
    (None, None, None)
    """
    for pattern, reader in (
        (_DAY, _read_day),
        (_WEEK, _read_week),
        (_WITHIN_YEAR, _read_within_year),
        (_FISCAL, _read_fiscal),
        (_SPAN, _read_span),
    ):
        found = pattern.fullmatch(value)
        if found:
            return reader(found)
    return UNKNOWN


def days(first: date | None, last: date | None, precision: Precision) -> Bounds:
    """Bounds of two days, or unknown where one is missing or out of range."""
    if first is None or last is None or first > last:
        return UNKNOWN
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        return UNKNOWN
    return first.isoformat(), last.isoformat(), precision


def around(day: date, amount: float, unit: Unit) -> Bounds:
    """The days around one that lies an amount of units off, for "about" and round numbers.

    A tenth of the distance to both sides, one unit at least: about twenty years ago was
    between 18 and 22 years ago.
    """
    size, base = unit
    slack = max(1.0, round(abs(amount) * size / 10))
    return days(add(day, -slack, (1, base)), add(day, slack, (1, base)), "approximate")


def stretch(time: Time | Timex) -> tuple[str, str]:
    """Both bounds as moments that can be compared; an open side lies before or after all others.

    >>> stretch(Time("2021-01-08", None))
    ('2021-01-08T00:00', '9999-12-31T23:59')
    """
    first, last = time.earliest or "0000-01-01", time.latest or "9999-12-31"
    return (
        first if "T" in first else f"{first}T00:00",
        last if "T" in last else f"{last}T23:59",
    )


def _read_day(found: re.Match[str]) -> Bounds:
    year, month, number, clock = found.groups()
    day = valid_day(int(year), int(month), int(number))
    if day is None or day.year > LAST_YEAR:
        return UNKNOWN
    return days(day, day, "day") if clock is None else _within_day(day, clock)


def _within_day(day: date, clock: str) -> Bounds:
    if clock in _PARTS:
        start, end, later = _PARTS[clock]
        last = add_days(day, later)
        return UNKNOWN if last is None else (f"{day}T{start}", f"{last}T{end}", "part-of-day")
    found = _CLOCK.fullmatch(clock)
    if not found:
        return UNKNOWN
    hour, minute, second, _ = found.groups()
    if (hour, minute or "00") == ("24", "00"):
        following = add_days(day, 1)
        return (
            UNKNOWN if following is None else (f"{following}T00:00", f"{following}T00:00", "minute")
        )
    if int(hour) > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return UNKNOWN
    if minute is None:
        return f"{day}T{hour}:00", f"{day}T{hour}:59", "hour"
    return f"{day}T{hour}:{minute}", f"{day}T{hour}:{minute}", "second" if second else "minute"


def _read_week(found: re.Match[str]) -> Bounds:
    year, week, part, clock = found.groups()
    try:
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return UNKNOWN
    if monday.year > LAST_YEAR or monday > date.max - timedelta(days=7):
        return UNKNOWN
    if part is None:
        return days(monday, monday + timedelta(days=6), "week")
    if part == "WE":
        if clock is not None:
            return UNKNOWN
        return days(monday + timedelta(days=5), monday + timedelta(days=6), "interval")
    day = monday + timedelta(days=int(part) - 1)
    return days(day, day, "day") if clock is None else _within_day(day, clock)


def _read_within_year(found: re.Match[str]) -> Bounds:
    year, part = int(found[1]), found[2]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return UNKNOWN
    precision: Precision
    if part.isdigit():
        first, months, precision = valid_day(year, int(part), 1), 1, "month"
    elif part[0] == "Q":
        first, months, precision = date(year, 3 * int(part[1]) - 2, 1), 3, "quarter"
    elif part[0] == "H":
        first, months, precision = date(year, 6 * int(part[1]) - 5, 1), 6, "interval"
    else:
        first, months, precision = season_start(year, part), 3, "season"
    return UNKNOWN if first is None else days(first, _last(first, months), precision)


def _last(first: date, months: int) -> date | None:
    following = add_months(first, months)
    return None if following is None else add_days(following, -1)


def _read_fiscal(found: re.Match[str]) -> Bounds:
    # Companies and states begin their years at different times, never a year ahead.
    year = int(found[1])
    if not FIRST_YEAR < year <= LAST_YEAR:
        return UNKNOWN
    return days(date(year - 1, 1, 1), date(year, 12, 31), "interval")


def _read_span(found: re.Match[str]) -> Bounds:
    year, decade, century = found.groups()
    if year is not None:
        first, years, precision = int(year), 1, "year"
    elif decade is not None:
        first, years, precision = int(decade) * 10, 10, "decade"
    else:
        first, years, precision = int(century) * 100, 100, "century"
    first, last = max(first, FIRST_YEAR), first + years - 1
    if year == "0000" or not FIRST_YEAR <= last <= LAST_YEAR:
        return UNKNOWN
    return days(date(first, 1, 1), date(last, 12, 31), precision)  # type: ignore[arg-type]
