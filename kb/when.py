"""Time as the graph keeps it and as people read it: intervals, never a falsely exact point."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from kb.views import When

_SHAPE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?)?)?)?)?"
)
YEAR, MONTH = 365, 28
"""Days of an interval that is named by its year, or its month, where it is approximate."""
_FINE = frozenset({"second", "minute", "hour", "part-of-day"})


def stamp(value: str, end: bool = False) -> str:
    """The first (or last) second of an ISO 8601 date or date-time, as xsd:dateTime without zone.

    >>> stamp("2021-01-08"), stamp("2021-01-08", end=True)
    ('2021-01-08T00:00:00', '2021-01-08T23:59:59')
    >>> stamp("2021-01-08T14:00", end=True)
    '2021-01-08T14:00:59'

    A zone is dropped: the hour stands as the article gives it. Raises ValueError on anything
    else, and on a date that does not exist.
    """
    found = _SHAPE.match(value)
    rest = value[found.end() :] if found else value
    if not found or not re.fullmatch(r"Z|[+-]\d\d:?\d\d|", rest):
        raise ValueError(f"{value!r} is not an ISO 8601 date or date-time")
    parts = (int(part) if part else None for part in found.groups())
    year, month, day, hour, minute, second = parts
    if not end:
        moment = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0)
        return moment.isoformat()
    month = month or 12
    if day is None:
        datetime(year or 0, month, 1)
        day = monthrange(year or 0, month)[1]
    hour = 23 if hour is None else hour
    minute = 59 if minute is None else minute
    second = 59 if second is None else second
    return datetime(year or 0, month, day, hour, minute, second).isoformat()


def unstamp(value: str | None, precision: str | None, end: bool = False) -> str | None:
    """The ISO date behind a stamp; the date-time where the hour was known.

    >>> unstamp("2021-01-08T23:59:59", "day", end=True)
    '2021-01-08'
    """
    if value is None:
        return None
    value = value.partition(".")[0].removesuffix("Z")
    edge = "T23:59:59" if end else "T00:00:00"
    if value.endswith(edge) and precision not in _FINE:
        return value[:-9]
    return value


def when(earliest: str | None, latest: str | None, precision: str | None) -> When:
    """The read model of an interval, with its words."""
    return When(earliest, latest, precision, words(earliest, latest, precision))


def words(earliest: str | None, latest: str | None, precision: str | None = None) -> str:
    """An interval in words that claim no more than is known.

    >>> words("2021-01-08", "2021-01-08")
    '8 January 2021'
    >>> words("2021-01-09", "2021-01-10")
    '9–10 January 2021'
    >>> words(None, "2021-01-11")
    'by 11 January 2021'
    >>> words("1988-01-01", "1992-12-31", "approximate")
    'about 1990'
    """
    if earliest is None and latest is None:
        return "date unknown"
    if earliest is None:
        return f"by {_moment(latest or '')}"
    if latest is None:
        return f"from {_moment(earliest)} on"
    if "T" in earliest or "T" in latest:
        return _hours(earliest, latest)
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    if last < first:
        return f"between {_day(last)} and {_day(first)}"
    if precision == "approximate":
        return f"about {_middle(first, last)}"
    return _span(first, last, precision)


def _span(first: date, last: date, precision: str | None) -> str:
    if first == last:
        return _day(first)
    days = (last - first).days + 1
    if days == 7 and first.weekday() == 0 and precision in ("week", None):
        return f"week of {_day(first)}"
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if whole and months == 1:
        return f"{first:%B} {first.year}"
    if whole and months == 12 and first.month == 1:
        return f"{first.year}"
    if whole and months == 3 and precision == "quarter" and first.month % 3 == 1:
        quarter = ("first", "second", "third", "fourth")[first.month // 3]
        return f"{quarter} quarter of {first.year}"
    if whole and months == 120 and first.month == 1 and first.year % 10 == 0:
        return f"{first.year}s"
    if whole and months % 12 == 0 and first.month == 1:
        return f"{first.year}–{last.year}"
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {_day(last)}"
    return f"{first.day}–{_day(last)}"


def _middle(first: date, last: date) -> str:
    """The middle of an interval, as coarse as the interval is wide."""
    days = (last - first).days
    middle = first + timedelta(days=days // 2)
    if days >= YEAR:
        return f"{middle.year}"
    return f"{middle:%B} {middle.year}" if days >= MONTH else _day(middle)


def _hours(earliest: str, latest: str) -> str:
    first, last = stamp(earliest), stamp(latest, end=True)
    if last < first:
        return f"between {_moment(latest)} and {_moment(earliest)}"
    if first[:10] != last[:10]:
        return f"{_moment(first)} – {_moment(last)}"
    day = _day(date.fromisoformat(first[:10]))
    start, stop = first[11:16], last[11:16]
    if (start, stop) == ("00:00", "23:59"):
        return day
    return f"{day}, {start}" if start == stop else f"{day}, {start}–{stop}"


def _moment(value: str) -> str:
    day = _day(date.fromisoformat(value[:10]))
    return f"{day}, {value[11:16]}" if len(value) >= 16 else day


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
