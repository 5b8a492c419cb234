"""How far "early", "late" and "the middle of" narrow the stretch of time that they modify."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.times.calendars import add_days, add_months
from extractors.times.intervals import Bounds, days

# The parts that a stretch is counted in: months of a year, years of a decade, else days.
_MONTHS = {"century": 120, "decade": 12, "year": 1, "season": 1, "quarter": 1}


def narrowed(bounds: Bounds, mod: str) -> Bounds:
    """The first (START), middle (MID) or last third (END) of a stretch, in whole parts of it.

    Early 2019 is January to April, the middle of a month its 11th to 20th. A third that does
    not come out even is widened. A day, and what has an open side, stays as it is.

    >>> narrowed(("2019-01-01", "2019-12-31", "year"), "START")
    ('2019-01-01', '2019-04-30', 'interval')
    >>> narrowed(("1990-01-01", "1999-12-31", "decade"), "END")
    ('1996-01-01', '1999-12-31', 'interval')
    """
    earliest, latest, precision = bounds
    if earliest is None or latest is None or "T" in earliest or precision == "approximate":
        return bounds
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    months = _MONTHS.get(str(precision))
    whole = (
        (last - first).days + 1
        if months is None
        else round(((last - first).days + 1) / 30.44 / months)
    )
    third = -(-whole // 3)
    if whole < 3:
        return bounds
    skip = {"START": 0, "MID": whole // 3, "END": whole - third}[mod]
    start = _after(first, skip, months)
    end = _after(first, whole - whole // 3 if mod == "MID" else skip + third, months)
    if start is None or end is None:
        return bounds
    return days(start, end - timedelta(days=1), "interval")


def _after(first: date, parts: int, months: int | None) -> date | None:
    return add_days(first, parts) if months is None else add_months(first, parts * months)


def cut(bounds: Bounds, later: bool, day: date) -> Bounds:
    """ "Later this year" begins, "earlier this year" ends, with the day that it is told from."""
    earliest, latest, _ = bounds
    point = day.isoformat()
    if earliest is None or latest is None or not earliest[:10] <= point <= latest[:10]:
        return bounds
    if "T" in earliest or earliest == latest:
        return bounds
    return (point, latest, "interval") if later else (earliest, point, "interval")
