"""How durations, repeated times and times of day are read."""

from __future__ import annotations

import math
import re
from typing import Any

from extractors.times.calendars import Unit, add
from extractors.times.context import NOTHING, Context, Reader, Reading
from extractors.times.dates import read_date
from extractors.times.grammar import Match
from extractors.times.intervals import Bounds, days
from extractors.times.relatives import (
    amount_of,
    duration_value,
    read_day_reference,
    read_weekday,
    unit_of,
)

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
    return Reading(duration_value(amount, unit))


def read_span(match: Match, context: Context) -> Reading | None:
    """The past two days, the next six months: a duration that ends or begins at publication."""
    values = match.values
    unit = unit_of(values["unit"], context)
    if "amount" in values:
        amount = amount_of(values["amount"])
    else:
        amount = None if _is_plural(match, context) else 1
    value = duration_value(amount, unit)
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


def _clock(values: dict[str, Any]) -> str | None:
    if "point" in values:
        return str(values["point"])
    figures = re.split(r"[:.]", str(values["time"]))
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
    "span": read_span,
    "frequency": read_frequency,
    "every": read_every,
    "clock": read_clock,
    "part_of_day": read_part_of_day,
    "never": read_never,
}
