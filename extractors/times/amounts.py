"""How durations, repeated times and times of day are read."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from extractors.times.calendars import Unit, add, add_days
from extractors.times.context import NOTHING, Context, Reader, Reading
from extractors.times.dates import read_date, relative
from extractors.times.grammar import Match
from extractors.times.intervals import FIRST_YEAR, LAST_YEAR, Bounds, days
from extractors.times.relatives import (
    amount_of,
    duration_value,
    read_day_reference,
    read_weekday,
    unit_of,
)

WORKING_DAYS = 5
_BACK = ("past", "last")
_AHEAD = ("next", "coming")


def read_duration(match: Match, context: Context) -> Reading | None:
    """Three days, half an hour, two and a half years, weeks."""
    values = match.values
    unit = unit_of(values["unit"], context)
    if unit[1] == "WE" and amount_of(values.get("amount")) == 1:
        return Reading("P1WE")
    default = None if _is_plural(match, context) else 1
    amount = amount_of(values["amount"]) if "amount" in values else default
    if amount is not None:
        amount += values.get("plus", 0)
    value = duration_value(amount, unit)
    if "unit2" not in values:
        return Reading(value)
    more = duration_value(amount_of(values["amount2"]), unit_of(values["unit2"], context))
    return _joined(value, more)


def _joined(value: str, more: str) -> Reading | None:
    """One duration of two, the finer of which comes second: PT1H and PT20M are PT1H20M."""
    order = ("Y", "M", "W", "D", "TH", "TM", "TS")
    first, second = (("T" if "T" in one else "") + one[-1] for one in (value, more))
    if order.index(first) >= order.index(second) or "X" in value or "." in value:
        return None
    return Reading(value + (more[2:] if "T" in value else more[1:]))


def read_part_of_year(match: Match, context: Context) -> Reading | None:
    """The first nine months of 2020: a duration whose place in the calendar is known."""
    unit, amount = unit_of(match.values["unit"], context), amount_of(match.values["amount"])
    year = match.values.get("year")
    if year is None and context.published is not None:
        year = context.published.year + (relative(match.values["year_rel"]) or 0)
    value = duration_value(amount, unit)
    if amount is None or year is None or not FIRST_YEAR <= year < LAST_YEAR:
        return Reading(value)
    first, last = date(year, 1, 1), date(year, 12, 31)
    if match.values["edge"] in ("first", "opening"):
        end = add(first, amount, unit)
        last = (add_days(end, -1) if end else None) or last
    else:
        start = add(date(year + 1, 1, 1), -amount, unit)
        first = start or first
    return Reading(value, bounds=days(first, last, "interval"))


def read_span(match: Match, context: Context) -> Reading | None:
    """The past two days, the next six months: a duration that ends or begins at publication."""
    values = match.values
    unit = unit_of(values["unit"], context)
    if "amount" in values:
        amount = amount_of(values["amount"])
    else:
        amount = None if _is_plural(match, context) else 1
    value = duration_value(amount, unit)
    if amount is not None and unit == (1, "D") and values.get("qualifier") == "work":
        # Five trading days take a week.
        amount = amount * 7 / WORKING_DAYS
    return Reading(value, bounds=_span_bounds(values["rel"], amount, unit, context))


def _is_plural(match: Match, context: Context) -> bool:
    """Whether the unit stands in the plural ("days"), and so without a number is several."""
    found = context.tokens.classes[match.start : match.end]
    return any(classes is not None and "UNITS" in classes for classes in found)


def _span_bounds(rel: str, amount: float | None, unit: Unit, context: Context) -> Bounds | None:
    published = context.published
    if published is None or amount is None:
        return None
    whole = math.ceil(amount)
    if rel in _BACK:
        return days(add(published, -whole, unit), published, "interval")
    if rel in _AHEAD:
        return days(published, add(published, whole, unit), "interval")
    return None


def read_frequency(match: Match, context: Context) -> Reading | None:
    """Daily, annual."""
    return Reading(match.values["frequency"])


def read_every_named(match: Match, context: Context) -> Reading | None:
    """Every summer, every December, each Christmas."""
    values = match.values
    if "season" in values:
        return Reading(f"XXXX-{values['season']}")
    if "month" in values:
        return Reading(f"XXXX-{values['month']:02d}")
    rule = str(values["holiday"])
    return Reading(f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "P1Y")


def read_every(match: Match, context: Context) -> Reading | None:
    """Every day, every two years, twice a week."""
    values = match.values
    unit = unit_of(values["unit"], context)
    if unit[1] == "WE":
        return Reading("XXXX-WXX-WE")
    if "part" in values:
        return Reading(f"XXXX-XX-XXT{values['part']}")
    amount = amount_of(values.get("amount"))
    return Reading(duration_value((amount or 1) * values.get("every", 1), unit))


def read_clock(match: Match, context: Context) -> Reading | None:
    """A time of day. Without a day of its own its value starts with "T", until one is found."""
    values = match.values
    clock = _clock(values)
    if clock is None:
        return NOTHING
    clock += _zone(values)
    day: Reading | None = None
    if "month" in values:
        day = read_date(match, context)
    elif "dayref" in values:
        day = read_day_reference(match, context)
    elif "weekday" in values:
        day = read_weekday(
            Match(match.rule, match.start, match.end, {"weekday": values["weekday"]}), context
        )
    if day is NOTHING:
        return NOTHING
    return Reading(f"{day.value[:10] if day else ''}T{clock}")


def read_clock_pair(match: Match, context: Context) -> Reading | None:
    """Two hours of which the second has the half of the day: "between 8 and 10 p.m."."""
    last = read_clock(match, context)
    if last is None or last is NOTHING:
        return last
    kept = ("ampm", "zone")
    values: dict[str, Any] = {k: match.values[k] for k in kept if k in match.values}
    first = _clock(values | {"time": match.values["first"]})
    clock = last.value.partition("T")[2]
    if first is not None and first > clock[: len(first)] and values["ampm"] == "p":
        # "From 9 to 5 p.m." begins in the morning.
        first = _clock(values | {"time": match.values["first"], "ampm": "a"})
    if first is None or first > clock:
        return None
    return Reading(last.value, first=f"{last.value.partition('T')[0]}T{first}{_zone(values)}")


def _clock(values: dict[str, Any]) -> str | None:
    if "point" in values:
        return str(values["point"])
    figures = re.split(r"[:.]", str(values["time"]).removesuffix(":00"))
    if len(figures) == 1 and len(figures[0]) == 4:
        figures = [figures[0][:2], figures[0][2:]]
    if not all(f.isdigit() for f in figures):
        return None
    hour, rest = int(figures[0]), figures[1:]
    half = values.get("ampm")
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    part = values.get("part")
    if (part in ("AF", "EV") and hour < 12) or (part == "NI" and 6 <= hour < 12):
        hour += 12
    shift = values.get("shift", values.get("minutes", -values.get("minutes_to", 0)))
    if shift:
        if rest or not -60 < shift < 60 or hour > 12:
            return None
        minutes = int(hour * 60 + shift) % 1440
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if hour > 24 or any(int(f) > 59 or len(f) != 2 for f in rest):
        return None
    return ":".join([f"{hour:02d}", *(rest or ["00"])])


def _zone(values: dict[str, Any]) -> str:
    shift = values.get("zone_shift") or values.get("signed")
    if shift:
        digits = re.findall(r"\d+", str(shift))
        hours = digits[0][:2]
        minutes = digits[1] if len(digits) > 1 else digits[0][2:] or "00"
        return f"{str(shift)[0]}{int(hours):02d}:{minutes}"
    return str(values.get("zone", ""))


def read_part_of_day(match: Match, context: Context) -> Reading | None:
    """In the morning: of the day that the text speaks of."""
    part = match.values["part"]
    code = (context.grammar.vocabulary.get(part) or {}).get("PART", part)
    return Reading(f"T{code}")


def read_never(match: Match, context: Context) -> Reading | None:
    """What only looks like a time."""
    return NOTHING


READERS: dict[str, Reader] = {
    "duration": read_duration,
    "part_of_year": read_part_of_year,
    "span": read_span,
    "frequency": read_frequency,
    "every": read_every,
    "every_named": read_every_named,
    "clock": read_clock,
    "clock_pair": read_clock_pair,
    "part_of_day": read_part_of_day,
    "never": read_never,
}
