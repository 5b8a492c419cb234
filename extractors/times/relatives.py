"""How expressions are read that count from the publication."""

from __future__ import annotations

from datetime import date
from typing import Any

from extractors.times.calendars import (
    Unit,
    add,
    add_days,
    parse_unit,
    unknown_at,
    value_at,
    week_value,
)
from extractors.times.context import NOTHING, Context, Reader, Reading
from extractors.times.dates import relative
from extractors.times.direction import tense_at
from extractors.times.grammar import Grammar, Match
from extractors.times.intervals import Bounds, around, days, interval


def unit_of(value: Any, context: Context) -> Unit:
    """The unit of a slot: a code of the lexicon, or the word itself."""
    return unit_named(value, context.grammar)


def unit_named(value: Any, grammar: Grammar) -> Unit:
    """The unit that a word or a code of the lexicon names."""
    classes = grammar.vocabulary.get(str(value), {})
    return parse_unit(classes.get("UNIT") or classes.get("UNITS") or str(value))


def amount_of(value: Any) -> float | None:
    """How many; None where the text does not say ("several")."""
    if isinstance(value, int | float):
        return value
    return 1 if value in ("a", "an", "one", None) else None


def read_day_reference(match: Match, context: Context) -> Reading | None:
    """Today, yesterday, tonight, this morning."""
    part = f"T{match.values['part']}" if "part" in match.values else ""
    if context.published is None:
        return Reading(f"XXXX-XX-XX{part}")
    day = add_days(context.published, match.values["dayref"])
    return None if day is None else Reading(f"{day.isoformat()}{part}")


def read_weekday(match: Match, context: Context) -> Reading | None:
    """A weekday: the one before publication, or the one after where the clause looks ahead."""
    values, published = match.values, context.published
    weekday: int = values["weekday"]
    part = f"T{values['part']}" if "part" in values else ""
    if published is None:
        return Reading(f"XXXX-WXX-{weekday}{part}")
    rel, week = relative(values.get("rel")), relative(values.get("week_rel"))
    ahead = (weekday - published.isoweekday()) % 7
    if values.get("rel") == "coming":
        day = add_days(published, ahead or 7)
        return None if day is None else Reading(f"{day.isoformat()}{part}")
    this_week = weekday - published.isoweekday()
    if week is not None:
        offset = this_week + 7 * week
    elif rel == 1:
        offset = this_week + 7
    elif rel == -1:
        offset = (ahead or 7) - 7 if ahead else -7
    elif rel == 0:
        offset = (
            this_week
            if tense_at(context.doc, context.word(match)) <= 0 or this_week >= 0
            else this_week + 7
        )
    elif ahead == 0:
        offset = 0
    else:
        offset = ahead if tense_at(context.doc, context.word(match)) > 0 else ahead - 7
    day = add_days(published, offset)
    return None if day is None else Reading(f"{day.isoformat()}{part}")


def read_week_after_weekday(match: Match, context: Context) -> Reading | None:
    """Monday week, a week on Monday: seven days after the coming Monday."""
    weekday: int = match.values["weekday"]
    if context.published is None:
        return Reading(f"XXXX-WXX-{weekday}")
    ahead = (weekday - context.published.isoweekday()) % 7 or 7
    day = add_days(context.published, ahead + 7)
    return None if day is None else Reading(day.isoformat())


def read_weekdays(match: Match, context: Context) -> Reading | None:
    """Sundays, every Sunday."""
    weekday = match.values.get("weekdays") or match.values.get("weekday")
    part = f"T{match.values['part']}" if "part" in match.values else ""
    return Reading(f"XXXX-WXX-{weekday}{part}")


def read_relative_unit(match: Match, context: Context) -> Reading | None:
    """Last week, this month, next year, the end of the year."""
    unit = unit_of(match.values["unit"], context)
    if context.published is None:
        return Reading(unknown_at(unit))
    day = add(
        context.published.replace(day=1) if unit[1] in "MY" else context.published,
        relative(match.values["rel"]) or 0,
        unit,
    )
    return None if day is None else Reading(value_at(day, unit))


def read_weekend(match: Match, context: Context) -> Reading | None:
    """The weekend, by tense; "last weekend" and "next weekend" by the week of publication."""
    published = context.published
    if published is None:
        return Reading("XXXX-WXX-WE")
    words = str(match.values["rel"]).split()
    on_weekend = published.isoweekday() >= 6
    ahead = tense_at(context.doc, context.word(match)) > 0
    if "past" in words or words[-1] == "last":
        week = -1
    elif words[-1] == "next":
        week = 1
    elif "coming" in words or on_weekend or ahead:
        week = 0
    else:
        week = -1
    day = add_days(published, 7 * week)
    return None if day is None else Reading(f"{week_value(day)}-WE")


