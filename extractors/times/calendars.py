"""Arithmetic of days, weeks, months and feasts, and the TIMEX3 values that name them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

# A unit of time and how many of it: (10, "Y") is a decade. "TH", "TM", "TS" are parts of a day.
Unit = tuple[int, str]
Tense = Literal[-1, 0, 1]
_SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def parse_unit(code: str) -> Unit:
    """The unit that the lexicon writes as "D", "3M" or "TH".

    >>> parse_unit("10Y"), parse_unit("TH")
    ((10, 'Y'), (1, 'TH'))
    """
    figures = "".join(c for c in code if c.isdigit())
    return (int(figures) if figures else 1), code[len(figures) :]


def length(value: str) -> tuple[Unit, float | None]:
    """Unit and amount of a TIMEX3 duration of one unit; None where the amount is not known.

    >>> length("P2D"), length("PT16H"), length("PXW")
    (((1, 'D'), 2.0), ((1, 'TH'), 16.0), ((1, 'W'), None))
    """
    body = value.removeprefix("P")
    time = "T" if body.startswith("T") else ""
    body = body.removeprefix("T")
    figures = body.rstrip("DWMYHSE")
    unit = parse_unit(f"{time}{body[len(figures) :][:1] or 'D'}")
    try:
        return unit, float(figures)
    except ValueError:
        return unit, None


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date | None:
    """The day so many days later, None beyond the years that a date can have."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The day so many months later, held within the month ("31 January" + 1 is 28 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add(day: date, amount: float, unit: Unit) -> date | None:
    """The day that lies an amount of units after (before, if negative) another."""
    size, base = unit
    if base in ("Y", "M"):
        months = amount * size * (12 if base == "Y" else 1)
        return add_months(day, round(months)) if abs(months) < 120_000 else None
    days = {"D": 1.0, "W": 7.0, "WE": 7.0, "TH": 1 / 24, "TM": 1 / 1440, "TS": 1 / 86400}[base]
    total = amount * size * days
    return add_days(day, round(total)) if abs(total) < 3_700_000 else None


def week_value(day: date) -> str:
    """The ISO week of a day: 2021-W01."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(day: date) -> str:
    """The quarter of a day: 2021-Q1."""
    return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"


def value_at(day: date, unit: Unit) -> str:
    """The day, week, month ... that holds a day, as a TIMEX3 value.

    >>> value_at(date(2021, 1, 11), (1, "W")), value_at(date(2021, 1, 11), (10, "Y"))
    ('2021-W02', '202X')
    """
    size, base = unit
    if base == "Y":
        year = f"{day.year:04d}"
        return {1: year, 10: f"{year[:3]}X", 100: f"{year[:2]}XX", 1000: f"{year[0]}XXX"}.get(
            size, year
        )
    if base == "M":
        return quarter_value(day) if size == 3 else f"{day:%Y-%m}"
    if base == "W":
        return week_value(day)
    if base == "WE":
        return f"{week_value(day)}-WE"
    return day.isoformat()


def unknown_at(unit: Unit) -> str:
    """The value of a day, week, month ... that nothing grounds.

    >>> unknown_at((1, "W"))
    'XXXX-WXX'
    """
    size, base = unit
    if base == "Y":
        return "XXXX"
    if base == "M":
        return "XXXX-QX" if size == 3 else "XXXX-XX"
    return {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE"}.get(base, "XXXX-XX-XX")


def season_start(year: int, season: str) -> date:
    """The first day of a season of the northern half; winter begins in December of its year."""
    return date(year, _SEASON_MONTHS[season], 1)


def near(candidates: list[date], published: date, tense: Tense, sure: bool = False) -> date | None:
    """The candidate that a writer means who names no year.

    Past tense looks back and future tense ahead, but not across most of a year where a
    candidate lies close by on the other side: far dates are written with their year. That
    counts less than a verb in the past tense that the date stands right beside (`sure`).
    """
    if not candidates:
        return None
    back = max((c for c in candidates if c <= published), default=None)
    ahead = min((c for c in candidates if c >= published), default=None)
    if back is None or ahead is None:
        return back or ahead
    behind, before = (published - back).days, (ahead - published).days
    if tense < 0:
        return ahead if behind > 250 and before < 75 and not sure else back
    if tense > 0:
        return back if before > 320 and behind < 15 else ahead
    return back if behind <= before else ahead


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian algorithm; Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (1) to Sunday (7) of a month; -1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def feast(rule: str, year: int) -> date:
    """The day of a feast in a year, by a rule of the lexicon ("12-25", "4 4 11", "easter -2")."""
    words = rule.split()
    if len(words) == 1 and "-" in rule:
        return date.fromisoformat(f"{year:04d}-{rule}")
    if words[0] == "election":
        return nth_weekday(year, 11, 1, 1) + timedelta(days=1)
    if words[0] == "easter":
        return easter(year) + timedelta(days=int(words[1]))
    if words[0] == "thanksgiving":
        return nth_weekday(year, 11, 4, 4) + timedelta(days=int(words[1]))
    return nth_weekday(year, int(words[2]), int(words[1]), int(words[0]))