def read_ago(match: Match, context: Context) -> Reading | None:
    """Two days ago, six months ago: as exact as the unit."""
    unit = unit_of(match.values["unit"], context)
    amount = amount_of(match.values.get("amount"))
    if amount is None:
        return Reading("FUTURE_REF" if "ahead" in match.values else "PAST_REF")
    if context.published is None:
        return Reading(unknown_at((1, "Y") if unit[1] == "Y" else unit))
    ahead = "ahead" in match.values
    if ahead and unit[1].startswith("T"):
        return Reading(duration_value(amount, unit), type="DURATION")
    day = add(context.published, amount if ahead else -amount, unit)
    if day is None or day.year < 1:
        return NOTHING
    if unit[1].startswith("T"):
        earliest = (
            add(context.published, -amount - 24, (1, "TH"))
            if unit[1] != "TH"
            else add(context.published, -amount - 24, unit)
        )
        return Reading("PAST_REF", bounds=days(earliest, context.published, "interval"))
    if not float(amount * unit[0]).is_integer():
        unit = (1, "M") if unit[1] == "Y" else (1, "D")
    # "A decade ago" is a year, not a decade.
    value = value_at(day, (1, "Y") if unit[1] == "Y" else (1, unit[1]))
    return Reading(value, bounds=_ago_bounds(match, context.published, day, amount, unit))


def _ago_bounds(
    match: Match, published: date, day: date, amount: float, unit: Unit
) -> Bounds | None:
    """What "about", "more than", "almost" and round lengths leave open; None for the value's own.

    More than ten years ago lies before, almost ten years ago after that day.
    """
    compared = match.values.get("compared") or match.values.get("about")
    ahead = "ahead" in match.values
    if compared == "APPROX" or (compared is None and unit[0] > 1):
        return around(day, amount, unit)
    if compared in ("MORE_THAN", "EQUAL_OR_MORE"):
        _, last, _ = interval(value_at(day, (1, "Y") if unit[1] == "Y" else (1, unit[1])))
        return (published.isoformat(), None, "interval") if ahead else (None, last, "interval")
    if compared is not None:
        return days(min(day, published), max(day, published), "interval")
    return None


def read_ago_day(match: Match, context: Context) -> Reading | None:
    """A week ago today, a week ago Sunday, twenty years ago today, a week from Monday."""
    values, published = match.values, context.published
    amount, unit = amount_of(values.get("amount")), unit_of(values["unit"], context)
    weekday = values.get("weekday")
    if published is None or amount is None or not float(amount).is_integer():
        return Reading(f"XXXX-WXX-{weekday}" if weekday else "XXXX-XX-XX")
    ahead = "ahead" in values
    base: date | None = published
    if weekday:
        distance = (weekday - published.isoweekday()) % 7 or 7
        base = add_days(published, distance if ahead else distance - (7 if distance < 7 else 14))
    elif "tomorrow_word" in values:
        base = add_days(published, 1)
    day = add(base, amount if ahead else -amount, unit) if base is not None else None
    return None if day is None else Reading(day.isoformat())


def read_ago_week(match: Match, context: Context) -> Reading | None:
    """Two years ago this week."""
    values = match.values
    amount, finer = amount_of(values.get("amount")), unit_of(values["finer"], context)
    if context.published is None or amount is None:
        return Reading(unknown_at(finer))
    base = add(context.published, relative(values["rel"]) or 0, finer)
    day = None if base is None else add(base, -amount, unit_of(values["unit"], context))
    return None if day is None else Reading(value_at(day, finer))


def read_overnight(match: Match, context: Context) -> Reading | None:
    """The night before publication, or the one to come."""
    if context.published is None:
        return Reading("XXXX-XX-XXTNI")
    ahead = tense_at(context.doc, context.word(match)) > 0
    day = add_days(context.published, 0 if ahead else -1)
    return None if day is None else Reading(f"{day.isoformat()}TNI")


def read_reference(match: Match, context: Context) -> Reading | None:
    """Now, recently, the future."""
    return Reading(match.values["value"])


def duration_value(amount: float | None, unit: Unit) -> str:
    """A TIMEX3 duration.

    >>> duration_value(2, (1, "D")), duration_value(5.5, (1, "TH")), duration_value(None, (10, "Y"))
    ('P2D', 'PT5H30M', 'PXY')
    """
    size, base = unit
    time, letter = ("T", base[1]) if base.startswith("T") else ("", base)
    if amount is None:
        return f"P{time}X{letter}"
    total = amount * size
    if float(total).is_integer():
        return f"P{time}{int(total)}{letter}"
    finer = {"H": ("M", 60), "M": ("S", 60)} if time else {"Y": ("M", 12), "D": ("H", 24)}
    if letter in finer:
        small, count = finer[letter]
        whole, rest = int(total), round((total - int(total)) * count)
        if letter != "Y" or not whole:
            main = f"{whole}{letter}" if whole else ""
            if letter == "D":
                return f"P{main}T{rest}{small}"
            return f"P{time}{main}{rest}{small}"
    return f"P{time}{total:g}{letter}"


READERS: dict[str, Reader] = {
    "day_reference": read_day_reference,
    "weekday": read_weekday,
    "week_after_weekday": read_week_after_weekday,
    "weekdays": read_weekdays,
    "relative_unit": read_relative_unit,
    "weekend": read_weekend,
    "ago": read_ago,
    "ago_day": read_ago_day,
    "ago_week": read_ago_week,
    "overnight": read_overnight,
    "reference": read_reference,
}
